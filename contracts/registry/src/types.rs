//! What the registry stores and shows. Tuples, because names of fields would be paid for in every entry.

use soroban_sdk::{contracttype, Address, BytesN};

// A held fingerprint: by which member, through which moment (Unix seconds; the largest number where final), and whether it is final.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reservation(pub Address, pub u64, pub bool);

// The admin, who is proposed as the next one, and the candidate's last moment to accept (0 without one).
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config(pub Address, pub Option<Address>, pub u64);

#[contracttype]
#[derive(Clone)]
pub(crate) enum DataKey {
    Config,
    Member(Address),
    Fingerprint(BytesN<32>),
}
