//! Streams to a person: by the second, to the unit, with pauses, and to the end.

use tenor_stage::{refused, wait, PURSE};

use super::stage::Stage;
use crate::types::{Plan, Status};
use crate::StreamError;

const TOTAL: i128 = 1_000_003;
const LASTS: u64 = 7_000;

/// h051: the money is locked at creation, what has accrued is paid, the rest comes back, and nothing lies there afterwards.
#[test]
fn h051_a_stream_locks_pays_by_the_second_and_completes() {
    let stage = Stage::new();
    let id = stage.create(1, &stage.plan(stage.to_worker(), TOTAL, LASTS));
    assert_eq!(
        (stage.held(&stage.payer), stage.locked()),
        (PURSE - TOTAL, TOTAL)
    );
    for second in [1, 2, 100, 3_499, LASTS - 1] {
        wait(
            &stage.set.env,
            second - (stage.set.now() - stage.stream(&id).since),
        );
        // 1,000,003 / 7,000 a second, rounded down once, whoever settled before.
        let due = TOTAL * i128::from(second) / i128::from(LASTS);
        assert_eq!(stage.accrued(&id), due);
        stage.settle(&id);
        assert_eq!(stage.held(&stage.worker), due);
        assert_eq!(stage.stream(&id).status, Status::Active);
    }
    wait(&stage.set.env, 1);
    stage.settle(&id);
    assert_eq!((stage.held(&stage.worker), stage.locked()), (TOTAL, 0));
    let over = stage.stream(&id);
    assert_eq!((over.status, over.paid), (Status::Completed, TOTAL));
    assert_eq!(stage.accrued(&id), TOTAL);
}

#[test]
fn h081_nothing_accrues_before_the_start_or_after_the_end() {
    let stage = Stage::new();
    let start = stage.set.now() + 500;
    let plan = Plan {
        start,
        end: start + 1_000,
        ..stage.plan(stage.to_worker(), 5_000, 0)
    };
    let id = stage.create(1, &plan);
    for (at, accrued) in [
        (0, 0),
        (start - 1, 0),
        (start, 0),
        (start + 1, 5),
        (start + 999, 4_995),
        (start + 1_000, 5_000),
        (start + 1_001, 5_000),
        (u64::MAX, 5_000),
    ] {
        assert_eq!(stage.streams.accrued(&id, &at), accrued);
    }
    wait(&stage.set.env, 500);
    refused!(
        stage.set.env,
        stage.streams.try_settle(&id),
        StreamError::NothingToSettle
    );
    // h084: nobody settles for years, and the numbers are the same.
    wait(&stage.set.env, 86_400 * 1_000);
    assert_eq!(stage.settle(&id), 5_000);
}

#[test]
fn pauses_are_left_out_and_move_the_end() {
    let stage = Stage::new();
    let id = stage.create(1, &stage.plan(stage.to_worker(), 1_000, 1_000));
    wait(&stage.set.env, 300);
    stage.pause(&id);
    wait(&stage.set.env, 10_000);
    assert_eq!(stage.accrued(&id), 300);
    // What has accrued can be had while the stream is paused.
    assert_eq!(stage.settle(&id), 300);
    refused!(
        stage.set.env,
        stage.streams.try_settle(&id),
        StreamError::NothingToSettle
    );
    stage.resume(&id);
    wait(&stage.set.env, 699);
    assert_eq!(stage.accrued(&id), 999);
    wait(&stage.set.env, 1);
    assert_eq!(stage.settle(&id), 700);
    assert_eq!(stage.stream(&id).status, Status::Completed);
}

#[test]
fn a_pause_before_the_start_costs_nothing_if_it_ends_before_it() {
    let stage = Stage::new();
    let start = stage.set.now() + 500;
    let plan = Plan {
        start,
        end: start + 1_000,
        ..stage.plan(stage.to_worker(), 1_000, 0)
    };
    let [first, second] = [1, 2].map(|n| stage.create(n, &plan));
    stage.pause(&first);
    stage.pause(&second);
    wait(&stage.set.env, 400);
    stage.resume(&first);
    wait(&stage.set.env, 300);
    stage.resume(&second);
    wait(&stage.set.env, 100);
    assert_eq!((stage.accrued(&first), stage.accrued(&second)), (300, 100));
}

/// Ends when the deposit is used up; topping up moves the end, and never pays for time that has passed.
#[test]
fn h051_an_open_ended_stream_runs_until_its_deposit_is_used_up() {
    let stage = Stage::new();
    let id = stage.open_ended(1, &stage.flow(stage.to_worker(), 7, 1_000));
    wait(&stage.set.env, 100);
    assert_eq!(stage.settle(&id), 700);
    assert_eq!(stage.top_up(&id, 500), 1_500);
    assert_eq!(
        (stage.held(&stage.payer), stage.locked()),
        (PURSE - 1_500, 800)
    );
    wait(&stage.set.env, 114);
    assert_eq!(stage.accrued(&id), 1_498);
    wait(&stage.set.env, 1);
    assert_eq!(stage.accrued(&id), 1_500);
    stage.sign_locking("top_up", (&id, 5i128), 5);
    refused!(
        stage.set.env,
        stage.streams.try_top_up(&id, &5),
        StreamError::UsedUp
    );
    stage.sign(&stage.payer, "pause", (&id,));
    refused!(
        stage.set.env,
        stage.streams.try_pause(&id),
        StreamError::UsedUp
    );
    assert_eq!(stage.settle(&id), 800);
    assert_eq!(
        (stage.stream(&id).status, stage.locked()),
        (Status::Completed, 0)
    );
}

