//! Free lumens from the root account: a new account, a top-up, or a transfer to a contract.

use ed25519_dalek::Signer;
use stellar_xdr::*;
use tokio::sync::oneshot;

use crate::account;
use crate::codec;
use crate::frame::Frame;
use crate::genesis::{account_id, root_key};
use crate::host::simulate::AuthMode;
use crate::keys;
use crate::node::Node;
use crate::settings::BASE_FEE_STROOPS;
use crate::state::View;

pub const STARTING_STROOPS: i64 = 100_000_000_000;

/// A gift on its way: the transaction, and who hears that it was applied.
pub struct Gift {
    pub hash: String,
    pub envelope: String,
    pub applied: oneshot::Receiver<bool>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    BadAddress,
    AlreadyFunded,
    Failed(String),
}

pub fn fund(node: &mut Node, address: &str) -> Result<Gift, Refused> {
    let address: ScAddress = address.parse().map_err(|_| Refused::BadAddress)?;
    let body = match address {
        ScAddress::Account(id) => fund_account(node, id)?,
        ScAddress::Contract(_) => return give_to_contract(node, address),
        _ => return Err(Refused::BadAddress),
    };
    let frame = sign(node, vec![Operation { source_account: None, body }], TransactionExt::V0, 0);
    Ok(send(node, frame))
}

fn fund_account(node: &Node, id: AccountId) -> Result<OperationBody, Refused> {
    match account::load(&*node.state.borrow(), &id) {
        None => {
            let op = CreateAccountOp { destination: id, starting_balance: STARTING_STROOPS };
            Ok(OperationBody::CreateAccount(op))
        }
        Some(account) if account.balance >= STARTING_STROOPS => Err(Refused::AlreadyFunded),
        Some(account) => Ok(OperationBody::Payment(PaymentOp {
            destination: MuxedAccount::Ed25519(keys::ed25519_of(&id).clone()),
            asset: Asset::Native,
            amount: STARTING_STROOPS - account.balance,
        })),
    }
}

fn give_to_contract(node: &mut Node, to: ScAddress) -> Result<Gift, Refused> {
    let frame = transfer_to_contract(node, to, STARTING_STROOPS).map_err(Refused::Failed)?;
    Ok(send(node, frame))
}

/// Lumens from the root account to a contract.
pub fn transfer_to_contract(node: &Node, to: ScAddress, stroops: i64) -> Result<Frame, String> {
    let root = account_id(&root_key(node.network_id));
    let args = vec![ScVal::Address(ScAddress::Account(root.clone())), ScVal::Address(to), units(stroops)];
    call(node, asset_call(node, &Asset::Native, "transfer", args), &root)
}

pub fn units(amount: i64) -> ScVal {
    let wide = i128::from(amount);
    ScVal::I128(Int128Parts { hi: (wide >> 64) as i64, lo: wide as u64 })
}

/// A call of an asset's own contract.
pub fn asset_call(node: &Node, asset: &Asset, function: &str, args: Vec<ScVal>) -> HostFunction {
    HostFunction::InvokeContract(InvokeContractArgs {
        contract_address: ScAddress::Contract(keys::asset_contract(node.network_id, asset)),
        function_name: ScSymbol(function.try_into().expect("a short symbol")),
        args: args.try_into().expect("few arguments"),
    })
}

pub fn deploy_asset(asset: &Asset) -> HostFunction {
    HostFunction::CreateContract(CreateContractArgs {
        contract_id_preimage: ContractIdPreimage::Asset(asset.clone()),
        executable: ContractExecutable::StellarAsset,
    })
}

/// Deploys the native asset's contract, which the first ledger after genesis holds.
pub fn found_native_contract(node: &mut Node) -> Result<(), String> {
    let instance = keys::contract_instance(&keys::asset_contract(node.network_id, &Asset::Native));
    if node.state.borrow().slot(&instance).is_some() {
        return Ok(());
    }
    let root = account_id(&root_key(node.network_id));
    let frame = call(node, deploy_asset(&Asset::Native), &root)?;
    let mut applied = node.run_errand(frame);
    node.close();
    node.settle();
    match applied.try_recv() {
        Ok(true) => Ok(()),
        _ => Err("the native asset's contract could not be deployed".to_string()),
    }
}

fn send(node: &mut Node, frame: Frame) -> Gift {
    let (hash, envelope) = (hex::encode(frame.hash), codec::xdr_base64(&frame.envelope));
    Gift { hash, envelope, applied: node.run_errand(frame) }
}

/// A contract call that the root account pays for, simulated for its footprint and fee.
pub fn call(node: &Node, function: HostFunction, caller: &AccountId) -> Result<Frame, String> {
    let op = InvokeHostFunctionOp { host_function: function, auth: VecM::default() };
    let mode = AuthMode::Record { root_only: true, address_v2: true };
    let trial = node.engine.simulate_call(&node.state, &node.latest_moment(), &op, caller, mode, 0);
    let data = trial.data.ok_or_else(|| trial.error.unwrap_or_default())?;
    let auth = trial.auth.try_into().unwrap_or_default();
    let body = OperationBody::InvokeHostFunction(InvokeHostFunctionOp { auth, ..op });
    let fee = data.resource_fee;
    let source_account = Some(MuxedAccount::Ed25519(keys::ed25519_of(caller).clone()));
    Ok(sign(node, vec![Operation { source_account, body }], TransactionExt::V1(data), fee))
}

/// A transaction of the root account, with its signature alone.
pub fn sign(node: &Node, operations: Vec<Operation>, ext: TransactionExt, resource_fee: i64) -> Frame {
    let inclusion_fee = i64::from(BASE_FEE_STROOPS) * operations.len() as i64;
    let key = root_key(node.network_id);
    let root = account::load(&*node.state.borrow(), &account_id(&key)).expect("the root account cannot go away");
    let tx = Transaction {
        source_account: MuxedAccount::Ed25519(Uint256(key.verifying_key().to_bytes())),
        fee: u32::try_from(resource_fee + inclusion_fee).unwrap_or(u32::MAX),
        seq_num: SequenceNumber(root.seq_num.0 + 1 + node.errands_pending()),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: operations.try_into().expect("few operations"),
        ext,
    };
    let hash = tx.hash(node.network_id).expect("our own transaction encodes");
    let bytes = key.verifying_key().to_bytes();
    let signature = DecoratedSignature {
        hint: SignatureHint([bytes[28], bytes[29], bytes[30], bytes[31]]),
        signature: Signature(key.sign(&hash).to_bytes().to_vec().try_into().expect("64 bytes")),
    };
    let signatures = vec![signature].try_into().expect("one signature");
    let envelope = TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures });
    Frame::new(envelope, node.network_id).expect("our own transaction encodes")
}
