//! Ledger time: the wall clock and an offset that the control path moves. It never runs backwards.

use std::time::{SystemTime, UNIX_EPOCH};

/// Ledgers that close within one second get a second each until they lead the clock by this much; then they share one.
const LEAD_SECONDS: u64 = 5;

#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    /// Seconds added to the wall clock.
    pub offset: i64,
}

impl Clock {
    pub fn now(self) -> u64 {
        wall().saturating_add_signed(self.offset)
    }

    pub fn close_time(self, previous: u64) -> u64 {
        next_close_time(self.now(), previous)
    }

    /// Moves the clock to `unix` seconds.
    pub fn set(&mut self, unix: u64) {
        self.offset = unix as i64 - wall() as i64;
    }
}

fn wall() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

fn next_close_time(now: u64, previous: u64) -> u64 {
    if now > previous {
        now
    } else if previous < now + LEAD_SECONDS {
        previous + 1
    } else {
        previous
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_times_lead_the_clock_by_five_seconds_at_most_and_never_fall() {
        let mut time = 100;
        for _ in 0..50 {
            let next = next_close_time(100, time);
            assert!(next >= time && next <= 105);
            time = next;
        }
        assert_eq!(time, 105);
        assert_eq!(next_close_time(101, 105), 106);
        assert_eq!(next_close_time(300, 106), 300);
    }
}
