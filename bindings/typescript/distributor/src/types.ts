import {Address} from '@stellar/stellar-sdk';

    /**
 * What a page did.
 */
export interface Page {
  deferred: Array<Deferral>;
  /**
   * Units paid in all.
   */
  paid: bigint;
  /**
   * Holders paid.
   */
  paid_count: number;
}

/**
 * A deposit, kept for ever.
 */
export interface Deposit {
  amount: bigint;
  /**
   * Ledger time, Unix seconds.
   */
  at: bigint;
}

/**
 * One share token's money, to the unit.
 */
export interface Summary {
  asset: string;
  /**
   * `received - paid`: what holders can claim, their fractions below one unit, and the remainder.
   */
  held: bigint;
  /**
   * Everything paid to holders, in units.
   */
  paid: bigint;
  /**
   * Everything deposited for the holders, in units.
   */
  received: bigint;
  /**
   * Units times 10^18 that belong to nobody yet; the next deposit hands them out.
   */
  remainder_scaled: bigint;
}

/**
 * A holder who could not be paid in a page; the claim is kept.
 */
export interface Deferral {
  holder: string;
  /**
   * The asset's error code (13 = no trustline), 0 where the asset gave none.
   */
  reason: number;
}

/**
 * Error Enum: DistributorError
 */
export const DistributorError = {
  /**
   * This share token is not one of the platform's. Check the address of the token.
   */
  301 : { message: "UnknownToken" },
  /**
   * This share token is registered already. Nothing needs to be done.
   */
  302 : { message: "AlreadyRegistered" },
  /**
   * This payment was deposited already. Nothing was moved.
   */
  303 : { message: "AlreadyDeposited" },
  /**
   * There is nothing to claim now. Come back after the next payment.
   */
  304 : { message: "NothingToClaim" },
  /**
   * More would be paid than was received. Nothing was moved; please report this.
   */
  305 : { message: "PaidAboveReceived" },
  /**
   * The list is too long. Send at most 60 holders or 10 tokens at once.
   */
  306 : { message: "PageTooLarge" },
  /**
   * The amounts changed while the page was being paid. Nothing was moved; send the page again.
   */
  307 : { message: "AccrualMoved" }
}

/**
 * A page was pushed; who got what is in the asset's own transfer events of the same call.
 */
export interface PayoutPagedEvent {
  name: "PayoutPaged";
  data: {
    token: string;
    paid_count?: number;
    deferred_count?: number;
    paid_before?: bigint;
    paid_after?: bigint;
  };
}

/**
 * One holder was paid.
 */
export interface PayoutClaimedEvent {
  name: "PayoutClaimed";
  data: {
    token: string;
    holder: string;
    amount?: bigint;
    paid_before?: bigint;
    paid_after?: bigint;
  };
}

/**
 * Money for the holders came in.
 */
export interface PayoutDepositedEvent {
  name: "PayoutDeposited";
  data: {
    token: string;
    /**
     * The payment's key: sha256 of invoice id, payer and the payer's payment id.
     */
    payment_id?: Uint8Array;
    amount?: bigint;
    received_before?: bigint;
    received_after?: bigint;
  };
}

/**
 * A share token's payouts go through here.
 */
export interface TokenRegisteredEvent {
  name: "TokenRegistered";
  data: {
    token: string;
    asset?: string;
  };
}

/**
 * The distributor exists and obeys this escrow.
 */
export interface DistributorConstructedEvent {
  name: "DistributorConstructed";
  data: {
    escrow?: string;
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
    export type ContractEvent = PayoutPagedEvent | PayoutClaimedEvent | PayoutDepositedEvent | TokenRegisteredEvent | DistributorConstructedEvent;
    