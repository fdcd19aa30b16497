//! Any order of calls: no unit is lost or made, nothing that accrued goes backwards, and it does not matter who settles when.

use std::vec;
use std::vec::Vec as List;

use proptest::prelude::*;
use soroban_sdk::BytesN;
use tenor_stage::{seeded, wait, FACE, MIN_PAYMENT, PURSE};

use super::replay::Replay;
use super::stage::Stage;
use crate::types::{Recipient, Status};

#[derive(Clone, Debug)]
enum Step {
    Create {
        invoice: bool,
        units: i128,
        seconds: u64,
    },
    Open {
        invoice: bool,
        rate: i128,
        deposit: i128,
    },
    TopUp {
        which: usize,
        units: i128,
    },
    Settle {
        which: usize,
    },
    Pause {
        which: usize,
    },
    Resume {
        which: usize,
    },
    Cancel {
        which: usize,
        by_worker: bool,
    },
    Wait {
        seconds: u64,
    },
    PayInvoice {
        part: i128,
    },
    Freeze {
        frozen: bool,
    },
    Donate {
        units: i128,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..5usize;
    prop_oneof![
        2 => (any::<bool>(), 1..=FACE / 4, 1..5_000u64).prop_map(|(invoice, units, seconds)| Step::Create { invoice, units, seconds }),
        2 => (any::<bool>(), 1..=MIN_PAYMENT, 1..=FACE / 4).prop_map(|(invoice, rate, deposit)| Step::Open { invoice, rate, deposit }),
        1 => (which.clone(), 1..=FACE / 8).prop_map(|(which, units)| Step::TopUp { which, units }),
        5 => which.clone().prop_map(|which| Step::Settle { which }),
        1 => which.clone().prop_map(|which| Step::Pause { which }),
        1 => which.clone().prop_map(|which| Step::Resume { which }),
        1 => (which, any::<bool>()).prop_map(|(which, by_worker)| Step::Cancel { which, by_worker }),
        5 => (1..2_000u64).prop_map(|seconds| Step::Wait { seconds }),
        1 => (1..=4i128).prop_map(|part| Step::PayInvoice { part }),
        1 => any::<bool>().prop_map(|frozen| Step::Freeze { frozen }),
        1 => (1..9i128).prop_map(|units| Step::Donate { units }),
    ]
}

struct World {
    stage: Stage,
    invoice: BytesN<32>,
    streams: List<BytesN<32>>,
    donated: i128,
    paid_by_debtor: i128,
    references: u8,
    frozen: bool,
    replay: Replay,
}

impl World {
    fn new() -> World {
        let stage = Stage::new();
        let invoice = stage.set.funded(1, &stage.set.terms());
        // An account of the asset that can be frozen.
        stage.set.asset.give(&stage.worker, 1);
        World {
            stage,
            invoice,
            streams: List::new(),
            donated: 0,
            paid_by_debtor: 0,
            references: 0,
            frozen: false,
            replay: Replay::default(),
        }
    }

    fn recipient(&self, invoice: bool) -> Recipient {
        match invoice {
            true => Recipient::Invoice(self.invoice.clone()),
            false => self.stage.to_worker(),
        }
    }

    fn invoice_closed(&self) -> bool {
        self.stage.set.escrow.payable(&self.invoice).3
    }

    /// One step, and what its events say.
    fn step(&mut self, step: &Step) {
        self.apply(step);
        if !matches!(step, Step::Wait { .. }) {
            self.replay.follow(&self.stage);
        }
    }

    fn apply(&mut self, step: &Step) {
        let stage = &self.stage;
        let chosen = |which: &usize| self.streams.get(*which).cloned();
        match step {
            Step::Create {
                invoice,
                units,
                seconds,
            } if !(*invoice && self.invoice_closed()) => {
                self.references += 1;
                let id = stage.create(
                    self.references,
                    &stage.plan(self.recipient(*invoice), *units, *seconds),
                );
                self.streams.push(id);
            }
            Step::Open {
                invoice,
                rate,
                deposit,
            } if !(*invoice && self.invoice_closed()) => {
                self.references += 1;
                let id = stage.open_ended(
                    self.references,
                    &stage.flow(self.recipient(*invoice), *rate, *deposit),
                );
                self.streams.push(id);
            }
            Step::TopUp { which, units } => {
                if let Some(id) = chosen(which) {
                    stage.sign_locking("top_up", (&id, *units), *units);
                    let _ = stage.streams.try_top_up(&id, units);
                }
            }
            Step::Settle { which } => {
                if let Some(id) = chosen(which) {
                    stage.set.env.set_auths(&[]);
                    let _ = stage.streams.try_settle(&id);
                }
            }
            Step::Pause { which } => {
                if let Some(id) = chosen(which) {
                    stage.sign(&stage.payer, "pause", (&id,));
                    let _ = stage.streams.try_pause(&id);
                }
            }
            Step::Resume { which } => {
                if let Some(id) = chosen(which) {
                    stage.sign(&stage.payer, "resume", (&id,));
                    let _ = stage.streams.try_resume(&id);
                }
            }
            Step::Cancel { which, by_worker } => {
                if let Some(id) = chosen(which) {
                    let by = if *by_worker {
                        &stage.worker
                    } else {
                        &stage.payer
                    };
                    stage.sign(by, "cancel", (by, &id));
                    let _ = stage.streams.try_cancel(by, &id);
                }
            }
            Step::Wait { seconds } => wait(&stage.set.env, *seconds),
            Step::PayInvoice { part } => {
                let owed = stage.set.escrow.payable(&self.invoice).2;
                let units = owed * part / 4;
                if units >= MIN_PAYMENT || units == owed && owed > 0 {
                    self.references += 1;
                    stage
                        .set
                        .pay(&stage.set.debtor, &self.invoice, units, self.references);
                    self.paid_by_debtor += units;
                }
            }
            Step::Freeze { frozen } => {
                stage.set.asset.freeze(&stage.worker, *frozen);
                self.frozen = *frozen;
            }
            Step::Donate { units } => {
                stage.set.asset.give(&stage.set.stream, *units);
                self.donated += units;
            }
            _ => (),
        }
    }

