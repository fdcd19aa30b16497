//! One contract call in enforcing mode, as the network applies it. A panic of the host fails this call alone.

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::time::Instant;

use soroban_env_host::e2e_invoke::{extract_rent_changes, invoke_host_function, TtlLedgerEntryMeta};
use soroban_env_host::fees::compute_rent_fee;
use soroban_env_host::HostError;
use stellar_xdr::*;

use super::Engine;
use crate::codec;
use crate::ledger::Moment;

pub struct Call<'a> {
    pub op: &'a InvokeHostFunctionOp,
    pub source: &'a AccountId,
    pub resources: &'a SorobanResources,
    pub archived: &'a [u32],
    /// One per footprint key, read-only ones first: the entry and its live-until, when there is a live one.
    pub entries: Vec<Option<(LedgerEntry, Option<u32>)>>,
    pub prng_seed: [u8; 32],
}

/// What a call took, paid for or not.
#[derive(Clone, Copy, Default)]
pub struct Spent {
    pub instructions: u64,
    pub memory_bytes: u64,
    pub nanoseconds: u64,
}

pub struct Outcome {
    pub diagnostics: Vec<DiagnosticEvent>,
    pub spent: Spent,
    pub result: Result<Success, Failure>,
}

pub struct Success {
    /// XDR of the returned value.
    pub value: Vec<u8>,
    /// XDR of each contract event.
    pub events: Vec<Vec<u8>>,
    pub writes: Vec<Write>,
    pub rent_fee: i64,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    Trapped,
    OverResources,
    Internal,
}

/// What becomes of one footprint key.
pub struct Write {
    pub key: LedgerKey,
    pub read_only: bool,
    /// XDR of the new entry; `None` on a read-write key means that it is gone.
    pub entry: Option<Vec<u8>>,
    pub live_until: Option<u32>,
}

impl Engine {
    pub fn invoke(&self, call: Call<'_>, now: &Moment) -> Outcome {
        let mut diagnostics = Vec::new();
        let budget = match self.budget(u64::from(call.resources.instructions)) {
            Ok(budget) => budget,
            Err(_) => return Outcome { diagnostics, spent: Spent::default(), result: Err(Failure::Internal) },
        };
        let entries: Vec<_> = call.entries.iter().map(|slot| self.input(slot.as_ref())).collect();
        let auth: Vec<Vec<u8>> = call.op.auth.iter().map(codec::xdr).collect();
        let began = Instant::now();
        let ran = catch_unwind(AssertUnwindSafe(|| {
            invoke_host_function(
                &budget,
                true,
                codec::xdr(&call.op.host_function),
                codec::xdr(call.resources),
                call.archived,
                codec::xdr(call.source),
                auth.into_iter(),
                self.ledger_info(now),
                entries.into_iter(),
                call.prng_seed.to_vec(),
                &mut diagnostics,
                None,
                Some(self.modules.clone()),
            )
        }));
        let spent = Spent {
            instructions: budget.get_cpu_insns_consumed().unwrap_or(u64::MAX),
            memory_bytes: budget.get_mem_bytes_consumed().unwrap_or(u64::MAX),
            nanoseconds: began.elapsed().as_nanos() as u64,
        };
        let over = || {
            let Spent { instructions, memory_bytes, .. } = spent;
            instructions > u64::from(call.resources.instructions)
                || memory_bytes > u64::from(self.config.tx_memory_limit)
        };
        let failed = |error: &HostError| {
            if over() {
                Failure::OverResources
            } else if error.error.is_code(ScErrorCode::InternalError) && !error.error.is_type(ScErrorType::Contract) {
                Failure::Internal
            } else {
                Failure::Trapped
            }
        };
        let result = match ran {
            Err(_panic) => Err(Failure::Internal),
            Ok(Err(error)) => Err(told(&mut diagnostics, &error, failed(&error))),
            Ok(Ok(done)) => match done.encoded_invoke_result {
                Err(error) => Err(told(&mut diagnostics, &error, failed(&error))),
                Ok(value) => {
                    let rent = extract_rent_changes(&done.ledger_changes);
                    Ok(Success {
                        value,
                        events: done.encoded_contract_events,
                        rent_fee: compute_rent_fee(&rent, &self.config.rent_fee_configuration, now.seq),
                        writes: done.ledger_changes.into_iter().map(write).collect(),
                    })
                }
            },
        };
        Outcome { diagnostics, spent, result }
    }

    fn input(&self, slot: Option<&(LedgerEntry, Option<u32>)>) -> (Option<Vec<u8>>, Option<TtlLedgerEntryMeta>) {
        let Some((entry, live_until)) = slot else { return (None, None) };
        let ttl = live_until.map(|live_until_ledger| TtlLedgerEntryMeta {
            live_until_ledger,
            entry_size_for_rent: self.rent_size(entry),
        });
        (Some(codec::xdr(entry)), ttl)
    }
}

fn write(change: soroban_env_host::e2e_invoke::LedgerEntryChange) -> Write {
    let grown = change.ttl_change.filter(|ttl| ttl.new_live_until_ledger > ttl.old_live_until_ledger);
    Write {
        key: codec::own(&change.encoded_key),
        read_only: change.read_only,
        entry: change.encoded_new_value,
        live_until: grown.map(|ttl| ttl.new_live_until_ledger),
    }
}

/// The network's own last word on a failed call.
fn told(diagnostics: &mut Vec<DiagnosticEvent>, error: &HostError, failure: Failure) -> Failure {
    let error = ScVal::Error(error.error.try_into().unwrap_or(ScError::Context(ScErrorCode::InternalError)));
    let topics = vec![symbol("host_fn_failed"), error];
    diagnostics.push(DiagnosticEvent {
        in_successful_contract_call: false,
        event: ContractEvent {
            ext: ExtensionPoint::V0,
            contract_id: None,
            type_: ContractEventType::Diagnostic,
            body: ContractEventBody::V0(ContractEventV0 {
                topics: topics.try_into().expect("two topics"),
                data: ScVal::Void,
            }),
        },
    });
    failure
}

fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(text.try_into().expect("a short symbol")))
}
