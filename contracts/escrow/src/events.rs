//! What the escrow tells the world: every transition, with old and new totals, so that its whole state can be rebuilt.
//! No personal data: parties are addresses, everything else is numbers and hashes.

use soroban_sdk::{contractevent, Address, BytesN};

use crate::types::{Config, Scope, Status, Terms};

/// The contract exists with these settings.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EscrowConstructed {
    pub config: Config,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceCreated {
    #[topic]
    pub invoice_id: BytesN<32>,
    #[topic]
    pub seller: Address,
    pub reference: BytesN<32>,
    pub token: Address,
    pub treasury: Address,
    pub terms: Terms,
    pub terms_hash: BytesN<32>,
}

/// The platform names the verified debtor; funding is open.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceAttested {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub debtor: Address,
    pub debtor_key: BytesN<32>,
    pub fingerprint: BytesN<32>,
}

/// The debtor confirms face and due date.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceAcknowledged {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub debtor: Address,
    pub face: i128,
    pub due: u64,
    /// Ledger time.
    pub at: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceFunded {
    #[topic]
    pub invoice_id: BytesN<32>,
    #[topic]
    pub investor: Address,
    /// Units put in, which is also shares received.
    pub amount: i128,
    pub funded_before: i128,
    pub funded_after: i128,
    pub advance: i128,
}

/// The advance is complete: the seller is paid and the shares are unlocked.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceReleased {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub funded_at: u64,
    pub to_seller: i128,
    pub origination_fee: i128,
    /// The part of the discount that is earned already.
    pub earned: i128,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceCancelled {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub by: Address,
    /// What investors can have back.
    pub funded: i128,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceRefunded {
    #[topic]
    pub invoice_id: BytesN<32>,
    #[topic]
    pub holder: Address,
    pub amount: i128,
    pub refunded_before: i128,
    pub refunded_after: i128,
}

/// A payment went through the waterfall.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PaymentRecorded {
    #[topic]
    pub invoice_id: BytesN<32>,
    #[topic]
    pub payer: Address,
    pub payment_id: BytesN<32>,
    /// sha256 of invoice id, payer and payment id: the payment's key here and in the distributor.
    pub payment_key: BytesN<32>,
    pub amount: i128,
    pub to_holders: i128,
    pub fee: i128,
    pub to_seller: i128,
    pub received_before: i128,
    pub received_after: i128,
    pub holders_gross_before: i128,
    pub holders_gross_after: i128,
    pub fee_taken: i128,
    pub earned: i128,
    pub late: i128,
    pub late_days_charged: u32,
    /// Up to when `earned` and `late` are right.
    pub checkpoint_at: u64,
    /// What holders are owed in all at this moment, before the fee.
    pub claim: i128,
    pub status_before: Status,
    pub status_after: Status,
    /// Ledger time.
    pub at: u64,
}

/// The holders are whole; the claim is frozen.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceSettled {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub claim: i128,
    pub at: u64,
}

/// The days of grace passed without full payment. No number changes.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceDefaulted {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub claim: i128,
    pub holders_gross: i128,
    pub received: i128,
    pub at: u64,
}

/// A transfer out failed and became a debt of the contract, or such a debt was paid.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OwedChanged {
    #[topic]
    pub owner: Address,
    #[topic]
    pub asset: Address,
    pub before: i128,
    pub after: i128,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AccountAllowed {
    #[topic]
    pub account: Address,
    pub allowed_before: bool,
    pub allowed: bool,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AssetAllowed {
    #[topic]
    pub asset: Address,
    pub allowed_before: bool,
    pub allowed: bool,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AdminProposed {
    pub admin: Address,
    pub candidate: Address,
    pub deadline: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AdminChanged {
    pub before: Address,
    pub after: Address,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PauseChanged {
    #[topic]
    pub scope: Scope,
    pub paused_before: bool,
    pub paused: bool,
}
