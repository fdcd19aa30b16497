//! Account and trustline entries: making them, reading them, and the balance rules. No operation logic.

use stellar_xdr::*;

use crate::keys;
use crate::state::{Overlay, View};

pub const AUTH_REQUIRED: u32 = AccountFlags::RequiredFlag as u32;
pub const AUTH_REVOCABLE: u32 = AccountFlags::RevocableFlag as u32;
pub const AUTH_IMMUTABLE: u32 = AccountFlags::ImmutableFlag as u32;
pub const AUTH_CLAWBACK: u32 = AccountFlags::ClawbackEnabledFlag as u32;
pub const LINE_AUTHORIZED: u32 = TrustLineFlags::AuthorizedFlag as u32;
pub const LINE_MAINTAIN: u32 = TrustLineFlags::AuthorizedToMaintainLiabilitiesFlag as u32;
pub const LINE_CLAWBACK: u32 = TrustLineFlags::TrustlineClawbackEnabledFlag as u32;
pub const MAX_SUBENTRIES: u32 = 1_000;

pub fn entry(data: LedgerEntryData) -> LedgerEntry {
    LedgerEntry { last_modified_ledger_seq: 0, data, ext: LedgerEntryExt::V0 }
}

/// A new account, with the extensions that the network gives it before any contract sees it.
pub fn new_account(id: AccountId, balance: i64, seq_num: i64) -> AccountEntry {
    let mut account = AccountEntry {
        account_id: id,
        balance,
        seq_num: SequenceNumber(seq_num),
        num_sub_entries: 0,
        inflation_dest: None,
        flags: 0,
        home_domain: String32::default(),
        thresholds: Thresholds([1, 0, 0, 0]),
        signers: VecM::default(),
        ext: AccountEntryExt::V0,
    };
    normalise(&mut account);
    account
}

/// Brings an account to extension V3 (sizes enter the fees, and simulation assumes V3).
pub fn normalise(account: &mut AccountEntry) {
    let signers = account.signers.len();
    if matches!(account.ext, AccountEntryExt::V0) {
        account.ext = AccountEntryExt::V1(AccountEntryExtensionV1 {
            liabilities: Liabilities { buying: 0, selling: 0 },
            ext: AccountEntryExtensionV1Ext::V0,
        });
    }
    let AccountEntryExt::V1(v1) = &mut account.ext else { return };
    if matches!(v1.ext, AccountEntryExtensionV1Ext::V0) {
        v1.ext = AccountEntryExtensionV1Ext::V2(AccountEntryExtensionV2 {
            num_sponsored: 0,
            num_sponsoring: 0,
            signer_sponsoring_i_ds: vec![SponsorshipDescriptor(None); signers].try_into().unwrap_or_default(),
            ext: AccountEntryExtensionV2Ext::V0,
        });
    }
    let AccountEntryExtensionV1Ext::V2(v2) = &mut v1.ext else { return };
    if v2.signer_sponsoring_i_ds.len() != signers {
        v2.signer_sponsoring_i_ds = vec![SponsorshipDescriptor(None); signers].try_into().unwrap_or_default();
    }
    if matches!(v2.ext, AccountEntryExtensionV2Ext::V0) {
        v2.ext = AccountEntryExtensionV2Ext::V3(AccountEntryExtensionV3 {
            ext: ExtensionPoint::V0,
            seq_ledger: 0,
            seq_time: TimePoint(0),
        });
    }
}

/// Ledger and close time at which the account last used a sequence number.
pub fn sequence_used(account: &AccountEntry) -> (u32, u64) {
    if let AccountEntryExt::V1(v1) = &account.ext {
        if let AccountEntryExtensionV1Ext::V2(v2) = &v1.ext {
            if let AccountEntryExtensionV2Ext::V3(v3) = &v2.ext {
                return (v3.seq_ledger, v3.seq_time.0);
            }
        }
    }
    (0, 0)
}

pub fn use_sequence(account: &mut AccountEntry, seq_num: i64, ledger: u32, close_time: u64) {
    account.seq_num = SequenceNumber(seq_num);
    normalise(account);
    if let AccountEntryExt::V1(v1) = &mut account.ext {
        if let AccountEntryExtensionV1Ext::V2(v2) = &mut v1.ext {
            if let AccountEntryExtensionV2Ext::V3(v3) = &mut v2.ext {
                v3.seq_ledger = ledger;
                v3.seq_time = TimePoint(close_time);
            }
        }
    }
}

pub fn load(view: &dyn View, id: &AccountId) -> Option<AccountEntry> {
    match view.slot(&keys::account(id))?.entry.data.clone() {
        LedgerEntryData::Account(account) => Some(account),
        _ => None,
    }
}

pub fn store(overlay: &mut Overlay<'_>, account: AccountEntry) {
    let key = keys::account(&account.account_id);
    overlay.put(key, entry(LedgerEntryData::Account(account)));
}

pub fn load_line(view: &dyn View, id: &AccountId, asset: &Asset) -> Option<TrustLineEntry> {
    match view.slot(&keys::trustline(id, asset)?)?.entry.data.clone() {
        LedgerEntryData::Trustline(line) => Some(line),
        _ => None,
    }
}

pub fn store_line(overlay: &mut Overlay<'_>, asset: &Asset, line: TrustLineEntry) {
    if let Some(key) = keys::trustline(&line.account_id, asset) {
        overlay.put(key, entry(LedgerEntryData::Trustline(line)));
    }
}

/// Stroops that the account must keep: two base reserves, one per subentry, and those it holds for others.
pub fn min_balance(account: &AccountEntry, base_reserve: u32) -> i64 {
    (2 + i64::from(account.num_sub_entries) + i64::from(sponsoring(account))) * i64::from(base_reserve)
}

/// Reserves that the account holds for entries that belong to nobody yet.
pub fn sponsoring(account: &AccountEntry) -> u32 {
    match &account.ext {
        AccountEntryExt::V1(AccountEntryExtensionV1 { ext: AccountEntryExtensionV1Ext::V2(v2), .. }) => {
            v2.num_sponsoring
        }
        _ => 0,
    }
}

/// Takes on or gives back so many reserves.
pub fn sponsor(account: &mut AccountEntry, reserves: i64) {
    normalise(account);
    if let AccountEntryExt::V1(v1) = &mut account.ext {
        if let AccountEntryExtensionV1Ext::V2(v2) = &mut v1.ext {
            let sum = i64::from(v2.num_sponsoring) + reserves;
            v2.num_sponsoring = u32::try_from(sum.max(0)).unwrap_or(u32::MAX);
        }
    }
}

/// Stroops that the account can spend. Offers do not exist here, so there are no liabilities.
pub fn available(account: &AccountEntry, base_reserve: u32) -> i64 {
    account.balance - min_balance(account, base_reserve)
}

/// Takes one more subentry if the reserve allows it.
pub fn add_subentry(account: &mut AccountEntry, base_reserve: u32) -> Result<(), SubentryRefused> {
    if account.num_sub_entries >= MAX_SUBENTRIES {
        return Err(SubentryRefused::TooMany);
    }
    account.num_sub_entries += 1;
    if available(account, base_reserve) < 0 {
        account.num_sub_entries -= 1;
        return Err(SubentryRefused::LowReserve);
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
pub enum SubentryRefused {
    TooMany,
    LowReserve,
}

pub fn is_authorized(line: &TrustLineEntry) -> bool {
    line.flags & LINE_AUTHORIZED != 0
}
