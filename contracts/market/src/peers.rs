//! What the market asks of the escrow and of a share token, besides what every token answers.

use soroban_sdk::{contractclient, contracttype, Address, BytesN, Env};

#[contractclient(name = "EscrowClient")]
#[allow(dead_code)]
trait Escrow {
    fn is_asset(env: Env, asset: Address) -> bool;
}

#[contractclient(name = "ShareTokenClient")]
#[allow(dead_code)]
trait ShareToken {
    fn invoice(env: Env) -> ShareInfo;
}

/// The token's answer; the names are the token's.
#[contracttype]
#[derive(Clone)]
pub struct ShareInfo {
    pub escrow: Address,
    pub distributor: Address,
    pub invoice_id: BytesN<32>,
    pub asset: Address,
    pub restricted: bool,
    pub unlocked: bool,
    pub supply: i128,
    pub index: i128,
    pub remainder: i128,
}
