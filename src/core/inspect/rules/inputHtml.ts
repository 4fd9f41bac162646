import type { Rule } from "./rule.js";

/** `input.html` */
export const inputHtml: Rule<"input"> = {
  code: "input.html",
  severity: "error",
  title: "A web page where a message was expected",
  why: "A server, a proxy or a login page answered with HTML and it was saved as if it were the reply.",
  remedy: "Read the page: it usually says what went wrong. Check the URL and what stands between client and server.",
  citation: "RFC 8894 §4.1",
  appliesTo: "input",
  check: ({ kind, name, pageTitle, bytes }) =>
    kind === "webPage"
      ? [
          {
            at: "",
            message: `${name} is a web page${pageTitle ? ` ("${pageTitle}")` : ""}, no message.`,
            range: { start: 0, end: bytes.length },
          },
        ]
      : [],
};
