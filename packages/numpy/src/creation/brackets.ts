import { arange as arangeOf, type DType, float64 } from "@cognate/kernel";
import { type ArrayLike, type Index, type ndarray, promoteTypes, resultType } from "@cognate/ndarray/core";
import { Complex, Float, nameClass, parseEntry, Slice, Tuple, ValueError } from "@cognate/py";
import { asArray, cast, ops, reshaped, run, type Strided, strided, upTo, wrap } from "../internal.js";
import { linspace } from "./grids.js";

type Bound = number | Complex | Float | null;

/** A range between brackets: numbers, and a complex step that says how many of them. */
interface Range {
  readonly start: Bound;
  readonly stop: Bound;
  readonly step: Bound;
}

const NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?j?";
const RANGE = new RegExp(`^\\s*(${NUMBER})?\\s*:\\s*(${NUMBER})?\\s*(?::\\s*(${NUMBER})?\\s*)?$`, "i");

function boundOf(text: string | undefined): Bound {
  if (text === undefined) return null;
  if (/j$/i.test(text)) return new Complex(0, Number(text.slice(0, -1)));
  return /[.e]/i.test(text) ? new Float(Number(text)) : Number(text);
}

/** `"0:3"`, `"0:1:0.25"`, `"-1:1:5j"` and slice objects as ranges; `undefined` for anything else. */
function rangeOf(entry: unknown): Range | undefined {
  if (entry instanceof Slice) return entry as unknown as Range;
  if (typeof entry !== "string") return undefined;
  const m = RANGE.exec(entry);
  if (!m) throw new ValueError(`'${entry}' is not a range: write it as 'start:stop:step'`);
  return { start: boundOf(m[1]), stop: boundOf(m[2]), step: boundOf(m[3]) };
}

const isFloat = (b: Bound): boolean => b instanceof Float || (typeof b === "number" && !Number.isInteger(b));
const value = (b: Bound, otherwise: number): number => (b === null ? otherwise : Number(b));

interface Spaced {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly floating: boolean;
}

/** How many numbers a range has, and how far apart they are. */
function spaced(r: Range): Spaced {
  const start = value(r.start, 0);
  if (r.step instanceof Complex) {
    const count = Math.trunc(Math.hypot(r.step.real, r.step.imag));
    return { start, step: count > 1 ? (value(r.stop, 0) - start) / (count - 1) : 0, count, floating: true };
  }
  const step = value(r.step, 1);
  const count = Math.max(Math.ceil((value(r.stop, 0) - start) / step), 0);
  return { start, step, count, floating: [r.start, r.stop, r.step].some(isFloat) };
}

/**
 * `np.mgrid`, `np.ogrid`: coordinate arrays from ranges between brackets.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.mgrid.at("0:2", "0:3").shape, np.ogrid.at("0:3"), np.mgrid.at("-1:1:5j")); // prints (2, 2, 3) [0 1 2] [-1.  -0.5  0.   0.5  1. ]
 * ```
 */
class Grid {
  constructor(private readonly sparse: boolean) {}

  at(...entries: readonly (string | Slice)[]): ndarray {
    const given = entries.map((e) => spaced(rangeOf(e)!));
    const type = given.some((g) => g.floating) ? float64 : strided(0).dtype;
    const lines = given.map((g) => arangeOf(type, g.count, g.start, g.step));
    if (lines.length === 1) return wrap(lines[0]!);
    const shape = given.map((g) => g.count);
    const placed = lines.map((x, axis) =>
      reshaped(
        x,
        shape.map((n, i) => (i === axis ? n : 1)),
      ),
    );
    if (this.sparse) return Tuple.of_(placed.map(wrap)) as unknown as ndarray;
    return wrap(
      ops.stack.run(
        placed.map((x) => run(ops.expand, { shape }, x)),
        { dim: 0 },
      ) as Strided,
    );
  }
}
nameClass("numpy.lib._index_tricks_impl.nd_grid", Grid);

/** Coordinates of a grid from ranges: every array has the whole shape. */
export const mgrid = new Grid(false);
/** Coordinates of a grid from ranges: every array is as long as its own axis. */
export const ogrid = new Grid(true);

const DIRECTIVE = /^\s*(-?\d+)\s*(?:,\s*(\d+)\s*(?:,\s*(-?\d+)\s*)?)?$/;

