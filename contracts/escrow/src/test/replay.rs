//! The state of all contracts, rebuilt from their events alone (h139). Never asks a contract anything.

use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::vec::Vec as List;

use soroban_sdk::testutils::Events as _;
use soroban_sdk::xdr::{ContractEventBody, ContractId, Int128Parts, ScAddress, ScVal};
use soroban_sdk::{Address, BytesN};

use super::stage::Stage;

/// What the events say about one invoice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Invoice {
    pub token: Option<ScAddress>,
    pub status: u32,
    pub funded: i128,
    pub refunded: i128,
    pub received: i128,
    pub holders_gross: i128,
    pub fee_taken: i128,
    pub earned: i128,
    pub late: i128,
    pub checkpoint_at: u64,
    pub face: i128,
    pub recourse_paid: i128,
    pub disputed_seconds: u64,
    pub dispute_used: u64,
    pub dispute_from: u64,
    pub dispute_until: u64,
    pub supply: i128,
    pub index: i128,
    pub shares: BTreeMap<ScAddress, i128>,
    pub deposited: i128,
    pub paid: i128,
}

#[derive(Default)]
pub struct Replay {
    pub invoices: BTreeMap<[u8; 32], Invoice>,
    pub owed: BTreeMap<ScAddress, i128>,
    /// What counts towards the debtor's and the seller's limit; all invoices here have the same two.
    pub exposed: [i128; 2],
}

struct Event {
    contract: ContractId,
    topics: List<ScVal>,
    data: ScVal,
}

impl Replay {
    /// Takes in the events of the last call.
    pub fn follow(&mut self, stage: &Stage) {
        let events = stage.env.events().all();
        for event in events.events() {
            let ContractEventBody::V0(body) = &event.body;
            let contract = event.contract_id.clone().expect("a contract's event");
            let event = Event {
                contract,
                topics: body.topics.to_vec(),
                data: body.data.clone(),
            };
            self.apply(stage, &event);
        }
    }

    pub fn invoice(&self, id: &BytesN<32>) -> Invoice {
        self.invoices
            .get(&id.to_array())
            .cloned()
            .unwrap_or_default()
    }

    fn apply(&mut self, stage: &Stage, event: &Event) {
        let name = event.name();
        if event.is_from(&stage.escrow.address) {
            return self.apply_escrow(&name, event);
        }
        if event.is_from(&stage.distributor.address) {
            let token = event.address(1);
            let found = self
                .invoices
                .values_mut()
                .find(|invoice| invoice.token.as_ref() == Some(&token));
            return apply_payout(&name, event, found.expect("a registered token"));
        }
        // h144: a share event counts only from the token that the escrow named.
        let from = ScAddress::Contract(event.contract.clone());
        if name.starts_with("tenor_") {
            let invoice = self.invoices.get_mut(&event.id()).expect("a known invoice");
            assert_eq!(invoice.token, Some(from));
            apply_shares(&name, event, invoice);
        }
    }

    fn apply_escrow(&mut self, name: &str, event: &Event) {
        if name == "owed_changed" {
            assert_eq!(
                self.owed.get(&event.address(1)).copied().unwrap_or(0),
                event.units("before")
            );
            self.owed.insert(event.address(1), event.units("after"));
            return;
        }
        if name == "exposure_changed" {
            let [before, after] = ["before", "after"].map(|when| {
                ["debtor", "seller"].map(|who| event.units(&std::format!("{who}_{when}")))
            });
            assert_eq!(self.exposed, before);
            self.exposed = after;
            let ScVal::U32(status) = event.field("status") else {
                panic!("a status is a number")
            };
            let invoice = self.invoices.entry(event.id()).or_default();
            invoice.status = status;
            return;
        }
        let about_invoices = ["invoice_", "payment_", "dispute_", "face_"];
        if !about_invoices.iter().any(|start| name.starts_with(start)) {
            return;
        }
        let invoice = self.invoices.entry(event.id()).or_default();
        match name {
            "invoice_created" => {
                invoice.token = Some(event.field_address("token"));
                invoice.face = units(&within(&event.field("terms"), "face"));
            }
            "dispute_opened" => {
                invoice.dispute_from = event.seconds("opened_at");
                invoice.dispute_until = event.seconds("lapses_at");
            }
            "dispute_resolved" => {
                invoice.disputed_seconds = event.seconds("disputed_seconds");
                invoice.dispute_used = event.seconds("dispute_used");
                (invoice.dispute_from, invoice.dispute_until) = (0, 0);
            }
            "face_reduced" => {
                assert_eq!(invoice.face, event.units("face_before"));
                invoice.face = event.units("face_after");
            }
            "invoice_funded" => {
                assert_eq!(invoice.funded, event.units("funded_before"));
                invoice.funded = event.units("funded_after");
            }
            "invoice_released" => {
                invoice.status = 1;
                invoice.earned = event.units("earned");
                invoice.checkpoint_at = event.seconds("funded_at");
            }
            "invoice_cancelled" => invoice.status = 3,
            "invoice_defaulted" => invoice.status = 5,
            "invoice_settled" => invoice.status = 2,
            "invoice_refunded" => {
                assert_eq!(invoice.refunded, event.units("refunded_before"));
                invoice.refunded = event.units("refunded_after");
            }
            "payment_recorded" => {
                assert_eq!(invoice.received, event.units("received_before"));
                assert_eq!(invoice.holders_gross, event.units("holders_gross_before"));
                invoice.received = event.units("received_after");
                invoice.holders_gross = event.units("holders_gross_after");
                invoice.fee_taken = event.units("fee_taken");
                invoice.earned = event.units("earned");
                invoice.late = event.units("late");
                invoice.checkpoint_at = event.seconds("checkpoint_at");
                invoice.recourse_paid = event.units("recourse_paid");
            }
            "invoice_attested" | "invoice_acknowledged" => (),
            other => panic!("the replay does not know {other}"),
        }
    }
}

