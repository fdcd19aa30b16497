//! Every argument at its edges: a typed error, and nothing changes.

use soroban_sdk::testutils::Address as _;
use soroban_sdk::Address;
use tenor_common::CommonError;
use tenor_stage::{refused, wait, DAY};

use super::stage::Stage;
use crate::types::{Flow, Plan, Recipient};
use crate::StreamError;

const MAX: i128 = i64::MAX as i128;
const BAD: [(i128, CommonError); 5] = [
    (0, CommonError::AmountNotPositive),
    (-1, CommonError::AmountNotPositive),
    (i128::MIN, CommonError::AmountNotPositive),
    (MAX + 1, CommonError::Overflow),
    (i128::MAX, CommonError::Overflow),
];

fn refuse_plan(stage: &Stage, plan: &Plan, error: impl Into<soroban_sdk::Error>) {
    let error: soroban_sdk::Error = error.into();
    let args = (&stage.payer, stage.set.bytes(1), plan.clone());
    stage.sign_locking("create", args, plan.total);
    refused!(
        stage.set.env,
        stage
            .streams
            .try_create(&stage.payer, &stage.set.bytes(1), plan),
        error
    );
}

fn refuse_flow(stage: &Stage, flow: &Flow, error: impl Into<soroban_sdk::Error>) {
    let error: soroban_sdk::Error = error.into();
    let args = (&stage.payer, stage.set.bytes(1), flow.clone());
    stage.sign_locking("open_ended", args, flow.deposit);
    refused!(
        stage.set.env,
        stage
            .streams
            .try_open_ended(&stage.payer, &stage.set.bytes(1), flow),
        error
    );
}

#[test]
fn h058_h059_h060_amounts_at_their_edges() {
    let stage = Stage::new();
    let to = || stage.to_worker();
    for (bad, error) in BAD {
        refuse_plan(&stage, &stage.plan(to(), bad, 10), error);
        refuse_flow(&stage, &stage.flow(to(), bad, 10), error);
        refuse_flow(&stage, &stage.flow(to(), 10, bad), error);
    }
    let id = stage.open_ended(1, &stage.flow(to(), 1, 100));
    for (bad, error) in BAD {
        stage.sign_locking("top_up", (&id, bad), bad);
        refused!(stage.set.env, stage.streams.try_top_up(&id, &bad), error);
    }
    // Together more than 63 bits.
    stage.sign_locking("top_up", (&id, MAX), MAX);
    refused!(
        stage.set.env,
        stage.streams.try_top_up(&id, &MAX),
        CommonError::Overflow
    );
}

/// h054: the largest amounts over the longest times do not overflow.
#[test]
fn h054_h060_the_largest_streams_accrue() {
    let stage = Stage::new();
    let whole = MAX - stage.held(&stage.payer);
    stage.set.asset.give(&stage.payer, whole);
    let plan = stage.plan(stage.to_worker(), MAX, 3_653 * DAY);
    let id = stage.create(1, &plan);
    for (at, accrued) in [
        (plan.end - 1, MAX - MAX / i128::from(3_653 * DAY) - 1),
        (plan.end, MAX),
        (u64::MAX, MAX),
    ] {
        assert_eq!(stage.streams.accrued(&id, &at), accrued);
    }
    stage.cancel(&stage.payer, &id);
    let id = stage.open_ended(2, &stage.flow(stage.to_worker(), MAX, MAX));
    assert_eq!(stage.streams.accrued(&id, &u64::MAX), MAX);
    wait(&stage.set.env, 1);
    assert_eq!(stage.settle(&id), MAX);
}

