import { elementAt } from "../../convert/nested.js";
import {
  bool,
  type DType,
  float64,
  int64,
  isDiscrete,
  isInteger,
  type NumericData,
  realOf,
  uint64,
} from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { TORTURE } from "../../memory/torture.js";
import { normalizeAxes, normalizeAxis, reducedShape } from "../../strided/axes.js";
import { castTo, encoderOf } from "../../strided/copy.js";
import { forEachLine, type Line, newLine, storeLine } from "../../strided/lines.js";
import { Strided } from "../../strided/strided.js";
import { fastKernel } from "../../wasm/registry.js";
import { defineOp, type OpRow, type OpSpec, type RowFacts } from "../row.js";

/** Which axes a reduction removes (all, if `dims` is left out), and whether they stay with length 1. */
export interface ReduceParams {
  readonly dims?: readonly number[];
  readonly keepdim?: boolean;
}
/** {@link ReduceParams} and the type to accumulate to. */
export interface AccumulateParams extends ReduceParams {
  readonly dtype?: DType;
}

/** Functions of one line; see {@link Line} for how elements appear. They only read it. The parameters come last. */
interface LineFunctions<P, R> {
  /** Floats, and bools and integers of up to 32 bits where {@link integer} is left out. */
  readonly reference?: (x: Float64Array, p: P) => R;
  /** Bools and integers of up to 32 bits. */
  readonly integer?: (x: Float64Array, p: P) => R | bigint;
  /** 64-bit integers; `"reference"` where the reference only compares. */
  readonly bigint?: ((x: BigInt64Array, p: P) => R | bigint) | "reference";
  /** Complex lines, interleaved; the result of a reduction to a complex number is `[re, im]`. */
  readonly complex?: (x: Float64Array, p: P) => R | readonly [number, number];
  /** Refuses integers and bools. */
  readonly floatOnly?: boolean;
}

export interface ReductionSpec<P, S extends "x" | "y">
  extends Omit<OpSpec<P, "x", "y", S>, "run" | "inputs" | "outputs" | "view" | "broadcasts">,
    LineFunctions<P, number> {
  /** Refuses lines without elements. */
  readonly nonEmpty?: boolean;
  /** Does a whole array at once, or declines by `undefined`. */
  readonly whole?: (x: Strided, y: Strided, dims: readonly number[], p: P) => true | undefined;
}

type AnyLine<R> = (x: Line, p: unknown) => R;

function lineFunction<R>(name: string, f: LineFunctions<never, R>, d: DType): AnyLine<R> {
  const fn = d.big
    ? f.bigint === "reference"
      ? f.reference
      : f.bigint
    : d.kind === "complex"
      ? f.complex
      : d.kind === "float"
        ? f.reference
        : f.floatOnly
          ? undefined
          : (f.integer ?? f.reference);
  if (!fn) throw new DTypeError(name, "x", d.name, "another element type (this op does not compute it)");
  return fn as unknown as AnyLine<R>;
}

function reducedType(category: RowFacts<unknown>["dtype"], d: DType, wanted: DType | undefined): DType {
  switch (category) {
    case "bool":
      return bool;
    case "index":
      return int64;
    case "real":
      return realOf(d);
    case "accumulate":
      return wanted ?? (d.kind === "bool" || (isInteger(d) && d !== uint64) ? int64 : d);
    default:
      return d;
  }
}

/** @throws ShapeError where an axis that is reduced has no elements */
function checkNonEmpty(op: string, x: Strided, dims: readonly number[]): void {
  for (const d of dims)
    if (x.shape[d] === 0) throw new ShapeError(op, "x", x.shape, `elements along axis ${d}`);
}

/** What one element is in JavaScript. */
type Element = ReturnType<typeof elementAt>;

/** A row that reduces, which knows a way to the one element of a whole array that makes no array for it. */
export interface ReductionRow<P> extends OpRow<P> {
  /** All elements reduced to one: what {@link run} gives without `dims`, as a JavaScript value. */
  total(x: Strided, params?: P): Element;
}

