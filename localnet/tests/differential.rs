//! The same calls, on the same state, in soroban-sdk's test host and in a network here. Results, events, entries and
//! times to live must be equal; resource figures are held in `differential.txt`, both columns, so that neither moves
//! unseen. Why they differ where they do stands in CONFORMANCE.md. `WRITE_FIGURES=1` writes the file again.

mod network;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::rc::Rc;

use network::{account, asset, call, contract, create, give, id, key, on_a_deep_stack, symbol, KEEPER};
use soroban_env_host::storage::{EntryWithLiveUntil, SnapshotSource};
use soroban_env_host::{HostError, LedgerInfo};
use soroban_sdk::testutils::SnapshotSourceInput;
use soroban_sdk::Env;
use stellar_xdr::*;
use tenor_localnet::friendbot::{self, deploy_asset, units};
use tenor_localnet::host::simulate::AuthMode;
use tenor_localnet::node::Node;
use tenor_localnet::settings::{Preset, TxLimits, BASE_RESERVE_STROOPS, PROTOCOL};
use tenor_localnet::{codec, keys};

const FIGURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential.txt");
const WIDTH: usize = 32;

#[test]
fn the_test_host_and_the_network_agree() {
    on_a_deep_stack(|| {
        let mut both = Both { node: network::start(Preset::Mainnet), told: String::new() };
        let head = ["instructions", "disk entries", "disk bytes", "entries written", "bytes written", "event bytes"];
        let head: Vec<String> = head.iter().map(|name| format!("{name:>WIDTH$}")).collect();
        writeln!(both.told, "{:28}{}", "network / test host", head.concat()).unwrap();
        script(&mut both);
        if std::env::var_os("WRITE_FIGURES").is_some() {
            std::fs::write(FIGURES, &both.told).unwrap();
        }
        let recorded = std::fs::read_to_string(Path::new(FIGURES)).unwrap_or_default();
        assert_eq!(both.told, recorded, "the figures moved; WRITE_FIGURES=1 writes them again");
    });
}

fn script(both: &mut Both) {
    let (owner, other, issuer) = (id(&key(1)), id(&key(2)), id(&key(3)));
    for person in [&owner, &other, &issuer] {
        give(&mut both.node, person, "native", "1000");
    }
    let wasm_hash = codec::sha256(KEEPER);
    both.call("upload", HostFunction::UploadContractWasm(KEEPER.to_vec().try_into().unwrap()), &owner);
    let created = both.call("create", create(&owner, 7, wasm_hash), &owner).unwrap();
    let ScVal::Address(ScAddress::Contract(keeper)) = created else { panic!("{created:?}") };
    let put = |name: &str, value| call(&keeper, "put", vec![account(&owner), symbol(name), ScVal::U32(value)]);
    both.call("put, a new entry", put("k", 1), &owner);
    both.call("put, another value", put("k", 2), &owner);
    assert_eq!(both.call("get", call(&keeper, "get", vec![symbol("k")]), &other), Some(ScVal::U32(2)));
    assert_eq!(both.call("get what is not there", call(&keeper, "get", vec![symbol("none")]), &other), None);
    both.call("brief, a temporary entry", call(&keeper, "brief", vec![symbol("t"), ScVal::U32(9)]), &other);
    assert_eq!(both.call("trap", call(&keeper, "trap", vec![]), &other), None);
    assert_eq!(both.call("no such function", call(&keeper, "none", vec![]), &other), None);
    both.archive(&keeper, symbol("k"));
    both.call("put, an archived entry", put("k", 3), &owner);
    both.node.advance(3_000_000).unwrap();
    both.call("get, all archived", call(&keeper, "get", vec![symbol("k")]), &other);
    assets(both, &owner, &other, &issuer, &keeper);
}

