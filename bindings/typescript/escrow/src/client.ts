import {Scope, Split, Config, Escrow, Status, Payment, Roles, Addresses, Fees, Terms, ContractEvent} from './types.js';
import {Spec, AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef} from '@stellar/stellar-sdk/contract';
import {Address, xdr} from '@stellar/stellar-sdk';

export interface Client {
  /**
   * Units of `asset` that wait here for `owner`.
   */
  owed(args: { owner: string | Address; asset: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Pauser: stops new invoices or new funding; never payments, refunds or claims.
   */
  pause(args: { scope: Scope }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * What a payment of `amount` units at `at` would do.
   */
  quote(args: { id: Uint8Array; amount: bigint; at: bigint }, options?: MethodOptions): Promise<AssembledTransaction<Split>>;
  /**
   * Operator: names the verified debtor and opens funding.
   */
  attest(args: { id: Uint8Array; debtor: string | Address; debtor_key: Uint8Array; fingerprint: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Anyone: extends the life of up to 20 invoices, their share tokens and payout accounts. Answers how many.
   */
  extend(args: { ids: Array<Uint8Array> }, options?: MethodOptions): Promise<AssembledTransaction<number>>;
  /**
   * Units that make the holders whole at `at`; 0 once they are.
   */
  payoff(args: { id: Uint8Array; at: bigint }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Anyone: pays `holder` back what the shares of a cancelled or expired invoice cost. Answers the amount.
   */
  refund(args: { holder: string | Address; id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Operator, debtor or seller: makes the holders whole now, for at most `max` units; what is not needed comes back.
   */
  pay_off(args: { payer: string | Address; id: Uint8Array; max: bigint; payment_id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Split>>;
  /**
   * Admin: lifts a pause.
   */
  unpause(args: { scope: Scope }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Whether new invoices may settle in `asset`.
   */
  is_asset(args: { asset: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
  /**
   * Whether `account` may hold shares of the invoice.
   */
  may_hold(args: { id: Uint8Array; account: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
  /**
   * Admin: whether new invoices may settle in `asset`.
   */
  set_asset(args: { asset: string | Address; allowed: boolean }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Roles, addresses, fees, pauses and a pending change of admin.
   */
  get_config(options?: MethodOptions): Promise<AssembledTransaction<Config>>;
  /**
   * Everything about one invoice, as stored.
   */
  get_escrow(args: { id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Escrow>>;
  /**
   * The status now; `Expired` is open past its funding deadline.
   */
  get_status(args: { id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Status>>;
  /**
   * Whether `account` is on the allowlist.
   */
  is_allowed(args: { account: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
  /**
   * The attested debtor: confirms face and due date.
   */
  acknowledge(args: { id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Investor: puts in at most `max_amount` units and at least `min_amount`, for the terms with this hash. Answers the shares.
   * The investor signs a transfer of `max_amount`; what does not fit comes back in the same call.
   */
  fund_escrow(args: { investor: string | Address; id: Uint8Array; max_amount: bigint; min_amount: bigint; terms_hash: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * A recorded payment, or nothing.
   */
  get_payment(args: { id: Uint8Array; payer: string | Address; payment_id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Payment | null>>;
  /**
   * Operator: whether `account` is verified to sell, or to hold restricted shares.
   */
  set_allowed(args: { account: string | Address; allowed: boolean }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * The proposed admin: takes over.
   */
  accept_admin(options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Seller while nobody has invested, or admin while the invoice is open.
   */
  cancel_escrow(args: { by: string | Address; id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Seller (on the allowlist): lists an invoice under the seller's own reference and deploys its share token. Answers the id.
   */
  create_escrow(args: { seller: string | Address; reference: Uint8Array; terms: Terms }, options?: MethodOptions): Promise<AssembledTransaction<Uint8Array>>;
  /**
   * Admin: names a successor, who has seven days to accept.
   */
  propose_admin(args: { candidate: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Anyone: pays `owner` what could not be sent before. Answers the amount.
   */
  withdraw_owed(args: { owner: string | Address; asset: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Operator, debtor or seller: pays `amount` units. The same payer can use a payment id once.
   */
  record_payment(args: { payer: string | Address; id: Uint8Array; amount: bigint; payment_id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Split>>;
  /**
   * Anyone: the days of grace have passed and the holders are not whole.
   */
  declare_default(args: { id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
}

export class Client extends ContractClient {
  constructor(public readonly options: ContractClientOptions) {
    super(
      new Spec(["AAAAAQAAAC5UaGUgZmVlIHNjaGVkdWxlIHRoYXQgbmV3IGludm9pY2VzIG11c3QgY2FycnkuAAAAAAAAAAAABEZlZXMAAAACAAAAAAAAAA9vcmlnaW5hdGlvbl9icHMAAAAABAAAAAAAAAAKcHJvZml0X2JwcwAAAAAABA==", "AAAAAQAAAE9UaGUgbW9uZXkgb2YgYW4gaW52b2ljZSBzaW5jZSBpdHMgcmVsZWFzZSwgdXAgdG8gYGNoZWNrcG9pbnRfYXRgOyB6ZXJvcyBiZWZvcmUuAAAAAAAAAAAFTW9uZXkAAAAAAAAKAAAAAAAAAA1jaGVja3BvaW50X2F0AAAAAAAABgAAAEVTZWNvbmRzIGFmdGVyIHRoZSBkdWUgZGF0ZSBpbiB3aGljaCBhIGRpc3B1dGUgc3RvcHBlZCB0aGUgbGF0ZSBjbG9jay4AAAAAAAAQZGlzcHV0ZWRfc2Vjb25kcwAAAAYAAAAAAAAABmVhcm5lZAAAAAAACwAAACRGOiB3aGF0IHRoZSBkZWJ0b3Igb3dlcyBpbiBhbGwsIG5vdy4AAAAEZmFjZQAAAAsAAAAyVGhlIHBsYXRmb3JtJ3MgcGFydCBvZiB0aGUgaG9sZGVycycgcHJvZml0IHNvIGZhci4AAAAAAAlmZWVfdGFrZW4AAAAAAAALAAAAAAAAAAlmdW5kZWRfYXQAAAAAAAAGAAAAJEg6IHRoZSBob2xkZXJzJyBwYXJ0IGJlZm9yZSB0aGUgZmVlLgAAAA1ob2xkZXJzX2dyb3NzAAAAAAAACwAAAAAAAAAEbGF0ZQAAAAsAAAAAAAAAEWxhdGVfZGF5c19jaGFyZ2VkAAAAAAAABAAAABxSOiByZWNlaXZlZCBmcm9tIHRoZSBkZWJ0b3IuAAAACHJlY2VpdmVkAAAACw==", "AAAAAQAAAFFXaG8gZG9lcyB3aGF0LiBBZG1pbiwgb3BlcmF0b3IsIHJlc29sdmVyIGFuZCBwYXVzZXIgYXJlIGZvdXIgZGlmZmVyZW50IGFkZHJlc3Nlcy4AAAAAAAAAAAAABVJvbGVzAAAAAAAABQAAAEJBc3NldHMsIGNhbmNlbGxpbmcgb3BlbiBpbnZvaWNlcywgbGlmdGluZyBhIHBhdXNlLCB0aGUgbmV4dCBhZG1pbi4AAAAAAAVhZG1pbgAAAAAAABMAAAA3QXR0ZXN0cyBkZWJ0b3JzLCByZWNvcmRzIHBheW1lbnRzLCBrZWVwcyB0aGUgYWxsb3dsaXN0LgAAAAAIb3BlcmF0b3IAAAATAAAAI1N0b3BzIG5ldyBpbnZvaWNlcyBhbmQgbmV3IGZ1bmRpbmcuAAAAAAZwYXVzZXIAAAAAABMAAAARRGVjaWRlcyBkaXNwdXRlcy4AAAAAAAAIcmVzb2x2ZXIAAAATAAAAMlJlY2VpdmVzIHRoZSBmZWVzIG9mIGludm9pY2VzIGNyZWF0ZWQgZnJvbSBub3cgb24uAAAAAAAIdHJlYXN1cnkAAAAT", "AAAAAwAAADhXaGF0IGNhbiBiZSBwYXVzZWQuIFJlZnVuZHMsIHBheW1lbnRzIGFuZCBjbGFpbXMgY2Fubm90LgAAAAAAAAAFU2NvcGUAAAAAAAACAAAAAAAAAAZDcmVhdGUAAAAAAAAAAAAAAAAABEZ1bmQAAAAB", "AAAAAQAAACJXaGVyZSB0aGUgdW5pdHMgb2Ygb25lIHBheW1lbnQgZ28uAAAAAAAAAAAABVNwbGl0AAAAAAAABgAAADxXaGF0IGhvbGRlcnMgYXJlIG93ZWQgaW4gYWxsIGF0IHRoYXQgbW9tZW50LCBiZWZvcmUgdGhlIGZlZS4AAAAFY2xhaW0AAAAAAAALAAAAEFRvIHRoZSB0cmVhc3VyeS4AAAADZmVlAAAAAAsAAAA5VGhlIGhvbGRlcnMnIHBhcnQgYmVmb3JlIHRoZSBmZWUsIGluY2x1ZGluZyB0aGlzIHBheW1lbnQuAAAAAAAADWhvbGRlcnNfZ3Jvc3MAAAAAAAALAAAAJVRoaXMgcGF5bWVudCBtYWtlcyB0aGUgaG9sZGVycyB3aG9sZS4AAAAAAAAHc2V0dGxlcwAAAAABAAAAMlRvIHRoZSBkaXN0cmlidXRvciBmb3IgdGhlIGhvbGRlcnMsIGFmdGVyIHRoZSBmZWUuAAAAAAAKdG9faG9sZGVycwAAAAAACwAAAA5UbyB0aGUgc2VsbGVyLgAAAAAACXRvX3NlbGxlcgAAAAAAAAs=", "AAAAAQAAAE5XaGF0IGlzIGFncmVlZCwgZnJvemVuIGF0IGNyZWF0aW9uLiBJdHMgaGFzaCBpcyBzaGEyNTYgb2YgaXRzIFhEUiBhcyBhbiBTY1ZhbC4AAAAAAAAAAAAFVGVybXMAAAAAAAASAAAAAAAAAAdhY2NydWFsAAAAB9AAAAAHQWNjcnVhbAAAAAA8QTogd2hhdCBpbnZlc3RvcnMgcHV0IGluIHRvZ2V0aGVyLCBhbmQgdGhlIG51bWJlciBvZiBzaGFyZXMuAAAAB2FkdmFuY2UAAAAACwAAACBUaGUgc2V0dGxlbWVudCBhc3NldCdzIGNvbnRyYWN0LgAAAAVhc3NldAAAAAAAABMAAAApQzogd2hhdCBob2xkZXJzIGFyZSBvd2VkIGF0IHRoZSBkdWUgZGF0ZS4AAAAAAAAFY2xhaW0AAAAAAAALAAAAIk1lcmtsZSByb290IG9mIHRoZSBzZWFsZWQgaW52b2ljZS4AAAAAAAhkb2N1bWVudAAAA+4AAAAgAAAAAAAAAANkdWUAAAAABgAAAFlGOiB3aGF0IHRoZSBkZWJ0b3Igb3dlcy4gV2l0aCBgY2xhaW0gPT0gZmFjZWAgbGF0ZSBjaGFyZ2VzIGhhdmUgbm8gcm9vbSBhbmQgbmV2ZXIgYWNjcnVlLgAAAAAAAARmYWNlAAAACwAAAAAAAAAQZnVuZGluZ19kZWFkbGluZQAAAAYAAAA1RGF5cyBhZnRlciBgZHVlYCBiZWZvcmUgYW55b25lIGNhbiBkZWNsYXJlIGEgZGVmYXVsdC4AAAAAAAAKZ3JhY2VfZGF5cwAAAAAABAAAAAAAAAAQbGF0ZV9icHNfcGVyX2RheQAAAAQAAAAAAAAADWxhdGVfZGF5c19tYXgAAAAAAAAEAAAATUxpbmVhciBvbmx5OiBkYXlzIG9mIGRpc2NvdW50IHRoYXQgY291bnQgYXMgZWFybmVkIGhvd2V2ZXIgZWFybHkgdGhlIHBheW1lbnQuAAAAAAAAD21pbl9lYXJuZWRfZGF5cwAAAAAEAAAAOlRoZSBsZWFzdCBvbmUgcGF5bWVudCBicmluZ3M7IHRoZSByZXN0IGlzIGFsd2F5cyBhY2NlcHRlZC4AAAAAAAttaW5fcGF5bWVudAAAAAALAAAAPFRoZSBsZWFzdCBvbmUgaW52ZXN0b3IgcHV0cyBpbjsgdGhlIHJlc3QgaXMgYWx3YXlzIGFjY2VwdGVkLgAAAAptaW5fdGlja2V0AAAAAAALAAAAK09mIHRoZSBhZHZhbmNlLCBmcm9tIHRoZSBzZWxsZXIgYXQgcmVsZWFzZS4AAAAAE29yaWdpbmF0aW9uX2ZlZV9icHMAAAAABAAAACtPZiB0aGUgaG9sZGVycycgcHJvZml0LCBuZXZlciBvZiBwcmluY2lwYWwuAAAAAA5wcm9maXRfZmVlX2JwcwAAAAAABAAAAC9UaGUgc2VsbGVyIGFuc3dlcnMgZm9yIGEgZGVidG9yIHdobyBjYW5ub3QgcGF5LgAAAAAIcmVjb3Vyc2UAAAABAAAAIUhvbGRlcnMgbXVzdCBiZSBvbiB0aGUgYWxsb3dsaXN0LgAAAAAAAApyZXN0cmljdGVkAAAAAAAB", "AAAAAQAAAFlUaGUgY29udHJhY3QncyBvd24gc2V0dGluZ3MsIGluIGluc3RhbmNlIHN0b3JhZ2U7IGNhbGxzIHRoYXQgbW92ZSBtb25leSBuZXZlciB3cml0ZSB0aGVtLgAAAAAAAAAAAAAGQ29uZmlnAAAAAAAIAAAAAAAAAAlhZGRyZXNzZXMAAAAAAAfQAAAACUFkZHJlc3NlcwAAAAAAAEFXaG8gaGFzIGJlZW4gcHJvcG9zZWQgYXMgdGhlIG5leHQgYWRtaW4gYW5kIGhhcyBub3QgYWNjZXB0ZWQgeWV0LgAAAAAAAA9hZG1pbl9jYW5kaWRhdGUAAAAD6AAAABMAAAA1VGhlIGNhbmRpZGF0ZSdzIGxhc3QgbW9tZW50IHRvIGFjY2VwdDsgMCB3aXRob3V0IG9uZS4AAAAAAAAOYWRtaW5fZGVhZGxpbmUAAAAAAAYAAAAAAAAADWNyZWF0ZV9wYXVzZWQAAAAAAAABAAAAAAAAAARmZWVzAAAH0AAAAARGZWVzAAAAAAAAAAtmdW5kX3BhdXNlZAAAAAABAAAAAAAAAAVyb2xlcwAAAAAAB9AAAAAFUm9sZXMAAAAAAAApQ29kZSBvZiB0aGUgc2hhcmUgdG9rZW5zIG9mIG5ldyBpbnZvaWNlcy4AAAAAAAAKdG9rZW5fd2FzbQAAAAAD7gAAACA=", "AAAAAQAAADRPbmUgaW52b2ljZTogZXZlcnl0aGluZyB0aGUgY29udHJhY3Qga25vd3MgYWJvdXQgaXQuAAAAAAAAAAZFc2Nyb3cAAAAAAA4AAAAsV2hlbiB0aGUgZGVidG9yIGNvbmZpcm1lZCBmYWNlIGFuZCBkdWUgZGF0ZS4AAAAPYWNrbm93bGVkZ2VkX2F0AAAAA+gAAAAGAAAASVRoZSBkZWJ0b3Igd2hvbSB0aGUgcGxhdGZvcm0gaGFzIHZlcmlmaWVkOyBub2JvZHkgYmVmb3JlIHRoZSBhdHRlc3RhdGlvbi4AAAAAAAAGZGVidG9yAAAAAAPoAAAAEwAAADxUaGUgcGxhdGZvcm0ncyBrZXkgZm9yIHRoZSBkZWJ0b3IncyBpZGVudGl0eTogYSBzYWx0ZWQgaGFzaC4AAAAKZGVidG9yX2tleQAAAAAD6AAAA+4AAAAgAAAAOlRoZSBrZXllZCBmaW5nZXJwcmludCBvZiB0aGUgaW52b2ljZSdzIGNhbm9uaWNhbCBpZGVudGl0eS4AAAAAAAtmaW5nZXJwcmludAAAAAPoAAAD7gAAACAAAAAbUHV0IGluIGJ5IGludmVzdG9ycyBzbyBmYXIuAAAAAAZmdW5kZWQAAAAAAAsAAAAAAAAABW1vbmV5AAAAAAAH0AAAAAVNb25leQAAAAAAADxUaGUgc2VsbGVyJ3Mgb3duIHJlZmVyZW5jZTsgd2l0aCB0aGUgc2VsbGVyIGl0IG1ha2VzIHRoZSBpZC4AAAAJcmVmZXJlbmNlAAAAAAAD7gAAACAAAAAfR2l2ZW4gYmFjayB0byBpbnZlc3RvcnMgc28gZmFyLgAAAAAIcmVmdW5kZWQAAAALAAAAAAAAAAZzZWxsZXIAAAAAABMAAAAAAAAABnN0YXR1cwAAAAAH0AAAAAZTdGF0dXMAAAAAAAAAAAAFdGVybXMAAAAAAAfQAAAABVRlcm1zAAAAAAAAAAAAAAp0ZXJtc19oYXNoAAAAAAPuAAAAIAAAACBUaGUgc2hhcmUgdG9rZW4gb2YgdGhpcyBpbnZvaWNlLgAAAAV0b2tlbgAAAAAAABMAAAAmV2hvIGdldHMgdGhlIGZlZXM7IGZyb3plbiBhdCBjcmVhdGlvbi4AAAAAAAh0cmVhc3VyeQAAABM=", "AAAAAwAAAFxXaGVyZSBhbiBpbnZvaWNlIHN0YW5kcy4gYEV4cGlyZWRgIGlzIG5ldmVyIHN0b3JlZDogaXQgaXMgYE9wZW5gIGFmdGVyIHRoZSBmdW5kaW5nIGRlYWRsaW5lLgAAAAAAAAAGU3RhdHVzAAAAAAAGAAAAAAAAAARPcGVuAAAAAAAAAAAAAAAGRnVuZGVkAAAAAAABAAAAAAAAAAdTZXR0bGVkAAAAAAIAAAAAAAAACUNhbmNlbGxlZAAAAAAAAAMAAAAAAAAAB0V4cGlyZWQAAAAABAAAAAAAAAAJRGVmYXVsdGVkAAAAAAAABQ==", "AAAAAwAAAB5Ib3cgaG9sZGVycyBlYXJuIHRoZSBkaXNjb3VudC4AAAAAAAAAAAAHQWNjcnVhbAAAAAACAAAAFUFsbCBvZiBpdCBhdCBmdW5kaW5nLgAAAAAAAARGbGF0AAAAAAAAAB1XaXRoIHRpbWUsIG9uIHdoYXQgaXMgdW5wYWlkLgAAAAAAAAZMaW5lYXIAAAAAAAE=", "AAAAAQAAACJBIHJlY29yZGVkIHBheW1lbnQsIGtlcHQgZm9yIGV2ZXIuAAAAAAAAAAAAB1BheW1lbnQAAAAABQAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAAJhdAAAAAAABgAAAAAAAAADZmVlAAAAAAsAAAAAAAAACnRvX2hvbGRlcnMAAAAAAAsAAAAAAAAACXRvX3NlbGxlcgAAAAAAAAs=", "AAAAAQAAAB9UaGUgb3RoZXIgY29udHJhY3RzIG9mIHRoZSBzZXQuAAAAAAAAAAAJQWRkcmVzc2VzAAAAAAAAAQAAAAAAAAALZGlzdHJpYnV0b3IAAAAAEw==", "AAAABAAAAAAAAAAAAAAAC0VzY3Jvd0Vycm9yAAAAAC8AAAAvVGhlcmUgaXMgbm8gaW52b2ljZSB3aXRoIHRoaXMgaWQuIENoZWNrIHRoZSBpZC4AAAAADlVua25vd25JbnZvaWNlAAAAAABlAAAAU1RoZSBzZWxsZXIgaGFzIGFscmVhZHkgbGlzdGVkIGFuIGludm9pY2UgdW5kZXIgdGhpcyByZWZlcmVuY2UuIFVzZSBhIG5ldyByZWZlcmVuY2UuAAAAAA1BbHJlYWR5RXhpc3RzAAAAAAAAZgAAAElUd28gcm9sZXMgdGhhdCBtdXN0IGJlIHNlcGFyYXRlIGhhdmUgdGhlIHNhbWUgYWRkcmVzcy4gR2l2ZSBlYWNoIGl0cyBvd24uAAAAAAAADVJvbGVzQ29pbmNpZGUAAAAAAABnAAAAQlRoaXMgYWNjb3VudCBpcyBub3QgYXBwcm92ZWQgeWV0LiBDb21wbGV0ZSB0aGUgdmVyaWZpY2F0aW9uIGZpcnN0LgAAAAAADk5vdEFsbG93bGlzdGVkAAAAAABoAAAAS1RoaXMgYXNzZXQgaXMgbm90IGFjY2VwdGVkLiBDaG9vc2Ugb25lIG9mIHRoZSBwbGF0Zm9ybSdzIHNldHRsZW1lbnQgYXNzZXRzLgAAAAAPQXNzZXROb3RBbGxvd2VkAAAAAGkAAABFVGhlIGZlZXMgaGF2ZSBjaGFuZ2VkIHNpbmNlIHRoZSB0ZXJtcyB3ZXJlIG1hZGUuIEFzayBmb3IgYSBuZXcgcXVvdGUuAAAAAAAACkZlZUNoYW5nZWQAAAAAAGoAAABNVGhlIGFkdmFuY2UgbXVzdCBiZSBhdCBsZWFzdCBvbmUgdW5pdCBhbmQgZml0IDYzIGJpdHMuIENob29zZSBhbm90aGVyIGFtb3VudC4AAAAAAAASQWR2YW5jZU91dE9mQm91bmRzAAAAAABrAAAAVVRoZSBjbGFpbSBtdXN0IGJlIGF0IGxlYXN0IHRoZSBhZHZhbmNlIGFuZCBhdCBtb3N0IHRoZSBmYWNlIHZhbHVlLiBDb3JyZWN0IHRoZSB0ZXJtcy4AAAAAAAAQQ2xhaW1PdXRPZkJvdW5kcwAAAGwAAABNVGhlIGZhY2UgdmFsdWUgbXVzdCBiZSBhdCBsZWFzdCB0aGUgY2xhaW0gYW5kIGZpdCA2MyBiaXRzLiBDb3JyZWN0IHRoZSB0ZXJtcy4AAAAAAAAPRmFjZU91dE9mQm91bmRzAAAAAG0AAABYVGhlIGZ1bmRpbmcgZGVhZGxpbmUgbXVzdCBsaWUgaW4gdGhlIGZ1dHVyZSwgYXQgbW9zdCA5MCBkYXlzIGFoZWFkLiBDaG9vc2UgYW5vdGhlciBkYXRlLgAAABpGdW5kaW5nRGVhZGxpbmVPdXRPZkJvdW5kcwAAAAAAbgAAAHBUaGUgZHVlIGRhdGUgbXVzdCBiZSBhdCBsZWFzdCBhIGRheSBhZnRlciB0aGUgZnVuZGluZyBkZWFkbGluZSBhbmQgYXQgbW9zdCB0d28geWVhcnMgYWhlYWQuIENob29zZSBhbm90aGVyIGRhdGUuAAAADkR1ZU91dE9mQm91bmRzAAAAAABvAAAAOVRoZSBtaW5pbXVtIGVhcm5lZCBkYXlzIG1heSBiZSBhdCBtb3N0IDczMC4gQ2hvb3NlIGZld2VyLgAAAAAAABhNaW5FYXJuZWREYXlzT3V0T2ZCb3VuZHMAAABwAAAAVkxhdGUgY2hhcmdlcyBtYXkgYmUgYXQgbW9zdCAxMDAgYmFzaXMgcG9pbnRzIGEgZGF5LCBmb3IgYXQgbW9zdCAzNjUgZGF5cy4gQ2hvb3NlIGxlc3MuAAAAAAAUTGF0ZVRlcm1zT3V0T2ZCb3VuZHMAAABxAAAAMlRoZSBkYXlzIG9mIGdyYWNlIG1heSBiZSBhdCBtb3N0IDkwLiBDaG9vc2UgZmV3ZXIuAAAAAAAQR3JhY2VPdXRPZkJvdW5kcwAAAHIAAABYVGhlIHNtYWxsZXN0IGludmVzdG1lbnQgbXVzdCBiZSBiZXR3ZWVuIG9uZSB1bml0IGFuZCB0aGUgYWR2YW5jZS4gQ2hvb3NlIGFub3RoZXIgYW1vdW50LgAAABRNaW5UaWNrZXRPdXRPZkJvdW5kcwAAAHMAAABYVGhlIHNtYWxsZXN0IHBheW1lbnQgbXVzdCBiZSBiZXR3ZWVuIG9uZSB1bml0IGFuZCB0aGUgZmFjZSB2YWx1ZS4gQ2hvb3NlIGFub3RoZXIgYW1vdW50LgAAABVNaW5QYXltZW50T3V0T2ZCb3VuZHMAAAAAAAB0AAAAaU5ldyBpbnZvaWNlcyBvciBuZXcgZnVuZGluZyBhcmUgcGF1c2VkIGZvciBub3cuIFRyeSBhZ2FpbiBsYXRlcjsgcGF5bWVudHMsIHJlZnVuZHMgYW5kIGNsYWltcyBzdGlsbCB3b3JrLgAAAAAAAAZQYXVzZWQAAAAAAHUAAABHVGhlIGludm9pY2UgaXMgbm8gbG9uZ2VyIG9wZW4uIExvb2sgYXQgaXRzIHN0YXR1cyBmb3Igd2hhdCBjYW4gYmUgZG9uZS4AAAAAB05vdE9wZW4AAAAAdgAAAERUaGUgZnVuZGluZyBkZWFkbGluZSBoYXMgcGFzc2VkLiBUYWtlIGEgcmVmdW5kIGlmIHlvdSBoYXZlIGludmVzdGVkLgAAAA1GdW5kaW5nQ2xvc2VkAAAAAAAAdwAAAFhUaGUgZGVidG9yIG9mIHRoaXMgaW52b2ljZSBpcyBub3QgdmVyaWZpZWQgeWV0LiBXYWl0IHVudGlsIHRoZSBwbGF0Zm9ybSBoYXMgYXR0ZXN0ZWQgaXQuAAAAC05vdEF0dGVzdGVkAAAAAHgAAABJVGhlIGRlYnRvciBvZiB0aGlzIGludm9pY2UgaXMgYXR0ZXN0ZWQgYWxyZWFkeS4gTm90aGluZyBuZWVkcyB0byBiZSBkb25lLgAAAAAAAA9BbHJlYWR5QXR0ZXN0ZWQAAAAAeQAAAEtUaGUgZGVidG9yIGhhcyBhY2tub3dsZWRnZWQgdGhpcyBpbnZvaWNlIGFscmVhZHkuIE5vdGhpbmcgbmVlZHMgdG8gYmUgZG9uZS4AAAAAE0FscmVhZHlBY2tub3dsZWRnZWQAAAAAegAAAFNUaGUgc2VsbGVyIGFuZCB0aGUgZGVidG9yIGNhbm5vdCBpbnZlc3QgaW4gdGhlaXIgb3duIGludm9pY2UuIFVzZSBhbm90aGVyIGludmVzdG9yLgAAAAARUGFydHlDYW5ub3RJbnZlc3QAAAAAAAB7AAAAWlRoZSBpbnZvaWNlJ3MgdGVybXMgYXJlIG5vdCB0aGUgb25lcyB5b3UgYWdyZWVkIHRvLiBSZWFkIHRoZSB0ZXJtcyBhZ2FpbiBhbmQgY29uZmlybSB0aGVtLgAAAAAAC1Rlcm1zRGlmZmVyAAAAAHwAAABdVGhlIGFtb3VudCBpcyBiZWxvdyB0aGUgc21hbGxlc3QgaW52ZXN0bWVudCBmb3IgdGhpcyBpbnZvaWNlLiBJbnZlc3QgbW9yZSwgb3IgdGhlIHdob2xlIHJlc3QuAAAAAAAADkJlbG93TWluVGlja2V0AAAAAAB9AAAASkxlc3MgaXMgbGVmdCB0byBpbnZlc3QgdGhhbiB0aGUgbWluaW11bSB5b3UgYXNrZWQgZm9yLiBMb3dlciB5b3VyIG1pbmltdW0uAAAAAAAOQmVsb3dNaW5BbW91bnQAAAAAAH4AAABGT25seSB0aGUgc2VsbGVyIG9yIHRoZSBhZG1pbiBjYW4gY2FuY2VsIHRoaXMgaW52b2ljZS4gQXNrIG9uZSBvZiB0aGVtLgAAAAAAEE5vdFNlbGxlck9yQWRtaW4AAAB/AAAAa0ludmVzdG9ycyBoYXZlIHB1dCBtb25leSBpbiwgc28gdGhlIHNlbGxlciBjYW5ub3QgY2FuY2VsIGFueSBtb3JlLiBBc2sgdGhlIGFkbWluLCBvciB3YWl0IGZvciB0aGUgZGVhZGxpbmUuAAAAAA1BbHJlYWR5RnVuZGVkAAAAAAAAgAAAAEZUaGlzIGhvbGRlciBoYXMgbm90aGluZyB0byBiZSByZWZ1bmRlZC4gSXQgbWF5IGhhdmUgYmVlbiBwYWlkIGFscmVhZHkuAAAAAAAPTm90aGluZ1RvUmVmdW5kAAAAAIEAAABGUmVmdW5kcyBzdGFydCB3aGVuIHRoZSBpbnZvaWNlIGlzIGNhbmNlbGxlZCBvciBleHBpcmVzLiBXYWl0IGZvciB0aGF0LgAAAAAADU5vdFJlZnVuZGFibGUAAAAAAACCAAAAUlRoZSBpbnZvaWNlIGRvZXMgbm90IHRha2UgcGF5bWVudHMgaW4gaXRzIHByZXNlbnQgc3RhdHVzLiBJdCBtdXN0IGJlIGZ1bmRlZCBmaXJzdC4AAAAAAApOb3RQYXlhYmxlAAAAAACDAAAAbE9ubHkgdGhlIHBsYXRmb3JtJ3Mgb3BlcmF0b3IsIHRoZSBkZWJ0b3Igb3IgdGhlIHNlbGxlciBjYW4gcGF5IHRoaXMgaW52b2ljZS4gUGF5IGZyb20gb25lIG9mIHRoZWlyIGFjY291bnRzLgAAAA9QYXllck5vdEFsbG93ZWQAAAAAhAAAAFxUaGlzIHBheW1lbnQgaXMgcmVjb3JkZWQgYWxyZWFkeS4gTm90aGluZyB3YXMgbW92ZWQ7IHVzZSBhIG5ldyBwYXltZW50IGlkIGZvciBhIG5ldyBwYXltZW50LgAAAA9BbHJlYWR5UmVjb3JkZWQAAAAAhQAAAFdUaGUgYW1vdW50IGlzIGJlbG93IHRoZSBzbWFsbGVzdCBwYXltZW50IGZvciB0aGlzIGludm9pY2UuIFBheSBtb3JlLCBvciB0aGUgd2hvbGUgcmVzdC4AAAAAD0JlbG93TWluUGF5bWVudAAAAACGAAAAT1RoZSBhbW91bnQgaXMgbW9yZSB0aGFuIHdoYXQgaXMgc3RpbGwgb3dlZC4gUGF5IGF0IG1vc3QgdGhlIG91dHN0YW5kaW5nIGFtb3VudC4AAAAAEkV4Y2VlZHNPdXRzdGFuZGluZwAAAAAAhwAAAE1QYXlpbmcgb2ZmIG5vdyBjb3N0cyBtb3JlIHRoYW4geW91ciBtYXhpbXVtLiBBc2sgZm9yIHRoZSBwYXlvZmYgYW1vdW50IGFnYWluLgAAAAAAAA5QYXlvZmZBYm92ZU1heAAAAAAAiAAAAENUaGUgaG9sZGVycyBhcmUgcGFpZCBpbiBmdWxsIGFscmVhZHkuIE5vdGhpbmcgbmVlZHMgdG8gYmUgcGFpZCBvZmYuAAAAAA9Ob3RoaW5nVG9QYXlPZmYAAAAAiQAAAEVUaGUgZGF5cyBvZiBncmFjZSBhcmUgbm90IG92ZXIuIEEgZGVmYXVsdCBjYW4gYmUgZGVjbGFyZWQgYWZ0ZXJ3YXJkcy4AAAAAAAAMR3JhY2VOb3RPdmVyAAAAigAAAE9UaGUgaW52b2ljZSBjYW5ub3QgZGVmYXVsdCBpbiBpdHMgcHJlc2VudCBzdGF0dXMuIEl0IG11c3QgYmUgZnVuZGVkIGFuZCB1bnBhaWQuAAAAAA5Ob3REZWZhdWx0YWJsZQAAAAAAiwAAAE1Ob3RoaW5nIGlzIG93ZWQgdG8gdGhpcyBhY2NvdW50IGluIHRoaXMgYXNzZXQuIEl0IG1heSBoYXZlIGJlZW4gcGFpZCBhbHJlYWR5LgAAAAAAAAtOb3RoaW5nT3dlZAAAAACMAAAAQ05vIG5ldyBhZG1pbiBpcyBwcm9wb3NlZC4gVGhlIHByZXNlbnQgYWRtaW4gbXVzdCBwcm9wb3NlIG9uZSBmaXJzdC4AAAAAD05vQWRtaW5Qcm9wb3NlZAAAAACNAAAATVRoZSBwcm9wb3NhbCBvZiBhIG5ldyBhZG1pbiBoYXMgbGFwc2VkLiBUaGUgcHJlc2VudCBhZG1pbiBtdXN0IHByb3Bvc2UgYWdhaW4uAAAAAAAAE0FkbWluUHJvcG9zYWxMYXBzZWQAAAAAjgAAAEdUaGUgbW9tZW50IGFza2VkIGZvciBsaWVzIGJlZm9yZSB0aGUgbGFzdCBwYXltZW50LiBBc2sgZm9yIGEgbGF0ZXIgb25lLgAAAAAUVGltZUJlZm9yZUNoZWNrcG9pbnQAAACPAAAAV0EgY29udHJhY3Qgb2YgdGhlIHBsYXRmb3JtIGNhbm5vdCBiZSBhIHBhcnR5IGhlcmUuIFVzZSBhIHBlcnNvbidzIG9yIGNvbXBhbnkncyBhZGRyZXNzLgAAAAANU3lzdGVtQWRkcmVzcwAAAAAAAJAAAABIVGhlIGRlYnRvciBjYW5ub3QgYmUgdGhlIHNlbGxlci4gTmFtZSB0aGUgY3VzdG9tZXIgd2hvIG93ZXMgdGhlIGludm9pY2UuAAAADkRlYnRvcklzU2VsbGVyAAAAAACRAAAAPUEgZmVlIG1heSBiZSBhdCBtb3N0IDEwLDAwMCBiYXNpcyBwb2ludHMuIENob29zZSBhIGxvd2VyIGZlZS4AAAAAAAAORmVlT3V0T2ZCb3VuZHMAAAAAAJIAAAA3VGhlIGxpc3QgaXMgdG9vIGxvbmcuIFNlbmQgYXQgbW9zdCAyMCBpbnZvaWNlcyBhdCBvbmNlLgAAAAAPVG9vTWFueUludm9pY2VzAAAAAJM=", "AAAABQAAAFFBIHRyYW5zZmVyIG91dCBmYWlsZWQgYW5kIGJlY2FtZSBhIGRlYnQgb2YgdGhlIGNvbnRyYWN0LCBvciBzdWNoIGEgZGVidCB3YXMgcGFpZC4AAAAAAAAAAAAAC093ZWRDaGFuZ2VkAAAAAAEAAAAMb3dlZF9jaGFuZ2VkAAAABAAAAAAAAAAFb3duZXIAAAAAAAATAAAAAQAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAQAAAAAAAAAGYmVmb3JlAAAAAAALAAAAAAAAAAAAAAAFYWZ0ZXIAAAAAAAALAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADEFkbWluQ2hhbmdlZAAAAAEAAAANYWRtaW5fY2hhbmdlZAAAAAAAAAIAAAAAAAAABmJlZm9yZQAAAAAAEwAAAAAAAAAAAAAABWFmdGVyAAAAAAAAEwAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAADEFzc2V0QWxsb3dlZAAAAAEAAAANYXNzZXRfYWxsb3dlZAAAAAAAAAMAAAAAAAAABWFzc2V0AAAAAAAAEwAAAAEAAAAAAAAADmFsbG93ZWRfYmVmb3JlAAAAAAABAAAAAAAAAAAAAAAHYWxsb3dlZAAAAAABAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADFBhdXNlQ2hhbmdlZAAAAAEAAAANcGF1c2VfY2hhbmdlZAAAAAAAAAMAAAAAAAAABXNjb3BlAAAAAAAH0AAAAAVTY29wZQAAAAAAAAEAAAAAAAAADXBhdXNlZF9iZWZvcmUAAAAAAAABAAAAAAAAAAAAAAAGcGF1c2VkAAAAAAABAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADUFkbWluUHJvcG9zZWQAAAAAAAABAAAADmFkbWluX3Byb3Bvc2VkAAAAAAADAAAAAAAAAAVhZG1pbgAAAAAAABMAAAAAAAAAAAAAAAljYW5kaWRhdGUAAAAAAAATAAAAAAAAAAAAAAAIZGVhZGxpbmUAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADUludm9pY2VGdW5kZWQAAAAAAAABAAAADmludm9pY2VfZnVuZGVkAAAAAAAGAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAACGludmVzdG9yAAAAEwAAAAEAAAAsVW5pdHMgcHV0IGluLCB3aGljaCBpcyBhbHNvIHNoYXJlcyByZWNlaXZlZC4AAAAGYW1vdW50AAAAAAALAAAAAAAAAAAAAAANZnVuZGVkX2JlZm9yZQAAAAAAAAsAAAAAAAAAAAAAAAxmdW5kZWRfYWZ0ZXIAAAALAAAAAAAAAAAAAAAHYWR2YW5jZQAAAAALAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADkFjY291bnRBbGxvd2VkAAAAAAABAAAAD2FjY291bnRfYWxsb3dlZAAAAAADAAAAAAAAAAdhY2NvdW50AAAAABMAAAABAAAAAAAAAA5hbGxvd2VkX2JlZm9yZQAAAAAAAQAAAAAAAAAAAAAAB2FsbG93ZWQAAAAAAQAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAADkludm9pY2VDcmVhdGVkAAAAAAABAAAAD2ludm9pY2VfY3JlYXRlZAAAAAAHAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABnNlbGxlcgAAAAAAEwAAAAEAAAAAAAAACXJlZmVyZW5jZQAAAAAAA+4AAAAgAAAAAAAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAAAAAAAAAAAIdHJlYXN1cnkAAAATAAAAAAAAAAAAAAAFdGVybXMAAAAAAAfQAAAABVRlcm1zAAAAAAAAAAAAAAAAAAAKdGVybXNfaGFzaAAAAAAD7gAAACAAAAAAAAAAAg==", "AAAABQAAACtUaGUgaG9sZGVycyBhcmUgd2hvbGU7IHRoZSBjbGFpbSBpcyBmcm96ZW4uAAAAAAAAAAAOSW52b2ljZVNldHRsZWQAAAAAAAEAAAAPaW52b2ljZV9zZXR0bGVkAAAAAAMAAAAAAAAACmludm9pY2VfaWQAAAAAA+4AAAAgAAAAAQAAAAAAAAAFY2xhaW0AAAAAAAALAAAAAAAAAAAAAAACYXQAAAAAAAYAAAAAAAAAAg==", "AAAABQAAADhUaGUgcGxhdGZvcm0gbmFtZXMgdGhlIHZlcmlmaWVkIGRlYnRvcjsgZnVuZGluZyBpcyBvcGVuLgAAAAAAAAAPSW52b2ljZUF0dGVzdGVkAAAAAAEAAAAQaW52b2ljZV9hdHRlc3RlZAAAAAQAAAAAAAAACmludm9pY2VfaWQAAAAAA+4AAAAgAAAAAQAAAAAAAAAGZGVidG9yAAAAAAATAAAAAAAAAAAAAAAKZGVidG9yX2tleQAAAAAD7gAAACAAAAAAAAAAAAAAAAtmaW5nZXJwcmludAAAAAPuAAAAIAAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAD0ludm9pY2VSZWZ1bmRlZAAAAAABAAAAEGludm9pY2VfcmVmdW5kZWQAAAAFAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABmhvbGRlcgAAAAAAEwAAAAEAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAAAAAAD3JlZnVuZGVkX2JlZm9yZQAAAAALAAAAAAAAAAAAAAAOcmVmdW5kZWRfYWZ0ZXIAAAAAAAsAAAAAAAAAAg==", "AAAABQAAAEhUaGUgYWR2YW5jZSBpcyBjb21wbGV0ZTogdGhlIHNlbGxlciBpcyBwYWlkIGFuZCB0aGUgc2hhcmVzIGFyZSB1bmxvY2tlZC4AAAAAAAAAD0ludm9pY2VSZWxlYXNlZAAAAAABAAAAEGludm9pY2VfcmVsZWFzZWQAAAAFAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAACWZ1bmRlZF9hdAAAAAAAAAYAAAAAAAAAAAAAAAl0b19zZWxsZXIAAAAAAAALAAAAAAAAAAAAAAAPb3JpZ2luYXRpb25fZmVlAAAAAAsAAAAAAAAAMFRoZSBwYXJ0IG9mIHRoZSBkaXNjb3VudCB0aGF0IGlzIGVhcm5lZCBhbHJlYWR5LgAAAAZlYXJuZWQAAAAAAAsAAAAAAAAAAg==", "AAAABQAAACVBIHBheW1lbnQgd2VudCB0aHJvdWdoIHRoZSB3YXRlcmZhbGwuAAAAAAAAAAAAAA9QYXltZW50UmVjb3JkZWQAAAAAAQAAABBwYXltZW50X3JlY29yZGVkAAAAFQAAAAAAAAAKaW52b2ljZV9pZAAAAAAD7gAAACAAAAABAAAAAAAAAAVwYXllcgAAAAAAABMAAAABAAAAAAAAAApwYXltZW50X2lkAAAAAAPuAAAAIAAAAAAAAABac2hhMjU2IG9mIGludm9pY2UgaWQsIHBheWVyIGFuZCBwYXltZW50IGlkOiB0aGUgcGF5bWVudCdzIGtleSBoZXJlIGFuZCBpbiB0aGUgZGlzdHJpYnV0b3IuAAAAAAALcGF5bWVudF9rZXkAAAAD7gAAACAAAAAAAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAAAAAAAAp0b19ob2xkZXJzAAAAAAALAAAAAAAAAAAAAAADZmVlAAAAAAsAAAAAAAAAAAAAAAl0b19zZWxsZXIAAAAAAAALAAAAAAAAAAAAAAAPcmVjZWl2ZWRfYmVmb3JlAAAAAAsAAAAAAAAAAAAAAA5yZWNlaXZlZF9hZnRlcgAAAAAACwAAAAAAAAAAAAAAFGhvbGRlcnNfZ3Jvc3NfYmVmb3JlAAAACwAAAAAAAAAAAAAAE2hvbGRlcnNfZ3Jvc3NfYWZ0ZXIAAAAACwAAAAAAAAAAAAAACWZlZV90YWtlbgAAAAAAAAsAAAAAAAAAAAAAAAZlYXJuZWQAAAAAAAsAAAAAAAAAAAAAAARsYXRlAAAACwAAAAAAAAAAAAAAEWxhdGVfZGF5c19jaGFyZ2VkAAAAAAAABAAAAAAAAAApVXAgdG8gd2hlbiBgZWFybmVkYCBhbmQgYGxhdGVgIGFyZSByaWdodC4AAAAAAAANY2hlY2twb2ludF9hdAAAAAAAAAYAAAAAAAAAPFdoYXQgaG9sZGVycyBhcmUgb3dlZCBpbiBhbGwgYXQgdGhpcyBtb21lbnQsIGJlZm9yZSB0aGUgZmVlLgAAAAVjbGFpbQAAAAAAAAsAAAAAAAAAAAAAAA1zdGF0dXNfYmVmb3JlAAAAAAAH0AAAAAZTdGF0dXMAAAAAAAAAAAAAAAAADHN0YXR1c19hZnRlcgAAB9AAAAAGU3RhdHVzAAAAAAAAAAAADExlZGdlciB0aW1lLgAAAAJhdAAAAAAABgAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAEEludm9pY2VDYW5jZWxsZWQAAAABAAAAEWludm9pY2VfY2FuY2VsbGVkAAAAAAAAAwAAAAAAAAAKaW52b2ljZV9pZAAAAAAD7gAAACAAAAABAAAAAAAAAAJieQAAAAAAEwAAAAAAAAAdV2hhdCBpbnZlc3RvcnMgY2FuIGhhdmUgYmFjay4AAAAAAAAGZnVuZGVkAAAAAAALAAAAAAAAAAI=", "AAAABQAAAEFUaGUgZGF5cyBvZiBncmFjZSBwYXNzZWQgd2l0aG91dCBmdWxsIHBheW1lbnQuIE5vIG51bWJlciBjaGFuZ2VzLgAAAAAAAAAAAAAQSW52b2ljZURlZmF1bHRlZAAAAAEAAAARaW52b2ljZV9kZWZhdWx0ZWQAAAAAAAAFAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABWNsYWltAAAAAAAACwAAAAAAAAAAAAAADWhvbGRlcnNfZ3Jvc3MAAAAAAAALAAAAAAAAAAAAAAAIcmVjZWl2ZWQAAAALAAAAAAAAAAAAAAACYXQAAAAAAAYAAAAAAAAAAg==", "AAAABQAAAChUaGUgY29udHJhY3QgZXhpc3RzIHdpdGggdGhlc2Ugc2V0dGluZ3MuAAAAAAAAABFFc2Nyb3dDb25zdHJ1Y3RlZAAAAAAAAAEAAAASZXNjcm93X2NvbnN0cnVjdGVkAAAAAAABAAAAAAAAAAZjb25maWcAAAAAB9AAAAAGQ29uZmlnAAAAAAAAAAAAAg==", "AAAABQAAACZUaGUgZGVidG9yIGNvbmZpcm1zIGZhY2UgYW5kIGR1ZSBkYXRlLgAAAAAAAAAAABNJbnZvaWNlQWNrbm93bGVkZ2VkAAAAAAEAAAAUaW52b2ljZV9hY2tub3dsZWRnZWQAAAAFAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABmRlYnRvcgAAAAAAEwAAAAAAAAAAAAAABGZhY2UAAAALAAAAAAAAAAAAAAADZHVlAAAAAAYAAAAAAAAADExlZGdlciB0aW1lLgAAAAJhdAAAAAAABgAAAAAAAAAC", "AAAAAAAAACxVbml0cyBvZiBgYXNzZXRgIHRoYXQgd2FpdCBoZXJlIGZvciBgb3duZXJgLgAAAARvd2VkAAAAAgAAAAAAAAAFb3duZXIAAAAAAAATAAAAAAAAAAVhc3NldAAAAAAAABMAAAABAAAACw==", "AAAAAAAAAE1QYXVzZXI6IHN0b3BzIG5ldyBpbnZvaWNlcyBvciBuZXcgZnVuZGluZzsgbmV2ZXIgcGF5bWVudHMsIHJlZnVuZHMgb3IgY2xhaW1zLgAAAAAAAAVwYXVzZQAAAAAAAAEAAAAAAAAABXNjb3BlAAAAAAAH0AAAAAVTY29wZQAAAAAAAAA=", "AAAAAAAAADJXaGF0IGEgcGF5bWVudCBvZiBgYW1vdW50YCB1bml0cyBhdCBgYXRgIHdvdWxkIGRvLgAAAAAABXF1b3RlAAAAAAAAAwAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAAAmF0AAAAAAAGAAAAAQAAB9AAAAAFU3BsaXQAAAA=", "AAAAAAAAADZPcGVyYXRvcjogbmFtZXMgdGhlIHZlcmlmaWVkIGRlYnRvciBhbmQgb3BlbnMgZnVuZGluZy4AAAAAAAZhdHRlc3QAAAAAAAQAAAAAAAAAAmlkAAAAAAPuAAAAIAAAAAAAAAAGZGVidG9yAAAAAAATAAAAAAAAAApkZWJ0b3Jfa2V5AAAAAAPuAAAAIAAAAAAAAAALZmluZ2VycHJpbnQAAAAD7gAAACAAAAAA", "AAAAAAAAAGhBbnlvbmU6IGV4dGVuZHMgdGhlIGxpZmUgb2YgdXAgdG8gMjAgaW52b2ljZXMsIHRoZWlyIHNoYXJlIHRva2VucyBhbmQgcGF5b3V0IGFjY291bnRzLiBBbnN3ZXJzIGhvdyBtYW55LgAAAAZleHRlbmQAAAAAAAEAAAAAAAAAA2lkcwAAAAPqAAAD7gAAACAAAAABAAAABA==", "AAAAAAAAADtVbml0cyB0aGF0IG1ha2UgdGhlIGhvbGRlcnMgd2hvbGUgYXQgYGF0YDsgMCBvbmNlIHRoZXkgYXJlLgAAAAAGcGF5b2ZmAAAAAAACAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAAAmF0AAAAAAAGAAAAAQAAAAs=", "AAAAAAAAAGZBbnlvbmU6IHBheXMgYGhvbGRlcmAgYmFjayB3aGF0IHRoZSBzaGFyZXMgb2YgYSBjYW5jZWxsZWQgb3IgZXhwaXJlZCBpbnZvaWNlIGNvc3QuIEFuc3dlcnMgdGhlIGFtb3VudC4AAAAAAAZyZWZ1bmQAAAAAAAIAAAAAAAAABmhvbGRlcgAAAAAAEwAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAQAAAAs=", "AAAAAAAAAHBPcGVyYXRvciwgZGVidG9yIG9yIHNlbGxlcjogbWFrZXMgdGhlIGhvbGRlcnMgd2hvbGUgbm93LCBmb3IgYXQgbW9zdCBgbWF4YCB1bml0czsgd2hhdCBpcyBub3QgbmVlZGVkIGNvbWVzIGJhY2suAAAAB3BheV9vZmYAAAAABAAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAAA21heAAAAAALAAAAAAAAAApwYXltZW50X2lkAAAAAAPuAAAAIAAAAAEAAAfQAAAABVNwbGl0AAAA", "AAAAAAAAABVBZG1pbjogbGlmdHMgYSBwYXVzZS4AAAAAAAAHdW5wYXVzZQAAAAABAAAAAAAAAAVzY29wZQAAAAAAB9AAAAAFU2NvcGUAAAAAAAAA", "AAAAAAAAACtXaGV0aGVyIG5ldyBpbnZvaWNlcyBtYXkgc2V0dGxlIGluIGBhc3NldGAuAAAAAAhpc19hc3NldAAAAAEAAAAAAAAABWFzc2V0AAAAAAAAEwAAAAEAAAAB", "AAAAAAAAADFXaGV0aGVyIGBhY2NvdW50YCBtYXkgaG9sZCBzaGFyZXMgb2YgdGhlIGludm9pY2UuAAAAAAAACG1heV9ob2xkAAAAAgAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAAAAAAdhY2NvdW50AAAAABMAAAABAAAAAQ==", "AAAAAAAAADJBZG1pbjogd2hldGhlciBuZXcgaW52b2ljZXMgbWF5IHNldHRsZSBpbiBgYXNzZXRgLgAAAAAACXNldF9hc3NldAAAAAAAAAIAAAAAAAAABWFzc2V0AAAAAAAAEwAAAAAAAAAHYWxsb3dlZAAAAAABAAAAAA==", "AAAAAAAAAD1Sb2xlcywgYWRkcmVzc2VzLCBmZWVzLCBwYXVzZXMgYW5kIGEgcGVuZGluZyBjaGFuZ2Ugb2YgYWRtaW4uAAAAAAAACmdldF9jb25maWcAAAAAAAAAAAABAAAH0AAAAAZDb25maWcAAA==", "AAAAAAAAAChFdmVyeXRoaW5nIGFib3V0IG9uZSBpbnZvaWNlLCBhcyBzdG9yZWQuAAAACmdldF9lc2Nyb3cAAAAAAAEAAAAAAAAAAmlkAAAAAAPuAAAAIAAAAAEAAAfQAAAABkVzY3JvdwAA", "AAAAAAAAADxUaGUgc3RhdHVzIG5vdzsgYEV4cGlyZWRgIGlzIG9wZW4gcGFzdCBpdHMgZnVuZGluZyBkZWFkbGluZS4AAAAKZ2V0X3N0YXR1cwAAAAAAAQAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAQAAB9AAAAAGU3RhdHVzAAA=", "AAAAAAAAACZXaGV0aGVyIGBhY2NvdW50YCBpcyBvbiB0aGUgYWxsb3dsaXN0LgAAAAAACmlzX2FsbG93ZWQAAAAAAAEAAAAAAAAAB2FjY291bnQAAAAAEwAAAAEAAAAB", "AAAAAAAAADBUaGUgYXR0ZXN0ZWQgZGVidG9yOiBjb25maXJtcyBmYWNlIGFuZCBkdWUgZGF0ZS4AAAALYWNrbm93bGVkZ2UAAAAAAQAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAA==", "AAAAAAAAANdJbnZlc3RvcjogcHV0cyBpbiBhdCBtb3N0IGBtYXhfYW1vdW50YCB1bml0cyBhbmQgYXQgbGVhc3QgYG1pbl9hbW91bnRgLCBmb3IgdGhlIHRlcm1zIHdpdGggdGhpcyBoYXNoLiBBbnN3ZXJzIHRoZSBzaGFyZXMuClRoZSBpbnZlc3RvciBzaWducyBhIHRyYW5zZmVyIG9mIGBtYXhfYW1vdW50YDsgd2hhdCBkb2VzIG5vdCBmaXQgY29tZXMgYmFjayBpbiB0aGUgc2FtZSBjYWxsLgAAAAALZnVuZF9lc2Nyb3cAAAAABQAAAAAAAAAIaW52ZXN0b3IAAAATAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAACm1heF9hbW91bnQAAAAAAAsAAAAAAAAACm1pbl9hbW91bnQAAAAAAAsAAAAAAAAACnRlcm1zX2hhc2gAAAAAA+4AAAAgAAAAAQAAAAs=", "AAAAAAAAAB9BIHJlY29yZGVkIHBheW1lbnQsIG9yIG5vdGhpbmcuAAAAAAtnZXRfcGF5bWVudAAAAAADAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAABXBheWVyAAAAAAAAEwAAAAAAAAAKcGF5bWVudF9pZAAAAAAD7gAAACAAAAABAAAD6AAAB9AAAAAHUGF5bWVudAA=", "AAAAAAAAAE5PcGVyYXRvcjogd2hldGhlciBgYWNjb3VudGAgaXMgdmVyaWZpZWQgdG8gc2VsbCwgb3IgdG8gaG9sZCByZXN0cmljdGVkIHNoYXJlcy4AAAAAAAtzZXRfYWxsb3dlZAAAAAACAAAAAAAAAAdhY2NvdW50AAAAABMAAAAAAAAAB2FsbG93ZWQAAAAAAQAAAAA=", "AAAAAAAAAB9UaGUgcHJvcG9zZWQgYWRtaW46IHRha2VzIG92ZXIuAAAAAAxhY2NlcHRfYWRtaW4AAAAAAAAAAA==", "AAAAAAAAAGBDYWxsZWQgb25jZSwgYXQgZGVwbG95bWVudC4gVGhlIGRpc3RyaWJ1dG9yJ3MgYWRkcmVzcyBpcyBjb21wdXRlZCBiZWZvcmUgZWl0aGVyIGNvbnRyYWN0IGV4aXN0cy4AAAANX19jb25zdHJ1Y3RvcgAAAAAAAAQAAAAAAAAABXJvbGVzAAAAAAAH0AAAAAVSb2xlcwAAAAAAAAAAAAAJYWRkcmVzc2VzAAAAAAAH0AAAAAlBZGRyZXNzZXMAAAAAAAAAAAAACnRva2VuX3dhc20AAAAAA+4AAAAgAAAAAAAAAARmZWVzAAAH0AAAAARGZWVzAAAAAA==", "AAAAAAAAAEVTZWxsZXIgd2hpbGUgbm9ib2R5IGhhcyBpbnZlc3RlZCwgb3IgYWRtaW4gd2hpbGUgdGhlIGludm9pY2UgaXMgb3Blbi4AAAAAAAANY2FuY2VsX2VzY3JvdwAAAAAAAAIAAAAAAAAAAmJ5AAAAAAATAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAA", "AAAAAAAAAHlTZWxsZXIgKG9uIHRoZSBhbGxvd2xpc3QpOiBsaXN0cyBhbiBpbnZvaWNlIHVuZGVyIHRoZSBzZWxsZXIncyBvd24gcmVmZXJlbmNlIGFuZCBkZXBsb3lzIGl0cyBzaGFyZSB0b2tlbi4gQW5zd2VycyB0aGUgaWQuAAAAAAAADWNyZWF0ZV9lc2Nyb3cAAAAAAAADAAAAAAAAAAZzZWxsZXIAAAAAABMAAAAAAAAACXJlZmVyZW5jZQAAAAAAA+4AAAAgAAAAAAAAAAV0ZXJtcwAAAAAAB9AAAAAFVGVybXMAAAAAAAABAAAD7gAAACA=", "AAAAAAAAADdBZG1pbjogbmFtZXMgYSBzdWNjZXNzb3IsIHdobyBoYXMgc2V2ZW4gZGF5cyB0byBhY2NlcHQuAAAAAA1wcm9wb3NlX2FkbWluAAAAAAAAAQAAAAAAAAAJY2FuZGlkYXRlAAAAAAAAEwAAAAA=", "AAAAAAAAAEdBbnlvbmU6IHBheXMgYG93bmVyYCB3aGF0IGNvdWxkIG5vdCBiZSBzZW50IGJlZm9yZS4gQW5zd2VycyB0aGUgYW1vdW50LgAAAAANd2l0aGRyYXdfb3dlZAAAAAAAAAIAAAAAAAAABW93bmVyAAAAAAAAEwAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAQAAAAs=", "AAAAAAAAAFpPcGVyYXRvciwgZGVidG9yIG9yIHNlbGxlcjogcGF5cyBgYW1vdW50YCB1bml0cy4gVGhlIHNhbWUgcGF5ZXIgY2FuIHVzZSBhIHBheW1lbnQgaWQgb25jZS4AAAAAAA5yZWNvcmRfcGF5bWVudAAAAAAABAAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAKcGF5bWVudF9pZAAAAAAD7gAAACAAAAABAAAH0AAAAAVTcGxpdAAAAA==", "AAAAAAAAAERBbnlvbmU6IHRoZSBkYXlzIG9mIGdyYWNlIGhhdmUgcGFzc2VkIGFuZCB0aGUgaG9sZGVycyBhcmUgbm90IHdob2xlLgAAAA9kZWNsYXJlX2RlZmF1bHQAAAAAAQAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAA==", "AAAABAAAACVFcnJvcnMgdGhhdCBldmVyeSBjb250cmFjdCBjYW4gcmFpc2UuAAAAAAAAAAAAAAtDb21tb25FcnJvcgAAAAADAAAAPlRoZSBhbW91bnQgbXVzdCBiZSBhdCBsZWFzdCBvbmUgdW5pdC4gRW50ZXIgYSBwb3NpdGl2ZSBhbW91bnQuAAAAAAARQW1vdW50Tm90UG9zaXRpdmUAAAAAAAOFAAAATVRoZSBudW1iZXJzIGFyZSB0b28gbGFyZ2UgdG8gY2FsY3VsYXRlIHdpdGguIFVzZSBhbiBhbW91bnQgdGhhdCBmaXRzIDYzIGJpdHMuAAAAAAAACE92ZXJmbG93AAADhgAAADJBbiBhbW91bnQgbWF5IG5vdCBiZSBuZWdhdGl2ZS4gRW50ZXIgemVybyBvciBtb3JlLgAAAAAADkFtb3VudE5lZ2F0aXZlAAAAAAOH"]),
      options
    );
  }

   static deploy<T = Client>(args: { roles: Roles; addresses: Addresses; token_wasm: Uint8Array; fees: Fees }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & { salt?: Uint8Array; address?: string; } & ({ wasmHash: Uint8Array | string; format?: "hex" | "base64"; externalRef?: never; } | { externalRef: ExternalExecutableRef; wasmHash?: never; format?: never; })): Promise<AssembledTransaction<T>> {
    return ContractClient.deploy(args, options);
  }
  public readonly fromJson = {
    owed : this.txFromJson<bigint>,  pause : this.txFromJson<void>,  quote : this.txFromJson<Split>,  attest : this.txFromJson<void>,  extend : this.txFromJson<number>,  payoff : this.txFromJson<bigint>,  refund : this.txFromJson<bigint>,  pay_off : this.txFromJson<Split>,  unpause : this.txFromJson<void>,  is_asset : this.txFromJson<boolean>,  may_hold : this.txFromJson<boolean>,  set_asset : this.txFromJson<void>,  get_config : this.txFromJson<Config>,  get_escrow : this.txFromJson<Escrow>,  get_status : this.txFromJson<Status>,  is_allowed : this.txFromJson<boolean>,  acknowledge : this.txFromJson<void>,  fund_escrow : this.txFromJson<bigint>,  get_payment : this.txFromJson<Payment | null>,  set_allowed : this.txFromJson<void>,  accept_admin : this.txFromJson<void>,  cancel_escrow : this.txFromJson<void>,  create_escrow : this.txFromJson<Uint8Array>,  propose_admin : this.txFromJson<void>,  withdraw_owed : this.txFromJson<bigint>,  record_payment : this.txFromJson<Split>,  declare_default : this.txFromJson<void>
  };

  /** @deprecated Use fromJson instead. */
  public readonly fromJSON = this.fromJson;

  /**
   * Parse a raw contract event (topics + data) into a typed {@link ContractEvent}.
   */
  parseEvent(topics: xdr.ScVal[] | string[], data: xdr.ScVal | string): ContractEvent | undefined {
    return this.spec.parseEvent(topics, data) as ContractEvent | undefined;
  }
  /**
   * Build a topics filter row for the "OwedChanged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  owedChangedEventFilter(topicValues?: { owner?: string | Address; asset?: string | Address }): string[] {
    return this.spec.eventTopicFilter("OwedChanged", topicValues);
  }
  /**
   * Build a topics filter row for the "AdminChanged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  adminChangedEventFilter(): string[] {
    return this.spec.eventTopicFilter("AdminChanged");
  }
  /**
   * Build a topics filter row for the "AssetAllowed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  assetAllowedEventFilter(topicValues?: { asset?: string | Address }): string[] {
    return this.spec.eventTopicFilter("AssetAllowed", topicValues);
  }
  /**
   * Build a topics filter row for the "PauseChanged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  pauseChangedEventFilter(topicValues?: { scope?: Scope }): string[] {
    return this.spec.eventTopicFilter("PauseChanged", topicValues);
  }
  /**
   * Build a topics filter row for the "AdminProposed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  adminProposedEventFilter(): string[] {
    return this.spec.eventTopicFilter("AdminProposed");
  }
  /**
   * Build a topics filter row for the "InvoiceFunded" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceFundedEventFilter(topicValues?: { invoice_id?: Uint8Array; investor?: string | Address }): string[] {
    return this.spec.eventTopicFilter("InvoiceFunded", topicValues);
  }
  /**
   * Build a topics filter row for the "AccountAllowed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  accountAllowedEventFilter(topicValues?: { account?: string | Address }): string[] {
    return this.spec.eventTopicFilter("AccountAllowed", topicValues);
  }
  /**
   * Build a topics filter row for the "InvoiceCreated" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceCreatedEventFilter(topicValues?: { invoice_id?: Uint8Array; seller?: string | Address }): string[] {
    return this.spec.eventTopicFilter("InvoiceCreated", topicValues);
  }
  /**
   * Build a topics filter row for the "InvoiceSettled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceSettledEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("InvoiceSettled", topicValues);
  }
  /**
   * Build a topics filter row for the "InvoiceAttested" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceAttestedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("InvoiceAttested", topicValues);
  }
  /**
   * Build a topics filter row for the "InvoiceRefunded" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceRefundedEventFilter(topicValues?: { invoice_id?: Uint8Array; holder?: string | Address }): string[] {
    return this.spec.eventTopicFilter("InvoiceRefunded", topicValues);
  }
  /**
   * Build a topics filter row for the "InvoiceReleased" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceReleasedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("InvoiceReleased", topicValues);
  }
  /**
   * Build a topics filter row for the "PaymentRecorded" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  paymentRecordedEventFilter(topicValues?: { invoice_id?: Uint8Array; payer?: string | Address }): string[] {
    return this.spec.eventTopicFilter("PaymentRecorded", topicValues);
  }
  /**
   * Build a topics filter row for the "InvoiceCancelled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceCancelledEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("InvoiceCancelled", topicValues);
  }
  /**
   * Build a topics filter row for the "InvoiceDefaulted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceDefaultedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("InvoiceDefaulted", topicValues);
  }
  /**
   * Build a topics filter row for the "EscrowConstructed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  escrowConstructedEventFilter(): string[] {
    return this.spec.eventTopicFilter("EscrowConstructed");
  }
  /**
   * Build a topics filter row for the "InvoiceAcknowledged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceAcknowledgedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("InvoiceAcknowledged", topicValues);
  }
}