//! The admin, members, and the change of admin in two steps.

use soroban_sdk::testutils::Address as _;
use soroban_sdk::Address;
use tenor_stage::{refused, wait, DAY};

use super::stage::Stage;
use crate::types::Config;
use crate::RegistryError;

#[test]
fn h002_h003_only_the_admin_admits_and_proposes() {
    let stage = Stage::new();
    let stranger = &stage.stranger;
    stage.env.set_auths(&[]);
    assert!(stage.registry.try_set_member(stranger, &true).is_err());
    assert!(stage.registry.try_propose_admin(stranger).is_err());
    for other in [stranger, &stage.members[0]] {
        stage.sign(other, "set_member", (stranger, true));
        assert!(stage.registry.try_set_member(stranger, &true).is_err());
        stage.sign(other, "propose_admin", (other,));
        assert!(stage.registry.try_propose_admin(other).is_err());
    }
    assert!(!stage.registry.is_member(stranger));
    stage.admit(stranger, true);
    assert!(stage.registry.is_member(stranger));
    stage.admit(stranger, false);
    assert!(!stage.registry.is_member(stranger));
}

#[test]
fn h081_h105_the_admin_changes_in_two_steps_until_a_stored_deadline() {
    let stage = Stage::new();
    let (registry, next) = (&stage.registry, Address::generate(&stage.env));
    refused!(
        stage.env,
        registry.try_accept_admin(),
        RegistryError::NoCandidate
    );
    let propose = || {
        stage.sign(&stage.admin, "propose_admin", (&next,));
        registry.propose_admin(&next);
    };
    propose();
    let deadline = stage.now() + 7 * DAY;
    let pending = Config(stage.admin.clone(), Some(next.clone()), deadline);
    assert_eq!(registry.get_config(), pending);
    stage.env.set_auths(&[]);
    assert!(registry.try_accept_admin().is_err());
    stage.sign(&stage.stranger, "accept_admin", ());
    assert!(registry.try_accept_admin().is_err());
    wait(&stage.env, 7 * DAY + 1);
    stage.sign(&next, "accept_admin", ());
    refused!(
        stage.env,
        registry.try_accept_admin(),
        RegistryError::CandidacyLapsed
    );
    propose();
    wait(&stage.env, 7 * DAY);
    stage.sign(&next, "accept_admin", ());
    registry.accept_admin();
    assert_eq!(registry.get_config(), Config(next.clone(), None, 0));
    stage.sign(&stage.admin, "set_member", (&stage.stranger, true));
    assert!(registry.try_set_member(&stage.stranger, &true).is_err());
    stage.sign(&next, "set_member", (&stage.stranger, true));
    registry.set_member(&stage.stranger, &true);
}

#[test]
fn h009_the_registry_is_nobodys_member() {
    let stage = Stage::new();
    let own = &stage.registry.address;
    stage.sign(&stage.admin, "set_member", (own, true));
    refused!(
        stage.env,
        stage.registry.try_set_member(own, &true),
        RegistryError::OwnAddress
    );
    stage.sign(&stage.admin, "propose_admin", (own,));
    refused!(
        stage.env,
        stage.registry.try_propose_admin(own),
        RegistryError::OwnAddress
    );
}

#[test]
fn h001_the_constructor_cannot_be_called_again() {
    let stage = Stage::new();
    stage.env.mock_all_auths();
    let again = stage.env.try_invoke_contract::<(), soroban_sdk::Error>(
        &stage.registry.address,
        &soroban_sdk::Symbol::new(&stage.env, "__constructor"),
        soroban_sdk::vec![
            &stage.env,
            soroban_sdk::IntoVal::into_val(&stage.stranger, &stage.env)
        ],
    );
    assert!(again.is_err());
    assert_eq!(stage.registry.get_config().0, stage.admin);
}