fn assets(both: &mut Both, owner: &AccountId, other: &AccountId, issuer: &AccountId, keeper: &ContractId) {
    let gold = asset("GOLD", issuer);
    let token = keys::asset_contract(both.node.network_id, &gold);
    give(&mut both.node, owner, &format!("GOLD:{issuer}"), "5");
    give(&mut both.node, other, &format!("GOLD:{issuer}"), "5");
    both.call("deploy an asset", deploy_asset(&gold), owner);
    both.call("mint to an account", call(&token, "mint", vec![account(owner), units(70)]), issuer);
    both.call("mint to a contract", call(&token, "mint", vec![contract(keeper), units(80)]), issuer);
    let transfer = |to, amount| call(&token, "transfer", vec![account(owner), to, units(amount)]);
    both.call("transfer to an account", transfer(account(other), 1), owner);
    both.call("transfer to a contract", transfer(contract(keeper), 2), owner);
    assert_eq!(both.call("transfer too much", transfer(account(other), i64::MAX), owner), None);
    let balance = both.call("balance", call(&token, "balance", vec![account(owner)]), other);
    assert_eq!(balance, Some(units(50_000_067)));
    both.call("approve", call(&token, "approve", approval(owner, other, both)), owner);
    let spend = vec![account(other), account(owner), contract(keeper), units(4)];
    both.call("transfer by allowance", call(&token, "transfer_from", spend), other);
    both.call("burn", call(&token, "burn", vec![account(owner), units(5)]), owner);
    assert_eq!(
        both.call("clawback not allowed", call(&token, "clawback", vec![account(owner), units(1)]), issuer),
        None
    );
    both.call("name", call(&token, "name", vec![]), other);
    let native = keys::asset_contract(both.node.network_id, &Asset::Native);
    let lumens = vec![account(owner), account(other), units(10_000_000)];
    both.call("transfer lumens", call(&native, "transfer", lumens), owner);
}

fn approval(owner: &AccountId, spender: &AccountId, both: &Both) -> Vec<ScVal> {
    let until = both.node.history.latest().seq() + 1_000;
    vec![account(owner), account(spender), units(9), ScVal::U32(until)]
}

struct Both {
    node: Node,
    told: String,
}

/// Content and live-until, of an entry that is there.
type Held = Option<(LedgerEntryData, Option<u32>)>;

/// What a call did, by either of the two.
#[derive(Debug, PartialEq)]
struct Done {
    value: ScVal,
    events: Vec<ContractEvent>,
    /// Key, content and live-until of everything in the footprint.
    entries: Vec<(LedgerKey, Held)>,
}

impl Both {
    /// Simulated and applied here, invoked there; `None` when both refuse with the same error.
    fn call(&mut self, name: &str, function: HostFunction, caller: &AccountId) -> Option<ScVal> {
        let op = InvokeHostFunctionOp { host_function: function.clone(), auth: VecM::default() };
        let mode = AuthMode::Record { root_only: true, address_v2: true };
        // The test host is asked about the ledger that the call is applied in, so the trial must be, too.
        self.node.close();
        let (state, now) = (&self.node.state, self.node.latest_moment());
        let trial = self.node.engine.simulate_call(state, &now, &op, caller, mode, 0);
        let before = Source(
            state.borrow().iter().map(|(k, s)| (k.clone(), (s.entry.clone(), s.ttl.map(|t| t.live_until)))).collect(),
        );
        if let Some(error) = trial.error {
            let env = test_host(before, &self.node, now.seq, now.close_time, caller);
            let refused = env.host().invoke_function(function).expect_err(name);
            let theirs = format!("HostError: {:?}", refused.error);
            assert!(error.starts_with(&theirs), "{name}: {error} against {theirs}");
            writeln!(self.told, "{name:28}{}", theirs).unwrap();
            return None;
        }
        let mut frame = friendbot::call(&self.node, function.clone(), caller).expect(name);
        frame.is_unsigned = true;
        let hash = frame.hash;
        drop(self.node.run_errand(frame));
        self.node.close();
        let (ledger, at) = self.node.history.find(&hash).expect("it is in the ledger");
        let meta = ledger.txs[at].meta_v4().expect("meta V4");
        assert!(ledger.txs[at].success, "{name}: {:?}", codec::own::<TransactionResult>(&ledger.txs[at].result).result);
        let env = test_host(before, &self.node, ledger.seq(), ledger.close_time(), caller);
        let value = env.host().invoke_function(function).expect(name);
        let resources = &trial.data.as_ref().expect("a success has data").resources;
        let footprint = &resources.footprint;
        let touched: BTreeSet<LedgerKey> =
            footprint.read_only.iter().chain(footprint.read_write.iter()).cloned().collect();
        let theirs = Done { value, events: events_of(&env), entries: stored(&env, &touched) };
        let ours = Done {
            value: meta.soroban_meta.and_then(|m| m.return_value).unwrap_or(ScVal::Void),
            events: meta.operations[0].events.to_vec(),
            entries: touched.iter().map(|key| (key.clone(), self.entry(key))).collect(),
        };
        assert_eq!(ours, theirs, "{name}");
        self.figures(name, trial.data.as_ref().expect("a success has data"), &env, &ours);
        Some(ours.value)
    }

