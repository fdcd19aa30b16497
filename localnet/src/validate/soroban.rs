//! What a contract transaction may look like: one operation, declared resources within the settings, fees that cover them.

use std::collections::BTreeSet;

use stellar_xdr::*;

use crate::codec;
use crate::frame::{is_soroban, Frame};
use crate::host::Engine;
use crate::keys;
use crate::ledger::Moment;
use crate::settings::TxLimits;

type Refusal = TransactionResultResult;

pub fn check(frame: &Frame, now: &Moment, engine: &Engine) -> Result<(), Refusal> {
    let tx = frame.tx();
    let [op] = tx.operations.as_slice() else { return Err(Refusal::TxMalformed) };
    if !is_soroban(&op.body) {
        return Err(Refusal::TxMalformed);
    }
    let data = frame.soroban_data().ok_or(Refusal::TxSorobanInvalid)?;
    let muxed = |m: &MuxedAccount| matches!(m, MuxedAccount::MuxedEd25519(_));
    let has_muxed = muxed(&tx.source_account) || op.source_account.as_ref().is_some_and(muxed);
    if matches!(op.body, OperationBody::InvokeHostFunction(_)) && (tx.memo != Memo::None || has_muxed) {
        return Err(Refusal::TxSorobanInvalid);
    }
    let fits = resources_fit(data, &op.body, &now.limits) && footprint_fits(&data.resources.footprint, &now.limits);
    let fee_covers = data.resource_fee >= 0
        && (frame.bump().is_some() || data.resource_fee <= i64::from(tx.fee))
        && engine.declared_fee(data, frame.inner_size_bytes).0 <= data.resource_fee;
    if fits && frame.inner_size_bytes <= now.limits.size_bytes && archived_marks_fit(data) && fee_covers {
        Ok(())
    } else {
        Err(Refusal::TxSorobanInvalid)
    }
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

fn resources_fit(data: &SorobanTransactionData, body: &OperationBody, limits: &TxLimits) -> bool {
    let r = &data.resources;
    let restores = matches!(body, OperationBody::RestoreFootprint(_));
    i64::from(r.instructions) <= limits.instructions
        && r.disk_read_bytes <= limits.disk_read_bytes
        && r.write_bytes <= limits.write_bytes
        && disk_read_entries(data, restores) <= limits.disk_read_entries
        && r.footprint.read_write.len() as u64 <= u64::from(limits.write_entries)
        && (r.footprint.read_only.len() + r.footprint.read_write.len()) as u64 <= u64::from(limits.footprint_entries)
}

fn footprint_fits(footprint: &LedgerFootprint, limits: &TxLimits) -> bool {
    let mut seen = BTreeSet::new();
    footprint.read_only.iter().chain(footprint.read_write.iter()).all(|key| {
        seen.insert(key) && key_is_allowed(key) && codec::xdr(key).len() as u64 <= u64::from(limits.key_bytes)
    })
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
