//! Each act as a call on the contracts, with the model brought along where the call was not refused.

use soroban_sdk::{Address, BytesN, IntoVal, Vec as List};
use tenor_escrow::{Outcome, Split, Status, Terms};
use tenor_market::Ask;
use tenor_stage::DAY;
use tenor_stream::{Flow as Rate, Plan, Recipient};

use crate::model::Parts;
use crate::rational::ratio;
use crate::world::{Flow, World};
use crate::Act;

/// An answer of a client's `try_` method: the value, or nothing where the call was refused.
macro_rules! answer {
    ($world:expr, $call:expr) => {{
        let answer = $call.ok().and_then(Result::ok);
        $world.tally.calls += 1;
        $world.tally.done += u64::from(answer.is_some());
        answer
    }};
}

fn part_of(units: i128, part: u8) -> i128 {
    (units * i128::from(part) / 255).max(1)
}

impl World {
    pub fn act(&mut self, act: &Act) {
        self.env.mock_all_auths();
        let holder = |who: u8| usize::from(who) % self.people.len();
        let life = |n: u8| usize::from(n) % self.lives.len();
        match *act {
            Act::Fund { who, invoice, part } => {
                self.fund(usize::from(who) % 4, life(invoice), part)
            }
            Act::Pay { who, invoice, part } => {
                let payers = [&self.set.debtor, &self.set.seller, &self.set.roles.operator];
                self.pay(&payers[usize::from(who) % 3].clone(), life(invoice), part);
            }
            Act::PayOff { invoice } => self.pay_off(life(invoice)),
            Act::Recourse { invoice, part } => self.pay_recourse(life(invoice), part),
            Act::Reduce { invoice, part } => self.reduce(life(invoice), part),
            Act::Dispute { invoice } => self.dispute(life(invoice)),
            Act::Resolve { invoice, part } => self.resolve(life(invoice), part),
            Act::Default { invoice } => {
                answer!(
                    self,
                    self.set
                        .escrow
                        .try_declare_default(&self.lives[life(invoice)].id)
                );
            }
            Act::Cancel { who, invoice } => {
                let by = [&self.set.roles.admin, &self.set.seller][usize::from(who) % 2].clone();
                answer!(
                    self,
                    self.set
                        .escrow
                        .try_cancel_escrow(&by, &self.lives[life(invoice)].id)
                );
            }
            Act::Refund { who, invoice } => {
                let (who, n) = (self.people[holder(who)].clone(), life(invoice));
                answer!(self, self.set.escrow.try_refund(&who, &self.lives[n].id));
            }
            Act::Move {
                from,
                to,
                invoice,
                part,
            } => {
                self.move_shares(holder(from), holder(to), life(invoice), part);
            }
            Act::Claim { who, invoice } => self.claim(holder(who), life(invoice)),
            Act::ClaimMany { who } => self.claim_many(holder(who)),
            Act::Page { invoice } => self.page(life(invoice)),
            Act::Extend => {
                let ids = List::from_iter(&self.env, self.lives.iter().map(|life| life.id.clone()));
                answer!(self, self.set.escrow.try_extend(&ids));
            }
            Act::Wait { kind, much } => {
                self.wait(u64::from(much) * [1, 600, 3_600, DAY / 4][usize::from(kind) % 4])
            }
            Act::Freeze { who, asset, frozen } => {
                let all = self.everybody();
                self.asset(usize::from(asset) % 2)
                    .freeze(&all[usize::from(who) % all.len()], frozen);
            }
            Act::Withdraw { who, asset, stream } => {
                let all = self.everybody();
                self.withdraw(
                    &all[usize::from(who) % all.len()],
                    usize::from(asset) % 2,
                    stream,
                );
            }
            Act::Donate { to, asset } => self.donate(to, usize::from(asset) % 2),
            _ => self.act_outside(act),
        }
    }

