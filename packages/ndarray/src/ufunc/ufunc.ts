import {
  bool,
  broadcastTo,
  broadcastTwo,
  castTo,
  copyInto,
  DTYPES,
  type DType,
  type ElementwiseRow,
  float64,
  int64,
  isInteger,
  type Operand as KernelOperand,
  type OpRow,
  ops,
  type ReductionRow,
  type Scalar,
  Strided,
  sameShape,
  scalarArray,
} from "@cognate/kernel";
import { def, nameClass, Tuple, TypeError, ValueError } from "@cognate/py";
import { ArrayBase } from "../array/base.js";
import { asStrided } from "../array/create.js";
import type { ndarray } from "../array/ndarray.js";
import { strideLike } from "../array/order.js";
import { GenericImpl, itemBesideScalar, itemOf } from "../array/scalars.js";
import type { ArrayLike, Item, Order } from "../array/types.js";
import { charOf, type DTypeLike, givenKernel } from "../dtype/dtype.js";
import {
  type Casting,
  canCast,
  defaultOf,
  resultType,
  strongerWeak,
  type Weak,
  withWeak,
} from "../dtype/promote.js";
import {
  broadcastError,
  castError,
  noLoopError,
  noResultError,
  noSignatureError,
  operandClass,
  shapeText,
} from "../errors/classes.js";
import { wordsFor } from "../errors/words.js";
import { checkDivisor, checkErrors, type Pole } from "./errstate.js";
import { type Operand, operandOf, scalarFor, sideOf, type WeakNumber } from "./operand.js";

/** A row of the op table, whatever its parameters. */
export interface AnyRow {
  readonly name: string;
  readonly dtype: OpRow["dtype"];
  run(inputs: readonly KernelOperand[], params: never, out?: Strided): Strided | readonly Strided[];
}

/** What computes a loop: a row of the op table, or a function that puts several together. */
/** A row that reduces a whole array to a JavaScript value. */
export type Totals = Pick<ReductionRow<never>, "total">;
export type Compute = AnyRow | ((inputs: readonly Strided[], type: DType) => Strided | readonly Strided[]);

/** How a ufunc is written down. */
export interface UfuncSpec {
  readonly nin: 1 | 2;
  readonly nout?: 1 | 2;
  /** Codes of the types that it computes in, in the order in which NumPy tries them. */
  readonly types: string;
  readonly compute: Compute;
  readonly params?: unknown;
  /** The row of one input that floats beside a number need no more than. */
  readonly beside?: (v: number) => AnyRow | undefined;
  /** What computes complex loops instead. */
  readonly complex?: (inputs: readonly Strided[]) => Strided;
  /** The result's type from the loop's: the same by default. */
  readonly result?: "same" | "bool" | "real" | "uint8" | readonly ("same" | "int32")[];
  /** Inputs are converted to this before computing. */
  readonly within?: DType;
  /** Integers and bools are computed in float64. */
  readonly integersAsFloat?: boolean;
  /** The first input alone decides the type; the second must be an integer and is converted to it. */
  readonly integerSecond?: boolean;
  /** Names of the types that the caller may ask for by `dtype=`, where those are not the loops'. */
  readonly asked?: readonly string[];
  /** What reducing nothing gives. */
  readonly identity?: number | null;
  /** Where an infinite result is a division by zero. */
  readonly pole?: Pole;
  /** Its integer loops divide by input 1. */
  readonly divides?: boolean;
  /** Its results are never floating-point errors. */
  readonly quiet?: boolean;
  /** Where it has no loop, NumPy names the types' classes. */
  readonly unnamed?: boolean;
  /** Types that it refuses with a sentence of its own. */
  readonly refuses?: (d: DType) => Error | undefined;
  /** The row that reduces by it, for types whose order or sum it knows. */
  readonly reduce?: AnyRow & Totals;
  /** Sums and products of small integers are made in 64 bits. */
  readonly widens?: boolean;
  /** It asks only which operands are zero. */
  readonly truths?: boolean;
  /** For comparisons with a Python int outside of the type: the answer for one above (1) or below (−1). */
  readonly beyond?: (side: 1 | -1) => boolean;
}

