//! How much of all advances may depend on one debtor or one seller, and how much of one invoice one investor may hold.
//! Never stops a payment, a refund or a claim, and never touches what stands when a limit is lowered.

use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::math::{mul_div_floor, BPS};

use crate::errors::EscrowError;
use crate::events::{ExposureChanged, LimitChanged};
use crate::peers::ShareTokenClient;
use crate::pricing::{fits, narrow, wide};
use crate::types::{Escrow, Limit, Status, Subject};
use crate::{lifecycle, storage};

const SHARE_BPS_MAX: i128 = 10_000;

pub(crate) fn set(env: &Env, subject: &Subject, most: Option<i128>) {
    let highest = match subject {
        Subject::Investor(_) => SHARE_BPS_MAX,
        Subject::Debtor(..) | Subject::Seller(..) => i128::MAX,
    };
    if most.is_some_and(|most| most < 0 || most > highest) {
        panic_with_error!(env, EscrowError::LimitOutOfBounds);
    }
    let Limit { most: before, used } = storage::limit(env, subject);
    storage::write_limit(env, subject, &Limit { most, used });
    LimitChanged {
        subject: subject.clone(),
        before,
        after: most,
        used,
    }
    .publish(env);
}

/// From the attestation on the whole advance counts, so that an invoice that can be funded can also be completed.
pub(crate) fn count(env: &Env, id: &BytesN<32>, escrow: &Escrow) {
    change(env, id, escrow, |limit, error| {
        let used = fits(env, limit.used.checked_add(escrow.terms.advance));
        if limit.most.is_some_and(|most| used > most) {
            panic_with_error!(env, error);
        }
        used
    });
}

/// The invoice has ended: cancelled, expired or settled. One that was never attested was never counted.
pub(crate) fn free(env: &Env, id: &BytesN<32>, escrow: &Escrow) {
    change(env, id, escrow, |limit, _| {
        // An invoice that was attested by code without limits was never counted; a settlement must not fail for that.
        (limit.used - escrow.terms.advance).max(0)
    });
}

/// Anyone: an expired invoice stops counting. A refund does it too, but there may be nobody to refund.
pub(crate) fn free_expired(env: &Env, id: &BytesN<32>) {
    let mut escrow = storage::escrow(env, id);
    if escrow.debtor.is_none() || !expire(env, id, &mut escrow) {
        panic_with_error!(env, EscrowError::NothingToFree);
    }
    storage::write_escrow(env, id, &escrow);
}

/// An expired invoice is stored as such once its limits are freed. Whether this call did it; the caller writes the invoice.
pub(crate) fn expire(env: &Env, id: &BytesN<32>, escrow: &mut Escrow) -> bool {
    let expires = escrow.status == Status::Open
        && lifecycle::status_at(escrow, env.ledger().timestamp()) == Status::Expired;
    if expires {
        escrow.status = Status::Expired;
        free(env, id, escrow);
    }
    expires
}

/// The most shares of the invoice that `account` may hold: none where it must be on the allowlist and is not.
pub(crate) fn most_shares(env: &Env, escrow: &Escrow, account: &Address) -> i128 {
    if escrow.terms.restricted && !storage::is_allowed(env, account) {
        return 0;
    }
    share_limit(env, escrow, account).unwrap_or(escrow.terms.advance)
}

/// An investor's limit holds for what is held after this investment, wherever the other shares came from.
pub(crate) fn check_share(env: &Env, escrow: &Escrow, investor: &Address, taken: i128) {
    let Some(most) = share_limit(env, escrow, investor) else {
        return;
    };
    let held = ShareTokenClient::new(env, &escrow.token).balance(investor);
    if fits(env, held.checked_add(taken)) > most {
        panic_with_error!(env, EscrowError::ShareLimitReached);
    }
}

fn share_limit(env: &Env, escrow: &Escrow, account: &Address) -> Option<i128> {
    let subject = Subject::Investor(account.clone());
    let bps = wide(env, storage::limit(env, &subject).most?);
    let most = mul_div_floor(wide(env, escrow.terms.advance), bps, BPS);
    Some(narrow(env, fits(env, most)))
}

fn change(
    env: &Env,
    id: &BytesN<32>,
    escrow: &Escrow,
    used_after: impl Fn(&Limit, EscrowError) -> i128,
) {
    let Some(debtor_key) = &escrow.debtor_key else {
        return;
    };
    let asset = &escrow.terms.asset;
    let one = |subject: Subject, error| {
        let limit = storage::limit(env, &subject);
        let used = used_after(&limit, error);
        storage::write_limit(env, &subject, &Limit { used, ..limit });
        (limit.used, used)
    };
    let (debtor_before, debtor_after) = one(
        Subject::Debtor(debtor_key.clone(), asset.clone()),
        EscrowError::DebtorLimitReached,
    );
    let (seller_before, seller_after) = one(
        Subject::Seller(escrow.seller.clone(), asset.clone()),
        EscrowError::SellerLimitReached,
    );
    ExposureChanged {
        invoice_id: id.clone(),
        status: escrow.status,
        debtor_before,
        debtor_after,
        seller_before,
        seller_after,
    }
    .publish(env);
}
