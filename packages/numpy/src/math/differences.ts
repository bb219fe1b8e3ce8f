import { bool, broadcastTwo, isInteger } from "@cognate/kernel";
import {
  type ArrayLike,
  type Axis,
  axesOf,
  axisOf,
  canCast,
  type Item,
  logic,
  mismatchError,
  type ndarray,
  promoteTypes,
  select,
  selectArray,
  toKernel,
} from "@cognate/ndarray/core";
import { DeprecationWarning, def, Float, IndexError, Tuple, TypeError, ValueError, warn } from "@cognate/py";
import {
  allOf,
  asArray,
  cast,
  divide,
  multiply,
  ops,
  reshaped,
  run,
  Strided,
  strided,
  subtract,
  tooDeep,
  wrap,
} from "../internal.js";
import { moveaxis } from "../manipulation/arranging.js";
import { concatenate } from "../manipulation/joining.js";

/** `:` for every axis before one, so that the next entry is that axis's. */
export const before = (axis: number): string[] => Array.from({ length: axis }, () => ":");

/** The part of an axis that a slice text names. */
const part = (x: ndarray, axis: number, slice: string): ndarray => x.at(...before(axis), slice) as ndarray;

/** An array to put at an end of an axis: numbers stretch to the other axes. */
function edge(v: ArrayLike, x: ndarray, axis: number): ndarray {
  const a = asArray(v);
  if (a.ndim > 0) return a;
  const shape = x._a.shape.map((n, d) => (d === axis ? 1 : n));
  return wrap(run(ops.expand, { shape }, reshaped(a._a, [])));
}

/**
 * Differences of neighbours along an axis, taken n times.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.diff([1, 4, 9, 16]), np.diff([1, 4, 9, 16], { n: 2 }), np.diff([1, 4], { prepend: 0 })); // prints [3 5 7] [2 2] [1 3]
 * ```
 */
export const diff = def(
  "numpy.diff",
  "a n axis prepend append",
  (
    a: ArrayLike,
    n = 1,
    axis = -1,
    prepend: ArrayLike | undefined = undefined,
    append: ArrayLike | undefined = undefined,
  ): ndarray => {
    if (n === 0) return a as ndarray;
    let x = asArray(a);
    if (n < 0) throw new ValueError(`order must be non-negative but got ${n}`);
    if (x.ndim === 0) throw new ValueError("diff requires input that is at least one dimensional");
    const dim = axisOf(axis, x.ndim);
    const pieces = [
      ...(prepend === undefined ? [] : [edge(prepend, x, dim)]),
      x,
      ...(append === undefined ? [] : [edge(append, x, dim)]),
    ];
    if (pieces.length > 1) x = concatenate.impl(pieces, dim);
    const minus = x._a.dtype === bool ? logic.not_equal : subtract;
    for (let k = 0; k < n; k++) x = asArray(minus(part(x, dim, "1:"), part(x, dim, ":-1")));
    return x;
  },
);

/** Differences of neighbours of all elements in order, with more put at the ends. */
export const ediff1d = def(
  "numpy.ediff1d",
  "ary to_end to_begin",
  (ary: ArrayLike, to_end: ArrayLike | null = null, to_begin: ArrayLike | null = null): ndarray => {
    const x = asArray(ary).ravel();
    const middle = asArray(subtract(x.at("1:"), x.at(":-1")));
    const flat = (v: ArrayLike, name: string): ndarray => {
      const end = asArray(v);
      if (!canCast(end._a.dtype, x._a.dtype, "same_kind"))
        throw new TypeError(
          `dtype of \`${name}\` must be compatible with input \`ary\` under the \`same_kind\` rule.`,
        );
      return end.ravel().astype(x.dtype) as ndarray;
    };
    const first = to_begin === null ? [] : [flat(to_begin, "to_begin")];
    const last = to_end === null ? [] : [flat(to_end, "to_end")];
    return concatenate.impl([...first, middle, ...last]);
  },
);

type Spacing = ArrayLike;

/**
 * The slope along axes: central differences inside, one-sided ones at the ends.
 *
 * @param varargs - distances: none (1), one for all axes, or one an axis, each a number or the coordinates themselves
 * @returns one array an axis, as a tuple where there are several
 */
