//! Network settings: the presets and files of one's own as ConfigSetting entries, and the limits a transaction is
//! checked against.

mod own;

use std::path::Path;

use stellar_xdr::{ConfigSettingEntry, ConfigUpgradeSet};

const COST_PARAMS: usize = 86;
pub const PROTOCOL: u32 = 28;
pub const BASE_FEE_STROOPS: u32 = 100;
pub const BASE_RESERVE_STROOPS: u32 = 5_000_000;
/// Ledgers whose transactions and events can be asked for, unless told otherwise (about 7 days of 5 seconds).
pub const RETENTION_LEDGERS: u32 = 120_960;

/// The settings that a network is founded on, under the name that its data directory remembers.
#[derive(Clone, Debug)]
pub struct Limits {
    pub name: String,
    pub entries: Vec<ConfigSettingEntry>,
}

impl Limits {
    /// A preset by its name, or a file of one's own.
    pub fn parse(text: &str) -> Result<Limits, String> {
        Preset::named(text).map_or_else(|| own::read(Path::new(text)), |preset| Ok(preset.into()))
    }
}

impl From<Preset> for Limits {
    fn from(preset: Preset) -> Limits {
        Limits { name: preset.name().to_string(), entries: preset.entries() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    Mainnet,
    Testnet,
    Unlimited,
}

impl Preset {
    fn named(text: &str) -> Option<Preset> {
        [Preset::Mainnet, Preset::Testnet, Preset::Unlimited].into_iter().find(|preset| preset.name() == text)
    }

    pub fn name(self) -> &'static str {
        match self {
            Preset::Mainnet => "mainnet",
            Preset::Testnet => "testnet",
            Preset::Unlimited => "unlimited",
        }
    }

    pub fn entries(self) -> Vec<ConfigSettingEntry> {
        let set: ConfigUpgradeSet = serde_json::from_str(self.text()).expect("the preset is a ConfigUpgradeSet");
        set.updated_entry.into_vec()
    }

    fn text(self) -> &'static str {
        match self {
            Preset::Mainnet => include_str!("../settings/mainnet.json"),
            Preset::Testnet => include_str!("../settings/testnet.json"),
            Preset::Unlimited => include_str!("../settings/unlimited.json"),
        }
    }
}

/// What one Soroban transaction may declare.
#[derive(Clone, Debug, Default)]
pub struct TxLimits {
    pub instructions: i64,
    pub memory_bytes: u32,
    pub disk_read_entries: u32,
    pub disk_read_bytes: u32,
    pub write_entries: u32,
    pub write_bytes: u32,
    pub footprint_entries: u32,
    pub events_bytes: u32,
    pub size_bytes: u32,
    pub key_bytes: u32,
    pub entry_bytes: u32,
    pub wasm_bytes: u32,
    pub max_ttl: u32,
    pub min_persistent_ttl: u32,
    pub min_temporary_ttl: u32,
}

impl TxLimits {
    pub fn from_entries(entries: &[ConfigSettingEntry]) -> Self {
        let mut limits = TxLimits::default();
        for entry in entries {
            match entry {
                ConfigSettingEntry::ContractMaxSizeBytes(v) => limits.wasm_bytes = *v,
                ConfigSettingEntry::ContractComputeV0(c) => {
                    limits.instructions = c.tx_max_instructions;
                    limits.memory_bytes = c.tx_memory_limit;
                }
                ConfigSettingEntry::ContractLedgerCostV0(c) => {
                    limits.disk_read_entries = c.tx_max_disk_read_entries;
                    limits.disk_read_bytes = c.tx_max_disk_read_bytes;
                    limits.write_entries = c.tx_max_write_ledger_entries;
                    limits.write_bytes = c.tx_max_write_bytes;
                }
                ConfigSettingEntry::ContractLedgerCostExtV0(c) => {
                    limits.footprint_entries = c.tx_max_footprint_entries;
                }
                ConfigSettingEntry::ContractEventsV0(e) => limits.events_bytes = e.tx_max_contract_events_size_bytes,
                ConfigSettingEntry::ContractBandwidthV0(b) => limits.size_bytes = b.tx_max_size_bytes,
                ConfigSettingEntry::ContractDataKeySizeBytes(v) => limits.key_bytes = *v,
                ConfigSettingEntry::ContractDataEntrySizeBytes(v) => limits.entry_bytes = *v,
                ConfigSettingEntry::StateArchival(a) => {
                    limits.max_ttl = a.max_entry_ttl;
                    limits.min_persistent_ttl = a.min_persistent_ttl;
                    limits.min_temporary_ttl = a.min_temporary_ttl;
                }
                ConfigSettingEntry::ContractCostParamsCpuInstructions(p)
                | ConfigSettingEntry::ContractCostParamsMemoryBytes(p) => {
                    // A shorter table would silently make some work free of charge.
                    assert_eq!(p.0.len(), COST_PARAMS, "a cost table has {COST_PARAMS} rows");
                }
                _ => {}
            }
        }
        limits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_hold_every_setting_the_host_needs() {
        for preset in [Preset::Mainnet, Preset::Testnet, Preset::Unlimited] {
            let limits = TxLimits::from_entries(&preset.entries());
            assert!(limits.instructions > 0 && limits.wasm_bytes > 0 && limits.max_ttl > 0, "{preset:?}");
        }
    }

    #[test]
    fn mainnet_ttls_are_120_days_and_180_days() {
        let limits = TxLimits::from_entries(&Preset::Mainnet.entries());
        assert_eq!((limits.min_persistent_ttl, limits.max_ttl), (2_073_600, 3_110_400));
    }
}
