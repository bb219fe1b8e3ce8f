import {
  bool,
  type Data,
  type DType,
  float32,
  float64,
  type NumericData,
  realOf,
} from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { allocateData } from "../../memory/allocate.js";
import { TORTURE } from "../../memory/torture.js";
import { broadcastShapes, broadcastTo, sameShape } from "../../strided/broadcast.js";
import { castTo, copyInto, decoderOf, encoderOf } from "../../strided/copy.js";
import { collapse, forEachRun } from "../../strided/iterate.js";
import { Strided } from "../../strided/strided.js";
import { fastKernel } from "../../wasm/registry.js";
import { defineOp, isScalar, type Operand, type OpRow, type OpSpec, type Scalar } from "../row.js";

/** How a scalar stands in for an array; any elementwise row takes it. */
export interface ScalarParams {
  /** Beside half floats, keep the scalar in float32 instead of rounding it to their type. */
  readonly wideScalars?: boolean;
}

/** Where a complex reference puts its result; one object is reused for every element. */
export interface ComplexOut {
  re: number;
  im: number;
}

type Fn<A extends readonly unknown[], P, R> = (...args: [...A, P]) => R;
type Repeat<T, N extends 1 | 2 | 3> = N extends 1 ? [T] : N extends 2 ? [T, T] : [T, T, T];
type Parts<N extends 1 | 2 | 3> = N extends 1
  ? [number, number]
  : N extends 2
    ? [number, number, number, number]
    : [number, number, number, number, number, number];

/** The scalar functions of an elementwise row, one an arithmetic family. The parameters come last. */
export interface ElementwiseFunctions<P, N extends 1 | 2 | 3> {
  /** Defines the meaning, in float64. */
  readonly reference?: Fn<Repeat<number, N>, P, number>;
  /** 8- to 32-bit integers; results wrap when stored. `"reference"` where float64 gives the right integers. */
  readonly integer?: Fn<Repeat<number, N>, P, number> | "reference";
  /** 64-bit integers; results wrap when stored. */
  readonly bigint?: Fn<Repeat<bigint, N>, P, bigint | number>;
  /** bool as 0 and 1. `"integer"` where the integer function does. */
  readonly boolean?: Fn<Repeat<number, N>, P, number> | "integer";
  /** Complex numbers by parts; the result goes to `out`, or is returned where the row's result is real or bool. */
  readonly complex?: (...args: [...Parts<N>, ComplexOut, P]) => number | void;
}

type AnyFn = (...args: unknown[]) => unknown;

export interface ElementwiseSpec<P, N extends 1 | 2 | 3, I extends string, S extends I | "y">
  extends Omit<OpSpec<P, I, "y", S>, "run" | "broadcasts" | "view" | "outputs">,
    ElementwiseFunctions<P, N> {
  /** The parameters as the scalar functions take them: defaults, and what depends on the element type. */
  readonly prepare?: (params: P, dtype: DType) => P;
}

/** Makes a row whose result at each position depends on the inputs' elements at that position alone. */
function elementwise<P, N extends 1 | 2 | 3, const I extends string, const S extends I | "y" = never>(
  arity: N,
  spec: ElementwiseSpec<P, N, I, S>,
): ElementwiseRow<P> {
  const { reference, integer, bigint, boolean, complex, prepare, ...facts } = spec;
  const number = reference as AnyFn | undefined;
  const int = (integer === "reference" ? number : integer) as AnyFn | undefined;
  const functions: Functions = {
    number,
    integer: int,
    boolean: (boolean === "integer" ? int : boolean) as AnyFn | undefined,
    bigint: bigint as AnyFn | undefined,
    complex: complex as AnyFn | undefined,
  };
  const row: OpRow<P> = defineOp<P, I, "y", S>({
    ...facts,
    broadcasts: true,
    run: (inputs, params, out) => run(row, functions, prepare, arity, inputs, params, out),
  } as OpSpec<P, I, "y", S>);
  return Object.assign(row, { elementwise: functions, arity });
}

/** An elementwise row also carries its scalar functions, for the suites and for fused kernels. */
export interface ElementwiseRow<P = unknown> extends OpRow<P> {
  readonly elementwise: Functions;
  readonly arity: number;
}

