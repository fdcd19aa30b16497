//! The first ledger: the root account with all lumens, and the network settings as ledger entries.

use std::rc::Rc;

use ed25519_dalek::SigningKey;
use stellar_xdr::*;

use crate::account;
use crate::codec;
use crate::history::Ledger;
use crate::settings::{Limits, BASE_FEE_STROOPS, BASE_RESERVE_STROOPS, PROTOCOL};
use crate::state::{Slot, State};
use crate::surge::Rates;

pub const TOTAL_STROOPS: i64 = 1_000_000_000_000_000_000;
const MAX_TX_SET_SIZE: u32 = 1_000;
const BASE_RATES: Rates = Rates { classic: BASE_FEE_STROOPS as i64, soroban: BASE_FEE_STROOPS as i64 };

/// The root account's key comes from the network id, so everybody who knows the passphrase holds it.
pub fn root_key(network_id: [u8; 32]) -> SigningKey {
    SigningKey::from_bytes(&network_id)
}

pub fn account_id(key: &SigningKey) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key.verifying_key().to_bytes())))
}

pub fn state(network_id: [u8; 32], limits: &Limits) -> State {
    let mut state = State::default();
    let mut put = |data: LedgerEntryData| {
        let mut entry = account::entry(data);
        entry.last_modified_ledger_seq = 1;
        let key = Rc::new(entry.to_key());
        state.set(key, Some(Slot { entry: Rc::new(entry), ttl: None }));
    };
    let root = account::new_account(account_id(&root_key(network_id)), TOTAL_STROOPS, 0);
    put(LedgerEntryData::Account(root));
    for setting in &limits.entries {
        put(LedgerEntryData::ConfigSetting(setting.clone()));
    }
    state
}

pub fn ledger(state: &State) -> Ledger {
    let header = LedgerHeader {
        ledger_version: PROTOCOL,
        previous_ledger_hash: Hash([0; 32]),
        scp_value: StellarValue {
            tx_set_hash: Hash([0; 32]),
            close_time: TimePoint(0),
            upgrades: VecM::default(),
            ext: StellarValueExt::Basic,
        },
        tx_set_result_hash: Hash([0; 32]),
        bucket_list_hash: Hash([0; 32]),
        ledger_seq: 1,
        total_coins: TOTAL_STROOPS,
        fee_pool: 0,
        inflation_seq: 0,
        id_pool: 0,
        base_fee: BASE_FEE_STROOPS,
        base_reserve: BASE_RESERVE_STROOPS,
        max_tx_set_size: MAX_TX_SET_SIZE,
        skip_list: [const { Hash([0; 32]) }; 4],
        ext: LedgerHeaderExt::V0,
    };
    Ledger {
        header: history_entry(header),
        txs: Vec::new(),
        rates: BASE_RATES,
        events: Vec::new(),
        evicted: Vec::new(),
        state_bytes: state.soroban_bytes,
        write_fee_per_kb: 0,
    }
}

pub fn history_entry(header: LedgerHeader) -> LedgerHeaderHistoryEntry {
    LedgerHeaderHistoryEntry {
        hash: Hash(codec::sha256(codec::xdr(&header))),
        header,
        ext: LedgerHeaderHistoryEntryExt::V0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_account_of_the_standalone_network_is_the_known_one() {
        let id = codec::sha256("Standalone Network ; February 2017");
        let root = account_id(&root_key(id)).to_string();
        assert_eq!(root, "GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI");
    }
}