/** Shorter arrays are reduced where they are. */
const SHORT = 256;
/** Up to this length a line is written where it will lie. */
const LOOK = 64;

/** All axes of an array, by their number. */
const AXES: readonly (readonly number[])[] = [[], [0], [0, 1], [0, 1, 2], [0, 1, 2, 3], [0, 1, 2, 3, 4]];

/** Makes a row that turns each line along the reduced axes into one element. */
export function reduction<P extends AccumulateParams = AccumulateParams, const S extends "x" | "y" = never>(
  spec: ReductionSpec<P, S>,
): ReductionRow<P> {
  const { reference, integer, bigint, complex, floatOnly, nonEmpty, whole, ...facts } = spec;
  const functions = { reference, integer, bigint, complex, floatOnly } as LineFunctions<never, number>;
  const byType: AnyLine<number>[] = [];
  const functionOf = (d: DType): AnyLine<number> =>
    (byType[d.code] ??= lineFunction<number>(spec.name, functions, d));
  const nothing = {} as P;
  /** Where {@link ReductionRow.total} lets kernels write, by type. */
  const boxes: Strided[] = [];
  const fill = (x: Strided, y: Strided, dims: readonly number[], params: P): Strided => {
    if (y.size === 0) return y;
    if ((x.size >= SHORT || TORTURE) && fastKernel(row, x.dtype)?.([x], y, { ...params, dims })) return y;
    if (whole?.(x, y, dims, params)) return y;
    const fn = functionOf(x.dtype);
    if (y.size === 1 && x.contiguous && x.dtype === float64 && reduceFlat(x, y, fn, params)) return y;
    reduceLines(x, y, dims, fn, params);
    return y;
  };
  const row: OpRow<P> = defineOp<P, "x", "y", S>({
    ...facts,
    inputs: ["x"],
    run: ([operand], p) => {
      const x = operand as Strided;
      const params = p ?? nothing;
      functionOf(x.dtype);
      const dims = normalizeAxes(spec.name, params.dims, x.rank);
      if (nonEmpty) checkNonEmpty(spec.name, x, dims);
      const y = Strided.zeros(
        reducedType(spec.dtype, x.dtype, params.dtype),
        reducedShape(x.shape, dims, params.keepdim ?? false),
      );
      return fill(x, y, dims, params);
    },
  } as OpSpec<P, "x", "y", S>);
  const total = (x: Strided, p?: P): Element => {
    const params = p ?? nothing;
    const type = reducedType(spec.dtype, x.dtype, params.dtype);
    const fn = functionOf(x.dtype);
    const dims = AXES[x.shape.length] ?? normalizeAxes(spec.name, undefined, x.rank);
    if (nonEmpty && x.size === 0) checkNonEmpty(spec.name, x, dims);
    if (x.size < SHORT && x.dtype === float64 && x.contiguous && !TORTURE) {
      const r = fn(x.peekFlat() as Line, params);
      if (type === float64 || spec.dtype === "index") return r;
      if (type === bool) return r !== 0;
    }
    const box = (boxes[type.code] ??= Strided.zeros(type, []));
    return elementAt(fill(x, box, dims, params), 0);
  };
  return Object.assign(row, { total });
}

/** One line that lies in memory as it is needed. */
function reduceFlat(x: Strided, y: Strided, fn: AnyLine<unknown>, params: unknown): boolean {
  if (y.dtype.half || y.dtype.lanes === 2) return false;
  const r = fn(x.peekFlat() as Line, params) as number | bigint;
  y.peek[0] = y.dtype.big ? BigInt(r) : Number(r);
  return true;
}

