//! InvokeHostFunction: gathers the footprint, lets the host run, checks what came out against what was declared.

use stellar_xdr::*;

use super::metrics::Metrics;
use super::Cx;
use crate::account;
use crate::codec;
use crate::host::invoke::{Call, Failure, Success, Write};
use crate::keys;
use crate::state::{Slot, View};

type Gathered = Vec<Option<(LedgerEntry, Option<u32>)>>;

fn result(r: InvokeHostFunctionResult) -> OperationResult {
    OperationResult::OpInner(OperationResultTr::InvokeHostFunction(r))
}

pub fn invoke(op: &InvokeHostFunctionOp, cx: &mut Cx<'_>) -> Result<OperationResult, OperationResult> {
    let frame = cx.frame;
    let Some(data) = frame.soroban_data() else { return Err(result(InvokeHostFunctionResult::Malformed)) };
    let archived: &[u32] = match &data.ext {
        SorobanTransactionDataExt::V1(ext) => &ext.archived_soroban_entries,
        SorobanTransactionDataExt::V0 => &[],
    };
    let mut metrics = Metrics::default();
    let entries = gather(&data.resources, archived, cx, &mut metrics).map_err(result)?;
    let call =
        Call { op, source: &cx.source.clone(), resources: &data.resources, archived, entries, prng_seed: cx.prng_seed };
    let outcome = cx.engine.invoke(call, cx.now);
    cx.soroban.diagnostics = outcome.diagnostics;
    let done = outcome.result.map_err(|failure| {
        cx.soroban.diagnostics.extend(metrics.told(outcome.spent, false));
        cx.soroban.failed_internally = failure == Failure::Internal;
        match failure {
            Failure::Trapped | Failure::Internal => result(InvokeHostFunctionResult::Trapped),
            Failure::OverResources => result(InvokeHostFunctionResult::ResourceLimitExceeded),
        }
    })?;
    for write in &done.writes {
        write.entry.iter().for_each(|entry| metrics.write(&write.key, entry.len() as u64));
    }
    done.events.iter().for_each(|event| metrics.emit(event.len() as u64));
    let settled = settle(done, data, cx).map_err(result)?;
    cx.soroban.diagnostics.extend(metrics.told(outcome.spent, true));
    Ok(result(settled))
}

/// Collects live entries and restores those that are marked; classic and restored bytes count as disk reads.
fn gather(
    resources: &SorobanResources,
    archived: &[u32],
    cx: &mut Cx<'_>,
    metrics: &mut Metrics,
) -> Result<Gathered, InvokeHostFunctionResult> {
    let mut entries = Vec::new();
    let mut disk_bytes = 0u64;
    let footprint = &resources.footprint;
    let read_only = footprint.read_only.iter().map(|key| (key, false));
    let read_write = footprint.read_write.iter().enumerate();
    let read_write = read_write.map(|(index, key)| (key, archived.contains(&(index as u32))));
    for (key, is_marked) in read_only.chain(read_write) {
        let Some(slot) = cx.overlay.slot(key) else {
            entries.push(None);
            continue;
        };
        let expired = !slot.is_live(cx.now.seq);
        if expired && !keys::is_persistent(key) {
            entries.push(None);
            continue;
        }
        if expired && !is_marked {
            return Err(InvokeHostFunctionResult::EntryArchived);
        }
        let mut entry = slot.entry.as_ref().clone();
        if let LedgerEntryData::Account(account) = &mut entry.data {
            account::normalise(account);
        }
        let size = codec::xdr(&entry).len() as u64;
        if size > entry_limit(key, cx) {
            return Err(InvokeHostFunctionResult::ResourceLimitExceeded);
        }
        if expired || !keys::has_ttl(key) {
            disk_bytes += size;
            metrics.read(key, size);
        }
        let live_until = if expired { Some(revive(key, &slot, cx)) } else { slot.ttl.map(|t| t.live_until) };
        entries.push(Some((entry, live_until)));
    }
    if disk_bytes > u64::from(resources.disk_read_bytes) {
        return Err(InvokeHostFunctionResult::ResourceLimitExceeded);
    }
    Ok(entries)
}

/// Brings an archived entry back to life in this operation; returns its new live-until.
fn revive(key: &LedgerKey, slot: &Slot, cx: &mut Cx<'_>) -> u32 {
    let live_until = cx.now.min_persistent_live_until();
    cx.overlay.put_with_ttl(key.clone(), slot.entry.as_ref().clone(), live_until);
    cx.overlay.restored.insert(std::rc::Rc::new(key.clone()));
    cx.engine.compile(&slot.entry);
    live_until
}

fn entry_limit(key: &LedgerKey, cx: &Cx<'_>) -> u64 {
    match key {
        // The limit speaks of the wasm itself; the entry around it is a little larger.
        LedgerKey::ContractCode(_) => u64::from(cx.now.limits.wasm_bytes) + 1_024,
        LedgerKey::ContractData(_) => u64::from(cx.now.limits.entry_bytes),
        _ => u64::MAX,
    }
}

fn settle(
    done: Success,
    data: &SorobanTransactionData,
    cx: &mut Cx<'_>,
) -> Result<InvokeHostFunctionResult, InvokeHostFunctionResult> {
    use InvokeHostFunctionResult::*;
    let written: u64 = done.writes.iter().filter_map(|w| w.entry.as_ref()).map(|e| e.len() as u64).sum();
    if written > u64::from(data.resources.write_bytes) {
        return Err(ResourceLimitExceeded);
    }
    for write in &done.writes {
        let size = write.entry.as_ref().map_or(0, |e| e.len() as u64);
        if size > entry_limit(&write.key, cx) {
            return Err(ResourceLimitExceeded);
        }
    }
    let events_bytes = done.events.iter().map(Vec::len).sum::<usize>() + done.value.len();
    if events_bytes as u64 > u64::from(cx.now.limits.events_bytes) {
        return Err(ResourceLimitExceeded);
    }
    let (non_refundable, events_fee) = cx.engine.resource_fee(data, cx.frame.inner_size_bytes, events_bytes as u32);
    if done.rent_fee.saturating_add(events_fee) > data.resource_fee - non_refundable {
        return Err(InsufficientRefundableFee);
    }
    cx.soroban.rent_fee = done.rent_fee;
    cx.soroban.events_fee = events_fee;
    for write in done.writes {
        keep(write, cx);
    }
    let value: ScVal = codec::own(&done.value);
    let events: Vec<ContractEvent> = done.events.iter().map(|e| codec::own(e)).collect();
    let image = InvokeHostFunctionSuccessPreImage {
        return_value: value.clone(),
        events: events.clone().try_into().unwrap_or_default(),
    };
    cx.soroban.value = Some(value);
    cx.events = events;
    Ok(Success(Hash(codec::sha256(codec::xdr(&image)))))
}

fn keep(write: Write, cx: &mut Cx<'_>) {
    let before = cx.overlay.slot(&write.key);
    match write.entry {
        Some(bytes) => {
            let mut entry: LedgerEntry = codec::own(&bytes);
            if let LedgerEntryData::Account(account) = &mut entry.data {
                account::normalise(account);
            }
            cx.engine.compile(&entry);
            match write.live_until {
                Some(live_until) => cx.overlay.put_with_ttl(write.key, entry, live_until),
                None => cx.overlay.put(write.key, entry),
            }
        }
        None if write.read_only => {
            if let Some(live_until) = write.live_until {
                cx.overlay.extend(&write.key, live_until);
            }
        }
        None if before.is_some() => cx.overlay.remove(write.key),
        None => {}
    }
}
