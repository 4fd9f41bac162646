import { describe, expect, it } from "vitest";
import { besideTitle, titledHeadline } from "../../../src/core/inspect/besideTitle.js";

describe("a headline beside its title", () => {
  it.each([
    ["CRL CN=Lab CA", "CN=Lab CA · 3 revoked certificates", "CRL CN=Lab CA · 3 revoked certificates"],
    ["Certificate CN=dev7", "CN=dev7 · until 2027-01-01", "Certificate CN=dev7 · until 2027-01-01"],
    ["CertRep", "FAILURE badRequest · 0x80070490", "CertRep · FAILURE badRequest · 0x80070490"],
    ["PKCSReq", "PKCSReq · CN=dev7", "PKCSReq · CN=dev7"],
    ["Certificate CN=a.dev7", "dev7 · until 2027-01-01", "Certificate CN=a.dev7 · dev7 · until 2027-01-01"],
  ])("%s, %s: %s", (title, headline, line) => {
    expect(titledHeadline(title, headline)).toBe(line);
  });

  it("loses nothing where both say different things", () => {
    expect(besideTitle("Certificates", "2 certificates")).toBe("2 certificates");
  });
});
