import type { Rule } from "./rule.js";

const weak: Readonly<Record<string, string>> = { md5: "MD5", sha1: "SHA-1" };

/** `opensslConf.digest.weak` */
export const opensslConfDigestWeak: Rule<"opensslConf"> = {
  code: "opensslConf.digest.weak",
  severity: "warning",
  title: "Requests signed with MD5 or SHA-1",
  why: "RFC 8894 forbids MD5 and leaves SHA-1 to old servers; hardened servers refuse both.",
  remedy: "Set default_md = sha256, or leave it out.",
  citation: "RFC 8894 §2.9",
  appliesTo: "opensslConf",
  check: ({ request, script, place, scriptPlace }) => {
    const md = request?.defaultMd;
    const name = md && weak[md.value.toLowerCase().replace(/^sha-1$/, "sha1")];
    const digest = script?.digest;
    return [
      ...(md && name ? [{ ...place(md.valueRange), message: `Requests are signed with ${name}.` }] : []),
      ...(digest ? [{ ...scriptPlace(digest.range), message: `Requests are signed with ${weak[digest.name]}.` }] : []),
    ];
  },
};
