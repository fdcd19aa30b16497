//! Every argument at its edges: a typed error, and nothing changes.

use tenor_common::CommonError;
use tenor_stage::{refused, DAY};

use super::stage::Stage;
use crate::types::Ask;
use crate::MarketError;

const MAX: i128 = i64::MAX as i128;

#[test]
fn h058_h059_h060_offers_at_their_edges() {
    let stage = Stage::new();
    let refuse = |ask: Ask, error: soroban_sdk::Error| {
        stage.sign_offer(&stage.seller, 1, &ask);
        refused!(
            stage.set.env,
            stage
                .market
                .try_offer(&stage.seller, &stage.set.bytes(1), &ask),
            error
        );
    };
    for bad in [0, -1, i128::MIN] {
        refuse(stage.ask(bad, 1), CommonError::AmountNotPositive.into());
        refuse(stage.ask(1, bad), CommonError::AmountNotPositive.into());
    }
    for bad in [MAX + 1, i128::MAX] {
        refuse(stage.ask(bad, 1), CommonError::Overflow.into());
        refuse(stage.ask(1, bad), CommonError::Overflow.into());
    }
    let now = stage.set.now();
    for expires in [0, now - 1, now, now + 365 * DAY + 1, u64::MAX] {
        let ask = Ask {
            expires,
            ..stage.ask(1, 1)
        };
        refuse(ask, MarketError::ExpiresOutOfBounds.into());
    }
    for (n, expires) in [(1, now + 1), (2, now + 365 * DAY)] {
        let ask = Ask {
            expires,
            ..stage.ask(MAX, MAX)
        };
        let offer = stage.offer(&stage.seller, n, &ask);
        assert_eq!(stage.market.price_of(&offer, &MAX), MAX);
    }
}

#[test]
fn h058_h059_purchases_at_their_edges() {
    let stage = Stage::new();
    stage.allow(&stage.seller, 1_000);
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    let refuse = |shares: i128, max: i128, error: soroban_sdk::Error| {
        stage.sign_buy(&stage.buyer, (&stage.seller, &offer), (shares, max, max));
        refused!(
            stage.set.env,
            stage.market.try_buy(&stage.buyer, &offer, &shares, &max),
            error
        );
    };
    for shares in [0, -1, i128::MIN] {
        refuse(shares, 1_050, CommonError::AmountNotPositive.into());
    }
    for shares in [1_001, i128::MAX] {
        refuse(shares, i128::MAX, MarketError::NotEnoughLeft.into());
    }
    for max in [i128::MIN, -1, 0, 1_049] {
        refuse(1_000, max, MarketError::PriceAboveMax.into());
    }
    let unknown = stage.set.bytes(77);
    for answer in [
        stage.market.try_price_of(&unknown, &1).err(),
        stage.market.try_fillable(&unknown).err(),
    ] {
        assert_eq!(answer, Some(Ok(MarketError::UnknownOffer.into())));
    }
    stage.sign_buy(&stage.buyer, (&stage.seller, &unknown), (1, 1, 1));
    refused!(
        stage.set.env,
        stage.market.try_buy(&stage.buyer, &unknown, &1, &1),
        MarketError::UnknownOffer
    );
    refused!(
        stage.set.env,
        stage.market.try_cancel(&unknown),
        MarketError::UnknownOffer
    );
    refused!(
        stage.set.env,
        stage.market.try_price_of(&offer, &i128::MAX),
        CommonError::Overflow
    );
}
