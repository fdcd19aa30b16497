import {Config, Reservation, ContractEvent} from './types.js';
import {Spec, AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef} from '@stellar/stellar-sdk/contract';
import {Address, xdr} from '@stellar/stellar-sdk';

export interface Client {
  /**
   * The member that holds it: frees a fingerprint that is not final.
   */
  release(args: { member: string | Address; fingerprint: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Member: holds a fingerprint that nobody holds, through the moment `until`, at most 90 days ahead.
   */
  reserve(args: { member: string | Address; fingerprint: Uint8Array; until: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * The member that holds it: the invoice is financed, so the fingerprint is held for ever.
   */
  finalise(args: { member: string | Address; fingerprint: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Whether `account` may reserve.
   */
  is_member(args: { account: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
  /**
   * The admin and a pending change of admin.
   */
  get_config(options?: MethodOptions): Promise<AssembledTransaction<Config>>;
  /**
   * Admin: whether `member`, usually a platform's escrow contract, may reserve fingerprints.
   */
  set_member(args: { member: string | Address; admitted: boolean }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Whether somebody holds the fingerprint now.
   */
  is_reserved(args: { fingerprint: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
  /**
   * The proposed admin: takes over.
   */
  accept_admin(options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Admin: names a successor, who has seven days to accept.
   */
  propose_admin(args: { candidate: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Who holds the fingerprint now and until when, or nothing.
   */
  get_reservation(args: { fingerprint: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Reservation | null>>;
}

export class Client extends ContractClient {
  constructor(public readonly options: ContractClientOptions) {
    super(
      new Spec(["AAAAAQAAAAAAAAAAAAAABkNvbmZpZwAAAAAAAwAAAAAAAAABMAAAAAAAABMAAAAAAAAAATEAAAAAAAPoAAAAEwAAAAAAAAABMgAAAAAAAAY=", "AAAAAQAAAAAAAAAAAAAAC1Jlc2VydmF0aW9uAAAAAAMAAAAAAAAAATAAAAAAAAATAAAAAAAAAAExAAAAAAAABgAAAAAAAAABMgAAAAAAAAE=", "AAAABAAAAAAAAAAAAAAADVJlZ2lzdHJ5RXJyb3IAAAAAAAAJAAAAVlRoaXMgcGxhdGZvcm0gaXMgbm90IGEgbWVtYmVyIG9mIHRoZSByZWdpc3RyeS4gQXNrIHRoZSByZWdpc3RyeSdzIGFkbWluIGZvciBhZG1pc3Npb24uAAAAAAAJTm90TWVtYmVyAAAAAAACWQAAAFhUaGlzIGludm9pY2UgaXMgZmluYW5jZWQgYWxyZWFkeSwgb3IgaXMgYmVpbmcgZmluYW5jZWQuIERvIG5vdCBmaW5hbmNlIGl0IGEgc2Vjb25kIHRpbWUuAAAAEEZpbmdlcnByaW50VGFrZW4AAAJaAAAAVU5vYm9keSBob2xkcyB0aGlzIGZpbmdlcnByaW50IG5vdy4gSXQgd2FzIG5ldmVyIHJlc2VydmVkLCB3YXMgcmVsZWFzZWQgb3IgaGFzIGxhcHNlZC4AAAAAAAAPRmluZ2VycHJpbnRGcmVlAAAAAlsAAABKQW5vdGhlciBwbGF0Zm9ybSBob2xkcyB0aGlzIGZpbmdlcnByaW50LiBPbmx5IHRoYXQgcGxhdGZvcm0gY2FuIGNoYW5nZSBpdC4AAAAAAAlOb3RIb2xkZXIAAAAAAAJcAAAAVVRoZSBpbnZvaWNlIGlzIGZpbmFuY2VkLCBzbyBpdHMgZmluZ2VycHJpbnQgaXMgaGVsZCBmb3IgZXZlci4gTm90aGluZyBjYW4gYmUgY2hhbmdlZC4AAAAAAAAQRmluZ2VycHJpbnRGaW5hbAAAAl0AAABTQSByZXNlcnZhdGlvbiBtdXN0IGVuZCBpbiB0aGUgZnV0dXJlLCBhdCBtb3N0IDkwIGRheXMgYWhlYWQuIENob29zZSBhbm90aGVyIG1vbWVudC4AAAAAEFVudGlsT3V0T2ZCb3VuZHMAAAJeAAAAW05vIHN1Y2Nlc3NvciBvZiB0aGUgcmVnaXN0cnkncyBhZG1pbiBpcyBwcm9wb3NlZC4gVGhlIHByZXNlbnQgYWRtaW4gbXVzdCBwcm9wb3NlIG9uZSBmaXJzdC4AAAAAC05vQ2FuZGlkYXRlAAAAAl8AAABbVGhlIHNldmVuIGRheXMgdG8gdGFrZSBvdmVyIHRoZSByZWdpc3RyeSBoYXZlIHBhc3NlZC4gVGhlIHByZXNlbnQgYWRtaW4gbXVzdCBwcm9wb3NlIGFnYWluLgAAAAAPQ2FuZGlkYWN5TGFwc2VkAAAAAmAAAABJVGhlIHJlZ2lzdHJ5IGNhbm5vdCBiZSBpdHMgb3duIG1lbWJlciBvciBhZG1pbi4gVXNlIGEgcGxhdGZvcm0ncyBhZGRyZXNzLgAAAAAAAApPd25BZGRyZXNzAAAAAAJh", "AAAABQAAAAAAAAAAAAAADU1lbWJlckNoYW5nZWQAAAAAAAABAAAADm1lbWJlcl9jaGFuZ2VkAAAAAAADAAAAAAAAAAZtZW1iZXIAAAAAABMAAAABAAAAAAAAAA9hZG1pdHRlZF9iZWZvcmUAAAAAAQAAAAAAAAAAAAAACGFkbWl0dGVkAAAAAQAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAE0ZpbmdlcnByaW50UmVsZWFzZWQAAAAAAQAAABRmaW5nZXJwcmludF9yZWxlYXNlZAAAAAIAAAAAAAAAC2ZpbmdlcnByaW50AAAAA+4AAAAgAAAAAQAAAAAAAAAGbWVtYmVyAAAAAAATAAAAAQAAAAI=", "AAAABQAAAAAAAAAAAAAAE0ZpbmdlcnByaW50UmVzZXJ2ZWQAAAAAAQAAABRmaW5nZXJwcmludF9yZXNlcnZlZAAAAAMAAAAAAAAAC2ZpbmdlcnByaW50AAAAA+4AAAAgAAAAAQAAAAAAAAAGbWVtYmVyAAAAAAATAAAAAQAAAAAAAAAFdW50aWwAAAAAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAAE1JlZ2lzdHJ5Q29uc3RydWN0ZWQAAAAAAQAAABRyZWdpc3RyeV9jb25zdHJ1Y3RlZAAAAAEAAAAAAAAABWFkbWluAAAAAAAAEwAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAFEZpbmdlcnByaW50RmluYWxpc2VkAAAAAQAAABVmaW5nZXJwcmludF9maW5hbGlzZWQAAAAAAAACAAAAAAAAAAtmaW5nZXJwcmludAAAAAPuAAAAIAAAAAEAAAAAAAAABm1lbWJlcgAAAAAAEwAAAAEAAAAC", "AAAABQAAAAAAAAAAAAAAFFJlZ2lzdHJ5QWRtaW5DaGFuZ2VkAAAAAQAAABZyZWdpc3RyeV9hZG1pbl9jaGFuZ2VkAAAAAAACAAAAAAAAAAZiZWZvcmUAAAAAABMAAAAAAAAAAAAAAAVhZnRlcgAAAAAAABMAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAFVJlZ2lzdHJ5QWRtaW5Qcm9wb3NlZAAAAAAAAAEAAAAXcmVnaXN0cnlfYWRtaW5fcHJvcG9zZWQAAAAAAwAAAAAAAAAFYWRtaW4AAAAAAAATAAAAAAAAAAAAAAAJY2FuZGlkYXRlAAAAAAAAEwAAAAAAAAAAAAAACGRlYWRsaW5lAAAABgAAAAAAAAAC", "AAAAAAAAAEBUaGUgbWVtYmVyIHRoYXQgaG9sZHMgaXQ6IGZyZWVzIGEgZmluZ2VycHJpbnQgdGhhdCBpcyBub3QgZmluYWwuAAAAB3JlbGVhc2UAAAAAAgAAAAAAAAAGbWVtYmVyAAAAAAATAAAAAAAAAAtmaW5nZXJwcmludAAAAAPuAAAAIAAAAAA=", "AAAAAAAAAGFNZW1iZXI6IGhvbGRzIGEgZmluZ2VycHJpbnQgdGhhdCBub2JvZHkgaG9sZHMsIHRocm91Z2ggdGhlIG1vbWVudCBgdW50aWxgLCBhdCBtb3N0IDkwIGRheXMgYWhlYWQuAAAAAAAAB3Jlc2VydmUAAAAAAwAAAAAAAAAGbWVtYmVyAAAAAAATAAAAAAAAAAtmaW5nZXJwcmludAAAAAPuAAAAIAAAAAAAAAAFdW50aWwAAAAAAAAGAAAAAA==", "AAAAAAAAAFdUaGUgbWVtYmVyIHRoYXQgaG9sZHMgaXQ6IHRoZSBpbnZvaWNlIGlzIGZpbmFuY2VkLCBzbyB0aGUgZmluZ2VycHJpbnQgaXMgaGVsZCBmb3IgZXZlci4AAAAACGZpbmFsaXNlAAAAAgAAAAAAAAAGbWVtYmVyAAAAAAATAAAAAAAAAAtmaW5nZXJwcmludAAAAAPuAAAAIAAAAAA=", "AAAAAAAAAB5XaGV0aGVyIGBhY2NvdW50YCBtYXkgcmVzZXJ2ZS4AAAAAAAlpc19tZW1iZXIAAAAAAAABAAAAAAAAAAdhY2NvdW50AAAAABMAAAABAAAAAQ==", "AAAAAAAAAChUaGUgYWRtaW4gYW5kIGEgcGVuZGluZyBjaGFuZ2Ugb2YgYWRtaW4uAAAACmdldF9jb25maWcAAAAAAAAAAAABAAAH0AAAAAZDb25maWcAAA==", "AAAAAAAAAFhBZG1pbjogd2hldGhlciBgbWVtYmVyYCwgdXN1YWxseSBhIHBsYXRmb3JtJ3MgZXNjcm93IGNvbnRyYWN0LCBtYXkgcmVzZXJ2ZSBmaW5nZXJwcmludHMuAAAACnNldF9tZW1iZXIAAAAAAAIAAAAAAAAABm1lbWJlcgAAAAAAEwAAAAAAAAAIYWRtaXR0ZWQAAAABAAAAAA==", "AAAAAAAAACtXaGV0aGVyIHNvbWVib2R5IGhvbGRzIHRoZSBmaW5nZXJwcmludCBub3cuAAAAAAtpc19yZXNlcnZlZAAAAAABAAAAAAAAAAtmaW5nZXJwcmludAAAAAPuAAAAIAAAAAEAAAAB", "AAAAAAAAAB9UaGUgcHJvcG9zZWQgYWRtaW46IHRha2VzIG92ZXIuAAAAAAxhY2NlcHRfYWRtaW4AAAAAAAAAAA==", "AAAAAAAAABtDYWxsZWQgb25jZSwgYXQgZGVwbG95bWVudC4AAAAADV9fY29uc3RydWN0b3IAAAAAAAABAAAAAAAAAAVhZG1pbgAAAAAAABMAAAAA", "AAAAAAAAADdBZG1pbjogbmFtZXMgYSBzdWNjZXNzb3IsIHdobyBoYXMgc2V2ZW4gZGF5cyB0byBhY2NlcHQuAAAAAA1wcm9wb3NlX2FkbWluAAAAAAAAAQAAAAAAAAAJY2FuZGlkYXRlAAAAAAAAEwAAAAA=", "AAAAAAAAADlXaG8gaG9sZHMgdGhlIGZpbmdlcnByaW50IG5vdyBhbmQgdW50aWwgd2hlbiwgb3Igbm90aGluZy4AAAAAAAAPZ2V0X3Jlc2VydmF0aW9uAAAAAAEAAAAAAAAAC2ZpbmdlcnByaW50AAAAA+4AAAAgAAAAAQAAA+gAAAfQAAAAC1Jlc2VydmF0aW9uAA=="]),
      options
    );
  }

   static deploy<T = Client>(args: { admin: string | Address }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & { salt?: Uint8Array; address?: string; } & ({ wasmHash: Uint8Array | string; format?: "hex" | "base64"; externalRef?: never; } | { externalRef: ExternalExecutableRef; wasmHash?: never; format?: never; })): Promise<AssembledTransaction<T>> {
    return ContractClient.deploy(args, options);
  }
  public readonly fromJson = {
    release : this.txFromJson<void>,  reserve : this.txFromJson<void>,  finalise : this.txFromJson<void>,  is_member : this.txFromJson<boolean>,  get_config : this.txFromJson<Config>,  set_member : this.txFromJson<void>,  is_reserved : this.txFromJson<boolean>,  accept_admin : this.txFromJson<void>,  propose_admin : this.txFromJson<void>,  get_reservation : this.txFromJson<Reservation | null>
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
   * Build a topics filter row for the "MemberChanged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  memberChangedEventFilter(topicValues?: { member?: string | Address }): string[] {
    return this.spec.eventTopicFilter("MemberChanged", topicValues);
  }
  /**
   * Build a topics filter row for the "FingerprintReleased" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  fingerprintReleasedEventFilter(topicValues?: { fingerprint?: Uint8Array; member?: string | Address }): string[] {
    return this.spec.eventTopicFilter("FingerprintReleased", topicValues);
  }
  /**
   * Build a topics filter row for the "FingerprintReserved" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  fingerprintReservedEventFilter(topicValues?: { fingerprint?: Uint8Array; member?: string | Address }): string[] {
    return this.spec.eventTopicFilter("FingerprintReserved", topicValues);
  }
  /**
   * Build a topics filter row for the "RegistryConstructed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  registryConstructedEventFilter(): string[] {
    return this.spec.eventTopicFilter("RegistryConstructed");
  }
  /**
   * Build a topics filter row for the "FingerprintFinalised" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  fingerprintFinalisedEventFilter(topicValues?: { fingerprint?: Uint8Array; member?: string | Address }): string[] {
    return this.spec.eventTopicFilter("FingerprintFinalised", topicValues);
  }
  /**
   * Build a topics filter row for the "RegistryAdminChanged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  registryAdminChangedEventFilter(): string[] {
    return this.spec.eventTopicFilter("RegistryAdminChanged");
  }
  /**
   * Build a topics filter row for the "RegistryAdminProposed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  registryAdminProposedEventFilter(): string[] {
    return this.spec.eventTopicFilter("RegistryAdminProposed");
  }
}