//! The one owner of the ledger: state, history, queue, clock and log, on one thread. Nobody else changes them.

mod blindness;
mod exchange;
mod replay;
mod snapshots;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use stellar_xdr::*;
use tokio::sync::oneshot;

use crate::account;
use crate::clock::Clock;
use crate::close;
use crate::codec;
use crate::frame::Frame;
use crate::genesis;
use crate::history::{History, Ledger};
use crate::host::Engine;
use crate::journal::{Journal, Record};
use crate::ledger::Moment;
use crate::queue::{Answer, Queue, BAN_LEDGERS};
use crate::settings::{Limits, TxLimits, BASE_RESERVE_STROOPS};
use crate::state::State;
use crate::surge::LedgerLimits;
use crate::validate::{self, Stage};
use crate::window;

/// So many ledgers a transaction that is sent now must still be in time for.
const CLOSES_AHEAD: u32 = 2;

/// What mainnet's ledgers aim at, as its settings say.
const MAINNET_PERIOD: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseMode {
    /// Each accepted transaction closes a ledger at once.
    Instant,
    /// A ledger every so often, empty or not.
    Every(Duration),
    /// Only the control path closes ledgers.
    Manual,
}

impl CloseMode {
    /// `instant`, `manual`, `mainnet` for its rhythm, or the milliseconds between ledgers.
    pub fn parse(text: &str) -> Result<CloseMode, String> {
        match text {
            "mainnet" => Ok(CloseMode::Every(MAINNET_PERIOD)),
            "instant" => Ok(CloseMode::Instant),
            "manual" => Ok(CloseMode::Manual),
            _ => match text.parse::<u64>() {
                Ok(ms) if ms > 0 => Ok(CloseMode::Every(Duration::from_millis(ms))),
                _ => Err("expected instant, manual, mainnet, or a positive number of milliseconds".to_string()),
            },
        }
    }
}

#[derive(Clone)]
pub struct Options {
    pub passphrase: String,
    pub limits: Limits,
    pub mode: CloseMode,
    pub data: Option<PathBuf>,
    /// Ledgers whose transactions and events can be asked for.
    pub retention: u32,
}

pub struct Node {
    pub passphrase: String,
    pub network_id: [u8; 32],
    pub state: Rc<RefCell<State>>,
    pub history: History,
    pub engine: Engine,
    pub clock: Clock,
    mode: CloseMode,
    limits: Rc<TxLimits>,
    ledger_limits: LedgerLimits,
    queue: Queue,
    /// Transactions of the root account for friendbot; they may follow one another in one ledger.
    errands: Vec<Frame>,
    waiting: Vec<([u8; 32], oneshot::Sender<bool>)>,
    /// Errands that are applied but not yet safe on disk.
    applied: Vec<(oneshot::Sender<bool>, bool)>,
    journal: Option<Journal>,
    snapshots: HashMap<String, snapshots::Snapshot>,
    next_close: Instant,
    founded_on: Limits,
}

impl Node {
    /// Opens or founds the network. The first ledgers close at once: genesis, and the native asset's contract.
    pub fn start(options: Options) -> Result<Node, String> {
        let network_id = codec::sha256(&options.passphrase);
        let opened = options.data.as_deref().map(Journal::open).transpose();
        let opened = opened.map_err(|e| format!("the data directory cannot be used: {e}"))?;
        let (journal, records) = opened.map_or((None, Vec::new()), |(journal, records)| (Some(journal), records));
        let founded = genesis::state(network_id, &options.limits);
        let engine = Engine::new(&founded, 1);
        let mut history = History::new(options.retention);
        history.push(genesis::ledger(&founded));
        let mut node = Node {
            network_id,
            state: Rc::new(RefCell::new(founded)),
            history,
            engine,
            clock: Clock::default(),
            mode: options.mode,
            limits: Rc::new(TxLimits::from_entries(&options.limits.entries)),
            ledger_limits: LedgerLimits::from_entries(&options.limits.entries),
            queue: Queue::default(),
            errands: Vec::new(),
            waiting: Vec::new(),
            applied: Vec::new(),
            journal,
            snapshots: HashMap::new(),
            next_close: Instant::now(),
            founded_on: options.limits,
            passphrase: options.passphrase,
        };
        if records.is_empty() {
            node.log(&Record::Network(node.identity()));
        } else {
            replay::replay(&mut node, &records)?;
        }
        if node.history.latest().seq() == 1 {
            crate::friendbot::found_native_contract(&mut node)?;
        }
        node.set_mode(options.mode);
        Ok(node)
    }

    /// The ledger that a transaction sent now would be applied in.
    pub fn next_moment(&self) -> Moment {
        let latest = self.history.latest();
        self.moment(latest.seq() + 1, self.clock.close_time(latest.close_time()))
    }

