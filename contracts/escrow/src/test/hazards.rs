//! Hazards that belong to no single room: lives of entries, hostile assets, what the specs allow in, what events look like.

use std::collections::{BTreeMap, BTreeSet};
use std::format;
use std::string::{String, ToString};

use soroban_sdk::testutils::{Events as _, IssuerFlags, MockAuth, MockAuthInvoke};
use soroban_sdk::xdr::{
    ContractDataDurability, ContractEventBody, LedgerKey, Limits, ScSpecEntry, ScSpecTypeDef,
    ScVal, WriteXdr,
};
use soroban_sdk::{contract, contractimpl, vec, Address, Env, IntoVal, MuxedAddress};

use super::stage::{wasm, Code, Stage, ADVANCE, CLAIM, DAY, FACE};
use crate::refused;
use crate::types::{Operation, Outcome, Roles};
use crate::EscrowContractClient;

const CONTRACTS: [&str; 3] = ["tenor_escrow", "tenor_token", "tenor_distributor"];

#[test]
fn h151_no_two_amounts_of_the_fixtures_are_alike() {
    let amounts = BTreeSet::from([ADVANCE, CLAIM, FACE]);
    assert_eq!(amounts.len(), 3);
    const { assert!(ADVANCE < CLAIM && CLAIM < FACE) };
}

/// h090: ninety days at least are left of everything that a payment and its page have touched, code included.
#[test]
fn h090_what_a_call_touches_lives_for_another_ninety_days() {
    let stage = Stage::on(Code::Wasm);
    let id = stage.funded(&stage.terms());
    stage.wait(40 * DAY);
    stage.pay(&stage.debtor, &id, FACE / 2, 1);
    let token = stage.shares(&id).address;
    let holders = soroban_sdk::Vec::from_slice(&stage.env, &stage.investors);
    stage.env.set_auths(&[]);
    stage.distributor.distribute(&token, &holders);
    let now = stage.env.ledger().sequence();
    let ours = [&stage.escrow.address, &stage.distributor.address, &token].map(Into::into);
    // Of our contracts only: the test host keeps code of its own for whoever signs.
    let codes = CONTRACTS.map(|name| {
        let code = soroban_sdk::Bytes::from_slice(&stage.env, &wasm(name));
        stage.env.crypto().sha256(&code).to_array()
    });
    let mut seen = 0;
    for (key, (_, until)) in stage.env.to_ledger_snapshot().ledger_entries {
        let is_ours = match &*key {
            LedgerKey::ContractData(data) => {
                let listed = matches!(&data.key, ScVal::Vec(Some(parts)) if matches!(&parts[0],
                    ScVal::Symbol(name) if ["Allowed", "Asset", "Debtor", "Seller"].contains(&name.to_string().as_str())));
                data.durability == ContractDataDurability::Persistent
                    && ours.contains(&data.contract)
                    && !listed
            }
            LedgerKey::ContractCode(code) => codes.contains(&code.hash.0),
            _ => false,
        };
        if is_ours {
            seen += 1;
            let left = until.expect("a life") - now;
            assert!(left >= 90 * 17_280, "{key:?} has {left} ledgers left");
        }
    }
    // Three instances, three codes, invoice, totals, three holders, account, two records.
    assert!(seen >= 14, "{seen}");
}

#[test]
fn h095_the_instance_is_as_large_after_a_dozen_invoices() {
    let stage = Stage::new();
    let size = || {
        let entries = stage.entries();
        let instance = entries.iter().find(|(key, _)| {
            matches!(key, LedgerKey::ContractData(data)
                if data.key == ScVal::LedgerKeyContractInstance && data.contract == (&stage.escrow.address).into())
        });
        let (_, entry) = instance.expect("an instance");
        entry.to_xdr(Limits::none()).expect("XDR").len()
    };
    let before = size();
    for n in 0..12 {
        let id = stage.create(n, &stage.terms());
        stage.attest(&id);
        stage.fund(&stage.investors[0], &id, ADVANCE);
    }
    assert_eq!(size(), before);
}

