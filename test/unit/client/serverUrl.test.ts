import { describe, expect, it } from "vitest";
import { informationRequest, operationUrl, pkiOperationRequest } from "../../../src/core/scep/operationRequest.js";
import { readServerUrl, serverWithDefaults } from "../../../src/core/scep/server.js";

describe("what people type becomes the URL of a server", () => {
  it.each([
    ["ndes01", "http://ndes01/certsrv/mscep/mscep.dll"],
    ["  ndes01.lab.example ", "http://ndes01.lab.example/certsrv/mscep/mscep.dll"],
    ["ndes01:8080", "http://ndes01:8080/certsrv/mscep/mscep.dll"],
    ["192.0.2.7", "http://192.0.2.7/certsrv/mscep/mscep.dll"],
    ["[2001:db8::7]:81", "http://[2001:db8::7]:81/certsrv/mscep/mscep.dll"],
    ["https://ndes01", "https://ndes01/certsrv/mscep/mscep.dll"],
    ["http://ndes01/", "http://ndes01/"],
    ["ndes01/CertSrv/mscep/mscep.dll", "http://ndes01/CertSrv/mscep/mscep.dll"],
    ["http://ndes01/certsrv/mscep/mscep.dll/pkiclient.exe", "http://ndes01/certsrv/mscep/mscep.dll/pkiclient.exe"],
    ["HTTP://NDES01/certsrv/mscep/", "http://ndes01/certsrv/mscep/"],
    ["https://ca:9000/scep/x", "https://ca:9000/scep/x"],
    ["http://ndes01/mscep.dll?operation=GetCACaps&message=ca", "http://ndes01/mscep.dll"],
    ["http://ca/scep?tenant=7&operation=GetCACert#top", "http://ca/scep?tenant=7"],
  ])("%s → %s", (typed, url) => {
    expect(readServerUrl(typed)).toBe(url);
  });

  it.each([
    ["", "A server needs a URL or a host name"],
    ["ftp://ndes01/x", "not an http or https URL"],
    ["http://", "neither a URL nor a host name"],
    ["http://ndes 01/", "neither a URL nor a host name"],
    ["http://user:hunter2@ndes01/scep", "holds a user name or password"],
  ])("%j is refused in a sentence", (typed, words) => {
    expect(() => readServerUrl(typed)).toThrow(words);
    expect(() => readServerUrl(typed)).not.toThrow(/hunter2/);
  });
});

describe("the request of an operation", () => {
  const server = serverWithDefaults("http://ndes01/certsrv/mscep/mscep.dll");

  it("always has a message, because old NDES answers nothing without one", () => {
    expect(informationRequest("GetCACaps", server).url).toBe(
      "http://ndes01/certsrv/mscep/mscep.dll?operation=GetCACaps&message=CAIdentifier",
    );
    expect(informationRequest("GetCACert", { ...server, caIdentifier: "" }).url).toContain("&message=CAIdentifier");
  });

  it("names the CA identifier of the settings, percent-encoded", () => {
    expect(informationRequest("GetCACert", { ...server, caIdentifier: "SCEP Authority/1" }).url).toBe(
      "http://ndes01/certsrv/mscep/mscep.dll?operation=GetCACert&message=SCEP%20Authority%2F1",
    );
  });

  it("by GET carries standard base64 with + / and = percent-encoded", () => {
    const message = Uint8Array.from([0xfb, 0xff, 0xbf, 0xfb]);
    const { method, url, body } = pkiOperationRequest("GET", server, message);
    expect({ method, body }).toEqual({ method: "GET", body: undefined });
    expect(url).toMatch(/\?operation=PKIOperation&message=%2B%2F%2B%2F%2Bw%3D%3D$/);
    expect(Buffer.from(new URL(url).searchParams.get("message") ?? "", "base64")).toEqual(Buffer.from(message));
  });

  it("by POST carries the message itself under SCEP's media type", () => {
    const message = Uint8Array.from([0x30, 0x00]);
    expect(pkiOperationRequest("POST", server, message)).toMatchObject({
      method: "POST",
      url: "http://ndes01/certsrv/mscep/mscep.dll?operation=PKIOperation",
      headers: { "Content-Type": "application/x-pki-message" },
      body: message,
    });
  });

  it("keeps a query that the server's URL has of its own", () => {
    expect(operationUrl("http://ca/scep?tenant=7", "GetCACaps", "x")).toBe(
      "http://ca/scep?tenant=7&operation=GetCACaps&message=x",
    );
  });
});
