//! What the escrow stores and shows. Amounts are units of the invoice's asset, times are ledger time in Unix seconds.

use soroban_sdk::{contracttype, Address, BytesN};

// How holders earn the discount.
#[contracttype]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Accrual {
    // All of it at funding.
    Flat = 0,
    // With time, on what is unpaid.
    Linear = 1,
}

// What is agreed, frozen at creation. Its hash is sha256 of its XDR as an ScVal.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Terms {
    // The settlement asset's contract.
    pub asset: Address,
    // A: what investors put in together, and the number of shares.
    pub advance: i128,
    // C: what holders are owed at the due date.
    pub claim: i128,
    // F: what the debtor owes. With `claim == face` late charges have no room and never accrue.
    pub face: i128,
    pub funding_deadline: u64,
    pub due: u64,
    pub accrual: Accrual,
    // Linear only: days of discount that count as earned however early the payment.
    pub min_earned_days: u32,
    pub late_bps_per_day: u32,
    pub late_days_max: u32,
    // Days after `due` before anyone can declare a default.
    pub grace_days: u32,
    // Of the advance, from the seller at release.
    pub origination_fee_bps: u32,
    // Of the holders' profit, never of principal.
    pub profit_fee_bps: u32,
    // The least one investor puts in; the rest is always accepted.
    pub min_ticket: i128,
    // The least one payment brings; the rest is always accepted.
    pub min_payment: i128,
    // The seller answers for a debtor who cannot pay.
    pub recourse: bool,
    // Holders must be on the allowlist.
    pub restricted: bool,
    // Merkle root of the sealed invoice.
    pub document: BytesN<32>,
}

// Where an invoice stands. An expired one is stored as `Open` until its limits are freed, which nobody needs to wait for.
#[contracttype]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Status {
    Open = 0,
    Funded = 1,
    Settled = 2,
    Cancelled = 3,
    Expired = 4,
    Defaulted = 5,
}

// The money of an invoice since its release, up to `checkpoint_at`; zeros before.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Money {
    pub funded_at: u64,
    // R: received from the debtor.
    pub received: i128,
    // H: the holders' part before the fee.
    pub holders_gross: i128,
    // The platform's part of the holders' profit so far.
    pub fee_taken: i128,
    pub earned: i128,
    pub late: i128,
    pub late_days_charged: u32,
    pub checkpoint_at: u64,
    // F: what the debtor owes in all, now.
    pub face: i128,
    // Brought in by the seller for the holders.
    pub recourse_paid: i128,
    // Seconds after the due date in which disputes that are over stopped the late clock.
    pub disputed_seconds: u64,
    // Seconds of all disputes that are over; 60 days in all are allowed.
    pub dispute_used: u64,
    // The last dispute, until it is resolved: no default can be declared and the late clock stands still from here ...
    pub dispute_from: u64,
    // ... to here, where it is over with nobody's help. Both 0 without one.
    pub dispute_until: u64,
}

// What the resolver says to a dispute.
#[contracttype]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    Rejected,
    // The debtor owes so many units less.
    Upheld(i128),
}

// One invoice: everything the contract knows about it.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Escrow {
    pub seller: Address,
    // The seller's own reference; with the seller it makes the id.
    pub reference: BytesN<32>,
    pub terms: Terms,
    pub terms_hash: BytesN<32>,
    // The share token of this invoice.
    pub token: Address,
    // Who gets the fees; frozen at creation.
    pub treasury: Address,
    // The debtor whom the platform has verified; nobody before the attestation.
    pub debtor: Option<Address>,
    // The platform's key for the debtor's identity: a salted hash.
    pub debtor_key: Option<BytesN<32>>,
    // The keyed fingerprint of the invoice's canonical identity.
    pub fingerprint: Option<BytesN<32>>,
    // When the debtor confirmed face and due date.
    pub acknowledged_at: Option<u64>,
    pub status: Status,
    // Put in by investors so far.
    pub funded: i128,
    // Given back to investors so far.
    pub refunded: i128,
    pub money: Money,
}