    /// Streams, the market, and what nobody should do.
    fn act_outside(&mut self, act: &Act) {
        match act {
            Act::Stream {
                invoice,
                part,
                days,
            } => self.open_stream(*invoice, *part, *days),
            Act::OpenEnded {
                invoice,
                rate,
                days,
            } => self.open_ended(*invoice, *rate, *days),
            Act::TopUp { stream, part } => self.on_stream(*stream, |world, id| {
                answer!(
                    world,
                    world.streams.try_top_up(id, &part_of(1_000_000, *part))
                );
            }),
            Act::Settle { stream } => self.on_stream(*stream, |world, id| {
                answer!(world, world.streams.try_settle(id));
            }),
            Act::Pause { stream } => self.on_stream(*stream, |world, id| {
                answer!(world, world.streams.try_pause(id));
            }),
            Act::Resume { stream } => self.on_stream(*stream, |world, id| {
                answer!(world, world.streams.try_resume(id));
            }),
            Act::EndStream { stream, by_payer } => self.on_stream(*stream, |world, id| {
                let by = if *by_payer {
                    world.payer.clone()
                } else {
                    world.worker.clone()
                };
                answer!(world, world.streams.try_cancel(&by, id));
            }),
            Act::Allow { who, invoice, part } => self.allow(*who, *invoice, *part),
            Act::Offer {
                who,
                invoice,
                part,
                price,
            } => self.offer(*who, *invoice, *part, *price),
            Act::Buy { who, offer, part } => self.buy(*who, *offer, *part),
            Act::CancelOffer { offer } if !self.offers.is_empty() => {
                let (id, _) = self.offers[usize::from(*offer) % self.offers.len()].clone();
                answer!(self, self.market.try_cancel(&id));
            }
            Act::Create { terms } => {
                let (seller, reference) = (self.set.seller.clone(), self.reference());
                let mut terms: Terms = (**terms).clone().into_val(&self.env);
                if self.references.is_multiple_of(2) {
                    terms.asset = self.asset(0).at.clone();
                }
                answer!(
                    self,
                    self.set
                        .escrow
                        .try_create_escrow(&seller, &reference, &terms)
                );
            }
            Act::Edge {
                call,
                invoice,
                amount,
            } => self.edge(*call, usize::from(*invoice) % self.lives.len(), *amount),
            _ => (),
        }
    }

    fn fund(&mut self, who: usize, n: usize, part: u8) {
        let escrow = self.escrow(n);
        let units = part_of(escrow.terms.advance, part);
        let (who, id) = (self.people[who].clone(), self.lives[n].id.clone());
        answer!(
            self,
            self.set
                .escrow
                .try_fund_escrow(&who, &id, &units, &1, &escrow.terms_hash)
        );
        self.open_model(n);
    }

    fn pay(&mut self, payer: &Address, n: usize, part: u8) {
        let (before, money, at) = (self.deposited(n), self.escrow(n).money, self.now());
        let units = part_of(money.face - money.received, part);
        let (id, reference) = (self.lives[n].id.clone(), self.reference());
        if let Some(split) = answer!(
            self,
            self.set
                .escrow
                .try_record_payment(payer, &id, &units, &reference)
        ) {
            self.compare(n, &split, |model| model.pay(units, at));
        }
        self.credit(n, before);
    }

    fn pay_off(&mut self, n: usize) {
        let (before, max, at) = (self.deposited(n), self.escrow(n).terms.face, self.now());
        let (debtor, reference) = (self.set.debtor.clone(), self.reference());
        if let Some(split) = answer!(
            self,
            self.set
                .escrow
                .try_pay_off(&debtor, &self.lives[n].id, &max, &reference)
        ) {
            self.compare(n, &split, |model| {
                model.pay(model.claim_at(at) - model.holders, at)
            });
        }
        self.credit(n, before);
    }

