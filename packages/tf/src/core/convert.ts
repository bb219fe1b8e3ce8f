import { castValue, KerasTensor, kernelError, valueOf } from "@cognate/keras/tensorflow";
import { arrayOf, castTo, inspectNested, int64 as kernelInt64, kindOf, NestedError } from "@cognate/kernel";
import { isPlainObject, RuntimeError, repr, TypeError, ValueError } from "@cognate/py";
import { type DType, Tensor, TensorShape, Value } from "../shared.js";
import { currentGraph, graphFor, isGraphTensor } from "./context.js";
import { as_dtype, classText, int32, string, type TypeLike } from "./dtypes.js";
import type { Datum, Handle } from "./row.js";
import { BytesArray, codesOf, StringArray, StringTensor, toBytes } from "./strings.js";

/** An eager tensor of something that is no array. */
export class HandleTensor extends Tensor {
  constructor(
    readonly _handle: Handle,
    private readonly own: DType,
  ) {
    super(undefined as never);
  }
  override get shape(): TensorShape {
    return new TensorShape([]);
  }
  override get dtype(): DType {
    return this.own;
  }
  override get ndim(): number {
    return 0;
  }
  override __repr__(): string {
    return `<tf.Tensor: shape=(), dtype=${this.own.name}, value=<${this._handle.handle}>>`;
  }
  override __str__(): string {
    return `tf.Tensor(<${this._handle.handle}>, shape=(), dtype=${this.own.name})`;
  }
}

/** What an eager tensor holds. */
export function datumOf(x: Tensor): Datum {
  if (x instanceof StringTensor) return x._strings;
  if (x instanceof HandleTensor) return x._handle;
  return x._value;
}

/** The eager tensor of what flows along an edge. */
export function tensorOf(d: Datum, type?: DType): Tensor {
  if (d instanceof Value) return new Tensor(d);
  if (d instanceof StringArray) return new StringTensor(d);
  return new HandleTensor(d, type ?? as_dtype("variant"));
}

/** Objects that stand for a tensor: variables, sliced gradients. */
export interface TensorLikeObject {
  /** The tensor, in the graph that is being built if there is one. */
  _as_tensor(): Tensor;
}
export const standsForTensor = (x: unknown): x is TensorLikeObject =>
  typeof x === "object" && x !== null && typeof (x as Partial<TensorLikeObject>)._as_tensor === "function";

/** A Keras variable: a value that can be replaced. */
const hasValue = (x: unknown): x is { readonly value: Tensor; readonly _value: Value } =>
  typeof x === "object" && x !== null && (x as { _value?: unknown })._value instanceof Value;

/** Whether a thing is a tensor, or stands for one. */
export const isTensor = (x: unknown): boolean =>
  x instanceof Tensor || isGraphTensor(x) || standsForTensor(x) || hasValue(x);

