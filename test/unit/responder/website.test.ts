import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { readSignedData } from "../../../src/core/cms/signedData.js";
import { readAdminPage } from "../../../src/core/ndes/adminPage.js";
import { encryptionCertificate, signingCertificate, splitRoles } from "../../../src/core/x509/roles.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { type Answer, exchange, get } from "../../support/httpExchange.js";

let responder: RunningResponder;
let origin: string;
beforeAll(async () => {
  responder = await startResponder({ port: 0, caKeyBits: 1024 });
  origin = `http://127.0.0.1:${responder.port}`;
});
afterAll(() => responder.stop());

describe("the addresses", () => {
  it("are those of NDES, on the port that was free", () => {
    expect(responder.port).toBeGreaterThan(0);
    expect(responder.url).toBe(`${origin}/certsrv/mscep/mscep.dll`);
    expect(responder.adminUrl).toBe(`${origin}/certsrv/mscep_admin/`);
  });

  it.each([
    "/certsrv/mscep/mscep.dll",
    "/CertSrv/mscep/mscep.dll",
    "/CERTSRV/MSCEP/MSCEP.DLL",
    "/certsrv/mscep/mscep.dll/pkiclient.exe",
    "/certsrv/mscep/",
  ])("%s is the service", async (path) => {
    const answer = await get(`${origin}${path}?operation=GetCACaps&message=any`);
    expect(answer.body.toString()).toContain("POSTPKIOperation");
  });

  it.each(["/", "/certsrv", "/certsrv/mscep/other.dll", "/scep", "/certsrv/mscep/mscep.dll/../x"])(
    "%s is not found, with a page of HTML",
    async (path) => {
      const answer = await get(`${origin}${path}?operation=GetCACaps`);
      expect(answer.status).toBe(404);
      expect(answer.headers["content-type"]).toBe("text/html");
    },
  );

  it("without their slash are redirected, the query kept", async () => {
    const admin = await get(`${origin}/certsrv/mscep_admin`);
    expect(admin.status).toBe(301);
    expect(admin.headers["location"]).toBe("/certsrv/mscep_admin/");
    const service = await get(`${origin}/CertSrv/mscep?operation=GetCACaps`);
    expect(service.headers["location"]).toBe("/CertSrv/mscep/?operation=GetCACaps");
  });

  it("take no other methods than GET, HEAD and POST", async () => {
    expect((await exchange("DELETE", responder.url)).status).toBe(405);
  });

  it("refuse a query that is longer than NDES's setup allows", async () => {
    const answer = await get(`${responder.url}?operation=PKIOperation&message=${"A".repeat(65_600)}`);
    expect(answer.status).toBe(404);
  });
});

describe("without an operation", () => {
  it("the service shows the page that NDES shows, with the admin address", async () => {
    const answer = await get(responder.url);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/html");
    expect(answer.body.toString()).toContain("This URL is used by network devices to submit certificate requests.");
    expect(answer.body.toString()).toContain(responder.adminUrl);
  });

  it("or with one that it does not know, it sends no SCEP", async () => {
    const answer = await get(`${responder.url}?operation=GetNextCACert&message=x`);
    expect(answer.status).toBe(500);
    expect(answer.headers["content-type"]).toBe("text/html");
  });
});

describe("GetCACaps", () => {
  it("is NDES 2022's list, a word to a line, in its order", async () => {
    const answer = await get(`${responder.url}?operation=GetCACaps`);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/plain");
    expect(answer.headers["server"]).toBe("Microsoft-IIS/10.0");
    expect(answer.body.toString("latin1").trimEnd().split("\n")).toEqual([
      "POSTPKIOperation",
      "Renewal",
      "SHA-512",
      "SHA-256",
      "SHA-1",
      "DES3",
    ]);
  });
});

describe("GetCACert", () => {
  let answer: Answer;
  beforeAll(async () => {
    answer = await get(`${responder.url}?operation=getcacert&message=ca`);
  });

  it("is a certs-only SignedData of four certificates: RA signing, RA encryption, root, issuing CA", () => {
    expect(answer.headers["content-type"]).toBe("application/x-x509-ca-ra-cert");
    const certificates = readSignedData(answer.body)?.certificates ?? [];
    expect(certificates.map(({ subject }) => subject.text)).toEqual([
      "CN=NDES01-MSCEP-RA",
      "CN=NDES01-MSCEP-RA",
      "CN=Lab Root CA",
      "CN=Lab Issuing CA",
    ]);
    expect(splitRoles(certificates).map(({ role }) => role)).toEqual([
      "raSigning",
      "raEncryption",
      "rootCa",
      "issuingCa",
    ]);
  });

  it("lets a client choose the right certificate for each purpose", () => {
    const certificates = readSignedData(answer.body)?.certificates ?? [];
    const { raEncryption, raSigning } = responder.certificates;
    expect(encryptionCertificate(certificates)?.serialNumber).toBe(raEncryption.serialNumber);
    expect(signingCertificate(certificates)?.serialNumber).toBe(raSigning.serialNumber);
  });
});

describe("the admin page", () => {
  it("is served with status 200 and text/html without a charset, whatever it says", async () => {
    const before = responder.passwords().free;
    const pages: Answer[] = [];
    for (let i = 0; i <= before; i++) pages.push(await get(responder.adminUrl));
    for (const { status, headers } of pages) {
      expect(status).toBe(200);
      expect(headers["content-type"]).toBe("text/html");
    }
    expect(pages.map(({ body }) => readAdminPage(body)?.page)).toEqual([
      ...Array.from({ length: before }, () => "password"),
      "cacheFull",
    ]);
    const thumbprint = toHex(await nodeCrypto.digest("MD5", responder.certificates.rootCa.der));
    expect(readAdminPage(pages[0]?.body ?? Buffer.alloc(0))?.thumbprint).toBe(thumbprint);
    expect(responder.passwords()).toEqual({ kind: "oneTime", capacity: 5, free: 0, validityMinutes: 60 });
  });

  it("takes no HEAD, which would use up a password unseen", async () => {
    expect((await exchange("HEAD", responder.adminUrl)).status).toBe(405);
    expect((await exchange("HEAD", `${responder.url}?operation=PKIOperation&message=MA`)).status).toBe(405);
  });
});

describe("a running responder", () => {
  it("counts the requests and tells its listeners what happens until they leave", async () => {
    const sentences: string[] = [];
    const leave = responder.onEvent((event) => sentences.push(event.sentence));
    const before = responder.requestsSeen();
    await get(`${responder.url}?operation=GetCACaps`);
    leave();
    await get(`${responder.url}?operation=GetCACaps`);
    expect(responder.requestsSeen()).toBe(before + 2);
    expect(sentences).toEqual(["GetCACaps answered."]);
  });
});
