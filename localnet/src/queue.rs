//! Transactions that wait for the next ledger: one per source account, and what the network answers to a new one.

use std::collections::HashMap;

use stellar_xdr::{DiagnosticEvent, TransactionResult, TransactionResultResult};

use crate::close;
use crate::frame::Frame;
use crate::surge::{self, LedgerLimits, Load, Rates};

/// A pending transaction leaves after so many ledgers without inclusion.
const PENDING_LEDGERS: u32 = 4;
/// An applied or dropped hash is refused for so many ledgers.
pub const BAN_LEDGERS: u32 = 10;
/// A fee bump replaces a pending transaction when it pays this many times the rate.
const REPLACEMENT_FACTOR: i64 = 10;
/// So many ledgers' worth of each lane may wait.
const WAITING_LEDGERS: i64 = 2;

#[derive(Debug)]
pub enum Answer {
    Pending,
    Duplicate,
    TryAgainLater,
    Refused(TransactionResult, Vec<DiagnosticEvent>),
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
        let refused = |code, fee| Some(Answer::Refused(close::result(frame, code, true, fee), Vec::new()));
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

    /// Who must leave so that this transaction can wait: only lower bids of its lane. `Err` names the inclusion fee
    /// in stroops that would have made room, 0 where none would.
    pub fn room_for(&self, frame: &Frame, limits: &LedgerLimits) -> Result<Vec<[u8; 32]>, i64> {
        let lane = limits.lane(frame).map(|part| part.saturating_mul(WAITING_LEDGERS));
        let load = surge::load(frame);
        let others = || {
            let source = frame.source();
            let same_lane = |p: &&Pending| p.frame.is_soroban() == frame.is_soroban();
            self.pending.iter().filter(same_lane).filter(move |p| p.frame.source() != source)
        };
        let mut waiting: Load = others().fold([0; 7], |sum, p| add(sum, surge::load(&p.frame)));
        let mut leaving = Vec::new();
        if surge::fits(&add(waiting, load), &lane) {
            return Ok(leaving);
        }
        let mut cheapest: Vec<&Pending> = others().collect();
        cheapest.sort_by(|a, b| a.frame.cmp_bid(&b.frame));
        for other in &cheapest {
            if other.frame.cmp_bid(frame).is_ge() {
                break;
            }
            leaving.push(other.frame.hash);
            for (sum, part) in waiting.iter_mut().zip(surge::load(&other.frame)) {
                *sum -= part;
            }
            if surge::fits(&add(waiting, load), &lane) {
                return Ok(leaving);
            }
        }
        let to_beat = cheapest.get(leaving.len()).map(|p| better_than(&p.frame, frame));
        Err(to_beat.unwrap_or(0))
    }

    /// Lets lower bids go; their hashes are refused for a while.
    pub fn drop_waiting(&mut self, hashes: &[[u8; 32]], latest: u32) {
        self.pending.retain(|p| !hashes.contains(&p.frame.hash));
        hashes.iter().for_each(|hash| self.ban(*hash, latest));
    }

    /// Takes what the next ledger applies, in order of arrival, and what each lane costs; the rest waits, ages, and is
    /// dropped.
    pub fn take(
        &mut self,
        latest: u32,
        limits: &LedgerLimits,
        is_valid: impl Fn(&Frame) -> bool,
    ) -> (Vec<Frame>, Rates) {
        let (valid, invalid): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pending).into_iter().partition(|p| is_valid(&p.frame));
        invalid.iter().for_each(|p| self.ban(p.frame.hash, latest));
        let frames: Vec<&Frame> = valid.iter().map(|p| &p.frame).collect();
        let (picked, rates) = surge::pick(&frames, limits);
        let mut taken = Vec::new();
        for (pending, is_picked) in valid.into_iter().zip(picked) {
            if is_picked {
                taken.push(pending.frame);
            } else if latest >= pending.since + PENDING_LEDGERS {
                self.ban(pending.frame.hash, latest);
            } else {
                self.pending.push(pending);
            }
        }
        self.banned.retain(|_, until| latest < *until);
        (taken, rates)
    }

    pub fn ban(&mut self, hash: [u8; 32], latest: u32) {
        self.banned.insert(hash, latest + BAN_LEDGERS);
    }
}

/// Inclusion stroops at which `new` bids ten times the rate of `old`.
fn replacement_fee(old: &Frame, new: &Frame) -> i64 {
    let wide = i128::from(old.inclusion_fee()) * i128::from(REPLACEMENT_FACTOR) * i128::from(new.fee_operations());
    let per = i128::from(old.fee_operations().max(1));
    i64::try_from((wide + per - 1) / per).unwrap_or(i64::MAX)
}

fn add(mut sum: Load, load: Load) -> Load {
    for (sum, part) in sum.iter_mut().zip(load) {
        *sum = sum.saturating_add(part);
    }
    sum
}

/// The least inclusion stroops at which `new` bids more per operation than `old`.
fn better_than(old: &Frame, new: &Frame) -> i64 {
    let product = i128::from(old.inclusion_fee()) * i128::from(new.fee_operations().max(1));
    i64::try_from(product / i128::from(old.fee_operations().max(1)) + 1).unwrap_or(i64::MAX)
}
