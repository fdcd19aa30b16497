//! What is done with arbitrary bytes: read as a request, or as the choices that make up a transaction. The smoke test and
//! the fuzz targets share it. After each, the network must stand as a network does.

mod choices;

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use serde_json::{json, Value};
use stellar_xdr::*;
use tenor_localnet::friendbot::deploy_asset;
use tenor_localnet::genesis::TOTAL_STROOPS;
use tenor_localnet::node::Node;
use tenor_localnet::rpc::{self, Context, METHODS};
use tenor_localnet::settings::Preset;
use tenor_localnet::{codec, friendbot, keys};

use crate::network::{self, asset, create, give, id, key, symbol, KEEPER};
pub use choices::Choices;

/// A network is founded anew after so many transactions, so that memory stays bounded and findings are near.
const TRANSACTIONS: u32 = 250;
/// How often the whole log is read back.
const REPLAY_EVERY: u32 = 125;

pub struct Arena {
    pub node: Node,
    pub actors: Vec<SigningKey>,
    pub assets: Vec<Asset>,
    pub contracts: Vec<ContractId>,
    twin: Option<Node>,
    applied: u32,
    /// What became of transactions, by the name of their result.
    pub outcomes: BTreeMap<String, u32>,
}

impl Arena {
    /// Four accounts, an asset with its contract, and a contract with some data.
    pub fn new() -> Arena {
        let mut node = network::start(Preset::Mainnet);
        let actors: Vec<SigningKey> = (1..=4).map(key).collect();
        let issuer = id(&actors[0]);
        let owner = id(&actors[1]);
        for actor in &actors {
            give(&mut node, id(actor), "native", "10000");
        }
        let gold = asset("GOLD", &issuer);
        for actor in &actors[1..3] {
            give(&mut node, id(actor), &format!("GOLD:{issuer}"), "1000");
        }
        let wasm = HostFunction::UploadContractWasm(KEEPER.to_vec().try_into().unwrap());
        for function in [deploy_asset(&gold), wasm, create(&owner, 1, codec::sha256(KEEPER))] {
            let mut frame = friendbot::call(&node, function, &owner).expect("a call that works");
            frame.is_unsigned = true;
            drop(node.run_errand(frame));
            node.close();
        }
        let preimage = ContractIdPreimage::Address(ContractIdPreimageFromAddress {
            address: ScAddress::Account(owner),
            salt: Uint256([1; 32]),
        });
        let keeper = HashIdPreimage::ContractId(HashIdPreimageContractId {
            network_id: Hash(node.network_id),
            contract_id_preimage: preimage,
        });
        let keeper = ContractId(Hash(codec::sha256(codec::xdr(&keeper))));
        let contracts = vec![
            keeper,
            keys::asset_contract(node.network_id, &gold),
            keys::asset_contract(node.network_id, &Asset::Native),
        ];
        let outcomes = BTreeMap::new();
        let assets = vec![Asset::Native, gold];
        Arena { node, actors, assets, contracts, twin: None, applied: 0, outcomes }
    }

    /// Bytes as the body of a request: whatever they are, an answer comes, and it is one.
    pub fn request(&mut self, bytes: &[u8]) {
        let Ok(body) = serde_json::from_slice::<Value>(bytes) else { return };
        let context = Context { friendbot_url: String::new() };
        let call = match rpc::parse(body) {
            Err((id, error)) => return check_answer(&rpc::error_answer(&id, &error)),
            Ok(call) => call,
        };
        let told = rpc::dispatch(&mut self.node, &call.method, call.params, &context);
        check_answer(&rpc::answer(&call.id.unwrap_or_default(), told));
    }

    /// Bytes as the parameters of each method that decodes XDR.
    pub fn parameters(&mut self, bytes: &[u8]) {
        let text = codec::base64(bytes);
        for (method, params) in [
            ("sendTransaction", json!({"transaction": text})),
            ("simulateTransaction", json!({"transaction": text, "xdrFormat": "json"})),
            ("getLedgerEntries", json!({"keys": [text]})),
            ("getEvents", json!({"startLedger": 2, "filters": [{"topics": [[text, "**"]]}]})),
            ("getTransaction", json!({"hash": hex::encode(bytes)})),
        ] {
            assert!(METHODS.contains(&method));
            let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
            self.request(body.to_string().as_bytes());
        }
    }

