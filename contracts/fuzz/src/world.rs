//! The contracts on one ledger, the people around them, and beside them what must be true.

use std::collections::BTreeMap;

use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, BytesN, Env};
use tenor_escrow::{Accrual, Escrow, Status, Terms};
use tenor_market::{Market, MarketClient};
use tenor_registry::{Registry, RegistryClient};
use tenor_stage::{public_network, Asset, Code, Set, PURSE};
use tenor_stream::{StreamContract, StreamContractClient};
use tenor_token::TokenClient as ShareTokenClient;

use crate::model::{Entitlement, Invoice};
use crate::{Act, Tally};

/// No account of the ledger, so it has no trustline: shares reach it, money does not.
const NOBODY: &str = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";

pub(crate) struct World {
    pub env: Env,
    pub set: Set,
    /// The other settlement asset; the first is the set's.
    pub second: Asset,
    pub streams: StreamContractClient<'static>,
    pub market: MarketClient<'static>,
    /// Who can hold shares; the last is nobody with an account.
    pub people: Vec<Address>,
    pub payer: Address,
    pub worker: Address,
    pub lives: Vec<Life>,
    pub flows: Vec<Flow>,
    pub offers: Vec<(BytesN<32>, usize)>,
    pub donated: BTreeMap<(Address, usize), i128>,
    pub tally: Tally,
    pub references: u32,
}

/// One invoice, and its model from the release on.
pub(crate) struct Life {
    pub id: BytesN<32>,
    pub asset: usize,
    pub shares: ShareTokenClient<'static>,
    pub model: Option<Invoice>,
    pub entitled: Vec<Entitlement>,
    /// Times that a holder let go of all shares: each may cost or bring less than one unit.
    pub exits: i128,
    pub before: Option<(Escrow, i128)>,
}

pub(crate) struct Flow {
    pub id: BytesN<32>,
    pub asset: usize,
    pub invoice: Option<usize>,
}

impl World {
    pub fn new(kind: u8) -> World {
        let env = public_network();
        let admin = Address::generate(&env);
        let registry = env.register(Registry, (admin,));
        let set = Set::beside(&env, Code::Native, Some(&registry));
        env.mock_all_auths();
        RegistryClient::new(&env, &registry).set_member(&set.escrow.address, &true);
        let peers = (&set.escrow.address, &set.distributor.address);
        env.register_at(&set.stream, StreamContract, peers);
        let market = env.register(Market, (set.escrow.address.clone(),));
        let person = || Address::generate(&env);
        let (payer, worker, buyer) = (person(), person(), person());
        let second = Asset::new(&env, &person());
        set.accept(&second.at);
        let mut people = set.investors.to_vec();
        people.extend([buyer, Address::from_str(&env, NOBODY)]);
        let mut world = World {
            streams: StreamContractClient::new(&env, &set.stream),
            market: MarketClient::new(&env, &market),
            second,
            people,
            payer,
            worker,
            lives: Vec::new(),
            flows: Vec::new(),
            offers: Vec::new(),
            donated: BTreeMap::new(),
            tally: Tally::default(),
            references: 100,
            set,
            env,
        };
        world.fill_the_purses();
        world.list(kind);
        world.fund_some(kind >> 4);
        world
    }

    fn fill_the_purses(&self) {
        let set = &self.set;
        let payers = [&set.debtor, &set.seller, &set.roles.operator, &self.payer];
        for asset in [&self.set.asset, &self.second] {
            for person in payers.into_iter().chain(&self.people[..4]) {
                asset.give(person, PURSE);
            }
        }
    }

    /// Half of the lives begin with an invoice that is released already, by three holders.
    fn fund_some(&mut self, which: u8) {
        for n in 0..3 {
            if (which >> n) & 1 == 1 {
                for who in 0..3 {
                    let part = if who == 2 { 255 } else { 85 };
                    self.act(&Act::Fund {
                        who,
                        invoice: n,
                        part,
                    });
                }
            }
        }
    }

