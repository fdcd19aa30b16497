import {Address} from '@stellar/stellar-sdk';

    /**
 * The fee schedule that new invoices must carry.
 */
export interface Fees {
  origination_bps: number;
  profit_bps: number;
}

/**
 * The money of an invoice since its release, up to `checkpoint_at`; zeros before.
 */
export interface Money {
  checkpoint_at: bigint;
  /**
   * Seconds after the due date in which a dispute stopped the late clock.
   */
  disputed_seconds: bigint;
  earned: bigint;
  /**
   * F: what the debtor owes in all, now.
   */
  face: bigint;
  /**
   * The platform's part of the holders' profit so far.
   */
  fee_taken: bigint;
  funded_at: bigint;
  /**
   * H: the holders' part before the fee.
   */
  holders_gross: bigint;
  late: bigint;
  late_days_charged: number;
  /**
   * R: received from the debtor.
   */
  received: bigint;
}

/**
 * Who does what. Admin, operator, resolver and pauser are four different addresses.
 */
export interface Roles {
  /**
   * Assets, cancelling open invoices, lifting a pause, the next admin.
   */
  admin: string;
  /**
   * Attests debtors, records payments, keeps the allowlist.
   */
  operator: string;
  /**
   * Stops new invoices and new funding.
   */
  pauser: string;
  /**
   * Decides disputes.
   */
  resolver: string;
  /**
   * Receives the fees of invoices created from now on.
   */
  treasury: string;
}

/**
 * What can be paused. Refunds, payments and claims cannot.
 */
export enum Scope {
  /**
   * Enum Case: Create
   */
  Create = 0,
  /**
   * Enum Case: Fund
   */
  Fund = 1
}

/**
 * Where the units of one payment go.
 */
export interface Split {
  /**
   * What holders are owed in all at that moment, before the fee.
   */
  claim: bigint;
  /**
   * To the treasury.
   */
  fee: bigint;
  /**
   * The holders' part before the fee, including this payment.
   */
  holders_gross: bigint;
  /**
   * This payment makes the holders whole.
   */
  settles: boolean;
  /**
   * To the distributor for the holders, after the fee.
   */
  to_holders: bigint;
  /**
   * To the seller.
   */
  to_seller: bigint;
}

/**
 * What is agreed, frozen at creation. Its hash is sha256 of its XDR as an ScVal.
 */
export interface Terms {
  accrual: Accrual;
  /**
   * A: what investors put in together, and the number of shares.
   */
  advance: bigint;
  /**
   * The settlement asset's contract.
   */
  asset: string;
  /**
   * C: what holders are owed at the due date.
   */
  claim: bigint;
  /**
   * Merkle root of the sealed invoice.
   */
  document: Uint8Array;
  due: bigint;
  /**
   * F: what the debtor owes. With `claim == face` late charges have no room and never accrue.
   */
  face: bigint;
  funding_deadline: bigint;
  /**
   * Days after `due` before anyone can declare a default.
   */
  grace_days: number;
  late_bps_per_day: number;
  late_days_max: number;
  /**
   * Linear only: days of discount that count as earned however early the payment.
   */
  min_earned_days: number;
  /**
   * The least one payment brings; the rest is always accepted.
   */
  min_payment: bigint;
  /**
   * The least one investor puts in; the rest is always accepted.
   */
  min_ticket: bigint;
  /**
   * Of the advance, from the seller at release.
   */
  origination_fee_bps: number;
  /**
   * Of the holders' profit, never of principal.
   */
  profit_fee_bps: number;
  /**
   * The seller answers for a debtor who cannot pay.
   */
  recourse: boolean;
  /**
   * Holders must be on the allowlist.
   */
  restricted: boolean;
}

/**
 * The contract's own settings, in instance storage; calls that move money never write them.
 */
export interface Config {
  addresses: Addresses;
  /**
   * Who has been proposed as the next admin and has not accepted yet.
   */
  admin_candidate: string | null;
  /**
   * The candidate's last moment to accept; 0 without one.
   */
  admin_deadline: bigint;
  create_paused: boolean;
  fees: Fees;
  fund_paused: boolean;
  roles: Roles;
  /**
   * Code of the share tokens of new invoices.
   */
  token_wasm: Uint8Array;
}

/**
 * One invoice: everything the contract knows about it.
 */
export interface Escrow {
  /**
   * When the debtor confirmed face and due date.
   */
  acknowledged_at: bigint | null;
  /**
   * The debtor whom the platform has verified; nobody before the attestation.
   */
  debtor: string | null;
  /**
   * The platform's key for the debtor's identity: a salted hash.
   */
  debtor_key: Uint8Array | null;
  /**
   * The keyed fingerprint of the invoice's canonical identity.
   */
  fingerprint: Uint8Array | null;
  /**
   * Put in by investors so far.
   */
  funded: bigint;
  money: Money;
  /**
   * The seller's own reference; with the seller it makes the id.
   */
  reference: Uint8Array;
  /**
   * Given back to investors so far.
   */
  refunded: bigint;
  seller: string;
  status: Status;
  terms: Terms;
  terms_hash: Uint8Array;
  /**
   * The share token of this invoice.
   */
  token: string;
  /**
   * Who gets the fees; frozen at creation.
   */
  treasury: string;
}

