import { describe, expect, it } from "vitest";
import { runCommand } from "../../support/commandLine.js";

describe("help", () => {
  it.each(["--help", "-h", "help"])("%s lists the commands and the exit statuses", async (word) => {
    const { status, out, err } = await runCommand([word]);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    for (const command of ["caps", "cacert", "enroll", "decode", "serve"]) expect(out).toContain(`\n  ${command} `);
    expect(out).toContain(
      "Exit status: 0 done, 1 could not be done, 2 the server refused or lint found an error, 3 pending.",
    );
  });

  it("of a command explains each of its options", async () => {
    const { status, out } = await runCommand(["enroll", "http://ndes01", "--help"]);
    expect(status).toBe(0);
    expect(out).toMatch(/^Usage: scep-workbench enroll URL/);
    for (const option of ["--subject", "--csr", "--challenge-stdin", "--cipher", "--tls-ca"])
      expect(out).toContain(option);
  });

  it("is what a run without arguments shows, as an error", async () => {
    const { status, out, err } = await runCommand([]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(/^Usage: scep-workbench COMMAND/);
  });
});

describe("a usage error is one sentence on standard error and status 1", () => {
  it.each<[string[], string]>([
    [
      ["renew", "ndes01"],
      'There is no command "renew". The commands are caps, cacert, enroll, decode, lint, csr, serve.',
    ],
    [["caps"], '"caps" needs the URL or host name of a server. See "scep-workbench caps --help".'],
    [["caps", "a", "b"], '"caps" takes one argument, but there is also "b". See "scep-workbench caps --help".'],
    [
      ["caps", "a", "--cipher", "x"],
      '"caps" has no option --cipher. Its options are --ca-identifier, --timeout, --tls-ca, --save-exchange, --json.',
    ],
    [
      ["caps", "a", "--timeout"],
      'The option --timeout needs a value; one that begins with "-" is written --timeout=-….',
    ],
    [["caps", "a", "--json=yes"], "The option --json takes no value."],
    [["caps", "a", "--timeout", "soon"], '--timeout is a whole number from 1 to 3600, not "soon".'],
    [["caps", "ftp://a/"], '"ftp://a/" is not an http or https URL; SCEP has no other transport.'],
    [["caps", "a", "--tls-ca", "/nowhere/ca.pem"], "There is no file /nowhere/ca.pem. Check its name and folder."],
    [
      ["enroll", "a"],
      '"enroll" needs --subject for a new request, or --csr and --key. See "scep-workbench enroll --help".',
    ],
    [["enroll", "a", "--method", "put", "--subject", "CN=a"], '--method is one of auto, get, post, not "put".'],
    [
      ["enroll", "a", "--cipher", "rot13", "--subject", "CN=a"],
      '--cipher is one of auto, DES-CBC, DES-EDE3-CBC, AES-128-CBC, AES-192-CBC, AES-256-CBC, not "rot13".',
    ],
    [
      ["enroll", "a", "--subject", "CN=a"],
      "A new key will be made, and nothing says where to keep it: name a folder with --out or a file with --key-out.",
    ],
    [
      ["enroll", "a", "--subject", "CN=a", "--challenge", "x", "--challenge-stdin"],
      "--challenge and --challenge-stdin both give the challenge password; use one of the two.",
    ],
    [["enroll", "a", "--csr", "x.csr"], "--csr needs --key, the private key that the request was made with."],
    [
      ["enroll", "a", "--csr", "x.csr", "--dns", "b"],
      "--dns cannot be put into a request that exists; make a new one with --subject.",
    ],
    [["serve", "now"], '"serve" takes options only, but there is also "now". See "scep-workbench serve --help".'],
    [["serve", "--port", "99999"], '--port is a whole number from 0 to 65535, not "99999".'],
    [["serve", "--personality", "ejbca"], '--personality is one of ndes-2022, not "ejbca".'],
  ])("%j", async (args, sentence) => {
    expect(await runCommand(args)).toEqual({ status: 1, out: "", err: `scep-workbench: ${sentence}\n` });
  });
});