export const gradient = def(
  "numpy.gradient",
  "f ...varargs * axis edge_order",
  (f: ArrayLike, varargs: readonly Spacing[] = [], axis: Axis = null, edge_order = 1): ndarray => {
    const given = asArray(f);
    const axes = axesOf(axis, given.ndim);
    const n = varargs.length;
    if (given._a.dtype === bool) subtract(given, given);
    if (n !== 0 && n !== axes.length && !(n === 1 && strided(varargs[0]!).rank === 0))
      throw new TypeError("invalid number of arguments");
    if (edge_order > 2) throw new ValueError("'edge_order' greater than 2 not supported");
    const spacings = axes.map((dim, i) =>
      spacingOf(n === 0 ? 1 : n === 1 && axes.length > 1 ? varargs[0]! : varargs[i]!, given._a.shape[dim]!),
    );
    const x =
      given._a.dtype.kind === "float" || given._a.dtype.kind === "complex"
        ? given
        : wrap(cast(given._a, toKernel("float")));
    const out = axes.map((dim, i) => slope(x, dim, spacings[i]!, edge_order));
    return (axes.length === 1 ? out[0]! : Tuple.of_(out)) as ndarray;
  },
);

/** A distance, or the distances between coordinates. */
function spacingOf(v: Spacing, length: number): number | ndarray {
  const a = asArray(v);
  if (a.ndim === 0) return Number(a);
  if (a.ndim !== 1) throw new ValueError("distances must be either scalars or 1d");
  if (a.size !== length)
    throw new ValueError("when 1d, distances must match the length of the corresponding dimension");
  const x = isInteger(a._a.dtype) ? wrap(cast(a._a, toKernel("float"))) : a;
  const steps = diff.impl(x);
  return allOf(steps.eq(steps.at(0))) ? Number(steps.at(0)) : steps;
}

function slope(f: ndarray, dim: number, h: number | ndarray, edgeOrder: number): ndarray {
  const n = f._a.shape[dim]!;
  if (n < edgeOrder + 1)
    throw new ValueError(
      "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.",
    );
  const y = wrap(Strided.zeros(f._a.dtype, f._a.shape));
  const at = (s: string): ndarray => part(f, dim, s);
  const put = (s: string, v: ArrayLike): void => y.set([...before(dim), s], v);
  const sum = (...terms: readonly (readonly [ArrayLike, ndarray])[]): ArrayLike =>
    terms.map(([w, v]) => multiply(w, v) as ArrayLike).reduce((p, q) => asArray(p).add(q));
  const column = (v: ndarray): ndarray => v.reshape(f._a.shape.map((_, d) => (d === dim ? -1 : 1)));
  if (typeof h === "number")
    put(
      "1:-1",
      at("2:")
        .sub(at(":-2"))
        .div(2 * h),
    );
  else {
    const [p, q] = [h.at(":-1"), h.at("1:")] as [ndarray, ndarray];
    const a = column(asArray(q.neg().div(p.mul(p.add(q)))));
    const b = column(asArray(q.sub(p).div(p.mul(q))));
    const c = column(asArray(p.div(q.mul(p.add(q)))));
    put("1:-1", sum([a, at(":-2")], [b, at("1:-1")], [c, at("2:")]));
  }
  const [first, last] = typeof h === "number" ? [h, h] : [Number(h.at(0)), Number(h.at(-1))];
  if (edgeOrder === 1) {
    put("0:1", at("1:2").sub(at("0:1")).div(first));
    put("-1:", at("-1:").sub(at("-2:-1")).div(last));
    return y;
  }
  if (typeof h === "number") {
    put("0:1", sum([-1.5 / h, at("0:1")], [2 / h, at("1:2")], [-0.5 / h, at("2:3")]));
    put("-1:", sum([0.5 / h, at("-3:-2")], [-2 / h, at("-2:-1")], [1.5 / h, at("-1:")]));
    return y;
  }
  const second = Number(h.at(1));
  put(
    "0:1",
    sum(
      [-(2 * first + second) / (first * (first + second)), at("0:1")],
      [(first + second) / (first * second), at("1:2")],
      [-first / (second * (first + second)), at("2:3")],
    ),
  );
  const previous = Number(h.at(-2));
  put(
    "-1:",
    sum(
      [last / (previous * (previous + last)), at("-3:-2")],
      [-(last + previous) / (previous * last), at("-2:-1")],
      [(2 * last + previous) / (last * (previous + last)), at("-1:")],
    ),
  );
  return y;
}

/** The integral along an axis by trapezoids between the points. */
export const trapezoid = def(
  "numpy.trapezoid",
  "y x dx axis",
  (y: ArrayLike, x: ArrayLike | null = null, dx = 1.0, axis = -1): Item => {
    const f = asArray(y);
    if (x === null && (axis < -f.ndim || axis >= f.ndim))
      throw new IndexError("list assignment index out of range");
    const dim = axisOf(axis, f.ndim);
    let d: ArrayLike = dx;
    if (x !== null) {
      const points = asArray(x);
      d =
        points.ndim === 1
          ? diff.impl(points).reshape(f._a.shape.map((_, k) => (k === dim ? -1 : 1)))
          : diff.impl(points, 1, axis);
    }
    return asArray(multiply(d, part(f, dim, "1:").add(part(f, dim, ":-1"))))
      .div(2)
      .sum({ axis: dim });
  },
);

