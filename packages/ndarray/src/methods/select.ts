import {
  bool,
  broadcastTo,
  broadcastTwo,
  castTo,
  copyInto,
  type DType,
  float16,
  float64,
  int64,
  integerRange,
  integersOf,
  isInteger,
  ops,
  Strided,
} from "@cognate/kernel";
import { def, IndexError, Tuple, TypeError, ValueError } from "@cognate/py";
import { ArrayBase } from "../array/base.js";
import { counting } from "../array/counting.js";
import { asStrided } from "../array/create.js";
import { fromStrided, type ndarray } from "../array/ndarray.js";
import { axisOf } from "../array/shape.js";
import { movesTexts, writesTexts } from "../array/text-functions.js";
import type { ArrayLike, Item } from "../array/types.js";
import { type DTypeLike, givenKernel } from "../dtype/dtype.js";
import { promoteAll } from "../dtype/promote.js";
import { castError, mismatchError } from "../errors/classes.js";
import { inNumpyWords } from "../errors/words.js";
import { add, maximum, minimum } from "../ufunc/arithmetic.js";
import { run } from "../ufunc/compose.js";
import { deliverTo, reduceArray } from "../ufunc/reduce.js";

/** What becomes of indices past the ends: an error, counted round, or the nearest that exists. */
export type IndexMode = "raise" | "wrap" | "clip";

/** A list as integers, cut off where they are not whole; an array must be of integers. @throws TypeError */
export function wholeNumbers(x: ArrayLike, rule: "safe" | "same_kind" = "safe"): Strided {
  const a = asStrided(x);
  if (x instanceof ArrayBase && !isInteger(a.dtype) && a.dtype !== bool && a.size > 0)
    throw new TypeError(
      `Cannot cast array data from dtype('${a.dtype.name}') to dtype('int64') according to the rule '${rule}'`,
    );
  return castTo(a, int64);
}

/** Indices within 0 … n − 1. @throws IndexError, TypeError */
function indicesWithin(indices: ArrayLike, n: number, mode: IndexMode, axis: number | null): Strided {
  const ix = wholeNumbers(indices, "same_kind");
  if (mode === "wrap") return run(ops.mod, undefined, ix, n);
  if (mode === "clip") return run(ops.clamp, undefined, ix, 0, n - 1);
  if (mode !== "raise")
    throw new ValueError(`clipmode must be one of 'clip', 'raise', or 'wrap' (got '${String(mode)}')`);
  for (const i of integersOf(ix))
    if (i < -n || i >= n)
      throw new IndexError(
        axis === null
          ? `index ${i} is out of bounds for size ${n}`
          : `index ${i} is out of bounds for axis ${axis} with size ${n}`,
      );
  return ix;
}

/** All elements in one axis where no axis is named, or there is none. */
const inOrder = (x: Strided, axis: number | null): Strided =>
  axis === null || x.rank === 0 ? run(ops.reshape, { shape: [x.size] }, x) : x;

/** The elements at indices along an axis (of all elements in order by default). @throws IndexError */
export const take = def(
  "numpy.take",
  "a indices axis out mode",
  movesTexts(
    (
      a: ArrayLike,
      indices: ArrayLike,
      axis: number | null = null,
      out: ndarray | null = null,
      mode: IndexMode = "raise",
    ): Item => {
      const x = inOrder(asStrided(a), axis);
      const dim = axisOf(axis ?? 0, x.rank);
      if (x.shape[dim] === 0 && asStrided(indices).size > 0)
        throw new IndexError("cannot do a non-empty take from an empty axes.");
      const places = asStrided(indices);
      // Integers as they are: the op itself refuses those past the ends.
      const ix =
        mode === "raise" && isInteger(places.dtype)
          ? places
          : indicesWithin(indices, x.shape[dim]!, mode, dim);
      const at = x.shape.map((_, d) => (d === dim ? ix : null)).slice(0, dim + 1);
      return deliverTo(
        inNumpyWords(() => run(ops.index, { indices: at }, x)),
        out,
        "take",
      );
    },
    0,
  ),
);

