import type { Data, DType } from "../dtype/dtype.js";
import { MemoryError } from "../errors/errors.js";
import { wasmMode } from "../wasm/mode.js";
import { watching } from "./reclaim.js";
import { cut, isCut } from "./slab.js";
import { Storage } from "./storage.js";
import { TORTURE } from "./torture.js";

/**
 * From how many bytes on a block may live in WASM memory: where the dead are found quickly even small ones, which cost less
 * there than on the JavaScript heap.
 */
const LARGE = wasmMode() === "off" ? Number.POSITIVE_INFINITY : TORTURE ? 1 : watching ? 800 : 8192;
/** Blocks beyond this stay on the JavaScript heap. */
const HUGE = 512 << 20;

/**
 * Zeroed memory for `count` elements of `dtype`: the one place where the kernel takes memory.
 *
 * @throws MemoryError that says what was asked for.
 */
export function allocate(dtype: DType, count: number): Storage {
  const bytes = count * dtype.itemsize;
  if (bytes >= LARGE && bytes <= HUGE && Number.isInteger(count)) return Storage.deferred(dtype, count);
  return new Storage(isCut(bytes) ? cut(dtype, count) : allocateData(dtype, count), dtype);
}

/** {@link allocate} without the storage around it: scratch space of an op. */
export function allocateData(dtype: DType, count: number): Data {
  try {
    return new dtype.Data(count * dtype.lanes);
  } catch (cause) {
    throw new MemoryError(count * dtype.itemsize, `${count} elements of ${dtype.name}`, { cause });
  }
}
