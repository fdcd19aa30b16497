//! An invoice from creation to its end, but for the money: who may move it from which status to which.

use soroban_sdk::token::TokenClient;
use soroban_sdk::{panic_with_error, Address, BytesN, ContractExecutable, Env, String, Vec};
use tenor_common::math::DAY_SECONDS;
use tenor_common::ShareMetadata;

use crate::errors::EscrowError;
use crate::events::{
    InvoiceAcknowledged, InvoiceAttested, InvoiceCancelled, InvoiceCreated, InvoiceDefaulted,
};
use crate::peers::{DistributorClient, RegistryClient};
use crate::pricing;
use crate::types::{Addresses, Escrow, Scope, Status, Terms};
use crate::{disputes, limits, storage, terms};

const EXTEND_MAX: u32 = 20;

/// What the platform says about an invoice that it has verified.
pub(crate) struct Attestation {
    pub debtor: Address,
    pub debtor_key: BytesN<32>,
    pub fingerprint: BytesN<32>,
}

/// The status at `now`: an open invoice whose deadline has passed is expired, with nobody's help.
pub(crate) fn status_at(escrow: &Escrow, now: u64) -> Status {
    if escrow.status == Status::Open && now > escrow.terms.funding_deadline {
        return Status::Expired;
    }
    escrow.status
}

pub(crate) fn create(
    env: &Env,
    seller: &Address,
    reference: &BytesN<32>,
    terms: &Terms,
) -> BytesN<32> {
    if storage::is_paused(env, Scope::Create) {
        panic_with_error!(env, EscrowError::Paused);
    }
    let addresses = storage::addresses(env);
    check_not_system(env, &addresses, seller);
    if !storage::is_allowed(env, seller) {
        panic_with_error!(env, EscrowError::NotAllowlisted);
    }
    if !storage::is_asset(env, &terms.asset) {
        panic_with_error!(env, EscrowError::AssetNotAllowed);
    }
    terms::check(env, terms, &storage::fees(env), env.ledger().timestamp());
    let id = terms::invoice_id(env, seller, reference);
    if storage::has_escrow(env, &id) {
        panic_with_error!(env, EscrowError::AlreadyExists);
    }
    let escrow = Escrow {
        seller: seller.clone(),
        reference: reference.clone(),
        terms: terms.clone(),
        terms_hash: terms::hash(env, terms),
        token: env
            .deployer()
            .with_current_contract(id.clone())
            .deployed_address(),
        treasury: storage::roles(env).treasury,
        debtor: None,
        debtor_key: None,
        fingerprint: None,
        acknowledged_at: None,
        status: Status::Open,
        funded: 0,
        refunded: 0,
        money: pricing::closed_books(terms),
    };
    storage::write_new_escrow(env, &id, &escrow);
    InvoiceCreated {
        invoice_id: id.clone(),
        seller: escrow.seller,
        reference: escrow.reference,
        token: escrow.token.clone(),
        treasury: escrow.treasury,
        terms: escrow.terms,
        terms_hash: escrow.terms_hash,
    }
    .publish(env);
    // After the event, so that a reader of events knows the token before anybody else speaks of it.
    deploy_token(env, &addresses.distributor, &id, terms);
    DistributorClient::new(env, &addresses.distributor).register(&escrow.token, &terms.asset);
    id
}

pub(crate) fn attest(env: &Env, id: &BytesN<32>, attestation: Attestation) {
    let mut escrow = open(env, id);
    if escrow.debtor.is_some() {
        panic_with_error!(env, EscrowError::AlreadyAttested);
    }
    if attestation.debtor == escrow.seller {
        panic_with_error!(env, EscrowError::DebtorIsSeller);
    }
    let addresses = storage::addresses(env);
    check_not_system(env, &addresses, &attestation.debtor);
    escrow.debtor = Some(attestation.debtor.clone());
    escrow.debtor_key = Some(attestation.debtor_key.clone());
    escrow.fingerprint = Some(attestation.fingerprint.clone());
    storage::write_escrow(env, id, &escrow);
    InvoiceAttested {
        invoice_id: id.clone(),
        debtor: attestation.debtor,
        debtor_key: attestation.debtor_key,
        fingerprint: attestation.fingerprint.clone(),
    }
    .publish(env);
    limits::count(env, id, &escrow);
    if let Some(registry) = addresses.registry {
        RegistryClient::new(env, &registry).reserve(
            &env.current_contract_address(),
            &attestation.fingerprint,
            &escrow.terms.funding_deadline,
        );
    }
}

/// The id stands for the frozen terms, so the debtor's signature over it binds face and due date.
pub(crate) fn acknowledge(env: &Env, id: &BytesN<32>) {
    let mut escrow = storage::escrow(env, id);
    let Some(debtor) = escrow.debtor.clone() else {
        panic_with_error!(env, EscrowError::NotAttested);
    };
    debtor.require_auth();
    let now = env.ledger().timestamp();
    if !matches!(
        status_at(&escrow, now),
        Status::Open | Status::Funded | Status::Defaulted
    ) {
        panic_with_error!(env, EscrowError::NotOpen);
    }
    if escrow.acknowledged_at.is_some() {
        panic_with_error!(env, EscrowError::AlreadyAcknowledged);
    }
    escrow.acknowledged_at = Some(now);
    storage::write_escrow(env, id, &escrow);
    InvoiceAcknowledged {
        invoice_id: id.clone(),
        debtor,
        face: escrow.terms.face,
        due: escrow.terms.due,
        at: now,
    }
    .publish(env);
}