/** One input. See {@link ElementwiseFunctions}. */
export const unary = <P = void, const I extends string = "x", const S extends I | "y" = never>(
  spec: Omit<ElementwiseSpec<P, 1, I, S>, "inputs"> & { inputs?: readonly I[] },
): ElementwiseRow<P> => elementwise<P, 1, I, S>(1, { inputs: ["x" as I], ...spec });

/** Two inputs that broadcast. */
export const binary = <P = void, const I extends string = "a" | "b", const S extends I | "y" = never>(
  spec: Omit<ElementwiseSpec<P, 2, I, S>, "inputs"> & { inputs?: readonly I[] },
): ElementwiseRow<P> => elementwise<P, 2, I, S>(2, { inputs: ["a" as I, "b" as I], ...spec });

/** Three inputs that broadcast. */
export const ternary = <P = void, const I extends string = string, const S extends I | "y" = never>(
  spec: ElementwiseSpec<P, 3, I, S>,
): ElementwiseRow<P> => elementwise<P, 3, I, S>(3, spec);

interface Functions {
  readonly number?: AnyFn;
  readonly integer?: AnyFn;
  readonly boolean?: AnyFn;
  readonly bigint?: AnyFn;
  readonly complex?: AnyFn;
}

function functionFor(row: OpRow<never>, f: Functions, d: DType): AnyFn {
  const fn =
    d.kind === "float"
      ? f.number
      : d.kind === "complex"
        ? f.complex
        : d.kind === "bool"
          ? f.boolean
          : d.big
            ? f.bigint
            : f.integer;
  if (!fn)
    throw new DTypeError(
      row.name,
      row.inputs[0]!,
      d.name,
      "another element type (this op does not compute it)",
    );
  return fn;
}

function resultType(row: OpRow<never>, d: DType): DType {
  if (row.dtype === "bool") return bool;
  if (row.dtype === "real") return realOf(d);
  return d;
}

// Scalars become one-element arrays walked with stride 0; one scratch array a slot and type avoids allocation.
const scratch: (Data | undefined)[] = [];

function scalarData(slot: number, d: DType, v: Scalar, wide = false): Data {
  const key = slot * 16 + d.code;
  let data = scratch[key];
  if (!data) data = scratch[key] = d.half ? new Float32Array(1) : allocateData(d, 1);
  if (d.lanes === 2) {
    const c = typeof v === "object" ? v : { re: Number(v), im: 0 };
    data[0] = c.re;
    data[1] = c.im;
  } else if (d.big) data[0] = BigInt(v as number | bigint);
  else if (d.kind === "bool") data[0] = v ? 1 : 0;
  else if (d.half && !wide) data[0] = rounded(d, Number(v as number | bigint));
  else data[0] = Number(v as number | bigint);
  return data;
}

const rounded = (d: DType, x: number): number => decoderOf(d)!(encoderOf(d)!(x));

