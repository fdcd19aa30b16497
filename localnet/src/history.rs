//! Closed ledgers within the retention window: headers, transactions and events, and how they are found again.
//! Everything is kept as XDR bytes; nothing here knows the state.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::RangeInclusive;
use std::rc::Rc;

use stellar_xdr::*;

use crate::codec;
use crate::event_index::{EventIndex, Key};
use crate::frame::Frame;
use crate::keys;
use crate::meta;
use crate::surge::Rates;

pub struct Ledger {
    pub header: LedgerHeaderHistoryEntry,
    pub txs: Vec<TxRecord>,
    pub events: Vec<EventRecord>,
    pub rates: Rates,
    pub evicted: Vec<LedgerKey>,
    pub state_bytes: u64,
    pub write_fee_per_kb: i64,
}

pub struct TxRecord {
    pub hash: [u8; 32],
    pub inner_hash: [u8; 32],
    pub is_soroban: bool,
    pub is_bump: bool,
    pub success: bool,
    pub operations: u32,
    /// Keys of all accounts that it concerns, sorted.
    pub accounts: Vec<[u8; 32]>,
    /// Stroops charged for inclusion per operation, for the fee statistics.
    pub inclusion_rate: i64,
    /// Stroops bid for inclusion per operation.
    pub inclusion_bid: i64,
    pub envelope: Vec<u8>,
    pub result: Vec<u8>,
    pub fee_changes: Vec<u8>,
    pub meta: Vec<u8>,
    pub refund_changes: Vec<u8>,
}

pub struct EventRecord {
    /// 1-based place of the transaction as in the id; 0 before all of them, `0xFFFFF` after.
    pub tx_order: u32,
    pub op: u32,
    pub index: u32,
    /// Place of its transaction in the ledger's list.
    pub tx_at: usize,
    pub is_system: bool,
    pub contract: Option<[u8; 32]>,
    pub topics: Vec<Vec<u8>>,
    pub value: Vec<u8>,
}

pub const AFTER_ALL: u32 = 0xF_FFFF;
pub const AFTER_TX_OP: u32 = 0xFFF;

pub fn toid(ledger: u32, tx: u32, op: u32) -> u64 {
    u64::from(ledger) << 32 | u64::from(tx) << 12 | u64::from(op)
}

impl EventRecord {
    /// (toid, index): orders events within and across ledgers.
    pub fn place(&self, ledger: u32) -> (u64, u32) {
        (toid(ledger, self.tx_order, self.op), self.index)
    }
}

impl Ledger {
    pub fn seq(&self) -> u32 {
        self.header.header.ledger_seq
    }

    pub fn close_time(&self) -> u64 {
        self.header.header.scp_value.close_time.0
    }

    pub fn hash(&self) -> String {
        hex::encode(self.header.hash.0)
    }

    /// The close meta as a node streams it.
    pub fn close_meta(&self) -> LedgerCloseMeta {
        let envelopes: Vec<_> = self.txs.iter().map(|tx| (tx.hash, tx.is_soroban, codec::own(&tx.envelope))).collect();
        let processing: Vec<_> = self.txs.iter().map(TxRecord::processing).collect();
        let header = &self.header.header;
        LedgerCloseMeta::V2(LedgerCloseMetaV2 {
            ext: LedgerCloseMetaExt::V1(LedgerCloseMetaExtV1 {
                ext: ExtensionPoint::V0,
                soroban_fee_write1_kb: self.write_fee_per_kb,
            }),
            ledger_header: self.header.clone(),
            tx_set: meta::tx_set(header.previous_ledger_hash.clone(), &envelopes, self.rates),
            tx_processing: processing.try_into().unwrap_or_default(),
            upgrades_processing: VecM::default(),
            scp_info: VecM::default(),
            total_byte_size_of_live_soroban_state: self.state_bytes,
            evicted_keys: self.evicted.clone().try_into().unwrap_or_default(),
        })
    }