// Where the units of one payment go.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Split {
    // To the distributor for the holders, after the fee.
    pub to_holders: i128,
    // To the treasury.
    pub fee: i128,
    // To the seller.
    pub to_seller: i128,
    // What holders are owed in all at that moment, before the fee.
    pub claim: i128,
    // The holders' part before the fee, including this payment.
    pub holders_gross: i128,
    // This payment makes the holders whole.
    pub settles: bool,
}

// A recorded payment, kept for ever.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Payment {
    pub amount: i128,
    pub to_holders: i128,
    pub fee: i128,
    pub to_seller: i128,
    pub at: u64,
}

// Who does what. Admin, operator, resolver and pauser are four different addresses.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Roles {
    // Assets, cancelling open invoices, lifting a pause, the next admin.
    pub admin: Address,
    // Attests debtors, records payments, keeps the allowlist.
    pub operator: Address,
    // Decides disputes.
    pub resolver: Address,
    // Stops new invoices and new funding.
    pub pauser: Address,
    // Receives the fees of invoices created from now on.
    pub treasury: Address,
}

// The other contracts of the set.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Addresses {
    pub distributor: Address,
    // Where fingerprints of financed invoices are shared with other platforms, if anywhere.
    pub registry: Option<Address>,
    // May pay any invoice out of what its payers have locked, if there is one.
    pub stream: Option<Address>,
}

/// What one payment may be: the asset, the least (but for the whole rest), the most, and whether none will ever be taken again.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Payable(pub Address, pub i128, pub i128, pub bool);

// The fee schedule that new invoices must carry.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fees {
    pub origination_bps: u32,
    pub profit_bps: u32,
}

// What can be paused. Refunds, payments and claims cannot.
#[contracttype]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Scope {
    Create = 0,
    Fund = 1,
}

// The contract's own settings, in instance storage; calls that move money never write them.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config {
    pub roles: Roles,
    pub addresses: Addresses,
    // Code of the share tokens of new invoices.
    pub token_wasm: BytesN<32>,
    pub fees: Fees,
    pub create_paused: bool,
    pub fund_paused: bool,
    // Who has been proposed as the next admin and has not accepted yet.
    pub admin_candidate: Option<Address>,
    // The candidate's last moment to accept; 0 without one.
    pub admin_deadline: u64,
}

// What only happens after two days in which everybody can see it coming.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
// A type of the interface cannot be boxed, and one of these lives at a time.
#[allow(clippy::large_enum_variant)]
pub enum Operation {
    // Other code for this contract, by its hash.
    Upgrade(BytesN<32>),
    // For invoices created from then on.
    SetFees(Fees),
    // Everybody but the admin, who is changed by proposal and acceptance.
    SetRoles(Roles),
    // Code of the share tokens of invoices created from then on.
    SetTokenWasm(BytesN<32>),
}

// Whom a limit is about: identities that the operator has attested. Its own key in storage.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Subject {
    // The platform's key for a debtor, and the asset in whose units advances are counted.
    Debtor(BytesN<32>, Address),
    // The same for a seller.
    Seller(Address, Address),
    // How much of one invoice an account may hold.
    Investor(Address),
}

// A limit and what counts towards it.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Limit {
    // Units of the asset; for an investor basis points of an invoice's advance. Nothing: as much as there is.
    pub most: Option<i128>,
    // Units of all attested invoices that have not ended; 0 for an investor, whose shares the tokens know.
    pub used: i128,
}

#[contracttype]
#[derive(Clone)]
pub(crate) enum DataKey {
    Roles,
    Addresses,
    TokenWasm,
    Fees,
    Paused,
    Candidate,
    Operation(BytesN<32>),
    Escrow(BytesN<32>),
    Payment(BytesN<32>),
    Owed(Address, Address),
    Allowed(Address),
    Asset(Address),
}
