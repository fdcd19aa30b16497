//! Payouts per share: the stored entries in the words of the pure arithmetic, and back.
//! Never moves a share.

use soroban_sdk::{panic_with_error, Address, BytesN, Env, Vec};
use tenor_common::accrual::{Holding, Pool};
use tenor_common::math::{signed, unsigned};
use tenor_common::CommonError;

use crate::errors::TokenError;
use crate::events::PayoutAccrued;
use crate::storage;
use crate::types::{Holder, Totals};

/// The largest page that fits the network's 16,384 bytes of events, with room for what surrounds it.
pub(crate) const PAGE_MAX: u32 = 60;

/// Spreads `amount` units over the supply.
pub(crate) fn accrue(env: &Env, invoice_id: BytesN<32>, amount: i128) {
    if amount <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    let totals = storage::totals(env);
    if totals.supply == 0 {
        panic_with_error!(env, TokenError::NoSupply);
    }
    let pool = Pool {
        supply: wide(env, totals.supply),
        index: wide(env, totals.index),
        remainder: wide(env, totals.remainder),
    };
    let pool = fits(env, pool.accrue(wide(env, amount)));
    let after = Totals {
        index: narrow(env, pool.index),
        remainder: narrow(env, pool.remainder),
        ..totals
    };
    storage::write_totals(env, &after);
    PayoutAccrued {
        invoice_id,
        amount,
        supply: totals.supply,
        index_before: totals.index,
        index: after.index,
        remainder: after.remainder,
    }
    .publish(env);
}

/// Whole units that each holder can be paid, in the order asked.
pub(crate) fn payable(env: &Env, holders: &Vec<Address>) -> Vec<i128> {
    check_page(env, holders);
    let totals = storage::totals(env);
    let mut units = Vec::new(env);
    for address in holders {
        units.push_back(match storage::holder(env, &address) {
            Some(holder) => narrow(env, settled(env, &holder, totals.index).payable()),
            None => 0,
        });
    }
    units
}

/// Takes the whole units off each holder, because they are being paid, and answers how many they were.
pub(crate) fn mark_paid(env: &Env, holders: &Vec<Address>) -> Vec<i128> {
    check_page(env, holders);
    let mut totals = storage::totals(env);
    let before = totals.remainder;
    let mut units = Vec::new(env);
    for address in holders {
        units.push_back(match storage::holder(env, &address) {
            Some(holder) => {
                let holding = settled(env, &holder, totals.index);
                save(env, &address, holding.paid(), &mut totals);
                narrow(env, holding.payable())
            }
            None => 0,
        });
    }
    if totals.remainder != before {
        storage::write_totals(env, &totals);
    }
    units
}

/// The holder's entry with everything earned up to `index`.
pub(crate) fn settled(env: &Env, holder: &Holder, index: i128) -> Holding {
    let holding = Holding {
        balance: wide(env, holder.balance),
        index: wide(env, holder.index),
        accrued_scaled: wide(env, holder.accrued_scaled),
    };
    fits(env, holding.settled(wide(env, index)))
}

/// Writes the entry, or removes a spent one and gives its fraction to the remainder of `totals` (which the caller writes).
pub(crate) fn save(env: &Env, address: &Address, holding: Holding, totals: &mut Totals) {
    if holding.is_spent() {
        totals.remainder = fits(
            env,
            totals
                .remainder
                .checked_add(narrow(env, holding.accrued_scaled)),
        );
        return storage::remove_holder(env, address);
    }
    let holder = Holder {
        balance: narrow(env, holding.balance),
        index: narrow(env, holding.index),
        accrued_scaled: narrow(env, holding.accrued_scaled),
    };
    storage::write_holder(env, address, &holder);
}

pub(crate) fn fits<T>(env: &Env, number: Option<T>) -> T {
    match number {
        Some(number) => number,
        None => panic_with_error!(env, CommonError::Overflow),
    }
}

pub(crate) fn wide(env: &Env, amount: i128) -> u128 {
    fits(env, unsigned(amount))
}

pub(crate) fn narrow(env: &Env, amount: u128) -> i128 {
    fits(env, signed(amount))
}

fn check_page(env: &Env, holders: &Vec<Address>) {
    if holders.len() > PAGE_MAX {
        panic_with_error!(env, TokenError::PageTooLarge);
    }
}
