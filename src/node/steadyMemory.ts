import { setFlagsFromString } from "node:v8";

/**
 * Keeps the memory of this process small while it works through something large: what is made and dropped again is
 * collected in small portions, instead of the host taking ever larger ones. V8 reads this flag whenever it would let its
 * young generation grow, so it can be set at any time; a host of another engine has no such memory and ignores it.
 */
export function keepMemorySteady(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
