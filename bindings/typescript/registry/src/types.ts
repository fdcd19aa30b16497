import {Address} from '@stellar/stellar-sdk';

    /**
 * Tuple Struct: Config
 */
export type Config = readonly [string, string | null, bigint];

/**
 * Tuple Struct: Reservation
 */
export type Reservation = readonly [string, bigint, boolean];

/**
 * Error Enum: RegistryError
 */
export const RegistryError = {
  /**
   * This platform is not a member of the registry. Ask the registry's admin for admission.
   */
  601 : { message: "NotMember" },
  /**
   * This invoice is financed already, or is being financed. Do not finance it a second time.
   */
  602 : { message: "FingerprintTaken" },
  /**
   * Nobody holds this fingerprint now. It was never reserved, was released or has lapsed.
   */
  603 : { message: "FingerprintFree" },
  /**
   * Another platform holds this fingerprint. Only that platform can change it.
   */
  604 : { message: "NotHolder" },
  /**
   * The invoice is financed, so its fingerprint is held for ever. Nothing can be changed.
   */
  605 : { message: "FingerprintFinal" },
  /**
   * A reservation must end in the future, at most 90 days ahead. Choose another moment.
   */
  606 : { message: "UntilOutOfBounds" },
  /**
   * No successor of the registry's admin is proposed. The present admin must propose one first.
   */
  607 : { message: "NoCandidate" },
  /**
   * The seven days to take over the registry have passed. The present admin must propose again.
   */
  608 : { message: "CandidacyLapsed" },
  /**
   * The registry cannot be its own member or admin. Use a platform's address.
   */
  609 : { message: "OwnAddress" }
}

/**
 * Event: MemberChanged
 */
export interface MemberChangedEvent {
  name: "MemberChanged";
  data: {
    member: string;
    admitted_before?: boolean;
    admitted?: boolean;
  };
}

/**
 * Event: FingerprintReleased
 */
export interface FingerprintReleasedEvent {
  name: "FingerprintReleased";
  data: {
    fingerprint: Uint8Array;
    member: string;
  };
}

/**
 * Event: FingerprintReserved
 */
export interface FingerprintReservedEvent {
  name: "FingerprintReserved";
  data: {
    fingerprint: Uint8Array;
    member: string;
    until?: bigint;
  };
}

/**
 * Event: RegistryConstructed
 */
export interface RegistryConstructedEvent {
  name: "RegistryConstructed";
  data: {
    admin?: string;
  };
}

/**
 * Event: FingerprintFinalised
 */
export interface FingerprintFinalisedEvent {
  name: "FingerprintFinalised";
  data: {
    fingerprint: Uint8Array;
    member: string;
  };
}

/**
 * Event: RegistryAdminChanged
 */
export interface RegistryAdminChangedEvent {
  name: "RegistryAdminChanged";
  data: {
    before?: string;
    after?: string;
  };
}

/**
 * Event: RegistryAdminProposed
 */
export interface RegistryAdminProposedEvent {
  name: "RegistryAdminProposed";
  data: {
    admin?: string;
    candidate?: string;
    deadline?: bigint;
  };
}
    export type ContractEvent = MemberChangedEvent | FingerprintReleasedEvent | FingerprintReservedEvent | RegistryConstructedEvent | FingerprintFinalisedEvent | RegistryAdminChangedEvent | RegistryAdminProposedEvent;
    