//! The window of state sizes that sets the rent rate: a ledger entry that takes a sample every so many ledgers.
//! It never changes the size itself.

use std::rc::Rc;

use stellar_xdr::*;

use crate::state::{Slot, State};

/// Takes the samples due after `previous` up to `seq`; true when the window moved, so the rent rate may have.
pub fn sample(state: &mut State, previous: u32, seq: u32) -> bool {
    let key = |id| LedgerKey::ConfigSetting(LedgerKeyConfigSetting { config_setting_id: id });
    let setting = |id| match &state.get(&key(id))?.entry.data {
        LedgerEntryData::ConfigSetting(setting) => Some(setting.clone()),
        _ => None,
    };
    let Some(ConfigSettingEntry::StateArchival(archival)) = setting(ConfigSettingId::StateArchival) else {
        return false;
    };
    let window = ConfigSettingId::LiveSorobanStateSizeWindow;
    let Some(ConfigSettingEntry::LiveSorobanStateSizeWindow(sizes)) = setting(window) else { return false };
    let period = archival.live_soroban_state_size_window_sample_period.max(1);
    let due = (seq / period).saturating_sub(previous / period) as usize;
    let mut sizes = sizes.to_vec();
    let due = due.min(sizes.len());
    if due == 0 {
        return false;
    }
    sizes.drain(..due);
    sizes.extend(std::iter::repeat_n(state.soroban_bytes, due));
    let data = LedgerEntryData::ConfigSetting(ConfigSettingEntry::LiveSorobanStateSizeWindow(
        sizes.try_into().unwrap_or_default(),
    ));
    let mut entry = crate::account::entry(data);
    entry.last_modified_ledger_seq = seq;
    state.set(Rc::new(key(window)), Some(Slot { entry: Rc::new(entry), ttl: None }));
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genesis;
    use crate::settings::Preset;

    fn sizes(state: &State) -> Vec<u64> {
        let id = ConfigSettingId::LiveSorobanStateSizeWindow;
        let key = LedgerKey::ConfigSetting(LedgerKeyConfigSetting { config_setting_id: id });
        match &state.get(&key).unwrap().entry.data {
            LedgerEntryData::ConfigSetting(ConfigSettingEntry::LiveSorobanStateSizeWindow(sizes)) => sizes.to_vec(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_sample_is_taken_every_64_ledgers_and_a_jump_takes_the_ones_it_passed() {
        let mut state = genesis::state([0; 32], &Preset::Mainnet.into());
        let first = sizes(&state);
        state.soroban_bytes = 7;
        assert!(!sample(&mut state, 1, 63));
        assert!(sample(&mut state, 63, 64));
        assert_eq!((sizes(&state).len(), sizes(&state)[29], sizes(&state)[28]), (first.len(), 7, first[0]));
        assert!(sample(&mut state, 64, 64 * 1_000));
        assert_eq!(sizes(&state), vec![7; 30]);
    }
}