#[test]
fn h051_h078_payer_and_recipient_can_end_a_stream_and_everybody_gets_his_part_in_the_same_call() {
    for by_payer in [true, false] {
        let stage = Stage::new();
        let id = stage.create(1, &stage.plan(stage.to_worker(), TOTAL, LASTS));
        wait(&stage.set.env, 1_234);
        let due = stage.accrued(&id);
        let by = if by_payer {
            &stage.payer
        } else {
            &stage.worker
        };
        assert_eq!(stage.cancel(by, &id), TOTAL - due);
        assert_eq!(stage.held(&stage.worker), due);
        assert_eq!((stage.held(&stage.payer), stage.locked()), (PURSE - due, 0));
        let over = stage.stream(&id);
        assert_eq!((over.status, over.paid), (Status::Cancelled, due));
        wait(&stage.set.env, 9_000);
        assert_eq!(stage.accrued(&id), due);
    }
}

/// h080: the two last states are for ever.
#[test]
fn h080_nothing_moves_a_stream_that_is_over() {
    let stage = Stage::new();
    let [cancelled, completed] =
        [1, 2].map(|n| stage.open_ended(n, &stage.flow(stage.to_worker(), 7, 700)));
    stage.cancel(&stage.payer, &cancelled);
    wait(&stage.set.env, 100);
    stage.settle(&completed);
    for id in [&cancelled, &completed] {
        refused!(
            stage.set.env,
            stage.streams.try_settle(id),
            StreamError::StreamOver
        );
        stage.sign(&stage.payer, "pause", (id,));
        refused!(
            stage.set.env,
            stage.streams.try_pause(id),
            StreamError::StreamOver
        );
        stage.sign(&stage.payer, "resume", (id,));
        refused!(
            stage.set.env,
            stage.streams.try_resume(id),
            StreamError::StreamOver
        );
        stage.sign(&stage.payer, "cancel", (&stage.payer, id));
        refused!(
            stage.set.env,
            stage.streams.try_cancel(&stage.payer, id),
            StreamError::StreamOver
        );
        stage.sign_locking("top_up", (id, 5i128), 5);
        refused!(
            stage.set.env,
            stage.streams.try_top_up(id, &5),
            StreamError::StreamOver
        );
    }
}

/// A recipient who cannot be paid blocks neither the settlement nor the payer's money; it waits for him.
#[test]
fn h079_h117_what_cannot_be_sent_is_owed_and_anyone_has_it_paid_later() {
    let stage = Stage::new();
    let asset = &stage.set.asset;
    let id = stage.create(1, &stage.plan(stage.to_worker(), TOTAL, LASTS));
    asset.give(&stage.worker, 5);
    asset.freeze(&stage.worker, true);
    wait(&stage.set.env, 1_000);
    let due = stage.settle(&id);
    assert_eq!(stage.streams.owed(&stage.worker, &asset.at), due);
    asset.freeze(&stage.payer, true);
    wait(&stage.set.env, 1_000);
    let back = stage.cancel(&stage.payer, &id);
    let all = TOTAL - back;
    assert_eq!(stage.streams.owed(&stage.worker, &asset.at), all);
    assert_eq!(stage.streams.owed(&stage.payer, &asset.at), back);
    assert_eq!(stage.locked(), TOTAL);
    stage.set.env.set_auths(&[]);
    // Still frozen: the debt stays.
    assert!(stage
        .streams
        .try_withdraw_owed(&stage.worker, &asset.at)
        .is_err());
    assert_eq!(stage.streams.owed(&stage.worker, &asset.at), all);
    asset.freeze(&stage.worker, false);
    asset.freeze(&stage.payer, false);
    stage.set.env.set_auths(&[]);
    assert_eq!(stage.streams.withdraw_owed(&stage.worker, &asset.at), all);
    assert_eq!(stage.streams.withdraw_owed(&stage.payer, &asset.at), back);
    assert_eq!(
        (stage.held(&stage.worker), stage.held(&stage.payer)),
        (all + 5, PURSE - all)
    );
    assert_eq!(stage.locked(), 0);
    refused!(
        stage.set.env,
        stage.streams.try_withdraw_owed(&stage.worker, &asset.at),
        StreamError::NothingHeld
    );
}

#[test]
fn h031_a_donation_changes_no_stream() {
    let stage = Stage::new();
    let id = stage.create(1, &stage.plan(stage.to_worker(), TOTAL, LASTS));
    let before = stage.stream(&id);
    stage.set.asset.give(&stage.set.stream, 77);
    assert_eq!(stage.stream(&id), before);
    wait(&stage.set.env, LASTS);
    assert_eq!(stage.settle(&id), TOTAL);
    assert_eq!(stage.locked(), 77);
}

/// h103: a stream longer than any entry lives goes on where it was.
#[test]
fn h097_h103_a_stream_outlives_its_entries() {
    let stage = Stage::new();
    let year = 365 * 86_400;
    let id = stage.create(1, &stage.plan(stage.to_worker(), TOTAL, 3 * year));
    wait(&stage.set.env, year);
    assert_eq!(stage.settle(&id), TOTAL / 3);
    wait(&stage.set.env, 2 * year);
    stage.settle(&id);
    assert_eq!((stage.held(&stage.worker), stage.locked()), (TOTAL, 0));
}
