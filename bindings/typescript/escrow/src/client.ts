import {Scope, Split, Operation, Payable, Config, Escrow, Status, Payment, Roles, Addresses, Fees, Terms, Outcome, ContractEvent} from './types.js';
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
   * Admin: carries out a change whose waiting time is over.
   */
  execute(args: { operation: Operation }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Operator, debtor or seller: makes the holders whole now, for at most `max` units; what is not needed comes back.
   */
  pay_off(args: { payer: string | Address; id: Uint8Array; max: bigint; payment_id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Split>>;
  /**
   * What a payment by the debtor's side may be now.
   */
  payable(args: { id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Payable>>;
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
   * Admin: announces a change, which can be executed after two days and within two weeks. Answers its id.
   */
  schedule(args: { operation: Operation }, options?: MethodOptions): Promise<AssembledTransaction<Uint8Array>>;
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
   * Operator and debtor together: the debtor owes `reduction` units less.
   */
  reduce_face(args: { id: Uint8Array; reduction: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Operator: whether `account` is verified to sell, or to hold restricted shares.
   */
  set_allowed(args: { account: string | Address; allowed: boolean }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Admin: takes an announced change back.
   */
  withdraw_op(args: { operation: Operation }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * The proposed admin: takes over.
   */
  accept_admin(options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Debtor or operator: objects, for a reason whose salted hash is kept. Lapses by itself; 60 days in all per invoice.
   */
  open_dispute(args: { by: string | Address; id: Uint8Array; reason: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Seller, or operator for the seller: brings in what the seller owes the holders. All of it is for them.
   */
  pay_recourse(args: { payer: string | Address; id: Uint8Array; amount: bigint; payment_id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Split>>;
  /**
   * Units that the seller may bring in at `at` through `pay_recourse`.
   */
  recourse_due(args: { id: Uint8Array; at: bigint }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Seller while nobody has invested, or admin while the invoice is open.
   */
  cancel_escrow(args: { by: string | Address; id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Seller (on the allowlist): lists an invoice under the seller's own reference and deploys its share token. Answers the id.
   */
  create_escrow(args: { seller: string | Address; reference: Uint8Array; terms: Terms }, options?: MethodOptions): Promise<AssembledTransaction<Uint8Array>>;
  /**
   * When a scheduled operation can be executed, or nothing.
   */
  get_operation(args: { operation_id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<bigint | null>>;
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
  /**
   * Resolver: ends a dispute that is open; an upheld one lowers what the debtor owes.
   */
  resolve_dispute(args: { id: Uint8Array; outcome: Outcome }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
}

export class Client extends ContractClient {
  constructor(public readonly options: ContractClientOptions) {
    super(
      new Spec(["AAAAAQAAAAAAAAAAAAAABEZlZXMAAAACAAAAAAAAAA9vcmlnaW5hdGlvbl9icHMAAAAABAAAAAAAAAAKcHJvZml0X2JwcwAAAAAABA==", "AAAAAQAAAAAAAAAAAAAABU1vbmV5AAAAAAAADgAAAAAAAAANY2hlY2twb2ludF9hdAAAAAAAAAYAAAAAAAAADGRpc3B1dGVfZnJvbQAAAAYAAAAAAAAADWRpc3B1dGVfdW50aWwAAAAAAAAGAAAAAAAAAAxkaXNwdXRlX3VzZWQAAAAGAAAAAAAAABBkaXNwdXRlZF9zZWNvbmRzAAAABgAAAAAAAAAGZWFybmVkAAAAAAALAAAAAAAAAARmYWNlAAAACwAAAAAAAAAJZmVlX3Rha2VuAAAAAAAACwAAAAAAAAAJZnVuZGVkX2F0AAAAAAAABgAAAAAAAAANaG9sZGVyc19ncm9zcwAAAAAAAAsAAAAAAAAABGxhdGUAAAALAAAAAAAAABFsYXRlX2RheXNfY2hhcmdlZAAAAAAAAAQAAAAAAAAACHJlY2VpdmVkAAAACwAAAAAAAAANcmVjb3Vyc2VfcGFpZAAAAAAAAAs=", "AAAAAQAAAAAAAAAAAAAABVJvbGVzAAAAAAAABQAAAAAAAAAFYWRtaW4AAAAAAAATAAAAAAAAAAhvcGVyYXRvcgAAABMAAAAAAAAABnBhdXNlcgAAAAAAEwAAAAAAAAAIcmVzb2x2ZXIAAAATAAAAAAAAAAh0cmVhc3VyeQAAABM=", "AAAAAwAAAAAAAAAAAAAABVNjb3BlAAAAAAAAAgAAAAAAAAAGQ3JlYXRlAAAAAAAAAAAAAAAAAARGdW5kAAAAAQ==", "AAAAAQAAAAAAAAAAAAAABVNwbGl0AAAAAAAABgAAAAAAAAAFY2xhaW0AAAAAAAALAAAAAAAAAANmZWUAAAAACwAAAAAAAAANaG9sZGVyc19ncm9zcwAAAAAAAAsAAAAAAAAAB3NldHRsZXMAAAAAAQAAAAAAAAAKdG9faG9sZGVycwAAAAAACwAAAAAAAAAJdG9fc2VsbGVyAAAAAAAACw==", "AAAAAQAAAAAAAAAAAAAABVRlcm1zAAAAAAAAEgAAAAAAAAAHYWNjcnVhbAAAAAfQAAAAB0FjY3J1YWwAAAAAAAAAAAdhZHZhbmNlAAAAAAsAAAAAAAAABWFzc2V0AAAAAAAAEwAAAAAAAAAFY2xhaW0AAAAAAAALAAAAAAAAAAhkb2N1bWVudAAAA+4AAAAgAAAAAAAAAANkdWUAAAAABgAAAAAAAAAEZmFjZQAAAAsAAAAAAAAAEGZ1bmRpbmdfZGVhZGxpbmUAAAAGAAAAAAAAAApncmFjZV9kYXlzAAAAAAAEAAAAAAAAABBsYXRlX2Jwc19wZXJfZGF5AAAABAAAAAAAAAANbGF0ZV9kYXlzX21heAAAAAAAAAQAAAAAAAAAD21pbl9lYXJuZWRfZGF5cwAAAAAEAAAAAAAAAAttaW5fcGF5bWVudAAAAAALAAAAAAAAAAptaW5fdGlja2V0AAAAAAALAAAAAAAAABNvcmlnaW5hdGlvbl9mZWVfYnBzAAAAAAQAAAAAAAAADnByb2ZpdF9mZWVfYnBzAAAAAAAEAAAAAAAAAAhyZWNvdXJzZQAAAAEAAAAAAAAACnJlc3RyaWN0ZWQAAAAAAAE=", "AAAAAQAAAAAAAAAAAAAABkNvbmZpZwAAAAAACAAAAAAAAAAJYWRkcmVzc2VzAAAAAAAH0AAAAAlBZGRyZXNzZXMAAAAAAAAAAAAAD2FkbWluX2NhbmRpZGF0ZQAAAAPoAAAAEwAAAAAAAAAOYWRtaW5fZGVhZGxpbmUAAAAAAAYAAAAAAAAADWNyZWF0ZV9wYXVzZWQAAAAAAAABAAAAAAAAAARmZWVzAAAH0AAAAARGZWVzAAAAAAAAAAtmdW5kX3BhdXNlZAAAAAABAAAAAAAAAAVyb2xlcwAAAAAAB9AAAAAFUm9sZXMAAAAAAAAAAAAACnRva2VuX3dhc20AAAAAA+4AAAAg", "AAAAAQAAAAAAAAAAAAAABkVzY3JvdwAAAAAADgAAAAAAAAAPYWNrbm93bGVkZ2VkX2F0AAAAA+gAAAAGAAAAAAAAAAZkZWJ0b3IAAAAAA+gAAAATAAAAAAAAAApkZWJ0b3Jfa2V5AAAAAAPoAAAD7gAAACAAAAAAAAAAC2ZpbmdlcnByaW50AAAAA+gAAAPuAAAAIAAAAAAAAAAGZnVuZGVkAAAAAAALAAAAAAAAAAVtb25leQAAAAAAB9AAAAAFTW9uZXkAAAAAAAAAAAAACXJlZmVyZW5jZQAAAAAAA+4AAAAgAAAAAAAAAAhyZWZ1bmRlZAAAAAsAAAAAAAAABnNlbGxlcgAAAAAAEwAAAAAAAAAGc3RhdHVzAAAAAAfQAAAABlN0YXR1cwAAAAAAAAAAAAV0ZXJtcwAAAAAAB9AAAAAFVGVybXMAAAAAAAAAAAAACnRlcm1zX2hhc2gAAAAAA+4AAAAgAAAAAAAAAAV0b2tlbgAAAAAAABMAAAAAAAAACHRyZWFzdXJ5AAAAEw==", "AAAAAwAAAAAAAAAAAAAABlN0YXR1cwAAAAAABgAAAAAAAAAET3BlbgAAAAAAAAAAAAAABkZ1bmRlZAAAAAAAAQAAAAAAAAAHU2V0dGxlZAAAAAACAAAAAAAAAAlDYW5jZWxsZWQAAAAAAAADAAAAAAAAAAdFeHBpcmVkAAAAAAQAAAAAAAAACURlZmF1bHRlZAAAAAAAAAU=", "AAAAAwAAAAAAAAAAAAAAB0FjY3J1YWwAAAAAAgAAAAAAAAAERmxhdAAAAAAAAAAAAAAABkxpbmVhcgAAAAAAAQ==", "AAAAAgAAAAAAAAAAAAAAB091dGNvbWUAAAAAAgAAAAAAAAAAAAAACFJlamVjdGVkAAAAAQAAAAAAAAAGVXBoZWxkAAAAAAABAAAACw==", "AAAAAQAAAHxXaGF0IG9uZSBwYXltZW50IG1heSBiZTogdGhlIGFzc2V0LCB0aGUgbGVhc3QgKGJ1dCBmb3IgdGhlIHdob2xlIHJlc3QpLCB0aGUgbW9zdCwgYW5kIHdoZXRoZXIgbm9uZSB3aWxsIGV2ZXIgYmUgdGFrZW4gYWdhaW4uAAAAAAAAAAdQYXlhYmxlAAAAAAQAAAAAAAAAATAAAAAAAAATAAAAAAAAAAExAAAAAAAACwAAAAAAAAABMgAAAAAAAAsAAAAAAAAAATMAAAAAAAAB", "AAAAAQAAAAAAAAAAAAAAB1BheW1lbnQAAAAABQAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAAJhdAAAAAAABgAAAAAAAAADZmVlAAAAAAsAAAAAAAAACnRvX2hvbGRlcnMAAAAAAAsAAAAAAAAACXRvX3NlbGxlcgAAAAAAAAs=", "AAAAAQAAAAAAAAAAAAAACUFkZHJlc3NlcwAAAAAAAAMAAAAAAAAAC2Rpc3RyaWJ1dG9yAAAAABMAAAAAAAAACHJlZ2lzdHJ5AAAD6AAAABMAAAAAAAAABnN0cmVhbQAAAAAD6AAAABM=", "AAAAAgAAAAAAAAAAAAAACU9wZXJhdGlvbgAAAAAAAAQAAAABAAAAAAAAAAdVcGdyYWRlAAAAAAEAAAPuAAAAIAAAAAEAAAAAAAAAB1NldEZlZXMAAAAAAQAAB9AAAAAERmVlcwAAAAEAAAAAAAAACFNldFJvbGVzAAAAAQAAB9AAAAAFUm9sZXMAAAAAAAABAAAAAAAAAAxTZXRUb2tlbldhc20AAAABAAAD7gAAACA=", "AAAABAAAAAAAAAAAAAAAC0VzY3Jvd0Vycm9yAAAAADoAAAAvVGhlcmUgaXMgbm8gaW52b2ljZSB3aXRoIHRoaXMgaWQuIENoZWNrIHRoZSBpZC4AAAAADlVua25vd25JbnZvaWNlAAAAAABlAAAAU1RoZSBzZWxsZXIgaGFzIGFscmVhZHkgbGlzdGVkIGFuIGludm9pY2UgdW5kZXIgdGhpcyByZWZlcmVuY2UuIFVzZSBhIG5ldyByZWZlcmVuY2UuAAAAAA1BbHJlYWR5RXhpc3RzAAAAAAAAZgAAAElUd28gcm9sZXMgdGhhdCBtdXN0IGJlIHNlcGFyYXRlIGhhdmUgdGhlIHNhbWUgYWRkcmVzcy4gR2l2ZSBlYWNoIGl0cyBvd24uAAAAAAAADVJvbGVzQ29pbmNpZGUAAAAAAABnAAAAQlRoaXMgYWNjb3VudCBpcyBub3QgYXBwcm92ZWQgeWV0LiBDb21wbGV0ZSB0aGUgdmVyaWZpY2F0aW9uIGZpcnN0LgAAAAAADk5vdEFsbG93bGlzdGVkAAAAAABoAAAAS1RoaXMgYXNzZXQgaXMgbm90IGFjY2VwdGVkLiBDaG9vc2Ugb25lIG9mIHRoZSBwbGF0Zm9ybSdzIHNldHRsZW1lbnQgYXNzZXRzLgAAAAAPQXNzZXROb3RBbGxvd2VkAAAAAGkAAABFVGhlIGZlZXMgaGF2ZSBjaGFuZ2VkIHNpbmNlIHRoZSB0ZXJtcyB3ZXJlIG1hZGUuIEFzayBmb3IgYSBuZXcgcXVvdGUuAAAAAAAACkZlZUNoYW5nZWQAAAAAAGoAAABNVGhlIGFkdmFuY2UgbXVzdCBiZSBhdCBsZWFzdCBvbmUgdW5pdCBhbmQgZml0IDYzIGJpdHMuIENob29zZSBhbm90aGVyIGFtb3VudC4AAAAAAAASQWR2YW5jZU91dE9mQm91bmRzAAAAAABrAAAAVVRoZSBjbGFpbSBtdXN0IGJlIGF0IGxlYXN0IHRoZSBhZHZhbmNlIGFuZCBhdCBtb3N0IHRoZSBmYWNlIHZhbHVlLiBDb3JyZWN0IHRoZSB0ZXJtcy4AAAAAAAAQQ2xhaW1PdXRPZkJvdW5kcwAAAGwAAABNVGhlIGZhY2UgdmFsdWUgbXVzdCBiZSBhdCBsZWFzdCB0aGUgY2xhaW0gYW5kIGZpdCA2MyBiaXRzLiBDb3JyZWN0IHRoZSB0ZXJtcy4AAAAAAAAPRmFjZU91dE9mQm91bmRzAAAAAG0AAABYVGhlIGZ1bmRpbmcgZGVhZGxpbmUgbXVzdCBsaWUgaW4gdGhlIGZ1dHVyZSwgYXQgbW9zdCA5MCBkYXlzIGFoZWFkLiBDaG9vc2UgYW5vdGhlciBkYXRlLgAAABpGdW5kaW5nRGVhZGxpbmVPdXRPZkJvdW5kcwAAAAAAbgAAAHBUaGUgZHVlIGRhdGUgbXVzdCBiZSBhdCBsZWFzdCBhIGRheSBhZnRlciB0aGUgZnVuZGluZyBkZWFkbGluZSBhbmQgYXQgbW9zdCB0d28geWVhcnMgYWhlYWQuIENob29zZSBhbm90aGVyIGRhdGUuAAAADkR1ZU91dE9mQm91bmRzAAAAAABvAAAAOVRoZSBtaW5pbXVtIGVhcm5lZCBkYXlzIG1heSBiZSBhdCBtb3N0IDczMC4gQ2hvb3NlIGZld2VyLgAAAAAAABhNaW5FYXJuZWREYXlzT3V0T2ZCb3VuZHMAAABwAAAAVkxhdGUgY2hhcmdlcyBtYXkgYmUgYXQgbW9zdCAxMDAgYmFzaXMgcG9pbnRzIGEgZGF5LCBmb3IgYXQgbW9zdCAzNjUgZGF5cy4gQ2hvb3NlIGxlc3MuAAAAAAAUTGF0ZVRlcm1zT3V0T2ZCb3VuZHMAAABxAAAAMlRoZSBkYXlzIG9mIGdyYWNlIG1heSBiZSBhdCBtb3N0IDkwLiBDaG9vc2UgZmV3ZXIuAAAAAAAQR3JhY2VPdXRPZkJvdW5kcwAAAHIAAABYVGhlIHNtYWxsZXN0IGludmVzdG1lbnQgbXVzdCBiZSBiZXR3ZWVuIG9uZSB1bml0IGFuZCB0aGUgYWR2YW5jZS4gQ2hvb3NlIGFub3RoZXIgYW1vdW50LgAAABRNaW5UaWNrZXRPdXRPZkJvdW5kcwAAAHMAAABYVGhlIHNtYWxsZXN0IHBheW1lbnQgbXVzdCBiZSBiZXR3ZWVuIG9uZSB1bml0IGFuZCB0aGUgZmFjZSB2YWx1ZS4gQ2hvb3NlIGFub3RoZXIgYW1vdW50LgAAABVNaW5QYXltZW50T3V0T2ZCb3VuZHMAAAAAAAB0AAAAaU5ldyBpbnZvaWNlcyBvciBuZXcgZnVuZGluZyBhcmUgcGF1c2VkIGZvciBub3cuIFRyeSBhZ2FpbiBsYXRlcjsgcGF5bWVudHMsIHJlZnVuZHMgYW5kIGNsYWltcyBzdGlsbCB3b3JrLgAAAAAAAAZQYXVzZWQAAAAAAHUAAABHVGhlIGludm9pY2UgaXMgbm8gbG9uZ2VyIG9wZW4uIExvb2sgYXQgaXRzIHN0YXR1cyBmb3Igd2hhdCBjYW4gYmUgZG9uZS4AAAAAB05vdE9wZW4AAAAAdgAAAERUaGUgZnVuZGluZyBkZWFkbGluZSBoYXMgcGFzc2VkLiBUYWtlIGEgcmVmdW5kIGlmIHlvdSBoYXZlIGludmVzdGVkLgAAAA1GdW5kaW5nQ2xvc2VkAAAAAAAAdwAAAFhUaGUgZGVidG9yIG9mIHRoaXMgaW52b2ljZSBpcyBub3QgdmVyaWZpZWQgeWV0LiBXYWl0IHVudGlsIHRoZSBwbGF0Zm9ybSBoYXMgYXR0ZXN0ZWQgaXQuAAAAC05vdEF0dGVzdGVkAAAAAHgAAABJVGhlIGRlYnRvciBvZiB0aGlzIGludm9pY2UgaXMgYXR0ZXN0ZWQgYWxyZWFkeS4gTm90aGluZyBuZWVkcyB0byBiZSBkb25lLgAAAAAAAA9BbHJlYWR5QXR0ZXN0ZWQAAAAAeQAAAEtUaGUgZGVidG9yIGhhcyBhY2tub3dsZWRnZWQgdGhpcyBpbnZvaWNlIGFscmVhZHkuIE5vdGhpbmcgbmVlZHMgdG8gYmUgZG9uZS4AAAAAE0FscmVhZHlBY2tub3dsZWRnZWQAAAAAegAAAFNUaGUgc2VsbGVyIGFuZCB0aGUgZGVidG9yIGNhbm5vdCBpbnZlc3QgaW4gdGhlaXIgb3duIGludm9pY2UuIFVzZSBhbm90aGVyIGludmVzdG9yLgAAAAARUGFydHlDYW5ub3RJbnZlc3QAAAAAAAB7AAAAWlRoZSBpbnZvaWNlJ3MgdGVybXMgYXJlIG5vdCB0aGUgb25lcyB5b3UgYWdyZWVkIHRvLiBSZWFkIHRoZSB0ZXJtcyBhZ2FpbiBhbmQgY29uZmlybSB0aGVtLgAAAAAAC1Rlcm1zRGlmZmVyAAAAAHwAAABdVGhlIGFtb3VudCBpcyBiZWxvdyB0aGUgc21hbGxlc3QgaW52ZXN0bWVudCBmb3IgdGhpcyBpbnZvaWNlLiBJbnZlc3QgbW9yZSwgb3IgdGhlIHdob2xlIHJlc3QuAAAAAAAADkJlbG93TWluVGlja2V0AAAAAAB9AAAASkxlc3MgaXMgbGVmdCB0byBpbnZlc3QgdGhhbiB0aGUgbWluaW11bSB5b3UgYXNrZWQgZm9yLiBMb3dlciB5b3VyIG1pbmltdW0uAAAAAAAOQmVsb3dNaW5BbW91bnQAAAAAAH4AAABGT25seSB0aGUgc2VsbGVyIG9yIHRoZSBhZG1pbiBjYW4gY2FuY2VsIHRoaXMgaW52b2ljZS4gQXNrIG9uZSBvZiB0aGVtLgAAAAAAEE5vdFNlbGxlck9yQWRtaW4AAAB/AAAAa0ludmVzdG9ycyBoYXZlIHB1dCBtb25leSBpbiwgc28gdGhlIHNlbGxlciBjYW5ub3QgY2FuY2VsIGFueSBtb3JlLiBBc2sgdGhlIGFkbWluLCBvciB3YWl0IGZvciB0aGUgZGVhZGxpbmUuAAAAAA1BbHJlYWR5RnVuZGVkAAAAAAAAgAAAAEZUaGlzIGhvbGRlciBoYXMgbm90aGluZyB0byBiZSByZWZ1bmRlZC4gSXQgbWF5IGhhdmUgYmVlbiBwYWlkIGFscmVhZHkuAAAAAAAPTm90aGluZ1RvUmVmdW5kAAAAAIEAAABGUmVmdW5kcyBzdGFydCB3aGVuIHRoZSBpbnZvaWNlIGlzIGNhbmNlbGxlZCBvciBleHBpcmVzLiBXYWl0IGZvciB0aGF0LgAAAAAADU5vdFJlZnVuZGFibGUAAAAAAACCAAAAUlRoZSBpbnZvaWNlIGRvZXMgbm90IHRha2UgcGF5bWVudHMgaW4gaXRzIHByZXNlbnQgc3RhdHVzLiBJdCBtdXN0IGJlIGZ1bmRlZCBmaXJzdC4AAAAAAApOb3RQYXlhYmxlAAAAAACDAAAAdk9ubHkgdGhlIHBsYXRmb3JtJ3Mgb3BlcmF0b3IsIHRoZSBkZWJ0b3IsIHRoZSBzZWxsZXIgb3IgYSBzdHJlYW0gY2FuIHBheSB0aGlzIGludm9pY2UuIFBheSBmcm9tIG9uZSBvZiB0aGVpciBhY2NvdW50cy4AAAAAAA9QYXllck5vdEFsbG93ZWQAAAAAhAAAAFxUaGlzIHBheW1lbnQgaXMgcmVjb3JkZWQgYWxyZWFkeS4gTm90aGluZyB3YXMgbW92ZWQ7IHVzZSBhIG5ldyBwYXltZW50IGlkIGZvciBhIG5ldyBwYXltZW50LgAAAA9BbHJlYWR5UmVjb3JkZWQAAAAAhQAAAFdUaGUgYW1vdW50IGlzIGJlbG93IHRoZSBzbWFsbGVzdCBwYXltZW50IGZvciB0aGlzIGludm9pY2UuIFBheSBtb3JlLCBvciB0aGUgd2hvbGUgcmVzdC4AAAAAD0JlbG93TWluUGF5bWVudAAAAACGAAAAT1RoZSBhbW91bnQgaXMgbW9yZSB0aGFuIHdoYXQgaXMgc3RpbGwgb3dlZC4gUGF5IGF0IG1vc3QgdGhlIG91dHN0YW5kaW5nIGFtb3VudC4AAAAAEkV4Y2VlZHNPdXRzdGFuZGluZwAAAAAAhwAAAE1QYXlpbmcgb2ZmIG5vdyBjb3N0cyBtb3JlIHRoYW4geW91ciBtYXhpbXVtLiBBc2sgZm9yIHRoZSBwYXlvZmYgYW1vdW50IGFnYWluLgAAAAAAAA5QYXlvZmZBYm92ZU1heAAAAAAAiAAAAENUaGUgaG9sZGVycyBhcmUgcGFpZCBpbiBmdWxsIGFscmVhZHkuIE5vdGhpbmcgbmVlZHMgdG8gYmUgcGFpZCBvZmYuAAAAAA9Ob3RoaW5nVG9QYXlPZmYAAAAAiQAAAEVUaGUgZGF5cyBvZiBncmFjZSBhcmUgbm90IG92ZXIuIEEgZGVmYXVsdCBjYW4gYmUgZGVjbGFyZWQgYWZ0ZXJ3YXJkcy4AAAAAAAAMR3JhY2VOb3RPdmVyAAAAigAAAE9UaGUgaW52b2ljZSBjYW5ub3QgZGVmYXVsdCBpbiBpdHMgcHJlc2VudCBzdGF0dXMuIEl0IG11c3QgYmUgZnVuZGVkIGFuZCB1bnBhaWQuAAAAAA5Ob3REZWZhdWx0YWJsZQAAAAAAiwAAAE1Ob3RoaW5nIGlzIG93ZWQgdG8gdGhpcyBhY2NvdW50IGluIHRoaXMgYXNzZXQuIEl0IG1heSBoYXZlIGJlZW4gcGFpZCBhbHJlYWR5LgAAAAAAAAtOb3RoaW5nT3dlZAAAAACMAAAAQ05vIG5ldyBhZG1pbiBpcyBwcm9wb3NlZC4gVGhlIHByZXNlbnQgYWRtaW4gbXVzdCBwcm9wb3NlIG9uZSBmaXJzdC4AAAAAD05vQWRtaW5Qcm9wb3NlZAAAAACNAAAATVRoZSBwcm9wb3NhbCBvZiBhIG5ldyBhZG1pbiBoYXMgbGFwc2VkLiBUaGUgcHJlc2VudCBhZG1pbiBtdXN0IHByb3Bvc2UgYWdhaW4uAAAAAAAAE0FkbWluUHJvcG9zYWxMYXBzZWQAAAAAjgAAAEdUaGUgbW9tZW50IGFza2VkIGZvciBsaWVzIGJlZm9yZSB0aGUgbGFzdCBwYXltZW50LiBBc2sgZm9yIGEgbGF0ZXIgb25lLgAAAAAUVGltZUJlZm9yZUNoZWNrcG9pbnQAAACPAAAAV0EgY29udHJhY3Qgb2YgdGhlIHBsYXRmb3JtIGNhbm5vdCBiZSBhIHBhcnR5IGhlcmUuIFVzZSBhIHBlcnNvbidzIG9yIGNvbXBhbnkncyBhZGRyZXNzLgAAAAANU3lzdGVtQWRkcmVzcwAAAAAAAJAAAABIVGhlIGRlYnRvciBjYW5ub3QgYmUgdGhlIHNlbGxlci4gTmFtZSB0aGUgY3VzdG9tZXIgd2hvIG93ZXMgdGhlIGludm9pY2UuAAAADkRlYnRvcklzU2VsbGVyAAAAAACRAAAAPUEgZmVlIG1heSBiZSBhdCBtb3N0IDEwLDAwMCBiYXNpcyBwb2ludHMuIENob29zZSBhIGxvd2VyIGZlZS4AAAAAAAAORmVlT3V0T2ZCb3VuZHMAAAAAAJIAAAA3VGhlIGxpc3QgaXMgdG9vIGxvbmcuIFNlbmQgYXQgbW9zdCAyMCBpbnZvaWNlcyBhdCBvbmNlLgAAAAAPVG9vTWFueUludm9pY2VzAAAAAJMAAAA7QSBkaXNwdXRlIGlzIG9wZW4uIFdhaXQgdW50aWwgaXQgaXMgcmVzb2x2ZWQgb3IgaGFzIGxhcHNlZC4AAAAAC0Rpc3B1dGVPcGVuAAAAAJQAAAAyTm8gZGlzcHV0ZSBpcyBvcGVuLiBJdCB3YXMgcmVzb2x2ZWQgb3IgaGFzIGxhcHNlZC4AAAAAAAlOb0Rpc3B1dGUAAAAAAACVAAAAW1RoZSA2MCBkYXlzIG9mIGRpc3B1dGUgdGhhdCBhbiBpbnZvaWNlIGNhbiBoYXZlIGFyZSB1c2VkIHVwLiBUaGUgaW52b2ljZSBnb2VzIG9uIGFzIGFncmVlZC4AAAAAEURpc3B1dGVzRXhoYXVzdGVkAAAAAAAAlgAAAE9Pbmx5IGEgZnVuZGVkIGludm9pY2UgY2FuIGJlIGRpc3B1dGVkLiBMb29rIGF0IGl0cyBzdGF0dXMgZm9yIHdoYXQgY2FuIGJlIGRvbmUuAAAAAA1Ob3REaXNwdXRhYmxlAAAAAAAAlwAAAE9Pbmx5IHRoZSBkZWJ0b3Igb3IgdGhlIHBsYXRmb3JtJ3Mgb3BlcmF0b3IgY2FuIG9wZW4gYSBkaXNwdXRlLiBBc2sgb25lIG9mIHRoZW0uAAAAABNOb3REZWJ0b3JPck9wZXJhdG9yAAAAAJgAAABZVGhlIGFtb3VudCBpcyBtb3JlIHRoYW4gdGhlIHNlbGxlciBoYXMgdG8gYnJpbmcgaW4uIFBheSBhdCBtb3N0IHRoZSByZWNvdXJzZSB0aGF0IGlzIGR1ZS4AAAAAAAAPRXhjZWVkc1JlY291cnNlAAAAAJkAAAAwVGhpcyBjaGFuZ2UgaXMgbm90IHNjaGVkdWxlZC4gU2NoZWR1bGUgaXQgZmlyc3QuAAAADE5vdFNjaGVkdWxlZAAAAJoAAAA5VGhpcyBjaGFuZ2UgaXMgc2NoZWR1bGVkIGFscmVhZHkuIFdhaXQgdW50aWwgaXQgaXMgcmVhZHkuAAAAAAAAEEFscmVhZHlTY2hlZHVsZWQAAACbAAAAWVRoZSB0d28gZGF5cyBpbiB3aGljaCBldmVyeWJvZHkgY2FuIHNlZSB0aGUgY2hhbmdlIGNvbWluZyBhcmUgbm90IG92ZXIuIEV4ZWN1dGUgaXQgbGF0ZXIuAAAAAAAACE5vdFJlYWR5AAAAnAAAADdUaGUgY2hhbmdlIHdhcyBub3QgZXhlY3V0ZWQgaW4gdGltZS4gU2NoZWR1bGUgaXQgYWdhaW4uAAAAAA9PcGVyYXRpb25MYXBzZWQAAAAAnQAAAFhUaGUgYWRtaW4gaXMgY2hhbmdlZCBieSBhIHByb3Bvc2FsIHRoYXQgdGhlIG5ldyBhZG1pbiBhY2NlcHRzLiBMZWF2ZSB0aGUgYWRtaW4gYXMgaXQgaXMuAAAAD0FkbWluQnlQcm9wb3NhbAAAAACe", "AAAABQAAAAAAAAAAAAAAC0ZhY2VSZWR1Y2VkAAAAAAEAAAAMZmFjZV9yZWR1Y2VkAAAABgAAAAAAAAAKaW52b2ljZV9pZAAAAAAD7gAAACAAAAABAAAAAAAAAAlyZWR1Y3Rpb24AAAAAAAALAAAAAAAAAAAAAAALZmFjZV9iZWZvcmUAAAAACwAAAAAAAAAAAAAACmZhY2VfYWZ0ZXIAAAAAAAsAAAAAAAAAAAAAAAlzaG9ydGZhbGwAAAAAAAALAAAAAAAAAAAAAAACYXQAAAAAAAYAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAC093ZWRDaGFuZ2VkAAAAAAEAAAAMb3dlZF9jaGFuZ2VkAAAABAAAAAAAAAAFb3duZXIAAAAAAAATAAAAAQAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAQAAAAAAAAAGYmVmb3JlAAAAAAALAAAAAAAAAAAAAAAFYWZ0ZXIAAAAAAAALAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADEFkbWluQ2hhbmdlZAAAAAEAAAANYWRtaW5fY2hhbmdlZAAAAAAAAAIAAAAAAAAABmJlZm9yZQAAAAAAEwAAAAAAAAAAAAAABWFmdGVyAAAAAAAAEwAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAADEFzc2V0QWxsb3dlZAAAAAEAAAANYXNzZXRfYWxsb3dlZAAAAAAAAAMAAAAAAAAABWFzc2V0AAAAAAAAEwAAAAEAAAAAAAAADmFsbG93ZWRfYmVmb3JlAAAAAAABAAAAAAAAAAAAAAAHYWxsb3dlZAAAAAABAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADFBhdXNlQ2hhbmdlZAAAAAEAAAANcGF1c2VfY2hhbmdlZAAAAAAAAAMAAAAAAAAABXNjb3BlAAAAAAAH0AAAAAVTY29wZQAAAAAAAAEAAAAAAAAADXBhdXNlZF9iZWZvcmUAAAAAAAABAAAAAAAAAAAAAAAGcGF1c2VkAAAAAAABAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADUFkbWluUHJvcG9zZWQAAAAAAAABAAAADmFkbWluX3Byb3Bvc2VkAAAAAAADAAAAAAAAAAVhZG1pbgAAAAAAABMAAAAAAAAAAAAAAAljYW5kaWRhdGUAAAAAAAATAAAAAAAAAAAAAAAIZGVhZGxpbmUAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADURpc3B1dGVPcGVuZWQAAAAAAAABAAAADmRpc3B1dGVfb3BlbmVkAAAAAAAFAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAAAmJ5AAAAAAATAAAAAAAAAAAAAAAGcmVhc29uAAAAAAPuAAAAIAAAAAAAAAAAAAAACW9wZW5lZF9hdAAAAAAAAAYAAAAAAAAAAAAAAAlsYXBzZXNfYXQAAAAAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADUludm9pY2VGdW5kZWQAAAAAAAABAAAADmludm9pY2VfZnVuZGVkAAAAAAAGAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAACGludmVzdG9yAAAAEwAAAAEAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAAAAAADWZ1bmRlZF9iZWZvcmUAAAAAAAALAAAAAAAAAAAAAAAMZnVuZGVkX2FmdGVyAAAACwAAAAAAAAAAAAAAB2FkdmFuY2UAAAAACwAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAADkFjY291bnRBbGxvd2VkAAAAAAABAAAAD2FjY291bnRfYWxsb3dlZAAAAAADAAAAAAAAAAdhY2NvdW50AAAAABMAAAABAAAAAAAAAA5hbGxvd2VkX2JlZm9yZQAAAAAAAQAAAAAAAAAAAAAAB2FsbG93ZWQAAAAAAQAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAADkludm9pY2VDcmVhdGVkAAAAAAABAAAAD2ludm9pY2VfY3JlYXRlZAAAAAAHAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABnNlbGxlcgAAAAAAEwAAAAEAAAAAAAAACXJlZmVyZW5jZQAAAAAAA+4AAAAgAAAAAAAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAAAAAAAAAAAIdHJlYXN1cnkAAAATAAAAAAAAAAAAAAAFdGVybXMAAAAAAAfQAAAABVRlcm1zAAAAAAAAAAAAAAAAAAAKdGVybXNfaGFzaAAAAAAD7gAAACAAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAADkludm9pY2VTZXR0bGVkAAAAAAABAAAAD2ludm9pY2Vfc2V0dGxlZAAAAAADAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABWNsYWltAAAAAAAACwAAAAAAAAAAAAAAAmF0AAAAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAAD0Rpc3B1dGVSZXNvbHZlZAAAAAABAAAAEGRpc3B1dGVfcmVzb2x2ZWQAAAAFAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABnVwaGVsZAAAAAAAAQAAAAAAAAAAAAAAEGRpc3B1dGVkX3NlY29uZHMAAAAGAAAAAAAAAAAAAAAMZGlzcHV0ZV91c2VkAAAABgAAAAAAAAAAAAAAAmF0AAAAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAAD0ludm9pY2VBdHRlc3RlZAAAAAABAAAAEGludm9pY2VfYXR0ZXN0ZWQAAAAEAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABmRlYnRvcgAAAAAAEwAAAAAAAAAAAAAACmRlYnRvcl9rZXkAAAAAA+4AAAAgAAAAAAAAAAAAAAALZmluZ2VycHJpbnQAAAAD7gAAACAAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAD0ludm9pY2VSZWZ1bmRlZAAAAAABAAAAEGludm9pY2VfcmVmdW5kZWQAAAAFAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABmhvbGRlcgAAAAAAEwAAAAEAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAAAAAAD3JlZnVuZGVkX2JlZm9yZQAAAAALAAAAAAAAAAAAAAAOcmVmdW5kZWRfYWZ0ZXIAAAAAAAsAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAD0ludm9pY2VSZWxlYXNlZAAAAAABAAAAEGludm9pY2VfcmVsZWFzZWQAAAAFAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAACWZ1bmRlZF9hdAAAAAAAAAYAAAAAAAAAAAAAAAl0b19zZWxsZXIAAAAAAAALAAAAAAAAAAAAAAAPb3JpZ2luYXRpb25fZmVlAAAAAAsAAAAAAAAAAAAAAAZlYXJuZWQAAAAAAAsAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAD1BheW1lbnRSZWNvcmRlZAAAAAABAAAAEHBheW1lbnRfcmVjb3JkZWQAAAAWAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABXBheWVyAAAAAAAAEwAAAAEAAAAAAAAACnBheW1lbnRfaWQAAAAAA+4AAAAgAAAAAAAAAAAAAAALcGF5bWVudF9rZXkAAAAD7gAAACAAAAAAAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAAAAAAAAp0b19ob2xkZXJzAAAAAAALAAAAAAAAAAAAAAADZmVlAAAAAAsAAAAAAAAAAAAAAAl0b19zZWxsZXIAAAAAAAALAAAAAAAAAAAAAAAPcmVjZWl2ZWRfYmVmb3JlAAAAAAsAAAAAAAAAAAAAAA5yZWNlaXZlZF9hZnRlcgAAAAAACwAAAAAAAAAAAAAAFGhvbGRlcnNfZ3Jvc3NfYmVmb3JlAAAACwAAAAAAAAAAAAAAE2hvbGRlcnNfZ3Jvc3NfYWZ0ZXIAAAAACwAAAAAAAAAAAAAACWZlZV90YWtlbgAAAAAAAAsAAAAAAAAAAAAAAAZlYXJuZWQAAAAAAAsAAAAAAAAAAAAAAARsYXRlAAAACwAAAAAAAAAAAAAAEWxhdGVfZGF5c19jaGFyZ2VkAAAAAAAABAAAAAAAAAAAAAAADWNoZWNrcG9pbnRfYXQAAAAAAAAGAAAAAAAAAAAAAAANcmVjb3Vyc2VfcGFpZAAAAAAAAAsAAAAAAAAAAAAAAAVjbGFpbQAAAAAAAAsAAAAAAAAAAAAAAA1zdGF0dXNfYmVmb3JlAAAAAAAH0AAAAAZTdGF0dXMAAAAAAAAAAAAAAAAADHN0YXR1c19hZnRlcgAAB9AAAAAGU3RhdHVzAAAAAAAAAAAAAAAAAAJhdAAAAAAABgAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAEEludm9pY2VDYW5jZWxsZWQAAAABAAAAEWludm9pY2VfY2FuY2VsbGVkAAAAAAAAAwAAAAAAAAAKaW52b2ljZV9pZAAAAAAD7gAAACAAAAABAAAAAAAAAAJieQAAAAAAEwAAAAAAAAAAAAAABmZ1bmRlZAAAAAAACwAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAEEludm9pY2VEZWZhdWx0ZWQAAAABAAAAEWludm9pY2VfZGVmYXVsdGVkAAAAAAAABQAAAAAAAAAKaW52b2ljZV9pZAAAAAAD7gAAACAAAAABAAAAAAAAAAVjbGFpbQAAAAAAAAsAAAAAAAAAAAAAAA1ob2xkZXJzX2dyb3NzAAAAAAAACwAAAAAAAAAAAAAACHJlY2VpdmVkAAAACwAAAAAAAAAAAAAAAmF0AAAAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAAEUVzY3Jvd0NvbnN0cnVjdGVkAAAAAAAAAQAAABJlc2Nyb3dfY29uc3RydWN0ZWQAAAAAAAEAAAAAAAAABmNvbmZpZwAAAAAH0AAAAAZDb25maWcAAAAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAEU9wZXJhdGlvbkV4ZWN1dGVkAAAAAAAAAQAAABJvcGVyYXRpb25fZXhlY3V0ZWQAAAAAAAIAAAAAAAAADG9wZXJhdGlvbl9pZAAAA+4AAAAgAAAAAQAAAAAAAAAJb3BlcmF0aW9uAAAAAAAH0AAAAAlPcGVyYXRpb24AAAAAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAEk9wZXJhdGlvblNjaGVkdWxlZAAAAAAAAQAAABNvcGVyYXRpb25fc2NoZWR1bGVkAAAAAAQAAAAAAAAADG9wZXJhdGlvbl9pZAAAA+4AAAAgAAAAAQAAAAAAAAAJb3BlcmF0aW9uAAAAAAAH0AAAAAlPcGVyYXRpb24AAAAAAAAAAAAAAAAAAAhyZWFkeV9hdAAAAAYAAAAAAAAAAAAAAAlsYXBzZXNfYXQAAAAAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAAEk9wZXJhdGlvbldpdGhkcmF3bgAAAAAAAQAAABNvcGVyYXRpb25fd2l0aGRyYXduAAAAAAEAAAAAAAAADG9wZXJhdGlvbl9pZAAAA+4AAAAgAAAAAQAAAAI=", "AAAABQAAAAAAAAAAAAAAE0ludm9pY2VBY2tub3dsZWRnZWQAAAAAAQAAABRpbnZvaWNlX2Fja25vd2xlZGdlZAAAAAUAAAAAAAAACmludm9pY2VfaWQAAAAAA+4AAAAgAAAAAQAAAAAAAAAGZGVidG9yAAAAAAATAAAAAAAAAAAAAAAEZmFjZQAAAAsAAAAAAAAAAAAAAANkdWUAAAAABgAAAAAAAAAAAAAAAmF0AAAAAAAGAAAAAAAAAAI=", "AAAAAAAAACxVbml0cyBvZiBgYXNzZXRgIHRoYXQgd2FpdCBoZXJlIGZvciBgb3duZXJgLgAAAARvd2VkAAAAAgAAAAAAAAAFb3duZXIAAAAAAAATAAAAAAAAAAVhc3NldAAAAAAAABMAAAABAAAACw==", "AAAAAAAAAE1QYXVzZXI6IHN0b3BzIG5ldyBpbnZvaWNlcyBvciBuZXcgZnVuZGluZzsgbmV2ZXIgcGF5bWVudHMsIHJlZnVuZHMgb3IgY2xhaW1zLgAAAAAAAAVwYXVzZQAAAAAAAAEAAAAAAAAABXNjb3BlAAAAAAAH0AAAAAVTY29wZQAAAAAAAAA=", "AAAAAAAAADJXaGF0IGEgcGF5bWVudCBvZiBgYW1vdW50YCB1bml0cyBhdCBgYXRgIHdvdWxkIGRvLgAAAAAABXF1b3RlAAAAAAAAAwAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAAAmF0AAAAAAAGAAAAAQAAB9AAAAAFU3BsaXQAAAA=", "AAAAAAAAADZPcGVyYXRvcjogbmFtZXMgdGhlIHZlcmlmaWVkIGRlYnRvciBhbmQgb3BlbnMgZnVuZGluZy4AAAAAAAZhdHRlc3QAAAAAAAQAAAAAAAAAAmlkAAAAAAPuAAAAIAAAAAAAAAAGZGVidG9yAAAAAAATAAAAAAAAAApkZWJ0b3Jfa2V5AAAAAAPuAAAAIAAAAAAAAAALZmluZ2VycHJpbnQAAAAD7gAAACAAAAAA", "AAAAAAAAAGhBbnlvbmU6IGV4dGVuZHMgdGhlIGxpZmUgb2YgdXAgdG8gMjAgaW52b2ljZXMsIHRoZWlyIHNoYXJlIHRva2VucyBhbmQgcGF5b3V0IGFjY291bnRzLiBBbnN3ZXJzIGhvdyBtYW55LgAAAAZleHRlbmQAAAAAAAEAAAAAAAAAA2lkcwAAAAPqAAAD7gAAACAAAAABAAAABA==", "AAAAAAAAADtVbml0cyB0aGF0IG1ha2UgdGhlIGhvbGRlcnMgd2hvbGUgYXQgYGF0YDsgMCBvbmNlIHRoZXkgYXJlLgAAAAAGcGF5b2ZmAAAAAAACAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAAAmF0AAAAAAAGAAAAAQAAAAs=", "AAAAAAAAAGZBbnlvbmU6IHBheXMgYGhvbGRlcmAgYmFjayB3aGF0IHRoZSBzaGFyZXMgb2YgYSBjYW5jZWxsZWQgb3IgZXhwaXJlZCBpbnZvaWNlIGNvc3QuIEFuc3dlcnMgdGhlIGFtb3VudC4AAAAAAAZyZWZ1bmQAAAAAAAIAAAAAAAAABmhvbGRlcgAAAAAAEwAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAQAAAAs=", "AAAAAAAAADdBZG1pbjogY2FycmllcyBvdXQgYSBjaGFuZ2Ugd2hvc2Ugd2FpdGluZyB0aW1lIGlzIG92ZXIuAAAAAAdleGVjdXRlAAAAAAEAAAAAAAAACW9wZXJhdGlvbgAAAAAAB9AAAAAJT3BlcmF0aW9uAAAAAAAAAA==", "AAAAAAAAAHBPcGVyYXRvciwgZGVidG9yIG9yIHNlbGxlcjogbWFrZXMgdGhlIGhvbGRlcnMgd2hvbGUgbm93LCBmb3IgYXQgbW9zdCBgbWF4YCB1bml0czsgd2hhdCBpcyBub3QgbmVlZGVkIGNvbWVzIGJhY2suAAAAB3BheV9vZmYAAAAABAAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAAA21heAAAAAALAAAAAAAAAApwYXltZW50X2lkAAAAAAPuAAAAIAAAAAEAAAfQAAAABVNwbGl0AAAA", "AAAAAAAAAC9XaGF0IGEgcGF5bWVudCBieSB0aGUgZGVidG9yJ3Mgc2lkZSBtYXkgYmUgbm93LgAAAAAHcGF5YWJsZQAAAAABAAAAAAAAAAJpZAAAAAAD7gAAACAAAAABAAAH0AAAAAdQYXlhYmxlAA==", "AAAAAAAAABVBZG1pbjogbGlmdHMgYSBwYXVzZS4AAAAAAAAHdW5wYXVzZQAAAAABAAAAAAAAAAVzY29wZQAAAAAAB9AAAAAFU2NvcGUAAAAAAAAA", "AAAAAAAAACtXaGV0aGVyIG5ldyBpbnZvaWNlcyBtYXkgc2V0dGxlIGluIGBhc3NldGAuAAAAAAhpc19hc3NldAAAAAEAAAAAAAAABWFzc2V0AAAAAAAAEwAAAAEAAAAB", "AAAAAAAAADFXaGV0aGVyIGBhY2NvdW50YCBtYXkgaG9sZCBzaGFyZXMgb2YgdGhlIGludm9pY2UuAAAAAAAACG1heV9ob2xkAAAAAgAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAAAAAAdhY2NvdW50AAAAABMAAAABAAAAAQ==", "AAAAAAAAAGVBZG1pbjogYW5ub3VuY2VzIGEgY2hhbmdlLCB3aGljaCBjYW4gYmUgZXhlY3V0ZWQgYWZ0ZXIgdHdvIGRheXMgYW5kIHdpdGhpbiB0d28gd2Vla3MuIEFuc3dlcnMgaXRzIGlkLgAAAAAAAAhzY2hlZHVsZQAAAAEAAAAAAAAACW9wZXJhdGlvbgAAAAAAB9AAAAAJT3BlcmF0aW9uAAAAAAAAAQAAA+4AAAAg", "AAAAAAAAADJBZG1pbjogd2hldGhlciBuZXcgaW52b2ljZXMgbWF5IHNldHRsZSBpbiBgYXNzZXRgLgAAAAAACXNldF9hc3NldAAAAAAAAAIAAAAAAAAABWFzc2V0AAAAAAAAEwAAAAAAAAAHYWxsb3dlZAAAAAABAAAAAA==", "AAAAAAAAAD1Sb2xlcywgYWRkcmVzc2VzLCBmZWVzLCBwYXVzZXMgYW5kIGEgcGVuZGluZyBjaGFuZ2Ugb2YgYWRtaW4uAAAAAAAACmdldF9jb25maWcAAAAAAAAAAAABAAAH0AAAAAZDb25maWcAAA==", "AAAAAAAAAChFdmVyeXRoaW5nIGFib3V0IG9uZSBpbnZvaWNlLCBhcyBzdG9yZWQuAAAACmdldF9lc2Nyb3cAAAAAAAEAAAAAAAAAAmlkAAAAAAPuAAAAIAAAAAEAAAfQAAAABkVzY3JvdwAA", "AAAAAAAAADxUaGUgc3RhdHVzIG5vdzsgYEV4cGlyZWRgIGlzIG9wZW4gcGFzdCBpdHMgZnVuZGluZyBkZWFkbGluZS4AAAAKZ2V0X3N0YXR1cwAAAAAAAQAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAQAAB9AAAAAGU3RhdHVzAAA=", "AAAAAAAAACZXaGV0aGVyIGBhY2NvdW50YCBpcyBvbiB0aGUgYWxsb3dsaXN0LgAAAAAACmlzX2FsbG93ZWQAAAAAAAEAAAAAAAAAB2FjY291bnQAAAAAEwAAAAEAAAAB", "AAAAAAAAADBUaGUgYXR0ZXN0ZWQgZGVidG9yOiBjb25maXJtcyBmYWNlIGFuZCBkdWUgZGF0ZS4AAAALYWNrbm93bGVkZ2UAAAAAAQAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAA==", "AAAAAAAAANdJbnZlc3RvcjogcHV0cyBpbiBhdCBtb3N0IGBtYXhfYW1vdW50YCB1bml0cyBhbmQgYXQgbGVhc3QgYG1pbl9hbW91bnRgLCBmb3IgdGhlIHRlcm1zIHdpdGggdGhpcyBoYXNoLiBBbnN3ZXJzIHRoZSBzaGFyZXMuClRoZSBpbnZlc3RvciBzaWducyBhIHRyYW5zZmVyIG9mIGBtYXhfYW1vdW50YDsgd2hhdCBkb2VzIG5vdCBmaXQgY29tZXMgYmFjayBpbiB0aGUgc2FtZSBjYWxsLgAAAAALZnVuZF9lc2Nyb3cAAAAABQAAAAAAAAAIaW52ZXN0b3IAAAATAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAACm1heF9hbW91bnQAAAAAAAsAAAAAAAAACm1pbl9hbW91bnQAAAAAAAsAAAAAAAAACnRlcm1zX2hhc2gAAAAAA+4AAAAgAAAAAQAAAAs=", "AAAAAAAAAB9BIHJlY29yZGVkIHBheW1lbnQsIG9yIG5vdGhpbmcuAAAAAAtnZXRfcGF5bWVudAAAAAADAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAABXBheWVyAAAAAAAAEwAAAAAAAAAKcGF5bWVudF9pZAAAAAAD7gAAACAAAAABAAAD6AAAB9AAAAAHUGF5bWVudAA=", "AAAAAAAAAEVPcGVyYXRvciBhbmQgZGVidG9yIHRvZ2V0aGVyOiB0aGUgZGVidG9yIG93ZXMgYHJlZHVjdGlvbmAgdW5pdHMgbGVzcy4AAAAAAAALcmVkdWNlX2ZhY2UAAAAAAgAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAAAAAAlyZWR1Y3Rpb24AAAAAAAALAAAAAA==", "AAAAAAAAAE5PcGVyYXRvcjogd2hldGhlciBgYWNjb3VudGAgaXMgdmVyaWZpZWQgdG8gc2VsbCwgb3IgdG8gaG9sZCByZXN0cmljdGVkIHNoYXJlcy4AAAAAAAtzZXRfYWxsb3dlZAAAAAACAAAAAAAAAAdhY2NvdW50AAAAABMAAAAAAAAAB2FsbG93ZWQAAAAAAQAAAAA=", "AAAAAAAAACZBZG1pbjogdGFrZXMgYW4gYW5ub3VuY2VkIGNoYW5nZSBiYWNrLgAAAAAAC3dpdGhkcmF3X29wAAAAAAEAAAAAAAAACW9wZXJhdGlvbgAAAAAAB9AAAAAJT3BlcmF0aW9uAAAAAAAAAA==", "AAAAAAAAAB9UaGUgcHJvcG9zZWQgYWRtaW46IHRha2VzIG92ZXIuAAAAAAxhY2NlcHRfYWRtaW4AAAAAAAAAAA==", "AAAAAAAAAHJEZWJ0b3Igb3Igb3BlcmF0b3I6IG9iamVjdHMsIGZvciBhIHJlYXNvbiB3aG9zZSBzYWx0ZWQgaGFzaCBpcyBrZXB0LiBMYXBzZXMgYnkgaXRzZWxmOyA2MCBkYXlzIGluIGFsbCBwZXIgaW52b2ljZS4AAAAAAAxvcGVuX2Rpc3B1dGUAAAADAAAAAAAAAAJieQAAAAAAEwAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAAAAAAZyZWFzb24AAAAAA+4AAAAgAAAAAA==", "AAAAAAAAAGZTZWxsZXIsIG9yIG9wZXJhdG9yIGZvciB0aGUgc2VsbGVyOiBicmluZ3MgaW4gd2hhdCB0aGUgc2VsbGVyIG93ZXMgdGhlIGhvbGRlcnMuIEFsbCBvZiBpdCBpcyBmb3IgdGhlbS4AAAAAAAxwYXlfcmVjb3Vyc2UAAAAEAAAAAAAAAAVwYXllcgAAAAAAABMAAAAAAAAAAmlkAAAAAAPuAAAAIAAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAApwYXltZW50X2lkAAAAAAPuAAAAIAAAAAEAAAfQAAAABVNwbGl0AAAA", "AAAAAAAAAEJVbml0cyB0aGF0IHRoZSBzZWxsZXIgbWF5IGJyaW5nIGluIGF0IGBhdGAgdGhyb3VnaCBgcGF5X3JlY291cnNlYC4AAAAAAAxyZWNvdXJzZV9kdWUAAAACAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAAAmF0AAAAAAAGAAAAAQAAAAs=", "AAAAAAAAAGBDYWxsZWQgb25jZSwgYXQgZGVwbG95bWVudC4gVGhlIGRpc3RyaWJ1dG9yJ3MgYWRkcmVzcyBpcyBjb21wdXRlZCBiZWZvcmUgZWl0aGVyIGNvbnRyYWN0IGV4aXN0cy4AAAANX19jb25zdHJ1Y3RvcgAAAAAAAAQAAAAAAAAABXJvbGVzAAAAAAAH0AAAAAVSb2xlcwAAAAAAAAAAAAAJYWRkcmVzc2VzAAAAAAAH0AAAAAlBZGRyZXNzZXMAAAAAAAAAAAAACnRva2VuX3dhc20AAAAAA+4AAAAgAAAAAAAAAARmZWVzAAAH0AAAAARGZWVzAAAAAA==", "AAAAAAAAAEVTZWxsZXIgd2hpbGUgbm9ib2R5IGhhcyBpbnZlc3RlZCwgb3IgYWRtaW4gd2hpbGUgdGhlIGludm9pY2UgaXMgb3Blbi4AAAAAAAANY2FuY2VsX2VzY3JvdwAAAAAAAAIAAAAAAAAAAmJ5AAAAAAATAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAA", "AAAAAAAAAHlTZWxsZXIgKG9uIHRoZSBhbGxvd2xpc3QpOiBsaXN0cyBhbiBpbnZvaWNlIHVuZGVyIHRoZSBzZWxsZXIncyBvd24gcmVmZXJlbmNlIGFuZCBkZXBsb3lzIGl0cyBzaGFyZSB0b2tlbi4gQW5zd2VycyB0aGUgaWQuAAAAAAAADWNyZWF0ZV9lc2Nyb3cAAAAAAAADAAAAAAAAAAZzZWxsZXIAAAAAABMAAAAAAAAACXJlZmVyZW5jZQAAAAAAA+4AAAAgAAAAAAAAAAV0ZXJtcwAAAAAAB9AAAAAFVGVybXMAAAAAAAABAAAD7gAAACA=", "AAAAAAAAADdXaGVuIGEgc2NoZWR1bGVkIG9wZXJhdGlvbiBjYW4gYmUgZXhlY3V0ZWQsIG9yIG5vdGhpbmcuAAAAAA1nZXRfb3BlcmF0aW9uAAAAAAAAAQAAAAAAAAAMb3BlcmF0aW9uX2lkAAAD7gAAACAAAAABAAAD6AAAAAY=", "AAAAAAAAADdBZG1pbjogbmFtZXMgYSBzdWNjZXNzb3IsIHdobyBoYXMgc2V2ZW4gZGF5cyB0byBhY2NlcHQuAAAAAA1wcm9wb3NlX2FkbWluAAAAAAAAAQAAAAAAAAAJY2FuZGlkYXRlAAAAAAAAEwAAAAA=", "AAAAAAAAAEdBbnlvbmU6IHBheXMgYG93bmVyYCB3aGF0IGNvdWxkIG5vdCBiZSBzZW50IGJlZm9yZS4gQW5zd2VycyB0aGUgYW1vdW50LgAAAAANd2l0aGRyYXdfb3dlZAAAAAAAAAIAAAAAAAAABW93bmVyAAAAAAAAEwAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAQAAAAs=", "AAAAAAAAAFpPcGVyYXRvciwgZGVidG9yIG9yIHNlbGxlcjogcGF5cyBgYW1vdW50YCB1bml0cy4gVGhlIHNhbWUgcGF5ZXIgY2FuIHVzZSBhIHBheW1lbnQgaWQgb25jZS4AAAAAAA5yZWNvcmRfcGF5bWVudAAAAAAABAAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAKcGF5bWVudF9pZAAAAAAD7gAAACAAAAABAAAH0AAAAAVTcGxpdAAAAA==", "AAAAAAAAAERBbnlvbmU6IHRoZSBkYXlzIG9mIGdyYWNlIGhhdmUgcGFzc2VkIGFuZCB0aGUgaG9sZGVycyBhcmUgbm90IHdob2xlLgAAAA9kZWNsYXJlX2RlZmF1bHQAAAAAAQAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAA==", "AAAAAAAAAFFSZXNvbHZlcjogZW5kcyBhIGRpc3B1dGUgdGhhdCBpcyBvcGVuOyBhbiB1cGhlbGQgb25lIGxvd2VycyB3aGF0IHRoZSBkZWJ0b3Igb3dlcy4AAAAAAAAPcmVzb2x2ZV9kaXNwdXRlAAAAAAIAAAAAAAAAAmlkAAAAAAPuAAAAIAAAAAAAAAAHb3V0Y29tZQAAAAfQAAAAB091dGNvbWUAAAAAAA==", "AAAABAAAACVFcnJvcnMgdGhhdCBldmVyeSBjb250cmFjdCBjYW4gcmFpc2UuAAAAAAAAAAAAAAtDb21tb25FcnJvcgAAAAADAAAAPlRoZSBhbW91bnQgbXVzdCBiZSBhdCBsZWFzdCBvbmUgdW5pdC4gRW50ZXIgYSBwb3NpdGl2ZSBhbW91bnQuAAAAAAARQW1vdW50Tm90UG9zaXRpdmUAAAAAAAOFAAAATVRoZSBudW1iZXJzIGFyZSB0b28gbGFyZ2UgdG8gY2FsY3VsYXRlIHdpdGguIFVzZSBhbiBhbW91bnQgdGhhdCBmaXRzIDYzIGJpdHMuAAAAAAAACE92ZXJmbG93AAADhgAAADJBbiBhbW91bnQgbWF5IG5vdCBiZSBuZWdhdGl2ZS4gRW50ZXIgemVybyBvciBtb3JlLgAAAAAADkFtb3VudE5lZ2F0aXZlAAAAAAOH"]),
      options
    );
  }

   static deploy<T = Client>(args: { roles: Roles; addresses: Addresses; token_wasm: Uint8Array; fees: Fees }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & { salt?: Uint8Array; address?: string; } & ({ wasmHash: Uint8Array | string; format?: "hex" | "base64"; externalRef?: never; } | { externalRef: ExternalExecutableRef; wasmHash?: never; format?: never; })): Promise<AssembledTransaction<T>> {
    return ContractClient.deploy(args, options);
  }
  public readonly fromJson = {
    owed : this.txFromJson<bigint>,  pause : this.txFromJson<void>,  quote : this.txFromJson<Split>,  attest : this.txFromJson<void>,  extend : this.txFromJson<number>,  payoff : this.txFromJson<bigint>,  refund : this.txFromJson<bigint>,  execute : this.txFromJson<void>,  pay_off : this.txFromJson<Split>,  payable : this.txFromJson<Payable>,  unpause : this.txFromJson<void>,  is_asset : this.txFromJson<boolean>,  may_hold : this.txFromJson<boolean>,  schedule : this.txFromJson<Uint8Array>,  set_asset : this.txFromJson<void>,  get_config : this.txFromJson<Config>,  get_escrow : this.txFromJson<Escrow>,  get_status : this.txFromJson<Status>,  is_allowed : this.txFromJson<boolean>,  acknowledge : this.txFromJson<void>,  fund_escrow : this.txFromJson<bigint>,  get_payment : this.txFromJson<Payment | null>,  reduce_face : this.txFromJson<void>,  set_allowed : this.txFromJson<void>,  withdraw_op : this.txFromJson<void>,  accept_admin : this.txFromJson<void>,  open_dispute : this.txFromJson<void>,  pay_recourse : this.txFromJson<Split>,  recourse_due : this.txFromJson<bigint>,  cancel_escrow : this.txFromJson<void>,  create_escrow : this.txFromJson<Uint8Array>,  get_operation : this.txFromJson<bigint | null>,  propose_admin : this.txFromJson<void>,  withdraw_owed : this.txFromJson<bigint>,  record_payment : this.txFromJson<Split>,  declare_default : this.txFromJson<void>,  resolve_dispute : this.txFromJson<void>
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
   * Build a topics filter row for the "FaceReduced" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  faceReducedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("FaceReduced", topicValues);
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
   * Build a topics filter row for the "DisputeOpened" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  disputeOpenedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("DisputeOpened", topicValues);
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
   * Build a topics filter row for the "DisputeResolved" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  disputeResolvedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("DisputeResolved", topicValues);
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
   * Build a topics filter row for the "OperationExecuted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  operationExecutedEventFilter(topicValues?: { operation_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("OperationExecuted", topicValues);
  }
  /**
   * Build a topics filter row for the "OperationScheduled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  operationScheduledEventFilter(topicValues?: { operation_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("OperationScheduled", topicValues);
  }
  /**
   * Build a topics filter row for the "OperationWithdrawn" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  operationWithdrawnEventFilter(topicValues?: { operation_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("OperationWithdrawn", topicValues);
  }
  /**
   * Build a topics filter row for the "InvoiceAcknowledged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  invoiceAcknowledgedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("InvoiceAcknowledged", topicValues);
  }
}