    /// Bytes as the choices of a transaction: signed, sent, applied; then the ledger is looked over.
    pub fn transaction(&mut self, bytes: &[u8]) {
        let frame = Choices::new(bytes).transaction(self);
        let hash = frame.hash;
        let answer = self.node.send(frame);
        let before = self.node.history.latest().seq();
        self.node.close();
        self.applied += 1;
        let latest = self.node.history.latest();
        assert_eq!(latest.seq(), before + 1, "a close is one ledger");
        let outcome = match self.node.history.find(&hash) {
            None => format!("not applied: {}", answer_name(&answer)),
            Some((ledger, at)) => {
                let result: TransactionResult = codec::own(&ledger.txs[at].result);
                assert_eq!(ledger.seq(), latest.seq(), "it is in the ledger that closed");
                codec::own::<LedgerCloseMeta>(&codec::xdr(&ledger.close_meta()));
                result_name(&result)
            }
        };
        *self.outcomes.entry(outcome).or_default() += 1;
        self.check_coins();
        if self.applied.is_multiple_of(REPLAY_EVERY) {
            self.check_replay();
        }
        if self.applied == TRANSACTIONS {
            let outcomes = std::mem::take(&mut self.outcomes);
            *self = Arena { outcomes, ..Arena::new() };
        }
    }

    /// No lumen is made or lost: accounts, contracts, claimable balances and fees add up to all there ever were.
    fn check_coins(&self) {
        let native = keys::asset_contract(self.node.network_id, &Asset::Native);
        let sum: i128 = self.node.state.borrow().iter().map(|(_, slot)| lumens(&slot.entry.data, &native)).sum();
        let header = &self.node.history.latest().header.header;
        assert_eq!(sum + i128::from(header.fee_pool), i128::from(TOTAL_STROOPS), "lumens were made or lost");
    }

    /// What is written down is what happened: a second network that reads the log stands where the first one does.
    pub fn check_replay(&mut self) {
        let exported = self.node.export();
        let twin = self.twin.get_or_insert_with(|| network::start(Preset::Mainnet));
        twin.import(&exported).expect("an export is an import");
        let (ours, theirs) = (self.node.state.borrow(), twin.state.borrow());
        assert_eq!(ours.count(), theirs.count(), "the log holds other entries");
        for ((key, slot), (other_key, other)) in ours.iter().zip(theirs.iter()) {
            assert_eq!(
                (key, &slot.entry, slot.ttl),
                (other_key, &other.entry, other.ttl),
                "the log holds another entry"
            );
        }
    }
}

fn lumens(data: &LedgerEntryData, native: &ContractId) -> i128 {
    match data {
        LedgerEntryData::Account(account) => i128::from(account.balance),
        LedgerEntryData::ClaimableBalance(claimable) if claimable.asset == Asset::Native => {
            i128::from(claimable.amount)
        }
        LedgerEntryData::ContractData(held) if held.contract == ScAddress::Contract(native.clone()) => {
            let ScVal::Map(Some(map)) = &held.val else { return 0 };
            let amount = map.iter().find(|entry| entry.key == symbol("amount")).map(|entry| &entry.val);
            match amount {
                Some(ScVal::I128(parts)) => i128::from(parts.hi) << 64 | i128::from(parts.lo),
                _ => 0,
            }
        }
        _ => 0,
    }
}

fn check_answer(answer: &Value) {
    let typed = match answer.get("error") {
        None => answer.get("result").is_some(),
        Some(error) => {
            error["code"].as_i64().is_some_and(|code| code < 0)
                && error["message"].as_str().is_some_and(|m| !m.is_empty())
        }
    };
    assert!(typed, "neither a result nor an error with a code and a sentence: {answer}");
}

fn answer_name(answer: &tenor_localnet::queue::Answer) -> String {
    use tenor_localnet::queue::Answer;
    match answer {
        Answer::Pending => "pending".to_string(),
        Answer::Duplicate => "duplicate".to_string(),
        Answer::TryAgainLater => "try again later".to_string(),
        Answer::Refused(result, _) => result_name(result),
    }
}

fn result_name(result: &TransactionResult) -> String {
    let name = |operations: &[OperationResult]| {
        let told = json!(operations.first());
        let text = told.to_string();
        text.chars().filter(|c| c.is_ascii_lowercase() || *c == '_' || *c == ':').take(60).collect::<String>()
    };
    match &result.result {
        TransactionResultResult::TxFailed(operations) => format!("failed {}", name(operations)),
        other => other.name().to_string(),
    }
}
