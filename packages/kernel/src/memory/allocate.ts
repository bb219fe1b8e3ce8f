import type { Data, DType } from "../dtype/dtype.js";
import { MemoryError } from "../errors/errors.js";
import { Storage } from "./storage.js";

/**
 * Zeroed memory for `count` elements of `dtype`: the one place where the kernel takes memory.
 *
 * @throws MemoryError that says what was asked for.
 */
export function allocate(dtype: DType, count: number): Storage {
  return new Storage(allocateData(dtype, count), dtype);
}

/** {@link allocate} without the storage around it: scratch space of an op. */
export function allocateData(dtype: DType, count: number): Data {
  try {
    return new dtype.Data(count * dtype.lanes);
  } catch (cause) {
    throw new MemoryError(count * dtype.itemsize, `${count} elements of ${dtype.name}`, { cause });
  }
}
