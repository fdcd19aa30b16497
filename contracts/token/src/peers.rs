//! What the token asks of other contracts: one question, and only in a holder's own transfer.

use soroban_sdk::{contractclient, Address, BytesN, Env};

#[contractclient(name = "EscrowClient")]
#[allow(dead_code)]
trait Escrow {
    fn may_hold(env: Env, id: BytesN<32>, account: Address) -> bool;
}
