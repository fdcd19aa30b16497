//! What the streams ask of the escrow.

use soroban_sdk::{contractclient, Address, BytesN, Env, Val};

#[contractclient(name = "EscrowClient")]
#[allow(dead_code)]
trait Escrow {
    fn is_asset(env: Env, asset: Address) -> bool;
    /// What one payment may be: the invoice's asset, the least, the most (0 where none is taken now), and whether none will
    /// ever be taken again.
    fn payable(env: Env, id: BytesN<32>) -> (Address, i128, i128, bool);
    fn record_payment(
        env: Env,
        payer: Address,
        id: BytesN<32>,
        amount: i128,
        payment_id: BytesN<32>,
    ) -> Val;
}
