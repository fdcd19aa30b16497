//! What the registry tells the world: enough to rebuild its state from nothing else.

use soroban_sdk::{contractevent, Address, BytesN};

// The registry exists and obeys this admin.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RegistryConstructed {
    pub admin: Address,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MemberChanged {
    #[topic]
    pub member: Address,
    pub admitted_before: bool,
    pub admitted: bool,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FingerprintReserved {
    #[topic]
    pub fingerprint: BytesN<32>,
    #[topic]
    pub member: Address,
    pub until: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FingerprintReleased {
    #[topic]
    pub fingerprint: BytesN<32>,
    #[topic]
    pub member: Address,
}

// The invoice is financed; this is the last event about its fingerprint.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FingerprintFinalised {
    #[topic]
    pub fingerprint: BytesN<32>,
    #[topic]
    pub member: Address,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RegistryAdminProposed {
    pub admin: Address,
    pub candidate: Address,
    pub deadline: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RegistryAdminChanged {
    pub before: Address,
    pub after: Address,
}
