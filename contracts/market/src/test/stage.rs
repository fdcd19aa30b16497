//! A funded invoice whose holders trade, on a ledger with the public network's limits.

use soroban_sdk::testutils::{Address as _, MockAuthInvoke};
use soroban_sdk::{Address, BytesN, IntoVal, Val, Vec};
use tenor_stage::{sign, wasm, Code, Set, DAY, PURSE};
use tenor_token::TokenClient as ShareTokenClient;

use crate::types::Ask;
use crate::{Market, MarketClient};

/// Ledgers that an allowance lasts here: 30 days.
const ALLOWED_LEDGERS: u32 = 30 * 17_280;

pub struct Stage {
    pub set: Set,
    pub market: MarketClient<'static>,
    pub invoice: BytesN<32>,
    pub shares: ShareTokenClient<'static>,
    /// Holds half of the shares.
    pub seller: Address,
    /// Holds none, and has money.
    pub buyer: Address,
}

impl Stage {
    pub fn new() -> Stage {
        Stage::on(Code::Native)
    }

    pub fn on(code: Code) -> Stage {
        let set = Set::new(code);
        let invoice = set.funded(1, &set.terms());
        Stage::about(set, invoice, code)
    }

    pub fn about(set: Set, invoice: BytesN<32>, code: Code) -> Stage {
        let escrow = (set.escrow.address.clone(),);
        let at = match code {
            Code::Native => set.env.register(Market, escrow),
            Code::Wasm => set.env.register(wasm("tenor_market").as_slice(), escrow),
        };
        let buyer = Address::generate(&set.env);
        set.asset.give(&buyer, PURSE);
        Stage {
            market: MarketClient::new(&set.env, &at),
            shares: set.shares(&invoice),
            seller: set.investors[0].clone(),
            invoice,
            buyer,
            set,
        }
    }

    pub fn ask(&self, shares: i128, price: i128) -> Ask {
        Ask {
            invoice_id: self.invoice.clone(),
            shares,
            price,
            asset: self.set.asset.at.clone(),
            expires: self.set.now() + 10 * DAY,
            buyer: None,
        }
    }

    pub fn sign<A: IntoVal<soroban_sdk::Env, Vec<Val>>>(&self, who: &Address, name: &str, args: A) {
        sign(&self.set.env, who, &self.market.address, name, args, &[]);
    }

    /// The holder lets the market move up to `units` shares.
    pub fn allow(&self, holder: &Address, units: i128) {
        let until = self.set.env.ledger().sequence() + ALLOWED_LEDGERS;
        let (token, spender) = (&self.shares.address, &self.market.address);
        let args = (holder, spender, units, until);
        sign(&self.set.env, holder, token, "approve", args, &[]);
        self.shares.approve(holder, spender, &units, &until);
    }

    pub fn sign_offer(&self, seller: &Address, reference: u8, ask: &Ask) {
        let args = (seller, self.set.bytes(reference), ask.clone());
        self.sign(seller, "offer", args);
    }

    pub fn offer(&self, seller: &Address, reference: u8, ask: &Ask) -> BytesN<32> {
        self.sign_offer(seller, reference, ask);
        let reference = self.set.bytes(reference);
        self.market.offer(seller, &reference, ask)
    }

    /// Everything that a buyer signs: the call, and one transfer of the price to the seller.
    pub fn sign_buy(
        &self,
        buyer: &Address,
        (seller, offer): (&Address, &BytesN<32>),
        (shares, max, price): (i128, i128, i128),
    ) {
        let transfer = MockAuthInvoke {
            contract: &self.set.asset.at,
            fn_name: "transfer",
            args: (buyer, seller, price).into_val(&self.set.env),
            sub_invokes: &[],
        };
        let args = (buyer, offer, shares, max);
        sign(
            &self.set.env,
            buyer,
            &self.market.address,
            "buy",
            args,
            &[transfer],
        );
    }

    pub fn buy(&self, buyer: &Address, offer: &BytesN<32>, shares: i128) -> i128 {
        let price = self.market.price_of(offer, &shares);
        let seller = self.market.get_offer(offer).seller;
        self.sign_buy(buyer, (&seller, offer), (shares, price, price));
        self.market.buy(buyer, offer, &shares, &price)
    }

    /// Shares and money of somebody.
    pub fn has(&self, who: &Address) -> (i128, i128) {
        (self.shares.balance(who), self.set.asset.held(who))
    }
}