/**
 * Where an invoice stands. `Expired` is never stored: it is `Open` after the funding deadline.
 */
export enum Status {
  /**
   * Enum Case: Open
   */
  Open = 0,
  /**
   * Enum Case: Funded
   */
  Funded = 1,
  /**
   * Enum Case: Settled
   */
  Settled = 2,
  /**
   * Enum Case: Cancelled
   */
  Cancelled = 3,
  /**
   * Enum Case: Expired
   */
  Expired = 4,
  /**
   * Enum Case: Defaulted
   */
  Defaulted = 5
}

/**
 * How holders earn the discount.
 */
export enum Accrual {
  /**
   * All of it at funding.
   */
  Flat = 0,
  /**
   * With time, on what is unpaid.
   */
  Linear = 1
}

/**
 * A recorded payment, kept for ever.
 */
export interface Payment {
  amount: bigint;
  at: bigint;
  fee: bigint;
  to_holders: bigint;
  to_seller: bigint;
}

/**
 * The other contracts of the set.
 */
export interface Addresses {
  distributor: string;
}

/**
 * Error Enum: EscrowError
 */
export const EscrowError = {
  /**
   * There is no invoice with this id. Check the id.
   */
  101 : { message: "UnknownInvoice" },
  /**
   * The seller has already listed an invoice under this reference. Use a new reference.
   */
  102 : { message: "AlreadyExists" },
  /**
   * Two roles that must be separate have the same address. Give each its own.
   */
  103 : { message: "RolesCoincide" },
  /**
   * This account is not approved yet. Complete the verification first.
   */
  104 : { message: "NotAllowlisted" },
  /**
   * This asset is not accepted. Choose one of the platform's settlement assets.
   */
  105 : { message: "AssetNotAllowed" },
  /**
   * The fees have changed since the terms were made. Ask for a new quote.
   */
  106 : { message: "FeeChanged" },
  /**
   * The advance must be at least one unit and fit 63 bits. Choose another amount.
   */
  107 : { message: "AdvanceOutOfBounds" },
  /**
   * The claim must be at least the advance and at most the face value. Correct the terms.
   */
  108 : { message: "ClaimOutOfBounds" },
  /**
   * The face value must be at least the claim and fit 63 bits. Correct the terms.
   */
  109 : { message: "FaceOutOfBounds" },
  /**
   * The funding deadline must lie in the future, at most 90 days ahead. Choose another date.
   */
  110 : { message: "FundingDeadlineOutOfBounds" },
  /**
   * The due date must be at least a day after the funding deadline and at most two years ahead. Choose another date.
   */
  111 : { message: "DueOutOfBounds" },
  /**
   * The minimum earned days may be at most 730. Choose fewer.
   */
  112 : { message: "MinEarnedDaysOutOfBounds" },
  /**
   * Late charges may be at most 100 basis points a day, for at most 365 days. Choose less.
   */
  113 : { message: "LateTermsOutOfBounds" },
  /**
   * The days of grace may be at most 90. Choose fewer.
   */
  114 : { message: "GraceOutOfBounds" },
  /**
   * The smallest investment must be between one unit and the advance. Choose another amount.
   */
  115 : { message: "MinTicketOutOfBounds" },
  /**
   * The smallest payment must be between one unit and the face value. Choose another amount.
   */
  116 : { message: "MinPaymentOutOfBounds" },
  /**
   * New invoices or new funding are paused for now. Try again later; payments, refunds and claims still work.
   */
  117 : { message: "Paused" },
  /**
   * The invoice is no longer open. Look at its status for what can be done.
   */
  118 : { message: "NotOpen" },
  /**
   * The funding deadline has passed. Take a refund if you have invested.
   */
  119 : { message: "FundingClosed" },
  /**
   * The debtor of this invoice is not verified yet. Wait until the platform has attested it.
   */
  120 : { message: "NotAttested" },
  /**
   * The debtor of this invoice is attested already. Nothing needs to be done.
   */
  121 : { message: "AlreadyAttested" },
  /**
   * The debtor has acknowledged this invoice already. Nothing needs to be done.
   */
  122 : { message: "AlreadyAcknowledged" },
  /**
   * The seller and the debtor cannot invest in their own invoice. Use another investor.
   */
  123 : { message: "PartyCannotInvest" },
  /**
   * The invoice's terms are not the ones you agreed to. Read the terms again and confirm them.
   */
  124 : { message: "TermsDiffer" },
  /**
   * The amount is below the smallest investment for this invoice. Invest more, or the whole rest.
   */
  125 : { message: "BelowMinTicket" },
  /**
   * Less is left to invest than the minimum you asked for. Lower your minimum.
   */
  126 : { message: "BelowMinAmount" },
  /**
   * Only the seller or the admin can cancel this invoice. Ask one of them.
   */
  127 : { message: "NotSellerOrAdmin" },
  /**
   * Investors have put money in, so the seller cannot cancel any more. Ask the admin, or wait for the deadline.
   */
  128 : { message: "AlreadyFunded" },
  /**
   * This holder has nothing to be refunded. It may have been paid already.
   */
  129 : { message: "NothingToRefund" },
  /**
   * Refunds start when the invoice is cancelled or expires. Wait for that.
   */
  130 : { message: "NotRefundable" },
  /**
   * The invoice does not take payments in its present status. It must be funded first.
   */
  131 : { message: "NotPayable" },
  /**
   * Only the platform's operator, the debtor or the seller can pay this invoice. Pay from one of their accounts.
   */
  132 : { message: "PayerNotAllowed" },
  /**
   * This payment is recorded already. Nothing was moved; use a new payment id for a new payment.
   */
  133 : { message: "AlreadyRecorded" },
  /**
   * The amount is below the smallest payment for this invoice. Pay more, or the whole rest.
   */
  134 : { message: "BelowMinPayment" },
  /**
   * The amount is more than what is still owed. Pay at most the outstanding amount.
   */
  135 : { message: "ExceedsOutstanding" },
  /**
   * Paying off now costs more than your maximum. Ask for the payoff amount again.
   */
  136 : { message: "PayoffAboveMax" },
  /**
   * The holders are paid in full already. Nothing needs to be paid off.
   */
  137 : { message: "NothingToPayOff" },
  /**
   * The days of grace are not over. A default can be declared afterwards.
   */
  138 : { message: "GraceNotOver" },
  /**
   * The invoice cannot default in its present status. It must be funded and unpaid.
   */
  139 : { message: "NotDefaultable" },
  /**
   * Nothing is owed to this account in this asset. It may have been paid already.
   */
  140 : { message: "NothingOwed" },
  /**
   * No new admin is proposed. The present admin must propose one first.
   */
  141 : { message: "NoAdminProposed" },
  /**
   * The proposal of a new admin has lapsed. The present admin must propose again.
   */
  142 : { message: "AdminProposalLapsed" },
  /**
   * The moment asked for lies before the last payment. Ask for a later one.
   */
  143 : { message: "TimeBeforeCheckpoint" },
  /**
   * A contract of the platform cannot be a party here. Use a person's or company's address.
   */
  144 : { message: "SystemAddress" },
  /**
   * The debtor cannot be the seller. Name the customer who owes the invoice.
   */
  145 : { message: "DebtorIsSeller" },
  /**
   * A fee may be at most 10,000 basis points. Choose a lower fee.
   */
  146 : { message: "FeeOutOfBounds" },
  /**
   * The list is too long. Send at most 20 invoices at once.
   */
  147 : { message: "TooManyInvoices" }
}

