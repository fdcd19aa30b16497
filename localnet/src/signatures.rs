//! Which signatures count for whom: the four signer kinds, weights and thresholds. It never decides what needs them.

use std::cell::RefCell;
use std::collections::HashMap;

use ed25519_dalek::{Signature, VerifyingKey};
use stellar_xdr::*;

use crate::codec;
use crate::keys;

const MAX_WEIGHT: u32 = 255;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Low,
    Medium,
    High,
}

pub struct Checker<'a> {
    hash: [u8; 32],
    signatures: &'a [DecoratedSignature],
    used: Vec<bool>,
}

impl<'a> Checker<'a> {
    pub fn new(hash: [u8; 32], signatures: &'a [DecoratedSignature]) -> Self {
        Checker { hash, signatures, used: vec![false; signatures.len()] }
    }

    /// True when the account's signers reach the level's threshold (at least one valid signature in any case).
    pub fn account(&mut self, account: &AccountEntry, level: Level) -> bool {
        let Thresholds([master, low, medium, high]) = account.thresholds;
        let mut signers = account.signers.to_vec();
        if master > 0 {
            signers.push(master_key(&account.account_id, u32::from(master)));
        }
        let needed = match level {
            Level::Low => low,
            Level::Medium => medium,
            Level::High => high,
        };
        self.reach(&signers, u32::from(needed))
    }

    /// For an account that does not exist yet: its own key alone.
    pub fn key_alone(&mut self, id: &AccountId) -> bool {
        self.reach(&[master_key(id, 1)], 0)
    }

    pub fn extra(&mut self, key: &SignerKey) -> bool {
        self.reach(&[Signer { key: key.clone(), weight: 1 }], 1)
    }

    pub fn all_used(&self) -> bool {
        self.used.iter().all(|used| *used)
    }

    fn reach(&mut self, signers: &[Signer], needed: u32) -> bool {
        let mut total = 0;
        for signer in signers {
            if signer.key == SignerKey::PreAuthTx(Uint256(self.hash)) {
                total += signer.weight.min(MAX_WEIGHT);
                if total >= needed {
                    return true;
                }
            }
        }
        for kind in [SignerKeyType::HashX, SignerKeyType::Ed25519, SignerKeyType::Ed25519SignedPayload] {
            let mut left: Vec<&Signer> = signers.iter().filter(|s| s.key.discriminant() == kind).collect();
            for (index, signature) in self.signatures.iter().enumerate() {
                let Some(at) = left.iter().position(|s| matches(&s.key, signature, &self.hash)) else { continue };
                let signer = left.remove(at);
                self.used[index] = true;
                total += signer.weight.min(MAX_WEIGHT);
                if total >= needed {
                    return true;
                }
            }
        }
        false
    }
}

fn master_key(id: &AccountId, weight: u32) -> Signer {
    Signer { key: SignerKey::Ed25519(keys::ed25519_of(id).clone()), weight }
}

fn matches(key: &SignerKey, signature: &DecoratedSignature, hash: &[u8; 32]) -> bool {
    let bytes = signature.signature.0.as_slice();
    let hint = signature.hint.0;
    match key {
        SignerKey::Ed25519(key) => hint == last_four(&key.0) && verify(key, bytes, hash),
        SignerKey::HashX(x) => hint == last_four(&x.0) && codec::sha256(bytes) == x.0,
        SignerKey::Ed25519SignedPayload(p) => {
            hint == payload_hint(&p.ed25519.0, &p.payload) && verify(&p.ed25519, bytes, &p.payload)
        }
        SignerKey::PreAuthTx(_) => false,
    }
}

fn last_four(key: &[u8]) -> [u8; 4] {
    let mut hint = [0; 4];
    let from = key.len().saturating_sub(4);
    hint[..key.len() - from].copy_from_slice(&key[from..]);
    hint
}

fn payload_hint(key: &[u8; 32], payload: &[u8]) -> [u8; 4] {
    let (mut hint, tail) = (last_four(key), last_four(payload));
    for (h, t) in hint.iter_mut().zip(tail) {
        *h ^= t;
    }
    hint
}

