//! A transaction envelope with what everybody asks of it: hashes, sources, fees, operations. It never reads state.

use stellar_xdr::*;

use crate::codec;
use crate::keys;
use crate::settings::BASE_FEE_STROOPS;

pub struct Frame {
    pub envelope: TransactionEnvelope,
    /// What the network calls the transaction: the outer hash of a fee bump.
    pub hash: [u8; 32],
    /// Hash of the transaction that holds the operations (equal to `hash` without a fee bump).
    pub inner_hash: [u8; 32],
    inner: TransactionV1Envelope,
    /// XDR bytes of the inner envelope, which the Soroban size fees are asked for.
    pub inner_size_bytes: u32,
    /// Envelopes of the oldest form are refused by today's network.
    pub is_v0: bool,
    /// Made by the control path: its operations may act for accounts that did not sign.
    pub is_unsigned: bool,
}

impl Frame {
    pub fn new(envelope: TransactionEnvelope, network_id: [u8; 32]) -> Result<Frame, Error> {
        let (inner, is_v0) = match &envelope {
            TransactionEnvelope::Tx(v1) => (v1.clone(), false),
            TransactionEnvelope::TxFeeBump(bump) => {
                let FeeBumpTransactionInnerTx::Tx(v1) = &bump.tx.inner_tx;
                (v1.clone(), false)
            }
            TransactionEnvelope::TxV0(v0) => (upgraded(v0), true),
        };
        let hash = envelope.hash(network_id)?;
        let inner_hash = inner.hash(network_id)?;
        let inner_size_bytes = codec::xdr(&TransactionEnvelope::Tx(inner.clone())).len() as u32;
        Ok(Frame { envelope, hash, inner_hash, inner, inner_size_bytes, is_v0, is_unsigned: false })
    }

    pub fn tx(&self) -> &Transaction {
        &self.inner.tx
    }

    pub fn signatures(&self) -> &[DecoratedSignature] {
        &self.inner.signatures
    }

    pub fn bump(&self) -> Option<&FeeBumpTransactionEnvelope> {
        match &self.envelope {
            TransactionEnvelope::TxFeeBump(bump) => Some(bump),
            _ => None,
        }
    }

    pub fn source(&self) -> AccountId {
        keys::account_of(&self.tx().source_account)
    }

    pub fn fee_source(&self) -> AccountId {
        self.bump().map_or_else(|| self.source(), |bump| keys::account_of(&bump.tx.fee_source))
    }

    pub fn seq_num(&self) -> i64 {
        self.tx().seq_num.0
    }

    pub fn is_soroban(&self) -> bool {
        self.tx().operations.iter().any(|op| is_soroban(&op.body))
    }

    pub fn soroban_data(&self) -> Option<&SorobanTransactionData> {
        match &self.tx().ext {
            TransactionExt::V1(data) => Some(data),
            TransactionExt::V0 => None,
        }
    }

    /// Stroops of resource fee that the transaction declares; none for a classic one.
    pub fn resource_fee(&self) -> i64 {
        if self.is_soroban() {
            self.soroban_data().map_or(0, |data| data.resource_fee)
        } else {
            0
        }
    }

    /// Stroops bid in all, of the outer transaction where there is one.
    pub fn full_fee(&self) -> i64 {
        self.bump().map_or(i64::from(self.tx().fee), |bump| bump.tx.fee)
    }

    pub fn inclusion_fee(&self) -> i64 {
        self.full_fee().saturating_sub(self.resource_fee())
    }

    pub fn inner_inclusion_fee(&self) -> i64 {
        i64::from(self.tx().fee).saturating_sub(self.resource_fee())
    }

    /// Operations that the fee is asked for: a fee bump counts one more.
    pub fn fee_operations(&self) -> i64 {
        self.tx().operations.len() as i64 + i64::from(self.bump().is_some())
    }

    pub fn min_inclusion_fee(&self) -> i64 {
        self.inclusion_fee_at(i64::from(BASE_FEE_STROOPS))
    }

    /// Stroops that inclusion costs at a rate per operation.
    pub fn inclusion_fee_at(&self, rate: i64) -> i64 {
        rate.saturating_mul(self.fee_operations().max(1))
    }

