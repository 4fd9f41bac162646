import { beforeEach, describe, expect, it } from "vitest";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { OneTimePasswords } from "../../../src/responder/oneTimePasswords.js";

let clock: Date;
let passwords: OneTimePasswords;
beforeEach(() => {
  clock = new Date("2026-11-22T12:00:00Z");
  passwords = new OneTimePasswords(
    (length) => nodeCrypto.randomBytes(length),
    () => clock,
  );
});

function handOut(): string {
  const state = passwords.visit();
  if (state.kind !== "oneTimePassword") throw new Error(`no password but ${state.kind}`);
  return state.password;
}

function passMinutes(minutes: number): void {
  clock = new Date(clock.getTime() + minutes * 60_000);
}

describe("one-time passwords", () => {
  it("are 16 upper-case hex digits, each another, said to hold for 60 minutes", () => {
    const first = handOut();
    expect(first).toMatch(/^[0-9A-F]{16}$/);
    expect(handOut()).not.toBe(first);
    expect(passwords.visit()).toMatchObject({ kind: "oneTimePassword", validityMinutes: 60 });
  });

  it("are good once", () => {
    const password = handOut();
    expect(passwords.redeem(password)).toBe("accepted");
    expect(passwords.redeem(password)).toBe("used");
  });

  it("are not known by another spelling", () => {
    const password = handOut();
    expect(passwords.redeem(password.toLowerCase().padEnd(17))).toBe("unknown");
    expect(passwords.redeem("")).toBe("unknown");
  });

  it("are good for 60 minutes", () => {
    const early = handOut();
    passMinutes(1);
    const late = handOut();
    passMinutes(59);
    expect(passwords.redeem(early)).toBe("expired");
    expect(passwords.redeem(late)).toBe("accepted");
  });

  it("are five at a time: then the cache is full, until one is used or expires", () => {
    const [first = ""] = Array.from({ length: 5 }, handOut);
    expect(passwords.slots()).toEqual({ kind: "oneTime", capacity: 5, free: 0, validityMinutes: 60 });
    expect(passwords.visit()).toEqual({ kind: "cacheFull", capacity: 5, validityMinutes: 60 });
    passwords.redeem(first);
    expect(passwords.slots().free).toBe(1);
    handOut();
    expect(passwords.visit().kind).toBe("cacheFull");
    passMinutes(60);
    expect(passwords.slots().free).toBe(5);
  });

  it("that are gone are remembered up to a bound", () => {
    const first = handOut();
    passwords.redeem(first);
    for (let i = 0; i < 1000; i++) passwords.redeem(handOut());
    expect(passwords.redeem(first)).toBe("unknown");
  });
});