    /// The ledger that simulation speaks of: the latest closed one.
    pub fn latest_moment(&self) -> Moment {
        let latest = self.history.latest();
        self.moment(latest.seq(), latest.close_time())
    }

    fn moment(&self, seq: u32, close_time: u64) -> Moment {
        let limits = self.limits.clone();
        Moment { network_id: self.network_id, seq, close_time, latest_close_time: close_time, limits }
    }

    /// Takes a transaction in as the network does; in instant mode it is applied before this returns.
    pub fn send(&mut self, frame: Frame) -> Answer {
        let refused = |result| Answer::Refused(result, Vec::new());
        let latest = self.history.latest().seq();
        let applied = self.history.find(&frame.hash).is_some_and(|(l, _)| l.seq() + BAN_LEDGERS > latest);
        if applied || self.queue.is_banned(&frame.hash, latest) {
            return Answer::TryAgainLater;
        }
        if frame.full_fee() < 0 || frame.inclusion_fee() < 0 {
            return refused(close::result(&frame, TransactionResultResult::TxMalformed, true, 0));
        }
        let mut now = self.next_moment();
        if let CloseMode::Every(period) = self.mode {
            // It may miss the next ledger and come into the one after.
            now.latest_close_time += (CLOSES_AHEAD * period).as_secs();
        }
        if let Some(answer) = self.queue.conflict(&frame) {
            let invalid = !validate::resources_are_valid(&frame, &now, &self.engine);
            return match answer {
                Answer::TryAgainLater if invalid => {
                    refused(close::result(&frame, TransactionResultResult::TxSorobanInvalid, false, 0))
                }
                answer => answer,
            };
        }
        let leaving = match self.queue.room_for(&frame, &self.ledger_limits) {
            Ok(leaving) => leaving,
            Err(needed) => {
                self.queue.ban(frame.hash, latest);
                if needed == 0 {
                    return Answer::TryAgainLater;
                }
                let fee = needed.saturating_add(frame.resource_fee());
                return refused(close::result(&frame, TransactionResultResult::TxInsufficientFee, true, fee));
            }
        };
        if let Err(invalid) = self.check(&frame, &now) {
            let diagnostics = invalid.diagnostic.iter().map(|d| d.as_ref().clone()).collect();
            return Answer::Refused(self.refusal(&frame, invalid), diagnostics);
        }
        let payer = account::load(&*self.state.borrow(), &frame.fee_source());
        let spendable = payer.map_or(0, |p| account::available(&p, BASE_RESERVE_STROOPS));
        if spendable.saturating_sub(self.queue.fees_of(&frame)) < frame.full_fee() {
            return refused(close::result(&frame, TransactionResultResult::TxInsufficientBalance, true, 0));
        }
        self.queue.drop_waiting(&leaving, latest);
        self.queue.add(frame, latest);
        if self.mode == CloseMode::Instant {
            self.close();
        }
        Answer::Pending
    }

    fn check(&self, frame: &Frame, now: &Moment) -> Result<(), validate::Invalid> {
        validate::check(frame, &*self.state.borrow(), now, &self.engine, Stage::Submitted)
    }

    fn refusal(&self, frame: &Frame, invalid: validate::Invalid) -> TransactionResult {
        // The network names the fee that would have done.
        let fee = match invalid.code {
            TransactionResultResult::TxInsufficientFee => {
                frame.min_inclusion_fee().saturating_add(frame.resource_fee())
            }
            _ => 0,
        };
        close::result(frame, invalid.code, invalid.outer, fee)
    }

    /// Sends a root transaction for friendbot; the receiver hears whether it succeeded.
    pub fn run_errand(&mut self, frame: Frame) -> oneshot::Receiver<bool> {
        let (tell, told) = oneshot::channel();
        self.waiting.push((frame.hash, tell));
        self.errands.push(frame);
        if self.mode == CloseMode::Instant {
            self.close();
        }
        told
    }

    pub fn errands_pending(&self) -> i64 {
        self.errands.len() as i64
    }

    pub fn close(&mut self) {
        let moment = self.next_moment();
        self.close_at(moment);
    }

    /// Closes one ledger whose sequence is `ledgers` further on; nothing happens in the ones between.
    pub fn advance(&mut self, ledgers: u32) -> Result<(), String> {
        let latest = self.history.latest().seq();
        let seq = latest.checked_add(ledgers).filter(|seq| *seq < u32::MAX - self.limits.max_ttl);
        let seq = seq.ok_or("the ledger sequence would overflow")?;
        let close_time = self.next_moment().close_time;
        self.close_at(self.moment(seq, close_time));
        Ok(())
    }

