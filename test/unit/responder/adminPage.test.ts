import { describe, expect, it } from "vitest";
import { readAdminPage } from "../../../src/core/ndes/adminPage.js";
import { adminPage } from "../../../src/responder/adminPage.js";

const thumbprint = "a656fa66ab12b433a2da5cf7cc153d9a";

function text(page: Uint8Array): string {
  return Buffer.from(page).toString("utf16le");
}

describe("the admin page", () => {
  const oneTime = adminPage({ kind: "oneTimePassword", password: "8CE317021F690069", validityMinutes: 60 }, thumbprint);
  const single = adminPage({ kind: "singlePassword", password: "8CE317021F690069" }, thumbprint);
  const full = adminPage({ kind: "cacheFull", capacity: 5, validityMinutes: 60 }, thumbprint);

  it("is UTF-16LE without a byte order mark, and says of itself that it is UTF-8", () => {
    expect([...oneTime.subarray(0, 4)]).toEqual([0x3c, 0, 0x48, 0]);
    expect(text(oneTime)).toMatch(/^<HTML><Head><Meta HTTP-Equiv="Content-Type" Content="text\/html; charset=UTF-8">/);
    expect(text(oneTime)).toMatch(/<\/Font><\/Body><\/HTML>$/);
  });

  // The expressions by which tools in the field read the page of a real NDES.
  it("shows a password as tools look for it", () => {
    const page = text(oneTime);
    expect(/(?:The enrollment challenge password is: <B> )(?<password>\S*)/i.exec(page)?.groups?.["password"]).toBe(
      "8CE317021F690069",
    );
    expect(page).toContain(
      "The thumbprint (hash value) for the CA certificate is: <B> A656FA66 AB12B433 A2DA5CF7 CC153D9A </B>",
    );
    expect(page).toContain("This password can be used only once and will expire within 60 minutes.");
  });

  it("says of a single password that it does not expire", () => {
    expect(text(single)).toContain("password is: <B> 8CE317021F690069 </B>");
    expect(text(single)).toContain("This password can be used multiple times and will not expire.");
  });

  it("says when the cache is full, and shows no password", () => {
    expect(text(full)).toContain("<P> The password cache is full. <P>");
    expect(text(full)).not.toContain("<B>");
  });

  it("is read by our own reader of such pages", () => {
    expect(readAdminPage(oneTime)).toMatchObject({
      page: "password",
      encoding: "UTF-16LE",
      thumbprint,
      password: "8CE317021F690069",
      validityMinutes: 60,
      reusable: false,
    });
    expect(readAdminPage(single)).toMatchObject({ page: "password", reusable: true });
    expect(readAdminPage(full)).toMatchObject({ page: "cacheFull" });
  });
});
