import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { readPrivateKey } from "../../../src/core/crypto/privateKey.js";
import { amendRequest, type RequestAmendment } from "../../../src/core/pkcs10/amendRequest.js";
import { readRequest, type RequestView } from "../../../src/core/pkcs10/request.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

const keyOptions = {
  RSA: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  "EC P-256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  "EC P-384": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  "EC P-521": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
  Ed25519: ["-algorithm", "ED25519"],
} as const;

const config = `[req]
prompt = no
distinguished_name = dn
attributes = attributes
req_extensions = extensions
string_mask = utf8only
[dn]
C = DE
O = Example
CN = dev7.example.com
[attributes]
challengePassword = 8CE317021F690069
unstructuredName = dev7
[extensions]
keyUsage = critical,digitalSignature,keyEncipherment
subjectAltName = critical,DNS:dev7.example.com
extendedKeyUsage = clientAuth
`;

describe.skipIf(!hasOpenssl)("a request of the openssl program, amended (needs openssl)", () => {
  let folder: OpensslFolder;
  const files = new Map<string, { der: Uint8Array; key: Uint8Array; before: RequestView }>();

  beforeAll(() => {
    folder = new OpensslFolder();
    folder.write("req.cnf", config);
    for (const [name, options] of Object.entries(keyOptions)) {
      folder.run("genpkey", ...options, "-out", "key.pem");
      folder.run("req", "-new", "-config", "req.cnf", "-key", "key.pem", "-outform", "DER", "-out", "req.der");
      const der = folder.read("req.der");
      const before = readRequest(der) as RequestView;
      files.set(name, { der, key: readPrivateKey(folder.read("key.pem")), before });
    }
  });
  afterAll(() => folder.remove());

  async function amend(
    name: string,
    amendment: RequestAmendment,
  ): Promise<{ before: RequestView; after: RequestView }> {
    const { der, key, before } = files.get(name) as { der: Uint8Array; key: Uint8Array; before: RequestView };
    const amended = await amendRequest(nodeCrypto, der, key, amendment);
    folder.write("amended.der", amended);
    const { output } = folder.try("req", "-inform", "DER", "-in", "amended.der", "-noout", "-verify");
    expect(output).toContain("verify OK");
    return { before, after: readRequest(amended) as RequestView };
  }

  const attributesHex = ({ attributes }: RequestView, not = ""): readonly string[] =>
    attributes.filter(({ name }) => name !== not).map(({ node }) => toHex(node.encoding));
  const extensionsHex = ({ extensions }: RequestView, not = ""): readonly string[] =>
    extensions.filter(({ name }) => name !== not).map(({ node }) => toHex(node.encoding));

  for (const name of Object.keys(keyOptions)) {
    it(`by nothing is signed anew over the same bytes (${name})`, async () => {
      const { before, after } = await amend(name, {});
      expect(toHex(after.info)).toBe(toHex(before.info));
      expect(after.signatureAlgorithm.name).toBe(before.signatureAlgorithm.name);
    });

    it(`by its challenge re-encoded keeps all else byte for byte (${name})`, async () => {
      const { before, after } = await amend(name, { challengePassword: { stringType: "PrintableString" } });
      expect(before.challengePassword?.stringType).toBe("UTF8String");
      expect(after.challengePassword).toMatchObject({ stringType: "PrintableString", text: "8CE317021F690069" });
      expect(toHex(after.subject.node.encoding)).toBe(toHex(before.subject.node.encoding));
      expect(toHex(after.spki)).toBe(toHex(before.spki));
      expect(attributesHex(after, "challengePassword")).toEqual(attributesHex(before, "challengePassword"));
      expect(after.attributes.map((attribute) => attribute.name)).toEqual(
        before.attributes.map((attribute) => attribute.name),
      );
    });
  }

  it("is, with RSA, the very same request again where nothing changes", async () => {
    const { before, after } = await amend("RSA", {});
    expect(toHex(after.der)).toBe(toHex(before.der));
  });

  it("gets another password, or none", async () => {
    const { after } = await amend("RSA", { challengePassword: { text: "0000000000000000" } });
    expect(after.challengePassword).toMatchObject({ stringType: "PrintableString", text: "0000000000000000" });
    const without = await amend("RSA", { challengePassword: "remove" });
    expect(without.after.challengePassword).toBeUndefined();
    expect(attributesHex(without.after)).toEqual(attributesHex(without.before, "challengePassword"));
  });

  it("gets another digest and nothing else", async () => {
    const { before, after } = await amend("RSA", { digest: "SHA-512" });
    expect(after.signatureAlgorithm.name).toBe("sha512WithRSAEncryption");
    expect(toHex(after.info)).toBe(toHex(before.info));
  });

  it("gets a new key, of another type too", async () => {
    const { der, before } = files.get("RSA") as { der: Uint8Array; before: RequestView };
    const pair = await nodeCrypto.generateCurveKeyPair("P-256");
    const after = readRequest(await amendRequest(nodeCrypto, der, pair.pkcs8, { newKey: true })) as RequestView;
    expect(toHex(after.spki)).toBe(toHex(pair.spki));
    expect(after.signatureAlgorithm.name).toBe("ecdsa-with-SHA256");
    expect(attributesHex(after)).toEqual(attributesHex(before));
  });

  it("gets more alternative names behind those that it has, the other extensions as they were", async () => {
    const names = [
      { kind: "DNS", text: "dev8.example.com" },
      { kind: "IP", text: "192.0.2.7" },
    ] as const;
    const { before, after } = await amend("RSA", { addSubjectAltNames: { names, critical: false } });
    const text = folder.run("req", "-inform", "DER", "-in", "amended.der", "-noout", "-text");
    expect(text).toMatch(
      /Subject Alternative Name: \n\s+DNS:dev7.example.com, DNS:dev8.example.com, IP Address:192.0.2.7\n/,
    );
    expect(extensionsHex(after, "subjectAltName")).toEqual(extensionsHex(before, "subjectAltName"));
    expect(after.extensions.map(({ name }) => name)).toEqual(before.extensions.map(({ name }) => name));
  });

  it("keeps its SAN critical where nobody says otherwise", async () => {
    const { after } = await amend("RSA", { addSubjectAltNames: { names: [{ kind: "DNS", text: "x" }] } });
    expect(after.extensions.find(({ name }) => name === "subjectAltName")?.critical).toBe(true);
  });

  it("gets its first extension where it asked for none", async () => {
    folder.run("genpkey", "-algorithm", "RSA", "-out", "bare.pem");
    folder.run("req", "-new", "-key", "bare.pem", "-subj", "/CN=dev7", "-outform", "DER", "-out", "bare.der");
    const key = readPrivateKey(folder.read("bare.pem"));
    const names = [{ kind: "UPN", text: "dev7@example.com" }] as const;
    folder.write(
      "bare.der",
      await amendRequest(nodeCrypto, folder.read("bare.der"), key, { addSubjectAltNames: { names } }),
    );
    const text = folder.run("req", "-inform", "DER", "-in", "bare.der", "-noout", "-text", "-verify");
    expect(text).toContain("othername: UPN::dev7@example.com");
  });

  it("is refused with a key that is not its own", async () => {
    const { der } = files.get("RSA") as { der: Uint8Array };
    const { key } = files.get("EC P-256") as { key: Uint8Array };
    await expect(amendRequest(nodeCrypto, der, key, {})).rejects.toThrow(
      "The private key is not the one that the request was made with. Choose that key, or make a new one.",
    );
  });

  it("is refused where the password does not fit the string type, and the password is not repeated", async () => {
    const { der, key } = files.get("RSA") as { der: Uint8Array; key: Uint8Array };
    const amendment = { challengePassword: { text: "geheim_7", stringType: "PrintableString" } } as const;
    const error: unknown = await amendRequest(nodeCrypto, der, key, amendment).catch((reason: unknown) => reason);
    expect(String(error)).toContain("character 7 is not among those that the type allows");
    expect(String(error)).not.toContain("geheim");
  });
});
