//! Ledger keys, asset contract ids and addresses, as the protocol derives them. Nothing here reads state.

use stellar_xdr::*;

use crate::codec;

pub fn account(id: &AccountId) -> LedgerKey {
    LedgerKey::Account(LedgerKeyAccount { account_id: id.clone() })
}

/// The trustline of an account; `None` for the native asset, which has none.
pub fn trustline(id: &AccountId, asset: &Asset) -> Option<LedgerKey> {
    let asset = match asset {
        Asset::Native => return None,
        Asset::CreditAlphanum4(a) => TrustLineAsset::CreditAlphanum4(a.clone()),
        Asset::CreditAlphanum12(a) => TrustLineAsset::CreditAlphanum12(a.clone()),
    };
    Some(LedgerKey::Trustline(LedgerKeyTrustLine { account_id: id.clone(), asset }))
}

pub fn data(id: &AccountId, name: &String64) -> LedgerKey {
    LedgerKey::Data(LedgerKeyData { account_id: id.clone(), data_name: name.clone() })
}

pub fn claimable_balance(id: &ClaimableBalanceId) -> LedgerKey {
    LedgerKey::ClaimableBalance(LedgerKeyClaimableBalance { balance_id: id.clone() })
}

pub fn hash(key: &LedgerKey) -> Hash {
    Hash(codec::sha256(codec::xdr(key)))
}

/// True for keys whose entries live for a time: contract data and contract code.
pub fn has_ttl(key: &LedgerKey) -> bool {
    matches!(key, LedgerKey::ContractData(_) | LedgerKey::ContractCode(_))
}

pub fn is_persistent(key: &LedgerKey) -> bool {
    match key {
        LedgerKey::ContractData(d) => d.durability == ContractDataDurability::Persistent,
        LedgerKey::ContractCode(_) => true,
        _ => false,
    }
}

pub fn issuer(asset: &Asset) -> Option<&AccountId> {
    match asset {
        Asset::Native => None,
        Asset::CreditAlphanum4(a) => Some(&a.issuer),
        Asset::CreditAlphanum12(a) => Some(&a.issuer),
    }
}

/// Asset codes are 1 to 12 letters or digits, filled with zeros; a 12-code holds at least 5.
pub fn asset_is_valid(asset: &Asset) -> bool {
    let (code, shortest) = match asset {
        Asset::Native => return true,
        Asset::CreditAlphanum4(a) => (&a.asset_code.0[..], 1),
        Asset::CreditAlphanum12(a) => (&a.asset_code.0[..], 5),
    };
    let length = code.iter().position(|b| *b == 0).unwrap_or(code.len());
    length >= shortest && code[..length].iter().all(u8::is_ascii_alphanumeric) && code[length..].iter().all(|b| *b == 0)
}

/// `native` or `CODE:ISSUER`, the last topic of the unified asset events.
pub fn asset_name(asset: &Asset) -> String {
    let code = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end_matches('\0').to_string();
    match asset {
        Asset::Native => "native".to_string(),
        Asset::CreditAlphanum4(a) => format!("{}:{}", code(&a.asset_code.0), a.issuer),
        Asset::CreditAlphanum12(a) => format!("{}:{}", code(&a.asset_code.0), a.issuer),
    }
}

pub fn asset_contract(network_id: [u8; 32], asset: &Asset) -> ContractId {
    let preimage = HashIdPreimage::ContractId(HashIdPreimageContractId {
        network_id: Hash(network_id),
        contract_id_preimage: ContractIdPreimage::Asset(asset.clone()),
    });
    ContractId(Hash(codec::sha256(codec::xdr(&preimage))))
}

pub fn contract_instance(id: &ContractId) -> LedgerKey {
    LedgerKey::ContractData(LedgerKeyContractData {
        contract: ScAddress::Contract(id.clone()),
        key: ScVal::LedgerKeyContractInstance,
        durability: ContractDataDurability::Persistent,
    })
}

pub fn account_of(muxed: &MuxedAccount) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(match muxed {
        MuxedAccount::Ed25519(key) => key.clone(),
        MuxedAccount::MuxedEd25519(m) => m.ed25519.clone(),
    }))
}

pub fn ed25519_of(id: &AccountId) -> &Uint256 {
    let AccountId(PublicKey::PublicKeyTypeEd25519(key)) = id;
    key
}
