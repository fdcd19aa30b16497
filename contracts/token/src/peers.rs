//! What the token asks of other contracts: one question, and only in a holder's own transfer.

use soroban_sdk::{contractclient, Address, BytesN, Env};

#[contractclient(name = "EscrowClient")]
#[allow(dead_code)]
trait Escrow {
    fn share_limit(env: Env, id: BytesN<32>, account: Address) -> i128;
}