/** The keyword arguments of every ufunc call. */
export interface UfuncOptions {
  readonly out: ndarray | readonly (ndarray | null)[] | null;
  readonly where: ArrayLike | true;
  readonly casting: Casting;
  readonly order: Order;
  readonly dtype: DTypeLike | null;
}

const isRow = (c: Compute): c is AnyRow => typeof c !== "function";

/** The engine behind a ufunc: finds the loop for the operands' types and runs it. */
export class Core {
  readonly nout: number;
  private readonly loops: (DType | null | undefined)[] = [];
  private readonly mixed = new Map<number, DType | null>();
  private readonly typeList: readonly DType[];
  /** The row that computes it as its operands are, where there is one. */
  private readonly row: AnyRow | null;
  /** By type: whether the row takes operands of it as they are and gives the type that is wanted. */
  private readonly plain: (DType | null | undefined)[] = [];

  constructor(
    readonly name: string,
    readonly spec: UfuncSpec,
  ) {
    this.nout = spec.nout ?? 1;
    const { compute } = spec;
    const itself = isRow(compute) && !spec.within && !spec.truths && !spec.integerSecond && this.nout === 1;
    this.row = itself ? (compute as AnyRow) : null;
    const chars = DTYPES.map(charOf);
    this.typeList = [...spec.types].map((c) => DTYPES[chars.indexOf(c)]!);
  }

  /** The types of its loops as NumPy lists them. */
  get types(): string[] {
    return this.typeList.map((d) => {
      const outs = Array.from({ length: this.nout }, (_, i) => charOf(this.resultType(d, i)));
      return `${charOf(d).repeat(this.spec.nin)}->${outs.join("")}`;
    });
  }

  /** The type of result `i` of a loop. */
  resultType(loop: DType, i = 0): DType {
    const { result = "same" } = this.spec;
    const rule = typeof result === "string" ? result : result[i]!;
    if (rule === "same") return loop;
    if (rule === "real")
      return loop.kind === "complex" ? DTYPES.find((d) => d.name === realName(loop))! : loop;
    return rule === "bool" ? bool : DTYPES.find((d) => d.name === rule)!;
  }

  /** The loop for operands of this common type. @throws TypeError where there is none */
  loopFor(common: DType): DType {
    let loop = this.loops[common.code];
    if (loop === undefined) loop = this.loops[common.code] = this.findLoop(common);
    if (loop === null) throw this.spec.refuses?.(common) ?? noLoopError(this.name);
    return loop;
  }

  /** {@link loopFor}, or null where there is none. */
  loopOrNone(common: DType): DType | null {
    try {
      return this.loopFor(common);
    } catch {
      return null;
    }
  }

  /** What it says where no loop gives that type. */
  refusal(type: DType): Error {
    return this.spec.refuses?.(type) ?? noResultError(this.name);
  }

  /** The first loop that every operand's type goes to safely. @throws TypeError where there is none */
  private loopOf(types: readonly DType[], common: DType): DType {
    if (types.length < 2) return this.loopFor(common);
    let key = 0;
    for (const d of types) key = key * 16 + d.code;
    let loop = this.mixed.get(key);
    if (loop === undefined) {
      const half = types.some((d) => d.name === "bfloat16");
      const found = this.typeList.find((d) => types.every((t) => canCast(t, d)));
      loop = this.spec.integersAsFloat || half ? this.findLoop(common) : (found ?? null);
      this.mixed.set(key, loop);
    }
    if (loop === null) throw this.spec.refuses?.(common) ?? noLoopError(this.name);
    return loop;
  }

