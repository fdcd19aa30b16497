//! Settings of one's own: a file that names what differs from a preset. Nothing is founded on a file that is not sound.

use std::path::Path;

use serde::Deserialize;
use serde_json::{json, Map, Value};
use stellar_xdr::{ConfigSettingEntry, ConfigUpgradeSet};

use super::{Limits, Preset, COST_PARAMS};
use crate::codec;

/// Fees above this would not fit the sums that they go into.
const MAX_FEE_STROOPS: i64 = 1 << 40;
/// Ledgers that an entry may live at most: sequences have 32 bits.
const MAX_TTL_LEDGERS: i64 = 1 << 31;

/// `based_on` is a preset (mainnet without it). Each entry has one setting's name, as in the presets' files; of a
/// setting with fields, those that are named replace the preset's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    based_on: Option<String>,
    updated_entry: Vec<Map<String, Value>>,
}

pub fn read(path: &Path) -> Result<Limits, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|why| format!("neither a preset (mainnet, testnet, unlimited) nor a file that can be read: {why}"))?;
    parse(&text)
}

fn parse(text: &str) -> Result<Limits, String> {
    let file: File = serde_json::from_str(text).map_err(|why| format!("not a file of settings: {why}"))?;
    let base = file.based_on.as_deref().unwrap_or(Preset::Mainnet.name());
    let base = Preset::named(base).ok_or_else(|| format!("based_on names no preset: {base:?}"))?;
    let mut settings: Value = serde_json::from_str(base.text()).map_err(|why| why.to_string())?;
    let settings_list = settings["updated_entry"].as_array_mut().ok_or("the preset has no entries")?;
    for (name, value) in file.updated_entry.iter().flatten() {
        let setting = settings_list.iter_mut().find_map(|entry| entry.get_mut(name));
        replace(setting.ok_or_else(|| format!("there is no setting {name:?}"))?, name, value)?;
    }
    let set: ConfigUpgradeSet =
        serde_json::from_value(settings).map_err(|why| format!("a setting has another form: {why}"))?;
    let entries = set.updated_entry.to_vec();
    entries.iter().try_for_each(check)?;
    let digest = hex::encode(codec::sha256(codec::xdr(&set)));
    Ok(Limits { name: format!("own {}", &digest[..16]), entries })
}

fn replace(setting: &mut Value, name: &str, value: &Value) -> Result<(), String> {
    let (Value::Object(fields), Value::Object(named)) = (&mut *setting, value) else {
        *setting = value.clone();
        return Ok(());
    };
    for (field, value) in named {
        *fields.get_mut(field).ok_or_else(|| format!("{name} has no field {field:?}"))? = value.clone();
    }
    Ok(())
}

/// What the host and the closing of ledgers take for granted of a setting.
fn check(entry: &ConfigSettingEntry) -> Result<(), String> {
    use ConfigSettingEntry as S;
    if let S::ContractCostParamsCpuInstructions(table) | S::ContractCostParamsMemoryBytes(table) = entry {
        let sound = |row: &stellar_xdr::ContractCostParamEntry| row.const_term >= 0 && row.linear_term >= 0;
        return if table.0.len() == COST_PARAMS && table.0.iter().all(sound) {
            Ok(())
        } else {
            Err(format!("a cost table has {COST_PARAMS} rows, none of them negative"))
        };
    }
    if let S::LiveSorobanStateSizeWindow(sizes) = entry {
        return if sizes.is_empty() { Err("the window of state sizes is empty".to_string()) } else { Ok(()) };
    }
    let told = json!(entry);
    let (name, fields) = told.as_object().and_then(|entry| entry.iter().next()).ok_or("a setting has a name")?;
    let number = |field: &str| match &fields[field] {
        Value::String(text) => text.parse::<i64>().ok(),
        value => value.as_i64(),
    };
    if fields.is_object() {
        check_fields(entry, name, &number)
    } else if fields.as_i64().is_none_or(|value| value <= 0) {
        Err(format!("{name} must be positive"))
    } else {
        Ok(())
    }
}

