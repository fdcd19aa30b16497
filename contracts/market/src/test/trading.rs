//! Buying: both sides in one call, what was earned before stays with the seller, and nothing when anything is missing.

use soroban_sdk::testutils::{Address as _, AuthorizedFunction, AuthorizedInvocation};
use soroban_sdk::{vec, Address, IntoVal, Symbol};
use tenor_stage::{refused, sign, wait, Code, Set, ADVANCE, DAY, FACE, PURSE};
use tenor_token::TokenError;

use super::stage::Stage;
use crate::types::Ask;
use crate::MarketError;

const HALF: i128 = ADVANCE / 2;

#[test]
fn h123_shares_and_payment_change_hands_in_one_call_and_the_market_holds_nothing() {
    let stage = Stage::new();
    let (shares, price) = (1_000_000_007, 987_654_321);
    stage.allow(&stage.seller, HALF);
    let before = stage.has(&stage.seller);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(shares, price));
    assert_eq!(stage.has(&stage.seller), before);
    assert_eq!(stage.market.fillable(&offer), shares);
    let part = 300_000_001;
    let paid = stage.buy(&stage.buyer, &offer, part);
    // 987,654,321 * 300,000,001 / 1,000,000,007 = 296,296,295.2..., and the seller never gets less.
    assert_eq!(paid, 296_296_296);
    assert_eq!(stage.has(&stage.buyer), (part, PURSE - paid));
    assert_eq!(stage.has(&stage.seller), (before.0 - part, before.1 + paid));
    assert_eq!(stage.market.get_offer(&offer).left, shares - part);
    let rest = stage.buy(&stage.set.investors[1], &offer, shares - part);
    assert!(paid + rest >= price && paid + rest <= price + 1);
    assert_eq!(stage.has(&stage.market.address), (0, 0));
    // Sold out is gone.
    refused!(
        stage.set.env,
        stage.market.try_get_offer(&offer),
        MarketError::UnknownOffer
    );
}

/// The token settles both sides at the moment of the sale, to the unit.
#[test]
fn h033_h049_what_was_paid_before_the_sale_is_the_sellers_and_after_it_the_buyers() {
    let stage = Stage::new();
    let (set, token) = (&stage.set, &stage.shares.address);
    wait(&set.env, 20 * DAY);
    set.pay(&set.debtor, &stage.invoice, FACE / 3, 1);
    let earned = set.distributor.calculate(token, &stage.seller);
    assert!(earned > 0);
    stage.allow(&stage.seller, HALF);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(HALF, 4_400_000_000));
    // A third is sold, the rest of the offer stands.
    let sold = HALF / 3;
    stage.buy(&stage.buyer, &offer, sold);
    assert_eq!(set.distributor.calculate(token, &stage.seller), earned);
    assert_eq!(set.distributor.calculate(token, &stage.buyer), 0);
    wait(&set.env, 30 * DAY);
    set.pay(&set.debtor, &stage.invoice, FACE - FACE / 3, 2);
    let summary = set.distributor.get_summary(token);
    let later = summary.received
        - set
            .escrow
            .get_payment(&stage.invoice, &set.debtor, &set.bytes(1))
            .expect("the first payment")
            .to_holders;
    let buyers = set.distributor.calculate(token, &stage.buyer);
    let sellers = set.distributor.calculate(token, &stage.seller) - earned;
    // One share earns the same whoever holds it; floors lose less than a unit each.
    assert!((buyers * ADVANCE - later * sold).abs() <= ADVANCE);
    assert!((sellers * ADVANCE - later * (HALF - sold)).abs() <= 2 * ADVANCE);
    for holder in [&stage.seller, &stage.buyer] {
        let due = set.distributor.calculate(token, holder);
        let before = set.asset.held(holder);
        set.env.set_auths(&[]);
        assert_eq!(set.distributor.claim(token, holder), due);
        assert_eq!(set.asset.held(holder), before + due);
    }
}

/// The shares lost worth between the offer and the sale, so the price is not the one that was agreed for these shares.
#[test]
fn h020_h082_a_payout_between_offer_and_sale_makes_the_offer_void() {
    let stage = Stage::new();
    stage.allow(&stage.seller, HALF);
    let ask = stage.ask(1_000, 1_050);
    let offer = stage.offer(&stage.seller, 1, &ask);
    wait(&stage.set.env, DAY);
    stage
        .set
        .pay(&stage.set.debtor, &stage.invoice, FACE / 3, 1);
    assert_eq!(stage.market.fillable(&offer), 0);
    stage.sign_buy(&stage.buyer, (&stage.seller, &offer), (1_000, 1_050, 1_050));
    refused!(
        stage.set.env,
        stage.market.try_buy(&stage.buyer, &offer, &1_000, &1_050),
        MarketError::OfferOutOfDate
    );
    // The same ask is another offer now: what was signed for the first can never be used for it.
    let again = stage.offer(&stage.seller, 1, &ask);
    assert_ne!(again, offer);
    assert_eq!(stage.buy(&stage.buyer, &again, 1_000), 1_050);
}