  private namedLoop(operands: readonly Operand[], types: readonly DType[], common: DType): DType {
    if (!this.spec.unnamed) return this.loopOf(types, common);
    try {
      return this.loopOf(types, common);
    } catch {
      throw noSignatureError(this.name, classesOf(operands));
    }
  }

  private findLoop(common: DType): DType | null {
    if (this.spec.refuses?.(common)) return null;
    if (this.spec.integersAsFloat && common.kind !== "float" && common.kind !== "complex") return float64;
    if (common.name === "bfloat16") return this.typeList.some((d) => d.kind === "float") ? common : null;
    return this.typeList.find((d) => canCast(common, d)) ?? null;
  }

  /** The loop whose result has a type that the caller asks for. @throws TypeError where there is none */
  loopGiving(type: DType, operands: readonly Operand[], types: readonly DType[], common: DType): DType {
    if (this.spec.result === "bool" && type === bool) return this.namedLoop(operands, types, common);
    const loop =
      this.spec.result === "bool" ? undefined : this.typeList.find((d) => this.resultType(d) === type);
    if (loop) return loop;
    const refused = this.spec.refuses?.(type);
    if (refused && !this.spec.unnamed) throw refused;
    if (!this.spec.unnamed) throw noResultError(this.name);
    const python = operands.length === 1 && !(operands[0] instanceof Strided);
    const classes = python ? [operandClass(common, null)] : classesOf(operands);
    throw noSignatureError(this.name, classes, operandClass(type, null));
  }

  /** Runs a loop on inputs of its type. */
  run(inputs: readonly (Strided | Scalar)[], loop: DType, out?: Strided): Strided | readonly Strided[] {
    const { compute, params, within, complex } = this.spec;
    if (complex && loop.kind === "complex")
      return complex(inputs.map((x) => (x instanceof Strided ? x : scalarArray(x, loop))));
    if (isRow(compute) && !within) return compute.run(inputs, params as never, out);
    const arrays = inputs.map((x) => (x instanceof Strided ? x : scalarArray(x, loop)));
    const cast = within ? arrays.map((x) => castTo(x, within)) : arrays;
    return isRow(compute) ? compute.run(cast, params as never) : compute(cast, loop);
  }

  /** The type of results for operands of a type that is a loop's own; null where it is not. */
  private plainType(d: DType): DType | null {
    let type = this.plain[d.code];
    if (type === undefined)
      type = this.plain[d.code] =
        this.row && !d.half && d.kind !== "complex" && this.loopOrNone(d) === d ? this.resultType(d) : null;
    return type;
  }

  /** Runs the row on operands of one type and shape, or beside a number; `undefined` where more is to be decided. */
  private quick(
    x: Strided,
    inputs: readonly (Strided | Scalar)[],
    row: AnyRow | null = this.row,
  ): Item | undefined {
    const { dtype } = x;
    const type = this.plainType(dtype);
    if (type === null || !x.contiguous) return undefined;
    let y: Strided;
    try {
      y = row!.run(inputs, this.spec.params as never) as Strided;
    } catch (e) {
      throw wordsFor(e, this.name);
    }
    if (y.dtype !== type) return undefined;
    if (!this.spec.quiet) this.check(inputs, dtype, y);
    return itemOf(y);
  }

  /** {@link call} of one argument without options. */
  one(a: ArrayLike): Item {
    if (a instanceof ArrayBase && !(a instanceof GenericImpl)) {
      const y = this.quick(a._a, [a._a]);
      if (y !== undefined) return y;
    }
    return this.call([a], null) as Item;
  }

