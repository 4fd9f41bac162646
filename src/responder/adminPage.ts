import type { AdminPageState } from "./challenges.js";

const head =
  '<HTML><Head><Meta HTTP-Equiv="Content-Type" Content="text/html; charset=UTF-8"><Title>Network Device Enrollment Service</Title></Head><Body BgColor=#FFFFFF><Font ID=locPageFont Face="Arial"><Table Border=0 CellSpacing=0 CellPadding=4 Width=100% BgColor=#008080><TR><TD><Font ID=locPageTitleFont Face="Arial" Size=-1 Color=#FFFFFF><LocID ID=locMSCertSrv>Network Device Enrollment Service</LocID></Font></TD></TR></Table><P ID=locPageTitle> Network Device Enrollment Service allows you to obtain certificates for routers or other network devices using the Simple Certificate Enrollment Protocol (SCEP). </P> ';

const tail =
  "<P ID=locPageDesc> For more information see  <A HREF=http://go.microsoft.com/fwlink/?LinkId=67852>Using Network Device Enrollment Service </A>. </P></Font></Body></HTML>";

/**
 * The page of `mscep_admin` as NDES sends it: in UTF-16LE without a byte order mark, while its own Meta says UTF-8.
 *
 * @param thumbprint MD5 of the CA certificate, 16 octets in hex
 */
export function adminPage(state: AdminPageState, thumbprint: string): Uint8Array {
  return utf16le(head + body(state, thumbprint) + tail);
}

function body(state: AdminPageState, thumbprint: string): string {
  switch (state.kind) {
    case "oneTimePassword":
      return `${information(state.password, thumbprint)} <P> This password can be used only once and will expire within ${state.validityMinutes} minutes. <P> Each enrollment requires a new challenge password. You can refresh this web page to obtain a new challenge password. </P> `;
    case "singlePassword":
      return `${information(state.password, thumbprint)} <P> This password can be used multiple times and will not expire. </P> `;
    case "cacheFull":
      return `<P> The password cache is full. <P> Network Device Enrollment Service stores unused password for later use. By default, passwords are stored for ${state.validityMinutes} minutes.<P>Use one of the existing passwords. If you cannot use an existing password: <UL> <LI> Wait until one or more existing passwords expire (by default passwords expire ${state.validityMinutes} minutes after they are created). </LI> <LI> Restart Internet Information Services (IIS). </LI> <LI> Configure the service to cache more than ${state.capacity} passwords. </LI> </UL> </P> `;
  }
}

/** The password's alphabet is that of PrintableString: nothing in it needs escaping in HTML but the apostrophe, which is harmless in text. */
function information(password: string, thumbprint: string): string {
  const groups = thumbprint.toUpperCase().match(/.{8}/g) ?? [];
  return `<P> To complete certificate enrollment for your network device you will need the following information: <P> The thumbprint (hash value) for the CA certificate is: <B> ${groups.join(" ")} </B> <P> The enrollment challenge password is: <B> ${password} </B>`;
}

function utf16le(text: string): Uint8Array {
  return Buffer.from(text, "utf16le");
}
