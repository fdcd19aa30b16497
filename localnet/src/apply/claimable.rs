//! Claimable balances: set aside, claimed, clawed back. Whoever sets one aside holds its reserve.

use stellar_xdr::*;

use super::Cx;
use crate::account::{self, AUTH_CLAWBACK, LINE_CLAWBACK};
use crate::codec;
use crate::events;
use crate::keys;
use crate::settings::BASE_RESERVE_STROOPS;
use crate::state::View;

type Outcome = Result<OperationResult, OperationResult>;

/// Nesting of predicates that the network takes.
const MAX_DEPTH: u32 = 4;

pub fn is_malformed(op: &CreateClaimableBalanceOp) -> bool {
    let claimants: Vec<&ClaimantV0> = op.claimants.iter().map(of).collect();
    let mut names: Vec<&AccountId> = claimants.iter().map(|c| &c.destination).collect();
    names.sort();
    let repeated = names.windows(2).any(|pair| pair[0] == pair[1]);
    op.amount <= 0
        || !keys::asset_is_valid(&op.asset)
        || claimants.is_empty()
        || repeated
        || !claimants.iter().all(|c| is_sound(&c.predicate, 1))
}

pub fn create(op: &CreateClaimableBalanceOp, cx: &mut Cx<'_>) -> Outcome {
    use CreateClaimableBalanceResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::CreateClaimableBalance(r));
    let can_be_clawed_back = take(op, cx).map_err(result)?;
    let mut source = cx.load_source();
    let reserves = op.claimants.len() as u32;
    account::sponsor(&mut source, i64::from(reserves));
    if account::available(&source, BASE_RESERVE_STROOPS) < 0 {
        return Err(result(LowReserve));
    }
    account::store(&mut cx.overlay, source);
    let id = balance_id(cx);
    let mut claimants = op.claimants.to_vec();
    for Claimant::ClaimantTypeV0(claimant) in &mut claimants {
        claimant.predicate = absolute(&claimant.predicate, cx.now.close_time);
    }
    let ext = if can_be_clawed_back {
        ClaimableBalanceEntryExt::V1(ClaimableBalanceEntryExtensionV1 {
            ext: ClaimableBalanceEntryExtensionV1Ext::V0,
            flags: ClaimableBalanceFlags::ClaimableBalanceClawbackEnabledFlag as u32,
        })
    } else {
        ClaimableBalanceEntryExt::V0
    };
    let mut entry = account::entry(LedgerEntryData::ClaimableBalance(ClaimableBalanceEntry {
        balance_id: id.clone(),
        claimants: claimants.try_into().unwrap_or_default(),
        asset: op.asset.clone(),
        amount: op.amount,
        ext,
    }));
    entry.ext = LedgerEntryExt::V1(LedgerEntryExtensionV1 {
        sponsoring_id: SponsorshipDescriptor(Some(cx.source.clone())),
        ext: LedgerEntryExtensionV1Ext::V0,
    });
    cx.overlay.put(keys::claimable_balance(&id), entry);
    let (from, to) = (ScAddress::Account(cx.source.clone()), ScAddress::ClaimableBalance(id.clone()));
    cx.events.push(events::moved_between(cx.now, &op.asset, from, to, op.amount));
    Ok(result(Success(id)))
}

/// Takes the amount from the source; true when its issuer may claw it back later.
fn take(op: &CreateClaimableBalanceOp, cx: &mut Cx<'_>) -> Result<bool, CreateClaimableBalanceResult> {
    use CreateClaimableBalanceResult::*;
    let mut source = cx.load_source();
    if op.asset == Asset::Native {
        if account::available(&source, BASE_RESERVE_STROOPS) < op.amount {
            return Err(Underfunded);
        }
        source.balance -= op.amount;
        account::store(&mut cx.overlay, source);
        return Ok(false);
    }
    if keys::issuer(&op.asset) == Some(&cx.source) {
        return Ok(source.flags & AUTH_CLAWBACK != 0);
    }
    let mut line = account::load_line(&cx.overlay, &cx.source, &op.asset).ok_or(NoTrust)?;
    if !account::is_authorized(&line) {
        return Err(NotAuthorized);
    }
    if line.balance < op.amount {
        return Err(Underfunded);
    }
    line.balance -= op.amount;
    let can_be_clawed_back = line.flags & LINE_CLAWBACK != 0;
    account::store_line(&mut cx.overlay, &op.asset, line);
    Ok(can_be_clawed_back)
}

