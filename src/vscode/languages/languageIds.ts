/** The languages of package.json that are ours. */
export const languageIds = { opensslConf: "openssl-conf", sscepConf: "sscep-conf" } as const;
