//! Transactions that wait for the next ledger: one per source account, and what the network answers to a new one.

use std::collections::HashMap;

use stellar_xdr::{TransactionResult, TransactionResultResult};

use crate::close;
use crate::frame::Frame;

/// A pending transaction leaves after so many ledgers without inclusion.
const PENDING_LEDGERS: u32 = 4;
/// An applied or dropped hash is refused for so many ledgers.
pub const BAN_LEDGERS: u32 = 10;
/// A fee bump replaces a pending transaction when it pays this many times the rate.
const REPLACEMENT_FACTOR: i64 = 10;
/// Operations that one ledger takes.
const LEDGER_OPERATIONS: usize = 1_000;

#[derive(Debug)]
pub enum Answer {
    Pending,
    Duplicate,
    TryAgainLater,
    Refused(TransactionResult),
}

struct Pending {
    frame: Frame,
    since: u32,
}

#[derive(Default)]
pub struct Queue {
    pending: Vec<Pending>,
    banned: HashMap<[u8; 32], u32>,
}

impl Queue {
    pub fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    pub fn is_banned(&self, hash: &[u8; 32], latest: u32) -> bool {
        self.banned.get(hash).is_some_and(|until| latest < *until)
    }

    /// What the source account's pending transaction means for a new one; `None` where nothing stands in its way.
    pub fn conflict(&self, frame: &Frame) -> Option<Answer> {
        let other = &self.pending.iter().find(|p| p.frame.source() == frame.source())?.frame;
        let refused = |code, fee| Some(Answer::Refused(close::result(frame, code, true, fee)));
        if other.hash == frame.hash {
            return Some(Answer::Duplicate);
        }
        if frame.seq_num() < other.seq_num() {
            return refused(TransactionResultResult::TxBadSeq, 0);
        }
        if frame.bump().is_none() || frame.seq_num() != other.seq_num() {
            return Some(Answer::TryAgainLater);
        }
        let needed = replacement_fee(other, frame);
        if frame.inclusion_fee() < needed {
            return refused(TransactionResultResult::TxInsufficientFee, needed.saturating_add(frame.resource_fee()));
        }
        None
    }

    /// Stroops that pending transactions of this payer will take.
    pub fn fees_of(&self, frame: &Frame) -> i64 {
        let payer = frame.fee_source();
        let same = self.pending.iter().filter(|p| p.frame.fee_source() == payer && p.frame.source() != frame.source());
        same.map(|p| p.frame.full_fee()).fold(0, i64::saturating_add)
    }

    /// Puts a transaction in, in place of the one of the same source.
    pub fn add(&mut self, frame: Frame, latest: u32) {
        let source = frame.source();
        self.pending.retain(|p| p.frame.source() != source);
        self.pending.push(Pending { frame, since: latest });
    }

    /// Takes what the next ledger applies: valid ones in order of arrival; the rest waits, ages, and is dropped.
    pub fn take(&mut self, latest: u32, is_valid: impl Fn(&Frame) -> bool) -> Vec<Frame> {
        let mut taken = Vec::new();
        let mut room = LEDGER_OPERATIONS;
        for pending in std::mem::take(&mut self.pending) {
            let operations = pending.frame.fee_operations().max(1) as usize;
            if !is_valid(&pending.frame) {
                self.ban(pending.frame.hash, latest);
            } else if operations <= room {
                room -= operations;
                taken.push(pending.frame);
            } else if latest >= pending.since + PENDING_LEDGERS {
                self.ban(pending.frame.hash, latest);
            } else {
                self.pending.push(pending);
            }
        }
        self.banned.retain(|_, until| latest < *until);
        taken
    }

    fn ban(&mut self, hash: [u8; 32], latest: u32) {
        self.banned.insert(hash, latest + BAN_LEDGERS);
    }
}

/// Inclusion stroops at which `new` bids ten times the rate of `old`.
fn replacement_fee(old: &Frame, new: &Frame) -> i64 {
    let wide = i128::from(old.inclusion_fee()) * i128::from(REPLACEMENT_FACTOR) * i128::from(new.fee_operations());
    let per = i128::from(old.fee_operations().max(1));
    i64::try_from((wide + per - 1) / per).unwrap_or(i64::MAX)
}
