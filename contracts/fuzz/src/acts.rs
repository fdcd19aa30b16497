//! What can happen. Numbers choose among what there is, so that no byte is wasted.

use arbitrary::Arbitrary;
use soroban_sdk::testutils::arbitrary::SorobanArbitrary;
use tenor_escrow::Terms;

#[derive(Clone, Debug, Arbitrary)]
pub enum Act {
    Fund {
        who: u8,
        invoice: u8,
        part: u8,
    },
    Pay {
        who: u8,
        invoice: u8,
        part: u8,
    },
    PayOff {
        invoice: u8,
    },
    Recourse {
        invoice: u8,
        part: u8,
    },
    Reduce {
        invoice: u8,
        part: u8,
    },
    Dispute {
        invoice: u8,
    },
    Resolve {
        invoice: u8,
        part: u8,
    },
    Default {
        invoice: u8,
    },
    Cancel {
        who: u8,
        invoice: u8,
    },
    Refund {
        who: u8,
        invoice: u8,
    },
    Move {
        from: u8,
        to: u8,
        invoice: u8,
        part: u8,
    },
    Claim {
        who: u8,
        invoice: u8,
    },
    ClaimMany {
        who: u8,
    },
    Page {
        invoice: u8,
    },
    Extend,
    Wait {
        kind: u8,
        much: u8,
    },
    Freeze {
        who: u8,
        asset: u8,
        frozen: bool,
    },
    Withdraw {
        who: u8,
        asset: u8,
        stream: bool,
    },
    Donate {
        to: u8,
        asset: u8,
    },
    Stream {
        invoice: Option<u8>,
        part: u8,
        days: u8,
    },
    OpenEnded {
        invoice: Option<u8>,
        rate: u8,
        days: u8,
    },
    TopUp {
        stream: u8,
        part: u8,
    },
    Settle {
        stream: u8,
    },
    Pause {
        stream: u8,
    },
    Resume {
        stream: u8,
    },
    EndStream {
        stream: u8,
        by_payer: bool,
    },
    Allow {
        who: u8,
        invoice: u8,
        part: u8,
    },
    Offer {
        who: u8,
        invoice: u8,
        part: u8,
        price: u8,
    },
    Buy {
        who: u8,
        offer: u8,
        part: u8,
    },
    CancelOffer {
        offer: u8,
    },
    /// Terms as nobody would write them; refused, or an invoice like any other.
    Create {
        terms: Box<<Terms as SorobanArbitrary>::Prototype>,
    },
    /// An amount at its edges, where a payment, a bid or a transfer of shares is expected.
    Edge {
        call: u8,
        invoice: u8,
        amount: i128,
    },
}
