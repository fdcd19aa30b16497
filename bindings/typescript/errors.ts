// Errors of the contracts as exceptions. Generated from the contracts' specs; never edited.

/** A contract refused. `code` is what is on the ledger, `message` what to tell a person. */
export class ContractError extends Error {
  constructor(
    readonly code: number,
    readonly contract: string,
    sentence: string,
  ) {
    super(sentence);
    this.name = new.target.name;
  }
}

export class UnknownInvoice extends ContractError {
  constructor() {
    super(101, 'escrow', "There is no invoice with this id. Check the id.");
  }
}

export class AlreadyExists extends ContractError {
  constructor() {
    super(102, 'escrow', "The seller has already listed an invoice under this reference. Use a new reference.");
  }
}

export class RolesCoincide extends ContractError {
  constructor() {
    super(103, 'escrow', "Two roles that must be separate have the same address. Give each its own.");
  }
}

export class NotAllowlisted extends ContractError {
  constructor() {
    super(104, 'escrow', "This account is not approved yet. Complete the verification first.");
  }
}

export class AssetNotAllowed extends ContractError {
  constructor() {
    super(105, 'escrow', "This asset is not accepted. Choose one of the platform's settlement assets.");
  }
}

export class FeeChanged extends ContractError {
  constructor() {
    super(106, 'escrow', "The fees have changed since the terms were made. Ask for a new quote.");
  }
}

export class AdvanceOutOfBounds extends ContractError {
  constructor() {
    super(107, 'escrow', "The advance must be at least one unit and fit 63 bits. Choose another amount.");
  }
}

export class ClaimOutOfBounds extends ContractError {
  constructor() {
    super(108, 'escrow', "The claim must be at least the advance and at most the face value. Correct the terms.");
  }
}

export class FaceOutOfBounds extends ContractError {
  constructor() {
    super(109, 'escrow', "The face value must be at least the claim and fit 63 bits. Correct the terms.");
  }
}

export class FundingDeadlineOutOfBounds extends ContractError {
  constructor() {
    super(110, 'escrow', "The funding deadline must lie in the future, at most 90 days ahead. Choose another date.");
  }
}

export class DueOutOfBounds extends ContractError {
  constructor() {
    super(111, 'escrow', "The due date must be at least a day after the funding deadline and at most two years ahead. Choose another date.");
  }
}

export class MinEarnedDaysOutOfBounds extends ContractError {
  constructor() {
    super(112, 'escrow', "The minimum earned days may be at most 730. Choose fewer.");
  }
}

export class LateTermsOutOfBounds extends ContractError {
  constructor() {
    super(113, 'escrow', "Late charges may be at most 100 basis points a day, for at most 365 days. Choose less.");
  }
}

export class GraceOutOfBounds extends ContractError {
  constructor() {
    super(114, 'escrow', "The days of grace may be at most 90. Choose fewer.");
  }
}

export class MinTicketOutOfBounds extends ContractError {
  constructor() {
    super(115, 'escrow', "The smallest investment must be between one unit and the advance. Choose another amount.");
  }
}

export class MinPaymentOutOfBounds extends ContractError {
  constructor() {
    super(116, 'escrow', "The smallest payment must be between one unit and the face value. Choose another amount.");
  }
}

export class Paused extends ContractError {
  constructor() {
    super(117, 'escrow', "New invoices or new funding are paused for now. Try again later; payments, refunds and claims still work.");
  }
}

export class NotOpen extends ContractError {
  constructor() {
    super(118, 'escrow', "The invoice is no longer open. Look at its status for what can be done.");
  }
}

export class FundingClosed extends ContractError {
  constructor() {
    super(119, 'escrow', "The funding deadline has passed. Take a refund if you have invested.");
  }
}

export class NotAttested extends ContractError {
  constructor() {
    super(120, 'escrow', "The debtor of this invoice is not verified yet. Wait until the platform has attested it.");
  }
}

export class AlreadyAttested extends ContractError {
  constructor() {
    super(121, 'escrow', "The debtor of this invoice is attested already. Nothing needs to be done.");
  }
}

export class AlreadyAcknowledged extends ContractError {
  constructor() {
    super(122, 'escrow', "The debtor has acknowledged this invoice already. Nothing needs to be done.");
  }
}