/// h116: a clawback empties the pot of all payouts in that asset. Every claim stays as it was, and is paid once the pot is
/// full again; meanwhile the books say more than the pot holds, which is what `tenor reconcile` compares.
#[test]
fn h116_a_clawback_leaves_every_claim_standing() {
    let stage = Stage::new();
    let flags = stage.asset_contract.issuer();
    flags.set_flag(IssuerFlags::RevocableFlag);
    flags.set_flag(IssuerFlags::ClawbackEnabledFlag);
    let id = stage.funded(&stage.terms());
    stage.pay(&stage.debtor, &id, FACE / 2, 1);
    let token = stage.shares(&id).address;
    let pot = &stage.distributor.address;
    let held = stage.held(pot);
    let owner = stage.issuer.admin();
    let asset = &stage.asset.address;
    stage.sign(&owner, asset, "clawback", (pot, held), &[]);
    stage.issuer.clawback(pot, &held);
    stage.env.set_auths(&[]);
    let holder = &stage.investors[0];
    let before = stage.entries();
    assert!(stage.distributor.try_claim(&token, holder).is_err());
    assert!(before == stage.entries());
    let page = vec![&stage.env, holder.clone()];
    let told = stage.distributor.distribute(&token, &page);
    assert_eq!((told.paid, told.deferred.len()), (0, 1));
    assert_eq!(stage.distributor.get_summary(&token).held, held);
    assert_eq!(stage.held(pot), 0);
    stage.give(pot, held);
    stage.env.set_auths(&[]);
    let paid = stage.distributor.claim(&token, holder);
    assert_eq!(stage.held(pot), held - paid);
}

/// h122: the issuer's balance is unlimited and transfers to it burn; as treasury it gets its fees and nobody else's.
#[test]
fn h122_the_issuer_as_treasury_breaks_no_sum() {
    let stage = Stage::new();
    let issuer = stage.asset_contract.issuer().address();
    let operation = Operation::SetRoles(Roles {
        treasury: issuer,
        ..stage.roles.clone()
    });
    let (admin, escrow) = (&stage.roles.admin, &stage.escrow.address);
    stage.sign(admin, escrow, "schedule", (operation.clone(),), &[]);
    stage.escrow.schedule(&operation);
    stage.wait(2 * DAY);
    stage.sign(admin, escrow, "execute", (operation.clone(),), &[]);
    stage.escrow.execute(&operation);
    let id = stage.funded(&stage.terms());
    assert_eq!(stage.held(escrow), 0);
    stage.wait_until(stage.escrow.get_escrow(&id).terms.due);
    let split = stage.pay(&stage.debtor, &id, FACE, 1);
    assert!(split.fee > 0);
    assert_eq!(stage.held(escrow), 0);
    assert_eq!(stage.held(&stage.distributor.address), split.to_holders);
}

/// h012: whoever is operator and debtor at once signs a credit note once.
#[test]
fn h012_one_signature_is_enough_of_somebody_who_is_both() {
    let stage = Stage::new();
    let id = stage.create(1, &stage.terms());
    let operator = &stage.roles.operator;
    let (key, mark) = (stage.bytes(1), stage.bytes(2));
    let args = (&id, operator, &key, &mark);
    stage.sign(operator, &stage.escrow.address, "attest", args, &[]);
    stage.escrow.attest(&id, operator, &key, &mark);
    stage.fund(&stage.investors[0], &id, ADVANCE);
    let args = (&id, 5i128);
    stage.sign(operator, &stage.escrow.address, "reduce_face", args, &[]);
    stage.escrow.reduce_face(&id, &5);
    assert_eq!(stage.escrow.get_escrow(&id).money.face, FACE - 5);
}

#[contract]
struct Hostile;

/// An asset that calls back into the escrow while it is being paid with.
#[contractimpl]
impl Hostile {
    pub fn __constructor(env: Env, escrow: Address) {
        env.storage().instance().set(&0u32, &escrow);
    }

    pub fn decimals(_env: Env) -> u32 {
        7
    }

    pub fn transfer(env: Env, from: Address, _to: MuxedAddress, _amount: i128) {
        let escrow: Address = env.storage().instance().get(&0u32).expect("set");
        EscrowContractClient::new(&env, &escrow)
            .withdraw_owed(&from, &env.current_contract_address());
    }
}

#[test]
fn h037_h138_a_callback_fails_and_leaves_nothing_changed() {
    let stage = Stage::new();
    let hostile = stage.env.register(Hostile, (stage.escrow.address.clone(),));
    stage.set_asset(&hostile, true);
    let terms = crate::types::Terms {
        asset: hostile.clone(),
        ..stage.terms()
    };
    let id = stage.listed(&terms);
    let investor = &stage.investors[0];
    let hash = stage.hash(&id);
    stage.env.mock_auths(&[MockAuth {
        address: investor,
        invoke: &MockAuthInvoke {
            contract: &stage.escrow.address,
            fn_name: "fund_escrow",
            args: (investor, &id, ADVANCE, 1i128, &hash).into_val(&stage.env),
            sub_invokes: &[],
        },
    }]);
    let before = stage.entries();
    assert!(stage
        .escrow
        .try_fund_escrow(investor, &id, &ADVANCE, &1, &hash)
        .is_err());
    assert!(before == stage.entries());
}

