//! ChangeTrust, SetTrustLineFlags and its elder AllowTrust.

use stellar_xdr::*;

use super::{checks, Cx};
use crate::account::{self, SubentryRefused};
use crate::account::{AUTH_CLAWBACK, AUTH_REQUIRED, AUTH_REVOCABLE, LINE_AUTHORIZED, LINE_CLAWBACK, LINE_MAINTAIN};
use crate::events;
use crate::keys;
use crate::settings::BASE_RESERVE_STROOPS;

type Outcome = Result<OperationResult, OperationResult>;

pub fn change(op: &ChangeTrustOp, cx: &mut Cx<'_>) -> Outcome {
    use ChangeTrustResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::ChangeTrust(r));
    let Some(asset) = checks::trust_asset(&op.line) else { return Err(result(Malformed)) };
    let Some(issuer) = keys::issuer(&asset).cloned() else { return Err(result(Malformed)) };
    let mut source = cx.load_source();
    if let Some(mut line) = account::load_line(&cx.overlay, &cx.source, &asset) {
        if op.limit < line.balance {
            return Err(result(InvalidLimit));
        }
        if op.limit == 0 {
            source.num_sub_entries -= 1;
            account::store(&mut cx.overlay, source);
            if let Some(key) = keys::trustline(&cx.source, &asset) {
                cx.overlay.remove(key);
            }
            return Ok(result(Success));
        }
        if account::load(&cx.overlay, &issuer).is_none() {
            return Err(result(NoIssuer));
        }
        line.limit = op.limit;
        account::store_line(&mut cx.overlay, &asset, line);
        return Ok(result(Success));
    }
    if op.limit == 0 {
        return Err(result(InvalidLimit));
    }
    let Some(issuer) = account::load(&cx.overlay, &issuer) else { return Err(result(NoIssuer)) };
    match account::add_subentry(&mut source, BASE_RESERVE_STROOPS) {
        Ok(()) => account::store(&mut cx.overlay, source),
        Err(SubentryRefused::TooMany) => return Err(OperationResult::OpTooManySubentries),
        Err(SubentryRefused::LowReserve) => return Err(result(LowReserve)),
    }
    let line = new_line(&cx.source, &asset, op.limit, issuer.flags);
    account::store_line(&mut cx.overlay, &asset, line);
    Ok(result(Success))
}

fn new_line(holder: &AccountId, asset: &Asset, limit: i64, issuer_flags: u32) -> TrustLineEntry {
    let mut flags = 0;
    if issuer_flags & AUTH_REQUIRED == 0 {
        flags |= LINE_AUTHORIZED;
    }
    if issuer_flags & AUTH_CLAWBACK != 0 {
        flags |= LINE_CLAWBACK;
    }
    let asset = match asset {
        Asset::Native => TrustLineAsset::Native,
        Asset::CreditAlphanum4(a) => TrustLineAsset::CreditAlphanum4(a.clone()),
        Asset::CreditAlphanum12(a) => TrustLineAsset::CreditAlphanum12(a.clone()),
    };
    TrustLineEntry { account_id: holder.clone(), asset, balance: 0, limit, flags, ext: TrustLineEntryExt::V0 }
}

pub fn set_flags(op: &SetTrustLineFlagsOp, cx: &mut Cx<'_>) -> Outcome {
    use SetTrustLineFlagsResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::SetTrustLineFlags(r));
    let issuer = cx.load_source();
    let Some(mut line) = account::load_line(&cx.overlay, &op.trustor, &op.asset) else {
        return Err(result(NoTrustLine));
    };
    let flags = (line.flags & !op.clear_flags) | op.set_flags;
    let authorisation = LINE_AUTHORIZED | LINE_MAINTAIN;
    if flags & authorisation == authorisation {
        return Err(result(InvalidState));
    }
    if is_revocation(line.flags, flags) && issuer.flags & AUTH_REVOCABLE == 0 {
        return Err(result(CantRevoke));
    }
    let was = line.flags & LINE_AUTHORIZED != 0;
    let is = flags & LINE_AUTHORIZED != 0;
    line.flags = flags;
    account::store_line(&mut cx.overlay, &op.asset, line);
    if was != is {
        cx.events.push(events::set_authorized(cx.now, &op.asset, &op.trustor, is));
    }
    Ok(result(Success))
}

pub fn allow(op: &AllowTrustOp, cx: &mut Cx<'_>) -> Outcome {
    use AllowTrustResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::AllowTrust(r));
    let asset = checks::asset_of(&op.asset, &cx.source);
    let revocable = cx.load_source().flags & AUTH_REVOCABLE != 0;
    if op.authorize == 0 && !revocable {
        return Err(result(CantRevoke));
    }
    let Some(mut line) = account::load_line(&cx.overlay, &op.trustor, &asset) else {
        return Err(result(NoTrustLine));
    };
    let was = account::is_authorized(&line);
    if was && op.authorize & LINE_MAINTAIN != 0 && !revocable {
        return Err(result(CantRevoke));
    }
    line.flags = (line.flags & !(LINE_AUTHORIZED | LINE_MAINTAIN)) | op.authorize;
    let is = account::is_authorized(&line);
    account::store_line(&mut cx.overlay, &asset, line);
    if was != is {
        cx.events.push(events::set_authorized(cx.now, &asset, &op.trustor, is));
    }
    Ok(result(Success))
}

/// Authorisation has three steps: full, maintain only, none. Going down is a revocation.
fn is_revocation(old: u32, new: u32) -> bool {
    let step = |flags: u32| match flags {
        f if f & LINE_AUTHORIZED != 0 => 2,
        f if f & LINE_MAINTAIN != 0 => 1,
        _ => 0,
    };
    step(new) < step(old)
}