export class PartyCannotInvest extends ContractError {
  constructor() {
    super(123, 'escrow', "The seller and the debtor cannot invest in their own invoice. Use another investor.");
  }
}

export class TermsDiffer extends ContractError {
  constructor() {
    super(124, 'escrow', "The invoice's terms are not the ones you agreed to. Read the terms again and confirm them.");
  }
}

export class BelowMinTicket extends ContractError {
  constructor() {
    super(125, 'escrow', "The amount is below the smallest investment for this invoice. Invest more, or the whole rest.");
  }
}

export class BelowMinAmount extends ContractError {
  constructor() {
    super(126, 'escrow', "Less is left to invest than the minimum you asked for. Lower your minimum.");
  }
}

export class NotSellerOrAdmin extends ContractError {
  constructor() {
    super(127, 'escrow', "Only the seller or the admin can cancel this invoice. Ask one of them.");
  }
}

export class AlreadyFunded extends ContractError {
  constructor() {
    super(128, 'escrow', "Investors have put money in, so the seller cannot cancel any more. Ask the admin, or wait for the deadline.");
  }
}

export class NothingToRefund extends ContractError {
  constructor() {
    super(129, 'escrow', "This holder has nothing to be refunded. It may have been paid already.");
  }
}

export class NotRefundable extends ContractError {
  constructor() {
    super(130, 'escrow', "Refunds start when the invoice is cancelled or expires. Wait for that.");
  }
}

export class NotPayable extends ContractError {
  constructor() {
    super(131, 'escrow', "The invoice does not take payments in its present status. It must be funded first.");
  }
}

export class PayerNotAllowed extends ContractError {
  constructor() {
    super(132, 'escrow', "Only the platform's operator, the debtor, the seller or a stream can pay this invoice. Pay from one of their accounts.");
  }
}

export class AlreadyRecorded extends ContractError {
  constructor() {
    super(133, 'escrow', "This payment is recorded already. Nothing was moved; use a new payment id for a new payment.");
  }
}

export class BelowMinPayment extends ContractError {
  constructor() {
    super(134, 'escrow', "The amount is below the smallest payment for this invoice. Pay more, or the whole rest.");
  }
}

export class ExceedsOutstanding extends ContractError {
  constructor() {
    super(135, 'escrow', "The amount is more than what is still owed. Pay at most the outstanding amount.");
  }
}

export class PayoffAboveMax extends ContractError {
  constructor() {
    super(136, 'escrow', "Paying off now costs more than your maximum. Ask for the payoff amount again.");
  }
}

export class NothingToPayOff extends ContractError {
  constructor() {
    super(137, 'escrow', "The holders are paid in full already. Nothing needs to be paid off.");
  }
}

export class GraceNotOver extends ContractError {
  constructor() {
    super(138, 'escrow', "The days of grace are not over. A default can be declared afterwards.");
  }
}

export class NotDefaultable extends ContractError {
  constructor() {
    super(139, 'escrow', "The invoice cannot default in its present status. It must be funded and unpaid.");
  }
}

export class NothingOwed extends ContractError {
  constructor() {
    super(140, 'escrow', "Nothing is owed to this account in this asset. It may have been paid already.");
  }
}

export class NoAdminProposed extends ContractError {
  constructor() {
    super(141, 'escrow', "No new admin is proposed. The present admin must propose one first.");
  }
}

export class AdminProposalLapsed extends ContractError {
  constructor() {
    super(142, 'escrow', "The proposal of a new admin has lapsed. The present admin must propose again.");
  }
}

export class TimeBeforeCheckpoint extends ContractError {
  constructor() {
    super(143, 'escrow', "The moment asked for lies before the last payment. Ask for a later one.");
  }
}

export class EscrowSystemAddress extends ContractError {
  constructor() {
    super(144, 'escrow', "A contract of the platform cannot be a party here. Use a person's or company's address.");
  }
}

export class DebtorIsSeller extends ContractError {
  constructor() {
    super(145, 'escrow', "The debtor cannot be the seller. Name the customer who owes the invoice.");
  }
}

export class FeeOutOfBounds extends ContractError {
  constructor() {
    super(146, 'escrow', "A fee may be at most 10,000 basis points. Choose a lower fee.");
  }
}