    /// Three invoices with different terms, in two assets.
    fn list(&mut self, kind: u8) {
        let plain = Terms {
            min_ticket: 1,
            recourse: kind & 1 == 1,
            ..self.set.terms()
        };
        let flat = Terms {
            asset: self.asset(1).at.clone(),
            advance: 777_777_777,
            claim: 800_000_003,
            face: if kind & 2 == 2 {
                800_000_003
            } else {
                900_000_001
            },
            accrual: Accrual::Flat,
            min_ticket: 5,
            min_payment: 1,
            ..plain.clone()
        };
        let tiny = Terms {
            advance: 1_003,
            claim: 1_102,
            face: 1_407,
            min_earned_days: if kind & 4 == 4 { 0 } else { 30 },
            late_bps_per_day: 100,
            late_days_max: 365,
            min_ticket: 1,
            min_payment: 1,
            restricted: kind & 8 == 8,
            ..plain.clone()
        };
        for person in &self.people[..4] {
            self.set.allow(person);
        }
        for (asset, terms) in [(0, plain), (1, flat), (0, tiny)] {
            let id = self.set.listed(self.lives.len() as u8 + 1, &terms);
            self.lives.push(Life {
                shares: self.set.shares(&id),
                id,
                asset,
                model: None,
                entitled: vec![Entitlement::default(); self.people.len()],
                exits: 0,
                before: None,
            });
        }
    }

    pub fn asset(&self, n: usize) -> &Asset {
        [&self.set.asset, &self.second][n]
    }

    pub fn now(&self) -> i128 {
        i128::from(self.env.ledger().timestamp())
    }

    pub fn wait(&self, seconds: u64) {
        tenor_stage::wait(&self.env, seconds);
    }

    pub fn escrow(&self, n: usize) -> Escrow {
        self.set.escrow.get_escrow(&self.lives[n].id)
    }

    /// Units deposited for the holders so far.
    pub fn deposited(&self, n: usize) -> i128 {
        let token = &self.lives[n].shares.address;
        self.set.distributor.get_summary(token).received
    }

    /// Everybody who can be frozen, and to whom something can be owed.
    pub fn everybody(&self) -> Vec<Address> {
        let set = &self.set;
        let others = [
            &set.seller,
            &set.debtor,
            &set.roles.treasury,
            &self.payer,
            &self.worker,
            &set.roles.operator,
        ];
        let mut all = self.people[..4].to_vec();
        all.extend(others.into_iter().cloned());
        all
    }

    /// A name that was not used before.
    pub fn reference(&mut self) -> BytesN<32> {
        self.references += 1;
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&self.references.to_be_bytes());
        BytesN::from_array(&self.env, &bytes)
    }

    /// From the release on the model lives beside the invoice.
    pub fn open_model(&mut self, n: usize) {
        let escrow = self.escrow(n);
        if self.lives[n].model.is_some() || !is_released(escrow.status) {
            return;
        }
        let (terms, at) = (escrow.terms, i128::from(escrow.money.funded_at));
        let linear = terms.accrual == Accrual::Linear;
        self.lives[n].model = Some(Invoice {
            advance: terms.advance,
            claim: terms.claim,
            first_face: terms.face,
            funded_at: at,
            due: terms.due.into(),
            linear,
            min_earned_days: terms.min_earned_days.into(),
            late_bps_per_day: terms.late_bps_per_day.into(),
            late_days_max: terms.late_days_max.into(),
            profit_fee_bps: terms.profit_fee_bps.into(),
            face: terms.face,
            received: 0,
            holders: 0,
            fee: 0,
            recourse: 0,
            earned: if linear {
                0
            } else {
                terms.claim - terms.advance
            },
            late: 0,
            late_days: 0,
            checkpoint: at,
            settled: false,
            disputes: Vec::new(),
        });
    }
}

pub(crate) fn is_released(status: Status) -> bool {
    matches!(status, Status::Funded | Status::Settled | Status::Defaulted)
}
