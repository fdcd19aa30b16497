//! ExtendFootprintTTL and RestoreFootprint: entries live longer, or again; only rent is paid.

use stellar_xdr::*;

use super::Cx;
use crate::codec;
use crate::state::View;

type Outcome = Result<OperationResult, OperationResult>;

pub fn extend(op: &ExtendFootprintTtlOp, cx: &mut Cx<'_>) -> Outcome {
    use ExtendFootprintTtlResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::ExtendFootprintTtl(r));
    let frame = cx.frame;
    let Some(data) = frame.soroban_data() else { return Err(result(Malformed)) };
    let footprint = &data.resources.footprint;
    let live_until = cx.now.seq + op.extend_to;
    let mut extended = Vec::new();
    for key in footprint.read_only.iter() {
        let Some(slot) = cx.overlay.slot(key).filter(|s| s.is_live(cx.now.seq)) else { continue };
        let old = slot.ttl.map_or(0, |t| t.live_until);
        if old < live_until {
            extended.push((key.clone(), slot.entry, old, live_until));
        }
    }
    if !pay_rent(&extended, data, cx) {
        return Err(result(InsufficientRefundableFee));
    }
    for (key, ..) in &extended {
        cx.overlay.extend(key, live_until);
    }
    Ok(result(Success))
}

pub fn restore(cx: &mut Cx<'_>) -> Outcome {
    use RestoreFootprintResult::*;
    let result = |r| OperationResult::OpInner(OperationResultTr::RestoreFootprint(r));
    let frame = cx.frame;
    let Some(data) = frame.soroban_data() else { return Err(result(Malformed)) };
    let footprint = &data.resources.footprint;
    let live_until = cx.now.min_persistent_live_until();
    let mut restored = Vec::new();
    let mut bytes = 0u64;
    for key in footprint.read_write.iter() {
        let Some(slot) = cx.overlay.slot(key).filter(|s| !s.is_live(cx.now.seq)) else { continue };
        bytes += codec::xdr(slot.entry.as_ref()).len() as u64;
        restored.push((key.clone(), slot.entry, 0, live_until));
    }
    if bytes > u64::from(data.resources.disk_read_bytes) || bytes > u64::from(data.resources.write_bytes) {
        return Err(result(ResourceLimitExceeded));
    }
    if !pay_rent(&restored, data, cx) {
        return Err(result(InsufficientRefundableFee));
    }
    for (key, entry, ..) in &restored {
        cx.overlay.put_with_ttl(key.clone(), entry.as_ref().clone(), live_until);
        cx.overlay.restored.insert(std::rc::Rc::new(key.clone()));
        cx.engine.compile(entry);
    }
    Ok(result(Success))
}

type Grown = (LedgerKey, std::rc::Rc<LedgerEntry>, u32, u32);

/// Takes the rent out of the refundable part of the resource fee, if that part holds it.
fn pay_rent(grown: &[Grown], data: &SorobanTransactionData, cx: &mut Cx<'_>) -> bool {
    let rent = cx.engine.rent_fee(grown, cx.now.seq);
    let (non_refundable, _) = cx.engine.declared_fee(data, cx.frame.inner_size_bytes);
    if rent > data.resource_fee - non_refundable {
        return false;
    }
    cx.soroban.rent_fee = rent;
    true
}