export class TooManyInvoices extends ContractError {
  constructor() {
    super(147, 'escrow', "The list is too long. Send at most 20 invoices at once.");
  }
}

export class DisputeOpen extends ContractError {
  constructor() {
    super(148, 'escrow', "A dispute is open. Wait until it is resolved or has lapsed.");
  }
}

export class NoDispute extends ContractError {
  constructor() {
    super(149, 'escrow', "No dispute is open. It was resolved or has lapsed.");
  }
}

export class DisputesExhausted extends ContractError {
  constructor() {
    super(150, 'escrow', "The 60 days of dispute that an invoice can have are used up. The invoice goes on as agreed.");
  }
}

export class NotDisputable extends ContractError {
  constructor() {
    super(151, 'escrow', "Only a funded invoice can be disputed. Look at its status for what can be done.");
  }
}

export class NotDebtorOrOperator extends ContractError {
  constructor() {
    super(152, 'escrow', "Only the debtor or the platform's operator can open a dispute. Ask one of them.");
  }
}

export class ExceedsRecourse extends ContractError {
  constructor() {
    super(153, 'escrow', "The amount is more than the seller has to bring in. Pay at most the recourse that is due.");
  }
}

export class NotScheduled extends ContractError {
  constructor() {
    super(154, 'escrow', "This change is not scheduled. Schedule it first.");
  }
}

export class AlreadyScheduled extends ContractError {
  constructor() {
    super(155, 'escrow', "This change is scheduled already. Wait until it is ready.");
  }
}

export class NotReady extends ContractError {
  constructor() {
    super(156, 'escrow', "The two days in which everybody can see the change coming are not over. Execute it later.");
  }
}

export class OperationLapsed extends ContractError {
  constructor() {
    super(157, 'escrow', "The change was not executed in time. Schedule it again.");
  }
}

export class AdminByProposal extends ContractError {
  constructor() {
    super(158, 'escrow', "The admin is changed by a proposal that the new admin accepts. Leave the admin as it is.");
  }
}

export class DebtorLimitReached extends ContractError {
  constructor() {
    super(159, 'escrow', "The limit for this debtor is used up. Wait until other invoices of the debtor are paid, or ask the admin for a higher limit.");
  }
}

export class SellerLimitReached extends ContractError {
  constructor() {
    super(160, 'escrow', "The limit for this seller is used up. Wait until other invoices of the seller are paid, or ask the admin for a higher limit.");
  }
}

export class ShareLimitReached extends ContractError {
  constructor() {
    super(161, 'escrow', "That is more of one invoice than this investor may hold. Invest less, or in another invoice.");
  }
}

export class LimitOutOfBounds extends ContractError {
  constructor() {
    super(162, 'escrow', "A limit must be zero or more units; an investor's at most 10,000 basis points. Choose another limit.");
  }
}

export class NothingToFree extends ContractError {
  constructor() {
    super(163, 'escrow', "The invoice counts towards no limit that could be freed now. Nothing needs to be done.");
  }
}

export class BalanceTooLow extends ContractError {
  constructor() {
    super(201, 'token', "You do not have that many shares. Choose at most your balance.");
  }
}

export class AllowanceTooLow extends ContractError {
  constructor() {
    super(202, 'token', "The owner has not allowed you to move that many shares. Ask for a larger allowance.");
  }
}

export class ExpiryInPast extends ContractError {
  constructor() {
    super(203, 'token', "The allowance would end in the past. Choose a ledger from the current one on.");
  }
}

export class ExpiryTooFar extends ContractError {
  constructor() {
    super(204, 'token', "The allowance would last longer than the network keeps it. Choose an earlier ledger.");
  }
}

export class SharesLocked extends ContractError {
  constructor() {
    super(205, 'token', "Shares cannot move before the invoice is fully funded. Wait for the release, or take a refund.");
  }
}

export class BurnRefused extends ContractError {
  constructor() {
    super(206, 'token', "Shares cannot be destroyed, because their payouts would be lost. Sell them or keep them.");
  }
}

export class TokenSystemAddress extends ContractError {
  constructor() {
    super(207, 'token', "A contract of the platform cannot hold or spend shares. Choose a person's or company's address.");
  }
}

export class ReceiverNotAllowed extends ContractError {
  constructor() {
    super(208, 'token', "The receiver is not approved to hold shares of this invoice. Ask the receiver to be verified first.");
  }
}

