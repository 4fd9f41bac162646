/** What the bench uses of @lapo/asn1js, which comes without types. */
declare module "@lapo/asn1js" {
  export const ASN1: { readonly decode: (der: Uint8Array) => { readonly sub: readonly unknown[] } };
}
