import {Ask, Offer, ContractEvent} from './types.js';
import {Spec, AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef} from '@stellar/stellar-sdk/contract';
import {Address, xdr} from '@stellar/stellar-sdk';

export interface Client {
  /**
   * Buyer: takes exactly `shares` of an offer for at most `max_price` units in all; shares and payment change hands in
   * this call. Answers what was paid: `ceil(price * shares / shares offered)`, the same whoever bought before.
   */
  buy(args: { buyer: string | Address; offer: Uint8Array; shares: bigint; max_price: bigint }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Seller: offers shares at a price. They stay with the seller, who gives the market an allowance on the share token.
   * Answers the offer's id, which stands for all its terms and for what the shares had been paid by now.
   */
  offer(args: { seller: string | Address; reference: Uint8Array; ask: Ask }, options?: MethodOptions): Promise<AssembledTransaction<Uint8Array>>;
  /**
   * Seller: withdraws what is left of an offer. Anyone, once it has expired.
   */
  cancel(args: { offer: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * How many shares can be bought now: 0 when the offer has expired or is out of date, and never more than the seller
   * has and allows.
   */
  fillable(args: { offer: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * What `buy` would take for `shares` of an offer, in units.
   */
  price_of(args: { offer: Uint8Array; shares: bigint }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * An offer that is neither sold out nor cancelled.
   */
  get_offer(args: { offer: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Offer>>;
  /**
   * The escrow whose shares are traded here.
   */
  get_escrow(options?: MethodOptions): Promise<AssembledTransaction<string>>;
}

export class Client extends ContractClient {
  constructor(public readonly options: ContractClientOptions) {
    super(
      new Spec(["AAAAAQAAAAAAAAAAAAAAA0FzawAAAAAGAAAAAAAAAAVhc3NldAAAAAAAABMAAAAAAAAABWJ1eWVyAAAAAAAD6AAAABMAAAAAAAAAB2V4cGlyZXMAAAAABgAAAAAAAAAKaW52b2ljZV9pZAAAAAAD7gAAACAAAAAAAAAABXByaWNlAAAAAAAACwAAAAAAAAAGc2hhcmVzAAAAAAAL", "AAAAAQAAAAAAAAAAAAAABU9mZmVyAAAAAAAACQAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAAAAAAVidXllcgAAAAAAA+gAAAATAAAAAAAAAAdleHBpcmVzAAAAAAYAAAAAAAAABWluZGV4AAAAAAAACwAAAAAAAAAEbGVmdAAAAAsAAAAAAAAABXByaWNlAAAAAAAACwAAAAAAAAAGc2VsbGVyAAAAAAATAAAAAAAAAAZzaGFyZXMAAAAAAAsAAAAAAAAABXRva2VuAAAAAAAAEw==", "AAAABAAAAAAAAAAAAAAAC01hcmtldEVycm9yAAAAAAwAAAA4VGhlcmUgaXMgbm8gc3VjaCBvZmZlci4gSXQgbWF5IGJlIHNvbGQgb3V0IG9yIGNhbmNlbGxlZC4AAAAMVW5rbm93bk9mZmVyAAAB9QAAAEdUaGUgc2FtZSBvZmZlciBzdGFuZHMgYWxyZWFkeS4gQ2FuY2VsIGl0IGZpcnN0LCBvciB1c2UgYSBuZXcgcmVmZXJlbmNlLgAAAAALT2ZmZXJFeGlzdHMAAAAB9gAAAE9BbiBvZmZlciBtdXN0IGVuZCBpbiB0aGUgZnV0dXJlLCBhdCBtb3N0IDM2NSBkYXlzIGFoZWFkLiBDaG9vc2UgYW5vdGhlciBtb21lbnQuAAAAABJFeHBpcmVzT3V0T2ZCb3VuZHMAAAAAAfcAAAA0VGhlIG9mZmVyIGhhcyBleHBpcmVkLiBBc2sgdGhlIHNlbGxlciBmb3IgYSBuZXcgb25lLgAAAAxPZmZlckV4cGlyZWQAAAH4AAAAN1RoZSBvZmZlciBpcyBtYWRlIHRvIHNvbWVib2R5IGVsc2UuIENob29zZSBhbiBvcGVuIG9uZS4AAAAADU5vdE5hbWVkQnV5ZXIAAAAAAAH5AAAAOEJ1eWVyIGFuZCBzZWxsZXIgYXJlIHRoZSBzYW1lLiBDYW5jZWwgdGhlIG9mZmVyIGluc3RlYWQuAAAACE93bk9mZmVyAAAB+gAAADNGZXdlciBzaGFyZXMgYXJlIGxlZnQgdGhhbiB5b3Ugd2FudC4gQXNrIGZvciBmZXdlci4AAAAADU5vdEVub3VnaExlZnQAAAAAAAH7AAAAQFRoZSBzaGFyZXMgY29zdCBtb3JlIHRoYW4geW91ciBtYXhpbXVtLiBBc2sgZm9yIHRoZSBwcmljZSBhZ2Fpbi4AAAANUHJpY2VBYm92ZU1heAAAAAAAAfwAAAB4VGhlIHNoYXJlcyBoYXZlIGJlZW4gcGFpZCBzb21ldGhpbmcgc2luY2UgdGhlIG9mZmVyIHdhcyBtYWRlLCBzbyBpdHMgcHJpY2UgaXMgb3V0IG9mIGRhdGUuIEFzayB0aGUgc2VsbGVyIGZvciBhIG5ldyBvbmUuAAAADk9mZmVyT3V0T2ZEYXRlAAAAAAH9AAAAPFRoZXJlIGFyZSBubyBzaGFyZXMgb2YgdGhpcyBpbnZvaWNlLiBDaGVjayB0aGUgaW52b2ljZSdzIGlkLgAAAAhOb1NoYXJlcwAAAf4AAABXVGhpcyBhc3NldCBpcyBub3QgYWNjZXB0ZWQgZm9yIHBheW1lbnQuIENob29zZSBvbmUgb2YgdGhlIHBsYXRmb3JtJ3Mgc2V0dGxlbWVudCBhc3NldHMuAAAAABBBc3NldE5vdEFjY2VwdGVkAAAB/wAAAEpUaGUgbWFya2V0IGl0c2VsZiBjYW5ub3QgYnV5IG9yIHNlbGwuIFVzZSBhIHBlcnNvbidzIG9yIGNvbXBhbnkncyBhZGRyZXNzLgAAAAAAD01hcmtldElzTm9QYXJ0eQAAAAIA", "AAAABQAAAAAAAAAAAAAACU9mZmVyTWFkZQAAAAAAAAEAAAAKb2ZmZXJfbWFkZQAAAAAACgAAAAAAAAAIb2ZmZXJfaWQAAAPuAAAAIAAAAAEAAAAAAAAABnNlbGxlcgAAAAAAEwAAAAEAAAAAAAAACmludm9pY2VfaWQAAAAAA+4AAAAgAAAAAAAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAAAAAAAAAAAGc2hhcmVzAAAAAAALAAAAAAAAAAAAAAAFcHJpY2UAAAAAAAALAAAAAAAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAAAAAAAAAAAHZXhwaXJlcwAAAAAGAAAAAAAAAAAAAAAFYnV5ZXIAAAAAAAPoAAAAEwAAAAAAAAAAAAAABWluZGV4AAAAAAAACwAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAC09mZmVyRmlsbGVkAAAAAAEAAAAMb2ZmZXJfZmlsbGVkAAAABgAAAAAAAAAIb2ZmZXJfaWQAAAPuAAAAIAAAAAEAAAAAAAAABWJ1eWVyAAAAAAAAEwAAAAEAAAAAAAAABnNoYXJlcwAAAAAACwAAAAAAAAAAAAAABHBhaWQAAAALAAAAAAAAAAAAAAALbGVmdF9iZWZvcmUAAAAACwAAAAAAAAAAAAAACmxlZnRfYWZ0ZXIAAAAAAAsAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAADk9mZmVyQ2FuY2VsbGVkAAAAAAABAAAAD29mZmVyX2NhbmNlbGxlZAAAAAACAAAAAAAAAAhvZmZlcl9pZAAAA+4AAAAgAAAAAQAAAAAAAAAEbGVmdAAAAAsAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAEU1hcmtldENvbnN0cnVjdGVkAAAAAAAAAQAAABJtYXJrZXRfY29uc3RydWN0ZWQAAAAAAAEAAAAAAAAABmVzY3JvdwAAAAAAEwAAAAAAAAAC", "AAAAAAAAAN1CdXllcjogdGFrZXMgZXhhY3RseSBgc2hhcmVzYCBvZiBhbiBvZmZlciBmb3IgYXQgbW9zdCBgbWF4X3ByaWNlYCB1bml0cyBpbiBhbGw7IHNoYXJlcyBhbmQgcGF5bWVudCBjaGFuZ2UgaGFuZHMgaW4KdGhpcyBjYWxsLiBBbnN3ZXJzIHdoYXQgd2FzIHBhaWQ6IGBjZWlsKHByaWNlICogc2hhcmVzIC8gc2hhcmVzIG9mZmVyZWQpYCwgdGhlIHNhbWUgd2hvZXZlciBib3VnaHQgYmVmb3JlLgAAAAAAAANidXkAAAAABAAAAAAAAAAFYnV5ZXIAAAAAAAATAAAAAAAAAAVvZmZlcgAAAAAAA+4AAAAgAAAAAAAAAAZzaGFyZXMAAAAAAAsAAAAAAAAACW1heF9wcmljZQAAAAAAAAsAAAABAAAACw==", "AAAAAAAAANdTZWxsZXI6IG9mZmVycyBzaGFyZXMgYXQgYSBwcmljZS4gVGhleSBzdGF5IHdpdGggdGhlIHNlbGxlciwgd2hvIGdpdmVzIHRoZSBtYXJrZXQgYW4gYWxsb3dhbmNlIG9uIHRoZSBzaGFyZSB0b2tlbi4KQW5zd2VycyB0aGUgb2ZmZXIncyBpZCwgd2hpY2ggc3RhbmRzIGZvciBhbGwgaXRzIHRlcm1zIGFuZCBmb3Igd2hhdCB0aGUgc2hhcmVzIGhhZCBiZWVuIHBhaWQgYnkgbm93LgAAAAAFb2ZmZXIAAAAAAAADAAAAAAAAAAZzZWxsZXIAAAAAABMAAAAAAAAACXJlZmVyZW5jZQAAAAAAA+4AAAAgAAAAAAAAAANhc2sAAAAH0AAAAANBc2sAAAAAAQAAA+4AAAAg", "AAAAAAAAAEhTZWxsZXI6IHdpdGhkcmF3cyB3aGF0IGlzIGxlZnQgb2YgYW4gb2ZmZXIuIEFueW9uZSwgb25jZSBpdCBoYXMgZXhwaXJlZC4AAAAGY2FuY2VsAAAAAAABAAAAAAAAAAVvZmZlcgAAAAAAA+4AAAAgAAAAAA==", "AAAAAAAAAIFIb3cgbWFueSBzaGFyZXMgY2FuIGJlIGJvdWdodCBub3c6IDAgd2hlbiB0aGUgb2ZmZXIgaGFzIGV4cGlyZWQgb3IgaXMgb3V0IG9mIGRhdGUsIGFuZCBuZXZlciBtb3JlIHRoYW4gdGhlIHNlbGxlcgpoYXMgYW5kIGFsbG93cy4AAAAAAAAIZmlsbGFibGUAAAABAAAAAAAAAAVvZmZlcgAAAAAAA+4AAAAgAAAAAQAAAAs=", "AAAAAAAAADlXaGF0IGBidXlgIHdvdWxkIHRha2UgZm9yIGBzaGFyZXNgIG9mIGFuIG9mZmVyLCBpbiB1bml0cy4AAAAAAAAIcHJpY2Vfb2YAAAACAAAAAAAAAAVvZmZlcgAAAAAAA+4AAAAgAAAAAAAAAAZzaGFyZXMAAAAAAAsAAAABAAAACw==", "AAAAAAAAADBBbiBvZmZlciB0aGF0IGlzIG5laXRoZXIgc29sZCBvdXQgbm9yIGNhbmNlbGxlZC4AAAAJZ2V0X29mZmVyAAAAAAAAAQAAAAAAAAAFb2ZmZXIAAAAAAAPuAAAAIAAAAAEAAAfQAAAABU9mZmVyAAAA", "AAAAAAAAAChUaGUgZXNjcm93IHdob3NlIHNoYXJlcyBhcmUgdHJhZGVkIGhlcmUuAAAACmdldF9lc2Nyb3cAAAAAAAAAAAABAAAAEw==", "AAAAAAAAADdTaGFyZXMgdHJhZGVkIGhlcmUgYXJlIHRob3NlIG9mIHRoaXMgZXNjcm93J3MgaW52b2ljZXMuAAAAAA1fX2NvbnN0cnVjdG9yAAAAAAAAAQAAAAAAAAAGZXNjcm93AAAAAAATAAAAAA==", "AAAABAAAACVFcnJvcnMgdGhhdCBldmVyeSBjb250cmFjdCBjYW4gcmFpc2UuAAAAAAAAAAAAAAtDb21tb25FcnJvcgAAAAADAAAAPlRoZSBhbW91bnQgbXVzdCBiZSBhdCBsZWFzdCBvbmUgdW5pdC4gRW50ZXIgYSBwb3NpdGl2ZSBhbW91bnQuAAAAAAARQW1vdW50Tm90UG9zaXRpdmUAAAAAAAOFAAAATVRoZSBudW1iZXJzIGFyZSB0b28gbGFyZ2UgdG8gY2FsY3VsYXRlIHdpdGguIFVzZSBhbiBhbW91bnQgdGhhdCBmaXRzIDYzIGJpdHMuAAAAAAAACE92ZXJmbG93AAADhgAAADJBbiBhbW91bnQgbWF5IG5vdCBiZSBuZWdhdGl2ZS4gRW50ZXIgemVybyBvciBtb3JlLgAAAAAADkFtb3VudE5lZ2F0aXZlAAAAAAOH"]),
      options
    );
  }

   static deploy<T = Client>(args: { escrow: string | Address }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & { salt?: Uint8Array; address?: string; } & ({ wasmHash: Uint8Array | string; format?: "hex" | "base64"; externalRef?: never; } | { externalRef: ExternalExecutableRef; wasmHash?: never; format?: never; })): Promise<AssembledTransaction<T>> {
    return ContractClient.deploy(args, options);
  }
  public readonly fromJson = {
    buy : this.txFromJson<bigint>,  offer : this.txFromJson<Uint8Array>,  cancel : this.txFromJson<void>,  fillable : this.txFromJson<bigint>,  price_of : this.txFromJson<bigint>,  get_offer : this.txFromJson<Offer>,  get_escrow : this.txFromJson<string>
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
   * Build a topics filter row for the "OfferMade" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  offerMadeEventFilter(topicValues?: { offer_id?: Uint8Array; seller?: string | Address }): string[] {
    return this.spec.eventTopicFilter("OfferMade", topicValues);
  }
  /**
   * Build a topics filter row for the "OfferFilled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  offerFilledEventFilter(topicValues?: { offer_id?: Uint8Array; buyer?: string | Address }): string[] {
    return this.spec.eventTopicFilter("OfferFilled", topicValues);
  }
  /**
   * Build a topics filter row for the "OfferCancelled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  offerCancelledEventFilter(topicValues?: { offer_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("OfferCancelled", topicValues);
  }
  /**
   * Build a topics filter row for the "MarketConstructed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  marketConstructedEventFilter(): string[] {
    return this.spec.eventTopicFilter("MarketConstructed");
  }
}