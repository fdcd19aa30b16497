//! The six invariants: what must hold after every call, and what everybody has when all have left.

use soroban_sdk::Address;
use tenor_escrow::{Escrow, Status};
use tenor_stage::DAY;
use tenor_stream::Status as Flowing;

use crate::rational::whole;
use crate::world::{is_released, World};
use crate::Act;

impl World {
    pub fn check(&mut self, act: &Act) {
        for asset in 0..2 {
            self.check_money(asset, act);
        }
        for n in 0..self.lives.len() {
            let escrow = self.escrow(n);
            self.check_shares(n, &escrow);
            self.check_equations(n, &escrow);
            self.check_steps(n, &escrow);
        }
    }

    /// 1 and 2: what each contract holds is what it owes, to the unit.
    fn check_money(&self, asset: usize, act: &Act) {
        let (mut unreleased, mut for_holders) = (0, 0);
        for life in self.lives.iter().filter(|life| life.asset == asset) {
            let escrow = self.set.escrow.get_escrow(&life.id);
            if !is_released(escrow.status) {
                unreleased += escrow.funded - escrow.refunded;
            }
            for_holders += self.set.distributor.get_summary(&life.shares.address).held;
        }
        let at = &self.asset(asset).at;
        let all = self.everybody();
        let owed: i128 = all.iter().map(|who| self.set.escrow.owed(who, at)).sum();
        let waiting: i128 = all.iter().map(|who| self.streams.owed(who, at)).sum();
        let flowing: i128 = self
            .flows
            .iter()
            .filter(|flow| flow.asset == asset)
            .map(|flow| self.streams.get_stream(&flow.id))
            .filter(|stream| matches!(stream.status, Flowing::Active | Flowing::Paused))
            .map(|stream| stream.deposited - stream.paid)
            .sum();
        let set = &self.set;
        for (place, liabilities) in [
            (&set.escrow.address, unreleased + owed),
            (&set.distributor.address, for_holders),
            (&set.stream, flowing + waiting),
            (&self.market.address, 0),
        ] {
            assert_eq!(
                self.asset(asset).held(place),
                liabilities + self.donation(place, asset),
                "after {act:?}"
            );
        }
    }

    fn donation(&self, place: &Address, asset: usize) -> i128 {
        let given = self.donated.get(&(place.clone(), asset));
        given.copied().unwrap_or(0)
    }

    /// 2: one share per unit, and dust below one unit a holder.
    fn check_shares(&self, n: usize, escrow: &Escrow) {
        let life = &self.lives[n];
        let supply: i128 = self.people.iter().map(|who| life.shares.balance(who)).sum();
        assert_eq!(supply, escrow.funded - escrow.refunded);
        assert_eq!(supply, life.shares.total_supply());
        let claimable: i128 = self.people.iter().map(|who| life.shares.accrued(who)).sum();
        let dust = self.set.distributor.get_summary(&life.shares.address).held - claimable;
        assert!(
            (0..=self.people.len() as i128).contains(&dust),
            "dust {dust}"
        );
    }

    /// What the contract says at this moment is what the equations say. 4: no fee before the advance is back.
    fn check_equations(&self, n: usize, escrow: &Escrow) {
        let Some(model) = &self.lives[n].model else {
            return;
        };
        let (money, at) = (&escrow.money, self.now());
        let told = (
            money.received,
            money.holders_gross,
            money.fee_taken,
            money.face,
            money.recourse_paid,
        );
        assert_eq!(
            told,
            (
                model.received,
                model.holders,
                model.fee,
                model.face,
                model.recourse
            )
        );
        assert_eq!((escrow.status == Status::Settled), model.settled);
        let moment = self.env.ledger().timestamp();
        let id = &self.lives[n].id;
        assert_eq!(
            self.set.escrow.payoff(id, &moment),
            model.claim_at(at) - model.holders
        );
        let all = escrow.terms.recourse && escrow.status == Status::Defaulted;
        assert_eq!(
            self.set.escrow.recourse_due(id, &moment),
            model.recourse_due(all, at)
        );
        assert!(money.fee_taken == 0 || money.holders_gross > escrow.terms.advance);
        let summary = self
            .set
            .distributor
            .get_summary(&self.lives[n].shares.address);
        assert_eq!(summary.received, money.holders_gross - money.fee_taken);
    }

    /// 5: nothing ever steps back.
    fn check_steps(&mut self, n: usize, escrow: &Escrow) {
        let at = self.now();
        let claim = self.lives[n]
            .model
            .as_ref()
            .map_or(0, |model| model.claim_at(at));
        if let Some((before, claim_before)) = &self.lives[n].before {
            assert!(
                may_follow(before.status, escrow.status),
                "{:?} -> {:?}",
                before.status,
                escrow.status
            );
            assert!(escrow.money.holders_gross >= before.money.holders_gross);
            assert!(claim >= *claim_before, "the claim fell");
            assert_eq!(
                (&escrow.terms, &escrow.treasury),
                (&before.terms, &before.treasury)
            );
        }
        self.lives[n].before = Some((escrow.clone(), claim));
    }

    /// 6 and 3: with everybody's account in order, every unit but dust goes to whom it belongs, by strangers' calls.
    pub fn leave(&mut self) {
        for person in self.everybody() {
            for asset in [&self.set.asset, &self.second] {
                asset.freeze(&person, false);
            }
        }
        self.wait(15 * DAY);
        for which in 0..self.flows.len() {
            self.act(&Act::EndStream {
                stream: which as u8,
                by_payer: true,
            });
        }
        for n in 0..self.lives.len() {
            if is_released(self.escrow(n).status) {
                self.act(&Act::Pay {
                    who: 0,
                    invoice: n as u8,
                    part: 255,
                });
                self.act(&Act::Page { invoice: n as u8 });
                self.check_entitlements(n);
            } else {
                for who in 0..4 {
                    self.act(&Act::Refund {
                        who,
                        invoice: n as u8,
                    });
                }
                assert_eq!(self.escrow(n).funded, self.escrow(n).refunded);
            }
        }
        for person in self.everybody() {
            for asset in 0..2 {
                self.withdraw(&person, asset, true);
                self.withdraw(&person, asset, false);
            }
        }
        self.check(&Act::Extend);
        for asset in 0..2 {
            for place in [
                &self.set.escrow.address,
                &self.set.stream,
                &self.market.address,
            ] {
                assert_eq!(
                    self.asset(asset).held(place),
                    self.donation(place, asset),
                    "somebody is stuck"
                );
            }
        }
    }

    /// 3: whoever bought, claimed or pushed when, a holder has what the shares earned, less or more than a unit at each exit.
    fn check_entitlements(&self, n: usize) {
        let life = &self.lives[n];
        for (person, entitled) in self.people.iter().zip(&life.entitled) {
            let has = entitled.got + life.shares.accrued(person);
            let off = whole(has) - entitled.exact.clone();
            assert!(
                off.is_within(2 + life.exits),
                "has {has}, entitled to {:?}",
                entitled.exact
            );
        }
    }
}

fn may_follow(before: Status, after: Status) -> bool {
    use Status::{Cancelled, Defaulted, Expired, Funded, Open, Settled};
    let steps = [
        (Open, Funded),
        (Open, Cancelled),
        (Open, Expired),
        (Funded, Settled),
        (Funded, Defaulted),
        (Defaulted, Settled),
    ];
    before == after || steps.contains(&(before, after))
}
