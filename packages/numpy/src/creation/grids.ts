import { arange as arangeOf, bool, type DType } from "@cognate/kernel";
import {
  type ArrayLike,
  arithmetic,
  type DTypeLike,
  elementary,
  givenKernel,
  type Item,
  indexOf,
  indicesOf,
  type ndarray,
  operandOf,
  resultType,
  type ShapeLike,
  strongerWeak,
  toKernel,
  viewOf,
  type Weak,
} from "@cognate/ndarray/core";
import { def, Float, Tuple, TypeError, ValueError, ZeroDivisionError } from "@cognate/py";
import {
  anyOf,
  asArray,
  cast,
  divide,
  multiply,
  ops,
  permuted,
  reshaped,
  run,
  Strided,
  strided,
  subtract,
  upTo,
  wrap,
} from "../internal.js";

const { power, sign } = arithmetic;
const { log10 } = elementary;

/** The common type of arguments as a ufunc would find it. */
export function commonTypeOf(args: readonly ArrayLike[]): DType {
  const operands = args.map(operandOf);
  const types: DType[] = [];
  let weak: Weak | undefined;
  for (const x of operands)
    if (x instanceof Strided) types.push(x.dtype);
    else weak = strongerWeak(weak, x.weak);
  return resultType(types, weak);
}

const numberOf = (x: ArrayLike): number | bigint => (typeof x === "bigint" ? x : Number(x));

/**
 * Numbers from `start` (0) up to, not including, `stop`, in steps. Whole numbers give int64, others float64.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { float, print } from "@cognate/py";
 * print(np.arange(4), np.arange(1, 2, 0.25), np.arange(float(3))); // prints [0 1 2 3] [1.   1.25 1.5  1.75] [0. 1. 2.]
 * ```
 */
export const arange = def(
  "numpy.arange",
  "start_or_stop|start stop step * dtype device like",
  (
    start_or_stop: ArrayLike | null = null,
    stop: ArrayLike | null = null,
    step: ArrayLike = 1,
    dtype: DTypeLike | null = null,
    _device: string | null = null,
    _like: unknown = null,
  ): ndarray => {
    const end = stop ?? start_or_stop;
    if (end === null) throw new TypeError("arange() requires stop to be specified.");
    const begin = stop === null ? 0 : (start_or_stop ?? 0);
    const type = givenKernel(dtype) ?? commonTypeOf([begin, end, step]);
    const [a, b, by] = [begin, end, step].map(numberOf) as [number, number, number];
    if (Number(by) === 0) throw new ZeroDivisionError("division by zero");
    const n = Math.max(Math.ceil(Number(b) - Number(a) === 0 ? 0 : (Number(b) - Number(a)) / Number(by)), 0);
    if (!Number.isFinite(n)) throw new ValueError("Maximum allowed size exceeded");
    if (type === bool && n > 2)
      throw new TypeError("arange() is only supported for booleans when the result has at most length 2.");
    if (type.kind === "float" || type.kind === "complex") {
      // NumPy's step is the difference of its first two numbers.
      const delta = Number(a) + Number(by) - Number(a);
      return wrap(arangeOf(type, n, Number(a), delta));
    }
    const whole = [a, by].every((v) => typeof v === "bigint" || Number.isInteger(v));
    const [first, delta] = whole
      ? [a, by]
      : [Math.trunc(Number(a)), Math.trunc(Number(a) + Number(by)) - Math.trunc(Number(a))];
    return wrap(arangeOf(type, n, first, delta));
  },
);

/** The last axes of `y` are those of start; axis 0, the numbers, moves where it is wanted. */
const movedFromFront = (y: Strided, axis: number): Strided => {
  const to = axis < 0 ? axis + y.rank : axis;
  if (to === 0) return y;
  const axes = upTo(y.rank).slice(1);
  axes.splice(to, 0, 0);
  return permuted(y, axes);
};

interface Line {
  readonly y: ndarray;
  readonly step: Item;
}

function evenly(start: ArrayLike, stop: ArrayLike, num: number, endpoint: boolean): Line {
  indexOf(num);
  if (num < 0) throw new ValueError(`Number of samples, ${num}, must be non-negative.`);
  const div = endpoint ? num - 1 : num;
  const [a, b] = [start, stop].map((x) => toInexact(x)) as [ndarray, ndarray];
  const delta = asArray(subtract(b, a));
  const type = delta._a.dtype;
  let y = wrap(arangeOf(type, num)).reshape(-1, ...delta.shape.map(() => 1));
  const step = div > 0 ? divide(delta, div) : Number.NaN;
  // A step too small for its type would lose every number but the last.
  const vanishes = div > 0 && anyOf(asArray(step).eq(0));
  y = asArray(
    div > 0 ? (vanishes ? multiply(divide(y, div), delta) : multiply(y, step)) : multiply(y, delta),
  );
  y = asArray(y.add(a));
  if (endpoint && num > 1) y.set([-1, "..."], b);
  return { y, step: step as Item };
}

const toInexact = (x: ArrayLike): ndarray => {
  const a = asArray(x);
  return a._a.dtype.kind === "float" || a._a.dtype.kind === "complex"
    ? a
    : wrap(cast(a._a, toKernel("float")));
};

function inType(y: ndarray, dtype: DType | undefined): ndarray {
  if (!dtype || dtype === y._a.dtype) return y;
  const whole = dtype.kind === "int" || dtype.kind === "uint";
  return wrap(cast(whole ? run(ops.floor, undefined, y._a) : y._a, dtype));
}