pub fn claim(op: &ClaimClaimableBalanceOp, cx: &mut Cx<'_>) -> Outcome {
    use ClaimClaimableBalanceResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::ClaimClaimableBalance(r));
    let Some((balance, sponsor)) = load(&op.balance_id, cx) else { return Err(result(DoesNotExist)) };
    let claimant = balance.claimants.iter().map(of).find(|claimant| claimant.destination == cx.source);
    if !claimant.is_some_and(|claimant| holds(&claimant.predicate, cx.now.close_time)) {
        return Err(result(CannotClaim));
    }
    give(&balance, cx).map_err(result)?;
    remove(&op.balance_id, &balance, sponsor, cx);
    let from = ScAddress::ClaimableBalance(op.balance_id.clone());
    let to = ScAddress::Account(cx.source.clone());
    cx.events.push(events::moved_between(cx.now, &balance.asset, from, to, balance.amount));
    Ok(result(Success))
}

fn give(balance: &ClaimableBalanceEntry, cx: &mut Cx<'_>) -> Result<(), ClaimClaimableBalanceResult> {
    use ClaimClaimableBalanceResult::*;
    if balance.asset == Asset::Native {
        let mut source = cx.load_source();
        source.balance = source.balance.checked_add(balance.amount).ok_or(LineFull)?;
        account::store(&mut cx.overlay, source);
    } else if keys::issuer(&balance.asset) != Some(&cx.source) {
        let mut line = account::load_line(&cx.overlay, &cx.source, &balance.asset).ok_or(NoTrust)?;
        if !account::is_authorized(&line) {
            return Err(NotAuthorized);
        }
        let sum = line.balance.checked_add(balance.amount).filter(|sum| *sum <= line.limit);
        line.balance = sum.ok_or(LineFull)?;
        account::store_line(&mut cx.overlay, &balance.asset, line);
    }
    Ok(())
}

pub fn claw_back(op: &ClawbackClaimableBalanceOp, cx: &mut Cx<'_>) -> Outcome {
    use ClawbackClaimableBalanceResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::ClawbackClaimableBalance(r));
    let Some((balance, sponsor)) = load(&op.balance_id, cx) else { return Err(result(DoesNotExist)) };
    if keys::issuer(&balance.asset) != Some(&cx.source) {
        return Err(result(NotIssuer));
    }
    let flag = ClaimableBalanceFlags::ClaimableBalanceClawbackEnabledFlag as u32;
    if !matches!(&balance.ext, ClaimableBalanceEntryExt::V1(v1) if v1.flags & flag != 0) {
        return Err(result(NotClawbackEnabled));
    }
    remove(&op.balance_id, &balance, sponsor, cx);
    let from = ScAddress::ClaimableBalance(op.balance_id.clone());
    cx.events.push(events::clawed_back(cx.now, &balance.asset, from, balance.amount));
    Ok(result(Success))
}

fn load(id: &ClaimableBalanceId, cx: &Cx<'_>) -> Option<(ClaimableBalanceEntry, Option<AccountId>)> {
    let slot = cx.overlay.slot(&keys::claimable_balance(id))?;
    let LedgerEntryData::ClaimableBalance(balance) = &slot.entry.data else { return None };
    let sponsor = match &slot.entry.ext {
        LedgerEntryExt::V1(v1) => v1.sponsoring_id.0.clone(),
        LedgerEntryExt::V0 => None,
    };
    Some((balance.clone(), sponsor))
}