/// The seller while nobody has invested, the admin at any time while the invoice is open.
pub(crate) fn cancel(env: &Env, by: &Address, id: &BytesN<32>) {
    let mut escrow = open(env, id);
    if *by != storage::roles(env).admin {
        if *by != escrow.seller {
            panic_with_error!(env, EscrowError::NotSellerOrAdmin);
        }
        if escrow.funded > 0 {
            panic_with_error!(env, EscrowError::AlreadyFunded);
        }
    }
    escrow.status = Status::Cancelled;
    storage::write_escrow(env, id, &escrow);
    InvoiceCancelled {
        invoice_id: id.clone(),
        by: by.clone(),
        funded: escrow.funded,
    }
    .publish(env);
    limits::free(env, id, &escrow);
    if let (Some(fingerprint), Some(registry)) =
        (&escrow.fingerprint, storage::addresses(env).registry)
    {
        RegistryClient::new(env, &registry).release(&env.current_contract_address(), fingerprint);
    }
}

/// Changes the status and no number.
pub(crate) fn declare_default(env: &Env, id: &BytesN<32>) {
    let mut escrow = storage::escrow(env, id);
    if escrow.status != Status::Funded {
        panic_with_error!(env, EscrowError::NotDefaultable);
    }
    let now = env.ledger().timestamp();
    let grace = u64::from(escrow.terms.grace_days) * DAY_SECONDS;
    if now <= pricing::fits(env, escrow.terms.due.checked_add(grace)) {
        panic_with_error!(env, EscrowError::GraceNotOver);
    }
    if disputes::is_open(&escrow, now) {
        panic_with_error!(env, EscrowError::DisputeOpen);
    }
    escrow.status = Status::Defaulted;
    storage::write_escrow(env, id, &escrow);
    InvoiceDefaulted {
        invoice_id: id.clone(),
        claim: pricing::claim_at(env, &escrow, now),
        holders_gross: escrow.money.holders_gross,
        received: escrow.money.received,
        at: now,
    }
    .publish(env);
}

/// Extends the life of invoices with their share tokens and payout accounts; answers how many.
pub(crate) fn extend(env: &Env, ids: &Vec<BytesN<32>>) -> u32 {
    if ids.len() > EXTEND_MAX {
        panic_with_error!(env, EscrowError::TooManyInvoices);
    }
    let distributor = DistributorClient::new(env, &storage::addresses(env).distributor);
    for id in ids {
        // Reading extends: the invoice here, the payout account there, the token's totals through its summary.
        distributor.get_summary(&storage::escrow(env, &id).token);
    }
    ids.len()
}

/// The contracts of the set are nobody's counterparty.
pub(crate) fn check_not_system(env: &Env, addresses: &Addresses, party: &Address) {
    if *party == env.current_contract_address()
        || *party == addresses.distributor
        || addresses.registry.as_ref() == Some(party)
        || addresses.stream.as_ref() == Some(party)
    {
        panic_with_error!(env, EscrowError::SystemAddress);
    }
}

/// The invoice, if it is still open to funding.
fn open(env: &Env, id: &BytesN<32>) -> Escrow {
    let escrow = storage::escrow(env, id);
    match status_at(&escrow, env.ledger().timestamp()) {
        Status::Open => escrow,
        Status::Expired => panic_with_error!(env, EscrowError::FundingClosed),
        _ => panic_with_error!(env, EscrowError::NotOpen),
    }
}

fn deploy_token(env: &Env, distributor: &Address, id: &BytesN<32>, terms: &Terms) {
    let metadata = ShareMetadata {
        name: labelled(env, b"Tenor invoice share ????????", id),
        symbol: labelled(env, b"TN????????", id),
        decimals: TokenClient::new(env, &terms.asset).decimals(),
        restricted: terms.restricted,
    };
    let here = env.current_contract_address();
    let arguments = (
        here,
        distributor.clone(),
        id.clone(),
        terms.asset.clone(),
        metadata,
    );
    let code = ContractExecutable::Wasm(storage::token_wasm(env));
    env.deployer()
        .with_current_contract(id.clone())
        .deploy_contract(code, arguments);
}

/// The label with its last eight bytes replaced by the first eight hex digits of the id.
fn labelled<const N: usize>(env: &Env, label: &[u8; N], id: &BytesN<32>) -> String {
    let mut text = *label;
    let digit = |nibble: u8| {
        if nibble < 10 {
            b'0' + nibble
        } else {
            b'a' + nibble - 10
        }
    };
    for (pair, byte) in text[N - 8..].chunks_exact_mut(2).zip(id.to_array()) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    String::from_bytes(env, &text)
}