function reduceLines(
  x: Strided,
  y: Strided,
  dims: readonly number[],
  fn: AnyLine<unknown>,
  params: unknown,
): void {
  const { dtype } = y;
  if (dtype.big) {
    const to = y.peek as BigInt64Array;
    forEachLine(x, dims, (line, k) => {
      const r = fn(line, params) as number | bigint;
      to[k] = typeof r === "bigint" ? r : BigInt(r);
    });
    return;
  }
  const to = y.peek as NumericData;
  const encode = encoderOf(dtype);
  if (dtype.lanes === 2)
    forEachLine(x, dims, (line, k) => {
      const r = fn(line, params) as number | readonly [number, number];
      [to[2 * k], to[2 * k + 1]] = typeof r === "number" ? [r, 0] : r;
    });
  else if (encode)
    forEachLine(x, dims, (line, k) => {
      to[k] = encode(fn(line, params) as number);
    });
  else
    forEachLine(x, dims, (line, k) => {
      to[k] = Number(fn(line, params));
    });
}

export interface AlongParams {
  /** The axis that lines run along. */
  readonly dim: number;
}

/** What a function of a whole line writes: one array an output, of the lengths that the row's `lengths` gave. */
export type LineWriter<P> = (x: Line, outs: readonly Line[], p: P) => void;

export interface AlongSpec<P, O extends string, S extends "x" | O>
  extends Omit<OpSpec<P, "x", O, S>, "run" | "inputs" | "view" | "broadcasts" | "dtype"> {
  /** One category an output. */
  readonly dtypes?: readonly RowFacts<P>["dtype"][];
  readonly dtype?: RowFacts<P>["dtype"];
  /** Length of each output's lines from the input's; the same length by default. */
  readonly lengths?: (n: number, p: P) => readonly number[];
  readonly reference?: (x: Float64Array, outs: readonly Float64Array[], p: P) => void;
  /** Bools and integers of up to 32 bits; writes bigints where the result's type is a 64-bit integer. */
  readonly integer?: (x: Float64Array, outs: readonly Line[], p: P) => void;
  /** Outputs of category `index` are written as float64 whatever the input. */
  readonly bigint?: ((x: BigInt64Array, outs: readonly Line[], p: P) => void) | "reference";
  readonly complex?: (x: Float64Array, outs: readonly Float64Array[], p: P) => void;
  readonly floatOnly?: boolean;
  /** Does a whole array at once, or declines by `false`. */
  readonly whole?: (x: Strided, ys: readonly Strided[], p: P & AlongParams) => boolean;
}

/** Makes a row that turns each line along one axis into lines: cumulative ops, sorting, softmax. */
export function along<P extends AlongParams, const O extends string = "y", const S extends "x" | O = never>(
  spec: AlongSpec<P, O, S>,
): OpRow<P> {
  const { reference, integer, bigint, complex, floatOnly, lengths, dtypes, whole, ...facts } = spec;
  const functions = { reference, integer, bigint, complex, floatOnly } as unknown as LineFunctions<
    never,
    void
  >;
  const categories = dtypes ?? [spec.dtype ?? "same"];
  const outputs = (spec.outputs ?? ["y"]) as readonly O[];
  const row: OpRow<P> = defineOp<P, "x", O, S>({
    ...facts,
    dtype: spec.dtype ?? "same",
    outputs,
    inputs: ["x"],
    run: ([operand], params) => {
      const x = operand as Strided;
      const fn = lineFunction<void>(spec.name, functions, x.dtype) as unknown as LineWriter<P>;
      const dim = normalizeAxis(spec.name, params.dim, x.rank);
      const n = x.rank === 0 ? 1 : x.shape[dim]!;
      const sizes = lengths?.(n, params) ?? outputs.map(() => n);
      const wanted = (params as { dtype?: DType }).dtype;
      // Integers add up as bigints; a narrower type takes the result.
      const narrow = wanted && isDiscrete(x.dtype) && !wanted.big;
      const ys = outputs.map((_, i) =>
        Strided.zeros(
          reducedType(categories[i]!, x.dtype, narrow ? int64 : wanted),
          x.rank === 0 && sizes[i] === 1 ? [] : replaced(x.shape, dim, sizes[i]!),
        ),
      );
      const given = (): Strided => (narrow ? castTo(ys[0]!, wanted) : ys[0]!);
      if (outputs.length === 1 && fastKernel(row, x.dtype)?.([x], ys[0]!, { ...params, dim })) return given();
      if (whole?.(x, ys, { ...params, dim })) return outputs.length === 1 ? given() : ys;
      if (ys.length === 1 && n < LOOK && x.rank === 1 && ys[0]!.dtype === float64 && !narrow)
        if (x.dtype === float64 && x.contiguous && !TORTURE) {
          const line = ys[0]!.peek as Line;
          fn(x.peekFlat() as Line, [line], params);
          return given();
        }
      const lines = ys.map((y, i) =>
        categories[i] === "index"
          ? new Float64Array(sizes[i]!)
          : x.dtype.big || (integer && isDiscrete(x.dtype))
            ? newLine(y.dtype, sizes[i]!)
            : new Float64Array(sizes[i]! * y.dtype.lanes),
      );
      const dims = x.rank === 0 ? [] : [dim];
      const steps = ys.map((y) => (y.rank === 0 ? 1 : Math.max(y.strides[dim]!, 1)));
      forEachLine(x, dims, (line, k) => {
        fn(line, lines, params);
        for (let i = 0; i < ys.length; i++) {
          // Combination k of the other axes starts at (k div step)·step·length + k mod step.
          const step = steps[i]!;
          const at = Math.floor(k / step) * step * sizes[i]! + (k % step);
          storeLine(ys[i]!, at, step, lines[i]!, sizes[i]!);
        }
      });
      return outputs.length === 1 ? given() : ys;
    },
  } as OpSpec<P, "x", O, S>);
  return row;
}