  /** {@link call} of two arguments without options. */
  two(a: ArrayLike, b: ArrayLike): Item {
    let y: Item | undefined;
    if (a instanceof ArrayBase) {
      if (a instanceof GenericImpl) return this.call([a, b], null) as Item;
      const x = a._a;
      if (b instanceof ArrayBase) {
        const w = b._a;
        if (x.dtype === w.dtype && w.contiguous && sameShape(x.shape, w.shape) && !(b instanceof GenericImpl))
          y = this.quick(x, [x, w]);
      } else if (typeof b === "number" && fitsBeside(b, x.dtype)) {
        const short = x.dtype.kind === "float" ? this.spec.beside?.(b) : undefined;
        y = short ? this.quick(x, [x], short) : this.quick(x, [x, b]);
      }
    } else if (b instanceof ArrayBase && typeof a === "number" && !(b instanceof GenericImpl)) {
      if (fitsBeside(a, b._a.dtype)) y = this.quick(b._a, [a, b._a]);
    }
    return y === undefined ? (this.call([a, b], null) as Item) : y;
  }

  /** Computes on arguments of any kind with every option of a ufunc call. */
  call(args: readonly ArrayLike[], options: UfuncOptions | null): Item | Tuple {
    const { name, spec } = this;
    if (options === null && spec.nin === 1 && typeof args[0] === "number") {
      const quick = this.onNumber(args[0]);
      if (quick !== undefined) return quick as Item;
    }
    const operands = args.map(operandOf);
    if (spec.integerSecond) checkInteger(name, operands[1]!);
    const { common, types } = commonType(spec.integerSecond ? operands.slice(0, 1) : operands);
    const wanted = options ? givenKernel(options.dtype) : undefined;
    if (wanted && spec.asked && !spec.asked.includes(wanted.name)) throw noResultError(name);
    const loop = wanted
      ? this.loopGiving(wanted, operands, types, common)
      : this.namedLoop(operands, types, common);
    if (options && (wanted || options.casting !== "same_kind"))
      checkInputs(name, operands, loop, options.casting);
    const beyond = spec.beyond && this.constant(operands, loop);
    const inputs = beyond ? [] : toLoop(spec.truths ? operands.map(truthOf) : operands, loop);
    const outs = options ? outsOf(options.out, this.nout) : [];
    for (const [i, out] of outs.entries()) if (out) checkOutType(this, out, loop, i, options!.casting);
    const shape = this.shapeOf(operands, options);
    for (const out of outs)
      if (out && !sameShape(shape, out._a.shape)) throw broadcastError([shape, out._a.shape]);
    const mask = options && options.where !== true ? maskOf(options.where, shape) : undefined;

    let ys: readonly Strided[];
    if (beyond) ys = [broadcastTo(beyond, shape)];
    else {
      const strides = this.stridesFor(operands, shape, options?.order ?? null);
      const whole = isRow(spec.compute) && !spec.within && !(spec.complex && loop.kind === "complex");
      const direct = strides && this.nout === 1 && whole;
      const lines = direct && linesOf(inputs, shape, strides);
      const prepared =
        direct && !lines ? Strided.zeros(this.resultType(loop), shape).view(shape, strides) : undefined;
      const result = this.compute(lines || inputs, loop, prepared);
      ys = Array.isArray(result) ? (result as readonly Strided[]) : [result as Strided];
      if (strides && !direct)
        ys = ys.map((y) => copyInto(Strided.zeros(y.dtype, shape).view(shape, strides), y));
      if (!spec.quiet) this.check(lines || inputs, loop, ys[0]!);
      if (lines) ys = [ys[0]!.view(shape, strides)];
    }
    const besideScalar = args.some((x) => x instanceof GenericImpl);
    const results = ys.map((y, i) =>
      deliver(castTo(y, this.resultType(loop, i)), outs[i] ?? null, mask, besideScalar),
    );
    return results.length === 1 ? results[0]! : Tuple.of_(results);
  }

  private compute(
    inputs: readonly (Strided | Scalar)[],
    loop: DType,
    out: Strided | undefined,
  ): Strided | readonly Strided[] {
    try {
      return inputs.some((x) => x instanceof Strided)
        ? this.run(inputs, loop, out)
        : this.run(
            inputs.map((x) => scalarArray(x as Scalar, loop)),
            loop,
          );
    } catch (e) {
      throw wordsFor(e, this.name);
    }
  }