/**
 * A transfer out failed and became a debt of the contract, or such a debt was paid.
 */
export interface OwedChangedEvent {
  name: "OwedChanged";
  data: {
    owner: string;
    asset: string;
    before?: bigint;
    after?: bigint;
  };
}

/**
 * Event: AdminChanged
 */
export interface AdminChangedEvent {
  name: "AdminChanged";
  data: {
    before?: string;
    after?: string;
  };
}

/**
 * Event: AssetAllowed
 */
export interface AssetAllowedEvent {
  name: "AssetAllowed";
  data: {
    asset: string;
    allowed_before?: boolean;
    allowed?: boolean;
  };
}

/**
 * Event: PauseChanged
 */
export interface PauseChangedEvent {
  name: "PauseChanged";
  data: {
    scope: Scope;
    paused_before?: boolean;
    paused?: boolean;
  };
}

/**
 * Event: AdminProposed
 */
export interface AdminProposedEvent {
  name: "AdminProposed";
  data: {
    admin?: string;
    candidate?: string;
    deadline?: bigint;
  };
}

/**
 * Event: InvoiceFunded
 */
export interface InvoiceFundedEvent {
  name: "InvoiceFunded";
  data: {
    invoice_id: Uint8Array;
    investor: string;
    /**
     * Units put in, which is also shares received.
     */
    amount?: bigint;
    funded_before?: bigint;
    funded_after?: bigint;
    advance?: bigint;
  };
}

/**
 * Event: AccountAllowed
 */
export interface AccountAllowedEvent {
  name: "AccountAllowed";
  data: {
    account: string;
    allowed_before?: boolean;
    allowed?: boolean;
  };
}

