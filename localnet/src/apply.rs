//! One transaction against the ledger: sequence number, operations all or none, what it says it did.
//! It returns changes; only the ledger's close writes them.

pub mod checks;
mod claimable;
mod classic;
mod metrics;
mod options;
mod payment;
mod soroban;
mod trust;
mod ttl;

use stellar_xdr::*;

use crate::account;
use crate::frame::Frame;
use crate::host::Engine;
use crate::keys;
use crate::ledger::Moment;
use crate::meta;
use crate::state::{Changed, Overlay, State, View};
use crate::validate::{self, Stage};

/// What one transaction did. Fees are charged and refunded by the ledger's close.
pub struct Applied {
    pub changed: Changed,
    pub code: TransactionResultResult,
    /// The refusal speaks of the fee bump itself.
    pub outer: bool,
    pub before: LedgerEntryChanges,
    pub operations: Vec<OperationMetaV2>,
    pub soroban: Option<SorobanUse>,
}

/// What a contract transaction used of its resource fee, in stroops.
#[derive(Default)]
pub struct SorobanUse {
    pub value: Option<ScVal>,
    pub diagnostics: Vec<DiagnosticEvent>,
    pub rent_fee: i64,
    pub events_fee: i64,
    /// The host broke, not the contract: the whole transaction fails by its own code.
    pub failed_internally: bool,
}

/// An operation at work: the ledger it sees, who acts, and what it emits.
struct Cx<'a> {
    now: &'a Moment,
    engine: &'a Engine,
    frame: &'a Frame,
    source: AccountId,
    /// Place of the operation in its transaction.
    index: u32,
    overlay: Overlay<'a>,
    events: Vec<ContractEvent>,
    soroban: SorobanUse,
    prng_seed: [u8; 32],
}

impl Cx<'_> {
    fn load_source(&self) -> AccountEntry {
        account::load(&self.overlay, &self.source).expect("the source was there when the operation started")
    }
}

pub fn apply(frame: &Frame, state: &State, now: &Moment, engine: &Engine, prng_seed: [u8; 32]) -> Applied {
    let verdict = validate::check(frame, state, now, engine, Stage::Applying);
    let mut first = Overlay::new(state, now.seq);
    if verdict.as_ref().map_or_else(|invalid| invalid.uses_sequence, |()| true) {
        use_sequence(frame, &mut first, now);
    }
    let before = meta::changes(&first);
    let mut applied = Applied {
        changed: Changed::new(),
        code: TransactionResultResult::TxInternalError,
        outer: false,
        before,
        operations: Vec::new(),
        soroban: frame.is_soroban().then(SorobanUse::default),
    };
    match verdict {
        Err(invalid) => {
            applied.code = invalid.code;
            applied.outer = invalid.outer;
        }
        Ok(()) => run(frame, &mut first, now, engine, prng_seed, &mut applied),
    }
    applied.changed = first.changed;
    applied
}

/// Runs all operations; their changes reach `first` only when every one succeeded.
fn run(frame: &Frame, first: &mut Overlay<'_>, now: &Moment, engine: &Engine, seed: [u8; 32], applied: &mut Applied) {
    let mut all = Overlay::new(&*first, now.seq);
    let mut results = Vec::new();
    let mut failed = false;
    for (index, op) in frame.tx().operations.iter().enumerate() {
        let mut cx = Cx {
            now,
            engine,
            frame,
            source: frame.op_source(op),
            index: index as u32,
            overlay: Overlay::new(&all, now.seq),
            events: Vec::new(),
            soroban: SorobanUse::default(),
            prng_seed: seed,
        };
        let outcome = operate(&op.body, &mut cx);
        let Cx { overlay, events, soroban, .. } = cx;
        if let Some(used) = &mut applied.soroban {
            *used = soroban;
        }
        match outcome {
            Ok(result) => {
                let changes = meta::changes(&overlay);
                let changed = overlay.changed;
                all.merge(changed);
                results.push(result);
                applied.operations.push(OperationMetaV2 {
                    ext: ExtensionPoint::V0,
                    changes,
                    events: events.try_into().unwrap_or_default(),
                });
            }
            Err(result) => {
                failed = true;
                if applied.soroban.as_ref().is_some_and(|used| used.failed_internally) {
                    applied.operations.clear();
                    applied.code = TransactionResultResult::TxInternalError;
                    return;
                }
                results.push(result);
            }
        }
    }
    let results = results.try_into().unwrap_or_default();
    if failed {
        applied.operations.clear();
        applied.code = TransactionResultResult::TxFailed(results);
    } else {
        let changed = all.changed;
        first.merge(changed);
        applied.code = TransactionResultResult::TxSuccess(results);
    }
}

fn operate(body: &OperationBody, cx: &mut Cx<'_>) -> Result<OperationResult, OperationResult> {
    checks::check(body, &cx.source)?;
    if let Some(data) = cx.frame.soroban_data() {
        checks::check_contract(body, &data.resources.footprint, &cx.now.limits).map_err(|refused| refused.0)?;
    }
    if cx.overlay.slot(&keys::account(&cx.source)).is_none() {
        return Err(OperationResult::OpNoAccount);
    }
    match body {
        OperationBody::CreateAccount(op) => classic::create_account(op, cx),
        OperationBody::AccountMerge(to) => classic::merge(to, cx),
        OperationBody::ManageData(op) => classic::manage_data(op, cx),
        OperationBody::BumpSequence(op) => classic::bump_sequence(op, cx),
        OperationBody::Payment(op) => payment::pay(op, cx),
        OperationBody::Clawback(op) => payment::claw_back(op, cx),
        OperationBody::ChangeTrust(op) => trust::change(op, cx),
        OperationBody::SetTrustLineFlags(op) => trust::set_flags(op, cx),
        OperationBody::AllowTrust(op) => trust::allow(op, cx),
        OperationBody::CreateClaimableBalance(op) => claimable::create(op, cx),
        OperationBody::ClaimClaimableBalance(op) => claimable::claim(op, cx),
        OperationBody::ClawbackClaimableBalance(op) => claimable::claw_back(op, cx),
        OperationBody::SetOptions(op) => options::set(op, cx),
        OperationBody::InvokeHostFunction(op) => soroban::invoke(op, cx),
        OperationBody::ExtendFootprintTtl(op) => ttl::extend(op, cx),
        OperationBody::RestoreFootprint(_) => ttl::restore(cx),
        _ => Err(OperationResult::OpNotSupported),
    }
}

/// Takes the sequence number, and every signer that was this transaction's hash: it counts once.
fn use_sequence(frame: &Frame, overlay: &mut Overlay<'_>, now: &Moment) {
    let Some(mut source) = account::load(overlay, &frame.source()) else { return };
    account::use_sequence(&mut source, frame.seq_num(), now.seq, now.close_time);
    account::store(overlay, source);
    let once = SignerKey::PreAuthTx(Uint256(frame.inner_hash));
    let mut owners: Vec<AccountId> = frame.tx().operations.iter().map(|op| frame.op_source(op)).collect();
    owners.push(frame.source());
    for owner in owners {
        let Some(mut account) = account::load(overlay, &owner) else { continue };
        if !account.signers.iter().any(|s| s.key == once) {
            continue;
        }
        let left: Vec<Signer> = account.signers.iter().filter(|s| s.key != once).cloned().collect();
        account.num_sub_entries -= (account.signers.len() - left.len()) as u32;
        account.signers = left.try_into().unwrap_or_default();
        account::normalise(&mut account);
        account::store(overlay, account);
    }
}