/**
 * `np.r_`, `np.c_`: arrays, numbers and ranges between brackets laid end to end.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.r_.at("0:3", 10, [7, 8]), np.c_.at([1, 2], [3, 4]).tolist()); // prints [ 0  1  2 10  7  8] [[1, 3], [2, 4]]
 * ```
 */
class Concatenator {
  constructor(
    private readonly axis: number,
    private readonly ndmin: number,
    private readonly place: number,
  ) {}

  at(...entries: readonly (ArrayLike | string | Slice)[]): ndarray {
    let [axis, ndmin, place] = [this.axis, this.ndmin, this.place];
    const types: DType[] = [];
    let number: DType | undefined;
    const parts = entries.flatMap((entry, k): Strided[] => {
      if (typeof entry === "string" && k === 0 && /^[rc]$/.test(entry))
        throw new ValueError("matrices are not supported: give the axis as a number");
      const directive = k === 0 && typeof entry === "string" ? DIRECTIVE.exec(entry) : null;
      if (directive) {
        axis = Number(directive[1]);
        if (directive[2] !== undefined) ndmin = Number(directive[2]);
        if (directive[3] !== undefined) place = Number(directive[3]);
        return [];
      }
      const range = rangeOf(entry);
      const a = range ? line(range) : strided(entry as ArrayLike);
      if (!range && typeof entry !== "object") number = number ? promoteTypes(number, a.dtype) : a.dtype;
      else types.push(a.dtype);
      return [placed(a, ndmin, place, range !== undefined)];
    });
    const kind = number?.kind === "complex" ? "complex" : number?.kind === "float" ? "float" : "int";
    const type = number
      ? resultType(types.length > 0 ? types : [number], kind)
      : resultType(types, undefined);
    const same = parts.map((x) => cast(x, type));
    const dim = axis < 0 ? axis + same[0]!.rank : axis;
    return wrap(ops.cat.run(same, { dim }) as Strided);
  }
}
nameClass("numpy.lib._index_tricks_impl.AxisConcatenator", Concatenator);

const line = (r: Range): Strided => {
  const { start, step, count, floating } = spaced(r);
  if (r.step instanceof Complex) return linspace.impl(start, value(r.stop, 0), count)._a;
  return arangeOf(floating ? float64 : strided(0).dtype, count, start, step);
};

/** An array with at least `ndmin` axes; `place` says where its own first axis goes. */
function placed(a: Strided, ndmin: number, place: number, range: boolean): Strided {
  const lead = Math.max(ndmin, 1) - a.rank;
  if (lead <= 0) return a;
  const x = reshaped(a, [...upTo(lead).map(() => 1), ...a.shape]);
  if (place === -1 || a.rank === 0) return a.rank === 0 && !range ? x : x;
  const first = place < 0 ? place + lead + 1 : place;
  const own = upTo(a.rank).map((i) => lead + i);
  const axes = upTo(lead);
  axes.splice(first, 0, ...own);
  return run(ops.permute, { axes }, x);
}

/** Lays arrays, numbers and ranges end to end along the first axis. */
export const r_ = new Concatenator(0, 1, -1);
/** Lays arrays, numbers and ranges side by side as columns. */
export const c_ = new Concatenator(-1, 2, 0);

/** `np.s_`: what stands between brackets as a value that can be used as an index. */
class Expression {
  constructor(private readonly always: boolean) {}

  at(...entries: readonly Index[]): Index {
    const parsed = entries.map((e) => parseEntry(e as never) as Index);
    return parsed.length === 1 && !this.always ? parsed[0]! : (Tuple.of_(parsed) as Index);
  }
}
nameClass("numpy.lib._index_tricks_impl.IndexExpression", Expression);

/** An index as a value: one entry, or a tuple of several. */
export const s_ = new Expression(false);
/** An index as a value, always a tuple. */
export const index_exp = new Expression(true);

/** Index arrays that pick the rows, columns … of several lists in all combinations. @throws ValueError */
export function ix_(...args: readonly ArrayLike[]): Tuple<ndarray> {
  return Tuple.of_(
    args.map((arg, i) => {
      let x = asArray(arg);
      if (x.ndim !== 1) throw new ValueError("Cross index must be 1 dimensional");
      if (x.size === 0) x = wrap(cast(x._a, strided(0).dtype));
      if (x._a.dtype.kind === "bool") x = x.nonzero()[0]!;
      return x.reshape(args.map((_, k) => (k === i ? x.size : 1)));
    }),
  );
}
