//! What a contract transaction may look like: one operation, declared resources within the settings, fees that cover them.

use std::collections::BTreeSet;

use stellar_xdr::*;

use super::Invalid;
use crate::apply::checks;
use crate::codec;
use crate::events;
use crate::frame::{is_soroban, Frame};
use crate::host::Engine;
use crate::keys;
use crate::ledger::Moment;
use crate::settings::TxLimits;

pub fn check(frame: &Frame, now: &Moment, engine: &Engine) -> Result<(), Invalid> {
    let refused = |code| Err(super::early(code));
    let tx = frame.tx();
    let [op] = tx.operations.as_slice() else { return refused(TransactionResultResult::TxMalformed) };
    if !is_soroban(&op.body) {
        return refused(TransactionResultResult::TxMalformed);
    }
    let Some(data) = frame.soroban_data() else {
        return Err(wrong("the transaction declares no contract data", &[]));
    };
    check_plain(frame, op)?;
    check_resources(data, &op.body, &now.limits)?;
    check_footprint(&data.resources.footprint, &now.limits)?;
    let size = u64::from(frame.inner_size_bytes);
    at_most("envelope bytes", size, u64::from(now.limits.size_bytes))?;
    if !archived_marks_fit(data) {
        return Err(wrong("archived entries must be persistent read-write keys, named in ascending order", &[]));
    }
    check_fee(frame, data, engine)
}

/// The operation's own check; while applying it runs right before the operation.
pub fn check_operation(frame: &Frame, now: &Moment) -> Result<(), Invalid> {
    let (Some(data), [op]) = (frame.soroban_data(), frame.tx().operations.as_slice()) else { return Ok(()) };
    checks::check_contract(&op.body, &data.resources.footprint, &now.limits).map_err(|refused| {
        let results = vec![refused.0].try_into().unwrap_or_default();
        Invalid { diagnostic: Some(Box::new(refused.1)), ..super::late(TransactionResultResult::TxFailed(results)) }
    })
}

/// A declared figure above its limit.
fn at_most(what: &str, declared: u64, limit: u64) -> Result<(), Invalid> {
    if declared <= limit {
        return Ok(());
    }
    let text = format!("{what} above the network's limit (declared, limit)");
    Err(invalid(events::diagnostic(ScError::Storage(ScErrorCode::ExceededLimit), &text, &[declared, limit])))
}

fn wrong(text: &str, figures: &[u64]) -> Invalid {
    invalid(events::diagnostic(ScError::Storage(ScErrorCode::InvalidInput), text, figures))
}

fn invalid(diagnostic: DiagnosticEvent) -> Invalid {
    Invalid { diagnostic: Some(Box::new(diagnostic)), ..super::early(TransactionResultResult::TxSorobanInvalid) }
}

/// Contract calls name their participants in the call, so the envelope around them stays plain.
fn check_plain(frame: &Frame, op: &Operation) -> Result<(), Invalid> {
    let tx = frame.tx();
    let muxed = |m: &MuxedAccount| matches!(m, MuxedAccount::MuxedEd25519(_));
    let has_muxed = muxed(&tx.source_account) || op.source_account.as_ref().is_some_and(muxed);
    if matches!(op.body, OperationBody::InvokeHostFunction(_)) && (tx.memo != Memo::None || has_muxed) {
        return Err(wrong("a contract call carries no memo and no muxed source account", &[]));
    }
    Ok(())
}

fn check_fee(frame: &Frame, data: &SorobanTransactionData, engine: &Engine) -> Result<(), Invalid> {
    let bid = u64::from(frame.tx().fee);
    let Ok(declared) = u64::try_from(data.resource_fee) else {
        return Err(wrong("the resource fee is negative", &[]));
    };
    if frame.bump().is_none() && declared > bid {
        return Err(wrong("the resource fee is above the whole fee (resource fee, fee)", &[declared, bid]));
    }
    let needed = engine.declared_fee(data, frame.inner_size_bytes).0;
    if needed > data.resource_fee {
        let needed = u64::try_from(needed).unwrap_or(u64::MAX);
        return Err(wrong("the resource fee does not cover the resources (needed, declared)", &[needed, declared]));
    }
    Ok(())
}

/// Entries that are read from disk: classic ones and restored ones; live contract entries are in memory.
pub fn disk_read_entries(data: &SorobanTransactionData, restores: bool) -> u32 {
    let footprint = &data.resources.footprint;
    if restores {
        return footprint.read_write.len() as u32;
    }
    let classic = footprint.read_only.iter().chain(footprint.read_write.iter()).filter(|k| !keys::has_ttl(k)).count();
    (classic + archived(data).len()) as u32
}

pub fn archived(data: &SorobanTransactionData) -> &[u32] {
    match &data.ext {
        SorobanTransactionDataExt::V1(ext) => &ext.archived_soroban_entries,
        SorobanTransactionDataExt::V0 => &[],
    }
}

fn check_resources(data: &SorobanTransactionData, body: &OperationBody, limits: &TxLimits) -> Result<(), Invalid> {
    let r = &data.resources;
    let restores = matches!(body, OperationBody::RestoreFootprint(_));
    let keys = (r.footprint.read_only.len() + r.footprint.read_write.len()) as u64;
    at_most("instructions", u64::from(r.instructions), u64::try_from(limits.instructions).unwrap_or(0))?;
    at_most("disk read bytes", u64::from(r.disk_read_bytes), u64::from(limits.disk_read_bytes))?;
    at_most("written bytes", u64::from(r.write_bytes), u64::from(limits.write_bytes))?;
    at_most("disk read entries", u64::from(disk_read_entries(data, restores)), u64::from(limits.disk_read_entries))?;
    at_most("written entries", r.footprint.read_write.len() as u64, u64::from(limits.write_entries))?;
    at_most("footprint keys", keys, u64::from(limits.footprint_entries))
}

fn check_footprint(footprint: &LedgerFootprint, limits: &TxLimits) -> Result<(), Invalid> {
    let mut seen = BTreeSet::new();
    for key in footprint.read_only.iter().chain(footprint.read_write.iter()) {
        if !seen.insert(key) {
            return Err(wrong("a key is in the footprint twice", &[]));
        }
        if !key_is_allowed(key) {
            return Err(wrong("a kind of key that no footprint may hold", &[]));
        }
        at_most("bytes of a footprint key", codec::xdr(key).len() as u64, u64::from(limits.key_bytes))?;
    }
    Ok(())
}

fn key_is_allowed(key: &LedgerKey) -> bool {
    match key {
        LedgerKey::Account(_) | LedgerKey::ContractData(_) | LedgerKey::ContractCode(_) => true,
        LedgerKey::Trustline(line) => {
            let asset = match &line.asset {
                TrustLineAsset::CreditAlphanum4(a) => Asset::CreditAlphanum4(a.clone()),
                TrustLineAsset::CreditAlphanum12(a) => Asset::CreditAlphanum12(a.clone()),
                TrustLineAsset::Native | TrustLineAsset::PoolShare(_) => return false,
            };
            keys::asset_is_valid(&asset) && keys::issuer(&asset) != Some(&line.account_id)
        }
        _ => false,
    }
}

fn archived_marks_fit(data: &SorobanTransactionData) -> bool {
    let marks = archived(data);
    let keys = &data.resources.footprint.read_write;
    marks.windows(2).all(|pair| pair[0] < pair[1])
        && marks.iter().all(|mark| keys.get(*mark as usize).is_some_and(keys::is_persistent))
}
