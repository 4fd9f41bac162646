import { characterString, integerValue, objectIdentifier } from "../asn1/buildValue.js";
import { bitStringValue, sequence, setOf } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import { maskedText, type StringOptions } from "./stringMask.js";

/** An attribute of a request to be built (RFC 2986 §4.1): its type, dotted, and the DER of its one value. */
export interface AttributeInput {
  readonly oid: string;
  readonly valueDer: Uint8Array;
}

/** The DER of one Attribute. */
export function buildAttribute({ oid: type, valueDer }: AttributeInput): Uint8Array<ArrayBuffer> {
  return sequence(objectIdentifier(type), setOf([valueDer]));
}

/** An attribute that holds a string, encoded as OpenSSL does it for that type and mask; `what` begins the sentence of an error. */
export function stringAttribute(type: string, text: string, strings: StringOptions, what: string): AttributeInput {
  return { oid: type, valueDer: maskedText(type, text, strings, what) };
}

/** Microsoft's version of the operating system (1.3.6.1.4.1.311.13.2.3), an IA5String: `10.0.20348.2`. */
export function osVersionAttribute(version: string): AttributeInput {
  return { oid: oid.osVersion, valueDer: characterString("IA5String", version, "The version of the operating system") };
}

/** What Microsoft's client says of itself in 1.3.6.1.4.1.311.21.20. */
export interface ClientInfo {
  /** Which program it was, by Microsoft's numbers. */
  readonly clientId: number;
  readonly machine: string;
  readonly user: string;
  readonly process: string;
}

/** Microsoft's client information: the program's number and three UTF8Strings. */
export function clientInfoAttribute({ clientId, machine, user, process }: ClientInfo): AttributeInput {
  const texts = [machine, user, process].map((text) => characterString("UTF8String", text, "The client information"));
  return { oid: oid.requestClientInfo, valueDer: sequence(integerValue(clientId), ...texts) };
}

/**
 * Microsoft's cryptographic service provider (1.3.6.1.4.1.311.13.2.2): the kind of key (1 exchange, 2 signature), the name
 * as a BMPString, and a signature, which is left empty.
 */
export function cspProviderAttribute(name: string, keySpec: 1 | 2 = 1): AttributeInput {
  const valueDer = sequence(
    integerValue(keySpec),
    characterString("BMPString", name, "The name of the cryptographic service provider"),
    bitStringValue(new Uint8Array()),
  );
  return { oid: oid.enrollmentCspProvider, valueDer };
}
