//! Somebody who pays by the second, on a ledger with the public network's limits.

use soroban_sdk::testutils::{Address as _, MockAuthInvoke};
use soroban_sdk::{Address, BytesN, IntoVal, Val, Vec};
use tenor_stage::{sign, wasm, Code, Set, PURSE};

use crate::types::{Flow, Plan, Recipient, Stream};
use crate::{StreamContract, StreamContractClient};

pub struct Stage {
    pub set: Set,
    pub streams: StreamContractClient<'static>,
    pub payer: Address,
    pub worker: Address,
}

impl Stage {
    pub fn new() -> Stage {
        Stage::on(Code::Native)
    }

    pub fn on(code: Code) -> Stage {
        let set = Set::new(code);
        let at = &set.stream;
        let peers = (&set.escrow.address, &set.distributor.address);
        match code {
            Code::Native => set.env.register_at(at, StreamContract, peers),
            Code::Wasm => set
                .env
                .register_at(at, wasm("tenor_stream").as_slice(), peers),
        };
        let (payer, worker) = (Address::generate(&set.env), Address::generate(&set.env));
        set.asset.give(&payer, PURSE);
        Stage {
            streams: StreamContractClient::new(&set.env, at),
            payer,
            worker,
            set,
        }
    }

    pub fn sign<A: IntoVal<soroban_sdk::Env, Vec<Val>>>(&self, who: &Address, name: &str, args: A) {
        sign(&self.set.env, who, &self.set.stream, name, args, &[]);
    }

    /// All that a payer ever signs: the call, and one transfer of the units to lock.
    pub fn sign_locking<A: IntoVal<soroban_sdk::Env, Vec<Val>>>(
        &self,
        name: &str,
        args: A,
        units: i128,
    ) {
        let transfer = MockAuthInvoke {
            contract: &self.set.asset.at,
            fn_name: "transfer",
            args: (&self.payer, &self.set.stream, units).into_val(&self.set.env),
            sub_invokes: &[],
        };
        sign(
            &self.set.env,
            &self.payer,
            &self.set.stream,
            name,
            args,
            &[transfer],
        );
    }

    pub fn plan(&self, recipient: Recipient, total: i128, seconds: u64) -> Plan {
        Plan {
            recipient,
            asset: self.set.asset.at.clone(),
            total,
            start: 0,
            end: self.set.now() + seconds,
        }
    }

    pub fn flow(&self, recipient: Recipient, rate_per_second: i128, deposit: i128) -> Flow {
        Flow {
            recipient,
            asset: self.set.asset.at.clone(),
            rate_per_second,
            start: 0,
            deposit,
        }
    }

    pub fn to_worker(&self) -> Recipient {
        Recipient::Account(self.worker.clone())
    }

    pub fn create(&self, reference: u8, plan: &Plan) -> BytesN<32> {
        let reference = self.set.bytes(reference);
        self.sign_locking(
            "create",
            (&self.payer, &reference, plan.clone()),
            plan.total,
        );
        self.streams.create(&self.payer, &reference, plan)
    }

    pub fn open_ended(&self, reference: u8, flow: &Flow) -> BytesN<32> {
        let reference = self.set.bytes(reference);
        let args = (&self.payer, &reference, flow.clone());
        self.sign_locking("open_ended", args, flow.deposit);
        self.streams.open_ended(&self.payer, &reference, flow)
    }

    pub fn top_up(&self, id: &BytesN<32>, units: i128) -> i128 {
        self.sign_locking("top_up", (id, units), units);
        self.streams.top_up(id, &units)
    }

    pub fn pause(&self, id: &BytesN<32>) {
        self.sign(&self.payer, "pause", (id,));
        self.streams.pause(id);
    }

    pub fn resume(&self, id: &BytesN<32>) {
        self.sign(&self.payer, "resume", (id,));
        self.streams.resume(id);
    }

    pub fn cancel(&self, by: &Address, id: &BytesN<32>) -> i128 {
        self.sign(by, "cancel", (by, id));
        self.streams.cancel(by, id)
    }

    /// Anyone settles: nobody signs.
    pub fn settle(&self, id: &BytesN<32>) -> i128 {
        self.set.env.set_auths(&[]);
        self.streams.settle(id)
    }

    pub fn accrued(&self, id: &BytesN<32>) -> i128 {
        self.streams.accrued(id, &self.set.now())
    }

    pub fn stream(&self, id: &BytesN<32>) -> Stream {
        self.streams.get_stream(id)
    }

    pub fn held(&self, who: &Address) -> i128 {
        self.set.asset.held(who)
    }

    /// What lies in the contract.
    pub fn locked(&self) -> i128 {
        self.held(&self.set.stream)
    }
}