/**
 * `num` numbers from `start` to `stop`, evenly spaced, both ends included unless `endpoint` is false.
 *
 * @returns with `retstep`, a tuple of the numbers and the step
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.linspace(0, 1, 5), np.linspace(0, 1, 4, { endpoint: false })); // prints [0.   0.25 0.5  0.75 1.  ] [0.   0.25 0.5  0.75]
 * ```
 */
export const linspace = def(
  "numpy.linspace",
  "start stop num endpoint retstep dtype axis * device",
  (
    start: ArrayLike,
    stop: ArrayLike,
    num = 50,
    endpoint = true,
    retstep = false,
    dtype: DTypeLike | null = null,
    axis = 0,
    _device: string | null = null,
  ): ndarray => {
    const { y, step } = evenly(start, stop, num, endpoint);
    const moved = wrap(movedFromFront(inType(y, givenKernel(dtype))._a, axis));
    return retstep ? (Tuple.of_([moved, step]) as unknown as ndarray) : moved;
  },
);

/** Powers of `base` whose exponents are evenly spaced from `start` to `stop`. */
export const logspace = def(
  "numpy.logspace",
  "start stop num endpoint base dtype axis",
  (
    start: ArrayLike,
    stop: ArrayLike,
    num = 50,
    endpoint = true,
    base: ArrayLike = 10.0,
    dtype: DTypeLike | null = null,
    axis = 0,
  ): ndarray => {
    const b = typeof base === "number" ? new Float(base) : asArray(base);
    // A base with axes has those of the exponents, behind the new one.
    const rank = b instanceof Float ? 0 : Math.max(b.ndim, strided(start).rank, strided(stop).rank);
    const lifted = (x: ArrayLike): ArrayLike => {
      const { shape } = strided(x);
      return wrap(reshaped(strided(x), [...upTo(Math.max(rank - shape.length, 0)).map(() => 1), ...shape]));
    };
    const { y } =
      rank > 0 ? evenly(lifted(start), lifted(stop), num, endpoint) : evenly(start, stop, num, endpoint);
    const powers = asArray(power(rank > 0 ? lifted(b) : b, y));
    return wrap(movedFromFront(inType(powers, givenKernel(dtype))._a, axis));
  },
);

/** Numbers from `start` to `stop`, each the one before by the same factor. @throws ValueError where an end is zero */
export const geomspace = def(
  "numpy.geomspace",
  "start stop num endpoint dtype axis",
  (
    start: ArrayLike,
    stop: ArrayLike,
    num = 50,
    endpoint = true,
    dtype: DTypeLike | null = null,
    axis = 0,
  ): ndarray => {
    const [first, last] = [start, stop].map((x) => toInexact(x)) as [ndarray, ndarray];
    if (anyOf(first.eq(0)) || anyOf(last.eq(0)))
      throw new ValueError("Geometric sequence cannot include zero");
    const turn = asArray(sign(first));
    const [a, b] = [asArray(first.div(turn)), asArray(last.div(turn))];
    const { y } = evenly(log10(a), log10(b), num, endpoint);
    const line = asArray(power(new Float(10), y));
    // The ends are exact although their logarithms are not.
    if (num > 0) {
      line.set([0, "..."], a);
      if (num > 1 && endpoint) line.set([-1, "..."], b);
    }
    return wrap(movedFromFront(inType(asArray(line.mul(turn)), givenKernel(dtype))._a, axis));
  },
);

/** Coordinates of every element of a shape: one array an axis, stacked (or, `sparse`, each as long as its axis). */
export const indices = def(
  "numpy.indices",
  "dimensions dtype sparse",
  (dimensions: ShapeLike, dtype: DTypeLike = "int", sparse = false): ndarray => {
    const shape = indicesOf(dimensions);
    const type = toKernel(dtype);
    const lines = shape.map((n, axis) =>
      reshaped(
        arangeOf(type, n),
        shape.map((_, i) => (i === axis ? n : 1)),
      ),
    );
    if (sparse) return Tuple.of_(lines.map(wrap)) as unknown as ndarray;
    if (shape.length === 0) return wrap(Strided.zeros(type, [0]));
    return wrap(
      ops.stack.run(
        lines.map((x) => run(ops.expand, { shape }, x)),
        { dim: 0 },
      ) as Strided,
    );
  },
);

/**
 * Coordinate arrays of a grid from one array an axis.
 *
 * @param indexing - `"xy"` lets the first array run along columns, `"ij"` along rows
 */
export const meshgrid = def(
  "numpy.meshgrid",
  "...xi * copy sparse indexing",
  (
    xi: readonly ArrayLike[] = [],
    copy = true,
    sparse = false,
    indexing: "xy" | "ij" = "xy",
  ): Tuple<ndarray> => {
    if (indexing !== "xy" && indexing !== "ij")
      throw new ValueError("Valid values for `indexing` are 'xy' and 'ij'.");
    const n = xi.length;
    const place = (i: number): number => (indexing === "xy" && n > 1 && i < 2 ? 1 - i : i);
    const lines = xi.map((x, i) => {
      const a = asArray(x);
      return viewOf(
        a,
        reshaped(
          a._a,
          upTo(n).map((d) => (d === place(i) ? a.size : 1)),
        ),
      );
    });
    const shape = upTo(n).map((d) => lines.find((_, i) => place(i) === d)!.size);
    return Tuple.of_(
      lines.map((x) => {
        const grid = sparse ? x._a : run(ops.expand, { shape }, x._a);
        return viewOf(x, copy ? run(ops.cast, { dtype: grid.dtype }, grid) : grid);
      }),
    );
  },
);