  /** A number's result without any array around it. */
  private onNumber(x: number): number | boolean | undefined {
    const { compute, params, within, result, pole, quiet } = this.spec;
    if (!isRow(compute) || within || this.nout > 1) return undefined;
    const loop = this.loopFor(Number.isSafeInteger(x) && !Object.is(x, -0) ? defaultOf("int") : float64);
    const fn = (compute as unknown as Partial<ElementwiseRow>).elementwise?.number;
    if (loop !== float64 || !fn) return undefined;
    const y = fn(x, params) as number;
    if (!quiet && !Number.isFinite(y) && Number.isFinite(x))
      checkErrors(this.name, [x], float64, scalarArray(y, float64), pole);
    return result === "bool" ? Boolean(y) : y;
  }

  private check(inputs: readonly (Strided | Scalar)[], loop: DType, y: Strided): void {
    if (this.spec.divides && loop.kind !== "float") {
      if (loop.kind !== "complex") checkDivisor(this.name, inputs[1]!);
      return;
    }
    checkErrors(this.name, inputs, loop, y, this.spec.pole);
  }

  private shapeOf(operands: readonly Operand[], options: UfuncOptions | null): readonly number[] {
    const shapes = operands.filter((x): x is Strided => x instanceof Strided).map((x) => x.shape);
    const all = () => [
      ...shapes,
      ...outsOf(options?.out ?? null, this.nout).flatMap((o) => (o ? [o._a.shape] : [])),
    ];
    let shape: readonly number[] = shapes[0] ?? [];
    for (let i = 1; i < shapes.length; i++) {
      if (sameShape(shape, shapes[i]!)) continue;
      const next = broadcastTwo(shape, shapes[i]!);
      if (!next) throw broadcastError(all());
      shape = next;
    }
    const where = options && options.where !== true ? asStrided(options.where).shape : undefined;
    if (where) {
      const next = broadcastTwo(shape, where);
      if (!next) throw broadcastError([...shapes, where]);
      shape = next;
    }
    for (const o of outsOf(options?.out ?? null, this.nout)) {
      if (!o) continue;
      const next = broadcastTwo(shape, o._a.shape);
      if (!next) throw broadcastError(all());
      if (!sameShape(next, o._a.shape))
        throw new ValueError(
          `non-broadcastable output operand with shape ${shapeText(o._a.shape)} doesn't match the broadcast shape ${shapeText(next)}`,
        );
      shape = next;
    }
    return shape;
  }

  /** Strides for a result laid out as the inputs are, where they do not lie row by row. */
  private stridesFor(
    operands: readonly Operand[],
    shape: readonly number[],
    order: Order,
  ): readonly number[] | undefined {
    if (shape.length < 2) return undefined;
    const arrays = operands.filter(
      (x): x is Strided => x instanceof Strided && x.shape.length === shape.length,
    );
    const column = order === "F" || (order === "A" && arrays.every((x) => !x.contiguous));
    const loose = arrays.find((x) => !x.contiguous);
    if (!column && (order === "C" || !loose || arrays.some((x) => x.contiguous && x.size > 1)))
      return undefined;
    return strideLike(shape, column ? shape.map((_, i) => i) : loose!.strides);
  }

  /** The result of comparing with Python ints outside of the type, which is the same for every element. */
  private constant(operands: readonly Operand[], loop: DType): Strided | undefined {
    for (let i = 0; i < operands.length; i++) {
      const x = operands[i]!;
      if (x instanceof Strided) continue;
      const side = sideOf(x, loop);
      if (side === 0) continue;
      const answer = this.spec.beyond!((i === 1 ? side : -side) as 1 | -1);
      return scalarArray(answer ? 1 : 0, bool);
    }
    return undefined;
  }
}

