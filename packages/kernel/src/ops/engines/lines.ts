import { bool, type DType, int64, isInteger, realOf, uint64 } from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { normalizeAxes, normalizeAxis, reducedShape } from "../../strided/axes.js";
import { forEachLine, type Line, newLine, storeLine } from "../../strided/lines.js";
import { type Shape, Strided } from "../../strided/strided.js";
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

/** Functions of one line; see {@link Line} for how elements appear. The parameters come last. */
interface LineFunctions<P, R> {
  /** Floats, bools and integers of up to 32 bits. */
  readonly reference?: (x: Float64Array, p: P) => R;
  /** 64-bit integers; `"reference"` where the reference only compares. */
  readonly bigint?: ((x: BigInt64Array, p: P) => R | bigint) | "reference";
  /** Complex lines, interleaved; the result of a reduction to a complex number is `[re, im]`. */
  readonly complex?: (x: Float64Array, p: P) => R | readonly [number, number];
  /** Refuses integers and bools. */
  readonly floatOnly?: boolean;
}

export interface ReductionSpec<P, S extends "x" | "y">
  extends Omit<OpSpec<P, "x", "y", S>, "run" | "inputs" | "outputs" | "view" | "broadcasts">,
    LineFunctions<P, number> {}

type AnyLine<R> = (x: Line, p: unknown) => R;

function lineFunction<R>(name: string, f: LineFunctions<never, R>, d: DType): AnyLine<R> {
  const fn = d.big
    ? f.bigint === "reference"
      ? f.reference
      : f.bigint
    : d.kind === "complex"
      ? f.complex
      : f.floatOnly && d.kind !== "float"
        ? undefined
        : f.reference;
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

/** Makes a row that turns each line along the reduced axes into one element. */
export function reduction<P extends AccumulateParams = AccumulateParams, const S extends "x" | "y" = never>(
  spec: ReductionSpec<P, S>,
): OpRow<P> {
  const { reference, bigint, complex, floatOnly, ...facts } = spec;
  const functions: LineFunctions<P, number> = { reference, bigint, complex, floatOnly };
  const row: OpRow<P> = defineOp<P, "x", "y", S>({
    ...facts,
    inputs: ["x"],
    run: ([operand], p) => {
      const x = operand as Strided;
      const params = p ?? ({} as P);
      const fn = lineFunction<number>(spec.name, functions as LineFunctions<never, number>, x.dtype);
      const dims = normalizeAxes(spec.name, params.dims, x.rank);
      const y = Strided.zeros(
        reducedType(spec.dtype, x.dtype, params.dtype),
        reducedShape(x.shape, dims, params.keepdim ?? false),
      );
      if (fastKernel(row, x.dtype)?.([x], y, { ...params, dims })) return y;
      const one = newLine(y.dtype.big && !x.dtype.big ? y.dtype : y.dtype.lanes === 2 ? y.dtype : x.dtype, 1);
      forEachLine(x, dims, (line, k) => {
        const r: unknown = fn(line, params);
        if (Array.isArray(r)) {
          one[0] = r[0] as never;
          one[1] = r[1] as never;
          storeLine(y, k, 1, one, 1);
        } else
          storeLine(
            y,
            k,
            1,
            typeof r === "bigint" ? BigInt64Array.of(BigInt.asIntN(64, r)) : scalarLine(r as number),
            1,
          );
      });
      return y;
    },
  } as OpSpec<P, "x", "y", S>);
  return row;
}

const scalar = new Float64Array(2);
function scalarLine(v: number): Float64Array {
  scalar[0] = v;
  scalar[1] = 0;
  return scalar;
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
  readonly bigint?: ((x: BigInt64Array, outs: readonly Line[], p: P) => void) | "reference";
  readonly complex?: (x: Float64Array, outs: readonly Float64Array[], p: P) => void;
  readonly floatOnly?: boolean;
}

/** Makes a row that turns each line along one axis into lines: cumulative ops, sorting, softmax. */
export function along<P extends AlongParams, const O extends string = "y", const S extends "x" | O = never>(
  spec: AlongSpec<P, O, S>,
): OpRow<P> {
  const { reference, bigint, complex, floatOnly, lengths, dtypes, ...facts } = spec;
  const functions = { reference, bigint, complex, floatOnly } as unknown as LineFunctions<never, void>;
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
      const ys = outputs.map((_, i) =>
        Strided.zeros(
          reducedType(categories[i]!, x.dtype, wanted),
          x.rank === 0 ? [] : (x.shape.map((m, d) => (d === dim ? sizes[i]! : m)) as Shape),
        ),
      );
      if (outputs.length === 1 && fastKernel(row, x.dtype)?.([x], ys[0]!, { ...params, dim })) return ys[0]!;
      const lines = ys.map((y, i) =>
        categories[i] === "index"
          ? new Float64Array(sizes[i]!)
          : newLine(x.dtype.big ? x.dtype : y.dtype.big ? int64 : y.dtype, sizes[i]!),
      );
      const dims = x.rank === 0 ? [] : [dim];
      const steps = ys.map((y) => (x.rank === 0 ? 0 : y.strides[dim]!));
      forEachLine(x, dims, (line, k) => {
        fn(line, lines, params);
        for (let i = 0; i < ys.length; i++) {
          // Combination k of the other axes starts at (k div step)·step·length + k mod step.
          const step = Math.max(steps[i]!, 1);
          const at = x.rank === 0 ? 0 : Math.floor(k / step) * step * sizes[i]! + (k % step);
          storeLine(ys[i]!, at, step, lines[i]!, sizes[i]!);
        }
      });
      return outputs.length === 1 ? ys[0]! : ys;
    },
  } as OpSpec<P, "x", O, S>);
  return row;
}
