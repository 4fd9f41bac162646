import type { Rule } from "./rule.js";

/** Groups of eight digits, as mscep_admin writes the thumbprint of the CA (MD5), or in pairs with colons or blanks. */
const grouped = /^(?:[0-9a-f]{8}(?: [0-9a-f]{8}){3,4}|[0-9a-f]{2}(?:[ :-][0-9a-f]{2}){15,19})$/i;

/** 32 digits (MD5) or 40 (SHA-1) without any blanks. */
const plain = /^(?:[0-9a-f]{32}|[0-9a-f]{40})$/i;

/** `csr.challenge.thumbprint` */
export const csrChallengeThumbprint: Rule<"request"> = {
  code: "csr.challenge.thumbprint",
  severity: "warning",
  title: "The challenge looks like the thumbprint of a certificate",
  why: "The page of mscep_admin shows two values, one above the other: the thumbprint of the CA, 32 hexadecimal digits in four groups, and the challenge password, 16 digits in one. Copying the first instead of the second is an old mistake. One-time passwords of Windows Server 2008 have 32 digits as well, always without blanks.",
  remedy: 'Copy the value behind "The enrollment challenge password is" and make the request anew.',
  citation: "NDES mscep_admin page; NDES event 29",
  appliesTo: "request",
  check: ({ view: { challengePassword } }) => {
    const text = challengePassword?.text?.trim() ?? "";
    const inGroups = grouped.test(text);
    if (!challengePassword || (!inGroups && !plain.test(text))) return [];
    const { node } = challengePassword;
    const digits = text.replaceAll(/[^0-9a-f]/gi, "").length;
    return [
      {
        at: "challengePassword",
        message: inGroups
          ? "The challengePassword is written like the thumbprint that mscep_admin shows above the password."
          : `The challengePassword has ${digits} hexadecimal digits, like a thumbprint; one-time passwords have 16 unless PasswordLength was changed${digits === 32 ? ", and 32 on Windows Server 2008" : ""}.`,
        severity: inGroups ? "warning" : "info",
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
