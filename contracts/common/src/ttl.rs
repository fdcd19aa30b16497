//! One time-to-live policy for every entry of every contract, in ledgers of five seconds.
//! Never a deadline: deadlines are stored and compared with ledger time.

pub const DAY: u32 = 17_280;
/// An entry that is touched with less than this left is extended.
pub const THRESHOLD: u32 = 90 * DAY;
/// What an extended entry has left: what a new one gets on the public network.
pub const EXTEND_TO: u32 = 120 * DAY;
