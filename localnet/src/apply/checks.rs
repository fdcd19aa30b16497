//! What can be said of an operation without the ledger: its threshold level, its stateless check, its blank result.

use stellar_xdr::*;

use super::claimable;
use crate::account::{AUTH_CLAWBACK, AUTH_IMMUTABLE, AUTH_REQUIRED, AUTH_REVOCABLE};
use crate::account::{LINE_AUTHORIZED, LINE_CLAWBACK, LINE_MAINTAIN};
use crate::events;
use crate::keys;
use crate::settings::TxLimits;
use crate::signatures::Level;

pub const ALL_ACCOUNT_FLAGS: u32 = AUTH_REQUIRED | AUTH_REVOCABLE | AUTH_IMMUTABLE | AUTH_CLAWBACK;
const ALL_LINE_FLAGS: u32 = LINE_AUTHORIZED | LINE_MAINTAIN | LINE_CLAWBACK;

pub fn level(body: &OperationBody) -> Level {
    match body {
        OperationBody::SetTrustLineFlags(_)
        | OperationBody::AllowTrust(_)
        | OperationBody::BumpSequence(_)
        | OperationBody::ClaimClaimableBalance(_)
        | OperationBody::Inflation
        | OperationBody::ExtendFootprintTtl(_)
        | OperationBody::RestoreFootprint(_) => Level::Low,
        OperationBody::AccountMerge(_) => Level::High,
        OperationBody::SetOptions(op) if touches_control(op) => Level::High,
        _ => Level::Medium,
    }
}

fn touches_control(op: &SetOptionsOp) -> bool {
    op.master_weight.is_some()
        || op.low_threshold.is_some()
        || op.med_threshold.is_some()
        || op.high_threshold.is_some()
        || op.signer.is_some()
}

/// The stateless check. `Err` is the operation's failed result.
pub fn check(body: &OperationBody, source: &AccountId) -> Result<(), OperationResult> {
    use OperationResultTr as R;
    let refused = match body {
        OperationBody::CreateAccount(op) => {
            let bad = op.starting_balance < 0 || op.destination == *source;
            bad.then_some(R::CreateAccount(CreateAccountResult::Malformed))
        }
        OperationBody::Payment(op) => {
            let bad = op.amount <= 0 || !keys::asset_is_valid(&op.asset);
            bad.then_some(R::Payment(PaymentResult::Malformed))
        }
        OperationBody::ChangeTrust(op) => {
            let asset = trust_asset(&op.line);
            let bad = op.limit < 0
                || !asset.is_some_and(|a| keys::asset_is_valid(&a) && keys::issuer(&a).is_some_and(|i| i != source));
            bad.then_some(R::ChangeTrust(ChangeTrustResult::Malformed))
        }
        OperationBody::SetOptions(op) => check_options(op, source).map(R::SetOptions),
        OperationBody::SetTrustLineFlags(op) => {
            check_line_flags(op, source).then_some(R::SetTrustLineFlags(SetTrustLineFlagsResult::Malformed))
        }
        OperationBody::AllowTrust(op) => {
            let bad = op.authorize > LINE_MAINTAIN
                || op.trustor == *source
                || !keys::asset_is_valid(&asset_of(&op.asset, source));
            bad.then_some(R::AllowTrust(AllowTrustResult::Malformed))
        }
        OperationBody::CreateClaimableBalance(op) => {
            claimable::is_malformed(op).then_some(R::CreateClaimableBalance(CreateClaimableBalanceResult::Malformed))
        }
        OperationBody::ClaimClaimableBalance(_) | OperationBody::ClawbackClaimableBalance(_) => None,
        OperationBody::AccountMerge(to) => {
            (keys::account_of(to) == *source).then_some(R::AccountMerge(AccountMergeResult::Malformed))
        }
        OperationBody::ManageData(op) => {
            let name = op.data_name.as_slice();
            let bad = name.is_empty() || !name.iter().all(|b| b.is_ascii() && !b.is_ascii_control());
            bad.then_some(R::ManageData(ManageDataResult::InvalidName))
        }
        OperationBody::BumpSequence(op) => (op.bump_to.0 < 0).then_some(R::BumpSequence(BumpSequenceResult::BadSeq)),
        OperationBody::Clawback(op) => {
            let bad = op.amount <= 0
                || keys::account_of(&op.from) == *source
                || !keys::asset_is_valid(&op.asset)
                || keys::issuer(&op.asset) != Some(source);
            bad.then_some(R::Clawback(ClawbackResult::Malformed))
        }
        OperationBody::InvokeHostFunction(_)
        | OperationBody::ExtendFootprintTtl(_)
        | OperationBody::RestoreFootprint(_) => None,
        _ => return Err(OperationResult::OpNotSupported),
    };
    refused.map_or(Ok(()), |result| Err(OperationResult::OpInner(result)))
}