/**
 * Event: InvoiceCreated
 */
export interface InvoiceCreatedEvent {
  name: "InvoiceCreated";
  data: {
    invoice_id: Uint8Array;
    seller: string;
    reference?: Uint8Array;
    token?: string;
    treasury?: string;
    terms?: Terms;
    terms_hash?: Uint8Array;
  };
}

/**
 * The holders are whole; the claim is frozen.
 */
export interface InvoiceSettledEvent {
  name: "InvoiceSettled";
  data: {
    invoice_id: Uint8Array;
    claim?: bigint;
    at?: bigint;
  };
}

/**
 * The platform names the verified debtor; funding is open.
 */
export interface InvoiceAttestedEvent {
  name: "InvoiceAttested";
  data: {
    invoice_id: Uint8Array;
    debtor?: string;
    debtor_key?: Uint8Array;
    fingerprint?: Uint8Array;
  };
}

/**
 * Event: InvoiceRefunded
 */
export interface InvoiceRefundedEvent {
  name: "InvoiceRefunded";
  data: {
    invoice_id: Uint8Array;
    holder: string;
    amount?: bigint;
    refunded_before?: bigint;
    refunded_after?: bigint;
  };
}

/**
 * The advance is complete: the seller is paid and the shares are unlocked.
 */
export interface InvoiceReleasedEvent {
  name: "InvoiceReleased";
  data: {
    invoice_id: Uint8Array;
    funded_at?: bigint;
    to_seller?: bigint;
    origination_fee?: bigint;
    /**
     * The part of the discount that is earned already.
     */
    earned?: bigint;
  };
}

/**
 * A payment went through the waterfall.
 */
export interface PaymentRecordedEvent {
  name: "PaymentRecorded";
  data: {
    invoice_id: Uint8Array;
    payer: string;
    payment_id?: Uint8Array;
    /**
     * sha256 of invoice id, payer and payment id: the payment's key here and in the distributor.
     */
    payment_key?: Uint8Array;
    amount?: bigint;
    to_holders?: bigint;
    fee?: bigint;
    to_seller?: bigint;
    received_before?: bigint;
    received_after?: bigint;
    holders_gross_before?: bigint;
    holders_gross_after?: bigint;
    fee_taken?: bigint;
    earned?: bigint;
    late?: bigint;
    late_days_charged?: number;
    /**
     * Up to when `earned` and `late` are right.
     */
    checkpoint_at?: bigint;
    /**
     * What holders are owed in all at this moment, before the fee.
     */
    claim?: bigint;
    status_before?: Status;
    status_after?: Status;
    /**
     * Ledger time.
     */
    at?: bigint;
  };
}

/**
 * Event: InvoiceCancelled
 */
export interface InvoiceCancelledEvent {
  name: "InvoiceCancelled";
  data: {
    invoice_id: Uint8Array;
    by?: string;
    /**
     * What investors can have back.
     */
    funded?: bigint;
  };
}

/**
 * The days of grace passed without full payment. No number changes.
 */
export interface InvoiceDefaultedEvent {
  name: "InvoiceDefaulted";
  data: {
    invoice_id: Uint8Array;
    claim?: bigint;
    holders_gross?: bigint;
    received?: bigint;
    at?: bigint;
  };
}

/**
 * The contract exists with these settings.
 */
export interface EscrowConstructedEvent {
  name: "EscrowConstructed";
  data: {
    config?: Config;
  };
}

/**
 * The debtor confirms face and due date.
 */
export interface InvoiceAcknowledgedEvent {
  name: "InvoiceAcknowledged";
  data: {
    invoice_id: Uint8Array;
    debtor?: string;
    face?: bigint;
    due?: bigint;
    /**
     * Ledger time.
     */
    at?: bigint;
  };
}

/**
 * Errors that every contract can raise.
 */
export const CommonError = {
  /**
   * The amount must be at least one unit. Enter a positive amount.
   */
  901 : { message: "AmountNotPositive" },
  /**
   * The numbers are too large to calculate with. Use an amount that fits 63 bits.
   */
  902 : { message: "Overflow" },
  /**
   * An amount may not be negative. Enter zero or more.
   */
  903 : { message: "AmountNegative" }
}
    export type ContractEvent = OwedChangedEvent | AdminChangedEvent | AssetAllowedEvent | PauseChangedEvent | AdminProposedEvent | InvoiceFundedEvent | AccountAllowedEvent | InvoiceCreatedEvent | InvoiceSettledEvent | InvoiceAttestedEvent | InvoiceRefundedEvent | InvoiceReleasedEvent | PaymentRecordedEvent | InvoiceCancelledEvent | InvoiceDefaultedEvent | EscrowConstructedEvent | InvoiceAcknowledgedEvent;
    