    fn entry(&self, key: &LedgerKey) -> Held {
        let state = self.node.state.borrow();
        state.get(key).map(|slot| (slot.entry.data.clone(), slot.ttl.map(|ttl| ttl.live_until)))
    }

    fn archive(&mut self, contract: &ContractId, name: ScVal) {
        let key = LedgerKey::ContractData(LedgerKeyContractData {
            contract: ScAddress::Contract(contract.clone()),
            key: name,
            durability: ContractDataDurability::Persistent,
        });
        self.node.archive(&key).unwrap();
    }

    fn figures(&mut self, name: &str, data: &SorobanTransactionData, env: &Env, done: &Done) {
        let theirs = env.cost_estimate().resources();
        let ours = &data.resources;
        let archived = match &data.ext {
            SorobanTransactionDataExt::V1(ext) => ext.archived_soroban_entries.len(),
            SorobanTransactionDataExt::V0 => 0,
        };
        let keys = || ours.footprint.read_only.iter().chain(ours.footprint.read_write.iter());
        let disk_entries = keys().filter(|key| !keys::has_ttl(key)).count() + archived;
        let event_bytes: usize = done.events.iter().map(|event| codec::xdr(event).len()).sum();
        let pairs = [
            (i64::from(ours.instructions), theirs.instructions),
            (disk_entries as i64, i64::from(theirs.disk_read_entries)),
            (i64::from(ours.disk_read_bytes), i64::from(theirs.disk_read_bytes)),
            (ours.footprint.read_write.len() as i64, i64::from(theirs.write_entries)),
            (i64::from(ours.write_bytes), i64::from(theirs.write_bytes)),
            (event_bytes as i64, i64::from(theirs.contract_events_size_bytes)),
        ];
        let cells: Vec<String> = pairs.iter().map(|(a, b)| format!("{:>WIDTH$}", format!("{a} / {b}"))).collect();
        writeln!(self.told, "{name:28}{}", cells.concat()).unwrap();
    }
}

/// soroban-sdk's test environment over a network's state, where everybody signs everything.
fn test_host(before: Source, node: &Node, seq: u32, close_time: u64, caller: &AccountId) -> Env {
    let limits = TxLimits::from_entries(&Preset::Mainnet.entries());
    let env = Env::from_ledger_snapshot(SnapshotSourceInput {
        source: Rc::new(before),
        ledger_info: Some(LedgerInfo {
            protocol_version: PROTOCOL,
            sequence_number: seq,
            timestamp: close_time,
            network_id: node.network_id,
            base_reserve: BASE_RESERVE_STROOPS,
            min_temp_entry_ttl: limits.min_temporary_ttl,
            min_persistent_entry_ttl: limits.min_persistent_ttl,
            max_entry_ttl: limits.max_ttl,
        }),
        snapshot: None,
    });
    env.host().set_source_account(caller.clone()).unwrap();
    env.mock_all_auths();
    env
}

fn events_of(env: &Env) -> Vec<ContractEvent> {
    let all = env.host().get_events().unwrap().0.into_iter();
    all.filter(|e| !e.failed_call && e.event.type_ == ContractEventType::Contract).map(|e| e.event).collect()
}

fn stored(env: &Env, keys: &BTreeSet<LedgerKey>) -> Vec<(LedgerKey, Held)> {
    let all = env.host().get_stored_entries().unwrap();
    let find = |key: &LedgerKey| {
        let found = all.iter().find(|(stored, _)| stored.as_ref() == key);
        found.and_then(|(_, entry)| entry.as_ref().map(|(entry, live_until)| (entry.data.clone(), *live_until)))
    };
    keys.iter().map(|key| (key.clone(), find(key))).collect()
}

struct Source(std::collections::BTreeMap<Rc<LedgerKey>, EntryWithLiveUntil>);

impl SnapshotSource for Source {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        Ok(self.0.get(key).cloned())
    }
}
