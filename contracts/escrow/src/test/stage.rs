//! A set of contracts on a ledger with the public network's limits, with people who sign exactly what they do.

use std::path::{Path, PathBuf};
use std::vec::Vec as List;

use soroban_sdk::testutils::{
    Address as _, EnvTestConfig, Ledger as _, LedgerInfo, MockAuth, MockAuthInvoke,
};
use soroban_sdk::testutils::{IssuerFlags, StellarAssetContract};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::xdr::{LedgerEntry, LedgerKey};
use soroban_sdk::{Address, BytesN, Env, IntoVal, Val, Vec};
use tenor_distributor::{Distributor, DistributorClient};
use tenor_token::TokenClient as ShareTokenClient;

use crate::types::{Accrual, Addresses, Fees, Roles, Split, Terms};
use crate::{EscrowContract, EscrowContractClient};

pub const DAY: u64 = 86_400;
pub const NOW: u64 = 1_795_219_200;
/// A < C < F, and no two numbers alike.
pub const ADVANCE: i128 = 9_000_000_000;
pub const CLAIM: i128 = 9_450_000_000;
pub const FACE: i128 = 10_000_000_000;
pub const ORIGINATION_BPS: u32 = 75;
pub const PROFIT_BPS: u32 = 1_000;
pub const PURSE: i128 = 1_000_000_000_000;
const FIRST_ESCROW: &[u8] = include_bytes!("../../fixtures/tenor_escrow_1.wasm");
const FIRST_TOKEN: &[u8] = include_bytes!("../../fixtures/tenor_token_1.wasm");

/// Which code runs escrow and distributor; the share token is always the compiled one, because the escrow deploys it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Code {
    Native,
    Wasm,
    /// Escrow and share token as version 1 was compiled: what it has stored must be readable for ever.
    First,
}

pub struct Stage {
    pub env: Env,
    pub escrow: EscrowContractClient<'static>,
    pub distributor: DistributorClient<'static>,
    pub asset: TokenClient<'static>,
    pub issuer: StellarAssetClient<'static>,
    pub asset_contract: StellarAssetContract,
    pub roles: Roles,
    pub seller: Address,
    pub debtor: Address,
    pub investors: [Address; 3],
    pub stranger: Address,
}

/// Fails the test unless the call is refused with exactly this error and changes nothing on the ledger.
#[macro_export]
macro_rules! refused {
    ($stage:expr, $call:expr, $error:expr) => {{
        let before = $stage.entries();
        let answer = $call;
        let expected = soroban_sdk::Error::from($error);
        match answer {
            Err(Ok(error)) => assert_eq!(error, expected, "refused with another error"),
            other => panic!("not refused with {:?}: {:?}", $error, other),
        }
        assert!(
            before == $stage.entries(),
            "a refused call changed the ledger"
        );
    }};
}

pub fn wasm(name: &str) -> List<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("CONTRACTS_DIR")
        .map_or_else(|| root.join("build/contracts"), PathBuf::from);
    let file = folder.join(std::format!("{name}.wasm"));
    let hint = "compile the contracts first: cargo run -p tenor-contracts-build";
    let built = std::fs::metadata(&file)
        .and_then(|m| m.modified())
        .expect(hint);
    let crate_name = name.trim_start_matches("tenor_");
    for source in ["common/src", &std::format!("{crate_name}/src")] {
        for entry in std::fs::read_dir(root.join("contracts").join(source)).expect("sources") {
            let entry = entry.expect("a source file");
            let metadata = entry.metadata().expect("a source file");
            let stale = metadata.is_file() && metadata.modified().expect("a time") > built;
            assert!(
                !stale,
                "{name}.wasm is older than {:?}; {hint}",
                entry.path()
            );
        }
    }
    std::fs::read(file).expect(hint)
}

impl Stage {
    pub fn new() -> Stage {
        Stage::on(Code::Native)
    }

