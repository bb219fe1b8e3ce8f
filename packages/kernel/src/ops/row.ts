import type { DType, DTypeName } from "../dtype/dtype.js";
import type { Shape, Strided } from "../strided/strided.js";
import type { Value } from "./value.js";

/** A complex scalar as the kernel takes it. */
export interface ComplexScalar {
  readonly re: number;
  readonly im: number;
}
/** A scalar that stands in for an array; it takes the type of the arrays beside it. */
export type Scalar = number | bigint | ComplexScalar;
/** What an op computes on: arrays, scalars where the row takes them, `null` for an optional input left out. */
export type Operand = Strided | Scalar | null;

export const isScalar = (x: unknown): x is Scalar =>
  typeof x === "number" ||
  typeof x === "bigint" ||
  (typeof x === "object" && x !== null && "re" in x && "im" in x && !("storage" in x));

/**
 * How the result's element type follows from the inputs', which all have one type (façades promote first).
 *
 * - `same`: the inputs' type. `float`: the same, integers refused. `real`: the type of the parts of a complex input.
 * - `bool`, `index` (int64): fixed.
 * - `accumulate`: the parameter `dtype` if given, else the input's, small integers and bool widening to int64.
 * - `given`: an op of its own rule; the row's `run` decides.
 */
export type DTypeCategory = "same" | "float" | "real" | "bool" | "index" | "accumulate" | "given";

/** How far a fast kernel may stray from the reference, and why if it is wide. */
export interface Tolerance {
  readonly ulp?: number;
  readonly rtol?: number;
  readonly atol?: number;
  readonly why?: string;
}

/** One input of a sample: a shape filled with distinct values of the row's domain, or the very values. */
export type SampleInput =
  | readonly number[]
  | {
      readonly shape: Shape;
      readonly values?: readonly number[];
      readonly range?: readonly [number, number];
      readonly dtype?: DTypeName;
    }
  | null;

/** Inputs and parameters on which the derived suites (gradients, fast against reference) run a row. */
export interface Sample<P> {
  readonly inputs: readonly SampleInput[];
  readonly params?: P;
  /** Names of inputs that are not differentiated here (labels, indices); integers never are. */
  readonly constant?: readonly string[];
}

/** What a derivative may ask about the call that it differentiates, beyond the values that it saved. */
export interface VjpContext<P> {
  readonly params: P;
  /** Whether the gradient of input `i` is wanted. */
  needs(input: number): boolean;
  /** Whether input `i` is there; optional ones may be `null`. */
  given(input: number): boolean;
  /** Shape of input `i`, saved or not. */
  shape(input: number): Shape;
  /** Element type of input `i`. */
  dtype(input: number): DType;
  /** Where the elements of input `i` lay in its storage. */
  layout(input: number): { readonly strides: readonly number[]; readonly offset: number };
  /** Number of inputs (variadic rows). */
  readonly count: number;
  /** The scalar that stood at input `i`, or `undefined` if it was an array. */
  scalar(input: number): Scalar | undefined;
  /** Shapes of the outputs. */
  readonly outShapes: readonly Shape[];
  /** Whether the gradients will be differentiated again: fused derivatives that cannot be must take {@link through}. */
  readonly higherOrder: boolean;
  /**
   * Gradients of `inputs` through `f` by the tape: for fused rows, whose own derivative is not written with
   * differentiable ops, a definition by parts to fall back on.
   */
  through(
    f: (inputs: readonly Value[]) => readonly Value[],
    inputs: readonly Value[],
    gys: readonly (Value | null)[],
  ): readonly (Value | null)[];
}

/** The parts that every row of the table has. */
export interface RowFacts<P> {
  /** The op's name: its key in the table, its method on {@link Value}, its kernel, its fixture. */
  readonly name: string;
  readonly dtype: DTypeCategory;
  /** Why there is no derivative, where there is none. */
  readonly noGradient?: string;
  /** The parameters of a call that no derivative will follow, where the row keeps something for one. */
  unrecorded?(params: P): P;
  readonly tolerance?: Partial<Record<DTypeName, Tolerance>>;
  /** Where the derived suites may draw inputs from: one range, or one an input. */
  readonly domain?: readonly [number, number] | readonly (readonly [number, number])[];
  readonly samples?: readonly Sample<P>[];
  /** Paper, file or standard that the formula comes from. */
  readonly source?: string;
  /**
   * Rows of `rows.ts`'s families of their own that the derivative calls by name, so that bundlers keep them where they keep
   * this row. It is never called.
   */
  readonly uses?: () => Rows;
}

/** WASM exports by element type; without one the reference runs. */
export type Kernels = Partial<Record<DTypeName, string>>;

/** What a row is written down with, and not seen with. */
interface Written {
  /**
   * Its kernels; where their names are alike, the ends of these: `"f32 f64"` stands for `erf_f32` and `erf_f64` in the row
   * erf, `"gemm f32"` for `gemm_f32` in any.
   */
  readonly simd?: string | Kernels;
}

/** Rows of any parameters. */
export type Rows = readonly Pick<OpRow, "name">[];

/** A row as dispatch, tape and suites see it. */
export interface OpRow<P = unknown> extends RowFacts<P> {
  readonly simd?: Kernels;
  readonly inputs: readonly string[];
  readonly optional: readonly string[];
  readonly outputs: readonly string[];
  readonly variadic: boolean;
  /** The result shares memory with input 0. */
  readonly view: boolean;
  /** Inputs stretch to a common shape, so gradients are summed back to the inputs' own. */
  readonly broadcasts: boolean;
  run(inputs: readonly Operand[], params: P, out?: Strided): Strided | readonly Strided[];
  /** Gradients of the inputs from those of the outputs; absent where {@link noGradient} says why. */
  readonly backward?: (
    gys: readonly (Value | null)[],
    saved: (name: string) => Value,
    context: VjpContext<P>,
  ) => readonly (Value | null | undefined)[];
  /** Names of inputs and outputs that {@link backward} reads. */
  readonly saves: readonly string[];
  /** Of those, the ones kept only if the gradient of the named input is wanted. */
  readonly saveIf: Readonly<Record<string, string>>;
  /** Edge values of elementwise rows: inputs, then the result. */
  readonly special?: readonly (readonly number[])[];
}

