//! Shares of a funded invoice: who they can go to, what goes with them and what stays.

use soroban_sdk::testutils::{Address as _, Events as _, MuxedAddress as _};
use soroban_sdk::token::TokenClient;
use soroban_sdk::xdr::{ContractEventBody, ScVal};
use soroban_sdk::{Address, MuxedAddress};
use tenor_common::CommonError;
use tenor_token::TokenError;

use super::stage::{parts, Stage, ADVANCE, DAY, FACE, PURSE};
use crate::refused;
use crate::types::{Accrual, Terms};

fn flat(stage: &Stage) -> Terms {
    Terms {
        accrual: Accrual::Flat,
        ..stage.terms()
    }
}

#[test]
fn h033_h049_a_buyer_earns_only_what_comes_after() {
    let stage = Stage::new();
    let id = stage.funded(&flat(&stage));
    let [half, third, _] = parts(ADVANCE);
    let buyer = Address::generate(&stage.env);
    let token = stage.shares(&id).address;
    stage.pay(&stage.debtor, &id, 1_800_000_000, 1);
    stage.move_shares(&id, &stage.investors[0], &buyer, half);
    stage.pay(&stage.debtor, &id, 7_200_000_000, 2);
    stage.env.set_auths(&[]);
    assert_eq!(
        stage.distributor.claim(&token, &stage.investors[0]),
        1_800_000_000 * half / ADVANCE
    );
    assert_eq!(
        stage.distributor.claim(&token, &buyer),
        7_200_000_000 * half / ADVANCE
    );
    assert_eq!(stage.distributor.claim(&token, &stage.investors[1]), third);
}

#[test]
fn h038_a_transfer_to_oneself_changes_nothing() {
    let stage = Stage::new();
    let id = stage.funded(&flat(&stage));
    stage.pay(&stage.debtor, &id, 3_000_000_000, 1);
    let me = &stage.investors[0];
    let shares = stage.shares(&id);
    let before = (
        shares.balance(me),
        shares.accrued(me),
        shares.total_supply(),
    );
    for amount in [0, 1, before.0] {
        stage.move_shares(&id, me, me, amount);
        assert_eq!(
            (
                shares.balance(me),
                shares.accrued(me),
                shares.total_supply()
            ),
            before
        );
    }
    stage.sign(me, &shares.address, "transfer", (me, me, before.0 + 1), &[]);
    refused!(
        stage,
        shares.try_transfer(me, me, &(before.0 + 1)),
        TokenError::BalanceTooLow
    );
}

#[test]
fn h058_amounts_below_zero_are_refused() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let (shares, me) = (stage.shares(&id), &stage.investors[0]);
    for amount in [-1, i128::MIN] {
        stage.sign(
            me,
            &shares.address,
            "transfer",
            (me, &stage.stranger, amount),
            &[],
        );
        refused!(
            stage,
            shares.try_transfer(me, &stage.stranger, &amount),
            CommonError::AmountNegative
        );
        stage.sign(
            me,
            &shares.address,
            "approve",
            (me, &stage.stranger, amount, 62_000_100u32),
            &[],
        );
        refused!(
            stage,
            shares.try_approve(me, &stage.stranger, &amount, &62_000_100),
            CommonError::AmountNegative
        );
    }
}

#[test]
fn h088_shares_are_locked_until_release_and_free_afterwards() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    stage.fund(&stage.investors[0], &id, ADVANCE / 2);
    let (shares, me) = (stage.shares(&id), &stage.investors[0]);
    assert!(!shares.is_transferable_to(&stage.stranger));
    stage.sign(
        me,
        &shares.address,
        "transfer",
        (me, &stage.stranger, 1i128),
        &[],
    );
    refused!(
        stage,
        shares.try_transfer(me, &stage.stranger, &1),
        TokenError::SharesLocked
    );
    stage.fund(&stage.investors[1], &id, ADVANCE);
    assert!(shares.is_transferable_to(&stage.stranger));
    stage.move_shares(&id, me, &stage.stranger, 1);
    stage.pay(&stage.debtor, &id, FACE, 1);
    stage.move_shares(&id, &stage.stranger, me, 1);
}

#[test]
fn h009_contracts_of_the_set_hold_and_spend_no_shares() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let (shares, me) = (stage.shares(&id), &stage.investors[0]);
    for system in [
        &stage.escrow.address,
        &stage.distributor.address,
        &shares.address,
    ] {
        assert!(!shares.is_transferable_to(system));
        stage.sign(me, &shares.address, "transfer", (me, system, 1i128), &[]);
        refused!(
            stage,
            shares.try_transfer(me, system, &1),
            TokenError::SystemAddress
        );
        stage.sign(
            me,
            &shares.address,
            "approve",
            (me, system, 1i128, 62_000_100u32),
            &[],
        );
        refused!(
            stage,
            shares.try_approve(me, system, &1, &62_000_100),
            TokenError::SystemAddress
        );
    }
}

