//! What the escrow asks of the contracts below it.

use soroban_sdk::{contractclient, Address, BytesN, Env};

#[contractclient(name = "ShareTokenClient")]
#[allow(dead_code)]
trait ShareToken {
    fn mint(env: Env, to: Address, amount: i128, last: bool);
    fn redeem_for_refund(env: Env, from: Address, amount: i128);
    fn balance(env: Env, id: Address) -> i128;
}

#[contractclient(name = "DistributorClient")]
#[allow(dead_code)]
trait Distributor {
    fn register(env: Env, token: Address, asset: Address);
    fn deposit(env: Env, token: Address, amount: i128, payment_id: BytesN<32>);
    fn get_summary(env: Env, token: Address) -> soroban_sdk::Val;
}

#[contractclient(name = "RegistryClient")]
#[allow(dead_code)]
trait Registry {
    fn reserve(env: Env, member: Address, fingerprint: BytesN<32>, until: u64);
    fn release(env: Env, member: Address, fingerprint: BytesN<32>);
    fn finalise(env: Env, member: Address, fingerprint: BytesN<32>);
}
