//! What the escrow tells the world: every transition, with old and new totals, so that its whole state can be rebuilt.
//! No personal data: parties are addresses, everything else is numbers and hashes.

use soroban_sdk::{contractevent, Address, BytesN};

use crate::types::{Config, Operation, Scope, Status, Subject, Terms};

// The contract exists with these settings.
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

// The platform names the verified debtor; funding is open.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceAttested {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub debtor: Address,
    pub debtor_key: BytesN<32>,
    pub fingerprint: BytesN<32>,
}

// The debtor confirms face and due date.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceAcknowledged {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub debtor: Address,
    pub face: i128,
    pub due: u64,
    // Ledger time.
    pub at: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceFunded {
    #[topic]
    pub invoice_id: BytesN<32>,
    #[topic]
    pub investor: Address,
    // Units put in, which is also shares received.
    pub amount: i128,
    pub funded_before: i128,
    pub funded_after: i128,
    pub advance: i128,
}

// The advance is complete: the seller is paid and the shares are unlocked.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceReleased {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub funded_at: u64,
    pub to_seller: i128,
    pub origination_fee: i128,
    // The part of the discount that is earned already.
    pub earned: i128,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceCancelled {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub by: Address,
    // What investors can have back.
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

// A payment went through the waterfall; one that leaves `received` as it was came from the seller's recourse.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PaymentRecorded {
    #[topic]
    pub invoice_id: BytesN<32>,
    #[topic]
    pub payer: Address,
    pub payment_id: BytesN<32>,
    // sha256 of invoice id, payer and payment id: the payment's key here and in the distributor.
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
    // Up to when `earned` and `late` are right.
    pub checkpoint_at: u64,
    // Brought in by the seller so far.
    pub recourse_paid: i128,
    // What holders are owed in all at this moment, before the fee.
    pub claim: i128,
    pub status_before: Status,
    pub status_after: Status,
    // Ledger time.
    pub at: u64,
}

// The holders are whole; the claim is frozen.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvoiceSettled {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub claim: i128,
    pub at: u64,
}

// The days of grace passed without full payment. No number changes.
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

// The debtor objects. Until it is resolved or lapses, no default and no late days.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DisputeOpened {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub by: Address,
    // A salted hash of the reason.
    pub reason: BytesN<32>,
    pub opened_at: u64,
    pub lapses_at: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DisputeResolved {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub upheld: bool,
    // After the due date, in all disputes so far.
    pub disputed_seconds: u64,
    // Of the 60 days in all.
    pub dispute_used: u64,
    pub at: u64,
}

// The debtor owes less.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FaceReduced {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub reduction: i128,
    pub face_before: i128,
    pub face_after: i128,
    // What the face is below the claim: the seller's debt to the holders.
    pub shortfall: i128,
    pub at: u64,
}

// A transfer out failed and became a debt of the contract, or such a debt was paid.
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

// How much may depend on one debtor, seller or investor from now on; existing invoices go on.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LimitChanged {
    pub subject: Subject,
    pub before: Option<i128>,
    pub after: Option<i128>,
    // What counts towards it at this moment.
    pub used: i128,
}

// The invoice's advance counts towards its debtor's and its seller's limit from now on, or no longer.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExposureChanged {
    #[topic]
    pub invoice_id: BytesN<32>,
    // The stored status that goes with it.
    pub status: Status,
    pub debtor_before: i128,
    pub debtor_after: i128,
    pub seller_before: i128,
    pub seller_after: i128,
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

// A change that everybody can see coming: nothing happens before `ready_at`.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OperationScheduled {
    #[topic]
    pub operation_id: BytesN<32>,
    pub operation: Operation,
    pub ready_at: u64,
    // The last moment to execute it.
    pub lapses_at: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OperationExecuted {
    #[topic]
    pub operation_id: BytesN<32>,
    pub operation: Operation,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OperationWithdrawn {
    #[topic]
    pub operation_id: BytesN<32>,
}