    /// Reads a ledger back from its close meta.
    pub fn from_close_meta(meta: &LedgerCloseMetaV2, network_id: [u8; 32]) -> Ledger {
        let mut by_hash: HashMap<[u8; 32], TransactionEnvelope> = meta::envelopes(&meta.tx_set)
            .into_iter()
            .filter_map(|envelope| Some((envelope.hash(network_id).ok()?, envelope)))
            .collect();
        let mut txs = Vec::new();
        for done in meta.tx_processing.iter() {
            let Some(envelope) = by_hash.remove(&done.result.transaction_hash.0) else { continue };
            txs.extend(TxRecord::new(envelope, network_id, done));
        }
        let write_fee_per_kb = match &meta.ext {
            LedgerCloseMetaExt::V1(v1) => v1.soroban_fee_write1_kb,
            LedgerCloseMetaExt::V0 => 0,
        };
        let mut ledger = Ledger {
            header: meta.ledger_header.clone(),
            txs,
            events: Vec::new(),
            rates: meta::rates(&meta.tx_set),
            evicted: meta.evicted_keys.to_vec(),
            state_bytes: meta.total_byte_size_of_live_soroban_state,
            write_fee_per_kb,
        };
        ledger.events = events_of(&ledger.txs);
        ledger
    }
}

impl TxRecord {
    pub fn new(
        envelope: TransactionEnvelope,
        network_id: [u8; 32],
        done: &TransactionResultMetaV1,
    ) -> Option<TxRecord> {
        let frame = Frame::new(envelope, network_id).ok()?;
        let result = &done.result.result;
        let success = matches!(
            result.result,
            TransactionResultResult::TxSuccess(_) | TransactionResultResult::TxFeeBumpInnerSuccess(_)
        );
        let accounts = accounts_of(&frame, &done.tx_apply_processing);
        Some(TxRecord {
            inclusion_bid: frame.inclusion_fee() / frame.fee_operations().max(1),
            operations: frame.tx().operations.len() as u32,
            accounts,
            hash: frame.hash,
            inner_hash: frame.inner_hash,
            is_soroban: frame.is_soroban(),
            is_bump: frame.bump().is_some(),
            success,
            inclusion_rate: (result.fee_charged - resource_fee_charged(done)) / frame.fee_operations().max(1),
            envelope: codec::xdr(&frame.envelope),
            result: codec::xdr(result),
            fee_changes: codec::xdr(&done.fee_processing),
            meta: codec::xdr(&done.tx_apply_processing),
            refund_changes: codec::xdr(&done.post_tx_apply_fee_processing),
        })
    }

    fn processing(&self) -> TransactionResultMetaV1 {
        TransactionResultMetaV1 {
            ext: ExtensionPoint::V0,
            result: TransactionResultPair { transaction_hash: Hash(self.hash), result: codec::own(&self.result) },
            fee_processing: codec::own(&self.fee_changes),
            tx_apply_processing: codec::own(&self.meta),
            post_tx_apply_fee_processing: codec::own(&self.refund_changes),
        }
    }

    pub fn meta_v4(&self) -> Option<TransactionMetaV4> {
        match codec::own(&self.meta) {
            TransactionMeta::V4(v4) => Some(v4),
            _ => None,
        }
    }
}

/// Stroops of the resource fee that a contract transaction paid in the end.
fn resource_fee_charged(done: &TransactionResultMetaV1) -> i64 {
    let TransactionMeta::V4(meta) = &done.tx_apply_processing else { return 0 };
    match meta.soroban_meta.as_ref().map(|soroban| &soroban.ext) {
        Some(SorobanTransactionMetaExt::V1(charged)) => {
            charged.total_non_refundable_resource_fee_charged + charged.total_refundable_resource_fee_charged
        }
        _ => 0,
    }
}

