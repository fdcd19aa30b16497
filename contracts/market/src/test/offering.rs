//! Offers: what they may say, who may withdraw them, and when they end.

use soroban_sdk::testutils::Address as _;
use soroban_sdk::Address;
use tenor_stage::{refused, wait, DAY};

use super::stage::Stage;
use crate::types::Ask;
use crate::MarketError;

#[test]
fn h081_an_offer_can_be_taken_through_its_last_moment() {
    let stage = Stage::new();
    stage.allow(&stage.seller, 1_000);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    wait(&stage.set.env, 10 * DAY);
    assert_eq!(stage.buy(&stage.buyer, &offer, 1), 2);
    wait(&stage.set.env, 1);
    assert_eq!(stage.market.fillable(&offer), 0);
    stage.sign_buy(&stage.buyer, (&stage.seller, &offer), (1, 2, 2));
    refused!(
        stage.set.env,
        stage.market.try_buy(&stage.buyer, &offer, &1, &2),
        MarketError::OfferExpired
    );
}

#[test]
fn h003_h083_the_seller_withdraws_and_anyone_clears_what_has_expired() {
    let stage = Stage::new();
    let [first, second] = [1, 2].map(|n| stage.offer(&stage.seller, n, &stage.ask(1_000, 1_050)));
    stage.set.env.set_auths(&[]);
    assert!(stage.market.try_cancel(&first).is_err());
    stage.sign(&stage.set.stranger, "cancel", (&first,));
    assert!(stage.market.try_cancel(&first).is_err());
    stage.sign(&stage.seller, "cancel", (&first,));
    stage.market.cancel(&first);
    stage.sign(&stage.seller, "cancel", (&first,));
    refused!(
        stage.set.env,
        stage.market.try_cancel(&first),
        MarketError::UnknownOffer
    );
    wait(&stage.set.env, 10 * DAY + 1);
    stage.set.env.set_auths(&[]);
    stage.market.cancel(&second);
    // h099: gone is gone, and the same offer can be made anew.
    let ask = stage.ask(1_000, 1_050);
    stage.offer(&stage.seller, 2, &ask);
}

#[test]
fn h003_a_named_buyer_is_the_only_one() {
    let stage = Stage::new();
    stage.allow(&stage.seller, 1_000);
    let ask = Ask {
        buyer: Some(stage.buyer.clone()),
        ..stage.ask(1_000, 1_050)
    };
    let offer = stage.offer(&stage.seller, 1, &ask);
    let other = &stage.set.investors[1];
    stage.sign_buy(other, (&stage.seller, &offer), (1_000, 1_050, 1_050));
    refused!(
        stage.set.env,
        stage.market.try_buy(other, &offer, &1_000, &1_050),
        MarketError::NotNamedBuyer
    );
    assert_eq!(stage.buy(&stage.buyer, &offer, 1_000), 1_050);
}

/// The id stands for every term, so a signed purchase can never meet other terms.
#[test]
fn h019_h020_every_term_and_the_seller_make_the_id() {
    let stage = Stage::new();
    let ask = stage.ask(1_000, 1_050);
    let mut ids = std::vec![stage.offer(&stage.seller, 1, &ask)];
    stage.sign_offer(&stage.seller, 1, &ask);
    refused!(
        stage.set.env,
        stage
            .market
            .try_offer(&stage.seller, &stage.set.bytes(1), &ask),
        MarketError::OfferExists
    );
    ids.push(stage.offer(&stage.seller, 2, &ask));
    ids.push(stage.offer(&stage.set.investors[1], 1, &ask));
    let others = [
        stage.ask(1_001, 1_050),
        stage.ask(1_000, 1_051),
        Ask {
            expires: ask.expires + 1,
            ..ask.clone()
        },
        Ask {
            buyer: Some(stage.buyer.clone()),
            ..ask.clone()
        },
    ];
    for other in &others {
        ids.push(stage.offer(&stage.seller, 1, other));
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

/// h114: shares follow from the invoice's id and payment assets from the escrow's list; nobody's own token is ever called.
#[test]
fn h114_only_shares_of_the_escrow_against_accepted_assets() {
    let stage = Stage::new();
    let ask = Ask {
        invoice_id: stage.set.bytes(99),
        ..stage.ask(1_000, 1_050)
    };
    stage.sign_offer(&stage.seller, 1, &ask);
    refused!(
        stage.set.env,
        stage
            .market
            .try_offer(&stage.seller, &stage.set.bytes(1), &ask),
        MarketError::NoShares
    );
    for asset in [
        Address::generate(&stage.set.env),
        stage.shares.address.clone(),
    ] {
        let ask = Ask {
            asset,
            ..stage.ask(1_000, 1_050)
        };
        stage.sign_offer(&stage.seller, 1, &ask);
        refused!(
            stage.set.env,
            stage
                .market
                .try_offer(&stage.seller, &stage.set.bytes(1), &ask),
            MarketError::AssetNotAccepted
        );
    }
}

#[test]
fn h009_h011_nobody_trades_with_himself_and_the_market_with_nobody() {
    let stage = Stage::new();
    for (buyer, error) in [
        (stage.seller.clone(), MarketError::OwnOffer),
        (stage.market.address.clone(), MarketError::MarketIsNoParty),
    ] {
        let ask = Ask {
            buyer: Some(buyer),
            ..stage.ask(1_000, 1_050)
        };
        stage.sign_offer(&stage.seller, 1, &ask);
        refused!(
            stage.set.env,
            stage
                .market
                .try_offer(&stage.seller, &stage.set.bytes(1), &ask),
            error
        );
    }
    stage.allow(&stage.seller, 1_000);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    stage.sign_buy(
        &stage.seller,
        (&stage.seller, &offer),
        (1_000, 1_050, 1_050),
    );
    refused!(
        stage.set.env,
        stage.market.try_buy(&stage.seller, &offer, &1_000, &1_050),
        MarketError::OwnOffer
    );
    // h040: the contracts of the set are refused as holders by the token itself.
    stage.set.env.mock_all_auths();
    for system in [&stage.set.escrow.address, &stage.set.distributor.address] {
        stage.set.asset.issuer.mint(system, &5_000);
        refused!(
            stage.set.env,
            stage.market.try_buy(system, &offer, &1_000, &1_050),
            tenor_token::TokenError::SystemAddress
        );
    }
    refused!(
        stage.set.env,
        stage
            .market
            .try_buy(&stage.market.address, &offer, &1_000, &1_050),
        MarketError::MarketIsNoParty
    );
}

#[test]
fn h001_the_constructor_cannot_be_called_again() {
    let stage = Stage::new();
    let env = &stage.set.env;
    env.mock_all_auths();
    let again = env.try_invoke_contract::<(), soroban_sdk::Error>(
        &stage.market.address,
        &soroban_sdk::Symbol::new(env, "__constructor"),
        soroban_sdk::vec![env, soroban_sdk::IntoVal::into_val(&stage.buyer, env)],
    );
    assert!(again.is_err());
    assert_eq!(stage.market.get_escrow(), stage.set.escrow.address);
}
