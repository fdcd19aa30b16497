//! What the distributor asks of a share token.

use soroban_sdk::{contractclient, Address, BytesN, Env, Vec};

#[contractclient(name = "ShareTokenClient")]
#[allow(dead_code)]
trait ShareToken {
    fn accrue(env: Env, amount: i128);
    fn accrued(env: Env, holder: Address) -> i128;
    fn accrued_many(env: Env, holders: Vec<Address>) -> Vec<i128>;
    fn mark_paid(env: Env, holders: Vec<Address>) -> Vec<i128>;
    fn invoice(env: Env) -> ShareInfo;
}

/// The part of the token's answer that is shown in a summary; the names are the token's.
#[soroban_sdk::contracttype]
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
