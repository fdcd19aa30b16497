//! What can be wrong with a call to a share token, with the sentence that people read.

use soroban_sdk::contracterror;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum TokenError {
    /// You do not have that many shares. Choose at most your balance.
    BalanceTooLow = 201,
    /// The owner has not allowed you to move that many shares. Ask for a larger allowance.
    AllowanceTooLow = 202,
    /// The allowance would end in the past. Choose a ledger from the current one on.
    ExpiryInPast = 203,
    /// The allowance would last longer than the network keeps it. Choose an earlier ledger.
    ExpiryTooFar = 204,
    /// Shares cannot move before the invoice is fully funded. Wait for the release, or take a refund.
    SharesLocked = 205,
    /// Shares cannot be destroyed, because their payouts would be lost. Sell them or keep them.
    BurnRefused = 206,
    /// A contract of the platform cannot hold or spend shares. Choose a person's or company's address.
    SystemAddress = 207,
    /// The receiver is not approved to hold shares of this invoice. Ask the receiver to be verified first.
    ReceiverNotAllowed = 208,
    /// There are no shares to pay on. Payments start after the invoice is funded.
    NoSupply = 209,
    /// The list of holders is too long. Split it into smaller pages.
    PageTooLarge = 210,
    /// The receiver would hold more of this invoice than allowed. Send fewer shares.
    ReceiverAboveLimit = 211,
}