/** The inputs as lines in the order of memory, where all lie in memory without gaps as the result will. */
function linesOf(
  inputs: readonly (Strided | Scalar)[],
  shape: readonly number[],
  strides: readonly number[],
): (Strided | Scalar)[] | false {
  const alike = (x: Strided | Scalar): boolean =>
    !(x instanceof Strided) ||
    (x.size > 1 && sameShape(x.shape, shape) && x.strides.every((s, i) => s === strides[i]));
  return inputs.every(alike) && inputs.map((x) => (x instanceof Strided ? x.view([x.size], [1]) : x));
}

/** A Python number as 1 or 0. */
const truthOf = (x: Operand): Operand =>
  x instanceof Strided || x.weak !== "int" ? x : { weak: "int", value: x.value ? 1 : 0 };

const classesOf = (operands: readonly Operand[]): string[] =>
  operands.map((x) => (x instanceof Strided ? operandClass(x.dtype, null) : operandClass(null, x.weak)));

const realName = (d: DType): string => (d.name === "complex64" ? "float32" : "float64");

const NONE: readonly DType[] = [];

/** Whether a Python number beside arrays of a type takes that type, and is one of it. */
function fitsBeside(v: number, d: DType): boolean {
  if (d.kind === "float") return true;
  return d.itemsize >= 4 && d.kind === "int" && (v | 0) === v && !Object.is(v, -0);
}

/** The common type of the operands, and each one's own where they differ. */
function commonType(operands: readonly Operand[]): { common: DType; types: readonly DType[] } {
  const [a, b] = operands;
  if (a instanceof Strided && (b === undefined || (b instanceof Strided && a.dtype === b.dtype)))
    return { common: a.dtype, types: NONE };
  let weak: Weak | undefined;
  const types: DType[] = [];
  for (const x of operands)
    if (x instanceof Strided) types.push(x.dtype);
    else weak = strongerWeak(weak, x.weak);
  const common = resultType(types, weak);
  return { common, types: weak === undefined ? types : NONE };
}

function checkInteger(name: string, x: Operand): void {
  if (x instanceof Strided ? !canCast(x.dtype, int64) : x.weak !== "int") throw noLoopError(name);
}

function toLoop(operands: readonly Operand[], loop: DType): (Strided | Scalar)[] {
  return operands.map((x) =>
    x instanceof Strided ? (x.dtype === loop ? x : castTo(x, loop)) : scalarFor(x as WeakNumber, loop),
  );
}

function checkInputs(name: string, operands: readonly Operand[], loop: DType, casting: Casting): void {
  const alone = !operands.some((x) => x instanceof Strided);
  operands.forEach((x, i) => {
    const from =
      x instanceof Strided
        ? x.dtype
        : alone && !(x.weak === "int" && isInteger(loop))
          ? defaultOf(x.weak)
          : withWeak(loop, x.weak);
    if (!canCast(from, loop, casting))
      throw castError(
        name,
        operands.length > 1 ? `input ${i}` : "input",
        x instanceof Strided ? from : defaultOf(x.weak),
        loop,
        casting,
      );
  });
}

function outsOf(out: UfuncOptions["out"], nout: number): readonly (ndarray | null)[] {
  if (out === null || out === undefined) return [];
  if (out instanceof ArrayBase) return [out as ndarray];
  if (!Array.isArray(out)) throw new TypeError("return arrays must be of ArrayType");
  if (out.length !== nout)
    throw new ValueError("The 'out' tuple must have exactly one entry per ufunc output");
  for (const o of out)
    if (o !== null && !(o instanceof ArrayBase)) throw new TypeError("return arrays must be of ArrayType");
  return out as readonly (ndarray | null)[];
}

function checkOutType(core: Core, out: ndarray, loop: DType, i: number, casting: Casting): void {
  const type = core.resultType(loop, i);
  if (!canCast(type, out._a.dtype, casting))
    throw castError(core.name, core.nout > 1 ? `output ${i}` : "output", type, out._a.dtype, casting);
}

