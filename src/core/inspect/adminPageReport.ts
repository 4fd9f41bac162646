import { visibleText } from "../asn1/visibleText.js";
import { definedOnly } from "../definedOnly.js";
import { type AdminPage, readAdminPage } from "../ndes/adminPage.js";
import { assemble, frameOf, type Place } from "./assemble.js";
import { node } from "./describe/nodes.js";
import type { AdminPageFacts } from "./facts/scepFacts.js";
import type { Report, Verdict } from "./report.js";

/** The report on a page of NDES's mscep_admin; the password on it is masked. */
export function reportOnAdminPage(bytes: Uint8Array, place: Place): Report {
  const page: AdminPage = readAdminPage(bytes) ?? { page: "unknown", encoding: "UTF-8", reusable: false, text: "" };
  const frame = frameOf(place, bytes);
  const facts: AdminPageFacts = definedOnly<AdminPageFacts>({
    kind: "adminPage",
    ...place.source,
    page: page.page,
    thumbprint: page.thumbprint,
    password: page.password === undefined ? undefined : { secret: page.password },
    validityMinutes: page.validityMinutes,
  });
  const verdict = verdictOn(page);
  return assemble(place, {
    title: "NDES admin page",
    facts,
    bytes,
    root: {
      label: "NDES admin page",
      value: verdict.headline,
      content: "page",
      range: { start: 0, end: bytes.length },
      children: () => [
        node(frame, "page", "page", {
          value: verdict.headline,
          status: verdict.status,
          explanation: verdict.sentence,
          citation: "NDES mscep_admin",
        }),
        page.password === undefined
          ? undefined
          : node(frame, "password", "challengePassword", {
              value: page.reusable ? "•••, for any number of requests" : "•••, for one request",
              secret: page.password,
            }),
        page.validityMinutes === undefined
          ? undefined
          : node(frame, "validity", "validity", {
              value: `${page.validityMinutes} minutes`,
              explanation: "How long an unused password holds; restarting IIS ends it earlier.",
              citation: "NDES PasswordValidity",
            }),
        page.thumbprint === undefined
          ? undefined
          : node(frame, "thumbprint", "thumbprint", {
              value: `${page.thumbprint.length === 32 ? "MD5" : page.thumbprint.length === 40 ? "SHA-1" : "hash"} ${visibleText(page.thumbprint, 128)}`,
              copyValue: page.thumbprint,
            }),
        node(frame, "encoding", "encoding", {
          value: page.encoding,
          explanation: "What the page is encoded in; NDES sends UTF-16LE and says UTF-8 in the page.",
          citation: "NDES mscep_admin",
        }),
      ],
    },
    subjects: [{ kind: "adminPage", subject: { page } }],
    verdict: () => verdict,
  });
}

function verdictOn({ page, reusable, validityMinutes }: AdminPage): Verdict {
  switch (page) {
    case "password":
      return {
        status: "ok",
        headline: "a challenge password",
        sentence: reusable
          ? "NDES gave the password that it is set up with; it can be used many times."
          : `NDES gave a one-time password${validityMinutes === undefined ? "" : ` that holds for ${validityMinutes} minutes`}.`,
      };
    case "cacheFull":
      return {
        status: "error",
        headline: "the password cache is full",
        sentence: "NDES gives no new password, because as many as it keeps are unused.",
        remedy:
          "Use one of those, wait until they expire (60 minutes unless set otherwise), restart IIS, or raise PasswordMax.",
      };
    case "noPermission":
      return {
        status: "error",
        headline: "no permission",
        sentence: "NDES gives this user no password.",
        remedy:
          "Give the user Enroll on all three templates that NDES is set up with, and see that the CA issues them (event 6).",
      };
    case "noPassword":
      return {
        status: "info",
        headline: "a thumbprint, no password",
        sentence: "The page shows the CA's thumbprint and no password.",
      };
    case "unknown":
      return {
        status: "info",
        headline: "a page of NDES",
        sentence: "The page is NDES's, but none that hands out a password.",
        remedy: "Passwords are on the admin page, usually /certsrv/mscep_admin/.",
      };
  }
}
