//! The ledger being built or asked about: sequence, close time, rules. Plain figures, no state.

use std::rc::Rc;

use crate::settings::TxLimits;

#[derive(Clone)]
pub struct Moment {
    pub network_id: [u8; 32],
    pub seq: u32,
    /// Seconds since 1970.
    pub close_time: u64,
    /// The latest that this ledger may close by what is known now; upper time bounds are judged against it.
    pub latest_close_time: u64,
    pub limits: Rc<TxLimits>,
}

impl Moment {
    /// Sequence number that an account created in this ledger starts with.
    pub fn starting_seq_num(&self) -> i64 {
        i64::from(self.seq) << 32
    }

    /// Last ledger of a persistent entry that is new or restored in this ledger.
    pub fn min_persistent_live_until(&self) -> u32 {
        self.seq + self.limits.min_persistent_ttl - 1
    }
}
