//! What can be wrong with a call to the escrow, with the sentence that people read.

use soroban_sdk::contracterror;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum EscrowError {
    /// There is no invoice with this id. Check the id.
    UnknownInvoice = 101,
    /// The seller has already listed an invoice under this reference. Use a new reference.
    AlreadyExists = 102,
    /// Two roles that must be separate have the same address. Give each its own.
    RolesCoincide = 103,
    /// This account is not approved yet. Complete the verification first.
    NotAllowlisted = 104,
    /// This asset is not accepted. Choose one of the platform's settlement assets.
    AssetNotAllowed = 105,
    /// The fees have changed since the terms were made. Ask for a new quote.
    FeeChanged = 106,
    /// The advance must be at least one unit and fit 63 bits. Choose another amount.
    AdvanceOutOfBounds = 107,
    /// The claim must be at least the advance and at most the face value. Correct the terms.
    ClaimOutOfBounds = 108,
    /// The face value must be at least the claim and fit 63 bits. Correct the terms.
    FaceOutOfBounds = 109,
    /// The funding deadline must lie in the future, at most 90 days ahead. Choose another date.
    FundingDeadlineOutOfBounds = 110,
    /// The due date must be at least a day after the funding deadline and at most two years ahead. Choose another date.
    DueOutOfBounds = 111,
    /// The minimum earned days may be at most 730. Choose fewer.
    MinEarnedDaysOutOfBounds = 112,
    /// Late charges may be at most 100 basis points a day, for at most 365 days. Choose less.
    LateTermsOutOfBounds = 113,
    /// The days of grace may be at most 90. Choose fewer.
    GraceOutOfBounds = 114,
    /// The smallest investment must be between one unit and the advance. Choose another amount.
    MinTicketOutOfBounds = 115,
    /// The smallest payment must be between one unit and the face value. Choose another amount.
    MinPaymentOutOfBounds = 116,
    /// New invoices or new funding are paused for now. Try again later; payments, refunds and claims still work.
    Paused = 117,
    /// The invoice is no longer open. Look at its status for what can be done.
    NotOpen = 118,
    /// The funding deadline has passed. Take a refund if you have invested.
    FundingClosed = 119,
    /// The debtor of this invoice is not verified yet. Wait until the platform has attested it.
    NotAttested = 120,
    /// The debtor of this invoice is attested already. Nothing needs to be done.
    AlreadyAttested = 121,
    /// The debtor has acknowledged this invoice already. Nothing needs to be done.
    AlreadyAcknowledged = 122,
    /// The seller and the debtor cannot invest in their own invoice. Use another investor.
    PartyCannotInvest = 123,
    /// The invoice's terms are not the ones you agreed to. Read the terms again and confirm them.
    TermsDiffer = 124,
    /// The amount is below the smallest investment for this invoice. Invest more, or the whole rest.
    BelowMinTicket = 125,
    /// Less is left to invest than the minimum you asked for. Lower your minimum.
    BelowMinAmount = 126,
    /// Only the seller or the admin can cancel this invoice. Ask one of them.
    NotSellerOrAdmin = 127,
    /// Investors have put money in, so the seller cannot cancel any more. Ask the admin, or wait for the deadline.
    AlreadyFunded = 128,
    /// This holder has nothing to be refunded. It may have been paid already.
    NothingToRefund = 129,
    /// Refunds start when the invoice is cancelled or expires. Wait for that.
    NotRefundable = 130,
    /// The invoice does not take payments in its present status. It must be funded first.
    NotPayable = 131,
    /// Only the platform's operator, the debtor, the seller or a stream can pay this invoice. Pay from one of their accounts.
    PayerNotAllowed = 132,
    /// This payment is recorded already. Nothing was moved; use a new payment id for a new payment.
    AlreadyRecorded = 133,
    /// The amount is below the smallest payment for this invoice. Pay more, or the whole rest.
    BelowMinPayment = 134,
    /// The amount is more than what is still owed. Pay at most the outstanding amount.
    ExceedsOutstanding = 135,
    /// Paying off now costs more than your maximum. Ask for the payoff amount again.
    PayoffAboveMax = 136,
    /// The holders are paid in full already. Nothing needs to be paid off.
    NothingToPayOff = 137,
    /// The days of grace are not over. A default can be declared afterwards.
    GraceNotOver = 138,
    /// The invoice cannot default in its present status. It must be funded and unpaid.
    NotDefaultable = 139,
    /// Nothing is owed to this account in this asset. It may have been paid already.
    NothingOwed = 140,
    /// No new admin is proposed. The present admin must propose one first.
    NoAdminProposed = 141,
    /// The proposal of a new admin has lapsed. The present admin must propose again.
    AdminProposalLapsed = 142,
    /// The moment asked for lies before the last payment. Ask for a later one.
    TimeBeforeCheckpoint = 143,
    /// A contract of the platform cannot be a party here. Use a person's or company's address.
    SystemAddress = 144,
    /// The debtor cannot be the seller. Name the customer who owes the invoice.
    DebtorIsSeller = 145,
    /// A fee may be at most 10,000 basis points. Choose a lower fee.
    FeeOutOfBounds = 146,
    /// The list is too long. Send at most 20 invoices at once.
    TooManyInvoices = 147,
    /// A dispute is open. Wait until it is resolved or has lapsed.
    DisputeOpen = 148,
    /// No dispute is open. It was resolved or has lapsed.
    NoDispute = 149,
    /// The 60 days of dispute that an invoice can have are used up. The invoice goes on as agreed.
    DisputesExhausted = 150,
    /// Only a funded invoice can be disputed. Look at its status for what can be done.
    NotDisputable = 151,
    /// Only the debtor or the platform's operator can open a dispute. Ask one of them.
    NotDebtorOrOperator = 152,
    /// The amount is more than the seller has to bring in. Pay at most the recourse that is due.
    ExceedsRecourse = 153,
    /// This change is not scheduled. Schedule it first.
    NotScheduled = 154,
    /// This change is scheduled already. Wait until it is ready.
    AlreadyScheduled = 155,
    /// The two days in which everybody can see the change coming are not over. Execute it later.
    NotReady = 156,
    /// The change was not executed in time. Schedule it again.
    OperationLapsed = 157,
    /// The admin is changed by a proposal that the new admin accepts. Leave the admin as it is.
    AdminByProposal = 158,
    /// The limit for this debtor is used up. Wait until other invoices of the debtor are paid, or ask the admin for a higher limit.
    DebtorLimitReached = 159,
    /// The limit for this seller is used up. Wait until other invoices of the seller are paid, or ask the admin for a higher limit.
    SellerLimitReached = 160,
    /// That is more of one invoice than this investor may hold. Invest less, or in another invoice.
    ShareLimitReached = 161,
    /// A limit must be zero or more units; an investor's at most 10,000 basis points. Choose another limit.
    LimitOutOfBounds = 162,
    /// The invoice counts towards no limit that could be freed now. Nothing needs to be done.
    NothingToFree = 163,
}
