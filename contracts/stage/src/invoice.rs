//! The set of contracts around one kind of invoice, with a seller, a debtor and three investors.

use soroban_sdk::testutils::{Address as _, MockAuthInvoke};
use soroban_sdk::{Address, BytesN, Env, IntoVal};
use tenor_distributor::{Distributor, DistributorClient};
use tenor_escrow::{Accrual, Addresses, EscrowContract, EscrowContractClient, Fees, Roles, Terms};
use tenor_token::TokenClient as ShareTokenClient;

use crate::{public_network, sign, wasm, Asset, DAY};

/// A < C < F, and no two numbers alike.
pub const ADVANCE: i128 = 9_000_000_000;
pub const CLAIM: i128 = 9_450_000_000;
pub const FACE: i128 = 10_000_000_000;
pub const MIN_PAYMENT: i128 = 10_000_000;
pub const PURSE: i128 = 1_000_000_000_000;
const ORIGINATION_BPS: u32 = 75;
const PROFIT_BPS: u32 = 1_000;

/// Which code runs the escrow and the distributor; the share token is always the compiled one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Code {
    Native,
    Wasm,
}

pub struct Set {
    pub env: Env,
    pub escrow: EscrowContractClient<'static>,
    pub distributor: DistributorClient<'static>,
    pub asset: Asset,
    pub roles: Roles,
    pub seller: Address,
    pub debtor: Address,
    pub investors: [Address; 3],
    pub stranger: Address,
    /// The address that the escrow knows as its stream contract; nothing is there yet.
    pub stream: Address,
}

impl Set {
    pub fn new(code: Code) -> Set {
        Set::beside(&public_network(), code, None)
    }

    /// Another platform on a ledger that may have some already, with or without a registry that they share.
    pub fn beside(env: &Env, code: Code, registry: Option<&Address>) -> Set {
        let env = env.clone();
        let person = || Address::generate(&env);
        let roles = Roles {
            admin: person(),
            operator: person(),
            resolver: person(),
            pauser: person(),
            treasury: person(),
        };
        let (escrow, distributor, stream) = (person(), person(), person());
        let addresses = Addresses {
            distributor: distributor.clone(),
            registry: registry.cloned(),
            stream: Some(stream.clone()),
        };
        let fees = Fees {
            origination_bps: ORIGINATION_BPS,
            profit_bps: PROFIT_BPS,
        };
        let token = wasm("tenor_token");
        let token_wasm = env.deployer().upload_contract_wasm(token.as_slice());
        let arguments = (roles.clone(), addresses, token_wasm, fees);
        let obeys = (escrow.clone(),);
        if code == Code::Native {
            env.register_at(&distributor, Distributor, obeys);
            env.register_at(&escrow, EscrowContract, arguments);
        } else {
            env.register_at(&distributor, wasm("tenor_distributor").as_slice(), obeys);
            env.register_at(&escrow, wasm("tenor_escrow").as_slice(), arguments);
        }
        let set = Set {
            escrow: EscrowContractClient::new(&env, &escrow),
            distributor: DistributorClient::new(&env, &distributor),
            asset: Asset::new(&env, &person()),
            roles,
            seller: person(),
            debtor: person(),
            investors: [person(), person(), person()],
            stranger: person(),
            stream,
            env: env.clone(),
        };
        set.open_the_house();
        set
    }

    fn open_the_house(&self) {
        self.accept(&self.asset.at);
        self.allow(&self.seller);
        let payers = [&self.debtor, &self.seller, &self.roles.operator];
        for person in payers.into_iter().chain(&self.investors) {
            self.asset.give(person, PURSE);
        }
    }

    /// The admin accepts `asset` for settlement.
    pub fn accept(&self, asset: &Address) {
        let (admin, at) = (&self.roles.admin, &self.escrow.address);
        sign(&self.env, admin, at, "set_asset", (asset, true), &[]);
        self.escrow.set_asset(asset, &true);
    }

    /// The operator has verified `account`.
    pub fn allow(&self, account: &Address) {
        let (operator, at) = (&self.roles.operator, &self.escrow.address);
        sign(&self.env, operator, at, "set_allowed", (account, true), &[]);
        self.escrow.set_allowed(account, &true);
    }

    pub fn now(&self) -> u64 {
        self.env.ledger().timestamp()
    }

    pub fn bytes(&self, n: u8) -> BytesN<32> {
        BytesN::from_array(&self.env, &[n; 32])
    }

    pub fn terms(&self) -> Terms {
        Terms {
            asset: self.asset.at.clone(),
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
            min_payment: MIN_PAYMENT,
            recourse: false,
            restricted: false,
            document: self.bytes(7),
        }
    }

    /// An attested invoice that nobody has funded.
    pub fn listed(&self, reference: u8, terms: &Terms) -> BytesN<32> {
        let (escrow, reference) = (&self.escrow, self.bytes(reference));
        let args = (&self.seller, &reference, terms.clone());
        sign(
            &self.env,
            &self.seller,
            &escrow.address,
            "create_escrow",
            args,
            &[],
        );
        let id = escrow.create_escrow(&self.seller, &reference, terms);
        let (key, print) = (self.bytes(1), reference);
        let args = (&id, &self.debtor, &key, &print);
        sign(
            &self.env,
            &self.roles.operator,
            &escrow.address,
            "attest",
            args,
            &[],
        );
        escrow.attest(&id, &self.debtor, &key, &print);
        id
    }

    /// An invoice whose three investors put in a half, a third and the rest.
    pub fn funded(&self, reference: u8, terms: &Terms) -> BytesN<32> {
        let id = self.listed(reference, terms);
        let (half, third) = (terms.advance / 2, terms.advance / 3);
        let parts = [half, third, terms.advance - half - third];
        for (investor, units) in self.investors.iter().zip(parts) {
            self.fund(investor, &id, units);
        }
        id
    }

    pub fn fund(&self, investor: &Address, id: &BytesN<32>, units: i128) {
        let hash = self.escrow.get_escrow(id).terms_hash;
        let args = (investor, id, units, 1i128, &hash);
        self.sign_paying(investor, "fund_escrow", args, units);
        self.escrow.fund_escrow(investor, id, &units, &1, &hash);
    }

    pub fn pay(&self, payer: &Address, id: &BytesN<32>, units: i128, payment: u8) {
        let payment = self.bytes(payment);
        let args = (payer, id, units, &payment);
        self.sign_paying(payer, "record_payment", args, units);
        self.escrow.record_payment(payer, id, &units, &payment);
    }

    fn sign_paying<A: IntoVal<Env, soroban_sdk::Vec<soroban_sdk::Val>>>(
        &self,
        who: &Address,
        name: &str,
        args: A,
        units: i128,
    ) {
        let transfer = MockAuthInvoke {
            contract: &self.asset.at,
            fn_name: "transfer",
            args: (who, &self.escrow.address, units).into_val(&self.env),
            sub_invokes: &[],
        };
        sign(
            &self.env,
            who,
            &self.escrow.address,
            name,
            args,
            &[transfer],
        );
    }

    pub fn shares(&self, id: &BytesN<32>) -> ShareTokenClient<'static> {
        ShareTokenClient::new(&self.env, &self.escrow.get_escrow(id).token)
    }
}