/** How an op of fixed inputs is written down; see {@link defineOp}. */
export interface OpSpec<P, I extends string, O extends string, S extends I | O> extends RowFacts<P>, Written {
  /** Names in call order. */
  readonly inputs: readonly I[];
  /** Those that may be `null`. */
  readonly optional?: readonly I[];
  /** Names of several results; one result is called `y`. */
  readonly outputs?: readonly O[];
  readonly view?: boolean;
  readonly broadcasts?: boolean;
  readonly run: OpRow<P>["run"];
  /** What {@link vjp} reads: inputs and outputs by name. */
  readonly saves?: readonly S[];
  readonly saveIf?: Partial<Record<NoInfer<S>, NoInfer<I>>>;
  /** Gradients of the inputs by name; `gy` is the gradient of the one result. */
  readonly vjp?: (
    gy: Value,
    saved: Readonly<Record<S, Value>>,
    context: VjpContext<P>,
  ) => Partial<Record<I, Value | null>>;
  /** The same for several results; a result that nothing depends on has the gradient `null`. */
  readonly vjps?: (
    gys: Readonly<Record<O, Value | null>>,
    saved: Readonly<Record<S, Value>>,
    context: VjpContext<P>,
  ) => Partial<Record<I, Value | null>>;
  readonly special?: readonly (readonly number[])[];
}

const NOTHING = Object.freeze({}) as never;

const defined: OpRow[] = [];
const listeners: ((row: OpRow) => void)[] = [];

const ENDS: Readonly<Record<string, DTypeName>> = {
  f32: "float32",
  f64: "float64",
  i32: "int32",
  i64: "int64",
};

function kernelsOf({ name, simd }: { readonly name: string } & Written): Kernels | undefined {
  if (typeof simd !== "string") return simd;
  const ends = simd.split(" ");
  const stem = ends[0]! in ENDS ? name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`) : ends.shift();
  return Object.fromEntries(ends.map((end) => [ENDS[end]!, `${stem}_${end}`]));
}

function define<P>(row: OpRow<P>): OpRow<P> {
  const any = row as unknown as OpRow;
  defined.push(any);
  for (const told of listeners) told(any);
  return row;
}

/** Calls `told` with every row that there is, and with those that are defined later. */
export function eachDefined(told: (row: OpRow) => void): void {
  for (const row of defined) told(row);
  listeners.push(told);
}

/** Makes a row of the table from its description. */
export function defineOp<
  P,
  const I extends string,
  const O extends string = "y",
  const S extends I | O = never,
>(spec: OpSpec<P, I, O, S>): OpRow<P> {
  const { vjp, vjps, saves = [], saveIf = {}, ...rest } = spec;
  const names: readonly string[] = spec.inputs;
  const outputs = spec.outputs ?? ["y"];
  const read = (saved: (name: string) => Value): Readonly<Record<S, Value>> => {
    if (saves.length === 0) return NOTHING;
    const values = {} as Record<string, Value>;
    for (let i = 0; i < saves.length; i++) values[saves[i]!] = saved(saves[i]!);
    return values as Record<S, Value>;
  };
  const byName = (grads: Partial<Record<string, Value | null>>) => {
    const list = new Array<Value | null | undefined>(names.length);
    for (let i = 0; i < names.length; i++) list[i] = grads[names[i]!];
    return list;
  };
  let backward: OpRow<P>["backward"];
  if (vjp) backward = (gys, saved, context) => byName(vjp(gys[0]!, read(saved), context));
  if (vjps)
    backward = (gys, saved, context) =>
      byName(
        vjps(
          Object.fromEntries(outputs.map((o, i) => [o, gys[i] ?? null])) as Record<O, Value | null>,
          read(saved),
          context,
        ),
      );
  return define<P>({
    view: false,
    broadcasts: false,
    optional: [],
    ...rest,
    simd: kernelsOf(spec),
    outputs,
    variadic: false,
    inputs: spec.inputs,
    saves,
    saveIf: saveIf as Record<string, string>,
    backward,
  });
}

/** How an op of any number of like inputs is written down. */
export interface VariadicSpec<P> extends RowFacts<P> {
  readonly run: (inputs: readonly Strided[], params: P) => Strided | readonly Strided[];
  /** Whether the derivative reads the inputs. */
  readonly saves?: boolean;
  readonly vjp?: (gy: Value, inputs: readonly Value[], context: VjpContext<P>) => readonly (Value | null)[];
}

/** Makes a row that takes a list of arrays. */
export function defineVariadic<P>(spec: VariadicSpec<P>): OpRow<P> {
  const { vjp, saves = false, run, ...rest } = spec;
  return define<P>({
    ...rest,
    inputs: ["...xs"],
    optional: [],
    outputs: ["y"],
    variadic: true,
    view: false,
    broadcasts: false,
    saves: saves ? ["...xs"] : [],
    saveIf: {},
    run: (inputs, params) => run(inputs as readonly Strided[], params),
    backward:
      vjp &&
      (([gy], saved, context) =>
        vjp(gy!, saves ? Array.from({ length: context.count }, (_, i) => saved(String(i))) : [], context)),
  });
}
