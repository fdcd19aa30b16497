//! What an investor may hold of one invoice, when shares are bought here.

use tenor_stage::{refused, sign, Code, Set, ADVANCE};

use super::stage::Stage;
use tenor_escrow::{Subject, Terms};
use tenor_token::TokenError;

#[test]
fn h040_a_purchase_cannot_take_the_buyer_above_the_limit() {
    let set = Set::new(Code::Native);
    let terms = Terms {
        restricted: true,
        ..set.terms()
    };
    for investor in &set.investors {
        set.allow(investor);
    }
    let invoice = set.funded(1, &terms);
    let stage = Stage::about(set, invoice, Code::Native);
    let (set, buyer) = (&stage.set, &stage.buyer);
    set.allow(buyer);
    let subject = Subject::Investor(buyer.clone());
    let (admin, escrow) = (&set.roles.admin, &set.escrow.address);
    let args = (subject.clone(), Some(1_000i128));
    sign(&set.env, admin, escrow, "set_limit", args, &[]);
    set.escrow.set_limit(&subject, &Some(1_000));
    stage.allow(&stage.seller, ADVANCE / 2);
    let price = ADVANCE / 5;
    let offer = stage.offer(&stage.seller, 1, &stage.ask(ADVANCE / 5, price));
    let tenth = ADVANCE / 10;
    stage.sign_buy(
        buyer,
        (&stage.seller, &offer),
        (tenth + 1, price, tenth + 1),
    );
    refused!(
        set.env,
        stage.market.try_buy(buyer, &offer, &(tenth + 1), &price),
        TokenError::ReceiverAboveLimit
    );
    stage.buy(buyer, &offer, tenth);
    assert_eq!(stage.has(buyer).0, tenth);
    stage.sign_buy(buyer, (&stage.seller, &offer), (1, price, 1));
    refused!(
        set.env,
        stage.market.try_buy(buyer, &offer, &1, &price),
        TokenError::ReceiverAboveLimit
    );
}