#[test]
fn h040_h120_restricted_shares_obey_the_allowlist_on_every_path() {
    let stage = Stage::new();
    for investor in &stage.investors {
        stage.set_allowed(investor, true);
    }
    let id = stage.funded(&Terms {
        restricted: true,
        ..stage.terms()
    });
    let (shares, me, spender) = (stage.shares(&id), &stage.investors[0], &stage.investors[1]);
    assert!(!shares.is_transferable_to(&stage.stranger));
    stage.sign(
        me,
        &shares.address,
        "transfer",
        (me, &stage.stranger, 1i128),
        &[],
    );
    refused!(
        stage,
        shares.try_transfer(me, &stage.stranger, &1),
        TokenError::ReceiverNotAllowed
    );
    stage.sign(
        me,
        &shares.address,
        "approve",
        (me, spender, 5i128, 62_000_100u32),
        &[],
    );
    shares.approve(me, spender, &5, &62_000_100);
    stage.sign(
        spender,
        &shares.address,
        "transfer_from",
        (spender, me, &stage.stranger, 1i128),
        &[],
    );
    refused!(
        stage,
        shares.try_transfer_from(spender, me, &stage.stranger, &1),
        TokenError::ReceiverNotAllowed
    );
    stage.set_allowed(&stage.stranger, true);
    assert!(shares.is_transferable_to(&stage.stranger));
    stage.move_shares(&id, me, &stage.stranger, 1);
    // Who has left the list cannot receive more, but is paid what the shares earn.
    stage.set_allowed(&stage.stranger, false);
    stage.pay(&stage.debtor, &id, ADVANCE, 1);
    assert_eq!(stage.distributor.claim(&shares.address, &stage.stranger), 1);
}

#[test]
fn h032_h121_a_spender_moves_shares_with_both_sides_settled() {
    let stage = Stage::new();
    let id = stage.funded(&flat(&stage));
    let (shares, me, spender) = (stage.shares(&id), &stage.investors[0], &stage.stranger);
    stage.pay(&stage.debtor, &id, 3_000_000_000, 1);
    let mine = shares.accrued(me);
    stage.sign(
        me,
        &shares.address,
        "approve",
        (me, spender, 700i128, 62_000_100u32),
        &[],
    );
    shares.approve(me, spender, &700, &62_000_100);
    stage.sign(
        spender,
        &shares.address,
        "transfer_from",
        (spender, me, &stage.investors[1], 500i128),
        &[],
    );
    shares.transfer_from(spender, me, &stage.investors[1], &500);
    assert_eq!(shares.allowance(me, spender), 200);
    assert_eq!(shares.accrued(me), mine);
    stage.sign(
        spender,
        &shares.address,
        "transfer_from",
        (spender, me, &stage.investors[1], 201i128),
        &[],
    );
    refused!(
        stage,
        shares.try_transfer_from(spender, me, &stage.investors[1], &201),
        TokenError::AllowanceTooLow
    );
}

#[test]
fn h119_allowances_overwrite_expire_and_end_in_the_future() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let (shares, me, spender) = (stage.shares(&id), &stage.investors[0], &stage.stranger);
    let now = stage.env.ledger().sequence();
    let approve = |amount: i128, until: u32| {
        stage.sign(
            me,
            &shares.address,
            "approve",
            (me, spender, amount, until),
            &[],
        );
        shares.try_approve(me, spender, &amount, &until)
    };
    refused!(stage, approve(5, now - 1), TokenError::ExpiryInPast);
    refused!(stage, approve(5, now + 3_110_400), TokenError::ExpiryTooFar);
    assert!(approve(5, now + 10).is_ok());
    assert!(approve(3, now + 10).is_ok());
    assert_eq!(shares.allowance(me, spender), 3);
    stage.wait(50);
    assert_eq!(shares.allowance(me, spender), 3);
    stage.wait(5);
    assert_eq!(shares.allowance(me, spender), 0);
    stage.sign(
        spender,
        &shares.address,
        "transfer_from",
        (spender, me, spender, 1i128),
        &[],
    );
    refused!(
        stage,
        shares.try_transfer_from(spender, me, spender, &1),
        TokenError::AllowanceTooLow
    );
    // Zero may end in the past: that is how an allowance is taken back.
    assert!(approve(9, now + 100).is_ok());
    assert!(approve(0, 0).is_ok());
    assert_eq!(shares.allowance(me, spender), 0);
}

#[test]
fn h043_shares_cannot_be_burnt() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let (shares, me) = (stage.shares(&id), &stage.investors[0]);
    stage.sign(me, &shares.address, "burn", (me, 1i128), &[]);
    refused!(stage, shares.try_burn(me, &1), TokenError::BurnRefused);
    refused!(
        stage,
        shares.try_burn_from(&stage.stranger, me, &1),
        TokenError::BurnRefused
    );
}