thread_local! {
    /// What was found of a key, a signature and a hash: the same three are asked about for each operation, and again
    /// when a transaction is sent, taken and applied.
    static VERIFIED: RefCell<HashMap<[u8; 128], bool>> = RefCell::default();
}

/// Answers that are remembered; then all are forgotten at once.
const MAX_VERIFIED: usize = 50_000;

fn verify(key: &Uint256, signature: &[u8], message: &[u8]) -> bool {
    let Some(question) = question(key, signature, message) else { return is_signed(key, signature, message) };
    if let Some(known) = VERIFIED.with_borrow(|verified| verified.get(&question).copied()) {
        return known;
    }
    let found = is_signed(key, signature, message);
    VERIFIED.with_borrow_mut(|verified| {
        if verified.len() >= MAX_VERIFIED {
            verified.clear();
        }
        verified.insert(question, found);
    });
    found
}

/// Payloads that are not a hash are not remembered.
fn question(key: &Uint256, signature: &[u8], message: &[u8]) -> Option<[u8; 128]> {
    let parts: Vec<u8> = [&key.0[..], signature, message].concat();
    parts.try_into().ok().filter(|_| signature.len() == 64)
}

fn is_signed(key: &Uint256, signature: &[u8], message: &[u8]) -> bool {
    let Ok(key) = VerifyingKey::from_bytes(&key.0) else { return false };
    let Ok(signature) = Signature::from_slice(signature) else { return false };
    key.verify_strict(message, &signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::new_account;
    use ed25519_dalek::{Signer as _, SigningKey};

    fn id(key: &SigningKey) -> AccountId {
        AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key.verifying_key().to_bytes())))
    }

    fn signed(key: &SigningKey, message: &[u8]) -> DecoratedSignature {
        DecoratedSignature {
            hint: SignatureHint(last_four(&key.verifying_key().to_bytes())),
            signature: stellar_xdr::Signature(key.sign(message).to_bytes().to_vec().try_into().unwrap()),
        }
    }

    #[test]
    fn a_threshold_of_zero_still_asks_for_one_signature() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let account = new_account(id(&key), 0, 0);
        assert!(!Checker::new([1; 32], &[]).account(&account, Level::Low));
        let good = [signed(&key, &[1; 32])];
        assert!(Checker::new([1; 32], &good).account(&account, Level::Low));
        assert!(!Checker::new([2; 32], &good).account(&account, Level::Low));
    }

    #[test]
    fn weights_of_two_signers_add_up_and_an_unneeded_signature_stays_unused() {
        let (a, b) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let mut account = new_account(id(&a), 0, 0);
        account.thresholds = Thresholds([1, 1, 2, 2]);
        account.signers =
            vec![Signer { key: SignerKey::Ed25519(keys::ed25519_of(&id(&b)).clone()), weight: 1 }].try_into().unwrap();
        let both = [signed(&a, &[9; 32]), signed(&b, &[9; 32])];
        assert!(!Checker::new([9; 32], &both[..1]).account(&account, Level::Medium));
        let mut checker = Checker::new([9; 32], &both);
        assert!(checker.account(&account, Level::Low));
        assert!(!checker.all_used());
        assert!(checker.account(&account, Level::Medium));
        assert!(checker.all_used());
    }

    #[test]
    fn hash_x_and_pre_authorised_hash_count() {
        let account_key = SigningKey::from_bytes(&[3; 32]);
        let mut account = new_account(id(&account_key), 0, 0);
        let x = codec::sha256(b"secret");
        account.signers = vec![
            Signer { key: SignerKey::HashX(Uint256(x)), weight: 300 },
            Signer { key: SignerKey::PreAuthTx(Uint256([5; 32])), weight: 1 },
        ]
        .try_into()
        .unwrap();
        account.thresholds = Thresholds([0, 0, 255, 255]);
        let revealed = [DecoratedSignature {
            hint: SignatureHint(last_four(&x)),
            signature: stellar_xdr::Signature(b"secret".to_vec().try_into().unwrap()),
        }];
        assert!(Checker::new([4; 32], &revealed).account(&account, Level::High));
        assert!(Checker::new([5; 32], &[]).account(&account, Level::Low));
        assert!(!Checker::new([5; 32], &[]).account(&account, Level::High));
    }
}
