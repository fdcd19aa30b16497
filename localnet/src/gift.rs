//! Any asset for any account or contract, without asking its issuer: for tests and people, by the control path alone.
//! The ledger shows ordinary transactions, paid for by the root account; only the other signatures are missing.

use stellar_xdr::*;

use crate::account::{self, AUTH_REQUIRED};
use crate::codec;
use crate::frame::Frame;
use crate::friendbot::{asset_call, call, deploy_asset, sign, transfer_to_contract, units, STARTING_STROOPS};
use crate::genesis::{account_id, root_key};
use crate::horizon::result_codes;
use crate::keys;
use crate::node::Node;
use crate::state::View;

const UNITS_PER_WHOLE: i64 = 10_000_000;
const DECIMALS: usize = 7;

/// Gives `amount` (a decimal with up to seven places) of `native` or `CODE:ISSUER`, and closes the ledgers that takes.
/// Missing accounts, the trustline, its authorisation and the asset's contract are made on the way.
pub fn give(node: &mut Node, address: &str, asset: &str, amount: &str) -> Result<(), String> {
    let to: ScAddress = address.parse().map_err(|_| format!("{address} is not an account or contract address"))?;
    let asset = asset_named(asset).ok_or_else(|| format!("{asset} is neither native nor CODE:ISSUER"))?;
    let amount = units_of(amount).ok_or_else(|| format!("{amount} is not a positive amount with up to 7 decimals"))?;
    match (to, keys::issuer(&asset).cloned()) {
        (ScAddress::Account(id), None) => {
            let body = match account::load(&*node.state.borrow(), &id) {
                None => OperationBody::CreateAccount(CreateAccountOp { destination: id, starting_balance: amount }),
                Some(_) => payment(&id, &asset, amount),
            };
            apply(node, |node| Ok(by_root(node, vec![Operation { source_account: None, body }])))
        }
        (to @ ScAddress::Contract(_), None) => apply(node, |node| transfer_to_contract(node, to, amount)),
        (ScAddress::Account(id), Some(issuer)) => {
            if id == issuer {
                return Err("an issuer holds none of its own asset".to_string());
            }
            apply(node, |node| Ok(by_root(node, to_account(node, &id, &issuer, &asset, amount))))
        }
        (to @ ScAddress::Contract(_), Some(issuer)) => to_contract(node, &to, &issuer, &asset, amount),
        _ => Err(format!("{address} is not an account or contract address")),
    }
}

fn to_account(node: &Node, id: &AccountId, issuer: &AccountId, asset: &Asset, amount: i64) -> Vec<Operation> {
    let state = node.state.borrow();
    let mut operations: Vec<Operation> = [issuer, id].into_iter().filter_map(|who| creation(&*state, who)).collect();
    let line = account::load_line(&*state, id, asset);
    if line.is_none() {
        let body = OperationBody::ChangeTrust(ChangeTrustOp { line: trusted(asset), limit: i64::MAX });
        operations.push(acting(id, body));
    }
    let needs_leave = account::load(&*state, issuer).is_some_and(|issuer| issuer.flags & AUTH_REQUIRED != 0);
    if needs_leave {
        let body = OperationBody::SetTrustLineFlags(SetTrustLineFlagsOp {
            trustor: id.clone(),
            asset: asset.clone(),
            clear_flags: 0,
            set_flags: account::LINE_AUTHORIZED,
        });
        operations.push(acting(issuer, body));
    }
    operations.push(acting(issuer, payment(id, asset, amount)));
    operations
}

fn to_contract(node: &mut Node, to: &ScAddress, issuer: &AccountId, asset: &Asset, amount: i64) -> Result<(), String> {
    let creation = creation(&*node.state.borrow(), issuer);
    if let Some(creation) = creation {
        apply(node, |node| Ok(by_root(node, vec![creation])))?;
    }
    let instance = keys::contract_instance(&keys::asset_contract(node.network_id, asset));
    if node.state.borrow().slot(&instance).is_none() {
        let root = account_id(&root_key(node.network_id));
        apply(node, |node| call(node, deploy_asset(asset), &root))?;
    }
    let flags = account::load(&*node.state.borrow(), issuer).map_or(0, |issuer| issuer.flags);
    if flags & AUTH_REQUIRED != 0 {
        let args = vec![ScVal::Address(to.clone()), ScVal::Bool(true)];
        apply(node, |node| call(node, asset_call(node, asset, "set_authorized", args), issuer))?;
    }
    let args = vec![ScVal::Address(to.clone()), units(amount)];
    apply(node, |node| call(node, asset_call(node, asset, "mint", args), issuer))
}

