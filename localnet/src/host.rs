//! The only room that calls the contract host and its simulation, so that the next protocol changes one room.
//! It reads no state and writes none: entries go in, results and changes come out.

pub mod invoke;
pub mod simulate;

use std::rc::Rc;

use soroban_env_host::budget::{AsBudget, Budget};
use soroban_env_host::e2e_invoke::entry_size_for_rent;
use soroban_env_host::fees::{
    compute_rent_fee, compute_transaction_resource_fee, LedgerEntryRentChange, TransactionResources,
};
use soroban_env_host::storage::{EntryWithLiveUntil, SnapshotSource};
use soroban_env_host::{CompilationContext, Error, ErrorHandler, HostError, LedgerInfo, ModuleCache, Val};
use soroban_simulation::NetworkConfig;
use stellar_xdr::*;

use crate::ledger::Moment;
use crate::settings::{BASE_RESERVE_STROOPS, PROTOCOL};
use crate::state::State;

/// Network configuration and compiled modules, shared by every call.
pub struct Engine {
    config: NetworkConfig,
    modules: ModuleCache,
    compiler: Compiler,
}

impl Engine {
    /// Reads the configuration from the state's setting entries and compiles the contract code that lives there.
    pub fn new(state: &State, seq: u32) -> Engine {
        let config = NetworkConfig::load_from_snapshot(&Entries(state)).expect("the settings of genesis are complete");
        let tables = (config.cpu_cost_params.clone(), config.memory_cost_params.clone());
        let unlimited = Budget::try_from_configs(u64::MAX, u64::MAX, tables.0, tables.1);
        let compiler = Compiler(unlimited.expect("the settings hold whole cost tables"));
        let modules = ModuleCache::new(&compiler).expect("the module cache starts empty");
        let engine = Engine { config, modules, compiler };
        for (_, slot) in state.iter().filter(|(_, slot)| slot.is_live(seq)) {
            engine.compile(&slot.entry);
        }
        engine
    }

    /// Reads the configuration again: the state's size moves the rent rate.
    pub fn reload(&mut self, state: &State) {
        self.config = NetworkConfig::load_from_snapshot(&Entries(state)).expect("settings are never taken away");
    }

    /// Fills the module cache: applying without a cached module costs more than simulation said.
    pub fn compile(&self, entry: &LedgerEntry) {
        if let LedgerEntryData::ContractCode(code) = &entry.data {
            // Code that does not compile cannot be uploaded; an error here would show when it is called.
            let _ = self.modules.parse_and_cache_module_simple(&self.compiler, PROTOCOL, &code.code);
        }
    }

    /// (non-refundable, refundable) stroops of what a transaction declares, events not counted.
    pub fn declared_fee(&self, data: &SorobanTransactionData, size_bytes: u32) -> (i64, i64) {
        self.resource_fee(data, size_bytes, 0)
    }

    pub fn resource_fee(&self, data: &SorobanTransactionData, size_bytes: u32, events_bytes: u32) -> (i64, i64) {
        let r = &data.resources;
        let archived = match &data.ext {
            SorobanTransactionDataExt::V1(ext) => ext.archived_soroban_entries.len(),
            SorobanTransactionDataExt::V0 => 0,
        };
        let keys = || r.footprint.read_only.iter().chain(r.footprint.read_write.iter());
        let classic = keys().filter(|key| !crate::keys::has_ttl(key)).count();
        let resources = TransactionResources {
            instructions: r.instructions,
            disk_read_entries: (classic + archived) as u32,
            write_entries: r.footprint.read_write.len() as u32,
            disk_read_bytes: r.disk_read_bytes,
            write_bytes: r.write_bytes,
            contract_events_size_bytes: events_bytes,
            transaction_size_bytes: size_bytes,
        };
        compute_transaction_resource_fee(&resources, &self.config.fee_configuration)
    }

    /// Rent in stroops for entries of which only the time to live grows, each `(key, entry, old, new live-until)`;
    /// an old live-until of 0 means restored, which pays as new.
    pub fn rent_fee(&self, extended: &[(LedgerKey, Rc<LedgerEntry>, u32, u32)], seq: u32) -> i64 {
        let changes: Vec<_> = extended
            .iter()
            .map(|(key, entry, old, new)| {
                let size = self.rent_size(entry);
                LedgerEntryRentChange {
                    is_persistent: crate::keys::is_persistent(key),
                    is_code_entry: matches!(key, LedgerKey::ContractCode(_)),
                    old_size_bytes: if *old == 0 { 0 } else { size },
                    new_size_bytes: size,
                    old_live_until_ledger: *old,
                    new_live_until_ledger: *new,
                }
            })
            .collect();
        compute_rent_fee(&changes, &self.config.rent_fee_configuration, seq)
    }

    /// Bytes that rent is asked for: the XDR, and for code the parsed module besides.
    fn rent_size(&self, entry: &LedgerEntry) -> u32 {
        let xdr_size = crate::codec::xdr(entry).len() as u32;
        entry_size_for_rent(&self.compiler.0, entry, xdr_size).unwrap_or(xdr_size)
    }

    /// Stroops for writing one kilobyte of state, as the close meta tells it.
    pub fn write_fee_per_kb(&self) -> i64 {
        self.config.rent_fee_configuration.fee_per_rent_1kb
    }

    fn budget(&self, instructions: u64) -> Result<Budget, HostError> {
        Budget::try_from_configs(
            instructions,
            u64::from(self.config.tx_memory_limit),
            self.config.cpu_cost_params.clone(),
            self.config.memory_cost_params.clone(),
        )
    }

    fn ledger_info(&self, now: &Moment) -> LedgerInfo {
        let mut info = LedgerInfo {
            protocol_version: PROTOCOL,
            sequence_number: now.seq,
            timestamp: now.close_time,
            network_id: now.network_id,
            base_reserve: BASE_RESERVE_STROOPS,
            ..LedgerInfo::default()
        };
        self.config.fill_config_fields_in_ledger_info(&mut info);
        info
    }
}

/// The state as the host's simulation reads it: expired entries included, with their old live-until.
struct Entries<'a>(&'a State);

impl SnapshotSource for Entries<'_> {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        Ok(self.0.get(key).map(|slot| (slot.entry.clone(), slot.ttl.map(|t| t.live_until))))
    }
}

/// Compiles modules outside of any transaction, free of charge.
#[derive(Clone)]
struct Compiler(Budget);

impl AsBudget for Compiler {
    fn as_budget(&self) -> &Budget {
        &self.0
    }
}

impl ErrorHandler for Compiler {
    fn map_err<T, E>(&self, result: Result<T, E>) -> Result<T, HostError>
    where
        Error: From<E>,
        E: core::fmt::Debug,
    {
        result.map_err(|e| HostError::from(Error::from(e)))
    }

    fn error(&self, error: Error, _message: &str, _args: &[Val]) -> HostError {
        HostError::from(error)
    }
}

impl CompilationContext for Compiler {}