    /// Everything locked = everything paid out + what lies here for somebody by name.
    fn check(&self, before: &[i128]) -> Result<List<i128>, TestCaseError> {
        let stage = &self.stage;
        let (mut liabilities, mut accrued_all, mut into_invoice) = (0, List::new(), 0);
        for (place, id) in self.streams.iter().enumerate() {
            let stream = stage.stream(id);
            prop_assert_eq!(self.replay.streams.get(id), Some(&stream));
            let accrued = stage.accrued(id);
            prop_assert!(0 <= stream.paid && stream.paid <= accrued && accrued <= stream.deposited);
            if let Some(earlier) = before.get(place) {
                prop_assert!(
                    accrued >= *earlier,
                    "accrued fell from {earlier} to {accrued}"
                );
            }
            if !matches!(stream.status, Status::Cancelled | Status::Completed) {
                liabilities += stream.deposited - stream.paid;
            }
            if matches!(stream.recipient, Recipient::Invoice(_)) {
                into_invoice += stream.paid;
            }
            accrued_all.push(accrued);
        }
        let owed = stage.streams.owed(&stage.worker, &stage.set.asset.at);
        let owner = (stage.worker.clone(), stage.set.asset.at.clone());
        prop_assert_eq!(self.replay.owed.get(&owner).copied().unwrap_or(0), owed);
        prop_assert_eq!(stage.streams.owed(&stage.payer, &stage.set.asset.at), 0);
        prop_assert_eq!(stage.locked(), liabilities + owed + self.donated);
        let received = stage.set.escrow.get_escrow(&self.invoice).money.received;
        prop_assert_eq!(received, into_invoice + self.paid_by_debtor);
        let worker = stage.held(&stage.worker) - 1;
        let payer = stage.held(&stage.payer);
        prop_assert_eq!(payer + worker + into_invoice + owed + liabilities, PURSE);
        Ok(accrued_all)
    }

    /// h078: from here, every unit has a call that gets it to its owner.
    fn go_home(&mut self) {
        let stage = &self.stage;
        if self.frozen {
            stage.set.asset.freeze(&stage.worker, false);
        }
        for id in &self.streams {
            if !matches!(
                stage.stream(id).status,
                Status::Cancelled | Status::Completed
            ) {
                stage.cancel(&stage.payer, id);
                self.replay.follow(stage);
            }
        }
        if stage.streams.owed(&stage.worker, &stage.set.asset.at) > 0 {
            stage
                .streams
                .withdraw_owed(&stage.worker, &stage.set.asset.at);
            self.replay.follow(stage);
        }
    }
}

proptest! {
    #![proptest_config(seeded(12))]

    #[test]
    fn h022_h051_h078_h080_h139_no_unit_is_lost_and_nothing_that_accrued_falls(steps in proptest::collection::vec(step(), 1..40)) {
        let mut world = World::new();
        let mut accrued = List::new();
        for step in &steps {
            world.step(step);
            accrued = world.check(&accrued)?;
        }
        world.go_home();
        world.check(&accrued)?;
        prop_assert_eq!(world.stage.locked(), world.donated);
    }

    /// h083: whoever settles at whatever moments, the recipient has the same in the end, and never more than has accrued.
    #[test]
    fn h062_h083_settling_more_often_changes_nobodys_total(
        total in 1..=FACE,
        seconds in 1..10_000u64,
        (pause, resume) in (0..5_000u64, 0..5_000u64),
        stops in proptest::collection::vec(1..3_000u64, 0..8),
        invoice: bool,
        cancelled: bool,
    ) {
        let run = |stops: &[u64]| {
            let world = World::new();
            let stage = &world.stage;
            let id = stage.create(1, &stage.plan(world.recipient(invoice), total, seconds));
            let began = stage.set.now();
            let mut moments: List<(u64, u8)> = stops.iter().scan(0, |at, gap| { *at += gap; Some((*at, 0)) }).collect();
            moments.push((pause, 1));
            moments.push((pause + resume, 2));
            moments.sort_unstable();
            for (at, what) in moments {
                wait(&stage.set.env, began + at - stage.set.now());
                match what {
                    0 => { stage.set.env.set_auths(&[]); let _ = stage.streams.try_settle(&id); }
                    1 => { stage.sign(&stage.payer, "pause", (&id,)); let _ = stage.streams.try_pause(&id); }
                    _ => { stage.sign(&stage.payer, "resume", (&id,)); let _ = stage.streams.try_resume(&id); }
                }
            }
            wait(&stage.set.env, began + 40_000 - stage.set.now());
            stage.set.env.set_auths(&[]);
            if cancelled && stage.stream(&id).status != Status::Completed {
                stage.cancel(&stage.payer, &id);
            } else {
                let _ = stage.streams.try_settle(&id);
            }
            let stream = stage.stream(&id);
            (stream.paid, stage.held(&stage.worker), stage.held(&stage.payer), stage.locked())
        };
        prop_assert_eq!(run(&[]), run(&stops));
    }
}
