//! Every stream and every debt, rebuilt from events alone (h139). Never asks the contract anything.

use std::collections::BTreeMap;

use soroban_sdk::testutils::Events as _;
use soroban_sdk::xdr::{ContractEventBody, ScVal};
use soroban_sdk::{Address, BytesN, Env, Map, Symbol, TryFromVal, TryIntoVal, Val};

use super::stage::Stage;
use crate::types::{Recipient, Status, Stream};

#[derive(Default)]
pub struct Replay {
    pub streams: BTreeMap<BytesN<32>, Stream>,
    pub owed: BTreeMap<(Address, Address), i128>,
}

struct Event {
    env: Env,
    topics: std::vec::Vec<Val>,
    data: Map<Symbol, Val>,
}

impl Event {
    fn topic<T: TryFromVal<Env, Val>>(&self, place: usize) -> T {
        self.topics[place]
            .try_into_val(&self.env)
            .unwrap_or_else(|_| panic!("topic {place}"))
    }

    fn field<T: TryFromVal<Env, Val>>(&self, name: &str) -> T {
        let value = self.data.get(Symbol::new(&self.env, name)).expect(name);
        value
            .try_into_val(&self.env)
            .unwrap_or_else(|_| panic!("field {name}"))
    }
}

impl Replay {
    /// Takes in the events of the last call.
    pub fn follow(&mut self, stage: &Stage) {
        let env = &stage.set.env;
        for event in stage
            .set
            .env
            .events()
            .all()
            .filter_by_contract(&stage.set.stream)
            .events()
        {
            let ContractEventBody::V0(body) = &event.body;
            let topics = body.topics.iter();
            let ScVal::Map(_) = &body.data else {
                panic!("no names in {body:?}")
            };
            self.apply(&Event {
                env: env.clone(),
                topics: topics
                    .map(|topic| Val::try_from_val(env, topic).expect("a topic"))
                    .collect(),
                data: Map::try_from_val(env, &Val::try_from_val(env, &body.data).expect("data"))
                    .expect("a map"),
            });
        }
    }

    fn apply(&mut self, event: &Event) {
        let name: Symbol = event.topic(0);
        let is = |wanted: &str| name == Symbol::new(&event.env, wanted);
        if is("stream_owed_changed") {
            let owner = (event.topic(1), event.topic(2));
            assert_eq!(
                self.owed.get(&owner).copied().unwrap_or(0),
                event.field::<i128>("before")
            );
            self.owed.insert(owner, event.field("after"));
            return;
        }
        let id: BytesN<32> = event.topic(1);
        if is("stream_created") {
            let stream = created(event);
            assert!(self.streams.insert(id, stream).is_none());
            return;
        }
        let stream = self
            .streams
            .get_mut(&id)
            .expect("a stream that was created");
        if is("stream_topped_up") {
            assert_eq!(stream.deposited, event.field::<i128>("deposited_before"));
            stream.deposited = event.field("deposited_after");
        } else if is("stream_settled") {
            assert_eq!(stream.paid, event.field::<i128>("paid_before"));
            stream.paid = event.field("paid_after");
        } else if is("stream_paused") {
            stream.status = Status::Paused;
            stream.ran_seconds = event.field("ran_seconds");
            stream.since = stream.since.max(event.field("at"));
        } else if is("stream_resumed") {
            stream.status = Status::Active;
            assert_eq!(stream.ran_seconds, event.field::<u64>("ran_seconds"));
            stream.since = event.field("since");
        } else {
            assert!(is("stream_ended"), "{name:?} is unknown");
            if stream.status == Status::Active {
                stream.ran_seconds += event.field::<u64>("at").saturating_sub(stream.since);
            }
            stream.status = event.field("status");
            assert_eq!(stream.paid, event.field::<i128>("paid"));
            assert_eq!(
                stream.deposited - stream.paid,
                event.field::<i128>("returned")
            );
        }
    }
}

fn created(event: &Event) -> Stream {
    Stream {
        payer: event.topic(2),
        recipient: event.field::<Recipient>("recipient"),
        asset: event.field("asset"),
        deposited: event.field("deposited"),
        paid: 0,
        units: event.field("units"),
        seconds: event.field("seconds"),
        ran_seconds: 0,
        since: event.field("start"),
        status: Status::Active,
    }
}
