/** What a script in the manner of mkrequest is written from. */
export interface RequestScriptInput {
  /** The subject's parts but for the common name, in their order, under OpenSSL's short names. */
  readonly subject: readonly { readonly type: string; readonly value: string }[];
  readonly keyBits: number;
  readonly stringMask: string;
}

/**
 * A shell script that makes an RSA key and a request with OpenSSL, called as sscep's mkrequest is:
 * `mkrequest -dns|-ip|-email NAME [CHALLENGE]`. Unlike that it says how strings are encoded, so that NDES takes the challenge,
 * and does not mark subjectAltName critical.
 */
export function writeRequestScript({ subject, keyBits, stringMask }: RequestScriptInput): string {
  const parts = subject.map(({ type, value }) => `${type} = ${confValue(value)}\n`).join("");
  return `#!/bin/sh
# Makes local.key and local.csr: mkrequest -dns|-ip|-email NAME [CHALLENGE]
set -eu
PREFIX=local
KEYBITS=${keyBits}

case "\${1:-}" in
  -dns) TYPE=DNS ;;
  -ip) TYPE=IP ;;
  -email) TYPE=email ;;
  *) echo "usage: $0 -dns|-ip|-email NAME [CHALLENGE]" >&2; exit 1 ;;
esac
NAME=\${2:?NAME is missing}
CHALLENGE=\${3:-}
ATTRIBUTES=
[ -z "$CHALLENGE" ] || ATTRIBUTES="attributes = req_attributes"

CONFIG=$(mktemp)
trap 'rm -f "$CONFIG"' EXIT
cat > "$CONFIG" <<END
[ req ]
prompt = no
# PrintableString where the characters allow it: NDES reports a challengePassword in UTF8String like a wrong one.
string_mask = ${stringMask}
utf8 = yes
distinguished_name = req_distinguished_name
req_extensions = req_extensions
$ATTRIBUTES

[ req_attributes ]
challengePassword = $CHALLENGE

[ req_distinguished_name ]
${parts}CN = $NAME

[ req_extensions ]
subjectAltName = $TYPE:$NAME
END

umask 077
openssl genrsa -out "$PREFIX.key" "$KEYBITS"
openssl req -new -sha256 -utf8 -key "$PREFIX.key" -out "$PREFIX.csr" -config "$CONFIG"
`;
}

/** A value inside a here-document: what the shell and config(5) give a meaning is escaped. */
function confValue(value: string): string {
  const one = value.replaceAll(/[\r\n]+/g, " ").replaceAll(/[\\$#"'`]/g, "\\$&");
  return one.replaceAll(/[\\$`]/g, "\\$&");
}
