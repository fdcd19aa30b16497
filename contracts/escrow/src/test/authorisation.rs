//! Who must sign for what: exactly the tree that is needed, by exactly the right address, for exactly these arguments.

use soroban_sdk::testutils::{AuthorizedFunction, AuthorizedInvocation};
use soroban_sdk::{vec, Address, IntoVal, Symbol, Val, Vec};

use super::stage::{parts, Stage, ADVANCE, FACE};

fn invocation<A: IntoVal<soroban_sdk::Env, Vec<Val>>>(
    stage: &Stage,
    contract: &Address,
    name: &str,
    args: A,
    below: &[AuthorizedInvocation],
) -> AuthorizedInvocation {
    let function = (
        contract.clone(),
        Symbol::new(&stage.env, name),
        args.into_val(&stage.env),
    );
    AuthorizedInvocation {
        function: AuthorizedFunction::Contract(function),
        sub_invocations: below.to_vec(),
    }
}

fn transfer(stage: &Stage, from: &Address, units: i128) -> AuthorizedInvocation {
    invocation(
        stage,
        &stage.asset.address,
        "transfer",
        (from, &stage.escrow.address, units),
        &[],
    )
}

/// h004, h010, h013: the tree that was really needed, compared whole with the golden one.
#[test]
fn h004_h010_h013_a_payer_signs_one_transfer_and_nothing_else() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    let hash = stage.hash(&id);
    let [half, third, rest] = parts(ADVANCE);
    for (investor, units) in stage.investors.iter().zip([half, third, rest]) {
        stage.fund(investor, &id, units);
        // The completing call, which pays the seller and unlocks the shares, asks for no more than the first.
        let args = (investor, &id, units, 1i128, &hash);
        let tree = invocation(
            &stage,
            &stage.escrow.address,
            "fund_escrow",
            args,
            &[transfer(&stage, investor, units)],
        );
        assert_eq!(stage.env.auths(), [(investor.clone(), tree)]);
    }
    stage.wait(70 * super::stage::DAY);
    for (units, payment) in [(1_000_000_000, 1), (FACE - 1_000_000_000, 2)] {
        stage.pay(&stage.debtor, &id, units, payment);
        let args = (&stage.debtor, &id, units, stage.bytes(payment));
        let tree = invocation(
            &stage,
            &stage.escrow.address,
            "record_payment",
            args,
            &[transfer(&stage, &stage.debtor, units)],
        );
        assert_eq!(stage.env.auths(), [(stage.debtor.clone(), tree)]);
    }
}

#[test]
fn h004_every_other_call_needs_one_signature_or_none() {
    let stage = Stage::new();
    let terms = stage.terms();
    let at = &stage.escrow.address;
    let id = stage.create(1, &terms);
    let args = (&stage.seller, stage.bytes(1), terms.clone());
    assert_eq!(
        stage.env.auths(),
        [(
            stage.seller.clone(),
            invocation(&stage, at, "create_escrow", args, &[])
        )]
    );
    stage.attest(&id);
    let args = (&id, &stage.debtor, stage.bytes(1), stage.bytes(2));
    assert_eq!(
        stage.env.auths(),
        [(
            stage.roles.operator.clone(),
            invocation(&stage, at, "attest", args, &[])
        )]
    );
    stage.fund(&stage.investors[0], &id, ADVANCE);
    stage.pay(&stage.debtor, &id, FACE, 1);
    stage.env.set_auths(&[]);
    let token = stage.shares(&id).address;
    stage.distributor.claim(&token, &stage.investors[0]);
    assert_eq!(stage.env.auths(), []);
    stage
        .distributor
        .distribute(&token, &vec![&stage.env, stage.investors[0].clone()]);
    assert_eq!(stage.env.auths(), []);
    stage.escrow.extend(&vec![&stage.env, id]);
    assert_eq!(stage.env.auths(), []);
}

/// h005: one argument changed after signing, and the signature is worth nothing.
#[test]
fn h005_a_signature_is_for_these_arguments_only() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.sign_pay(&stage.debtor, &id, 1_000_000_000, 1);
    assert!(stage
        .escrow
        .try_record_payment(&stage.debtor, &id, &1_000_000_001, &stage.bytes(1))
        .is_err());
    stage.sign_pay(&stage.debtor, &id, 1_000_000_000, 1);
    assert!(stage
        .escrow
        .try_record_payment(&stage.debtor, &id, &1_000_000_000, &stage.bytes(2))
        .is_err());
    // Without the transfer below it the call is not allowed to move the payer's money.
    let args = (&stage.debtor, &id, 1_000_000_000i128, stage.bytes(1));
    stage.sign(
        &stage.debtor,
        &stage.escrow.address,
        "record_payment",
        args,
        &[],
    );
    assert!(stage
        .escrow
        .try_record_payment(&stage.debtor, &id, &1_000_000_000, &stage.bytes(1))
        .is_err());
    assert_eq!(stage.escrow.get_escrow(&id).money.received, 0);
}

/// h014: what only the escrow or the distributor may call is closed to everybody else.
#[test]
fn h014_inner_calls_are_closed_to_strangers() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let shares = stage.shares(&id);
    let token = &shares.address;
    let key = stage.bytes(1);
    let holders = vec![&stage.env, stage.investors[0].clone()];
    let calls: [(&Address, &str, Vec<Val>); 6] = [
        (
            token,
            "mint",
            (&stage.stranger, 5i128, true).into_val(&stage.env),
        ),
        (
            token,
            "redeem_for_refund",
            (&stage.investors[0], 5i128).into_val(&stage.env),
        ),
        (token, "accrue", (5i128,).into_val(&stage.env)),
        (token, "mark_paid", (holders.clone(),).into_val(&stage.env)),
        (
            &stage.distributor.address,
            "register",
            (&stage.stranger, &stage.asset.address).into_val(&stage.env),
        ),
        (
            &stage.distributor.address,
            "deposit",
            (token, 5i128, key.clone()).into_val(&stage.env),
        ),
    ];
    for (contract, name, args) in calls {
        for person in [&stage.stranger, &stage.roles.admin, &stage.seller] {
            stage.sign(person, contract, name, args.clone(), &[]);
            let before = stage.entries();
            let answer = match name {
                "mint" => shares.try_mint(&stage.stranger, &5, &true).is_ok(),
                "redeem_for_refund" => shares
                    .try_redeem_for_refund(&stage.investors[0], &5)
                    .is_ok(),
                "accrue" => shares.try_accrue(&5).is_ok(),
                "mark_paid" => shares.try_mark_paid(&holders).is_ok(),
                "register" => stage
                    .distributor
                    .try_register(&stage.stranger, &stage.asset.address)
                    .is_ok(),
                _ => stage.distributor.try_deposit(token, &5, &key).is_ok(),
            };
            assert!(!answer, "{name}");
            assert!(before == stage.entries(), "{name} changed the ledger");
        }
    }
}
