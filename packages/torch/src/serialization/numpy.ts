import { bytesOfArray, Global, PickledArray, PickledDType, PickledObject } from "@cognate/formats";
import { ARRAY, contiguous, type DType } from "@cognate/kernel";
import { dtype, fromStrided, ndarray } from "@cognate/ndarray";
import { Tuple } from "@cognate/py";

/** NumPy's arrays, numbers and types of a file as those of this package; `undefined` for anything else. */
export function fromPickledNumpy(x: object): unknown {
  if (x instanceof PickledDType) return dtype(x.descr.replace(/^\|/, "") as never);
  if (!(x instanceof PickledArray)) return undefined;
  if (!x.array) return null;
  const array = fromStrided(x.array);
  return x.scalar ? array.at() : array;
}

const MULTIARRAY = "numpy._core.multiarray";
const NDARRAY = new Global("numpy", "ndarray");

/** How NumPy pickles an array; `undefined` for anything else. */
export function pickledNumpy(x: object): PickledObject | undefined {
  if (!(x instanceof ndarray)) return undefined;
  const array = contiguous(x[ARRAY]());
  const state = Tuple.of_<unknown>([
    1,
    Tuple.of_(array.shape),
    pickledType(array.dtype),
    false,
    bytesOfArray(array),
  ]);
  const made = [NDARRAY, Tuple.of_([0]), Uint8Array.of(98)];
  return new PickledObject(new Global(MULTIARRAY, "_reconstruct"), made, "call", undefined, state);
}

function pickledType(d: DType): PickledObject {
  const code = dtype(d.name as never).str;
  const args = [code.slice(1), false, true];
  const state = Tuple.of_<unknown>([3, code[0], null, null, null, -1, -1, 0]);
  return new PickledObject(new Global("numpy", "dtype"), args, "call", undefined, state);
}
