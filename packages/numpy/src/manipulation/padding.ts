import { copyInto, integersOf } from "@cognate/kernel";
import { type ArrayLike, type ndarray, toKernel } from "@cognate/ndarray/core";
import { def, IndexError, TypeError, ValueError } from "@cognate/py";
import { asArray, cast, ops, run, Strided, strided, wrap } from "../internal.js";
import { broadcast_to } from "./arranging.js";

type Pair = readonly [number, number];

/** One pair of numbers an axis from what a caller may give: a number, a pair, one pair an axis. */
function pairs(x: ArrayLike, ndim: number, whole: boolean): Pair[] {
  const a = strided(x);
  const all = broadcast_to.impl(wrap(whole ? cast(a, toKernel("int")) : a), [ndim, 2]);
  return (all.tolist() as number[][]).map(([p, q]) => [p!, q!] as const);
}

const MODES: Readonly<Record<string, "reflect" | "symmetric" | "replicate" | "circular">> = {
  reflect: "reflect",
  symmetric: "symmetric",
  edge: "replicate",
  wrap: "circular",
};

const REDUCERS: Readonly<Record<string, "max" | "min" | "mean" | "median">> = {
  maximum: "max",
  minimum: "min",
  mean: "mean",
  median: "median",
};

/** Assigns to the part of an axis between two positions. */
const assign = (y: ndarray, axis: number, from: number, to: number, v: ArrayLike): void =>
  y.set([...y._a.shape.slice(0, axis).map(() => ":"), `${from}:${to}`], v);

const part = (y: ndarray, axis: number, from: number, to: number): ndarray =>
  y.at(...y._a.shape.slice(0, axis).map(() => ":"), `${from}:${to}`) as ndarray;

type Filler = (y: ndarray, axis: number, [before, after]: Pair, n: number) => void;

const constants =
  (values: readonly Pair[]): Filler =>
  (y, axis, [before, after], n) => {
    assign(y, axis, 0, before, values[axis]![0]);
    assign(y, axis, before + n, before + n + after, values[axis]![1]);
  };

const ramps =
  (
    ends: readonly Pair[],
    linspace: (a: ArrayLike, b: ArrayLike, n: number, axis: number) => ndarray,
  ): Filler =>
  (y, axis, [before, after], n) => {
    const whole = y._a.dtype.kind === "int" || y._a.dtype.kind === "uint";
    const line = (end: number, edge: ndarray, count: number): ndarray => {
      const v = linspace(end, edge.squeeze(axis), count, axis);
      return whole ? (wrap(run(ops.floor, undefined, v._a)).astype(y.dtype) as ndarray) : v;
    };
    if (before > 0)
      assign(y, axis, 0, before, line(ends[axis]![0], part(y, axis, before, before + 1), before));
    if (after > 0) {
      const up = line(ends[axis]![1], part(y, axis, before + n - 1, before + n), after);
      assign(
        y,
        axis,
        before + n,
        before + n + after,
        up.at(...y._a.shape.slice(0, axis).map(() => ":"), "::-1"),
      );
    }
  };

const statistics =
  (
    how: "max" | "min" | "mean" | "median",
    lengths: readonly Pair[] | null,
    median: (x: ndarray, axis: number) => ArrayLike,
  ): Filler =>
  (y, axis, [before, after], n) => {
    const reduce = (x: ndarray): ArrayLike => {
      const v = how === "median" ? median(x, axis) : x[how]({ axis, keepdims: true });
      const whole = y._a.dtype.kind === "int" || y._a.dtype.kind === "uint";
      return whole && (how === "mean" || how === "median")
        ? (wrap(run(ops.round, { decimals: 0 } as never, strided(v))) as ArrayLike)
        : v;
    };
    const [p, q] = lengths ? lengths[axis]! : [n, n];
    const low = reduce(part(y, axis, before, before + Math.min(p, n)));
    const high = reduce(part(y, axis, before + n - Math.min(q, n), before + n));
    assign(y, axis, 0, before, low);
    assign(y, axis, before + n, before + n + after, high);
  };

type PadFunction = (vector: ndarray, pads: readonly number[], axis: number, kwargs: object) => unknown;

