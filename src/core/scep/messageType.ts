/** messageType (RFC 8894 §3.2.1.2), with the drafts' UpdateReq. */
export const messageTypes: Readonly<Record<string, string>> = {
  "3": "CertRep",
  "17": "RenewalReq",
  "18": "UpdateReq",
  "19": "PKCSReq",
  "20": "CertPoll",
  "21": "GetCert",
  "22": "GetCRL",
};

/** pkiStatus (RFC 8894 §3.2.1.3). */
export const pkiStatuses: Readonly<Record<string, string>> = { "0": "SUCCESS", "2": "FAILURE", "3": "PENDING" };

/** failInfo (RFC 8894 §3.2.1.4), and the codes of an old draft that Dogtag and certmonger still use. */
export const failInfos: Readonly<Record<string, string>> = {
  "0": "badAlg",
  "1": "badMessageCheck",
  "2": "badRequest",
  "3": "badTime",
  "4": "badCertId",
  "5": "unsupportedExt",
  "6": "mustArchiveKeys",
  "7": "badIdentity",
  "8": "popRequired",
  "9": "popFailed",
  "10": "noKeyReuse",
  "11": "internalCAError",
  "12": "tryLater",
};