/** Writes values at positions of all elements in order; too few values are repeated. */
export const put = def(
  "numpy.put",
  "a ind|indices v|values mode",
  writesTexts((a: ndarray, ind: ArrayLike, v: ArrayLike, mode: IndexMode = "raise"): null => {
    if (a.size === 0 && asStrided(ind).size > 0)
      throw new IndexError("cannot replace elements of an empty array");
    const ix = indicesWithin(ind, a.size, mode, 0);
    const n = ix.size;
    const values = castTo(asStrided(v), a._a.dtype);
    if (n === 0 || values.size === 0) return null;
    const flat = run(ops.reshape, { shape: [values.size] }, values);
    const src = run(ops.index, { indices: [run(ops.mod, undefined, counting(n), values.size)] }, flat);
    const whole = run(ops.reshape, { shape: [a.size] }, a._a);
    const at = run(ops.reshape, { shape: [n] }, ix);
    const y = ops.indexPut.run([whole, src], { indices: [at] }, whole) as Strided;
    if (y.storage !== a._a.storage) copyInto(a._a, run(ops.reshape, { shape: a._a.shape }, y));
    a._a.storage.version++;
    return null;
  }, 2),
);

/** The common shape of arrays. @throws ValueError that names the first two that differ */
function choiceShape(shapes: readonly (readonly number[])[]): readonly number[] {
  let shape: readonly number[] = [];
  shapes.forEach((s, i) => {
    const next = broadcastTwo(shape, s);
    if (next) {
      shape = next;
      return;
    }
    const k = shapes.findIndex((t) => broadcastTwo(t, s) === null || broadcastTwo(t, s) === undefined);
    throw mismatchError([k, shapes[k]!], [i, s]);
  });
  return shape;
}

/** At each place the element of the array that the index there names. */
export const choose = def(
  "numpy.choose",
  "a choices out mode",
  movesTexts(
    (
      a: ArrayLike,
      choices: ArrayLike | readonly ArrayLike[],
      out: ndarray | null = null,
      mode: IndexMode = "raise",
    ): Item => {
      const list = Array.isArray(choices)
        ? (choices as readonly ArrayLike[]).map((c) => asStrided(c))
        : rowsOf(asStrided(choices));
      const n = list.length;
      const ix = inChoices(wholeNumbers(a), n, mode);
      const type = promoteAll(list.map((c) => c.dtype));
      const shape = choiceShape([ix.shape, ...list.map((c) => c.shape)]);
      const all = run(
        ops.stack as never,
        { dim: 0 } as never,
        ...list.map((c) => copyInto(Strided.zeros(type, shape), c)),
      );
      const picked = run(
        ops.gather,
        { dim: 0 },
        all,
        copyInto(Strided.zeros(int64, [1, ...shape]), broadcastTo(ix, shape)),
      );
      return deliverTo(run(ops.reshape, { shape }, picked), out, "choose");
    },
    1,
  ),
);

function inChoices(ix: Strided, n: number, mode: IndexMode): Strided {
  if (mode === "raise")
    for (const i of integersOf(ix))
      if (i < 0 || i >= n) throw new ValueError("invalid entry in choice array");
  return indicesWithin(fromStrided(ix), n, mode, null);
}

const rowsOf = (x: Strided): Strided[] =>
  Array.from({ length: x.shape[0] ?? 0 }, (_, i) =>
    x.view(x.shape.slice(1), x.strides.slice(1), x.offset + i * x.strides[0]!),
  );

/** The slices along an axis where a condition holds. */
export const compress = def(
  "numpy.compress",
  "condition a axis out",
  movesTexts(
    (condition: ArrayLike, a: ArrayLike, axis: number | null = null, out: ndarray | null = null): Item => {
      const flags = castTo(asStrided(condition), bool);
      if (flags.rank !== 1) throw new ValueError("condition must be a 1-d array");
      const found = run(ops.nonzero, undefined, flags);
      const x = asStrided(a);
      const line = x.rank === 0 && (axis === 0 || axis === -1) ? fromStrided(x.view([1], [1])) : a;
      return take.impl(
        line,
        fromStrided(run(ops.reshape, { shape: [found.size] }, found)),
        axis,
        out,
        "raise",
      );
    },
    1,
  ),
);