function run<P>(
  row: OpRow<P>,
  functions: Functions,
  prepare: ((params: P, dtype: DType) => P) | undefined,
  arity: number,
  inputs: readonly Operand[],
  params: P,
  out?: Strided,
): Strided {
  // The type of the arrays among the inputs decides; `where`'s condition is the one input that may differ.
  let type: DType | undefined;
  let firstArray: Strided | undefined;
  let plain = true;
  // Arrays that repeat one element are walked like numbers.
  let even = true;
  for (let i = 0; i < arity; i++) {
    const x = inputs[i];
    if (x instanceof Strided) {
      if (!firstArray) firstArray = x;
      else if (!sameShape(x.shape, firstArray.shape)) plain = even = false;
      if (!x.contiguous) {
        plain = false;
        if (!repeatsOne(x)) even = false;
      }
      if (!type) type = x.dtype;
      else if (x.dtype !== type)
        throw new DTypeError(
          row.name,
          row.inputs[i]!,
          x.dtype.name,
          `${type.name} like the inputs before it`,
        );
    } else if (x === null || x === undefined || !isScalar(x))
      throw new DTypeError(row.name, row.inputs[i]!, String(x), "an array or a number");
  }
  if (!type || !firstArray) {
    type = float64;
    const s = inputs[0] as Scalar;
    firstArray = Strided.over(scalarData(0, float64, s).slice() as Data, float64, []);
    inputs = [firstArray, ...inputs.slice(1)];
  }
  const fn = functionFor(row as unknown as OpRow<never>, functions, type);
  const outType = resultType(row as unknown as OpRow<never>, type);
  const shape = even
    ? firstArray.shape
    : broadcastShapes(
        row.name,
        inputs.filter((x): x is Strided => x instanceof Strided).map((x) => x.shape),
      );
  const computeType = type.half ? float32 : type;
  const direct =
    out !== undefined &&
    out.dtype === outType &&
    !outType.half &&
    sameShape(out.shape, shape) &&
    safeTarget(out, inputs);
  const y = direct ? out : Strided.zeros(outType.half ? float32 : outType, shape);

  if (prepare) params = prepare(params, type);
  let target = y;
  const order = y.contiguous || y.size < 200 ? null : memoryOrder(y);
  if (order) {
    // Results are written in the order in which they lie; column-major arrays are rows for kernels.
    target = permuted(y, order);
    inputs = inputs.map((x) => (x instanceof Strided ? permuted(broadcastTo(x, y.shape), order) : x));
    even = plain = inputs.every(
      (x) => !(x instanceof Strided) || (x.contiguous && sameShape(x.shape, target.shape)),
    );
  }
  // Below this size no kernel is worth the call.
  const fast = y.size >= 200 || TORTURE ? fastKernel(row, computeType) : undefined;
  if (!fast?.(inputs, target, params)) {
    if (even && arity < 3 && !type.half && type.lanes === 1 && target.contiguous)
      straight(fn, type, arity, inputs, params, target);
    else compute(fn, type, arity, inputs, params, target, plain && target.contiguous);
  }

  const typed = outType.half ? castTo(y, outType) : y;
  return out && !direct ? copyInto(out, typed) : direct ? out : typed;
}

/** Whether all elements are the same place in memory. */
function repeatsOne({ shape, strides }: Strided): boolean {
  for (let i = 0; i < shape.length; i++) if (strides[i] !== 0 && shape[i] !== 1) return false;
  return true;
}

/** The axes of an array from the one of the longest step on, if that is not their own order. */
function memoryOrder(y: Strided): number[] | null {
  const order = y.shape.map((_, i) => i).sort((a, b) => Math.abs(y.strides[b]!) - Math.abs(y.strides[a]!));
  return order.some((axis, i) => axis !== i) ? order : null;
}

const permuted = (x: Strided, order: readonly number[]): Strided =>
  x.view(
    order.map((i) => x.shape[i]!),
    order.map((i) => x.strides[i]!),
    x.offset,
  );

/** Writing element by element into `out` is safe where every input that shares its memory has its very layout. */
function safeTarget(out: Strided, inputs: readonly Operand[]): boolean {
  for (const x of inputs)
    if (x instanceof Strided && x.storage.sameMemory(out.storage)) {
      if (x.offset !== out.offset || !sameShape(x.shape, out.shape)) return false;
      for (let i = 0; i < x.rank; i++) if (x.strides[i] !== out.strides[i]) return false;
    }
  return true;
}

/** One or two inputs of one shape, without gaps or of one element repeated, or numbers: the way of small arrays, which allocates nothing. */
function straight(
  fn: AnyFn,
  type: DType,
  arity: number,
  inputs: readonly Operand[],
  params: unknown,
  y: Strided,
): void {
  const n = y.size;
  const out = y.peek as NumericData;
  let o = y.offset;
  const x = inputs[0]!;
  const array = x instanceof Strided;
  const a = (array ? x.peek : scalarData(0, type, x as Scalar)) as NumericData;
  let i = array ? x.offset : 0;
  const si = array && x.contiguous ? 1 : 0;
  if (arity === 1) {
    const f = fn as (x: number, p: unknown) => number;
    for (const end = o + n; o < end; i += si, o++) out[o] = f(a[i]!, params);
    return;
  }
  const w = inputs[1]!;
  const second = w instanceof Strided;
  const b = (second ? w.peek : scalarData(1, type, w as Scalar)) as NumericData;
  let j = second ? w.offset : 0;
  const sj = second && w.contiguous ? 1 : 0;
  const f = fn as (x: number, y: number, p: unknown) => number;
  for (const end = o + n; o < end; i += si, j += sj, o++) out[o] = f(a[i]!, b[j]!, params);
}