export class NoSupply extends ContractError {
  constructor() {
    super(209, 'token', "There are no shares to pay on. Payments start after the invoice is funded.");
  }
}

export class TokenPageTooLarge extends ContractError {
  constructor() {
    super(210, 'token', "The list of holders is too long. Split it into smaller pages.");
  }
}

export class ReceiverAboveLimit extends ContractError {
  constructor() {
    super(211, 'token', "The receiver would hold more of this invoice than allowed. Send fewer shares.");
  }
}

export class UnknownToken extends ContractError {
  constructor() {
    super(301, 'distributor', "This share token is not one of the platform's. Check the address of the token.");
  }
}

export class AlreadyRegistered extends ContractError {
  constructor() {
    super(302, 'distributor', "This share token is registered already. Nothing needs to be done.");
  }
}

export class AlreadyDeposited extends ContractError {
  constructor() {
    super(303, 'distributor', "This payment was deposited already. Nothing was moved.");
  }
}

export class NothingToClaim extends ContractError {
  constructor() {
    super(304, 'distributor', "There is nothing to claim now. Come back after the next payment.");
  }
}

export class PaidAboveReceived extends ContractError {
  constructor() {
    super(305, 'distributor', "More would be paid than was received. Nothing was moved; please report this.");
  }
}

export class DistributorPageTooLarge extends ContractError {
  constructor() {
    super(306, 'distributor', "The list is too long. Send at most 60 holders or 10 tokens at once.");
  }
}

export class AccrualMoved extends ContractError {
  constructor() {
    super(307, 'distributor', "The amounts changed while the page was being paid. Nothing was moved; send the page again.");
  }
}

export class UnknownStream extends ContractError {
  constructor() {
    super(401, 'stream', "There is no stream with this id. Check the id.");
  }
}

export class StreamExists extends ContractError {
  constructor() {
    super(402, 'stream', "The payer has already opened a stream under this reference. Use a new reference.");
  }
}

export class StartOutOfBounds extends ContractError {
  constructor() {
    super(403, 'stream', "A stream must start now (0) or within two years. Choose another start.");
  }
}

export class EndOutOfBounds extends ContractError {
  constructor() {
    super(404, 'stream', "A stream must end after its start, at most ten years later. Choose another end.");
  }
}

export class OwnStream extends ContractError {
  constructor() {
    super(405, 'stream', "Payer and recipient are the same. Choose another recipient.");
  }
}

export class SystemParty extends ContractError {
  constructor() {
    super(406, 'stream', "A contract of the platform cannot be a party of a stream. Use a person's or company's address, or an invoice's id.");
  }
}

export class AssetRefused extends ContractError {
  constructor() {
    super(407, 'stream', "This asset is not accepted for streams. Choose one of the platform's settlement assets.");
  }
}

export class AssetDiffers extends ContractError {
  constructor() {
    super(408, 'stream', "The invoice is settled in another asset. Stream in the invoice's asset.");
  }
}

export class InvoiceClosed extends ContractError {
  constructor() {
    super(409, 'stream', "The invoice will take no payments any more. Nothing needs to be streamed.");
  }
}

export class NothingToSettle extends ContractError {
  constructor() {
    super(410, 'stream', "Nothing has accrued since the last settlement. Come back later.");
  }
}

export class InvoiceNotReady extends ContractError {
  constructor() {
    super(411, 'stream', "The invoice takes no payments yet. Settle again once it is funded, or cancel the stream.");
  }
}

export class BelowInvoiceMinimum extends ContractError {
  constructor() {
    super(412, 'stream', "Less has accrued than the invoice's smallest payment. Settle again later.");
  }
}

export class StreamOver extends ContractError {
  constructor() {
    super(413, 'stream', "The stream is over. Nothing can be changed any more.");
  }
}

export class AlreadyPaused extends ContractError {
  constructor() {
    super(414, 'stream', "The stream is paused already. Nothing needs to be done.");
  }
}

export class NotPaused extends ContractError {
  constructor() {
    super(415, 'stream', "The stream is not paused. Nothing needs to be done.");
  }
}

export class NotOpenEnded extends ContractError {
  constructor() {
    super(416, 'stream', "This stream has a fixed total. Open another one instead of topping it up.");
  }
}