/// Takes the balance away and gives its sponsor the reserve back.
fn remove(id: &ClaimableBalanceId, balance: &ClaimableBalanceEntry, sponsor: Option<AccountId>, cx: &mut Cx<'_>) {
    cx.overlay.remove(keys::claimable_balance(id));
    if let Some(mut holder) = sponsor.and_then(|id| account::load(&cx.overlay, &id)) {
        account::sponsor(&mut holder, -(balance.claimants.len() as i64));
        account::store(&mut cx.overlay, holder);
    }
}

fn balance_id(cx: &Cx<'_>) -> ClaimableBalanceId {
    let preimage = HashIdPreimage::OpId(HashIdPreimageOperationId {
        source_account: cx.frame.source(),
        seq_num: SequenceNumber(cx.frame.seq_num()),
        op_num: cx.index,
    });
    ClaimableBalanceId::ClaimableBalanceIdTypeV0(Hash(codec::sha256(codec::xdr(&preimage))))
}

fn of(claimant: &Claimant) -> &ClaimantV0 {
    let Claimant::ClaimantTypeV0(v0) = claimant;
    v0
}

fn is_sound(predicate: &ClaimPredicate, depth: u32) -> bool {
    use ClaimPredicate::*;
    let pair = |list: &VecM<ClaimPredicate, 2>| list.len() == 2 && list.iter().all(|p| is_sound(p, depth + 1));
    depth <= MAX_DEPTH
        && match predicate {
            Unconditional => true,
            And(list) | Or(list) => pair(list),
            Not(inner) => inner.as_ref().is_some_and(|p| is_sound(p, depth + 1)),
            BeforeAbsoluteTime(time) | BeforeRelativeTime(time) => *time >= 0,
        }
}

/// A time counted from creation becomes a time of the calendar.
fn absolute(predicate: &ClaimPredicate, close_time: u64) -> ClaimPredicate {
    use ClaimPredicate::*;
    let each = |list: &VecM<ClaimPredicate, 2>| -> VecM<ClaimPredicate, 2> {
        let list: Vec<_> = list.iter().map(|p| absolute(p, close_time)).collect();
        list.try_into().unwrap_or_default()
    };
    match predicate {
        And(list) => And(each(list)),
        Or(list) => Or(each(list)),
        Not(inner) => Not(inner.as_ref().map(|p| Box::new(absolute(p, close_time)))),
        BeforeRelativeTime(seconds) => {
            BeforeAbsoluteTime(i64::try_from(close_time).unwrap_or(i64::MAX).saturating_add(*seconds))
        }
        Unconditional | BeforeAbsoluteTime(_) => predicate.clone(),
    }
}

fn holds(predicate: &ClaimPredicate, close_time: u64) -> bool {
    use ClaimPredicate::*;
    match predicate {
        Unconditional => true,
        And(list) => list.iter().all(|p| holds(p, close_time)),
        Or(list) => list.iter().any(|p| holds(p, close_time)),
        Not(inner) => inner.as_ref().is_some_and(|p| !holds(p, close_time)),
        BeforeAbsoluteTime(time) => u64::try_from(*time).is_ok_and(|time| time > close_time),
        // Stored predicates are absolute.
        BeforeRelativeTime(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predicates_nest_four_deep_and_end_at_their_time() {
        let not = |p| ClaimPredicate::Not(Some(Box::new(p)));
        let four = not(not(not(ClaimPredicate::Unconditional)));
        assert!(is_sound(&four, 1) && !is_sound(&not(four), 1));
        assert!(!is_sound(&ClaimPredicate::Not(None), 1));
        assert!(!is_sound(&ClaimPredicate::And(VecM::default()), 1));
        let soon = absolute(&ClaimPredicate::BeforeRelativeTime(10), 100);
        assert!(holds(&soon, 109) && !holds(&soon, 110));
        assert!(holds(&not(soon), 110));
        let far = absolute(&ClaimPredicate::BeforeRelativeTime(i64::MAX), 100);
        assert_eq!(far, ClaimPredicate::BeforeAbsoluteTime(i64::MAX));
    }
}
