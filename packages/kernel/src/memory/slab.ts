import type { Data, DType } from "../dtype/dtype.js";

/*
 * Small arrays are cut from shared buffers: engines keep typed arrays beyond some 64 bytes off their heap, and such a buffer costs more
 * than all else of a small op.
 */

/** A buffer that small arrays share; nobody but their storages gets to see it. */
export class Slab extends ArrayBuffer {}

/** Bytes of one: all of it lives as long as one of its arrays. */
const BYTES = 4096;
/** Up to here an array has a cheap place on the engine's heap, from there to the other it is cut from a slab. */
const LEAST = 64;
const MOST = 1024;

let slab = new Slab(0);
let filled = 0;

/** Whether a block of so many bytes is cut from a slab. */
export const isCut = (bytes: number): boolean => bytes > LEAST && bytes <= MOST;

/** Zeros for `count` elements, cut from a slab. */
export function cut(dtype: DType, count: number): Data {
  const bytes = count * dtype.itemsize;
  if (filled + bytes > slab.byteLength) {
    slab = new Slab(BYTES);
    filled = 0;
  }
  const data = new dtype.Data(slab, filled, count * dtype.lanes);
  filled = (filled + bytes + 15) & -16;
  return data;
}