function maskOf(where: ArrayLike, shape: readonly number[]): Strided {
  const given = asStrided(where);
  const mask = where instanceof ArrayBase ? given : castTo(given, bool);
  if (mask.dtype !== bool)
    throw new TypeError(
      `Cannot cast array data from dtype('${mask.dtype.name}') to dtype('bool') according to the rule 'safe'`,
    );
  return broadcastTo(mask, shape);
}

/** A result in the caller's array, where the mask lets it; else an array or an element of its own. */
function deliver(y: Strided, out: ndarray | null, mask: Strided | undefined, besideScalar: boolean): Item {
  if (mask) {
    const old = out ? castTo(out._a, y.dtype) : Strided.zeros(y.dtype, y.shape);
    y = ops.where.run([broadcastTo(y, mask.shape), mask, old], undefined) as Strided;
  }
  if (out) {
    copyInto(out._a, y);
    out._a.storage.version++;
    return out as Item;
  }
  return besideScalar ? itemBesideScalar(y) : itemOf(y);
}

/** A ufunc of NumPy: a function of arrays elementwise, with `out`, `where`, `dtype`, and ways to reduce by it. */
export interface UfuncFacts {
  readonly __name__: string;
  readonly nin: number;
  readonly nout: number;
  readonly nargs: number;
  readonly ntypes: number;
  readonly types: readonly string[];
  readonly identity: number | null;
  readonly core: Core;
}

/** The engines behind ufuncs, for `reduce` and its like. */
export const cores = new WeakMap<object, Core>();

/** `np.ufunc`, for `isinstance`. */
export class ufunc {
  static [Symbol.hasInstance](x: unknown): boolean {
    return typeof x === "function" && cores.has(x);
  }
}
nameClass("numpy.ufunc", ufunc);

const unarySignature = "x out * where casting order dtype subok signature";
const binarySignature = "x1 x2 out * where casting order dtype subok signature";

type Out = ndarray | readonly (ndarray | null)[] | null;

const optionsOf = (
  out: Out,
  where: ArrayLike | true,
  casting: Casting,
  order: Order,
  dtype: DTypeLike | null,
): UfuncOptions | null =>
  out === null && where === true && dtype === null && order === null && casting === "same_kind"
    ? null
    : { out, where, casting, order, dtype };

/** The call of a ufunc of one input. */
export function unaryCall(core: Core) {
  return def(
    `numpy.${core.name}`,
    unarySignature,
    (
      x: ArrayLike,
      out: Out = null,
      where: ArrayLike | true = true,
      casting: Casting = "same_kind",
      order: Order = null,
      dtype: DTypeLike | null = null,
      _subok = true,
      _signature: unknown = null,
    ): Item => {
      const options = optionsOf(out, where, casting, order, dtype);
      return options === null ? core.one(x) : (core.call([x], options) as Item);
    },
  );
}

/** The call of a ufunc of two inputs. */
export function binaryCall(core: Core) {
  return def(
    `numpy.${core.name}`,
    binarySignature,
    (
      x1: ArrayLike,
      x2: ArrayLike,
      out: Out = null,
      where: ArrayLike | true = true,
      casting: Casting = "same_kind",
      order: Order = null,
      dtype: DTypeLike | null = null,
      _subok = true,
      _signature: unknown = null,
    ): Item => {
      const options = optionsOf(out, where, casting, order, dtype);
      return options === null ? core.two(x1, x2) : (core.call([x1, x2], options) as Item);
    },
  );
}

/** What every ufunc says about itself. */
export const factsOf = (core: Core): UfuncFacts => ({
  __name__: core.name,
  nin: core.spec.nin,
  nout: core.nout,
  nargs: core.spec.nin + core.nout,
  ntypes: core.types.length,
  types: core.types,
  identity: core.spec.identity ?? null,
  core,
});
