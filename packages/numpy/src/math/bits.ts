import { bool, castTo } from "@cognate/kernel";
import { type ArrayLike, axisOf, type ndarray, toKernel } from "@cognate/ndarray/core";
import { def, TypeError, ValueError } from "@cognate/py";
import {
  cast,
  flattened,
  ops,
  permuted,
  reshaped,
  run,
  type Strided,
  strided,
  upTo,
  wrap,
} from "../internal.js";

type BitOrder = "big" | "little";

const weights = (order: BitOrder): Strided => {
  if (order !== "big" && order !== "little") throw new ValueError("'order' must be either 'little' or 'big'");
  return strided(
    order === "big" ? [128, 64, 32, 16, 8, 4, 2, 1] : [1, 2, 4, 8, 16, 32, 64, 128],
    toKernel("uint8"),
  );
};

/** The axis as the last one, and back. */
function lastAxis(x: Strided, axis: number | null): { line: Strided; back: (y: Strided) => Strided } {
  if (axis === null) return { line: flattened(x), back: (y) => y };
  const dim = axisOf(axis, x.rank);
  const axes = upTo(x.rank).filter((d) => d !== dim);
  const inverse = upTo(x.rank - 1);
  inverse.splice(dim, 0, x.rank - 1);
  return { line: permuted(x, [...axes, dim]), back: (y) => permuted(y, inverse) };
}

/** Eight truths an element, the last ones filled up with zeros. */
export const packbits = def(
  "numpy.packbits",
  "a axis bitorder",
  (a: ArrayLike, axis: number | null = null, bitorder: BitOrder = "big"): ndarray => {
    const x = strided(a);
    if (x.dtype.kind === "float" || x.dtype.kind === "complex")
      throw new TypeError("Expected an input array of integer or boolean data type");
    const { line, back } = lastAxis(castTo(x, bool), axis);
    const n = line.shape.at(-1)!;
    const bytes = Math.ceil(n / 8);
    const pads = line.shape.map((_, d) =>
      d === line.rank - 1 ? ([0, bytes * 8 - n] as const) : ([0, 0] as const),
    );
    const full = cast(run(ops.pad, { pads }, line), toKernel("uint8"));
    const groups = reshaped(full, [...line.shape.slice(0, -1), bytes, 8]);
    const packed = run(
      ops.sum,
      { dims: [groups.rank - 1], dtype: toKernel("int64") },
      run(ops.mul, undefined, groups, weights(bitorder)),
    );
    return wrap(back(cast(packed, toKernel("uint8"))));
  },
);

/** The eight bits of each byte as elements. */
export const unpackbits = def(
  "numpy.unpackbits",
  "a axis count bitorder",
  (
    a: ArrayLike,
    axis: number | null = null,
    count: number | null = null,
    bitorder: BitOrder = "big",
  ): ndarray => {
    const x = strided(a);
    if (x.dtype.name !== "uint8") throw new TypeError("Expected an input array of unsigned byte data type");
    const { line, back } = lastAxis(x, axis);
    const bits = run(ops.bitwiseAnd, undefined, reshaped(line, [...line.shape, 1]), weights(bitorder));
    const flags = cast(castTo(bits, bool), toKernel("uint8"));
    const n = line.shape.at(-1)! * 8;
    const all = reshaped(flags, [...line.shape.slice(0, -1), n]);
    const length = count === null ? n : count < 0 ? n + count : count;
    const pads = all.shape.map((_, d) =>
      d === all.rank - 1 ? ([0, length - n] as const) : ([0, 0] as const),
    );
    return wrap(back(length === n ? all : run(ops.pad, { pads }, all)));
  },
);
