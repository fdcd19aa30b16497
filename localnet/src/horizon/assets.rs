//! `/assets`: every asset that somebody holds a trustline of, with what its holders hold.

use std::collections::BTreeMap;

use serde_json::{json, Value};
use stellar_xdr::*;

use super::{amount, asset_fields};
use crate::account;
use crate::keys;
use crate::node::Node;
use crate::state::State;

#[derive(Default)]
struct Held {
    accounts: [u32; 3],
    units: [i128; 3],
    balances: u32,
    balances_units: i128,
}

pub fn list(node: &Node, code: Option<&str>, issuer: Option<&str>) -> Vec<Value> {
    let state = node.state.borrow();
    let mut assets: BTreeMap<Asset, Held> = BTreeMap::new();
    for (_, slot) in state.iter() {
        match &slot.entry.data {
            LedgerEntryData::Trustline(line) => {
                let Some(asset) = asset_of(&line.asset) else { continue };
                let held = assets.entry(asset).or_default();
                let kind = match line.flags {
                    f if f & account::LINE_AUTHORIZED != 0 => 0,
                    f if f & account::LINE_MAINTAIN != 0 => 1,
                    _ => 2,
                };
                held.accounts[kind] += 1;
                held.units[kind] += i128::from(line.balance);
            }
            LedgerEntryData::ClaimableBalance(balance) if balance.asset != Asset::Native => {
                let held = assets.entry(balance.asset.clone()).or_default();
                held.balances += 1;
                held.balances_units += i128::from(balance.amount);
            }
            _ => {}
        }
    }
    let told = assets.iter().map(|(asset, held)| tell(asset, held, &state, node.network_id));
    let is = |told: &Value, name: &str, wanted: Option<&str>| wanted.is_none_or(|wanted| told[name] == wanted);
    told.filter(|told| is(told, "asset_code", code) && is(told, "asset_issuer", issuer)).collect()
}

pub fn asset_of(asset: &TrustLineAsset) -> Option<Asset> {
    match asset {
        TrustLineAsset::CreditAlphanum4(a) => Some(Asset::CreditAlphanum4(a.clone())),
        TrustLineAsset::CreditAlphanum12(a) => Some(Asset::CreditAlphanum12(a.clone())),
        TrustLineAsset::Native | TrustLineAsset::PoolShare(_) => None,
    }
}

fn tell(asset: &Asset, held: &Held, state: &State, network_id: [u8; 32]) -> Value {
    let flags = keys::issuer(asset).and_then(|id| account::load(state, id)).map_or(0, |issuer| issuer.flags);
    let has = |flag: u32| flags & flag != 0;
    let contract = keys::asset_contract(network_id, asset).to_string();
    let units = |sum: i128| amount(i64::try_from(sum).unwrap_or(i64::MAX));
    let mut told = json!({
        "contract_id": contract,
        "num_claimable_balances": held.balances,
        "num_liquidity_pools": 0,
        "accounts": {
            "authorized": held.accounts[0],
            "authorized_to_maintain_liabilities": held.accounts[1],
            "unauthorized": held.accounts[2],
        },
        "balances": {
            "authorized": units(held.units[0]),
            "authorized_to_maintain_liabilities": units(held.units[1]),
            "unauthorized": units(held.units[2]),
        },
        "claimable_balances_amount": units(held.balances_units),
        "liquidity_pools_amount": amount(0),
        "flags": {
            "auth_required": has(account::AUTH_REQUIRED),
            "auth_revocable": has(account::AUTH_REVOCABLE),
            "auth_immutable": has(account::AUTH_IMMUTABLE),
            "auth_clawback_enabled": has(account::AUTH_CLAWBACK),
        },
    });
    if let Value::Object(map) = &mut told {
        asset_fields(asset, map);
        let part = |name: &str| map[name].as_str().unwrap_or_default().to_string();
        let token = format!("{}_{}_{}", part("asset_code"), part("asset_issuer"), part("asset_type"));
        map.insert("paging_token".to_string(), json!(token));
    }
    told
}