export class UsedUp extends ContractError {
  constructor() {
    super(417, 'stream', "Everything in the stream has accrued. Settle it; it cannot be paused or topped up any more.");
  }
}

export class NotPayerOrRecipient extends ContractError {
  constructor() {
    super(418, 'stream', "Only the payer and the recipient can cancel a stream. Ask one of them.");
  }
}

export class NothingHeld extends ContractError {
  constructor() {
    super(419, 'stream', "Nothing waits here for this account in this asset. It may have been paid already.");
  }
}

export class UnknownOffer extends ContractError {
  constructor() {
    super(501, 'market', "There is no such offer. It may be sold out or cancelled.");
  }
}

export class OfferExists extends ContractError {
  constructor() {
    super(502, 'market', "The same offer stands already. Cancel it first, or use a new reference.");
  }
}

export class ExpiresOutOfBounds extends ContractError {
  constructor() {
    super(503, 'market', "An offer must end in the future, at most 365 days ahead. Choose another moment.");
  }
}

export class OfferExpired extends ContractError {
  constructor() {
    super(504, 'market', "The offer has expired. Ask the seller for a new one.");
  }
}

export class NotNamedBuyer extends ContractError {
  constructor() {
    super(505, 'market', "The offer is made to somebody else. Choose an open one.");
  }
}

export class OwnOffer extends ContractError {
  constructor() {
    super(506, 'market', "Buyer and seller are the same. Cancel the offer instead.");
  }
}

export class NotEnoughLeft extends ContractError {
  constructor() {
    super(507, 'market', "Fewer shares are left than you want. Ask for fewer.");
  }
}

export class PriceAboveMax extends ContractError {
  constructor() {
    super(508, 'market', "The shares cost more than your maximum. Ask for the price again.");
  }
}

export class OfferOutOfDate extends ContractError {
  constructor() {
    super(509, 'market', "The shares have been paid something since the offer was made, so its price is out of date. Ask the seller for a new one.");
  }
}

export class NoShares extends ContractError {
  constructor() {
    super(510, 'market', "There are no shares of this invoice. Check the invoice's id.");
  }
}

export class AssetNotAccepted extends ContractError {
  constructor() {
    super(511, 'market', "This asset is not accepted for payment. Choose one of the platform's settlement assets.");
  }
}

export class MarketIsNoParty extends ContractError {
  constructor() {
    super(512, 'market', "The market itself cannot buy or sell. Use a person's or company's address.");
  }
}

export class NotMember extends ContractError {
  constructor() {
    super(601, 'registry', "This platform is not a member of the registry. Ask the registry's admin for admission.");
  }
}

export class FingerprintTaken extends ContractError {
  constructor() {
    super(602, 'registry', "This invoice is financed already, or is being financed. Do not finance it a second time.");
  }
}

export class FingerprintFree extends ContractError {
  constructor() {
    super(603, 'registry', "Nobody holds this fingerprint now. It was never reserved, was released or has lapsed.");
  }
}

export class NotHolder extends ContractError {
  constructor() {
    super(604, 'registry', "Another platform holds this fingerprint. Only that platform can change it.");
  }
}

export class FingerprintFinal extends ContractError {
  constructor() {
    super(605, 'registry', "The invoice is financed, so its fingerprint is held for ever. Nothing can be changed.");
  }
}

export class UntilOutOfBounds extends ContractError {
  constructor() {
    super(606, 'registry', "A reservation must end in the future, at most 90 days ahead. Choose another moment.");
  }
}

export class NoCandidate extends ContractError {
  constructor() {
    super(607, 'registry', "No successor of the registry's admin is proposed. The present admin must propose one first.");
  }
}

export class CandidacyLapsed extends ContractError {
  constructor() {
    super(608, 'registry', "The seven days to take over the registry have passed. The present admin must propose again.");
  }
}

export class OwnAddress extends ContractError {
  constructor() {
    super(609, 'registry', "The registry cannot be its own member or admin. Use a platform's address.");
  }
}

export class AmountNotPositive extends ContractError {
  constructor() {
    super(901, 'escrow', "The amount must be at least one unit. Enter a positive amount.");
  }
}

export class Overflow extends ContractError {
  constructor() {
    super(902, 'escrow', "The numbers are too large to calculate with. Use an amount that fits 63 bits.");
  }
}