    pub fn on(code: Code) -> Stage {
        let env = Env::new_with_config(EnvTestConfig {
            capture_snapshot_at_drop: false,
        });
        set_public_network(&env);
        let person = || Address::generate(&env);
        let roles = Roles {
            admin: person(),
            operator: person(),
            resolver: person(),
            pauser: person(),
            treasury: person(),
        };
        let asset_contract = env.register_stellar_asset_contract_v2(person());
        let (escrow, distributor) = (person(), person());
        let token = if code == Code::First {
            FIRST_TOKEN.to_vec()
        } else {
            wasm("tenor_token")
        };
        let token_wasm = env.deployer().upload_contract_wasm(token.as_slice());
        let addresses = Addresses {
            distributor: distributor.clone(),
            registry: None,
            stream: None,
        };
        let fees = Fees {
            origination_bps: ORIGINATION_BPS,
            profit_bps: PROFIT_BPS,
        };
        let arguments = (roles.clone(), addresses, token_wasm, fees);
        match code {
            Code::Native => {
                env.register_at(&distributor, Distributor, (escrow.clone(),));
                env.register_at(&escrow, EscrowContract, arguments);
            }
            Code::Wasm | Code::First => {
                env.register_at(
                    &distributor,
                    wasm("tenor_distributor").as_slice(),
                    (escrow.clone(),),
                );
                let compiled = match code {
                    Code::First => FIRST_ESCROW.to_vec(),
                    _ => wasm("tenor_escrow"),
                };
                env.register_at(&escrow, compiled.as_slice(), arguments);
            }
        }
        let stage = Stage {
            escrow: EscrowContractClient::new(&env, &escrow),
            distributor: DistributorClient::new(&env, &distributor),
            asset: TokenClient::new(&env, &asset_contract.address()),
            issuer: StellarAssetClient::new(&env, &asset_contract.address()),
            asset_contract,
            roles,
            seller: person(),
            debtor: person(),
            investors: [person(), person(), person()],
            stranger: person(),
            env: env.clone(),
        };
        stage.set_asset(&stage.asset.address, true);
        stage.set_allowed(&stage.seller, true);
        let people = [&stage.debtor, &stage.seller, &stage.roles.operator];
        for person in people.into_iter().chain(&stage.investors) {
            stage.give(person, PURSE);
        }
        stage
    }

    /// Lets `who` sign exactly one call, with exactly these calls below it.
    pub fn sign<A: IntoVal<Env, Vec<Val>>>(
        &self,
        who: &Address,
        contract: &Address,
        name: &str,
        args: A,
        below: &[MockAuthInvoke],
    ) {
        self.env.mock_auths(&[MockAuth {
            address: who,
            invoke: &MockAuthInvoke {
                contract,
                fn_name: name,
                args: args.into_val(&self.env),
                sub_invokes: below,
            },
        }]);
    }

    /// The same with one transfer of the asset into the escrow below it: all that a payer ever signs.
    pub fn sign_paying<A: IntoVal<Env, Vec<Val>>>(
        &self,
        who: &Address,
        name: &str,
        args: A,
        units: i128,
    ) {
        let transfer = MockAuthInvoke {
            contract: &self.asset.address,
            fn_name: "transfer",
            args: (who, &self.escrow.address, units).into_val(&self.env),
            sub_invokes: &[],
        };
        self.sign(who, &self.escrow.address, name, args, &[transfer]);
    }

    pub fn give(&self, to: &Address, units: i128) {
        let owner = self.issuer.admin();
        self.sign(&owner, &self.asset.address, "mint", (to, units), &[]);
        self.issuer.mint(to, &units);
    }

    /// The issuer stops `who` from receiving or sending the asset, or lets it again.
    pub fn freeze(&self, who: &Address, frozen: bool) {
        self.asset_contract
            .issuer()
            .set_flag(IssuerFlags::RevocableFlag);
        let owner = self.issuer.admin();
        self.sign(
            &owner,
            &self.asset.address,
            "set_authorized",
            (who, !frozen),
            &[],
        );
        self.issuer.set_authorized(who, &!frozen);
    }

    pub fn set_allowed(&self, account: &Address, allowed: bool) {
        self.sign(
            &self.roles.operator,
            &self.escrow.address,
            "set_allowed",
            (account, allowed),
            &[],
        );
        self.escrow.set_allowed(account, &allowed);
    }

    pub fn set_asset(&self, asset: &Address, allowed: bool) {
        self.sign(
            &self.roles.admin,
            &self.escrow.address,
            "set_asset",
            (asset, allowed),
            &[],
        );
        self.escrow.set_asset(asset, &allowed);
    }

    pub fn now(&self) -> u64 {
        self.env.ledger().timestamp()
    }

    /// Time passes, with a ledger every five seconds.
    pub fn wait(&self, seconds: u64) {
        self.env.ledger().with_mut(|ledger| {
            ledger.timestamp += seconds;
            ledger.sequence_number += u32::try_from(seconds.div_ceil(5)).expect("a short wait");
        });
    }

    pub fn wait_until(&self, moment: u64) {
        self.wait(moment - self.now());
    }