/// h146: a holder who is deferred has no event of a payment.
#[test]
fn h146_a_deferred_holder_has_no_payment_event() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.pay(&stage.debtor, &id, FACE / 2, 1);
    let token = stage.shares(&id).address;
    let [frozen, paid, _] = &stage.investors;
    stage.freeze(frozen, true);
    stage.env.set_auths(&[]);
    let page = vec![&stage.env, frozen.clone(), paid.clone()];
    stage.distributor.distribute(&token, &page);
    let events = format!("{:?}", stage.env.events().all().events());
    let names =
        |who: &Address| events.contains(&format!("{:?}", soroban_sdk::xdr::ScAddress::from(who)));
    assert!(names(paid) && !names(frozen));
}

fn specs() -> impl Iterator<Item = (&'static str, ScSpecEntry)> {
    CONTRACTS.into_iter().flat_map(|name| {
        let entries = soroban_spec::read::from_wasm(&wasm(name)).expect("a spec");
        entries.into_iter().map(move |entry| (name, entry))
    })
}

/// h147: nowhere on chain is there room for a name, an address or a reason in words.
#[test]
fn h147_no_entry_point_takes_free_text_but_the_tokens_constructor() {
    for (contract, entry) in specs() {
        if let ScSpecEntry::FunctionV0(function) = entry {
            for input in function.inputs.iter() {
                let free = matches!(
                    input.type_,
                    ScSpecTypeDef::String | ScSpecTypeDef::Symbol | ScSpecTypeDef::Bytes
                );
                assert!(!free, "{contract} {}", *function.name);
            }
        }
    }
    let holds_text = |entry: &ScSpecEntry| match entry {
        ScSpecEntry::UdtStructV0(kind) => {
            let text = kind
                .fields
                .iter()
                .any(|field| field.type_ == ScSpecTypeDef::String);
            text.then(|| kind.name.to_string())
        }
        _ => None,
    };
    let found: BTreeSet<String> = specs()
        .filter_map(|(_, entry)| holds_text(&entry))
        .collect();
    assert_eq!(found, BTreeSet::from(["ShareMetadata".to_string()]));
}

/// h136 (GP15): a megabyte of linear memory would cost every instantiation more than 100,000 instructions.
#[test]
fn h136_a_small_stack_saves_a_hundred_thousand_instructions() {
    let small = wasm("tenor_distributor");
    let at = small
        .windows(5)
        .position(|bytes| bytes == [5, 3, 1, 0, 1])
        .expect("a memory section of one page");
    let mut large = small.clone();
    large[at + 4] = 17;
    let cost = |code: &[u8]| {
        let stage = Stage::new();
        let contract = stage.env.register(code, (&stage.escrow.address,));
        let client = tenor_distributor::DistributorClient::new(&stage.env, &contract);
        assert_eq!(client.get_payment(&contract, &stage.bytes(1)), None);
        stage.env.cost_estimate().resources().instructions
    };
    let (small, large) = (cost(&small), cost(&large));
    assert!(large - small >= 100_000, "{small} and {large}");
}

/// The events of a whole life by name, as they lie on the ledger: topics, then fields with their types.
fn shapes(stage: &Stage, found: &mut BTreeMap<String, String>) {
    for event in stage.env.events().all().events() {
        let ContractEventBody::V0(body) = &event.body;
        let ScVal::Symbol(name) = &body.topics[0] else {
            panic!("a first topic that is no name")
        };
        let topics = body.topics.iter().skip(1).map(kind);
        let topics = topics.collect::<std::vec::Vec<_>>().join(", ");
        let line = format!("[{topics}] {}", kind(&body.data));
        found.insert(name.to_string(), line);
    }
}