/// The check of a contract operation against its footprint and the settings. `Err` is its failed result and the fault.
pub fn check_contract(
    body: &OperationBody,
    footprint: &LedgerFootprint,
    limits: &TxLimits,
) -> Result<(), Box<(OperationResult, DiagnosticEvent)>> {
    use OperationResultTr as R;
    let input = ScError::Storage(ScErrorCode::InvalidInput);
    let (error, text, figures) = match body {
        OperationBody::InvokeHostFunction(op) => match &op.host_function {
            HostFunction::UploadContractWasm(wasm) if wasm.len() as u64 > u64::from(limits.wasm_bytes) => {
                let figures = vec![wasm.len() as u64, u64::from(limits.wasm_bytes)];
                (ScError::Budget(ScErrorCode::ExceededLimit), "code above the network's limit (bytes, limit)", figures)
            }
            HostFunction::CreateContract(create) => match &create.contract_id_preimage {
                ContractIdPreimage::Asset(asset) if !keys::asset_is_valid(asset) => {
                    (ScError::Value(ScErrorCode::InvalidInput), "no contract can be made of such an asset", vec![])
                }
                _ => return Ok(()),
            },
            _ => return Ok(()),
        },
        OperationBody::ExtendFootprintTtl(op) => {
            let most = limits.max_ttl.saturating_sub(1);
            if !footprint.read_write.is_empty() {
                (input, "extending lives writes nothing", vec![])
            } else if !footprint.read_only.iter().all(keys::has_ttl) {
                (input, "a kind of entry that lives without end", vec![])
            } else if op.extend_to > most {
                (input, "a life longer than the network's (ledgers, limit)", vec![op.extend_to.into(), most.into()])
            } else {
                return Ok(());
            }
        }
        OperationBody::RestoreFootprint(_) => {
            if !footprint.read_only.is_empty() {
                (input, "restoring reads nothing besides", vec![])
            } else if !footprint.read_write.iter().all(keys::is_persistent) {
                (input, "a kind of entry that cannot be restored", vec![])
            } else {
                return Ok(());
            }
        }
        _ => return Ok(()),
    };
    let result = match body {
        OperationBody::ExtendFootprintTtl(_) => {
            OperationResult::OpInner(R::ExtendFootprintTtl(ExtendFootprintTtlResult::Malformed))
        }
        OperationBody::RestoreFootprint(_) => {
            OperationResult::OpInner(R::RestoreFootprint(RestoreFootprintResult::Malformed))
        }
        // The network gives such a call no code of its own.
        _ => untouched(body),
    };
    Err(Box::new((result, events::diagnostic(error, text, &figures))))
}

/// The asset of an issuer that an operation names by its code alone.
pub fn asset_of(code: &AssetCode, issuer: &AccountId) -> Asset {
    let issuer = issuer.clone();
    match code {
        AssetCode::CreditAlphanum4(code) => Asset::CreditAlphanum4(AlphaNum4 { asset_code: code.clone(), issuer }),
        AssetCode::CreditAlphanum12(code) => Asset::CreditAlphanum12(AlphaNum12 { asset_code: code.clone(), issuer }),
    }
}

pub fn trust_asset(line: &ChangeTrustAsset) -> Option<Asset> {
    match line {
        ChangeTrustAsset::CreditAlphanum4(a) => Some(Asset::CreditAlphanum4(a.clone())),
        ChangeTrustAsset::CreditAlphanum12(a) => Some(Asset::CreditAlphanum12(a.clone())),
        ChangeTrustAsset::Native | ChangeTrustAsset::PoolShare(_) => None,
    }
}

