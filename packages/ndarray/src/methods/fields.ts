import { type DType, Strided } from "@cognate/kernel";
import { Float, format, NotImplementedError, OSError, TypeError, ValueError } from "@cognate/py";
import type { ArrayBase } from "../array/base.js";
import { fromStrided, type ndarray } from "../array/ndarray.js";
import type { ArrayLike } from "../array/types.js";
import { type DTypeLike, toKernel } from "../dtype/dtype.js";
import { tobytes } from "./own.js";

/** The bytes of every element from `offset` on as another type, in the same memory. @throws ValueError */
function fieldOf(a: ArrayBase, type: DType, offset: number): Strided {
  const x = a._a;
  const [from, to] = [x.dtype.itemsize, type.itemsize];
  if (offset < 0 || offset + to > from)
    throw new ValueError(
      offset < 0 ? "offset is negative" : "new type plus offset is larger than original type",
    );
  const scaled = (n: number): number => (n * from) / to;
  if (from % to !== 0 || offset % to !== 0)
    throw new ValueError("a field must lie at a multiple of its own size: arrays here are aligned");
  return new Strided(x.storage, type, x.shape, x.strides.map(scaled), scaled(x.offset) + offset / to);
}

interface FileSystem {
  writeFileSync(path: string, data: Uint8Array | string): void;
}
const node = (): FileSystem => {
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): FileSystem };
  };
  const fs = process?.getBuiltinModule?.("node:fs");
  if (!fs) throw new OSError("there are no files here; leave out the path to get the bytes");
  return fs;
};

/** Each element as Python prints it. */
function textsOf(a: ndarray): string[] {
  const whole = a._a.dtype.kind !== "float";
  return ((a.ravel() as ndarray).tolist() as unknown[]).map((v) =>
    format(whole ? v : new Float(v as number), ""),
  );
}

const leftOut = (name: string, why: string): never => {
  throw new NotImplementedError(`numpy.ndarray.${name} is left out: ${why}`);
};

/** Methods about an array's bytes and where they are. */
export const fields = {
  /** The array itself: every array is in the computer's memory. @throws ValueError for another device */
  to_device(this: ndarray, device: string, ..._stream: readonly unknown[]): ndarray {
    if (device !== "cpu") throw new ValueError(`Unsupported device: ${device}. Only 'cpu' is accepted.`);
    return this;
  },
  /** Part of each element's bytes as another type. @throws ValueError */
  getfield(this: ndarray, dtype: DTypeLike, offset = 0): ndarray {
    return fromStrided(fieldOf(this, toKernel(dtype), offset));
  },
  /** Writes part of each element's bytes. @throws ValueError */
  setfield(this: ndarray, value: ArrayLike, dtype: DTypeLike, offset = 0): null {
    fromStrided(fieldOf(this, toKernel(dtype), offset)).set(["..."], value);
    return null;
  },
  /** Writes the elements into a file: their bytes, or texts with `sep` between them; without a path, gives the bytes. */
  tofile(this: ndarray, fid: string | null = null, sep = "", format = "%s"): Uint8Array | null {
    if (format !== "%s") throw new TypeError("format must be '%s'");
    const data = sep === "" ? tobytes.impl(this) : new TextEncoder().encode(textsOf(this).join(sep));
    if (fid === null) return data;
    node().writeFileSync(fid, data);
    return null;
  },
  dump(this: ndarray): never {
    return leftOut("dump", "pickles of arrays are not written; use np.save");
  },
  dumps(this: ndarray): never {
    return leftOut("dumps", "pickles of arrays are not written; use np.save");
  },
};

export const fieldGetters = {
  ctypes: (_a: ArrayBase): never => leftOut("ctypes", "there is no C code here; use `data`"),
};