    /// Stroops taken from the fee source before the ledger's transactions run, at its lane's rate per operation.
    pub fn fee_charged_up_front(&self, rate: i64) -> i64 {
        self.resource_fee().saturating_add(self.inclusion_fee().min(self.inclusion_fee_at(rate)))
    }

    /// How two bids compare per operation; as products, so nothing is lost in a division.
    pub fn cmp_bid(&self, other: &Frame) -> std::cmp::Ordering {
        let product = |a: &Frame, b: &Frame| i128::from(a.inclusion_fee()) * i128::from(b.fee_operations().max(1));
        product(self, other).cmp(&product(other, self))
    }

    pub fn op_source(&self, op: &Operation) -> AccountId {
        op.source_account.as_ref().map_or_else(|| self.source(), keys::account_of)
    }
}

pub fn is_soroban(body: &OperationBody) -> bool {
    matches!(
        body,
        OperationBody::InvokeHostFunction(_)
            | OperationBody::ExtendFootprintTtl(_)
            | OperationBody::RestoreFootprint(_)
    )
}

fn upgraded(v0: &TransactionV0Envelope) -> TransactionV1Envelope {
    TransactionV1Envelope {
        tx: Transaction {
            source_account: MuxedAccount::Ed25519(v0.tx.source_account_ed25519.clone()),
            fee: v0.tx.fee,
            seq_num: v0.tx.seq_num.clone(),
            cond: v0.tx.time_bounds.clone().map_or(Preconditions::None, Preconditions::Time),
            memo: v0.tx.memo.clone(),
            operations: v0.tx.operations.clone(),
            ext: TransactionExt::V0,
        },
        signatures: v0.signatures.clone(),
    }
}

/// Preconditions in one shape, whichever form the transaction used.
pub fn conditions(cond: &Preconditions) -> PreconditionsV2 {
    let none = PreconditionsV2 {
        time_bounds: None,
        ledger_bounds: None,
        min_seq_num: None,
        min_seq_age: Duration(0),
        min_seq_ledger_gap: 0,
        extra_signers: VecM::default(),
    };
    match cond {
        Preconditions::None => none,
        Preconditions::Time(bounds) => PreconditionsV2 { time_bounds: Some(bounds.clone()), ..none },
        Preconditions::V2(v2) => v2.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transaction(fee: u32, operations: usize) -> Transaction {
        let op = Operation { source_account: None, body: OperationBody::Inflation };
        Transaction {
            source_account: MuxedAccount::Ed25519(Uint256([1; 32])),
            fee,
            seq_num: SequenceNumber(1),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: vec![op; operations].try_into().unwrap(),
            ext: TransactionExt::V0,
        }
    }

    #[test]
    fn a_bid_above_the_base_fee_is_not_charged_whole() {
        let tx = TransactionV1Envelope { tx: transaction(5_000, 3), signatures: VecM::default() };
        let frame = Frame::new(TransactionEnvelope::Tx(tx), [0; 32]).unwrap();
        assert_eq!((frame.min_inclusion_fee(), frame.fee_charged_up_front(100)), (300, 300));
    }

    #[test]
    fn a_fee_bump_counts_one_operation_more_and_keeps_the_inner_hash() {
        let tx = TransactionV1Envelope { tx: transaction(100, 1), signatures: VecM::default() };
        let inner = Frame::new(TransactionEnvelope::Tx(tx.clone()), [0; 32]).unwrap();
        let bump = FeeBumpTransactionEnvelope {
            tx: FeeBumpTransaction {
                fee_source: MuxedAccount::Ed25519(Uint256([2; 32])),
                fee: 900,
                inner_tx: FeeBumpTransactionInnerTx::Tx(tx),
                ext: FeeBumpTransactionExt::V0,
            },
            signatures: VecM::default(),
        };
        let frame = Frame::new(TransactionEnvelope::TxFeeBump(bump), [0; 32]).unwrap();
        assert_eq!((frame.fee_operations(), frame.fee_charged_up_front(100)), (2, 200));
        assert_eq!((frame.inner_hash, frame.hash == inner.hash), (inner.hash, false));
        assert_ne!(frame.fee_source(), frame.source());
    }
}
