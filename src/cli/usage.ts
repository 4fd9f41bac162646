/** One command as `--help` describes it. */
export interface CommandUsage {
  readonly synopsis: string;
  readonly summary: string;
  readonly details: string;
}

const serverOptions = `
  --ca-identifier ID    the "message" of GetCACaps and GetCACert; NDES takes any
  --timeout SECONDS     for each HTTP exchange (30)
  --tls-ca FILE         PEM certificates to trust for https beside this computer's own
  --save-exchange DIR   write each HTTP exchange and its bodies into DIR
  --json                print JSON instead of text`;

/** The commands, in the order in which they are listed. */
export const usages = {
  caps: {
    synopsis: "caps URL",
    summary: "GetCACaps: what the server can do",
    details: serverOptions,
  },
  cacert: {
    synopsis: "cacert URL",
    summary: "GetCACert: each certificate with its role and fingerprints",
    details: `
  --out FILE            also write the certificates into FILE, in PEM
  --force               overwrite FILE if it exists${serverOptions}`,
  },
  enroll: {
    synopsis: "enroll URL (--subject DN | --csr FILE --key FILE)",
    summary: "PKCSReq: ask for a certificate",
    details: `
  --subject DN          make a request: "CN=dev7.example.com,O=Example" or "/O=Example/CN=dev7.example.com"
  --dns NAME            subject alternative name; so are --ip, --email, --uri and --upn; each may be repeated
  --key-size BITS       of the new RSA key (2048)
  --key FILE            use this private key (PKCS#8 or PKCS#1) instead of a new one; you are asked for its
                        passphrase at a terminal where it has one
  --csr FILE            send this request as it is; needs --key
  --challenge P         challenge password; other programs can see it while the command runs
  --challenge-stdin     read the challenge password from the first line of standard input
  --challenge-type T    PrintableString (what NDES reads), UTF8String, IA5String, TeletexString or BMPString
  --passphrase-stdin    the passphrase of an encrypted key, or one to encrypt the new key with, is the next line of
                        standard input
  --signer-cert FILE    sign the message by this certificate instead of a self-signed one; needs --signer-key
  --signer-key FILE
  --method M            auto, get or post (auto: as the server's capabilities say)
  --cipher C            auto, DES-CBC, DES-EDE3-CBC, AES-128-CBC, AES-192-CBC or AES-256-CBC
  --digest D            auto, MD5, SHA-1, SHA-224, SHA-256, SHA-384 or SHA-512
  --out DIR             write certificate.pem, request.pem and, of a new key, key.pem into DIR
  --cert-out FILE       write the certificate into FILE (printed where there is neither this nor --out)
  --key-out FILE        write the new key into FILE (mode 0600)
  --force               overwrite files that exist
  --tree                also print the request and the reply as a tree
  --show-secrets        show challenge passwords in the tree and the JSON${serverOptions}`,
  },
  decode: {
    synopsis: "decode FILE...|-",
    summary: "show messages, certificates, requests, CRLs, capabilities",
    details: `
  --key FILE            key that opens envelopes, PKCS #12 and secret keys too; may be repeated.
                        Without it the keys in the folders of the files are tried
  --passphrase-stdin    the passphrase of encrypted keys, containers and envelopes is the first
                        line of standard input. Without it you are asked at a terminal
  --cert FILE           certificates that are known beside the message (CA, RA, client); may be repeated
  --tree                print a tree (what is done unless told otherwise)
  --json                print one JSON document
  --ndjson              print one line of JSON for each artifact, as it is found
  --structure           write the whole encoding into the tree as well, value by value
  --show-secrets        show challenge passwords`,
  },
  lint: {
    synopsis: "lint FILE|FOLDER...|-",
    summary: "what is wrong with certificate requests and the files that make them",
    details: `
  --target TARGET       by whose rules: ndes (what is done unless told otherwise) or rfc8894
  --json                print one JSON document
  --sarif               print a SARIF 2.1.0 log, which CI systems and editors show
  --quiet               leave out the requests with which nothing is wrong

A file is a request (PEM in any text, DER, base64, hex), an openssl.cnf, a mkrequest script or an sscep.conf.
A folder is looked through with all that is below it. Exit status 2 when an error is found.`,
  },
  csr: {
    synopsis: "csr --subject DN --out DIR",
    summary: "make a certificate request and its key, sound or wrong on purpose",
    details: `
  --subject DN          "CN=dev7.example.com,O=Example" or "/O=Example/CN=dev7.example.com"; A=1+B=2 in one RDN
  --dns NAME            subject alternative name; so are --ip, --email, --uri and --upn; each may be repeated
  --san-critical        mark the alternative names critical
  --challenge P         challenge password; other programs can see it while the command runs
  --challenge-stdin     read the challenge password from the first line of standard input
  --challenge-type T    its string type, whatever the mask: PrintableString (what NDES reads), UTF8String, …
  --string-mask M       as in openssl.cnf: default, pkix, nombstr, utf8only or MASK:0x… (MASK:0x2002)
  --utf8 yes|no         as in openssl.cnf: take the texts as UTF-8, or octet by octet as Latin-1 (yes)
  --key FILE            use this private key (PKCS#8 or PKCS#1) instead of a new one; you are asked for its
                        passphrase at a terminal where it has one
  --key-size BITS       of a new RSA key (2048)
  --key-type T          of a new key: rsa:2048, ec:P-256, ec:P-384, ec:P-521 or ed25519
  --digest D            MD5, SHA-1, SHA-224, SHA-256, SHA-384 or SHA-512 (SHA-256)
  --key-usage LIST      as in openssl.cnf (critical,digitalSignature,keyEncipherment), or none
  --eku LIST            extended key usages by name or identifier: clientAuth,1.3.6.1.4.1.311.20.2.2
  --template T          Microsoft's template: a name, or its identifier and version, 1.3.6.1.4.1.311.21.8.1.2:100:4
  --application-policies LIST   Microsoft's application policies, written as extended key usages
  --sid S               Microsoft's security identifier, S-1-5-21-…
  --os-version V        Microsoft's attribute OS version: 10.0.20348.2
  --client-info M,U,P   Microsoft's attribute client information: machine, user, process
  --csp NAME            Microsoft's attribute cryptographic service provider
  --unstructured-name N the attribute unstructuredName
  --preset mkrequest    what sscep's mkrequest makes of one --dns, --ip or --email: that name as CN and critical SAN
  --wrong NAME          make it wrong on purpose; needs a challenge that the server would take
  --list-wrong          list what can be wrong, and the HRESULT that belongs to it
  --passphrase-stdin    encrypt the new key, or open the encrypted --key, with the passphrase on the first line of
                        standard input (the second where the challenge is read from there as well)
  --out DIR             write request.pem and key.pem (mode 0600, never overwritten) into DIR; without it, and with --key,
                        the request is printed
  --force               overwrite request.pem if it exists
  --json                print the request, what it holds and the findings on it as JSON`,
  },
  serve: {
    synopsis: "serve",
    summary: "the local responder: an NDES look-alike on 127.0.0.1",
    details: `
  --port N              port to listen on (8080; 0 takes a free one)
  --personality NAME    which server to imitate (ndes-2022)
  --challenge P         accept this password, as often as it comes, instead of one-time passwords
  --folder DIR          keep keys and certificates in DIR, so that they survive a restart`,
  },
} as const satisfies Readonly<Record<string, CommandUsage>>;

/** The name of a command. */
export type CommandName = keyof typeof usages;

/** The names of the commands, in the order of their listing. */
export const commandNames = Object.keys(usages) as readonly CommandName[];

/** Whether there is a command of that name. */
export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(usages, name);
}

/** What `--help` prints. */
export function generalHelp(): string {
  const width = Math.max(...commandNames.map((name) => name.length));
  const lines = commandNames.map((name) => `  ${name.padEnd(width)}  ${usages[name].summary}`);
  return `Usage: scep-workbench COMMAND [OPTION]...

Finds out why a certificate enrolment over SCEP fails.

${lines.join("\n")}

"scep-workbench COMMAND --help" explains a command.
URL may be a host name: ndes01 stands for http://ndes01/certsrv/mscep/mscep.dll.
Exit status: 0 done, 1 could not be done, 2 the server refused or lint found an error, 3 pending.
Secrets are shown as ••• unless --show-secrets is given.
`;
}

/** What `COMMAND --help` prints. */
export function commandHelp(name: CommandName): string {
  const { synopsis, summary, details } = usages[name];
  return `Usage: scep-workbench ${synopsis} [OPTION]...

${summary}
${details}
`;
}