#[test]
fn h055_h070_h081_starts_and_ends_at_their_edges() {
    let stage = Stage::new();
    let now = stage.set.now();
    let plan = |start: u64, end: u64| Plan {
        start,
        end,
        ..stage.plan(stage.to_worker(), 10, 0)
    };
    for start in [1, now - 1, now + 730 * DAY + 1, u64::MAX] {
        refuse_plan(
            &stage,
            &plan(start, now + DAY),
            StreamError::StartOutOfBounds,
        );
        let flow = Flow {
            start,
            ..stage.flow(stage.to_worker(), 1, 10)
        };
        refuse_flow(&stage, &flow, StreamError::StartOutOfBounds);
    }
    for (start, end) in [
        (0, 0),
        (0, now - 1),
        (0, now),
        (now + 5, now + 5),
        (0, now + 3_653 * DAY + 1),
        (now, u64::MAX),
    ] {
        refuse_plan(&stage, &plan(start, end), StreamError::EndOutOfBounds);
    }
    stage.create(2, &plan(now, now + 1));
    stage.create(3, &plan(now + 730 * DAY, now + (730 + 3_653) * DAY));
}

#[test]
fn h009_h011_parties_who_can_be_none() {
    let stage = Stage::new();
    let to = |who: &Address| Recipient::Account(who.clone());
    refuse_plan(
        &stage,
        &stage.plan(to(&stage.payer), 10, 10),
        StreamError::OwnStream,
    );
    let set = &stage.set;
    for system in [&set.stream, &set.escrow.address, &set.distributor.address] {
        refuse_plan(
            &stage,
            &stage.plan(to(system), 10, 10),
            StreamError::SystemParty,
        );
        set.env.mock_all_auths();
        let plan = stage.plan(stage.to_worker(), 10, 10);
        refused!(
            set.env,
            stage.streams.try_create(system, &set.bytes(1), &plan),
            StreamError::SystemParty
        );
    }
}

#[test]
fn h019_h099_a_reference_is_used_once_by_each_payer() {
    let stage = Stage::new();
    let plan = stage.plan(stage.to_worker(), 10, 10);
    let id = stage.create(1, &plan);
    refuse_plan(&stage, &plan, StreamError::StreamExists);
    stage.cancel(&stage.payer, &id);
    refuse_plan(&stage, &plan, StreamError::StreamExists);
    let other = stage.set.investors[0].clone();
    stage.set.env.mock_all_auths();
    assert_ne!(stage.streams.create(&other, &stage.set.bytes(1), &plan), id);
}

#[test]
fn unknown_streams_and_wrong_states_have_their_own_errors() {
    let stage = Stage::new();
    let unknown = stage.set.bytes(77);
    stage.set.env.mock_all_auths();
    let env = &stage.set.env;
    let streams = &stage.streams;
    refused!(
        env,
        streams.try_settle(&unknown),
        StreamError::UnknownStream
    );
    refused!(env, streams.try_pause(&unknown), StreamError::UnknownStream);
    refused!(
        env,
        streams.try_resume(&unknown),
        StreamError::UnknownStream
    );
    refused!(
        env,
        streams.try_top_up(&unknown, &5),
        StreamError::UnknownStream
    );
    refused!(
        env,
        streams.try_accrued(&unknown, &5),
        StreamError::UnknownStream
    );
    refused!(
        env,
        streams.try_get_stream(&unknown),
        StreamError::UnknownStream
    );
    refused!(
        env,
        streams.try_cancel(&stage.payer, &unknown),
        StreamError::UnknownStream
    );
    let id = stage.create(1, &stage.plan(stage.to_worker(), 1_000, 1_000));
    env.mock_all_auths();
    refused!(env, streams.try_resume(&id), StreamError::NotPaused);
    refused!(env, streams.try_top_up(&id, &5), StreamError::NotOpenEnded);
    stage.pause(&id);
    env.mock_all_auths();
    refused!(env, streams.try_pause(&id), StreamError::AlreadyPaused);
    let nobody = Address::generate(env);
    refused!(
        env,
        streams.try_withdraw_owed(&nobody, &stage.set.asset.at),
        StreamError::NothingHeld
    );
}