fn kind(value: &ScVal) -> String {
    match value {
        ScVal::Map(Some(map)) => {
            let field = |entry: &soroban_sdk::xdr::ScMapEntry| {
                let ScVal::Symbol(name) = &entry.key else {
                    panic!("a key that is no name")
                };
                format!("{}: {}", **name, kind(&entry.val))
            };
            let fields: std::vec::Vec<String> = map.iter().map(field).collect();
            format!("{{{}}}", fields.join(", "))
        }
        ScVal::Vec(Some(parts)) => {
            let parts: std::vec::Vec<String> = parts.iter().map(kind).collect();
            format!("({})", parts.join(", "))
        }
        other => other.name().to_lowercase(),
    }
}

/// h143: another SDK that encodes events otherwise changes this table. h141: every event is one of the specs'.
#[test]
fn h141_h143_events_look_as_committed() {
    let stage = Stage::on(Code::Wasm);
    let mut found = BTreeMap::new();
    macro_rules! note {
        ($call:expr) => {{
            let answer = $call;
            shapes(&stage, &mut found);
            answer
        }};
    }
    let terms = stage.terms();
    note!(stage.set_allowed(&stage.stranger, true));
    note!(stage.set_asset(&stage.stranger, true));
    let id = note!(stage.create(1, &terms));
    note!(stage.attest(&id));
    let debtor = &stage.debtor;
    stage.sign(debtor, &stage.escrow.address, "acknowledge", (&id,), &[]);
    note!(stage.escrow.acknowledge(&id));
    let hash = stage.hash(&id);
    stage.sign_fund(&stage.investors[0], &id, ADVANCE, 1);
    note!(stage
        .escrow
        .fund_escrow(&stage.investors[0], &id, &ADVANCE, &1, &hash));
    note!(stage.dispute(&id));
    note!(stage.resolve(&id, Outcome::Upheld(5)));
    note!(stage.pay(debtor, &id, FACE / 2, 1));
    let shares = stage.shares(&id);
    let holder = &stage.investors[0];
    stage.env.set_auths(&[]);
    note!(stage.distributor.claim(&shares.address, holder));
    note!(stage.pay(debtor, &id, FACE - 5 - FACE / 2, 2));
    stage.env.set_auths(&[]);
    let page = vec![&stage.env, holder.clone()];
    note!(stage.distributor.distribute(&shares.address, &page));
    let args = (holder, debtor, 5i128);
    stage.sign(holder, &shares.address, "transfer", args, &[]);
    note!(shares.transfer(holder, debtor, &5));
    let other = note!(stage.create(2, &terms));
    stage.attest(&other);
    stage.fund(holder, &other, ADVANCE / 2);
    let admin = &stage.roles.admin;
    let args = (admin, &other);
    stage.sign(admin, &stage.escrow.address, "cancel_escrow", args, &[]);
    note!(stage.escrow.cancel_escrow(admin, &other));
    note!(stage.escrow.refund(holder, &other));

    let mut known = BTreeSet::new();
    for (_, entry) in specs() {
        if let ScSpecEntry::EventV0(event) = entry {
            known.insert(event.prefix_topics[0].to_string());
        }
    }
    let strange: std::vec::Vec<_> = found.keys().filter(|name| !known.contains(*name)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    let mut text = String::from(
        "# Events on the ledger\n\nFirst topic, further topics, data, by soroban-sdk 28.0.0. A value that is absent is not in its map.\n\n",
    );
    for (name, line) in &found {
        text += &format!("- `{name}` {line}\n");
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../EVENTS.md");
    if std::env::var_os("WRITE_DOCUMENTS").is_some() {
        std::fs::write(file, &text).expect("a file");
    }
    let committed = std::fs::read_to_string(file).expect("EVENTS.md");
    assert_eq!(committed, text, "write it anew with WRITE_DOCUMENTS=1");
}

#[test]
fn h015_a_fee_recipient_is_named_by_governance_only() {
    for (contract, entry) in specs() {
        if let ScSpecEntry::FunctionV0(function) = entry {
            let names = function.inputs.iter().map(|input| input.name.to_string());
            for name in names {
                assert!(
                    !["treasury", "fee_to", "collector"].contains(&name.as_str()),
                    "{contract} {}",
                    *function.name
                );
            }
        }
    }
    // The treasury of an invoice is the one of its creation, whatever is configured later (h076).
    let stage = Stage::new();
    let id = stage.create(1, &stage.terms());
    assert_eq!(stage.escrow.get_escrow(&id).treasury, stage.roles.treasury);
    refused!(
        stage,
        stage.escrow.try_declare_default(&id),
        crate::EscrowError::NotDefaultable
    );
}
