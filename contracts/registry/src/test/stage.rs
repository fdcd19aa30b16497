//! A registry with two platforms that share a key, on a ledger with the public network's limits.

use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, Bytes, BytesN, Env, IntoVal, Val, Vec};
use tenor_stage::{public_network, sign};

use crate::{Registry, RegistryClient};

pub struct Stage {
    pub env: Env,
    pub registry: RegistryClient<'static>,
    pub admin: Address,
    /// Both admitted.
    pub members: [Address; 2],
    pub stranger: Address,
}

impl Stage {
    pub fn new() -> Stage {
        Stage::with(|env, admin| env.register(Registry, (admin,)))
    }

    pub fn on_wasm() -> Stage {
        Stage::with(|env, admin| {
            env.register(tenor_stage::wasm("tenor_registry").as_slice(), (admin,))
        })
    }

    fn with(place: impl Fn(&Env, &Address) -> Address) -> Stage {
        let env = public_network();
        let admin = Address::generate(&env);
        let stage = Stage {
            registry: RegistryClient::new(&env, &place(&env, &admin)),
            members: [Address::generate(&env), Address::generate(&env)],
            stranger: Address::generate(&env),
            admin,
            env,
        };
        for member in &stage.members {
            stage.admit(member, true);
        }
        stage
    }

    pub fn sign<A: IntoVal<Env, Vec<Val>>>(&self, who: &Address, name: &str, args: A) {
        sign(&self.env, who, &self.registry.address, name, args, &[]);
    }

    pub fn admit(&self, member: &Address, admitted: bool) {
        self.sign(&self.admin, "set_member", (member, admitted));
        self.registry.set_member(member, &admitted);
    }

    pub fn reserve(&self, member: &Address, fingerprint: &BytesN<32>, until: u64) {
        self.sign(member, "reserve", (member, fingerprint, until));
        self.registry.reserve(member, fingerprint, &until);
    }

    pub fn finalise(&self, member: &Address, fingerprint: &BytesN<32>) {
        self.sign(member, "finalise", (member, fingerprint));
        self.registry.finalise(member, fingerprint);
    }

    pub fn release(&self, member: &Address, fingerprint: &BytesN<32>) {
        self.sign(member, "release", (member, fingerprint));
        self.registry.release(member, fingerprint);
    }

    pub fn now(&self) -> u64 {
        self.env.ledger().timestamp()
    }

    pub fn bytes(&self, n: u8) -> BytesN<32> {
        BytesN::from_array(&self.env, &[n; 32])
    }

    /// HMAC-SHA256 (RFC 2104) of an invoice's canonical identity under the members' key of 32 bytes.
    pub fn fingerprint(&self, key: [u8; 32], identity: &str) -> BytesN<32> {
        let keyed = |pad: u8| {
            let mut block = [pad; 64];
            for (byte, secret) in block.iter_mut().zip(key) {
                *byte ^= secret;
            }
            Bytes::from_array(&self.env, &block)
        };
        let mut inner = keyed(0x36);
        inner.append(&Bytes::from_slice(&self.env, identity.as_bytes()));
        let mut outer = keyed(0x5c);
        outer.append(&self.env.crypto().sha256(&inner).into());
        self.env.crypto().sha256(&outer).into()
    }
}