fn check_options(op: &SetOptionsOp, source: &AccountId) -> Option<SetOptionsResult> {
    let (set, clear) = (op.set_flags.unwrap_or(0), op.clear_flags.unwrap_or(0));
    if (set | clear) & !ALL_ACCOUNT_FLAGS != 0 {
        return Some(SetOptionsResult::UnknownFlag);
    }
    if set & clear != 0 {
        return Some(SetOptionsResult::BadFlags);
    }
    let over = |value: Option<u32>| value.is_some_and(|v| v > 255);
    if over(op.master_weight) || over(op.low_threshold) || over(op.med_threshold) || over(op.high_threshold) {
        return Some(SetOptionsResult::ThresholdOutOfRange);
    }
    if let Some(signer) = &op.signer {
        let own_key = signer.key == SignerKey::Ed25519(keys::ed25519_of(source).clone());
        let empty = matches!(&signer.key, SignerKey::Ed25519SignedPayload(p) if p.payload.is_empty());
        if own_key || empty || signer.weight > 255 {
            return Some(SetOptionsResult::BadSigner);
        }
    }
    let domain_is_text = |d: &String32| d.as_slice().iter().all(|b| b.is_ascii() && !b.is_ascii_control());
    if op.home_domain.as_ref().is_some_and(|d| !domain_is_text(d)) {
        return Some(SetOptionsResult::InvalidHomeDomain);
    }
    None
}

fn check_line_flags(op: &SetTrustLineFlagsOp, source: &AccountId) -> bool {
    let auth_both = op.set_flags & LINE_AUTHORIZED != 0 && op.set_flags & LINE_MAINTAIN != 0;
    !keys::asset_is_valid(&op.asset)
        || keys::issuer(&op.asset) != Some(source)
        || op.trustor == *source
        || op.set_flags & op.clear_flags != 0
        || (op.set_flags | op.clear_flags) & !ALL_LINE_FLAGS != 0
        || op.set_flags & LINE_CLAWBACK != 0
        || auth_both
}

/// What the result holds for an operation that nobody looked at: success of its kind.
pub fn untouched(body: &OperationBody) -> OperationResult {
    use OperationResultTr as R;
    OperationResult::OpInner(match body {
        OperationBody::CreateAccount(_) => R::CreateAccount(CreateAccountResult::Success),
        OperationBody::Payment(_) => R::Payment(PaymentResult::Success),
        OperationBody::ChangeTrust(_) => R::ChangeTrust(ChangeTrustResult::Success),
        OperationBody::SetOptions(_) => R::SetOptions(SetOptionsResult::Success),
        OperationBody::SetTrustLineFlags(_) => R::SetTrustLineFlags(SetTrustLineFlagsResult::Success),
        OperationBody::AllowTrust(_) => R::AllowTrust(AllowTrustResult::Success),
        OperationBody::CreateClaimableBalance(_) => {
            let nothing = ClaimableBalanceId::ClaimableBalanceIdTypeV0(Hash([0; 32]));
            R::CreateClaimableBalance(CreateClaimableBalanceResult::Success(nothing))
        }
        OperationBody::ClaimClaimableBalance(_) => R::ClaimClaimableBalance(ClaimClaimableBalanceResult::Success),
        OperationBody::ClawbackClaimableBalance(_) => {
            R::ClawbackClaimableBalance(ClawbackClaimableBalanceResult::Success)
        }
        OperationBody::AccountMerge(_) => R::AccountMerge(AccountMergeResult::Success(0)),
        OperationBody::ManageData(_) => R::ManageData(ManageDataResult::Success),
        OperationBody::BumpSequence(_) => R::BumpSequence(BumpSequenceResult::Success),
        OperationBody::Clawback(_) => R::Clawback(ClawbackResult::Success),
        OperationBody::InvokeHostFunction(_) => R::InvokeHostFunction(InvokeHostFunctionResult::Success(Hash([0; 32]))),
        OperationBody::ExtendFootprintTtl(_) => R::ExtendFootprintTtl(ExtendFootprintTtlResult::Success),
        OperationBody::RestoreFootprint(_) => R::RestoreFootprint(RestoreFootprintResult::Success),
        _ => return OperationResult::OpNotSupported,
    })
}
