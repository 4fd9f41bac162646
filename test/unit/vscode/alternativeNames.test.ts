import { describe, expect, it } from "vitest";
import { readAlternativeNames, writeAlternativeNames } from "../../../src/vscode/enroll/alternativeNames.js";

describe("alternative names as people list them", () => {
  it.each([
    ["", []],
    ["dev7.example.com", [{ kind: "DNS", text: "dev7.example.com" }]],
    [
      "dev7, 192.0.2.7; 2001:db8::7",
      [
        { kind: "DNS", text: "dev7" },
        { kind: "IP", text: "192.0.2.7" },
        { kind: "IP", text: "2001:db8::7" },
      ],
    ],
    ["dev7@example.com", [{ kind: "email", text: "dev7@example.com" }]],
    ["UPN:dev7@example.com", [{ kind: "UPN", text: "dev7@example.com" }]],
    ["https://example.com:8443/x", [{ kind: "URI", text: "https://example.com:8443/x" }]],
    ["urn:x", [{ kind: "DNS", text: "urn:x" }]],
    [
      "ip:192.0.2.7 Dns:192.0.2.7",
      [
        { kind: "IP", text: "192.0.2.7" },
        { kind: "DNS", text: "192.0.2.7" },
      ],
    ],
  ])("reads %j", (text, names) => {
    expect(readAlternativeNames(text)).toEqual(names);
  });

  it("reads what it writes", () => {
    const names = readAlternativeNames("dev7.example.com 192.0.2.7 dev7@example.com https://example.com/ UPN:a@b");
    expect(readAlternativeNames(writeAlternativeNames(names))).toEqual(names);
  });
});
