//! A network in the test's own process, on one thread, closed by hand. No HTTP.

#![allow(dead_code)]

use std::thread;

use ed25519_dalek::{Signer as _, SigningKey};
use stellar_xdr::*;
use tenor_localnet::frame::Frame;
use tenor_localnet::node::{CloseMode, Node, Options};
use tenor_localnet::settings::{Preset, RETENTION_LEDGERS};
use tenor_localnet::{gift, keys};

pub const KEEPER: &[u8] = include_bytes!("../keeper.wasm");
pub const PASSPHRASE: &str = "Standalone Network ; February 2017";

/// The host recurses, and a debug build takes more of the stack than the real one.
const STACK_BYTES: usize = 256 << 20;

pub fn on_a_deep_stack(test: impl FnOnce() + Send + 'static) {
    let ran = thread::Builder::new().stack_size(STACK_BYTES).spawn(test).expect("a thread starts").join();
    if let Err(panic) = ran {
        std::panic::resume_unwind(panic);
    }
}

pub fn start(preset: Preset) -> Node {
    let options = Options {
        passphrase: PASSPHRASE.to_string(),
        limits: preset.into(),
        mode: CloseMode::Manual,
        data: None,
        retention: RETENTION_LEDGERS,
    };
    Node::start(options).expect("a network in memory starts")
}

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub fn id(key: &SigningKey) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key.verifying_key().to_bytes())))
}

pub fn muxed(id: &AccountId) -> MuxedAccount {
    MuxedAccount::Ed25519(keys::ed25519_of(id).clone())
}

pub fn give(node: &mut Node, to: impl ToString, asset: &str, amount: &str) {
    gift::give(node, &to.to_string(), asset, amount).expect("a gift arrives");
}

pub fn signed(tx: Transaction, node: &Node, signers: &[&SigningKey]) -> Frame {
    let hash = tx.hash(node.network_id).expect("a transaction encodes");
    let signatures: Vec<DecoratedSignature> = signers.iter().map(|key| signature(key, &hash)).collect();
    let signatures = signatures.try_into().expect("few signatures");
    Frame::new(TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures }), node.network_id)
        .expect("an envelope encodes")
}

fn signature(key: &SigningKey, hash: &[u8; 32]) -> DecoratedSignature {
    let bytes = key.verifying_key().to_bytes();
    DecoratedSignature {
        hint: SignatureHint([bytes[28], bytes[29], bytes[30], bytes[31]]),
        signature: Signature(key.sign(hash).to_bytes().to_vec().try_into().expect("64 bytes")),
    }
}

pub fn call(contract: &ContractId, function: &str, args: Vec<ScVal>) -> HostFunction {
    HostFunction::InvokeContract(InvokeContractArgs {
        contract_address: ScAddress::Contract(contract.clone()),
        function_name: ScSymbol(function.try_into().expect("a short name")),
        args: args.try_into().expect("few arguments"),
    })
}

pub fn create(deployer: &AccountId, salt: u8, wasm_hash: [u8; 32]) -> HostFunction {
    HostFunction::CreateContractV2(CreateContractArgsV2 {
        contract_id_preimage: ContractIdPreimage::Address(ContractIdPreimageFromAddress {
            address: ScAddress::Account(deployer.clone()),
            salt: Uint256([salt; 32]),
        }),
        executable: ContractExecutable::Wasm(Hash(wasm_hash)),
        constructor_args: VecM::default(),
    })
}

pub fn asset(code: &str, issuer: &AccountId) -> Asset {
    let mut asset_code = AssetCode4([0; 4]);
    asset_code.0[..code.len()].copy_from_slice(code.as_bytes());
    Asset::CreditAlphanum4(AlphaNum4 { asset_code, issuer: issuer.clone() })
}

pub fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(text.try_into().expect("a short symbol")))
}

pub fn account(id: &AccountId) -> ScVal {
    ScVal::Address(ScAddress::Account(id.clone()))
}

pub fn contract(id: &ContractId) -> ScVal {
    ScVal::Address(ScAddress::Contract(id.clone()))
}