/// h010: the tree that was really needed, compared whole.
#[test]
fn h004_h010_h013_the_buyer_signs_one_transfer_of_the_price_and_nothing_else() {
    let stage = Stage::new();
    stage.allow(&stage.seller, HALF);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    let env = &stage.set.env;
    let ask = stage.ask(1_000, 1_050);
    let call = |contract: &Address, name: &str, args, below: &[AuthorizedInvocation]| {
        AuthorizedInvocation {
            function: AuthorizedFunction::Contract((
                contract.clone(),
                Symbol::new(env, name),
                args,
            )),
            sub_invocations: below.to_vec(),
        }
    };
    let market = &stage.market.address;
    let args = (&stage.seller, stage.set.bytes(1), ask).into_val(env);
    assert_eq!(
        env.auths(),
        [(stage.seller.clone(), call(market, "offer", args, &[]))]
    );
    stage.sign_buy(&stage.buyer, (&stage.seller, &offer), (500, 999, 525));
    assert_eq!(stage.market.buy(&stage.buyer, &offer, &500, &999), 525);
    let transfer = call(
        &stage.set.asset.at,
        "transfer",
        (&stage.buyer, &stage.seller, 525i128).into_val(env),
        &[],
    );
    let args = (&stage.buyer, &offer, 500i128, 999i128).into_val(env);
    assert_eq!(
        env.auths(),
        [(stage.buyer.clone(), call(market, "buy", args, &[transfer]))]
    );
}

#[test]
fn h002_h005_h020_nothing_moves_for_another_signature() {
    let stage = Stage::new();
    stage.allow(&stage.seller, HALF);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    let before = (stage.has(&stage.seller), stage.has(&stage.buyer));
    let buy = |shares: i128, max: i128| {
        stage
            .market
            .try_buy(&stage.buyer, &offer, &shares, &max)
            .is_err()
    };
    stage.set.env.set_auths(&[]);
    assert!(buy(500, 525));
    // Signed: 500 shares for at most 525, of this offer.
    let other = stage.set.bytes(3);
    for (of, shares, max, price) in [
        (&offer, 501, 525, 525),
        (&offer, 500, 526, 525),
        (&offer, 500, 525, 524),
        (&other, 500, 525, 525),
    ] {
        stage.sign_buy(&stage.buyer, (&stage.seller, of), (shares, max, price));
        assert!(buy(500, 525));
    }
    let stranger = &stage.set.stranger;
    stage.sign_buy(stranger, (&stage.seller, &offer), (500, 525, 525));
    assert!(buy(500, 525));
    assert_eq!(before, (stage.has(&stage.seller), stage.has(&stage.buyer)));
}

#[test]
fn h119_without_a_large_enough_allowance_or_balance_nobody_pays() {
    let stage = Stage::new();
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    let refuse = |error: TokenError| {
        stage.sign_buy(&stage.buyer, (&stage.seller, &offer), (1_000, 1_050, 1_050));
        refused!(
            stage.set.env,
            stage.market.try_buy(&stage.buyer, &offer, &1_000, &1_050),
            error
        );
    };
    refuse(TokenError::AllowanceTooLow);
    stage.allow(&stage.seller, 999);
    assert_eq!(stage.market.fillable(&offer), 999);
    refuse(TokenError::AllowanceTooLow);
    stage.allow(&stage.seller, 5_000);
    // The seller has sold elsewhere: an offer reserves nothing.
    let (balance, _) = stage.has(&stage.seller);
    let (token, other) = (&stage.shares.address, &stage.set.investors[1]);
    let args = (&stage.seller, other, balance - 10);
    sign(&stage.set.env, &stage.seller, token, "transfer", args, &[]);
    stage.shares.transfer(&stage.seller, other, &(balance - 10));
    assert_eq!(stage.market.fillable(&offer), 10);
    refuse(TokenError::BalanceTooLow);
    assert_eq!(stage.buy(&stage.buyer, &offer, 10), 11);
    // The allowance has passed, the offer has not.
    let ask = Ask {
        expires: stage.set.now() + 100 * DAY,
        ..stage.ask(10, 10)
    };
    let long = stage.offer(other, 2, &ask);
    stage.allow(other, 10);
    wait(&stage.set.env, 31 * DAY);
    assert_eq!(stage.market.fillable(&long), 0);
    stage.sign_buy(&stage.buyer, (other, &long), (10, 10, 10));
    refused!(
        stage.set.env,
        stage.market.try_buy(&stage.buyer, &long, &10, &10),
        TokenError::AllowanceTooLow
    );
}

