//! Which waiting transactions one ledger takes when not all fit, and what inclusion then costs.
//! Classic and contract transactions have a lane each; neither ever crowds the other out.

use stellar_xdr::{ConfigSettingEntry, OperationBody};

use crate::frame::Frame;
use crate::settings::BASE_FEE_STROOPS;
use crate::validate;

/// Operations that the classic lane of one ledger holds.
const CLASSIC_OPERATIONS: i64 = 1_000;

/// What a transaction takes from its lane: operations (classic) or transactions (contract calls), then for contract
/// calls instructions, envelope bytes, disk-read bytes, written bytes, disk-read entries, written entries.
pub type Load = [i64; 7];

/// What one ledger holds of each lane.
#[derive(Clone, Debug)]
pub struct LedgerLimits {
    pub classic: Load,
    pub soroban: Load,
}

impl LedgerLimits {
    pub fn from_entries(entries: &[ConfigSettingEntry]) -> LedgerLimits {
        let mut soroban: Load = [i64::MAX; 7];
        let mut clusters = 1;
        for entry in entries {
            match entry {
                ConfigSettingEntry::ContractExecutionLanes(lanes) => soroban[0] = i64::from(lanes.ledger_max_tx_count),
                ConfigSettingEntry::ContractComputeV0(compute) => soroban[1] = compute.ledger_max_instructions,
                ConfigSettingEntry::ContractParallelComputeV0(parallel) => {
                    clusters = i64::from(parallel.ledger_max_dependent_tx_clusters.max(1));
                }
                ConfigSettingEntry::ContractBandwidthV0(width) => {
                    soroban[2] = i64::from(width.ledger_max_txs_size_bytes)
                }
                ConfigSettingEntry::ContractLedgerCostV0(cost) => {
                    soroban[3] = i64::from(cost.ledger_max_disk_read_bytes);
                    soroban[4] = i64::from(cost.ledger_max_write_bytes);
                    soroban[5] = i64::from(cost.ledger_max_disk_read_entries);
                    soroban[6] = i64::from(cost.ledger_max_write_ledger_entries);
                }
                _ => {}
            }
        }
        // Clusters run beside one another, each up to the ledger's instructions.
        soroban[1] = soroban[1].saturating_mul(clusters);
        let mut classic = [i64::MAX; 7];
        classic[0] = CLASSIC_OPERATIONS;
        LedgerLimits { classic, soroban }
    }

    pub fn lane(&self, frame: &Frame) -> &Load {
        if frame.is_soroban() {
            &self.soroban
        } else {
            &self.classic
        }
    }
}

/// Stroops per operation that each lane is charged in one ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    pub classic: i64,
    pub soroban: i64,
}

impl Rates {
    pub fn of(&self, frame: &Frame) -> i64 {
        if frame.is_soroban() {
            self.soroban
        } else {
            self.classic
        }
    }
}

pub fn load(frame: &Frame) -> Load {
    let Some(data) = frame.soroban_data().filter(|_| frame.is_soroban()) else {
        return [frame.fee_operations().max(1), 0, 0, 0, 0, 0, 0];
    };
    let restores = frame.tx().operations.iter().any(|op| matches!(op.body, OperationBody::RestoreFootprint(_)));
    let resources = &data.resources;
    [
        1,
        i64::from(resources.instructions),
        i64::from(frame.inner_size_bytes),
        i64::from(resources.disk_read_bytes),
        i64::from(resources.write_bytes),
        i64::from(validate::disk_read_entries(data, restores)),
        resources.footprint.read_write.len() as i64,
    ]
}

/// The best bids that fit, earlier ones first among equals; a lane that leaves somebody out costs everybody in it what
/// its lowest bidder offers.
pub fn pick(frames: &[&Frame], limits: &LedgerLimits) -> (Vec<bool>, Rates) {
    let mut order: Vec<usize> = (0..frames.len()).collect();
    order.sort_by(|a, b| frames[*b].cmp_bid(frames[*a]));
    let mut taken = vec![false; frames.len()];
    let mut classic = Lane::new(limits.classic);
    let mut soroban = Lane::new(limits.soroban);
    for at in order {
        let frame = frames[at];
        let lane = if frame.is_soroban() { &mut soroban } else { &mut classic };
        taken[at] = lane.take(frame);
    }
    (taken, Rates { classic: classic.rate(), soroban: soroban.rate() })
}

struct Lane {
    room: Load,
    lowest: Option<i64>,
    crowded: bool,
}

impl Lane {
    fn new(room: Load) -> Lane {
        Lane { room, lowest: None, crowded: false }
    }

    fn take(&mut self, frame: &Frame) -> bool {
        let load = load(frame);
        if !fits(&load, &self.room) {
            self.crowded = true;
            return false;
        }
        for (room, part) in self.room.iter_mut().zip(load) {
            *room -= part;
        }
        self.lowest = Some(frame.inclusion_fee() / frame.fee_operations().max(1));
        true
    }

    fn rate(&self) -> i64 {
        let base = i64::from(BASE_FEE_STROOPS);
        match self.lowest {
            Some(lowest) if self.crowded => lowest.max(base),
            _ => base,
        }
    }
}

pub fn fits(load: &Load, room: &Load) -> bool {
    load.iter().zip(room).all(|(part, room)| part <= room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Frame;
    use stellar_xdr::*;

    fn bid(fee: u32, operations: usize) -> Frame {
        let op = Operation { source_account: None, body: OperationBody::Inflation };
        let tx = Transaction {
            source_account: MuxedAccount::Ed25519(Uint256([1; 32])),
            fee,
            seq_num: SequenceNumber(1),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: vec![op; operations].try_into().unwrap(),
            ext: TransactionExt::V0,
        };
        let envelope = TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures: VecM::default() });
        Frame::new(envelope, [0; 32]).unwrap()
    }

    fn limits(operations: i64) -> LedgerLimits {
        let mut classic = [i64::MAX; 7];
        classic[0] = operations;
        LedgerLimits { classic, soroban: [i64::MAX; 7] }
    }

    #[test]
    fn a_full_lane_takes_the_best_bids_and_costs_what_the_lowest_of_them_offers() {
        let frames = [bid(100, 1), bid(900, 1), bid(1_000, 2), bid(300, 1)];
        let refs: Vec<&Frame> = frames.iter().collect();
        let (taken, rates) = pick(&refs, &limits(3));
        assert_eq!(taken, [false, true, true, false]);
        assert_eq!(rates, Rates { classic: 500, soroban: 100 });
    }

    #[test]
    fn a_lane_with_room_for_all_costs_the_base_fee() {
        let frames = [bid(100, 1), bid(900, 1)];
        let refs: Vec<&Frame> = frames.iter().collect();
        assert_eq!(pick(&refs, &limits(2)), (vec![true, true], Rates { classic: 100, soroban: 100 }));
    }

    #[test]
    fn what_does_not_fit_does_not_keep_a_smaller_bid_out() {
        let frames = [bid(5_000, 5), bid(800, 1)];
        let refs: Vec<&Frame> = frames.iter().collect();
        let (taken, rates) = pick(&refs, &limits(4));
        assert_eq!((taken, rates.classic), (vec![false, true], 800));
    }
}
