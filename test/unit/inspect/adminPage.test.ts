import { describe, expect, it } from "vitest";
import { readAdminPage } from "../../../src/core/ndes/adminPage.js";
import { inspectOne, nodeNamed } from "../../support/inspection.js";

const head =
  '<HTML><Head><Meta HTTP-Equiv="Content-Type" Content="text/html; charset=UTF-8"><Title>Network Device Enrollment Service</Title></Head><Body>';
const thumbprint =
  "<P> The thumbprint (hash value) for the CA certificate is: <B> A656FA66 AB12B433 A2DA5CF7 CC153D9A </B>";

/** Pages as NDES words them, and one in a language that nobody here speaks. */
const pages = {
  password: `${head}${thumbprint}<P> The enrollment challenge password is: <B> 8CE317021F690069 </B> <P> This password can be used only once and will expire within 60 minutes.</Body></HTML>`,
  single: `${head}${thumbprint}<P> The enrollment challenge password is: <B> 0123456789ABCDEF0123456789ABCDEF </B> <P> This password can be used multiple times and will not expire.</Body></HTML>`,
  foreign: `${head}<P>Tintenfisch: <B> A656FA66 AB12B433 A2DA5CF7 CC153D9A </B><P>Kartoffel: <B> 8CE317021F690069 </B><P>Bis in 45 Minuten.</Body></HTML>`,
  cacheFull: `${head}<P> The password cache is full. <P> By default, passwords are stored for 60 minutes.<UL> <LI> Wait </LI> <LI> Restart </LI> <LI> Configure </LI> </UL></Body></HTML>`,
  foreignCacheFull: `${head}<P>Voll.<UL><LI>a</LI><LI>b</LI><LI>c</LI></UL></Body></HTML>`,
  noPermission: `${head}<P> You do not have sufficient permission to enroll with SCEP.  Please contact your system administrator. </P></Body></HTML>`,
  noPassword: `${head}${thumbprint}</Body></HTML>`,
  plain: `${head}<P>This URL is used by network devices to submit certificate requests.</Body></HTML>`,
};

const encodings: readonly (readonly [string, (page: string) => Uint8Array])[] = [
  ["UTF-8", (page) => new TextEncoder().encode(page)],
  ["UTF-16LE", (page) => new Uint8Array(Buffer.from(page, "utf16le"))],
  ["UTF-16LE", (page) => new Uint8Array(Buffer.from(`\ufeff${page}\0`, "utf16le"))],
  ["UTF-16BE", (page) => new Uint8Array(Buffer.from(page, "utf16le").swap16())],
];

describe.each(encodings)("mscep_admin in %s", (encoding, encode) => {
  it.each<[keyof typeof pages, object]>([
    [
      "password",
      {
        page: "password",
        password: "8CE317021F690069",
        thumbprint: "a656fa66ab12b433a2da5cf7cc153d9a",
        validityMinutes: 60,
        reusable: false,
      },
    ],
    ["single", { page: "password", password: "0123456789ABCDEF0123456789ABCDEF", reusable: true }],
    ["foreign", { page: "password", password: "8CE317021F690069", validityMinutes: 45 }],
    ["cacheFull", { page: "cacheFull" }],
    ["foreignCacheFull", { page: "cacheFull" }],
    ["noPermission", { page: "noPermission" }],
    ["noPassword", { page: "noPassword", thumbprint: "a656fa66ab12b433a2da5cf7cc153d9a" }],
    ["plain", { page: "unknown" }],
  ])("%s", (name, expected) => {
    expect(readAdminPage(encode(pages[name]))).toMatchObject({ ...expected, encoding });
  });
});

describe("the report on an admin page", () => {
  const utf16 = (page: string): Uint8Array => new Uint8Array(Buffer.from(page, "utf16le"));

  it("masks the password and says how long it holds", async () => {
    const report = await inspectOne(utf16(pages.password), "mscep_admin.html");
    expect(report.facts).toMatchObject({ kind: "adminPage", page: "password", validityMinutes: 60 });
    expect(nodeNamed(report, "challengePassword")).toMatchObject({
      value: "•••, for one request",
      secret: "8CE317021F690069",
    });
    expect(nodeNamed(report, "thumbprint").value).toBe("MD5 a656fa66ab12b433a2da5cf7cc153d9a");
    expect(report.verdict).toMatchObject({
      status: "ok",
      sentence: "NDES gave a one-time password that holds for 60 minutes.",
    });
  });

  it("says what to do where there is no password", async () => {
    expect((await inspectOne(utf16(pages.cacheFull), "x")).verdict).toMatchObject({
      status: "error",
      remedy: expect.stringContaining("PasswordMax"),
    });
    expect((await inspectOne(utf16(pages.noPermission), "x")).verdict).toMatchObject({
      status: "error",
      remedy: expect.stringContaining("event 6"),
    });
  });
});

describe("what is no page of NDES", () => {
  it.each([
    ["another page", "<html><body>404 - File or directory not found.</body></html>"],
    ["prose about it", "The password cache is full."],
    ["nothing", ""],
  ])("%s", (_, text) => {
    expect(readAdminPage(new TextEncoder().encode(text))).toBeUndefined();
  });

  it("a page that is too long to be one", () => {
    expect(readAdminPage(new TextEncoder().encode(pages.password + " ".repeat(300_000)))).toBeUndefined();
  });
});
