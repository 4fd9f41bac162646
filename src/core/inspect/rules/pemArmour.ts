import { wrappingRules } from "./wrappingRule.js";

/** `pem.armour` */
export const pemArmour = wrappingRules("pem.armour", {
  severity: "warning",
  title: "BEGIN and END lines that are no more what they were",
  why: "A mail program has turned hyphens into dashes, or some are missing. The block is read all the same; OpenSSL and most programs do not find it.",
  remedy: "Write five hyphens on each side: -----BEGIN CERTIFICATE-----.",
  citation: "RFC 7468 §3",
});