    fn pay_recourse(&mut self, n: usize, part: u8) {
        let Some(model) = &self.lives[n].model else {
            return;
        };
        let (before, escrow, at) = (self.deposited(n), self.escrow(n), self.now());
        let all = escrow.terms.recourse && escrow.status == Status::Defaulted;
        let units = part_of(model.recourse_due(all, at), part);
        let (seller, reference) = (self.set.seller.clone(), self.reference());
        let id = self.lives[n].id.clone();
        if let Some(split) = answer!(
            self,
            self.set
                .escrow
                .try_pay_recourse(&seller, &id, &units, &reference)
        ) {
            self.compare(n, &split, |model| model.pay_recourse(units, at));
        }
        self.credit(n, before);
    }

    fn reduce(&mut self, n: usize, part: u8) {
        let money = self.escrow(n).money;
        let units = part_of(money.face - money.received, part);
        if answer!(
            self,
            self.set.escrow.try_reduce_face(&self.lives[n].id, &units)
        )
        .is_some()
        {
            self.model(n).face -= units;
        }
    }

    fn dispute(&mut self, n: usize) {
        let (debtor, reason) = (self.set.debtor.clone(), self.reference());
        if answer!(
            self,
            self.set
                .escrow
                .try_open_dispute(&debtor, &self.lives[n].id, &reason)
        )
        .is_some()
        {
            let at = self.now();
            let used: i128 = self
                .model(n)
                .disputes
                .iter()
                .map(|(from, to)| to - from)
                .sum();
            self.model(n)
                .disputes
                .push((at, at + 60 * i128::from(DAY) - used));
        }
    }

    fn resolve(&mut self, n: usize, part: u8) {
        let (money, at) = (self.escrow(n).money, self.now());
        let units = (money.face - money.received) * i128::from(part / 2) / 255;
        let outcome = if units == 0 {
            Outcome::Rejected
        } else {
            Outcome::Upheld(units)
        };
        if answer!(
            self,
            self.set
                .escrow
                .try_resolve_dispute(&self.lives[n].id, &outcome)
        )
        .is_some()
        {
            self.model(n).face -= units;
            self.model(n)
                .disputes
                .last_mut()
                .expect("one that was open")
                .1 = at;
        }
    }

    fn move_shares(&mut self, from: usize, to: usize, n: usize, part: u8) {
        let (giver, taker) = (self.people[from].clone(), self.people[to].clone());
        let shares = self.lives[n].shares.balance(&giver) * i128::from(part) / 255;
        if answer!(
            self,
            self.lives[n].shares.try_transfer(&giver, &taker, &shares)
        )
        .is_some()
        {
            self.note_exit(n, &giver);
        }
    }

    pub fn note_exit(&mut self, n: usize, giver: &Address) {
        self.lives[n].exits += i128::from(self.lives[n].shares.balance(giver) == 0);
    }

    pub fn claim(&mut self, who: usize, n: usize) {
        let (holder, token) = (
            self.people[who].clone(),
            self.lives[n].shares.address.clone(),
        );
        if let Some(units) = answer!(self, self.set.distributor.try_claim(&token, &holder)) {
            self.lives[n].entitled[who].got += units;
        }
    }

    fn claim_many(&mut self, who: usize) {
        let tokens = self.lives.iter().map(|life| life.shares.address.clone());
        let (holder, tokens) = (self.people[who].clone(), List::from_iter(&self.env, tokens));
        if let Some(paid) = answer!(self, self.set.distributor.try_claim_many(&holder, &tokens)) {
            for (life, units) in self.lives.iter_mut().zip(paid) {
                life.entitled[who].got += units;
            }
        }
    }

    pub fn page(&mut self, n: usize) {
        let (token, asset) = (self.lives[n].shares.address.clone(), self.lives[n].asset);
        // Nobody's balance cannot be asked for, and he can be paid nothing.
        let held = |world: &World, who: usize| world.asset(asset).held(&world.people[who]);
        let before: Vec<i128> = (0..4).map(|who| held(self, who)).collect();
        let holders = List::from_slice(&self.env, &self.people);
        answer!(self, self.set.distributor.try_distribute(&token, &holders));
        for (who, before) in before.into_iter().enumerate() {
            self.lives[n].entitled[who].got += held(self, who) - before;
        }
    }

