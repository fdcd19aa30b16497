//! The official Rust client as a judge: each answer of a local network must be one that it reads, and mean the same to it.
//! Usage: judge RPC_URL SEED_HEX, where the seed's account is funded. Prints how many calls it judged.

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};
use stellar_rpc_client::{AuthMode, Client, Error, EventStart, EventType, GetTransactionsRequest, LedgerStart};
use stellar_xdr::*;

const PASSPHRASE: &str = "Standalone Network ; February 2017";

type Judged = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Judged {
    let mut words = std::env::args().skip(1);
    let (url, seed) = (words.next().ok_or("no URL")?, words.next().ok_or("no seed")?);
    let seed: Vec<u8> =
        (0..64).step_by(2).map(|at| u8::from_str_radix(&seed[at..at + 2], 16)).collect::<Result<_, _>>()?;
    let seed: [u8; 32] = seed.try_into().map_err(|_| "a seed is 32 bytes")?;
    let mut judge = Judge { client: Client::new(&url)?, key: SigningKey::from_bytes(&seed), calls: 0 };
    judge.network().await?;
    judge.transactions().await?;
    judge.contract().await?;
    judge.refusals().await?;
    println!("{}", judge.calls);
    Ok(())
}

struct Judge {
    client: Client,
    key: SigningKey,
    calls: u32,
}

/// Waits for one call, counts it, and hands on what the client made of the answer.
macro_rules! asked {
    ($judge:ident, $call:expr) => {{
        $judge.calls += 1;
        $call.await
    }};
}

impl Judge {
    async fn network(&mut self) -> Judged {
        asked!(self, self.client.verify_network_passphrase(Some(PASSPHRASE)))?;
        let health = asked!(self, self.client.get_health())?;
        assert_eq!(health.status, "healthy");
        assert_eq!(asked!(self, self.client.get_version_info())?.protocol_version, 28);
        asked!(self, self.client.get_fee_stats())?;
        assert!(asked!(self, self.client.friendbot_url())?.ends_with("/friendbot"));
        let latest = asked!(self, self.client.get_latest_ledger())?;
        assert_eq!(latest.sequence, health.latest_ledger);
        let ledgers = asked!(self, self.client.get_ledgers(LedgerStart::Ledger(2), Some(2), None))?;
        assert_eq!(ledgers.ledgers.iter().map(|ledger| ledger.sequence).collect::<Vec<_>>(), [2, 3]);
        let next = LedgerStart::Cursor(ledgers.cursor);
        let next = asked!(self, self.client.get_ledgers(next, Some(1), Some("json".into())))?;
        assert_eq!(next.ledgers[0].sequence, 4);
        Ok(())
    }

    async fn transactions(&mut self) -> Judged {
        let (me, latest) = (self.address(), self.client.get_latest_ledger().await?.sequence);
        let before = asked!(self, self.client.get_account(&me))?;
        let pay = OperationBody::Payment(PaymentOp { destination: self.muxed(), asset: Asset::Native, amount: 7 });
        let envelope = self.signed(self.transaction(pay, before.seq_num.0 + 1));
        let done = asked!(self, self.client.send_transaction_polling(&envelope))?;
        assert_eq!((done.status.as_str(), done.envelope.as_ref()), ("SUCCESS", Some(&envelope)));
        assert_eq!((done.events.transaction_events.len(), done.events.contract_events[0].len()), (1, 1));
        assert!(matches!(done.result_meta, Some(TransactionMeta::V4(_))));
        let after = asked!(self, self.client.get_account(&me))?;
        assert_eq!((after.seq_num.0, after.balance), (before.seq_num.0 + 1, before.balance - 100));
        let request = GetTransactionsRequest { start_ledger: Some(latest), pagination: None };
        let listed = asked!(self, self.client.get_transactions(request))?;
        assert!(listed.transactions.iter().any(|tx| tx.envelope.as_ref() == Some(&envelope)));
        let start = EventStart::Ledger(latest);
        let events = asked!(self, self.client.get_events(start, Some(EventType::Contract), &[], &[], Some(100)))?;
        let topic = ScVal::Symbol(ScSymbol("transfer".try_into()?)).to_xdr_base64(Limits::none())?;
        let mut transfers = events.events.iter().filter(|event| event.topic[0] == topic);
        assert!(transfers.all(|event| event.parse_cursor().is_ok()));
        let cursor = EventStart::Cursor(events.cursor);
        asked!(self, self.client.get_events(cursor, None, &[], &[vec![topic, "**".into()]], None))?;
        Ok(())
    }

