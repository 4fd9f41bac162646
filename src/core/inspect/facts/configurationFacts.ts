import type { SourceFacts } from "./sourceFacts.js";

/** What a configuration has `openssl req` make. */
export interface RequestSettingsFacts {
  readonly stringMask?: string;
  readonly utf8?: string;
  readonly defaultBits?: string;
  readonly defaultMd?: string;
  /** It gives the request a challengePassword. */
  readonly challengePassword: boolean;
}

/** A configuration for `openssl req` (config(5)). */
export interface OpensslConfFacts extends SourceFacts {
  readonly kind: "opensslConf";
  readonly request?: RequestSettingsFacts;
}

/** A script that writes such a configuration and makes a request with it, in the manner of sscep's mkrequest. */
export interface MkrequestFacts extends SourceFacts {
  readonly kind: "mkrequest";
  readonly request?: RequestSettingsFacts;
  readonly keyBits?: number;
}

/** An sscep.conf: the keys that say to whom and how, under their own names. */
export interface SscepConfFacts extends SourceFacts {
  readonly kind: "sscepConf";
  readonly settings: { readonly [key: string]: string };
}