#[test]
fn h100_an_emptied_holder_leaves_no_entry_but_one_with_money_does() {
    let stage = Stage::new();
    let id = stage.funded(&flat(&stage));
    let buyer = Address::generate(&stage.env);
    stage.move_shares(&id, &stage.investors[0], &buyer, 10);
    stage.move_shares(&id, &buyer, &stage.investors[0], 10);
    let shares = stage.shares(&id);
    assert_eq!(holder_entries(&stage, &shares.address), 3);
    stage.pay(&stage.debtor, &id, 3_000_000_000, 1);
    let all = shares.balance(&stage.investors[0]);
    stage.move_shares(&id, &stage.investors[0], &buyer, all);
    assert_eq!(holder_entries(&stage, &shares.address), 4);
    stage
        .distributor
        .claim(&shares.address, &stage.investors[0]);
    assert_eq!(holder_entries(&stage, &shares.address), 3);
}

fn holder_entries(stage: &Stage, token: &Address) -> usize {
    let token = soroban_sdk::xdr::ScAddress::from(token);
    let is_holder = |data: &soroban_sdk::xdr::LedgerKeyContractData| {
        let named = matches!(&data.key, ScVal::Vec(Some(key)) if matches!(&key[0], ScVal::Symbol(name) if name.0.as_slice() == b"Holder"));
        data.contract == token && named
    };
    let entries = stage.entries();
    entries.iter().filter(|(key, _)| matches!(key, soroban_sdk::xdr::LedgerKey::ContractData(data) if is_holder(data))).count()
}

#[test]
fn h118_h121_transfers_look_like_the_asset_contracts_own() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let (shares, me, to) = (stage.shares(&id), &stage.investors[0], &stage.stranger);
    stage.sign(me, &shares.address, "transfer", (me, to, 5i128), &[]);
    TokenClient::new(&stage.env, &shares.address).transfer(me, to, &5);
    let ours = last_event(&stage, "transfer");
    stage.sign(me, &stage.asset.address, "transfer", (me, to, 5i128), &[]);
    stage.asset.transfer(me, to, &5);
    let theirs = last_event(&stage, "transfer");
    // The asset contract adds the asset's name as a last topic; the rest is equal to the byte.
    assert_eq!(ours.topics[..], theirs.topics[..3]);
    assert_eq!(ours.data, theirs.data);
}

#[test]
fn h118_h145_a_multiplexed_id_is_kept() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let (shares, me) = (stage.shares(&id), &stage.investors[0]);
    let to = MuxedAddress::generate(&stage.env);
    stage.sign(
        me,
        &shares.address,
        "transfer",
        (me, to.clone(), 5i128),
        &[],
    );
    TokenClient::new(&stage.env, &shares.address).transfer(me, to.clone(), &5);
    let ScVal::Map(Some(data)) = last_event(&stage, "transfer").data else {
        panic!("not a map")
    };
    assert_eq!(shares.balance(&to.address()), 5);
    let fields: std::vec::Vec<_> = data
        .iter()
        .map(|entry| (entry.key.clone(), entry.val.clone()))
        .collect();
    let name = |text: &str| ScVal::Symbol(text.try_into().unwrap());
    let units = ScVal::I128(soroban_sdk::xdr::Int128Parts { hi: 0, lo: 5 });
    assert_eq!(
        fields,
        [
            (name("amount"), units),
            (name("to_muxed_id"), ScVal::U64(to.id().unwrap()))
        ]
    );
}

#[test]
fn h144_share_events_carry_the_invoice_as_second_topic() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.move_shares(&id, &stage.investors[0], &stage.stranger, 5);
    let event = last_event(&stage, "tenor_shares");
    assert_eq!(event.topics.len(), 2);
    let ScVal::Bytes(second) = &event.topics[1] else {
        panic!("not bytes")
    };
    assert_eq!(second.as_slice(), id.to_array());
}

fn last_event(stage: &Stage, name: &str) -> soroban_sdk::xdr::ContractEventV0 {
    let events = stage.env.events().all();
    let bodies = events.events().iter().map(|event| {
        let ContractEventBody::V0(body) = event.body.clone();
        body
    });
    let named = |body: &soroban_sdk::xdr::ContractEventV0| matches!(&body.topics[0], ScVal::Symbol(symbol) if symbol.0.as_slice() == name.as_bytes());
    bodies.rev().find(named).expect("an event of that name")
}

#[test]
fn h091_life_of_shares_a_year_untouched_is_all_there() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.wait(500 * DAY);
    stage.move_shares(&id, &stage.investors[0], &stage.stranger, 5);
    stage.pay(&stage.debtor, &id, FACE, 1);
    let token = stage.shares(&id).address;
    assert!(stage.distributor.claim(&token, &stage.investors[1]) > 0);
    assert!(stage.held(&stage.investors[1]) > PURSE);
}