/// Everybody a transaction concerns: who pays, who acts, who is named, whose balance an event speaks of.
fn accounts_of(frame: &Frame, meta: &TransactionMeta) -> Vec<[u8; 32]> {
    let mut all = vec![keys::ed25519_of(&frame.source()).0, keys::ed25519_of(&frame.fee_source()).0];
    let metas = match meta {
        TransactionMeta::V4(v4) => v4.operations.as_slice(),
        _ => &[],
    };
    for (index, op) in frame.tx().operations.iter().enumerate() {
        all.extend(participants(frame, op, metas.get(index).map_or(&[], |meta| meta.events.as_slice())));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The accounts that one operation concerns.
pub fn participants(frame: &Frame, op: &Operation, events: &[ContractEvent]) -> Vec<[u8; 32]> {
    let mut all = vec![keys::ed25519_of(&frame.op_source(op)).0];
    match &op.body {
        OperationBody::CreateAccount(op) => all.push(keys::ed25519_of(&op.destination).0),
        OperationBody::Payment(op) => all.push(keys::ed25519_of(&keys::account_of(&op.destination)).0),
        OperationBody::AccountMerge(to) => all.push(keys::ed25519_of(&keys::account_of(to)).0),
        OperationBody::Clawback(op) => all.push(keys::ed25519_of(&keys::account_of(&op.from)).0),
        OperationBody::SetTrustLineFlags(op) => all.push(keys::ed25519_of(&op.trustor).0),
        OperationBody::AllowTrust(op) => all.push(keys::ed25519_of(&op.trustor).0),
        OperationBody::CreateClaimableBalance(op) => all.extend(op.claimants.iter().map(|claimant| {
            let Claimant::ClaimantTypeV0(claimant) = claimant;
            keys::ed25519_of(&claimant.destination).0
        })),
        _ => {}
    }
    for event in events {
        let ContractEventBody::V0(body) = &event.body;
        all.extend(body.topics.iter().filter_map(|topic| match topic {
            ScVal::Address(ScAddress::Account(id)) => Some(keys::ed25519_of(id).0),
            _ => None,
        }));
    }
    all
}

/// All events of a ledger in the order of their ids.
pub fn events_of(txs: &[TxRecord]) -> Vec<EventRecord> {
    let mut events = Vec::new();
    let (mut before, mut after) = (0, 0);
    for (tx_at, tx) in txs.iter().enumerate() {
        let Some(meta) = tx.meta_v4() else { continue };
        let order = tx_at as u32 + 1;
        let mut after_tx = 0;
        for event in meta.events.iter() {
            let (tx_order, op, counter) = match event.stage {
                TransactionEventStage::BeforeAllTxs => (0, 0, &mut before),
                TransactionEventStage::AfterTx => (order, AFTER_TX_OP, &mut after_tx),
                TransactionEventStage::AfterAllTxs => (AFTER_ALL, 0, &mut after),
            };
            events.push(record(&event.event, tx_order, op, *counter, tx_at));
            *counter += 1;
        }
        for (op, done) in meta.operations.iter().enumerate() {
            for (index, event) in done.events.iter().enumerate() {
                events.push(record(event, order, op as u32, index as u32, tx_at));
            }
        }
    }
    events.sort_by_key(|e| e.place(0));
    events
}

fn record(event: &ContractEvent, tx_order: u32, op: u32, index: u32, tx_at: usize) -> EventRecord {
    let ContractEventBody::V0(body) = &event.body;
    EventRecord {
        tx_order,
        op,
        index,
        tx_at,
        is_system: event.type_ == ContractEventType::System,
        contract: event.contract_id.as_ref().map(|id| id.0 .0),
        topics: body.topics.iter().map(codec::xdr).collect(),
        value: codec::xdr(&body.data),
    }
}

/// Which ledgers a call is shown; faults hide some.
#[derive(Clone, Copy, Debug)]
pub struct Lens {
    pub oldest: u32,
    pub latest: u32,
    /// The first and the last of those missing in between, when there are any.
    pub gap: Option<(u32, u32)>,
}

impl Default for Lens {
    fn default() -> Self {
        Lens { oldest: 0, latest: u32::MAX, gap: None }
    }
}

impl Lens {
    fn shows(&self, seq: u32) -> bool {
        let missing = self.gap.is_some_and(|(from, to)| (from..=to).contains(&seq));
        (self.oldest..=self.latest).contains(&seq) && !missing
    }
}

#[derive(Clone)]
pub struct History {
    /// How many ledgers can be asked for, the latest included.
    pub retention: u32,
    /// What whoever asks is shown; everything, unless a fault befalls them.
    pub lens: Lens,
    events: EventIndex,
    ledgers: BTreeMap<u32, Rc<Ledger>>,
    /// Outer and inner hashes to (ledger, place).
    by_hash: HashMap<[u8; 32], (u32, usize)>,
    /// Accounts to the transactions that concern them.
    by_account: HashMap<[u8; 32], VecDeque<(u32, usize)>>,
}

impl History {
    pub fn new(retention: u32) -> History {
        History {
            retention,
            lens: Lens::default(),
            events: EventIndex::default(),
            ledgers: BTreeMap::new(),
            by_hash: HashMap::new(),
            by_account: HashMap::new(),
        }
    }

    pub fn push(&mut self, ledger: Ledger) {
        let seq = ledger.seq();
        for (at, tx) in ledger.txs.iter().enumerate() {
            self.by_hash.insert(tx.hash, (seq, at));
            // A transaction that was also included bare keeps its own place.
            self.by_hash.entry(tx.inner_hash).or_insert((seq, at));
            for account in &tx.accounts {
                self.by_account.entry(*account).or_default().push_back((seq, at));
            }
        }
        self.events.add(seq, &ledger.events);
        self.ledgers.insert(seq, Rc::new(ledger));
        let oldest = seq.saturating_sub(self.retention - 1);
        while let Some(entry) = self.ledgers.first_entry().filter(|e| *e.key() < oldest) {
            let old = entry.remove();
            self.events.drop_oldest(old.seq(), &old.events);
            for tx in &old.txs {
                self.by_hash.remove(&tx.hash);
                self.by_hash.remove(&tx.inner_hash);
                tx.accounts.iter().for_each(|account| self.forget_oldest(account, old.seq()));
            }
        }
    }

    fn forget_oldest(&mut self, account: &[u8; 32], seq: u32) {
        let Some(list) = self.by_account.get_mut(account) else { return };
        while list.front().is_some_and(|place| place.0 <= seq) {
            list.pop_front();
        }
        if list.is_empty() {
            self.by_account.remove(account);
        }
    }

    /// Transactions of ledgers from `first` up to but not including `end` that concern an account, oldest first.
    pub fn txs_of(
        &self,
        account: &[u8; 32],
        first: u32,
        end: u32,
    ) -> impl DoubleEndedIterator<Item = (&Ledger, usize)> {
        let list = self.by_account.get(account);
        let bounds = list.map(|list| {
            let at = |seq| list.partition_point(|place| place.0 < seq);
            list.range(at(first)..at(end.max(first)))
        });
        bounds.into_iter().flatten().filter_map(|(seq, at)| Some((self.ledger(*seq)?, *at)))
    }

    pub fn is_empty(&self) -> bool {
        self.ledgers.is_empty()
    }

    pub fn latest(&self) -> &Ledger {
        let shown = self.ledgers.range(..=self.lens.latest).next_back();
        shown.map_or_else(|| self.oldest(), |(_, ledger)| ledger.as_ref())
    }

    pub fn oldest(&self) -> &Ledger {
        let shown = self.ledgers.range(self.lens.oldest..).next();
        shown.or_else(|| self.ledgers.first_key_value()).expect("genesis is a closed ledger").1
    }

    pub fn range(&self) -> RangeInclusive<u32> {
        self.oldest().seq()..=self.latest().seq()
    }

    pub fn find(&self, hash: &[u8; 32]) -> Option<(&Ledger, usize)> {
        let (seq, at) = self.by_hash.get(hash)?;
        Some((self.ledger(*seq)?, *at))
    }

    /// Ledgers from `first` up to but not including `end`; jumped-over numbers hold none.
    pub fn between(&self, first: u32, end: u32) -> impl DoubleEndedIterator<Item = &Ledger> {
        let ledgers = self.ledgers.range(first..end.max(first));
        ledgers.filter(|(seq, _)| self.lens.shows(**seq)).map(|(_, ledger)| ledger.as_ref())
    }

    pub fn ledger(&self, seq: u32) -> Option<&Ledger> {
        self.ledgers.get(&seq).filter(|_| self.lens.shows(seq)).map(Rc::as_ref)
    }

    /// How many events of `first..end` a search by these keys would look at.
    pub fn count_events(&self, keys: &[Key], first: u32, end: u32) -> usize {
        self.events.count(keys, first, end)
    }

    /// Events of `first..end` that these keys may mean, in the order of their ids.
    pub fn events_by(&self, keys: &[Key], first: u32, end: u32) -> impl Iterator<Item = (&Ledger, &EventRecord)> {
        self.events.spots(keys, first, end).filter_map(|(seq, at)| {
            let ledger = self.ledger(seq)?;
            Some((ledger, ledger.events.get(at as usize)?))
        })
    }

    /// The newest ledgers, newest first.
    pub fn newest(&self) -> impl Iterator<Item = &Ledger> {
        self.between(0, u32::MAX).rev()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toid_packs_ledger_transaction_and_operation() {
        assert_eq!(toid(1, 0, 0), 4_294_967_296);
        assert_eq!(toid(2, 3, 4), (2 << 32) + (3 << 12) + 4);
        assert!(toid(7, AFTER_ALL, AFTER_TX_OP) < toid(8, 0, 0));
    }
}
