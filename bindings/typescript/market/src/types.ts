import {Address} from '@stellar/stellar-sdk';

    /**
 * Struct: Ask
 */
export interface Ask {
  asset: string;
  buyer: string | null;
  expires: bigint;
  invoice_id: Uint8Array;
  price: bigint;
  shares: bigint;
}

/**
 * Struct: Offer
 */
export interface Offer {
  asset: string;
  buyer: string | null;
  expires: bigint;
  index: bigint;
  left: bigint;
  price: bigint;
  seller: string;
  shares: bigint;
  token: string;
}

/**
 * Error Enum: MarketError
 */
export const MarketError = {
  /**
   * There is no such offer. It may be sold out or cancelled.
   */
  501 : { message: "UnknownOffer" },
  /**
   * The same offer stands already. Cancel it first, or use a new reference.
   */
  502 : { message: "OfferExists" },
  /**
   * An offer must end in the future, at most 365 days ahead. Choose another moment.
   */
  503 : { message: "ExpiresOutOfBounds" },
  /**
   * The offer has expired. Ask the seller for a new one.
   */
  504 : { message: "OfferExpired" },
  /**
   * The offer is made to somebody else. Choose an open one.
   */
  505 : { message: "NotNamedBuyer" },
  /**
   * Buyer and seller are the same. Cancel the offer instead.
   */
  506 : { message: "OwnOffer" },
  /**
   * Fewer shares are left than you want. Ask for fewer.
   */
  507 : { message: "NotEnoughLeft" },
  /**
   * The shares cost more than your maximum. Ask for the price again.
   */
  508 : { message: "PriceAboveMax" },
  /**
   * The shares have been paid something since the offer was made, so its price is out of date. Ask the seller for a new one.
   */
  509 : { message: "OfferOutOfDate" },
  /**
   * There are no shares of this invoice. Check the invoice's id.
   */
  510 : { message: "NoShares" },
  /**
   * This asset is not accepted for payment. Choose one of the platform's settlement assets.
   */
  511 : { message: "AssetNotAccepted" },
  /**
   * The market itself cannot buy or sell. Use a person's or company's address.
   */
  512 : { message: "MarketIsNoParty" }
}

/**
 * Event: OfferMade
 */
export interface OfferMadeEvent {
  name: "OfferMade";
  data: {
    offer_id: Uint8Array;
    seller: string;
    invoice_id?: Uint8Array;
    token?: string;
    shares?: bigint;
    price?: bigint;
    asset?: string;
    expires?: bigint;
    buyer?: string | null;
    index?: bigint;
  };
}

/**
 * Event: OfferFilled
 */
export interface OfferFilledEvent {
  name: "OfferFilled";
  data: {
    offer_id: Uint8Array;
    buyer: string;
    shares?: bigint;
    paid?: bigint;
    left_before?: bigint;
    left_after?: bigint;
  };
}

/**
 * Event: OfferCancelled
 */
export interface OfferCancelledEvent {
  name: "OfferCancelled";
  data: {
    offer_id: Uint8Array;
    left?: bigint;
  };
}

/**
 * Event: MarketConstructed
 */
export interface MarketConstructedEvent {
  name: "MarketConstructed";
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
    export type ContractEvent = OfferMadeEvent | OfferFilledEvent | OfferCancelledEvent | MarketConstructedEvent;
    