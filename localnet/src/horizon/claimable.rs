//! `/claimable_balances`: what lies ready for somebody, and on which conditions. It judges none of them.

use serde_json::{json, Map, Value};
use stellar_xdr::*;

use super::amount;
use crate::codec;
use crate::keys;
use crate::node::Node;
use crate::rfc3339::rfc3339;

/// What a list is narrowed to, each as Horizon writes it.
#[derive(Default)]
pub struct Wanted {
    pub asset: Option<String>,
    pub claimant: Option<String>,
    pub sponsor: Option<String>,
}

/// Those that are wanted, the oldest first.
pub fn list(node: &Node, wanted: &Wanted) -> Vec<Value> {
    let state = node.state.borrow();
    let mut told: Vec<Value> = state.iter().filter_map(|(_, slot)| tell(node, &slot.entry)).collect();
    told.retain(|one| {
        let is = |name: &str, wanted: &Option<String>| wanted.as_ref().is_none_or(|wanted| one[name] == **wanted);
        let names =
            |who: &String| one["claimants"].as_array().is_some_and(|all| all.iter().any(|c| c["destination"] == **who));
        is("asset", &wanted.asset) && is("sponsor", &wanted.sponsor) && wanted.claimant.as_ref().is_none_or(names)
    });
    told.sort_by_key(|one| (one["last_modified_ledger"].as_u64(), one["id"].as_str().map(ToString::to_string)));
    told
}

/// One of them by its id: the hex of its XDR.
pub fn one(node: &Node, id: &str) -> Option<Value> {
    let id: ClaimableBalanceId = codec::from_xdr(&hex::decode(id).ok()?).ok()?;
    let state = node.state.borrow();
    tell(node, &state.get(&keys::claimable_balance(&id))?.entry)
}

/// Where a paging token stands in the order of a list.
pub fn place(token: &str) -> (u64, String) {
    let (ledger, id) = token.split_once('-').unwrap_or((token, ""));
    (ledger.parse().unwrap_or_default(), id.to_string())
}

fn tell(node: &Node, entry: &LedgerEntry) -> Option<Value> {
    let LedgerEntryData::ClaimableBalance(balance) = &entry.data else { return None };
    let id = hex::encode(codec::xdr(&balance.balance_id));
    let modified = entry.last_modified_ledger_seq;
    let clawback = match &balance.ext {
        ClaimableBalanceEntryExt::V1(v1) => {
            v1.flags & ClaimableBalanceFlags::ClaimableBalanceClawbackEnabledFlag as u32 != 0
        }
        ClaimableBalanceEntryExt::V0 => false,
    };
    let mut told = Map::new();
    let mut put = |name: &str, value: Value| drop(told.insert(name.to_string(), value));
    put("_links", json!({"self": {"href": format!("/claimable_balances/{id}")}}));
    put("asset", json!(keys::asset_name(&balance.asset)));
    put("amount", json!(amount(balance.amount)));
    if let LedgerEntryExt::V1(v1) = &entry.ext {
        put("sponsor", json!(v1.sponsoring_id.0.as_ref().map(ToString::to_string)));
    }
    put("last_modified_ledger", json!(modified));
    put("last_modified_time", json!(node.history.ledger(modified).map(|ledger| rfc3339(ledger.close_time()))));
    put("claimants", balance.claimants.iter().map(claimant).collect());
    put("flags", json!({"clawback_enabled": clawback}));
    put("paging_token", json!(format!("{modified}-{id}")));
    put("id", json!(id));
    Some(Value::Object(told))
}

pub fn claimant(claimant: &Claimant) -> Value {
    let Claimant::ClaimantTypeV0(claimant) = claimant;
    json!({"destination": claimant.destination.to_string(), "predicate": predicate(&claimant.predicate)})
}

fn predicate(told: &ClaimPredicate) -> Value {
    let inner = |not: &Option<Box<ClaimPredicate>>| not.as_ref().map_or(Value::Null, |inner| predicate(inner));
    match told {
        ClaimPredicate::Unconditional => json!({"unconditional": true}),
        ClaimPredicate::And(both) => json!({"and": both.iter().map(predicate).collect::<Vec<_>>()}),
        ClaimPredicate::Or(either) => json!({"or": either.iter().map(predicate).collect::<Vec<_>>()}),
        ClaimPredicate::Not(not) => json!({"not": inner(not)}),
        ClaimPredicate::BeforeAbsoluteTime(unix) => {
            let date = u64::try_from(*unix).ok().filter(|unix| *unix < 1 << 40).map(rfc3339);
            json!({"abs_before": date, "abs_before_epoch": unix.to_string()})
        }
        ClaimPredicate::BeforeRelativeTime(seconds) => json!({"rel_before": seconds.to_string()}),
    }
}