/**
 * Values between points by straight lines.
 *
 * @param left - the value below `xp[0]`, `fp[0]` by default; `right` likewise
 * @param period - the length after which coordinates repeat
 */
export const interp = def(
  "numpy.interp",
  "x xp fp left right period",
  (
    x: ArrayLike,
    xp: ArrayLike,
    fp: ArrayLike,
    left: ArrayLike | null = null,
    right: ArrayLike | null = null,
    period: number | null = null,
  ): Item => {
    const float = toKernel("float");
    let at = wrap(cast(strided(x), float));
    let points = wrap(cast(strided(xp), float));
    const values = asArray(fp);
    let f = values._a.dtype.kind === "complex" ? values : wrap(cast(values._a, float));
    let [low, high] = [left, right];
    if (points.ndim !== 1 || f.ndim !== 1) throw new ValueError("object too deep for desired array");
    if (points.size === 0) throw new ValueError("array of sample points is empty");
    if (points.size !== f.size) throw new ValueError("fp and xp are not of the same length.");
    if (period !== null) {
      if (period === 0) throw new ValueError("period must be a non-zero value");
      const p = Math.abs(period);
      [low, high] = [null, null];
      at = asArray(at.mod(p));
      points = asArray(points.mod(p));
      const order = points.argsort();
      points = points.at(order) as ndarray;
      f = f.at(order) as ndarray;
      points = concatenate.impl([points.at("-1:").sub(p), points, points.at("0:1").add(p)]);
      f = concatenate.impl([f.at("-1:"), f, f.at("0:1")]);
    }
    const n = points.size;
    const k = asArray(
      select.clip.impl(asArray(points.searchsorted(at, "right")).sub(1), 0, Math.max(n - 2, 0)),
    );
    const [x0, y0] = [points.at(k), f.at(k)] as [ndarray, ndarray];
    let y: ArrayLike = y0;
    if (n > 1) {
      const [x1, y1] = [points.at(k.add(1)), f.at(k.add(1))] as [ndarray, ndarray];
      const slopes = divide(asArray(y1).sub(y0), asArray(x1).sub(x0));
      y = asArray(multiply(slopes, asArray(at).sub(x0))).add(y0);
      y = where(logic.equal(at, x1), y1, y);
      y = where(logic.equal(at, x0), y0, y);
    }
    y = where(logic.less(at, points.at(0)), low ?? f.at(0), y);
    y = where(logic.greater(at, points.at(-1)), high ?? f.at(-1), y);
    y = where(logic.equal(at, points.at(-1)), f.at(-1), y);
    y = where(logic.isnan(at), at, y);
    return asArray(y).add(0);
  },
);

/** a where the condition holds, else b, stretched together. */
function where(condition: ArrayLike, a: ArrayLike, b: ArrayLike): ndarray {
  const [c, x, y] = [strided(condition), strided(a), strided(b)];
  const type = x.dtype.kind === "complex" ? x.dtype : y.dtype;
  return wrap(selectArray(c, cast(x, type), cast(y, type)));
}

type Mode = "full" | "same" | "valid" | 0 | 1 | 2;
const MODES: Readonly<Record<string, Mode>> = {
  v: "valid",
  s: "same",
  f: "full",
  0: "valid",
  1: "same",
  2: "full",
};

function modeOf(mode: Mode): Mode {
  const found = MODES[String(mode)[0]!.toLowerCase()];
  if (!found) throw new ValueError(`mode must be one of 'valid', 'same', or 'full' (got '${mode}')`);
  return found;
}

/** Σ a[n + k]·v[k] for every overlap, from windows over a padded a. */
function sliding(a: ndarray, v: ndarray, mode: Mode): ndarray {
  const [n, m] = [a.size, v.size];
  const edge =
    modeOf(mode) === "full" ? [m - 1, m - 1] : modeOf(mode) === "same" ? [m >> 1, (m - 1) >> 1] : [0, 0];
  const padded = run(ops.pad, { pads: [[edge[0]!, edge[1]!]] }, a._a);
  if (padded.size < m) return wrap(Strided.zeros(a._a.dtype, [0]));
  const windows = run(ops.unfold, { dim: 0, size: m, step: 1 }, padded);
  const y = run(ops.matmul, undefined, windows, reshaped(v._a, [m, 1]));
  return wrap(reshaped(y, [n + edge[0]! + edge[1]! - m + 1]));
}

