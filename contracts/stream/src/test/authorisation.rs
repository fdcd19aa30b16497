//! Who must sign for what: exactly the tree that is needed, by exactly the right address, for exactly these arguments.

use soroban_sdk::testutils::{AuthorizedFunction, AuthorizedInvocation};
use soroban_sdk::{Address, Env, IntoVal, Symbol, Val, Vec};
use tenor_stage::{refused, wait, DAY, FACE};

use super::stage::Stage;
use crate::types::Recipient;
use crate::StreamError;

fn call<A: IntoVal<Env, Vec<Val>>>(
    stage: &Stage,
    contract: &Address,
    name: &str,
    args: A,
    below: &[AuthorizedInvocation],
) -> AuthorizedInvocation {
    let env = &stage.set.env;
    AuthorizedInvocation {
        function: AuthorizedFunction::Contract((
            contract.clone(),
            Symbol::new(env, name),
            args.into_val(env),
        )),
        sub_invocations: below.to_vec(),
    }
}

/// h010: the trees that were really needed, compared whole. Settling needs nobody, into an invoice too.
#[test]
fn h004_h010_h013_a_payer_signs_one_transfer_and_a_settlement_is_signed_by_nobody() {
    let stage = Stage::new();
    let (payer, at) = (&stage.payer, &stage.set.stream);
    let lock = |units: i128| {
        call(
            &stage,
            &stage.set.asset.at,
            "transfer",
            (payer, at, units),
            &[],
        )
    };
    let signed = |tree| std::vec![(payer.clone(), tree)];
    let flow = stage.flow(stage.to_worker(), 7, 900);
    let id = stage.open_ended(1, &flow);
    let args = (payer, stage.set.bytes(1), flow);
    assert_eq!(
        stage.set.env.auths(),
        signed(call(&stage, at, "open_ended", args, &[lock(900)]))
    );
    stage.top_up(&id, 50);
    assert_eq!(
        stage.set.env.auths(),
        signed(call(&stage, at, "top_up", (&id, 50i128), &[lock(50)]))
    );
    wait(&stage.set.env, 10);
    stage.settle(&id);
    assert_eq!(stage.set.env.auths(), []);
    stage.pause(&id);
    assert_eq!(
        stage.set.env.auths(),
        signed(call(&stage, at, "pause", (&id,), &[]))
    );
    stage.resume(&id);
    assert_eq!(
        stage.set.env.auths(),
        signed(call(&stage, at, "resume", (&id,), &[]))
    );
    stage.cancel(payer, &id);
    assert_eq!(
        stage.set.env.auths(),
        signed(call(&stage, at, "cancel", (payer, &id), &[]))
    );
    let invoice = stage.set.funded(1, &stage.set.terms());
    let plan = stage.plan(Recipient::Invoice(invoice), FACE, 10 * DAY);
    let id = stage.create(2, &plan);
    let args = (payer, stage.set.bytes(2), plan);
    assert_eq!(
        stage.set.env.auths(),
        signed(call(&stage, at, "create", args, &[lock(FACE)]))
    );
    wait(&stage.set.env, DAY);
    stage.settle(&id);
    assert_eq!(stage.set.env.auths(), []);
}

/// h003: a stranger who signs for himself is refused everywhere; without any signature nothing happens.
#[test]
fn h002_h003_h005_only_the_payer_commands_a_stream() {
    let stage = Stage::new();
    let id = stage.open_ended(1, &stage.flow(stage.to_worker(), 7, 900));
    let other = stage.open_ended(2, &stage.flow(stage.to_worker(), 7, 900));
    let streams = &stage.streams;
    let before = stage.stream(&id);
    let refuse_all = || {
        assert!(streams.try_pause(&id).is_err());
        assert!(streams.try_resume(&id).is_err());
        assert!(streams.try_top_up(&id, &5).is_err());
        assert!(streams.try_cancel(&stage.payer, &id).is_err());
        assert!(streams.try_cancel(&stage.worker, &id).is_err());
        assert_eq!(stage.stream(&id), before);
    };
    stage.set.env.set_auths(&[]);
    refuse_all();
    for who in [&stage.worker, &stage.set.stranger, &stage.set.roles.admin] {
        for name in ["pause", "resume"] {
            stage.sign(who, name, (&id,));
            refuse_all();
        }
        stage.sign(who, "top_up", (&id, 5i128));
        refuse_all();
    }
    // Signed by the payer, for another stream or another amount.
    stage.sign(&stage.payer, "pause", (&other,));
    refuse_all();
    stage.sign_locking("top_up", (&id, 6i128), 6);
    refuse_all();
    stage.sign(&stage.payer, "cancel", (&stage.payer, &other));
    refuse_all();
    for who in [&stage.set.stranger, &stage.set.roles.admin] {
        stage.sign(who, "cancel", (who, &id));
        refused!(
            stage.set.env,
            streams.try_cancel(who, &id),
            StreamError::NotPayerOrRecipient
        );
    }
}

/// The invoice's parties have no say over a stream into it.
#[test]
fn h003_nobody_but_the_payer_cancels_a_stream_into_an_invoice() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    let id = stage.create(1, &stage.plan(Recipient::Invoice(invoice), FACE, 100));
    for who in [
        &stage.set.seller,
        &stage.set.debtor,
        &stage.set.roles.operator,
    ] {
        stage.sign(who, "cancel", (who, &id));
        refused!(
            stage.set.env,
            stage.streams.try_cancel(who, &id),
            StreamError::NotPayerOrRecipient
        );
    }
}

#[test]
fn h001_the_constructor_cannot_be_called_again() {
    let stage = Stage::new();
    let env = &stage.set.env;
    env.mock_all_auths();
    let again = env.try_invoke_contract::<(), soroban_sdk::Error>(
        &stage.set.stream,
        &Symbol::new(env, "__constructor"),
        (&stage.payer, &stage.payer).into_val(env),
    );
    assert!(again.is_err());
    assert_eq!(stage.streams.get_config().0, stage.set.escrow.address);
}
