//! CreateAccount, AccountMerge, ManageData, BumpSequence.

use stellar_xdr::*;

use super::Cx;
use crate::account::{self, SubentryRefused, AUTH_IMMUTABLE};
use crate::events;
use crate::keys;
use crate::settings::BASE_RESERVE_STROOPS;
use crate::state::View;

type Outcome = Result<OperationResult, OperationResult>;

pub fn create_account(op: &CreateAccountOp, cx: &mut Cx<'_>) -> Outcome {
    use CreateAccountResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::CreateAccount(r));
    if cx.overlay.slot(&keys::account(&op.destination)).is_some() {
        return Err(result(AlreadyExist));
    }
    if op.starting_balance < 2 * i64::from(BASE_RESERVE_STROOPS) {
        return Err(result(LowReserve));
    }
    let mut source = cx.load_source();
    if account::available(&source, BASE_RESERVE_STROOPS) < op.starting_balance {
        return Err(result(Underfunded));
    }
    source.balance -= op.starting_balance;
    account::store(&mut cx.overlay, source);
    let new = account::new_account(op.destination.clone(), op.starting_balance, cx.now.starting_seq_num());
    account::store(&mut cx.overlay, new);
    let to = MuxedAccount::Ed25519(keys::ed25519_of(&op.destination).clone());
    let memo = &cx.frame.tx().memo;
    let event = events::moved(cx.now, &Asset::Native, &cx.source, &to, op.starting_balance, memo);
    cx.events.push(event);
    Ok(result(Success))
}

pub fn merge(to: &MuxedAccount, cx: &mut Cx<'_>) -> Outcome {
    use AccountMergeResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::AccountMerge(r));
    let Some(mut heir) = account::load(&cx.overlay, &keys::account_of(to)) else { return Err(result(NoAccount)) };
    let source = cx.load_source();
    if source.flags & AUTH_IMMUTABLE != 0 {
        return Err(result(ImmutableSet));
    }
    if source.num_sub_entries as usize != source.signers.len() {
        return Err(result(HasSubEntries));
    }
    // A merged account that is created again in this ledger must not be able to repeat its past.
    if source.seq_num.0 >= cx.now.starting_seq_num() {
        return Err(result(SeqnumTooFar));
    }
    if account::sponsoring(&source) != 0 {
        return Err(result(IsSponsor));
    }
    let Some(sum) = heir.balance.checked_add(source.balance) else { return Err(result(DestFull)) };
    heir.balance = sum;
    account::store(&mut cx.overlay, heir);
    cx.overlay.remove(keys::account(&cx.source));
    if source.balance > 0 {
        let memo = &cx.frame.tx().memo;
        cx.events.push(events::moved(cx.now, &Asset::Native, &cx.source, to, source.balance, memo));
    }
    Ok(result(Success(source.balance)))
}

pub fn manage_data(op: &ManageDataOp, cx: &mut Cx<'_>) -> Outcome {
    use ManageDataResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::ManageData(r));
    let key = keys::data(&cx.source, &op.data_name);
    let exists = cx.overlay.slot(&key).is_some();
    let mut source = cx.load_source();
    let Some(value) = &op.data_value else {
        if !exists {
            return Err(result(NameNotFound));
        }
        source.num_sub_entries -= 1;
        account::store(&mut cx.overlay, source);
        cx.overlay.remove(key);
        return Ok(result(Success));
    };
    if !exists {
        match account::add_subentry(&mut source, BASE_RESERVE_STROOPS) {
            Ok(()) => account::store(&mut cx.overlay, source),
            Err(SubentryRefused::TooMany) => return Err(OperationResult::OpTooManySubentries),
            Err(SubentryRefused::LowReserve) => return Err(result(LowReserve)),
        }
    }
    let entry = DataEntry {
        account_id: cx.source.clone(),
        data_name: op.data_name.clone(),
        data_value: value.clone(),
        ext: DataEntryExt::V0,
    };
    cx.overlay.put(key, account::entry(LedgerEntryData::Data(entry)));
    Ok(result(Success))
}

pub fn bump_sequence(op: &BumpSequenceOp, cx: &mut Cx<'_>) -> Outcome {
    let mut source = cx.load_source();
    if op.bump_to.0 > source.seq_num.0 {
        account::use_sequence(&mut source, op.bump_to.0, cx.now.seq, cx.now.close_time);
        account::store(&mut cx.overlay, source);
    }
    Ok(OperationResult::OpInner(OperationResultTr::BumpSequence(BumpSequenceResult::Success)))
}