/** The first item of nested lists that passes. */
function leaf(x: unknown, test: (item: unknown) => boolean): unknown {
  if (Array.isArray(x) && !(x instanceof BytesArray)) {
    for (const item of x) {
      const found = leaf(item, test);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return test(x) ? x : undefined;
}

const isText = (x: unknown): boolean =>
  typeof x === "string" || x instanceof String || x instanceof BytesArray || isTextArray(x);
/** NumPy's arrays of texts, which have no numbers. */
const isTextArray = (x: unknown): x is { _flat(): string[]; readonly shape: readonly number[] } =>
  typeof x === "object" && x !== null && "_words" in x;

/** Texts in nested lists as an array. @throws ValueError for ragged lists, TypeError for what is no text */
function stringsOf(x: unknown): StringArray {
  if (isTextArray(x)) return new StringArray([...x.shape], x._flat().map(toBytes));
  if (x instanceof BytesArray) return new StringArray(x.shape, x._flat);
  const data: string[] = [];
  const walk = (v: unknown): number[] => {
    if (typeof v === "string" || v instanceof String) {
      data.push(toBytes(String(v)));
      return [];
    }
    if (v instanceof Uint8Array) {
      data.push(codesOf(v));
      return [];
    }
    if (v instanceof StringTensor) {
      data.push(...v._strings.data);
      return [...v._strings.shape];
    }
    if (!Array.isArray(v)) throw new TypeError(`Cannot convert ${repr(v)} to EagerTensor of dtype string`);
    const inner = v.map(walk);
    if (inner.some((s) => s.length !== inner[0]!.length || s.some((n, i) => n !== inner[0]![i])))
      throw new ValueError("Can't convert non-rectangular Python sequence to Tensor.");
    return [v.length, ...(inner[0] ?? [])];
  };
  const shape = walk(x);
  return new StringArray(shape, data);
}

const refused = (x: unknown, dtype: DType): TypeError =>
  new TypeError(
    `Cannot convert ${repr(x)} to EagerTensor of dtype ${({ float32: "float", float64: "double", float16: "half" } as Record<string, string>)[dtype.name] ?? dtype.name}`,
  );

/** A number that Python would not put into an array of that type. */
function misfit(data: unknown, dtype: DType): boolean {
  const bad = (item: unknown): boolean => {
    const kind = kindOf(item);
    if (kind === "float") return !dtype.is_floating && !dtype.is_complex;
    if (kind === "complex") return !dtype.is_complex;
    if (kind === "bool") return false;
    if (kind === "int" && dtype.is_bool) return true;
    return false;
  };
  return leaf(data, bad) !== undefined;
}

/** A constant of data: Python's numbers, nested lists, arrays of any package. */
function constantOf(data: unknown, dtype: DType | undefined): Datum {
  if (data === null || data === undefined)
    throw new ValueError(
      "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.",
    );
  if (data instanceof TensorShape) return valueOf([...data], (dtype ?? int32).kernel);
  if (data instanceof Uint8Array && dtype === string) return stringsOf(data);
  if (leaf(data, isText) !== undefined || dtype === string) {
    if (dtype && dtype !== string) throw refused(data, dtype);
    return stringsOf(data);
  }
  if (isPlainObject(data) && !("re" in data))
    throw new ValueError(
      `Attempt to convert a value (${repr(data)}) with an unsupported type (${classText(data)}) to a Tensor.`,
    );
  if (dtype && misfit(data, dtype)) throw refused(data, dtype);
  if (dtype) return valueOf(data, dtype.kernel);
  if (
    leaf(
      data,
      (x) =>
        typeof x === "bigint" ||
        (typeof x === "number" && (x > 2147483647 || x < -2147483648) && Number.isSafeInteger(x)),
    ) !== undefined
  )
    if (leaf(data, (x) => kindOf(x) === "float") === undefined) return valueOf(data, kernelInt64);
  if (Array.isArray(data) && leaf(data, (x) => arrayOf(x) !== undefined) !== undefined) {
    // Numbers of NumPy's that are whole become int32, as Python's own do.
    try {
      const { kind, dtypes } = inspectNested(data);
      if (kind === undefined && dtypes[0]?.name === "int64") return valueOf(castArray(data), undefined);
    } catch (e) {
      if (!(e instanceof NestedError)) throw e;
    }
  }
  return valueOf(data);
}
const castArray = (data: readonly unknown[]): Value => valueOf(data, int32.kernel);

interface Wanted {
  readonly dtype?: DType | undefined;
  /** The type to try first where data has none of its own. */
  readonly hint?: DType | undefined;
  readonly name?: string | null | undefined;
}

/** Whether lists hold tensors, which makes packing a part of the computation. */
const packs = (x: unknown): x is readonly unknown[] =>
  Array.isArray(x) &&
  !(x instanceof TensorShape) &&
  !(x instanceof BytesArray) &&
  leaf(x, isTensor) !== undefined;

let pack: (items: readonly Tensor[]) => Tensor;
/** Tells conversion how lists with tensors in them become one. */
export function setPack(f: typeof pack): void {
  pack = f;
}

function packed(x: readonly unknown[], dtype: DType | undefined): Tensor {
  const like = dtype ?? dtypeIn(x);
  return pack(x.map((item) => toTensor(item, { dtype: like })));
}
function dtypeIn(x: unknown): DType | undefined {
  if (Array.isArray(x)) {
    for (const item of x) {
      const found = dtypeIn(item);
      if (found) return found;
    }
    return undefined;
  }
  return isTensor(x) ? typeOf(x) : undefined;
}
/** The element type of what is a tensor or stands for one. */
export const typeOf = (x: unknown): DType => as_dtype((x as { dtype: TypeLike }).dtype);

/** Whole numbers that JavaScript could not write as floats go along where a float is wanted. */
const bends = (x: Tensor, dtype: DType): boolean =>
  x._value?.weak === true && (dtype.is_floating || dtype.is_complex);

/** How values of a class become tensors. */
export type Conversion = (value: never, dtype: DType | null, name: string | null, as_ref: boolean) => unknown;
const conversions: {
  readonly base: abstract new (...args: never[]) => unknown;
  readonly convert: Conversion;
  readonly priority: number;
}[] = [];
/** Adds a way in which values of a class become tensors; smaller priorities are asked first, then those that came first. */
export function addConversion(
  base: abstract new (...args: never[]) => unknown,
  convert: Conversion,
  priority: number,
): void {
  const at = conversions.findIndex((c) => c.priority > priority);
  conversions.splice(at < 0 ? conversions.length : at, 0, { base, convert, priority });
}
/** What a class's conversion makes of a value, or the value itself. */
export function converted(x: unknown, dtype: DType | undefined, name: string | null | undefined): unknown {
  if (conversions.length === 0 || typeof x !== "object" || x === null || isTensor(x)) return x;
  for (const { base, convert } of conversions) {
    if (!(x instanceof base)) continue;
    const out = convert(x as never, dtype ?? null, name ?? null, false);
    if (out === null || out === undefined) continue;
    if (!isTensor(out))
      throw new RuntimeError(
        `Conversion function ${repr(convert)} for type ${repr(base)} returned non-Tensor: ${repr(out)}`,
      );
    return out;
  }
  return x;
}

/** A tensor of data, of the graph that is being built if there is one. */
export function toTensor(given: unknown, { dtype, hint, name }: Wanted = {}): Tensor {
  const x = converted(given, dtype, name);
  if (x instanceof KerasTensor)
    throw new ValueError(
      "A KerasTensor cannot be used as input to a TensorFlow function. A KerasTensor is a symbolic placeholder for a shape and dtype, used when constructing Keras Functional models or Keras Functions. You can only use it as input to a Keras layer or a Keras operation (from the namespaces `keras.layers` and `keras.ops`). You are likely doing something like:\n\n```\nx = Input(...)\n...\ntf_fn(x)  # Invalid.\n```\n\nWhat you should do instead is wrap `tf_fn` in a layer:\n\n```\nclass MyLayer(Layer):\n    def call(self, x):\n        return tf_fn(x)\n\nx = MyLayer()(x)\n```\n",
    );
  const graph = isGraphTensor(x) ? null : currentGraph();
  if (graph && !packs(x)) return graph.asTensor(x, dtype, name ?? null, hint);
  const own = x instanceof Tensor || isGraphTensor(x) ? x : standsForTensor(x) ? x._as_tensor() : undefined;
  const tensor = own ?? (hasValue(x) ? x.value : undefined);
  if (tensor) {
    if (dtype && tensor.dtype !== dtype) {
      if (bends(tensor, dtype)) return new Tensor(castValue(tensor._value, dtype.kernel));
      throw new ValueError(
        `Tensor conversion requested dtype ${dtype.name} for Tensor with dtype ${tensor.dtype.name}: ${repr(tensor)}`,
      );
    }
    return tensor;
  }
  if (packs(x)) return packed(x, dtype);
  if (!dtype && hint && hint !== string && !(hint.kernel === undefined))
    try {
      return eagerConstant(x, hint);
    } catch (e) {
      if (!(e instanceof TypeError) && !(e instanceof ValueError)) throw e;
    }
  return eagerConstant(x, dtype);
}

/** An eager tensor of data. */
export function eagerConstant(x: unknown, dtype?: DType): Tensor {
  const array = dtype && dtype !== string ? arrayOf(x) : undefined;
  return tensorOf(array ? new Value(castTo(array, dtype!.kernel)) : constantOf(x, dtype));
}

/** Datum of data, for constants of graphs. */
export const constantDatum = (x: unknown, dtype?: DType): Datum => datumOf(eagerConstant(x, dtype));

/** A bool, int or shape that a function needs to know now; `undefined` if a graph computes it later. */
export function knownValue(x: unknown): unknown {
  if (isGraphTensor(x)) return undefined;
  return x;
}
export { graphFor, kernelError };