const replaced = (shape: readonly number[], dim: number, n: number): number[] =>
  shape.length === 0 ? [n] : shape.map((m, d) => (d === dim ? n : m));

/** The axis that a {@link selection} removes, and whether it stays with length 1. */
export interface SelectParams extends AlongParams {
  readonly keepdim?: boolean;
}

export interface SelectionSpec<P>
  extends Pick<RowFacts<P>, "name" | "domain" | "samples" | "source" | "tolerance"> {
  /** The position in the line of the element that is picked. */
  readonly pick: (x: Line, p: P) => number;
}

/**
 * Makes a row that picks one element of each line along one axis, and gives its position too (outputs `y` and `index`):
 * extremes, medians, modes. The gradient goes to the element that was picked.
 */
export function selection<P extends SelectParams = SelectParams>(spec: SelectionSpec<P>): OpRow<P> {
  const { pick, name, ...facts } = spec;
  return defineOp({
    ...facts,
    name,
    dtype: "same",
    inputs: ["x"],
    outputs: ["y", "index"],
    run: ([operand], params: P) => {
      const x = operand as Strided;
      if (x.dtype.lanes === 2) throw new DTypeError(name, "x", x.dtype.name, "a type with an order");
      const dim = normalizeAxis(name, params.dim, x.rank);
      const dims = x.rank === 0 ? [] : [dim];
      checkNonEmpty(name, x, dims);
      const shape = reducedShape(x.shape, dims, params.keepdim ?? false);
      const [y, index] = [Strided.zeros(x.dtype, shape), Strided.zeros(int64, shape)];
      const picked = new Float64Array(y.size);
      const [to, encode] = [y.data, encoderOf(x.dtype)];
      forEachLine(x, dims, (line, k) => {
        const i = pick(line, params);
        picked[k] = i;
        to[k] = encode ? encode(line[i] as number) : line[i]!;
      });
      storeLine(index, 0, 1, picked, picked.length);
      return [y, index];
    },
    saves: ["index"],
    vjps: ({ y: gy }, { index }, { params, shape }) => {
      if (!gy) return { x: null };
      const full = shape(0);
      const dim = normalizeAxis(name, params.dim, full.length);
      if (full.length === 0) return { x: gy };
      const kept = full.map((n, d) => (d === dim ? 1 : n));
      const [g, at] = params.keepdim
        ? [gy, index]
        : [gy.reshape({ shape: kept }), index.reshape({ shape: kept })];
      return { x: g.full(full, 0).scatterAdd(at, g, { dim }) };
    },
  });
}
