//! Bytes as choices: each byte picks among values that mean something here, so that most transactions get past the
//! first check and many succeed. No bytes are the most ordinary choices.

use ed25519_dalek::SigningKey;
use stellar_xdr::*;
use tenor_localnet::frame::Frame;
use tenor_localnet::host::simulate::AuthMode;
use tenor_localnet::{account, keys};

use super::Arena;
use crate::network::{self, call, id, muxed, symbol};

const AMOUNTS: [i64; 10] = [1, 10_000_000, 0, -1, i64::MAX, i64::MIN, 1_000_000_000, 99_999_999_999, 5_000_000, 7];

pub struct Choices<'a> {
    bytes: &'a [u8],
}

impl<'a> Choices<'a> {
    pub fn new(bytes: &'a [u8]) -> Choices<'a> {
        Choices { bytes }
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        *first
    }

    fn of<'b, T>(&mut self, options: &'b [T]) -> &'b T {
        &options[usize::from(self.byte()) % options.len()]
    }

    /// True about once in sixteen times.
    fn rarely(&mut self) -> bool {
        self.byte() >= 240
    }

    fn amount(&mut self) -> i64 {
        *self.of(&AMOUNTS)
    }

    fn wide(&mut self) -> u32 {
        u32::from_be_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    fn text(&mut self) -> Vec<u8> {
        let length = usize::from(self.byte()) % 65;
        (0..length).map(|_| self.byte()).collect()
    }

    fn who(&mut self, arena: &Arena) -> AccountId {
        if self.rarely() {
            return AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([self.byte(); 32])));
        }
        id(self.of(&arena.actors))
    }

    fn whom(&mut self, arena: &Arena) -> MuxedAccount {
        let to = self.who(arena);
        if self.rarely() {
            let ed25519 = keys::ed25519_of(&to).clone();
            return MuxedAccount::MuxedEd25519(MuxedAccountMed25519 { id: u64::from(self.wide()), ed25519 });
        }
        muxed(&to)
    }

    fn asset(&mut self, arena: &Arena) -> Asset {
        if self.rarely() {
            let mut asset_code = AssetCode4([0; 4]);
            asset_code.0.iter_mut().for_each(|byte| *byte = self.byte());
            return Asset::CreditAlphanum4(AlphaNum4 { asset_code, issuer: self.who(arena) });
        }
        self.of(&arena.assets).clone()
    }

    pub fn transaction(&mut self, arena: &Arena) -> Frame {
        let source = self.of(&arena.actors).clone();
        let is_call = self.byte().is_multiple_of(4);
        let (operations, ext, resource_fee) = if is_call {
            self.contract_call(arena, &id(&source))
        } else {
            let count = if self.rarely() { 0 } else { 1 + usize::from(self.byte()) % 8 / 6 };
            let operations = (0..count).map(|_| self.operation(arena)).collect();
            (operations, TransactionExt::V0, 0)
        };
        let state = arena.node.state.borrow();
        let seq_num = account::load(&*state, &id(&source)).map_or(0, |account| account.seq_num.0);
        drop(state);
        let fee = if self.rarely() { self.wide() } else { 100 * operations.len() as u32 };
        let tx = Transaction {
            source_account: if self.rarely() { self.whom(arena) } else { muxed(&id(&source)) },
            fee: u32::try_from(resource_fee).unwrap_or(u32::MAX).saturating_add(fee),
            seq_num: SequenceNumber(if self.rarely() { self.amount() } else { seq_num.saturating_add(1) }),
            cond: self.conditions(),
            memo: if self.rarely() { Memo::Id(7) } else { Memo::None },
            operations: operations.try_into().unwrap_or_default(),
            ext,
        };
        // Those who act sign, and rarely everybody, which is one too many.
        let acts = |key: &&SigningKey| {
            let mut sources = tx.operations.iter().filter_map(|op| op.source_account.as_ref());
            **key == source || sources.any(|acting| keys::account_of(acting) == id(key))
        };
        let everybody = self.rarely();
        let signers: Vec<&SigningKey> = arena.actors.iter().filter(|key| everybody || acts(key)).collect();
        network::signed(tx.clone(), &arena.node, &signers)
    }

    fn conditions(&mut self) -> Preconditions {
        if !self.rarely() {
            return Preconditions::None;
        }
        Preconditions::V2(PreconditionsV2 {
            time_bounds: self.rarely().then_some(TimeBounds { min_time: TimePoint(0), max_time: TimePoint(1) }),
            ledger_bounds: self.rarely().then(|| LedgerBounds { min_ledger: self.wide(), max_ledger: self.wide() }),
            min_seq_num: self.rarely().then(|| SequenceNumber(self.amount())),
            min_seq_age: Duration(u64::from(self.byte() / 250)),
            min_seq_ledger_gap: u32::from(self.byte() / 250),
            extra_signers: VecM::default(),
        })
    }

    fn operation(&mut self, arena: &Arena) -> Operation {
        let source_account = if self.byte().is_multiple_of(2) { None } else { Some(self.whom(arena)) };
        Operation { source_account, body: self.body(arena) }
    }

    fn body(&mut self, arena: &Arena) -> OperationBody {
        use OperationBody::*;
        match self.byte() % 15 {
            0 => Payment(PaymentOp { destination: self.whom(arena), asset: self.asset(arena), amount: self.amount() }),
            1 => CreateAccount(CreateAccountOp { destination: self.who(arena), starting_balance: self.amount() }),
            2 => ChangeTrust(ChangeTrustOp { line: self.line(arena), limit: self.amount() }),
            3 => SetOptions(self.options(arena)),
            4 => SetTrustLineFlags(SetTrustLineFlagsOp {
                trustor: self.who(arena),
                asset: self.asset(arena),
                clear_flags: u32::from(self.byte() % 8),
                set_flags: u32::from(self.byte() % 8),
            }),
            5 => ManageData(ManageDataOp {
                data_name: String64(self.text().try_into().unwrap_or_default()),
                data_value: if self.byte().is_multiple_of(2) {
                    None
                } else {
                    self.text().try_into().ok().map(DataValue)
                },
            }),
            6 => BumpSequence(BumpSequenceOp {
                // An account at the end of its numbers does nothing any more.
                bump_to: SequenceNumber(if self.rarely() { self.amount() } else { 7 }),
            }),
            7 => AccountMerge(self.whom(arena)),
            8 => Clawback(ClawbackOp { asset: self.asset(arena), from: self.whom(arena), amount: self.amount() }),
            9 => CreateClaimableBalance(CreateClaimableBalanceOp {
                asset: self.asset(arena),
                amount: self.amount(),
                claimants: (0..self.byte() % 4).map(|_| self.claimant(arena)).collect::<Vec<_>>().try_into().unwrap(),
            }),
            10 => ClaimClaimableBalance(ClaimClaimableBalanceOp { balance_id: self.balance(arena) }),
            11 => ClawbackClaimableBalance(ClawbackClaimableBalanceOp { balance_id: self.balance(arena) }),
            12 => AllowTrust(AllowTrustOp {
                trustor: self.who(arena),
                asset: AssetCode::CreditAlphanum4(AssetCode4(*b"GOLD")),
                authorize: u32::from(self.byte() % 4),
            }),
            13 => Inflation,
            _ => PathPaymentStrictSend(PathPaymentStrictSendOp {
                send_asset: self.asset(arena),
                send_amount: self.amount(),
                destination: self.whom(arena),
                dest_asset: self.asset(arena),
                dest_min: self.amount(),
                path: VecM::default(),
            }),
        }
    }

    fn line(&mut self, arena: &Arena) -> ChangeTrustAsset {
        match self.asset(arena) {
            Asset::Native => ChangeTrustAsset::Native,
            Asset::CreditAlphanum4(asset) => ChangeTrustAsset::CreditAlphanum4(asset),
            Asset::CreditAlphanum12(asset) => ChangeTrustAsset::CreditAlphanum12(asset),
        }
    }

    fn options(&mut self, arena: &Arena) -> SetOptionsOp {
        let mut some = |limit: u8| {
            let byte = self.byte();
            byte.is_multiple_of(4).then_some(u32::from(byte / 4 % limit))
        };
        let (clear_flags, set_flags) = (some(32), some(32));
        // Weights and thresholds stay so low that the actors can go on.
        let [master_weight, low_threshold, med_threshold, high_threshold] = [some(3), some(2), some(2), some(2)];
        let signer = self.rarely().then(|| Signer {
            key: SignerKey::Ed25519(keys::ed25519_of(&self.who(arena)).clone()),
            weight: u32::from(self.byte() % 3),
        });
        let master_weight = master_weight.map(|weight| weight.max(1));
        SetOptionsOp {
            inflation_dest: None,
            clear_flags,
            set_flags,
            master_weight,
            low_threshold,
            med_threshold,
            high_threshold,
            home_domain: None,
            signer,
        }
    }

    fn claimant(&mut self, arena: &Arena) -> Claimant {
        Claimant::ClaimantTypeV0(ClaimantV0 { destination: self.who(arena), predicate: self.predicate(3) })
    }

    fn predicate(&mut self, depth: u32) -> ClaimPredicate {
        match self.byte() % 6 {
            1 if depth > 0 => ClaimPredicate::Not(Some(Box::new(self.predicate(depth - 1)))),
            2 if depth > 0 => {
                let both = vec![self.predicate(depth - 1), self.predicate(depth - 1)];
                ClaimPredicate::And(both.try_into().unwrap())
            }
            3 => ClaimPredicate::BeforeAbsoluteTime(self.amount()),
            4 => ClaimPredicate::BeforeRelativeTime(self.amount()),
            _ => ClaimPredicate::Unconditional,
        }
    }

    /// One of those there are, or one there is not.
    fn balance(&mut self, arena: &Arena) -> ClaimableBalanceId {
        let state = arena.node.state.borrow();
        let all: Vec<_> = state
            .iter()
            .filter_map(|(key, _)| match key.as_ref() {
                LedgerKey::ClaimableBalance(key) => Some(key.balance_id.clone()),
                _ => None,
            })
            .collect();
        if all.is_empty() {
            return ClaimableBalanceId::ClaimableBalanceIdTypeV0(Hash([self.byte(); 32]));
        }
        self.of(&all).clone()
    }

    fn value(&mut self, arena: &Arena) -> ScVal {
        match self.byte() % 8 {
            0 => network::account(&self.who(arena)),
            1 => network::contract(self.of(&arena.contracts)),
            2 => symbol(self.of::<&str>(&["k", "name", "balance"])),
            3 => ScVal::U32(self.wide()),
            4 => ScVal::Bytes(ScBytes(self.text().try_into().unwrap_or_default())),
            5 => ScVal::Vec(Some(ScVec(vec![ScVal::Void; usize::from(self.byte())].try_into().unwrap()))),
            6 => ScVal::Void,
            _ => tenor_localnet::friendbot::units(self.amount()),
        }
    }

    fn function(&mut self, arena: &Arena, caller: &AccountId) -> HostFunction {
        let me = network::account(caller);
        let [keeper, gold, native] = [0, 1, 2].map(|at: usize| &arena.contracts[at]);
        match self.byte() % 8 {
            0 => call(keeper, "put", vec![me, self.value(arena), self.value(arena)]),
            1 => call(keeper, "get", vec![self.value(arena)]),
            2 => call(keeper, "brief", vec![self.value(arena), self.value(arena)]),
            3 => call(keeper, self.of::<&str>(&["trap", "spin", "none"]), vec![]),
            4 => call(gold, "transfer", vec![me, self.value(arena), tenor_localnet::friendbot::units(self.amount())]),
            5 => call(native, "transfer", vec![me, self.value(arena), tenor_localnet::friendbot::units(self.amount())]),
            6 => {
                let name = *self.of(&["mint", "burn", "clawback", "set_authorized", "balance", "approve", "set_admin"]);
                let args = (0..1 + self.byte() % 4).map(|_| self.value(arena)).collect();
                call(gold, name, args)
            }
            _ => HostFunction::UploadContractWasm(self.text().try_into().unwrap_or_default()),
        }
    }

    /// Simulated for what it needs, and then sometimes told to need something else.
    fn contract_call(&mut self, arena: &Arena, caller: &AccountId) -> (Vec<Operation>, TransactionExt, i64) {
        let function = self.function(arena, caller);
        let op = InvokeHostFunctionOp { host_function: function, auth: VecM::default() };
        let mode = AuthMode::Record { root_only: true, address_v2: true };
        let node = &arena.node;
        let trial = node.engine.simulate_call(&node.state, &node.latest_moment(), &op, caller, mode, 0);
        let mut data = trial.data.unwrap_or_else(|| SorobanTransactionData {
            ext: SorobanTransactionDataExt::V0,
            resources: SorobanResources {
                footprint: LedgerFootprint { read_only: VecM::default(), read_write: VecM::default() },
                instructions: 1_000_000,
                disk_read_bytes: 1_000,
                write_bytes: 1_000,
            },
            resource_fee: 10_000_000,
        });
        if self.rarely() {
            data.resources.instructions = self.wide();
        }
        if self.rarely() {
            data.resources.write_bytes = self.wide();
        }
        if self.rarely() {
            data.resource_fee = self.amount();
        }
        if self.rarely() {
            let footprint = &mut data.resources.footprint;
            std::mem::swap(&mut footprint.read_only, &mut footprint.read_write);
        }
        let auth = trial.auth.try_into().unwrap_or_default();
        let body = match self.byte() {
            250.. => OperationBody::RestoreFootprint(RestoreFootprintOp { ext: ExtensionPoint::V0 }),
            240.. => OperationBody::ExtendFootprintTtl(ExtendFootprintTtlOp {
                ext: ExtensionPoint::V0,
                extend_to: self.wide(),
            }),
            _ => OperationBody::InvokeHostFunction(InvokeHostFunctionOp { auth, ..op }),
        };
        let fee = data.resource_fee;
        (vec![Operation { source_account: None, body }], TransactionExt::V1(data), fee)
    }
}