fn check_fields(entry: &ConfigSettingEntry, name: &str, number: &dyn Fn(&str) -> Option<i64>) -> Result<(), String> {
    use ConfigSettingEntry as S;
    let (positive, fees, ordered): (&[&str], &[&str], &[(&str, &str)]) = match entry {
        S::ContractComputeV0(_) => (
            &["tx_max_instructions", "tx_memory_limit"],
            &["fee_rate_per_instructions_increment"],
            &[("tx_max_instructions", "ledger_max_instructions")],
        ),
        S::ContractLedgerCostV0(_) => (
            &["soroban_state_target_size_bytes"],
            &["fee_disk_read_ledger_entry", "fee_write_ledger_entry", "fee_disk_read1_kb"],
            &[
                ("tx_max_disk_read_entries", "ledger_max_disk_read_entries"),
                ("tx_max_disk_read_bytes", "ledger_max_disk_read_bytes"),
                ("tx_max_write_ledger_entries", "ledger_max_write_ledger_entries"),
                ("tx_max_write_bytes", "ledger_max_write_bytes"),
            ],
        ),
        S::ContractLedgerCostExtV0(_) => (&["tx_max_footprint_entries"], &["fee_write1_kb"], &[]),
        S::ContractHistoricalDataV0(_) => (&[], &["fee_historical1_kb"], &[]),
        S::ContractEventsV0(_) => (&[], &["fee_contract_events1_kb"], &[]),
        S::ContractBandwidthV0(_) => {
            (&["tx_max_size_bytes"], &["fee_tx_size1_kb"], &[("tx_max_size_bytes", "ledger_max_txs_size_bytes")])
        }
        S::StateArchival(_) => (
            &[
                "min_temporary_ttl",
                "min_persistent_ttl",
                "persistent_rent_rate_denominator",
                "temp_rent_rate_denominator",
                "live_soroban_state_size_window_sample_period",
            ],
            &[],
            &[("min_temporary_ttl", "max_entry_ttl"), ("min_persistent_ttl", "max_entry_ttl")],
        ),
        S::ContractExecutionLanes(_) => (&["ledger_max_tx_count"], &[], &[]),
        S::ContractParallelComputeV0(_) => (&["ledger_max_dependent_tx_clusters"], &[], &[]),
        _ => return Ok(()),
    };
    let of = |field: &str| number(field).ok_or_else(|| format!("{name}.{field} is out of range"));
    for field in positive {
        if of(field)? <= 0 {
            return Err(format!("{name}.{field} must be positive"));
        }
    }
    for field in fees {
        if !(0..=MAX_FEE_STROOPS).contains(&of(field)?) {
            return Err(format!("{name}.{field} must be 0 to {MAX_FEE_STROOPS}"));
        }
    }
    for (less, more) in ordered {
        if of(less)? > of(more)? {
            return Err(format!("{name}.{less} is above {more}"));
        }
    }
    if matches!(entry, S::StateArchival(_)) && of("max_entry_ttl")? > MAX_TTL_LEDGERS {
        return Err(format!("{name}.max_entry_ttl must be at most {MAX_TTL_LEDGERS}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::TxLimits;

    #[test]
    fn what_is_named_replaces_the_presets_and_the_rest_stays() {
        let file = r#"{"based_on": "testnet", "updated_entry": [
            {"contract_compute_v0": {"tx_max_instructions": "7000000"}}, {"contract_max_size_bytes": 4096}]}"#;
        let own = parse(file).unwrap();
        let limits = TxLimits::from_entries(&own.entries);
        let testnet = TxLimits::from_entries(&Preset::Testnet.entries());
        assert_eq!((limits.instructions, limits.wasm_bytes), (7_000_000, 4_096));
        assert_eq!(
            (limits.memory_bytes, limits.min_persistent_ttl),
            (testnet.memory_bytes, testnet.min_persistent_ttl)
        );
        assert_eq!(own.name, parse(file).unwrap().name);
        assert_ne!(own.name, parse(r#"{"updated_entry": []}"#).unwrap().name);
    }

    #[test]
    fn every_preset_is_sound_and_an_empty_file_is_mainnet() {
        for preset in [Preset::Mainnet, Preset::Testnet, Preset::Unlimited] {
            preset.entries().iter().try_for_each(check).unwrap();
        }
        assert_eq!(parse(r#"{"updated_entry": []}"#).unwrap().entries, Preset::Mainnet.entries());
    }

    #[test]
    fn what_no_network_could_run_on_is_refused_by_name() {
        for (entry, why) in [
            (r#"{"frozen_ledger_keys": {}}"#, "no setting"),
            (r#"{"contract_compute_v0": {"tx_max_instruction": 1}}"#, "no field"),
            (r#"{"contract_compute_v0": {"tx_max_instructions": "x"}}"#, "another form"),
            (r#"{"contract_compute_v0": {"tx_max_instructions": "0"}}"#, "must be positive"),
            (r#"{"contract_compute_v0": {"tx_max_instructions": "580000001"}}"#, "is above ledger_max_instructions"),
            (r#"{"contract_historical_data_v0": {"fee_historical1_kb": "-1"}}"#, "must be 0 to"),
            (r#"{"state_archival": {"persistent_rent_rate_denominator": "0"}}"#, "must be positive"),
            (r#"{"state_archival": {"max_entry_ttl": 100}}"#, "is above max_entry_ttl"),
            (r#"{"state_archival": {"max_entry_ttl": 4294967295}}"#, "must be at most"),
            (r#"{"contract_max_size_bytes": 0}"#, "must be positive"),
            (r#"{"contract_cost_params_cpu_instructions": []}"#, "86 rows"),
            (r#"{"live_soroban_state_size_window": []}"#, "empty"),
        ] {
            let refused = parse(&format!(r#"{{"updated_entry": [{entry}]}}"#)).unwrap_err();
            assert!(refused.contains(why), "{entry}: {refused}");
        }
        assert!(parse(r#"{"based_on": "futurenet", "updated_entry": []}"#).unwrap_err().contains("no preset"));
        assert!(parse("{}").unwrap_err().contains("not a file of settings"));
    }
}
