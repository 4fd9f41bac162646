import { wrappingRules } from "./wrappingRule.js";

/** `input.javaKeystore` */
export const inputJavaKeystore = wrappingRules("input.javaKeystore", {
  severity: "info",
  title: "A keystore in a format of Java's own",
  why: "JKS and JCEKS are formats of Java's own: certificates stand in them in clear, keys encrypted in a way of its own. The certificates are shown; to use a key, put it into a PKCS #12 container, which Java itself has written by default since Java 9.",
  remedy:
    "Make a PKCS #12 container of it: keytool -importkeystore -srckeystore FILE -destkeystore keystore.p12 -deststoretype PKCS12, and open that.",
  citation: "Java Cryptography Architecture, Standard Algorithm Names: KeyStore types",
});