function vectors(a: ArrayLike, v: ArrayLike, names: readonly [string, string]): [ndarray, ndarray] {
  const [x, w] = [asArray(a), asArray(v)].map((z) => (z.ndim === 0 ? z.reshape(1) : z)) as [ndarray, ndarray];
  for (const [z, name, given] of [
    [x, names[0], a],
    [w, names[1], v],
  ] as const) {
    if (z.ndim > 1) throw tooDeep(given);
    if (z.size === 0) throw new ValueError(`${name} cannot be empty`);
  }
  const type = promoteTypes(x._a.dtype, w._a.dtype);
  return [wrap(cast(x._a, type)), wrap(cast(w._a, type))];
}

/** The convolution of two vectors: Σ a[k]·v[n − k]. @throws ValueError for empty ones */
export const convolve = def(
  "numpy.convolve",
  "a v mode",
  (a: ArrayLike, v: ArrayLike, mode: Mode = "full"): ndarray => {
    let [x, w] = vectors(asArray(a), asArray(v), ["a", "v"]);
    if (w.size > x.size) [x, w] = [w, x];
    return sliding(x, w.at("::-1") as ndarray, mode);
  },
);

/** The correlation of two vectors: Σ a[n + k]·conj(v[k]). @throws ValueError for empty ones */
export const correlate = def(
  "numpy.correlate",
  "a v mode",
  (a: ArrayLike, v: ArrayLike, mode: Mode = "valid"): ndarray => {
    const [x, w] = vectors(a, v, ["first array argument", "second array argument"]);
    const u = wrap(run(ops.conj, undefined, w._a));
    if (w.size <= x.size) return sliding(x, u, mode);
    return sliding(u, x, mode).at("::-1") as ndarray;
  },
);

/** Jumps of at least `discont` between neighbours taken away by adding multiples of the period. */
export const unwrap = def(
  "numpy.unwrap",
  "p discont axis * period",
  (p: ArrayLike, discont: number | null = null, axis = -1, period = 2 * Math.PI): ndarray => {
    const x = asArray(p);
    const dim = axisOf(axis, x.ndim);
    const d = diff.impl(x, 1, dim);
    const limit = discont ?? period / 2;
    const whole = isInteger(promoteTypes(d._a.dtype, strided(period).dtype));
    const high = whole ? Math.floor(period / 2) : period / 2;
    const low = -high;
    let turned: ArrayLike = d.sub(low).mod(period).add(low);
    const ambiguous = !whole || period % 2 === 0;
    if (ambiguous) turned = where(logic.logical_and(logic.equal(turned, low), d.gt(0)), high, turned);
    const correct = where(asArray(d.abs()).lt(limit), 0, asArray(turned).sub(d));
    const y = asArray(multiply(x, whole ? 1 : new Float(1))).copy() as ndarray;
    const shifts = correct.cumsum(dim);
    y.set([...before(dim), "1:"], part(y, dim, "1:").add(shifts));
    return y;
  },
);

/** The cross product of vectors of length 3 (or 2, whose product is a number). @throws ValueError */
export const cross = def(
  "numpy.cross",
  "a b axisa axisb axisc axis",
  (a: ArrayLike, b: ArrayLike, axisa = -1, axisb = -1, axisc = -1, axis: number | null = null): Item => {
    const [x, y] = [asArray(a), asArray(b)];
    if (x.ndim < 1 || y.ndim < 1) throw new ValueError("At least one array has zero dimension");
    const u = moveaxis.impl(x, axis ?? axisa, -1);
    const v = moveaxis.impl(y, axis ?? axisb, -1);
    const [p, q] = [u.shape.at(-1), v.shape.at(-1)];
    if (![2, 3].includes(p) || ![2, 3].includes(q))
      throw new ValueError("incompatible dimensions for cross product\n(dimension must be 2 or 3)");
    const lead = [u, v].map((w) => w._a.shape.slice(0, -1));
    if (!broadcastTwo(lead[0]!, lead[1]!)) throw mismatchError([0, lead[0]!], [1, lead[1]!]);
    const at = (w: ndarray, i: number, n: number): ArrayLike => (i < n ? w.at("...", i) : 0);
    const type = promoteTypes(x._a.dtype, y._a.dtype);
    const term = (i: number, j: number): ArrayLike =>
      asArray(multiply(at(u, i, p), at(v, j, q))).sub(multiply(at(u, j, p), at(v, i, q)));
    const z = term(0, 1);
    if (p === 2 && q === 2) {
      warn(
        "Arrays of 2-dimensional vectors are deprecated. Use arrays of 3-dimensional vectors instead. (deprecated in NumPy 2.0)",
        DeprecationWarning,
      );
      return asArray(z).add(0);
    }
    const parts = [term(1, 2), term(2, 0), z].map((v) => cast(strided(v), type));
    const c = wrap(ops.stack.run(parts, { dim: -1 }) as Strided);
    return moveaxis.impl(c, -1, axis ?? axisc) as Item;
  },
);