function compute(
  fn: AnyFn,
  type: DType,
  arity: number,
  inputs: readonly Operand[],
  params: unknown,
  y: Strided,
  plain: boolean,
): void {
  if (y.size === 0) return;
  const wide = type.half && (params as ScalarParams | undefined)?.wideScalars === true;
  const datas: Data[] = [];
  const offsets: number[] = [];
  const strides: (readonly number[])[] = [];
  for (let i = 0; i < arity; i++) {
    const x = inputs[i]!;
    if (x instanceof Strided) {
      const v = type.half ? castTo(x, float32) : x;
      const b = plain ? v : broadcastTo(v, y.shape);
      datas.push(v.peek);
      offsets.push(b.offset);
      strides.push(b.strides);
    } else {
      datas.push(scalarData(i, type, x as Scalar, wide));
      offsets.push(0);
      strides.push(ZEROS);
    }
  }
  const to = y.peek;
  const loop = type.lanes === 2 ? complexLoop : numberLoop;
  if (plain) {
    for (let i = 0; i < arity; i++) strides[i] = strides[i] === ZEROS ? ZEROS : ONES;
    loop(fn, params, arity, datas, offsets, strides as number[][], 0, to, y.dtype, y.offset, 1, y.size);
    return;
  }
  const full = strides.map((s) => (s === ZEROS ? new Array<number>(y.rank).fill(0) : s));
  const nest = collapse(y.shape, [y.strides, ...full]);
  const last = nest.shape.length - 1;
  const n = nest.shape[last]!;
  const [ys, ...xs] = nest.strides;
  const at = new Array<number>(arity);
  forEachRun(nest, [y.offset, ...offsets], (pos) => {
    for (let i = 0; i < arity; i++) at[i] = pos[i + 1]!;
    loop(fn, params, arity, datas, at, xs, last, to, y.dtype, pos[0]!, ys![last]!, n);
  });
}

const ZEROS: readonly number[] = [0];
const ONES: readonly number[] = [1];

/** One line of real, integer, bigint or bool elements. `axis` picks the step from each stride list. */
function numberLoop(
  fn: AnyFn,
  p: unknown,
  arity: number,
  xs: readonly Data[],
  at: readonly number[],
  strides: readonly (readonly number[])[],
  axis: number,
  y: Data,
  _outType: DType,
  yo: number,
  ys: number,
  n: number,
): void {
  const out = y as NumericData;
  const a = xs[0] as NumericData;
  let i = at[0]!;
  const si = strides[0]![axis]!;
  let o = yo;
  if (arity === 1) {
    const f = fn as (x: number, p: unknown) => number;
    for (let k = 0; k < n; k++, i += si, o += ys) out[o] = f(a[i]!, p);
    return;
  }
  const b = xs[1] as NumericData;
  let j = at[1]!;
  const sj = strides[1]![axis]!;
  if (arity === 2) {
    const f = fn as (x: number, y: number, p: unknown) => number;
    for (let k = 0; k < n; k++, i += si, j += sj, o += ys) out[o] = f(a[i]!, b[j]!, p);
    return;
  }
  const c = xs[2] as NumericData;
  let l = at[2]!;
  const sl = strides[2]![axis]!;
  const f = fn as (x: number, y: number, z: number, p: unknown) => number;
  for (let k = 0; k < n; k++, i += si, j += sj, l += sl, o += ys) out[o] = f(a[i]!, b[j]!, c[l]!, p);
}

const cell: ComplexOut = { re: 0, im: 0 };

function complexLoop(
  fn: AnyFn,
  p: unknown,
  arity: number,
  xs: readonly Data[],
  at: readonly number[],
  strides: readonly (readonly number[])[],
  axis: number,
  y: Data,
  outType: DType,
  yo: number,
  ys: number,
  n: number,
): void {
  const out = y as NumericData;
  const pair = outType.lanes === 2;
  const args: unknown[] = new Array(2 * arity + 2);
  args[2 * arity] = cell;
  args[2 * arity + 1] = p;
  for (let k = 0; k < n; k++) {
    for (let m = 0; m < arity; m++) {
      const data = xs[m] as NumericData;
      const q = 2 * (at[m]! + k * strides[m]![axis]!);
      args[2 * m] = data[q]!;
      args[2 * m + 1] = data[q + 1]!;
    }
    const real = fn(...args);
    const o = yo + k * ys;
    if (pair) {
      out[2 * o] = cell.re;
      out[2 * o + 1] = cell.im;
    } else out[o] = real as number;
  }
}
