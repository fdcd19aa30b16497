//! The unified asset events (CAP-67) of classic operations and fees. Contracts emit their own through the host.

use stellar_xdr::*;

use crate::keys;
use crate::ledger::Moment;

/// transfer, or mint from the issuer, or burn to it.
pub fn moved(
    now: &Moment,
    asset: &Asset,
    from: &AccountId,
    to: &MuxedAccount,
    amount: i64,
    memo: &Memo,
) -> ContractEvent {
    let receiver = keys::account_of(to);
    let issuer = keys::issuer(asset);
    let (from_issuer, to_issuer) = (issuer == Some(from), issuer == Some(&receiver));
    let data = amount_with_memo(amount, to, memo);
    match (from_issuer, to_issuer) {
        (true, false) => event(now, asset, "mint", vec![address(&receiver)], data),
        (false, true) => event(now, asset, "burn", vec![address(from)], int(amount)),
        _ => event(now, asset, "transfer", vec![address(from), address(&receiver)], data),
    }
}

pub fn clawed_back(now: &Moment, asset: &Asset, from: ScAddress, amount: i64) -> ContractEvent {
    event(now, asset, "clawback", vec![ScVal::Address(from)], int(amount))
}

pub fn set_authorized(now: &Moment, asset: &Asset, holder: &AccountId, authorized: bool) -> ContractEvent {
    event(now, asset, "set_authorized", vec![address(holder)], ScVal::Bool(authorized))
}

/// A charge is positive, a refund negative.
pub fn fee(now: &Moment, payer: &AccountId, stroops: i64) -> ContractEvent {
    contract_event(now, &Asset::Native, vec![symbol("fee"), address(payer)], int(stroops))
}

/// An error that only whoever sent the transaction hears of: a sentence, and the figures it speaks of.
pub fn diagnostic(error: ScError, text: &str, figures: &[u64]) -> DiagnosticEvent {
    let text = ScVal::String(ScString(text.try_into().expect("a short sentence")));
    let data = if figures.is_empty() {
        text
    } else {
        let values: Vec<ScVal> = std::iter::once(text).chain(figures.iter().map(|f| ScVal::U64(*f))).collect();
        ScVal::Vec(Some(ScVec(values.try_into().expect("few values"))))
    };
    let topics = vec![symbol("error"), ScVal::Error(error)].try_into().expect("two topics");
    DiagnosticEvent {
        in_successful_contract_call: false,
        event: ContractEvent {
            ext: ExtensionPoint::V0,
            contract_id: None,
            type_: ContractEventType::Diagnostic,
            body: ContractEventBody::V0(ContractEventV0 { topics, data }),
        },
    }
}

/// One figure of a contract call, for whoever looks at its diagnostics.
pub fn metric(name: &str, value: u64, in_successful_contract_call: bool) -> DiagnosticEvent {
    let topics = vec![symbol("core_metrics"), symbol(name)].try_into().expect("two topics");
    DiagnosticEvent {
        in_successful_contract_call,
        event: ContractEvent {
            ext: ExtensionPoint::V0,
            contract_id: None,
            type_: ContractEventType::Diagnostic,
            body: ContractEventBody::V0(ContractEventV0 { topics, data: ScVal::U64(value) }),
        },
    }
}

/// Into or out of a claimable balance: an address of its own, and never a memo.
pub fn moved_between(now: &Moment, asset: &Asset, from: ScAddress, to: ScAddress, amount: i64) -> ContractEvent {
    let issuer = keys::issuer(asset).map(|id| ScAddress::Account(id.clone()));
    let (from_issuer, to_issuer) = (issuer.as_ref() == Some(&from), issuer.as_ref() == Some(&to));
    let (name, who) = match (from_issuer, to_issuer) {
        (true, false) => ("mint", vec![to]),
        (false, true) => ("burn", vec![from]),
        _ => ("transfer", vec![from, to]),
    };
    event(now, asset, name, who.into_iter().map(ScVal::Address).collect(), int(amount))
}

fn event(now: &Moment, asset: &Asset, name: &str, who: Vec<ScVal>, data: ScVal) -> ContractEvent {
    let mut topics = vec![symbol(name)];
    topics.extend(who);
    topics.push(ScVal::String(ScString(keys::asset_name(asset).as_str().try_into().expect("a short name"))));
    contract_event(now, asset, topics, data)
}

fn contract_event(now: &Moment, asset: &Asset, topics: Vec<ScVal>, data: ScVal) -> ContractEvent {
    ContractEvent {
        ext: ExtensionPoint::V0,
        contract_id: Some(keys::asset_contract(now.network_id, asset)),
        type_: ContractEventType::Contract,
        body: ContractEventBody::V0(ContractEventV0 { topics: topics.try_into().expect("few topics"), data }),
    }
}

/// The plain amount, or a map that also names the muxed destination or the memo.
fn amount_with_memo(amount: i64, to: &MuxedAccount, memo: &Memo) -> ScVal {
    let bytes = |hash: &Hash| ScVal::Bytes(ScBytes(hash.0.to_vec().try_into().expect("32 bytes")));
    let muxed_id = match (to, memo) {
        (MuxedAccount::MuxedEd25519(m), _) => ScVal::U64(m.id),
        (_, Memo::None) => return int(amount),
        (_, Memo::Id(id)) => ScVal::U64(*id),
        (_, Memo::Text(text)) => ScVal::String(ScString(text.to_vec().try_into().expect("28 bytes at most"))),
        (_, Memo::Hash(hash) | Memo::Return(hash)) => bytes(hash),
    };
    let entry = |name: &str, val: ScVal| ScMapEntry { key: symbol(name), val };
    let map = vec![entry("amount", int(amount)), entry("to_muxed_id", muxed_id)];
    ScVal::Map(Some(ScMap(map.try_into().expect("two entries"))))
}

fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(text.try_into().expect("a short symbol")))
}

fn address(id: &AccountId) -> ScVal {
    ScVal::Address(ScAddress::Account(id.clone()))
}

fn int(amount: i64) -> ScVal {
    let wide = i128::from(amount);
    ScVal::I128(Int128Parts { hi: (wide >> 64) as i64, lo: wide as u64 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    fn account(byte: u8) -> AccountId {
        AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([byte; 32])))
    }

    fn topics(event: &ContractEvent) -> Vec<ScVal> {
        let ContractEventBody::V0(body) = &event.body;
        body.topics.to_vec()
    }

    #[test]
    fn a_payment_from_the_issuer_is_a_mint_and_to_it_a_burn() {
        let now = Moment { network_id: [0; 32], seq: 1, close_time: 0, latest_close_time: 0, limits: Rc::default() };
        let asset = Asset::CreditAlphanum4(AlphaNum4 { asset_code: AssetCode4(*b"USD\0"), issuer: account(1) });
        let to = |byte| MuxedAccount::Ed25519(Uint256([byte; 32]));
        let name = |from, dest| topics(&moved(&now, &asset, &account(from), &to(dest), 5, &Memo::None))[0].clone();
        assert_eq!(name(1, 2), symbol("mint"));
        assert_eq!(name(2, 1), symbol("burn"));
        assert_eq!(name(2, 3), symbol("transfer"));
        assert_eq!(name(1, 1), symbol("transfer"));
    }

    #[test]
    fn negative_amounts_keep_their_sign_in_128_bits() {
        assert_eq!(int(-3), ScVal::I128(Int128Parts { hi: -1, lo: u64::MAX - 2 }));
    }
}
