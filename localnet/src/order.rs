//! In which order a ledger applies what it took: nobody can choose theirs, but an account's own stay in order.

use std::collections::HashMap;

use crate::frame::Frame;

/// Classic transactions first, then contract calls. In each, the first of every account comes before the second of any;
/// among those, the hash of the transaction set decides.
pub fn order(frames: Vec<Frame>, set_hash: [u8; 32]) -> Vec<Frame> {
    let mut rounds: HashMap<_, u32> = HashMap::new();
    let mut placed: Vec<_> = frames
        .into_iter()
        .map(|frame| {
            let round = rounds.entry((frame.is_soroban(), frame.source())).or_default();
            *round += 1;
            let shuffled: Vec<u8> = frame.hash.iter().zip(set_hash).map(|(a, b)| a ^ b).collect();
            ((frame.is_soroban(), *round, shuffled), frame)
        })
        .collect();
    placed.sort_by(|(a, _), (b, _)| a.cmp(b));
    placed.into_iter().map(|(_, frame)| frame).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Frame;
    use stellar_xdr::*;

    fn frame(source: u8, seq_num: i64) -> Frame {
        let op = Operation { source_account: None, body: OperationBody::Inflation };
        let tx = Transaction {
            source_account: MuxedAccount::Ed25519(Uint256([source; 32])),
            fee: 100,
            seq_num: SequenceNumber(seq_num),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: vec![op].try_into().unwrap(),
            ext: TransactionExt::V0,
        };
        let envelope = TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures: VecM::default() });
        Frame::new(envelope, [0; 32]).unwrap()
    }

    #[test]
    fn an_accounts_transactions_stay_in_order_whatever_the_hash() {
        for seed in 0..20 {
            let frames = vec![frame(1, 1), frame(1, 2), frame(2, 7), frame(1, 3)];
            let ordered = order(frames, [seed; 32]);
            let told: Vec<i64> = ordered.iter().map(Frame::seq_num).collect();
            assert!([vec![1, 7, 2, 3], vec![7, 1, 2, 3]].contains(&told), "{told:?}");
        }
    }

    #[test]
    fn the_hash_of_the_set_decides_among_accounts() {
        let first = |seed: u8| order((1..9).map(|n| frame(n, 1)).collect(), [seed; 32])[0].hash;
        assert!((0..=255).step_by(15).map(first).collect::<std::collections::BTreeSet<_>>().len() > 1);
    }
}