/** Each element along an axis (of all in order by default) so many times. */
export const repeat = def(
  "numpy.repeat",
  "a repeats axis",
  movesTexts((a: ArrayLike, repeats: ArrayLike, axis: number | null = null): ndarray => {
    const x = inOrder(asStrided(a), axis);
    const dim = axisOf(axis ?? 0, x.rank);
    const n = x.shape[dim]!;
    const each = wholeNumbers(repeats);
    for (const i of integersOf(each))
      if (i < 0)
        throw new ValueError(
          each.size === 1
            ? "negative dimensions are not allowed"
            : "repeats may not contain negative values.",
        );
    if (each.size !== 1 && each.size !== n)
      throw new ValueError(
        `operands could not be broadcast together with shape (${n},) (${each.shape.join(",")},)`,
      );
    const one = run(ops.reshape, { shape: [each.size] }, each);
    return fromStrided(run(ops.repeatInterleave, { dim, repeats: one }, x));
  }, 0),
);

/** The coordinates of the elements that are not zero, one array an axis. */
export const nonzero = def("numpy.nonzero", "a", (a: ArrayLike): Tuple<ndarray> => {
  const x = asStrided(a);
  if (x.rank === 0)
    throw new ValueError(
      "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.",
    );
  const found = run(ops.nonzero, undefined, x);
  const n = found.shape[0]!;
  return Tuple.of_(
    x.shape.map((_, d) =>
      fromStrided(run(ops.cast, { dtype: int64 }, found.view([n], [found.strides[0]!], found.offset + d))),
    ),
  );
});

function reaching(bound: ArrayLike | null, d: DType, end: 0 | 1): ArrayLike | null {
  if (!isInteger(d) || (typeof bound !== "number" && typeof bound !== "bigint")) return bound;
  const limit = integerRange(d)[end];
  return (end === 0 ? bound <= limit : bound >= limit) ? null : bound;
}

/** Elements below `a_min` raised to it, above `a_max` lowered to it. */
export const clip = def(
  "numpy.clip",
  "a a_min|min a_max|max out * min max dtype where casting",
  (
    a: ArrayLike,
    a_min: ArrayLike | null = null,
    a_max: ArrayLike | null = null,
    out: ndarray | null = null,
    min: ArrayLike | null = null,
    max: ArrayLike | null = null,
    _dtype: DTypeLike | null = null,
  ): Item => {
    const x = fromStrided(asStrided(a));
    // A Python int beyond the type's range bounds nothing.
    const [low, high] = [reaching(a_min ?? min, x._a.dtype, 0), reaching(a_max ?? max, x._a.dtype, 1)];
    let y: ArrayLike = x;
    if (low !== null) y = maximum(y, low);
    if (high !== null) y = minimum(y, high);
    const result = asStrided(y);
    return deliverTo(y === x ? run(ops.cast, { dtype: result.dtype }, result) : result, out, "clip");
  },
);

/** Rounded to `decimals` places, halves to the even digit. */
export const round = def(
  "numpy.round",
  "a decimals out",
  (a: ArrayLike, decimals = 0, out: ndarray | null = null): Item => {
    const x = asStrided(a);
    return deliverTo(roundedTo(x, decimals), out, "round");
  },
);

function roundedTo(x: Strided, decimals: number): Strided {
  if (x.dtype === bool && decimals > 0) throw castError("multiply", "output", float64, bool, "same_kind");
  if (x.dtype === bool) return castTo(x, float16);
  const rounded = (y: Strided): Strided => ops.round.run([y], { decimals } as never) as Strided;
  if (x.dtype.kind !== "complex") return rounded(x);
  const part = (row: typeof ops.real): Strided => rounded(run(row, undefined as never, x));
  return run(ops.complex, undefined, part(ops.real), part(ops.imag));
}

/** Σ of a diagonal of two axes. */
export const trace = def(
  "numpy.trace",
  "a offset axis1 axis2 dtype out",
  (
    a: ArrayLike,
    offset = 0,
    axis1 = 0,
    axis2 = 1,
    dtype: DTypeLike | null = null,
    out: ndarray | null = null,
  ): Item => {
    const x = asStrided(a);
    if (x.rank < 2) throw new ValueError("diag requires an array of at least two dimensions");
    const line = run(
      ops.diagonal,
      { offset, dim1: axisOf(axis1, x.rank, "axis1"), dim2: axisOf(axis2, x.rank, "axis2") },
      x,
    );
    return deliverTo(
      reduceArray(add.core, line, [line.rank - 1], { dtype: givenKernel(dtype) ?? null }),
      out,
      "trace",
    );
  },
);
