import { setFlagsFromString } from "node:v8";

/**
 * Keeps the memory of this process small while it works through something large: what is made and dropped again is
 * collected in small portions, instead of the host taking ever larger ones. V8 reads these flags whenever it would let a
 * generation grow, so they can be set at any time, and hold for threads as well; a host of another engine has no such memory and ignores it.
 */
export function keepMemorySteady(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  // Garbage that has become old is collected when there is half as much of it as of what lives, not when there is thrice as much.
  setFlagsFromString("--heap-growing-percent=50");
}
