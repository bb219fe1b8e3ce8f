import type { Strided } from "../strided/strided.js";

/*
 * Kernels of float64 see on their way whether all results are finite. Who wants to know asks at once, about the result of
 * the very last op.
 */

let last: Strided | null = null;

/** Notes that y was just computed and is finite throughout; `null` where that is not known. */
export function noteFinite(y: Strided | null): void {
  last = y;
}

/** Whether y is what the last kernel computed, and is known to be finite. */
export function knownFinite(y: Strided): boolean {
  const known = last === y;
  last = null;
  return known;
}