#[test]
fn h077_h117_a_buyer_without_money_or_a_frozen_seller_leaves_everything_as_it_was() {
    let stage = Stage::new();
    stage.allow(&stage.seller, HALF);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    let poor = Address::generate(&stage.set.env);
    let refused = |buyer: &Address| {
        stage.sign_buy(buyer, (&stage.seller, &offer), (1_000, 1_050, 1_050));
        let before = tenor_stage::entries(&stage.set.env);
        assert!(stage.market.try_buy(buyer, &offer, &1_000, &1_050).is_err());
        assert!(before == tenor_stage::entries(&stage.set.env));
    };
    refused(&poor);
    stage.set.asset.freeze(&stage.seller, true);
    refused(&stage.buyer);
    stage.set.asset.freeze(&stage.seller, false);
    assert_eq!(stage.buy(&stage.buyer, &offer, 1_000), 1_050);
}

/// The list of who may hold is the token's, and the market is no way around it.
#[test]
fn h040_h120_restricted_shares_reach_verified_buyers_only() {
    let set = Set::new(Code::Native);
    for investor in &set.investors {
        set.allow(investor);
    }
    let terms = tenor_escrow::Terms {
        restricted: true,
        ..set.terms()
    };
    let invoice = set.funded(1, &terms);
    let stage = Stage::about(set, invoice, Code::Native);
    stage.allow(&stage.seller, HALF);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    stage.sign_buy(&stage.buyer, (&stage.seller, &offer), (1_000, 1_050, 1_050));
    refused!(
        stage.set.env,
        stage.market.try_buy(&stage.buyer, &offer, &1_000, &1_050),
        TokenError::ReceiverNotAllowed
    );
    stage.set.allow(&stage.buyer);
    assert_eq!(stage.buy(&stage.buyer, &offer, 1_000), 1_050);
}

/// Shares of an invoice that is not released yet can be offered; the token delivers them afterwards.
#[test]
fn h088_locked_shares_are_not_delivered() {
    let set = Set::new(Code::Native);
    let invoice = set.listed(1, &set.terms());
    set.fund(&set.investors[0], &invoice, HALF);
    let stage = Stage::about(set, invoice, Code::Native);
    stage.allow(&stage.seller, HALF);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    stage.sign_buy(&stage.buyer, (&stage.seller, &offer), (1_000, 1_050, 1_050));
    refused!(
        stage.set.env,
        stage.market.try_buy(&stage.buyer, &offer, &1_000, &1_050),
        TokenError::SharesLocked
    );
    stage
        .set
        .fund(&stage.set.investors[1], &stage.invoice, ADVANCE - HALF);
    assert_eq!(stage.buy(&stage.buyer, &offer, 1_000), 1_050);
}

/// h031: money and shares sent to the market change nothing and lie there for nobody: no call of the market moves them.
#[test]
fn h031_a_donation_changes_no_offer() {
    let stage = Stage::new();
    stage.allow(&stage.seller, HALF);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    let before = stage.market.get_offer(&offer);
    stage.set.asset.give(&stage.market.address, 77);
    assert_eq!(stage.market.get_offer(&offer), before);
    assert_eq!(stage.buy(&stage.buyer, &offer, 1_000), 1_050);
    assert_eq!(stage.set.asset.held(&stage.market.address), 77);
}

/// A payout in a page still reaches a buyer and a seller alike.
#[test]
fn h024_a_page_pays_seller_and_buyer() {
    let stage = Stage::new();
    stage.allow(&stage.seller, HALF);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(HALF, HALF));
    stage.buy(&stage.buyer, &offer, HALF / 2);
    wait(&stage.set.env, 20 * DAY);
    stage.set.pay(&stage.set.debtor, &stage.invoice, FACE, 1);
    let holders = vec![&stage.set.env, stage.seller.clone(), stage.buyer.clone()];
    stage.set.env.set_auths(&[]);
    let page = stage
        .set
        .distributor
        .distribute(&stage.shares.address, &holders);
    assert_eq!(page.paid_count, 2);
}