/** Makes `np.pad` from functions of this package that it needs. */
export const makePad = (
  linspace: (a: ArrayLike, b: ArrayLike, n: number, axis: number) => ndarray,
  median: (x: ndarray, axis: number) => ArrayLike,
) =>
  def(
    "numpy.pad",
    "array pad_width mode * constant_values end_values stat_length reflect_type",
    (
      array: ArrayLike,
      given: ArrayLike | ReadonlyMap<number, number | readonly number[]>,
      mode: string | PadFunction = "constant",
      constant_values: ArrayLike | undefined = undefined,
      end_values: ArrayLike | undefined = undefined,
      stat_length: ArrayLike | null | undefined = undefined,
      reflect_type: "even" | "odd" | undefined = undefined,
    ): ndarray => {
      const x = asArray(array);
      if (typeof mode === "string")
        checkKeywords(mode, { constant_values, end_values, stat_length, reflect_type });
      const pad_width = given instanceof Map ? widthsOf(given, x.ndim) : (given as ArrayLike);
      const widths = strided(pad_width);
      if (widths.dtype.kind !== "int" && widths.dtype.kind !== "uint")
        throw new TypeError("`pad_width` must be of integral type.");
      if (integersOf(widths).some((n) => n < 0)) throw new ValueError("index can't contain negative values");
      const pads = pairs(pad_width, x.ndim, true);
      if (typeof mode === "string" && mode !== "constant" && mode !== "empty") {
        const empty = x._a.shape.findIndex((n, d) => n === 0 && (pads[d]![0] > 0 || pads[d]![1] > 0));
        if (empty >= 0)
          throw new ValueError(
            `can't extend empty axis ${empty} using modes other than 'constant' or 'empty'`,
          );
      }
      if (typeof mode === "string" && MODES[mode] && x.size > 0) {
        if (reflect_type === "odd" && (mode === "reflect" || mode === "symmetric"))
          return odd(x, pads, mode === "symmetric");
        return wrap(run(ops.pad, { pads, mode: MODES[mode]! }, x._a));
      }
      const y = wrap(
        Strided.zeros(
          x._a.dtype,
          x._a.shape.map((n, d) => n + pads[d]![0] + pads[d]![1]),
        ),
      );
      const centre = y.at(...x._a.shape.map((n, d) => `${pads[d]![0]}:${pads[d]![0] + n}`)) as ndarray;
      if (x.size > 0) copyInto(x.ndim > 0 ? centre._a : y._a, x._a);
      if (x.size === 0 && typeof mode === "string" && mode !== "constant") return y;
      if (typeof mode === "function") {
        eachLine(y, pads, mode);
        return y;
      }
      const filler = fillerFor(
        mode,
        x.ndim,
        constant_values ?? 0,
        end_values ?? 0,
        stat_length ?? null,
        linspace,
        median,
      );
      for (const [axis, p] of pads.entries()) filler?.(y, axis, p, x._a.shape[axis]!);
      return y;
    },
  );

const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  empty: [],
  edge: [],
  wrap: [],
  constant: ["constant_values"],
  linear_ramp: ["end_values"],
  maximum: ["stat_length"],
  mean: ["stat_length"],
  median: ["stat_length"],
  minimum: ["stat_length"],
  reflect: ["reflect_type"],
  symmetric: ["reflect_type"],
};

/** @throws ValueError for an unknown mode, and for a keyword that the mode does not have */
function checkKeywords(mode: string, given: Readonly<Record<string, unknown>>): void {
  const known = KEYWORDS[mode];
  if (!known) throw new ValueError(`mode '${mode}' is not supported`);
  const strangers = Object.keys(given).filter((k) => given[k] !== undefined && !known.includes(k));
  if (strangers.length > 0)
    throw new ValueError(
      `unsupported keyword arguments for mode '${mode}': {${strangers.map((k) => `'${k}'`).join(", ")}}`,
    );
}

/** Widths by axis as one pair an axis. @throws IndexError */
function widthsOf(given: ReadonlyMap<number, number | readonly number[]>, ndim: number): number[][] {
  const out = Array.from({ length: ndim }, () => [0, 0]);
  for (const [axis, width] of given) {
    const d = axis < 0 ? axis + ndim : axis;
    if (!out[d]) throw new IndexError("list assignment index out of range");
    const pair = [width].flat() as number[];
    out[d] = pair.length === 1 ? [pair[0]!, pair[0]!] : pair;
  }
  return out;
}

function fillerFor(
  mode: string,
  ndim: number,
  constant_values: ArrayLike,
  end_values: ArrayLike,
  stat_length: ArrayLike | null,
  linspace: (a: ArrayLike, b: ArrayLike, n: number, axis: number) => ndarray,
  median: (x: ndarray, axis: number) => ArrayLike,
): Filler | null {
  if (mode === "constant") return constants(pairs(constant_values, ndim, false));
  if (mode === "linear_ramp") return ramps(pairs(end_values, ndim, false), linspace);
  if (REDUCERS[mode])
    return statistics(REDUCERS[mode]!, stat_length === null ? null : pairs(stat_length, ndim, true), median);
  return null;
}

/** Reflection about the edge's value: 2·edge less what `even` puts there. */
function odd(x: ndarray, pads: readonly Pair[], symmetric: boolean): ndarray {
  return pads.reduce<ndarray>((y, [before, after], axis) => {
    const n = y._a.shape[axis]!;
    let [v, left, right] = [y, before, after];
    while (left > 0 || right > 0) {
      const m = v._a.shape[axis]!;
      const most = symmetric ? m : m - 1;
      const [p, q] = [Math.min(left, most), Math.min(right, most)];
      const only = v._a.shape.map((_, d) => (d === axis ? ([p, q] as const) : ([0, 0] as const)));
      const even = wrap(run(ops.pad, { pads: only, mode: symmetric ? "symmetric" : "reflect" }, v._a));
      if (p > 0)
        assign(
          even,
          axis,
          0,
          p,
          part(v, axis, 0, 1)
            .mul(2)
            .sub(part(even, axis, 0, p)),
        );
      if (q > 0)
        assign(
          even,
          axis,
          p + m,
          p + m + q,
          part(v, axis, m - 1, m)
            .mul(2)
            .sub(part(even, axis, p + m, p + m + q)),
        );
      [v, left, right] = [even, left - p, right - q];
    }
    return n === v._a.shape[axis] ? y : v;
  }, x);
}

/** Calls the caller's function on every line along every axis. */
function eachLine(y: ndarray, pads: readonly Pair[], f: PadFunction): void {
  pads.forEach((p, axis) => {
    const lines = y.swapaxes(axis, -1);
    const rows = lines._a.shape.slice(0, -1);
    const visit = (prefix: readonly number[]): void => {
      if (prefix.length === rows.length) {
        f(lines.at(...prefix) as ndarray, p, axis, {});
        return;
      }
      for (let i = 0; i < rows[prefix.length]!; i++) visit([...prefix, i]);
    };
    visit([]);
  });
}