    async fn contract(&mut self) -> Judged {
        let network_id = Hash(Sha256::digest(PASSPHRASE).into());
        let preimage = HashIdPreimage::ContractId(HashIdPreimageContractId {
            network_id,
            contract_id_preimage: ContractIdPreimage::Asset(Asset::Native),
        });
        let native: [u8; 32] = Sha256::digest(preimage.to_xdr(Limits::none())?).into();
        let instance = asked!(self, self.client.get_contract_instance(&native))?;
        assert_eq!(instance.executable, ContractExecutable::StellarAsset);
        let me = ScVal::Address(ScAddress::Account(self.account_id()));
        let call = InvokeContractArgs {
            contract_address: ScAddress::Contract(ContractId(Hash(native))),
            function_name: ScSymbol("transfer".try_into()?),
            args: vec![me.clone(), me, ScVal::I128(Int128Parts { hi: 0, lo: 5 })].try_into()?,
        };
        let op = InvokeHostFunctionOp { host_function: HostFunction::InvokeContract(call), auth: VecM::default() };
        let account = self.client.get_account(&self.address()).await?;
        let mut tx = self.transaction(OperationBody::InvokeHostFunction(op.clone()), account.seq_num.0 + 1);
        let asked = self.signed(tx.clone());
        let trial = asked!(self, self.client.simulate_transaction_envelope(&asked, Some(AuthMode::Record)))?;
        assert_eq!(trial.error, None);
        let auth = trial.results()?[0].auth.clone().try_into()?;
        assert!(!trial.events()?.is_empty() && trial.state_changes.as_ref().is_some_and(|changes| !changes.is_empty()));
        tx.fee = u32::try_from(trial.min_resource_fee)? + 100;
        tx.ext = TransactionExt::V1(trial.transaction_data()?);
        let body = OperationBody::InvokeHostFunction(InvokeHostFunctionOp { auth, ..op });
        tx.operations = vec![Operation { source_account: None, body }].try_into()?;
        let done = asked!(self, self.client.send_transaction_polling(&self.signed(tx)))?;
        assert_eq!(done.result_meta.map(|_| done.events.contract_events[0].len()), Some(1));
        Ok(())
    }

    async fn refusals(&mut self) -> Judged {
        let pay = OperationBody::Payment(PaymentOp { destination: self.muxed(), asset: Asset::Native, amount: 7 });
        let refused = asked!(self, self.client.send_transaction(&self.signed(self.transaction(pay, 1)))).unwrap_err();
        assert!(matches!(&refused, Error::TransactionSubmissionFailed(why) if why.contains("TxBadSeq")), "{refused}");
        let nobody = stellar_strkey::ed25519::PublicKey([9; 32]).to_string();
        assert!(matches!(asked!(self, self.client.get_account(nobody.as_str())), Err(Error::NotFound(..))));
        let unknown = asked!(self, self.client.get_transaction(&Hash([9; 32])))?;
        assert_eq!(unknown.status, "NOT_FOUND");
        let far = EventStart::Ledger(4_000_000_000);
        assert!(asked!(self, self.client.get_events(far, None, &[], &[], None)).is_err());
        Ok(())
    }

    fn transaction(&self, body: OperationBody, seq_num: i64) -> Transaction {
        Transaction {
            source_account: self.muxed(),
            fee: 100,
            seq_num: SequenceNumber(seq_num),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: vec![Operation { source_account: None, body }].try_into().expect("one operation"),
            ext: TransactionExt::V0,
        }
    }

    fn signed(&self, tx: Transaction) -> TransactionEnvelope {
        let hash = tx.hash(Sha256::digest(PASSPHRASE).into()).expect("a transaction encodes");
        let key = self.key.verifying_key().to_bytes();
        let signature = DecoratedSignature {
            hint: SignatureHint([key[28], key[29], key[30], key[31]]),
            signature: Signature(self.key.sign(&hash).to_bytes().to_vec().try_into().expect("64 bytes")),
        };
        let signatures = vec![signature].try_into().expect("one signature");
        TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures })
    }

    fn muxed(&self) -> MuxedAccount {
        MuxedAccount::Ed25519(Uint256(self.key.verifying_key().to_bytes()))
    }

    fn account_id(&self) -> AccountId {
        AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(self.key.verifying_key().to_bytes())))
    }

    fn address(&self) -> String {
        stellar_strkey::ed25519::PublicKey(self.key.verifying_key().to_bytes()).to_string().as_str().to_string()
    }
}