    fn close_at(&mut self, now: Moment) {
        let latest = self.history.latest().seq();
        let mut frames = std::mem::take(&mut self.errands);
        let mut queue = std::mem::take(&mut self.queue);
        let (taken, rates) = queue.take(latest, &self.ledger_limits, |frame| self.check(frame, &now).is_ok());
        frames.extend(taken);
        self.queue = queue;
        let previous = self.history.latest().header.clone();
        let ledger = close::close(frames, rates, &self.state, &now, &previous, &self.engine);
        if self.journal.is_some() {
            self.log(&Record::Ledger(codec::xdr(&ledger.close_meta())));
        }
        self.tell(&ledger);
        self.keep(ledger);
        if self.journal.as_ref().is_some_and(Journal::is_bloated) {
            self.compact();
        }
    }

    /// Puts a closed ledger into the history, and takes the samples of the state's size that are due.
    fn keep(&mut self, ledger: Ledger) {
        let (previous, seq) = (self.history.latest().seq(), ledger.seq());
        self.history.push(ledger);
        if window::sample(&mut self.state.borrow_mut(), previous, seq) {
            self.engine.reload(&self.state.borrow());
        }
    }

    fn tell(&mut self, ledger: &Ledger) {
        for (hash, tell) in std::mem::take(&mut self.waiting) {
            match ledger.txs.iter().find(|tx| tx.hash == hash) {
                Some(tx) => self.applied.push((tell, tx.success)),
                None => self.waiting.push((hash, tell)),
            }
        }
    }

    /// True while something that was done is not yet safe on disk, so nobody may be told.
    pub fn is_unsettled(&self) -> bool {
        !self.applied.is_empty() || self.journal.as_ref().is_some_and(Journal::is_dirty)
    }

    /// Makes everything done so far safe on disk, then tells those whose errands are applied.
    pub fn settle(&mut self) {
        if let Some(journal) = &mut self.journal {
            or_stop(journal.sync());
        }
        for (tell, success) in self.applied.drain(..) {
            // A caller that went away needs no answer.
            let _ = tell.send(success);
        }
    }

    pub fn mode(&self) -> CloseMode {
        self.mode
    }

    pub fn set_mode(&mut self, mode: CloseMode) {
        self.mode = mode;
        self.next_close = Instant::now();
        match mode {
            CloseMode::Every(period) => self.next_close += period,
            CloseMode::Instant if !self.queue.is_empty() || !self.errands.is_empty() => self.close(),
            CloseMode::Instant | CloseMode::Manual => {}
        }
    }

    /// How long the owner may wait for work before the next ledger is due.
    pub fn idle_time(&self) -> Option<Duration> {
        match self.mode {
            CloseMode::Every(_) => Some(self.next_close.saturating_duration_since(Instant::now())),
            CloseMode::Instant | CloseMode::Manual => None,
        }
    }

    pub fn close_if_due(&mut self) {
        let CloseMode::Every(period) = self.mode else { return };
        if Instant::now() >= self.next_close {
            self.close();
            // From now on, not from when it was due: a slow ledger is not followed by a burst.
            self.next_close = Instant::now() + period;
        }
    }

    pub fn move_clock(&mut self, unix: u64) -> Result<(), String> {
        if unix < self.history.latest().close_time() {
            return Err("ledger time cannot run backwards".to_string());
        }
        self.clock.set(unix);
        self.log(&Record::Clock(self.clock.offset));
        self.close();
        Ok(())
    }

    /// Ends an entry's life now: from the next look on it is archived, or gone when it is temporary.
    pub fn archive(&mut self, key: &LedgerKey) -> Result<(), String> {
        let latest = self.history.latest().seq();
        let changes = {
            let below = self.state.borrow();
            let slot = below.get(key).ok_or("there is no such entry")?;
            let ttl = slot.ttl.ok_or("this kind of entry does not expire")?;
            if ttl.live_until < latest {
                return Ok(());
            }
            let mut overlay = crate::state::Overlay::new(&*below, latest);
            overlay.extend(key, latest - 1);
            (crate::meta::changes(&overlay), overlay.changed)
        };
        self.log(&Record::Changes(codec::xdr(&changes.0)));
        self.state.borrow_mut().commit(changes.1);
        Ok(())
    }

    fn identity(&self) -> String {
        format!(
            "tenor-localnet 1\nprotocol {}\nlimits {}\npassphrase {}",
            crate::settings::PROTOCOL,
            self.founded_on.name,
            self.passphrase
        )
    }

    fn log(&mut self, record: &Record) {
        if let Some(journal) = &mut self.journal {
            or_stop(journal.append(record));
        }
    }
}

/// What cannot be written down must not be told, so the process ends here.
fn or_stop<T>(written: std::io::Result<T>) -> T {
    written.unwrap_or_else(|error| {
        eprintln!("tenor-localnet: the ledger log cannot be written: {error}");
        std::process::exit(1);
    })
}
