//! For tests only: a ledger with the public network's limits and people who sign exactly what they do.
//! Never part of a contract.

pub mod costs;
pub mod matrix;
mod random;
pub use random::seeded;
#[cfg(feature = "invoice")]
mod invoice;
#[cfg(feature = "invoice")]
pub use invoice::*;

use std::path::{Path, PathBuf};

use soroban_sdk::testutils::{
    EnvTestConfig, IssuerFlags, Ledger as _, LedgerInfo, MockAuth, MockAuthInvoke,
    StellarAssetContract,
};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::xdr::{LedgerEntry, LedgerKey, ScVal};
use soroban_sdk::{Address, Env, IntoVal, Val, Vec};

pub const DAY: u64 = 86_400;
pub const NOW: u64 = 1_795_219_200;

/// What the public network has: a sequence, a time and lives of entries that the SDK's defaults hide (h102).
pub fn public_network() -> Env {
    let env = Env::new_with_config(EnvTestConfig {
        capture_snapshot_at_drop: false,
    });
    env.ledger().set(LedgerInfo {
        protocol_version: 28,
        sequence_number: 62_000_000,
        timestamp: NOW,
        network_id: [9; 32],
        base_reserve: 5_000_000,
        min_temp_entry_ttl: 17_280,
        min_persistent_entry_ttl: 2_073_600,
        max_entry_ttl: 3_110_400,
    });
    env
}

/// Time passes, with a ledger every five seconds.
pub fn wait(env: &Env, seconds: u64) {
    env.ledger().with_mut(|ledger| {
        ledger.timestamp += seconds;
        ledger.sequence_number += u32::try_from(seconds.div_ceil(5)).expect("a short wait");
    });
}

/// Lets `who` sign exactly one call, with exactly these calls below it, and nothing else.
pub fn sign<A: IntoVal<Env, Vec<Val>>>(
    env: &Env,
    who: &Address,
    contract: &Address,
    name: &str,
    args: A,
    below: &[MockAuthInvoke],
) {
    env.mock_auths(&[MockAuth {
        address: who,
        invoke: &MockAuthInvoke {
            contract,
            fn_name: name,
            args: args.into_val(env),
            sub_invokes: below,
        },
    }]);
}

/// Every entry of the ledger, without the nonces that signatures leave behind.
pub fn entries(env: &Env) -> std::vec::Vec<(LedgerKey, LedgerEntry)> {
    let is_nonce = |key: &LedgerKey| matches!(key, LedgerKey::ContractData(data) if matches!(data.key, ScVal::LedgerKeyNonce(_)));
    let mut entries: std::vec::Vec<_> = env
        .to_ledger_snapshot()
        .ledger_entries
        .into_iter()
        .filter(|(key, _)| !is_nonce(key))
        .map(|(key, (entry, _))| (*key, *entry))
        .collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries
}

/// Fails the test unless the call is refused with exactly this error and changes nothing on the ledger.
#[macro_export]
macro_rules! refused {
    ($env:expr, $call:expr, $error:expr) => {{
        let before = $crate::entries(&$env);
        let answer = $call;
        let expected = soroban_sdk::Error::from($error);
        match answer {
            Err(Ok(error)) => assert_eq!(error, expected, "refused with another error"),
            other => panic!("not refused with {:?}: {:?}", $error, other),
        }
        assert!(
            before == $crate::entries(&$env),
            "a refused call changed the ledger"
        );
    }};
}

/// The compiled contract, refused when it is older than its sources.
pub fn wasm(name: &str) -> std::vec::Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("CONTRACTS_DIR")
        .map_or_else(|| root.join("build/contracts"), PathBuf::from);
    let file = folder.join(format!("{name}.wasm"));
    let hint = "compile the contracts first: cargo run -p tenor-contracts-build";
    let built = std::fs::metadata(&file)
        .and_then(|metadata| metadata.modified())
        .expect(hint);
    let own = format!("{}/src", name.trim_start_matches("tenor_"));
    for source in ["common/src", &own] {
        for entry in std::fs::read_dir(root.join("contracts").join(source)).expect("sources") {
            let path = entry.expect("a source file").path();
            let metadata = path.metadata().expect("a source file");
            let stale = metadata.is_file() && metadata.modified().expect("a time") > built;
            assert!(!stale, "{name}.wasm is older than {path:?}; {hint}");
        }
    }
    std::fs::read(file).expect(hint)
}

/// A classic asset's contract and its issuer.
pub struct Asset {
    pub env: Env,
    pub at: Address,
    pub money: TokenClient<'static>,
    pub issuer: StellarAssetClient<'static>,
    contract: StellarAssetContract,
}

impl Asset {
    pub fn new(env: &Env, issuer: &Address) -> Asset {
        let contract = env.register_stellar_asset_contract_v2(issuer.clone());
        let at = contract.address();
        Asset {
            env: env.clone(),
            money: TokenClient::new(env, &at),
            issuer: StellarAssetClient::new(env, &at),
            at,
            contract,
        }
    }

    pub fn give(&self, to: &Address, units: i128) {
        let owner = self.issuer.admin();
        sign(&self.env, &owner, &self.at, "mint", (to, units), &[]);
        self.issuer.mint(to, &units);
    }

    pub fn held(&self, who: &Address) -> i128 {
        self.money.balance(who)
    }

    /// The issuer stops `who` from receiving or sending the asset, or lets it again.
    pub fn freeze(&self, who: &Address, frozen: bool) {
        self.contract.issuer().set_flag(IssuerFlags::RevocableFlag);
        let owner = self.issuer.admin();
        let wish = (who, !frozen);
        sign(&self.env, &owner, &self.at, "set_authorized", wish, &[]);
        self.issuer.set_authorized(who, &!frozen);
    }
}
