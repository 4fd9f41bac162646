/** What the responder keeps of its certification authorities, in memory or in a folder. */
export interface ResponderState {
  /** The CA's and RA's keys and certificates as {@link saveAuthority} was given them; undefined on the first start. */
  loadAuthority(): Promise<string | undefined>;
  /** Keeps them; where there are none yet and another process was faster, what that one kept is returned instead. */
  saveAuthority(authority: string, options: { readonly replace: boolean }): Promise<string>;
  /** The running number of the next certificate: 1, 2, 3, …; no number is given out twice by one process. */
  nextNumber(): Promise<number>;
  /** Keeps an issued certificate. */
  keepIssued(serialNumber: string, der: Uint8Array): Promise<void>;
}

/** State that ends with the process. */
export function stateInMemory(): ResponderState {
  let kept: string | undefined;
  let number = 0;
  return {
    loadAuthority: () => Promise.resolve(kept),
    saveAuthority(authority) {
      kept = authority;
      return Promise.resolve(authority);
    },
    nextNumber: () => Promise.resolve(++number),
    keepIssued: () => Promise.resolve(),
  };
}