export class AmountNegative extends ContractError {
  constructor() {
    super(903, 'escrow', "An amount may not be negative. Enter zero or more.");
  }
}

export const ERRORS: Record<number, new () => ContractError> = {
  101: UnknownInvoice,
  102: AlreadyExists,
  103: RolesCoincide,
  104: NotAllowlisted,
  105: AssetNotAllowed,
  106: FeeChanged,
  107: AdvanceOutOfBounds,
  108: ClaimOutOfBounds,
  109: FaceOutOfBounds,
  110: FundingDeadlineOutOfBounds,
  111: DueOutOfBounds,
  112: MinEarnedDaysOutOfBounds,
  113: LateTermsOutOfBounds,
  114: GraceOutOfBounds,
  115: MinTicketOutOfBounds,
  116: MinPaymentOutOfBounds,
  117: Paused,
  118: NotOpen,
  119: FundingClosed,
  120: NotAttested,
  121: AlreadyAttested,
  122: AlreadyAcknowledged,
  123: PartyCannotInvest,
  124: TermsDiffer,
  125: BelowMinTicket,
  126: BelowMinAmount,
  127: NotSellerOrAdmin,
  128: AlreadyFunded,
  129: NothingToRefund,
  130: NotRefundable,
  131: NotPayable,
  132: PayerNotAllowed,
  133: AlreadyRecorded,
  134: BelowMinPayment,
  135: ExceedsOutstanding,
  136: PayoffAboveMax,
  137: NothingToPayOff,
  138: GraceNotOver,
  139: NotDefaultable,
  140: NothingOwed,
  141: NoAdminProposed,
  142: AdminProposalLapsed,
  143: TimeBeforeCheckpoint,
  144: EscrowSystemAddress,
  145: DebtorIsSeller,
  146: FeeOutOfBounds,
  147: TooManyInvoices,
  148: DisputeOpen,
  149: NoDispute,
  150: DisputesExhausted,
  151: NotDisputable,
  152: NotDebtorOrOperator,
  153: ExceedsRecourse,
  154: NotScheduled,
  155: AlreadyScheduled,
  156: NotReady,
  157: OperationLapsed,
  158: AdminByProposal,
  159: DebtorLimitReached,
  160: SellerLimitReached,
  161: ShareLimitReached,
  162: LimitOutOfBounds,
  163: NothingToFree,
  201: BalanceTooLow,
  202: AllowanceTooLow,
  203: ExpiryInPast,
  204: ExpiryTooFar,
  205: SharesLocked,
  206: BurnRefused,
  207: TokenSystemAddress,
  208: ReceiverNotAllowed,
  209: NoSupply,
  210: TokenPageTooLarge,
  211: ReceiverAboveLimit,
  301: UnknownToken,
  302: AlreadyRegistered,
  303: AlreadyDeposited,
  304: NothingToClaim,
  305: PaidAboveReceived,
  306: DistributorPageTooLarge,
  307: AccrualMoved,
  401: UnknownStream,
  402: StreamExists,
  403: StartOutOfBounds,
  404: EndOutOfBounds,
  405: OwnStream,
  406: SystemParty,
  407: AssetRefused,
  408: AssetDiffers,
  409: InvoiceClosed,
  410: NothingToSettle,
  411: InvoiceNotReady,
  412: BelowInvoiceMinimum,
  413: StreamOver,
  414: AlreadyPaused,
  415: NotPaused,
  416: NotOpenEnded,
  417: UsedUp,
  418: NotPayerOrRecipient,
  419: NothingHeld,
  501: UnknownOffer,
  502: OfferExists,
  503: ExpiresOutOfBounds,
  504: OfferExpired,
  505: NotNamedBuyer,
  506: OwnOffer,
  507: NotEnoughLeft,
  508: PriceAboveMax,
  509: OfferOutOfDate,
  510: NoShares,
  511: AssetNotAccepted,
  512: MarketIsNoParty,
  601: NotMember,
  602: FingerprintTaken,
  603: FingerprintFree,
  604: NotHolder,
  605: FingerprintFinal,
  606: UntilOutOfBounds,
  607: NoCandidate,
  608: CandidacyLapsed,
  609: OwnAddress,
  901: AmountNotPositive,
  902: Overflow,
  903: AmountNegative,
};