    pub fn withdraw(&mut self, owner: &Address, asset: usize, stream: bool) {
        let at = self.asset(asset).at.clone();
        if stream {
            answer!(self, self.streams.try_withdraw_owed(owner, &at));
        } else {
            answer!(self, self.set.escrow.try_withdraw_owed(owner, &at));
        }
    }

    fn donate(&mut self, to: u8, asset: usize) {
        let set = &self.set;
        let places = [
            &set.escrow.address,
            &set.distributor.address,
            &set.stream,
            &self.market.address,
        ];
        let place = places[usize::from(to) % 4].clone();
        self.asset(asset).give(&place, 13);
        *self.donated.entry((place, asset)).or_default() += 13;
    }

    /// What the contract says it did is what the equations say.
    fn compare(
        &mut self,
        n: usize,
        split: &Split,
        by_model: impl Fn(&mut crate::model::Invoice) -> Parts,
    ) {
        let parts = by_model(self.model(n));
        assert_eq!(Parts(split.to_holders, split.fee, split.to_seller), parts);
    }

    fn model(&mut self, n: usize) -> &mut crate::model::Invoice {
        self.lives[n].model.as_mut().expect("a released invoice")
    }

    /// Notes who is entitled to what came in since `before`.
    fn credit(&mut self, n: usize, before: i128) {
        let came = self.deposited(n) - before;
        if came == 0 {
            return;
        }
        let supply = self.lives[n].shares.total_supply();
        for who in 0..self.people.len() {
            let shares = self.lives[n].shares.balance(&self.people[who]);
            let part = ratio(came * shares, supply);
            let entitled = &mut self.lives[n].entitled[who];
            entitled.exact = entitled.exact.clone() + part;
        }
    }

    fn recipient(&self, invoice: Option<u8>) -> (Recipient, usize, Option<usize>) {
        match invoice.map(|n| usize::from(n) % self.lives.len()) {
            Some(n) => (
                Recipient::Invoice(self.lives[n].id.clone()),
                self.lives[n].asset,
                Some(n),
            ),
            None => (Recipient::Account(self.worker.clone()), 0, None),
        }
    }

    fn open_stream(&mut self, invoice: Option<u8>, part: u8, days: u8) {
        let (recipient, asset, invoice) = self.recipient(invoice);
        let total = match invoice {
            Some(n) => part_of(self.escrow(n).terms.face, part),
            None => part_of(1_000_000_007, part),
        };
        let end = self.env.ledger().timestamp() + u64::from(days) * DAY + 7;
        let at = self.asset(asset).at.clone();
        let plan = Plan {
            recipient,
            asset: at,
            total,
            start: 0,
            end,
        };
        let (payer, reference) = (self.payer.clone(), self.reference());
        if let Some(id) = answer!(self, self.streams.try_create(&payer, &reference, &plan)) {
            self.flows.push(Flow { id, asset, invoice });
        }
    }

    fn open_ended(&mut self, invoice: Option<u8>, rate: u8, days: u8) {
        let (recipient, asset, invoice) = self.recipient(invoice);
        let rate_per_second = i128::from(rate) + 1;
        let deposit = rate_per_second * (i128::from(days) * 3_600 + 1);
        let at = self.asset(asset).at.clone();
        let rate = Rate {
            recipient,
            asset: at,
            rate_per_second,
            start: 0,
            deposit,
        };
        let (payer, reference) = (self.payer.clone(), self.reference());
        if let Some(id) = answer!(self, self.streams.try_open_ended(&payer, &reference, &rate)) {
            self.flows.push(Flow { id, asset, invoice });
        }
    }

    /// A stream may pay an invoice on the way: the model is brought along.
    pub fn on_stream(&mut self, which: u8, act: impl Fn(&mut World, &BytesN<32>)) {
        if self.flows.is_empty() {
            return;
        }
        let which = usize::from(which) % self.flows.len();
        let (id, invoice) = (self.flows[which].id.clone(), self.flows[which].invoice);
        let before = invoice.map(|n| (n, self.deposited(n), self.escrow(n).money.received));
        act(self, &id);
        if let Some((n, deposited, received)) = before {
            let (came, at) = (self.escrow(n).money.received - received, self.now());
            if came > 0 {
                self.model(n).pay(came, at);
                self.credit(n, deposited);
            }
        }
    }