fn apply_shares(name: &str, event: &Event, invoice: &mut Invoice) {
    match name {
        "tenor_shares" => {
            for (side, balance) in [("from", "from_balance"), ("to", "to_balance")] {
                if let ScVal::Address(holder) = event.field(side) {
                    invoice.shares.insert(holder, event.units(balance));
                }
            }
            invoice.supply = event.units("supply");
        }
        "tenor_accrued" => {
            assert_eq!(invoice.index, event.units("index_before"));
            invoice.index = event.units("index");
        }
        "tenor_unlocked" => assert_eq!(invoice.supply, event.units("supply")),
        other => panic!("the replay does not know {other}"),
    }
}

fn apply_payout(name: &str, event: &Event, invoice: &mut Invoice) {
    match name {
        "payout_deposited" => {
            assert_eq!(invoice.deposited, event.units("received_before"));
            invoice.deposited = event.units("received_after");
        }
        "payout_claimed" | "payout_paged" => {
            assert_eq!(invoice.paid, event.units("paid_before"));
            invoice.paid = event.units("paid_after");
        }
        "token_registered" => (),
        other => panic!("the replay does not know {other}"),
    }
}

impl Event {
    fn is_from(&self, contract: &Address) -> bool {
        ScAddress::Contract(self.contract.clone()) == ScAddress::from(contract)
    }

    fn name(&self) -> String {
        match &self.topics[0] {
            ScVal::Symbol(name) => name.to_string(),
            other => panic!("a topic that is no name: {other:?}"),
        }
    }

    fn id(&self) -> [u8; 32] {
        match &self.topics[1] {
            ScVal::Bytes(id) => id.as_slice().try_into().expect("32 bytes"),
            other => panic!("a topic that is no invoice: {other:?}"),
        }
    }

    fn address(&self, place: usize) -> ScAddress {
        match &self.topics[place] {
            ScVal::Address(address) => address.clone(),
            other => panic!("a topic that is no address: {other:?}"),
        }
    }

    fn field(&self, name: &str) -> ScVal {
        within(&self.data, name)
    }

    fn field_address(&self, name: &str) -> ScAddress {
        match self.field(name) {
            ScVal::Address(address) => address,
            other => panic!("{name} is no address: {other:?}"),
        }
    }

    fn units(&self, name: &str) -> i128 {
        units(&self.field(name))
    }

    fn seconds(&self, name: &str) -> u64 {
        match self.field(name) {
            ScVal::U64(seconds) => seconds,
            other => panic!("{name} is no time: {other:?}"),
        }
    }
}

fn within(map: &ScVal, name: &str) -> ScVal {
    let ScVal::Map(Some(map)) = map else {
        panic!("{name} is looked for in what is no map")
    };
    let found = map.iter().find(
        |entry| matches!(&entry.key, ScVal::Symbol(key) if key.0.as_slice() == name.as_bytes()),
    );
    found.map_or(ScVal::Void, |entry| entry.val.clone())
}

fn units(value: &ScVal) -> i128 {
    match value {
        ScVal::I128(Int128Parts { hi, lo }) => i128::from(*hi) << 64 | i128::from(*lo),
        other => panic!("no amount: {other:?}"),
    }
}
