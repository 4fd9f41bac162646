/**
 * Every case: its name, the request, what is to be said of it for the two targets, and which rules it nearly breaks. What
 * is expected is written down here by hand, from the documents that the rules cite, and not by the program that is tested.
 */
import { attributeCases } from "./attributeCases.mjs";
import { challengeCases } from "./challengeCases.mjs";
import { encodingCases } from "./encodingCases.mjs";
import { keyCases } from "./keyCases.mjs";
import { peerCases } from "./peerCases.mjs";
import { sanCases } from "./sanCases.mjs";
import { subjectCases } from "./subjectCases.mjs";

/**
 * @typedef {object} Case
 * @property {string} name folder and file
 * @property {() => { made: string, text: string | Uint8Array }} request
 * @property {readonly string[]} [both] "severity code" for both targets
 * @property {readonly string[]} [ndes] for NDES alone
 * @property {readonly string[]} [rfc8894] for RFC 8894 alone
 * @property {readonly string[]} [near] codes of rules that it keeps to, but only just
 */

/** @type {readonly Case[]} */
export const cases = [
  ...keyCases,
  ...challengeCases,
  ...subjectCases,
  ...sanCases,
  ...attributeCases,
  ...encodingCases,
  ...peerCases,
];