    fn allow(&mut self, who: u8, invoice: u8, part: u8) {
        let n = usize::from(invoice) % self.lives.len();
        let holder = self.people[usize::from(who) % 4].clone();
        let units = self.lives[n].shares.balance(&holder) * i128::from(part) / 255;
        let until = self.env.ledger().sequence() + 100_000;
        answer!(
            self,
            self.lives[n]
                .shares
                .try_approve(&holder, &self.market.address, &units, &until)
        );
    }

    fn offer(&mut self, who: u8, invoice: u8, part: u8, price: u8) {
        let n = usize::from(invoice) % self.lives.len();
        let seller = self.people[usize::from(who) % 4].clone();
        let shares = part_of(self.lives[n].shares.balance(&seller), part);
        let ask = Ask {
            invoice_id: self.lives[n].id.clone(),
            shares,
            price: part_of(shares, price),
            asset: self.asset(usize::from(price) % 2).at.clone(),
            expires: self.env.ledger().timestamp() + 10 * DAY,
            buyer: None,
        };
        let reference = self.reference();
        if let Some(id) = answer!(self, self.market.try_offer(&seller, &reference, &ask)) {
            self.offers.push((id, n));
        }
    }

    fn buy(&mut self, who: u8, offer: u8, part: u8) {
        if self.offers.is_empty() {
            return;
        }
        let (id, n) = self.offers[usize::from(offer) % self.offers.len()].clone();
        let Ok(Ok(standing)) = self.market.try_get_offer(&id) else {
            return;
        };
        let shares = part_of(standing.left, part);
        let price = self.market.price_of(&id, &shares);
        let buyer = self.people[usize::from(who) % 4].clone();
        let can = self.market.fillable(&id) >= shares;
        if let Some(paid) = answer!(self, self.market.try_buy(&buyer, &id, &shares, &price)) {
            assert!(can && paid == price, "bought what could not be bought");
            assert!(
                paid * standing.shares >= standing.price * shares,
                "sold below the price"
            );
            self.note_exit(n, &standing.seller);
        }
    }

    /// Amounts that no call takes: below one unit, or more than there is.
    fn edge(&mut self, call: u8, n: usize, amount: i128) {
        let bad = if (1..=i128::from(i64::MAX)).contains(&amount) {
            -amount
        } else {
            amount
        };
        let (id, reference, hash) = (
            self.lives[n].id.clone(),
            self.reference(),
            self.escrow(n).terms_hash,
        );
        let (debtor, seller, holder) = (
            self.set.debtor.clone(),
            self.set.seller.clone(),
            self.people[0].clone(),
        );
        let escrow = &self.set.escrow;
        let refused = match call % 8 {
            0 => escrow
                .try_record_payment(&debtor, &id, &bad, &reference)
                .is_err(),
            1 => escrow
                .try_fund_escrow(&holder, &id, &bad, &1, &hash)
                .is_err(),
            2 => escrow.try_pay_off(&debtor, &id, &bad, &reference).is_err(),
            3 => escrow.try_reduce_face(&id, &bad).is_err(),
            4 => escrow
                .try_pay_recourse(&seller, &id, &bad, &reference)
                .is_err(),
            5 => escrow
                .try_resolve_dispute(&id, &Outcome::Upheld(bad))
                .is_err(),
            6 => {
                bad == 0
                    || self.lives[n]
                        .shares
                        .try_transfer(&holder, &self.people[1], &bad)
                        .is_err()
            }
            _ => self.flows.is_empty() || self.streams.try_top_up(&self.flows[0].id, &bad).is_err(),
        };
        self.tally.calls += 1;
        assert!(refused, "{bad} units were taken");
    }
}
