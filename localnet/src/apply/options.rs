//! SetOptions: flags, thresholds, signers, home domain.

use stellar_xdr::*;

use super::checks::ALL_ACCOUNT_FLAGS;
use super::Cx;
use crate::account::{self, SubentryRefused};
use crate::account::{AUTH_CLAWBACK, AUTH_IMMUTABLE, AUTH_REQUIRED, AUTH_REVOCABLE};
use crate::settings::BASE_RESERVE_STROOPS;

const MAX_SIGNERS: usize = 20;
const AUTH_FLAGS: u32 = AUTH_REQUIRED | AUTH_REVOCABLE | AUTH_IMMUTABLE | AUTH_CLAWBACK;

fn refused(r: SetOptionsResult) -> OperationResult {
    OperationResult::OpInner(OperationResultTr::SetOptions(r))
}

pub fn set(op: &SetOptionsOp, cx: &mut Cx<'_>) -> Result<OperationResult, OperationResult> {
    let mut source = cx.load_source();
    if let Some(heir) = &op.inflation_dest {
        if account::load(&cx.overlay, heir).is_none() {
            return Err(refused(SetOptionsResult::InvalidInflation));
        }
        source.inflation_dest = Some(heir.clone());
    }
    set_flags(op, &mut source).map_err(refused)?;
    let Thresholds(levels) = &mut source.thresholds;
    for (level, wanted) in
        levels.iter_mut().zip([op.master_weight, op.low_threshold, op.med_threshold, op.high_threshold])
    {
        if let Some(value) = wanted {
            *level = value as u8;
        }
    }
    if let Some(domain) = &op.home_domain {
        source.home_domain = domain.clone();
    }
    if let Some(signer) = &op.signer {
        set_signer(signer, &mut source)?;
    }
    account::store(&mut cx.overlay, source);
    Ok(refused(SetOptionsResult::Success))
}

fn set_flags(op: &SetOptionsOp, source: &mut AccountEntry) -> Result<(), SetOptionsResult> {
    let (set, clear) = (op.set_flags.unwrap_or(0), op.clear_flags.unwrap_or(0));
    if source.flags & AUTH_IMMUTABLE != 0 && (set | clear) & AUTH_FLAGS != 0 {
        return Err(SetOptionsResult::CantChange);
    }
    let flags = ((source.flags & !clear) | set) & ALL_ACCOUNT_FLAGS;
    if flags & AUTH_CLAWBACK != 0 && flags & AUTH_REVOCABLE == 0 {
        return Err(SetOptionsResult::AuthRevocableRequired);
    }
    source.flags = flags;
    Ok(())
}

fn set_signer(signer: &Signer, source: &mut AccountEntry) -> Result<(), OperationResult> {
    let mut signers = source.signers.to_vec();
    let at = signers.iter().position(|s| s.key == signer.key);
    match (at, signer.weight) {
        (Some(index), 0) => {
            signers.remove(index);
            source.num_sub_entries -= 1;
        }
        (Some(index), weight) => signers[index].weight = weight,
        (None, 0) => {}
        (None, _) => {
            if signers.len() == MAX_SIGNERS {
                return Err(refused(SetOptionsResult::TooManySigners));
            }
            account::add_subentry(source, BASE_RESERVE_STROOPS).map_err(|why| match why {
                SubentryRefused::TooMany => OperationResult::OpTooManySubentries,
                SubentryRefused::LowReserve => refused(SetOptionsResult::LowReserve),
            })?;
            signers.push(signer.clone());
            signers.sort_by(|a, b| a.key.cmp(&b.key));
        }
    }
    source.signers = signers.try_into().map_err(|_| refused(SetOptionsResult::TooManySigners))?;
    account::normalise(source);
    Ok(())
}
