//! How much of a stream has accrued at a moment. Pure: integers only, no host, no clock, rounded down once.

use crate::types::{Status, Stream};

/// `floor(units * elapsed / seconds)`, never more than was deposited. Units fit 63 bits and seconds 64, so no product overflows.
pub(crate) fn accrued_at(stream: &Stream, at: u64) -> i128 {
    let elapsed = elapsed_at(stream, at);
    let accrued = match stream.seconds {
        0 => stream.units * i128::from(elapsed),
        seconds => stream.units * i128::from(elapsed.min(seconds)) / i128::from(seconds),
    };
    accrued.min(stream.deposited)
}

/// Seconds that count at `at`: pauses and the time before the start are left out.
pub(crate) fn elapsed_at(stream: &Stream, at: u64) -> u64 {
    match stream.status {
        Status::Active => stream
            .ran_seconds
            .saturating_add(at.saturating_sub(stream.since)),
        _ => stream.ran_seconds,
    }
}
