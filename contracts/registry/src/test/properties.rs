//! Any order of calls by anybody leaves the registry as a model of three lines says, and its events tell the same story.

use std::collections::BTreeMap;
use std::vec::Vec as List;

use proptest::prelude::*;
use soroban_sdk::testutils::Events as _;
use soroban_sdk::Event as _;
use tenor_stage::{seeded, wait, DAY};

use super::stage::Stage;
use crate::types::Reservation;
use crate::{FingerprintFinalised, FingerprintReleased, FingerprintReserved};

#[derive(Clone, Debug)]
enum Step {
    Reserve { who: usize, print: u8, days: u64 },
    Release { who: usize, print: u8 },
    Finalise { who: usize, print: u8 },
    Wait { seconds: u64 },
}

fn step() -> impl Strategy<Value = Step> {
    let (who, print) = (0..3usize, 0..3u8);
    prop_oneof![
        4 => (who.clone(), print.clone(), 0..100u64).prop_map(|(who, print, days)| Step::Reserve { who, print, days }),
        2 => (who.clone(), print.clone()).prop_map(|(who, print)| Step::Release { who, print }),
        1 => (who, print).prop_map(|(who, print)| Step::Finalise { who, print }),
        2 => (0..40 * DAY).prop_map(|seconds| Step::Wait { seconds }),
    ]
}

/// print -> (holder, until, final)
type Model = BTreeMap<u8, (usize, u64, bool)>;

proptest! {
    #![proptest_config(seeded(32))]

    #[test]
    fn h080_h086_h139_h140_one_holder_at_a_time_and_events_say_so(steps in proptest::collection::vec(step(), 1..40)) {
        let stage = Stage::new();
        // The third is a stranger.
        let people = [&stage.members[0], &stage.members[1], &stage.stranger];
        let mut model = Model::new();
        for step in steps {
            let now = stage.now();
            let live = |model: &Model, print: u8| model.get(&print).copied().filter(|held| now <= held.1);
            match step {
                Step::Wait { seconds } => wait(&stage.env, seconds),
                Step::Reserve { who, print, days } => {
                    let until = now + days * DAY;
                    let allowed = who < 2 && (1..=90).contains(&days) && live(&model, print).is_none();
                    let (member, bytes) = (people[who], stage.bytes(print));
                    stage.sign(member, "reserve", (member, &bytes, until));
                    prop_assert_eq!(stage.registry.try_reserve(member, &bytes, &until).is_ok(), allowed);
                    if allowed {
                        let event = FingerprintReserved { fingerprint: bytes, member: member.clone(), until };
                        prop_assert_eq!(events(&stage), [event.to_xdr(&stage.env, &stage.registry.address)]);
                        model.insert(print, (who, until, false));
                    }
                }
                Step::Release { who, print } => {
                    let allowed = live(&model, print).is_some_and(|held| held.0 == who && !held.2);
                    let (member, bytes) = (people[who], stage.bytes(print));
                    stage.sign(member, "release", (member, &bytes));
                    prop_assert_eq!(stage.registry.try_release(member, &bytes).is_ok(), allowed);
                    if allowed {
                        let event = FingerprintReleased { fingerprint: bytes, member: member.clone() };
                        prop_assert_eq!(events(&stage), [event.to_xdr(&stage.env, &stage.registry.address)]);
                        model.remove(&print);
                    }
                }
                Step::Finalise { who, print } => {
                    let allowed = live(&model, print).is_some_and(|held| held.0 == who && !held.2);
                    let (member, bytes) = (people[who], stage.bytes(print));
                    stage.sign(member, "finalise", (member, &bytes));
                    prop_assert_eq!(stage.registry.try_finalise(member, &bytes).is_ok(), allowed);
                    if allowed {
                        let event = FingerprintFinalised { fingerprint: bytes, member: member.clone() };
                        prop_assert_eq!(events(&stage), [event.to_xdr(&stage.env, &stage.registry.address)]);
                        model.insert(print, (who, u64::MAX, true));
                    }
                }
            }
            for print in 0..3 {
                let held = model.get(&print).filter(|held| stage.now() <= held.1);
                let expected = held.map(|(who, until, last)| Reservation(people[*who].clone(), *until, *last));
                prop_assert_eq!(stage.registry.get_reservation(&stage.bytes(print)), expected);
            }
        }
    }
}

fn events(stage: &Stage) -> List<soroban_sdk::xdr::ContractEvent> {
    stage.env.events().all().events().to_vec()
}
