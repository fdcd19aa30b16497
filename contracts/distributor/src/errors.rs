//! What can be wrong with a call to the distributor, with the sentence that people read.

use soroban_sdk::contracterror;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum DistributorError {
    /// This share token is not one of the platform's. Check the address of the token.
    UnknownToken = 301,
    /// This share token is registered already. Nothing needs to be done.
    AlreadyRegistered = 302,
    /// This payment was deposited already. Nothing was moved.
    AlreadyDeposited = 303,
    /// There is nothing to claim now. Come back after the next payment.
    NothingToClaim = 304,
    /// More would be paid than was received. Nothing was moved; please report this.
    PaidAboveReceived = 305,
    /// The list is too long. Send at most 60 holders or 10 tokens at once.
    PageTooLarge = 306,
    /// The amounts changed while the page was being paid. Nothing was moved; send the page again.
    AccrualMoved = 307,
}