/// Closes a ledger with one transaction of the control path in it, and says why it failed if it did.
fn apply(node: &mut Node, make: impl FnOnce(&Node) -> Result<Frame, String>) -> Result<(), String> {
    let mut frame = make(node)?;
    frame.is_unsigned = true;
    let hash = frame.hash;
    // Nobody waits for the word that it is applied: the history tells.
    drop(node.run_errand(frame));
    if node.history.find(&hash).is_none() {
        node.close();
    }
    let (ledger, at) = node.history.find(&hash).ok_or("the ledger did not take the transaction")?;
    let done = &ledger.txs[at];
    if done.success {
        return Ok(());
    }
    Err(format!("the transaction failed: {}", result_codes(&codec::own::<TransactionResult>(&done.result))))
}

fn by_root(node: &Node, operations: Vec<Operation>) -> Frame {
    sign(node, operations, TransactionExt::V0, 0)
}

fn creation(view: &dyn View, who: &AccountId) -> Option<Operation> {
    if account::load(view, who).is_some() {
        return None;
    }
    let op = CreateAccountOp { destination: who.clone(), starting_balance: STARTING_STROOPS };
    Some(Operation { source_account: None, body: OperationBody::CreateAccount(op) })
}

fn acting(who: &AccountId, body: OperationBody) -> Operation {
    Operation { source_account: Some(MuxedAccount::Ed25519(keys::ed25519_of(who).clone())), body }
}

fn payment(to: &AccountId, asset: &Asset, amount: i64) -> OperationBody {
    let destination = MuxedAccount::Ed25519(keys::ed25519_of(to).clone());
    OperationBody::Payment(PaymentOp { destination, asset: asset.clone(), amount })
}

fn trusted(asset: &Asset) -> ChangeTrustAsset {
    match asset {
        Asset::Native => ChangeTrustAsset::Native,
        Asset::CreditAlphanum4(a) => ChangeTrustAsset::CreditAlphanum4(a.clone()),
        Asset::CreditAlphanum12(a) => ChangeTrustAsset::CreditAlphanum12(a.clone()),
    }
}

fn asset_named(text: &str) -> Option<Asset> {
    if text == "native" {
        return Some(Asset::Native);
    }
    let (code, issuer) = text.split_once(':')?;
    let issuer: AccountId = issuer.parse().ok()?;
    let asset = if code.len() <= 4 {
        let mut asset_code = AssetCode4([0; 4]);
        asset_code.0[..code.len()].copy_from_slice(code.as_bytes());
        Asset::CreditAlphanum4(AlphaNum4 { asset_code, issuer })
    } else {
        let mut asset_code = AssetCode12([0; 12]);
        asset_code.0.get_mut(..code.len())?.copy_from_slice(code.as_bytes());
        Asset::CreditAlphanum12(AlphaNum12 { asset_code, issuer })
    };
    keys::asset_is_valid(&asset).then_some(asset)
}

fn units_of(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > DECIMALS {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<DECIMALS$}").parse().ok()?;
    whole.checked_mul(UNITS_PER_WHOLE)?.checked_add(part).filter(|units| *units > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_seven_places_and_are_positive() {
        assert_eq!(units_of("12.5"), Some(125_000_000));
        assert_eq!(units_of("0.0000001"), Some(1));
        assert_eq!(units_of("922337203685.4775807"), Some(i64::MAX));
        for wrong in ["", ".", "1.", ".5", "0", "0.0", "-1", "1.00000001", "1e3", "922337203685.4775808", "+1"] {
            assert_eq!(units_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn assets_are_native_or_code_and_issuer() {
        let issuer = "GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI";
        for (text, good) in [("USDC", true), ("EURTOKEN", true), ("", false), ("TOOLONGACODE1", false), ("U$D", false)]
        {
            assert_eq!(asset_named(&format!("{text}:{issuer}")).is_some(), good, "{text}");
        }
        assert!(asset_named("USDC").is_none() && asset_named("native") == Some(Asset::Native));
    }
}