    pub fn terms(&self) -> Terms {
        Terms {
            asset: self.asset.address.clone(),
            advance: ADVANCE,
            claim: CLAIM,
            face: FACE,
            funding_deadline: self.now() + 14 * DAY,
            due: self.now() + 60 * DAY,
            accrual: Accrual::Linear,
            min_earned_days: 10,
            late_bps_per_day: 5,
            late_days_max: 30,
            grace_days: 20,
            origination_fee_bps: ORIGINATION_BPS,
            profit_fee_bps: PROFIT_BPS,
            min_ticket: 100_000_000,
            min_payment: 10_000_000,
            recourse: false,
            restricted: false,
            document: self.bytes(7),
        }
    }

    pub fn bytes(&self, n: u8) -> BytesN<32> {
        BytesN::from_array(&self.env, &[n; 32])
    }

    pub fn create(&self, reference: u8, terms: &Terms) -> BytesN<32> {
        self.sign_create(reference, terms);
        self.escrow
            .create_escrow(&self.seller, &self.bytes(reference), terms)
    }

    pub fn sign_create(&self, reference: u8, terms: &Terms) {
        let arguments = (&self.seller, self.bytes(reference), terms.clone());
        self.sign(
            &self.seller,
            &self.escrow.address,
            "create_escrow",
            arguments,
            &[],
        );
    }

    pub fn attest(&self, id: &BytesN<32>) {
        let (key, fingerprint) = (self.bytes(1), self.bytes(2));
        self.sign(
            &self.roles.operator,
            &self.escrow.address,
            "attest",
            (id, &self.debtor, &key, &fingerprint),
            &[],
        );
        self.escrow.attest(id, &self.debtor, &key, &fingerprint);
    }

    /// An invoice that investors can fund.
    pub fn listed(&self, terms: &Terms) -> BytesN<32> {
        let id = self.create(1, terms);
        self.attest(&id);
        id
    }

    /// An invoice whose three investors put in a half, a third and the rest.
    pub fn funded(&self, terms: &Terms) -> BytesN<32> {
        let id = self.listed(terms);
        for (investor, units) in self.investors.iter().zip(parts(terms.advance)) {
            self.fund(investor, &id, units);
        }
        id
    }

    pub fn fund(&self, investor: &Address, id: &BytesN<32>, units: i128) -> i128 {
        self.sign_fund(investor, id, units, 1);
        self.escrow
            .fund_escrow(investor, id, &units, &1, &self.hash(id))
    }

    pub fn sign_fund(&self, investor: &Address, id: &BytesN<32>, max: i128, min: i128) {
        let arguments = (investor, id, max, min, self.hash(id));
        self.sign_paying(investor, "fund_escrow", arguments, max);
    }

    pub fn hash(&self, id: &BytesN<32>) -> BytesN<32> {
        self.escrow.get_escrow(id).terms_hash
    }

    pub fn pay(&self, payer: &Address, id: &BytesN<32>, units: i128, payment: u8) -> Split {
        self.sign_pay(payer, id, units, payment);
        self.escrow
            .record_payment(payer, id, &units, &self.bytes(payment))
    }

    pub fn sign_pay(&self, payer: &Address, id: &BytesN<32>, units: i128, payment: u8) {
        self.sign_paying(
            payer,
            "record_payment",
            (payer, id, units, self.bytes(payment)),
            units,
        );
    }

    pub fn shares(&self, id: &BytesN<32>) -> ShareTokenClient<'static> {
        ShareTokenClient::new(&self.env, &self.escrow.get_escrow(id).token)
    }

    pub fn move_shares(&self, id: &BytesN<32>, from: &Address, to: &Address, amount: i128) {
        let shares = self.shares(id);
        self.sign(from, &shares.address, "transfer", (from, to, amount), &[]);
        shares.transfer(from, to, &amount);
    }

    pub fn held(&self, who: &Address) -> i128 {
        self.asset.balance(who)
    }

    /// Every entry of the ledger, without the nonces that signatures leave behind.
    pub fn entries(&self) -> List<(LedgerKey, LedgerEntry)> {
        let snapshot = self.env.to_ledger_snapshot();
        let is_nonce = |key: &LedgerKey| matches!(key, LedgerKey::ContractData(data) if matches!(data.key, soroban_sdk::xdr::ScVal::LedgerKeyNonce(_)));
        let mut entries: List<_> = snapshot
            .ledger_entries
            .into_iter()
            .filter(|(key, _)| !is_nonce(key))
            .map(|(key, (entry, _))| (*key, *entry))
            .collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        entries
    }
}

/// A half, a third, and the rest.
pub fn parts(advance: i128) -> [i128; 3] {
    [
        advance / 2,
        advance / 3,
        advance - advance / 2 - advance / 3,
    ]
}

/// What the public network has: a sequence, a time and lives that the SDK's defaults hide (h102).
pub fn set_public_network(env: &Env) {
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
}
