import { visibleText } from "../../asn1/visibleText.js";
import { headerValue } from "../../scep/transport.js";
import type { ExchangeSubject } from "../subject.js";
import type { Rule } from "./rule.js";

/** `http.contentType` */
export const httpContentType: Rule<"exchange"> = {
  code: "http.contentType",
  severity: "warning",
  title: "The Content-Type does not fit the body",
  why: 'sscep and jscep refuse an answer whose Content-Type is not exactly the one of the standard, whatever the body is; sscep says "wrong (or missing) MIME content type".',
  remedy: "Set the type on the server or on the proxy in front of it; a client that looks at the body does not mind.",
  citation: "RFC 8894 §4.1.1, §4.2.1, §4.3",
  appliesTo: "exchange",
  check: (subject) => {
    const { response } = subject.exchange;
    const expected = expectedType(subject);
    if (!response || response.status !== 200 || expected === undefined) return [];
    const found = (headerValue(response, "Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    if (found === expected) return [];
    const words = found === "" ? "no Content-Type" : `the Content-Type ${visibleText(found, 100)}`;
    return [
      { at: "contentType", message: `The body is ${bodyWords(subject)} and comes with ${words}; ${expected} is due.` },
    ];
  },
};

/** What the standard wants for the body that came; of a web page another rule speaks. */
function expectedType({ operation, body }: ExchangeSubject): string | undefined {
  const asked = operation?.toLowerCase();
  if (asked === "pkioperation") return body === "pkiMessage" ? "application/x-pki-message" : undefined;
  if (asked === "getcacert") {
    if (body === "certificate") return "application/x-x509-ca-cert";
    return body === "certsOnly" ? "application/x-x509-ca-ra-cert" : undefined;
  }
  return asked === "getnextcacert" && body === "signedData" ? "application/x-x509-next-ca-cert" : undefined;
}

function bodyWords({ body }: ExchangeSubject): string {
  switch (body) {
    case "certificate":
      return "one certificate";
    case "certsOnly":
      return "a bundle of certificates";
    default:
      return "a SCEP message";
  }
}
