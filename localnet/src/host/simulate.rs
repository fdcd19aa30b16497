//! Trial runs: what a call would return, touch and cost. Nothing is written.

use std::cell::RefCell;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::rc::Rc;

use soroban_env_host::e2e_invoke::RecordingInvocationAuthMode;
use soroban_env_host::events::HostEvent;
use soroban_env_host::storage::{EntryWithLiveUntil, SnapshotSource};
use soroban_env_host::HostError;
use soroban_simulation::simulation::{
    simulate_extend_ttl_op, simulate_invoke_host_function_op, simulate_restore_op, LedgerEntryDiff,
    SimulationAdjustmentConfig,
};
use soroban_simulation::AutoRestoringSnapshotSource;
use stellar_xdr::*;

use super::Engine;
use crate::ledger::Moment;
use crate::state::State;

pub enum AuthMode {
    /// Signatures count, as when the call is applied.
    Enforce,
    /// Entries are recorded unsigned.
    Record { root_only: bool, address_v2: bool },
}

#[derive(Default)]
pub struct Trial {
    pub error: Option<String>,
    pub value: Option<ScVal>,
    pub auth: Vec<SorobanAuthorizationEntry>,
    pub data: Option<SorobanTransactionData>,
    pub events: Vec<DiagnosticEvent>,
    pub diffs: Vec<(Option<LedgerEntry>, Option<LedgerEntry>)>,
    /// What must be restored first, where the operation cannot restore by itself.
    pub restore_first: Option<SorobanTransactionData>,
}

impl Trial {
    pub fn refused(error: impl Into<String>) -> Trial {
        Trial { error: Some(error.into()), ..Trial::default() }
    }
}

impl Engine {
    pub fn simulate_call(
        &self,
        state: &Rc<RefCell<State>>,
        now: &Moment,
        op: &InvokeHostFunctionOp,
        source: &AccountId,
        mode: AuthMode,
        extra_instructions: u32,
    ) -> Trial {
        let mode = match mode {
            AuthMode::Enforce => RecordingInvocationAuthMode::Enforcing(op.auth.to_vec()),
            AuthMode::Record { root_only, address_v2 } => RecordingInvocationAuthMode::recording(root_only, address_v2),
        };
        let mut adjustment = SimulationAdjustmentConfig::default_adjustment();
        let instructions = &mut adjustment.instructions;
        instructions.additive_factor = instructions.additive_factor.max(extra_instructions);
        let ran = catch_unwind(AssertUnwindSafe(|| {
            simulate_invoke_host_function_op(
                Rc::new(Shared(state.clone())),
                &self.config,
                &adjustment,
                &self.ledger_info(now),
                op.host_function.clone(),
                mode,
                source,
                // The recorded nonce comes from this seed, so every trial needs its own.
                rand::random(),
                true,
            )
        }));
        match ran {
            Err(_panic) => Trial::refused("the contract host failed internally"),
            Ok(Err(error)) => Trial::refused(format!("{error:#}")),
            Ok(Ok(done)) => Trial {
                error: done.invoke_result.as_ref().err().map(|e| sentence(e, &done.diagnostic_events)),
                value: done.invoke_result.ok(),
                auth: done.auth,
                data: done.transaction_data,
                events: done.diagnostic_events,
                diffs: done.modified_entries.into_iter().map(sides).collect(),
                restore_first: None,
            },
        }
    }

    pub fn simulate_extend(
        &self,
        state: &Rc<RefCell<State>>,
        now: &Moment,
        keys: &[LedgerKey],
        extend_to: u32,
    ) -> Trial {
        let info = self.ledger_info(now);
        let adjustment = SimulationAdjustmentConfig::default_adjustment();
        let run = || -> Result<Trial, String> {
            let source = AutoRestoringSnapshotSource::new(Rc::new(Shared(state.clone())), &info).map_err(text)?;
            let extended = simulate_extend_ttl_op(&source, &self.config, &adjustment, &info, keys, extend_to);
            let data = extended.map_err(text)?.transaction_data;
            let restore = source.simulate_restore_keys_op(&self.config, &adjustment, &info).map_err(text)?;
            let restore_first = restore.map(|r| r.transaction_data);
            Ok(Trial { data: Some(data), restore_first, ..Trial::default() })
        };
        guarded(run)
    }

    pub fn simulate_restore(&self, state: &Rc<RefCell<State>>, now: &Moment, keys: &[LedgerKey]) -> Trial {
        let adjustment = SimulationAdjustmentConfig::default_adjustment();
        guarded(|| {
            let source = Shared(state.clone());
            let restored = simulate_restore_op(&source, &self.config, &adjustment, &self.ledger_info(now), keys);
            Ok(Trial { data: Some(restored.map_err(text)?.transaction_data), ..Trial::default() })
        })
    }
}

/// The crate adds up what callers send; a sum too large fails this trial alone.
fn guarded(run: impl FnOnce() -> Result<Trial, String>) -> Trial {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(trial) => trial.unwrap_or_else(Trial::refused),
        Err(_panic) => Trial::refused("the simulation failed internally"),
    }
}

fn text(error: impl core::fmt::Display) -> String {
    format!("{error:#}")
}

/// The error with the host's event log, newest first, as clients know it.
fn sentence(error: &HostError, events: &[DiagnosticEvent]) -> String {
    let mut told = format!("HostError: {:?}\n", error.error);
    for (at, event) in events.iter().rev().enumerate() {
        if at == 0 {
            told.push_str("\nEvent log (newest first):\n");
        }
        let shown = HostEvent { event: event.event.clone(), failed_call: !event.in_successful_contract_call };
        told.push_str(&format!("   {at}: {shown}\n"));
    }
    told
}

fn sides(diff: LedgerEntryDiff) -> (Option<LedgerEntry>, Option<LedgerEntry>) {
    (diff.state_before, diff.state_after)
}

struct Shared(Rc<RefCell<State>>);

impl SnapshotSource for Shared {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        super::Entries(&self.0.borrow()).get(key)
    }
}
