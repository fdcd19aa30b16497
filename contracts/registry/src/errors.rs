//! What can be wrong with a call to the registry, with the sentence that people read.

use soroban_sdk::contracterror;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum RegistryError {
    /// This platform is not a member of the registry. Ask the registry's admin for admission.
    NotMember = 601,
    /// This invoice is financed already, or is being financed. Do not finance it a second time.
    FingerprintTaken = 602,
    /// Nobody holds this fingerprint now. It was never reserved, was released or has lapsed.
    FingerprintFree = 603,
    /// Another platform holds this fingerprint. Only that platform can change it.
    NotHolder = 604,
    /// The invoice is financed, so its fingerprint is held for ever. Nothing can be changed.
    FingerprintFinal = 605,
    /// A reservation must end in the future, at most 90 days ahead. Choose another moment.
    UntilOutOfBounds = 606,
    /// No successor of the registry's admin is proposed. The present admin must propose one first.
    NoCandidate = 607,
    /// The seven days to take over the registry have passed. The present admin must propose again.
    CandidacyLapsed = 608,
    /// The registry cannot be its own member or admin. Use a platform's address.
    OwnAddress = 609,
}
