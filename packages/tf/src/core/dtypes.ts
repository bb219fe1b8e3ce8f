import { DType, type DTypeLike, fromKernel, kernelType } from "@cognate/keras/tensorflow";
import { DTYPES, type DType as KernelType, uint8 } from "@cognate/kernel";
import { repr, TypeError, type } from "@cognate/py";

/** An element type that the kernel does not compute with: texts, handles, quantised numbers. */
export class OtherType extends DType {
  constructor(
    readonly own: string,
    private readonly number: number,
    bytes: KernelType = uint8,
  ) {
    super(bytes);
  }
  override get name(): string {
    return this.own;
  }
  override get is_floating(): boolean {
    return false;
  }
  override get is_integer(): boolean {
    return false;
  }
  override get is_unsigned(): boolean {
    return false;
  }
  override get as_datatype_enum(): number {
    return this.number;
  }
  override get as_numpy_dtype(): string {
    return "object";
  }
  override eq(other: unknown): boolean {
    return other === this || other === this.own || (this.own === "string" && isPythonStr(other));
  }
  override __repr__(): string {
    return `tf.${this.own}`;
  }
  override __str__(): string {
    return `<dtype: '${this.own}'>`;
  }
}

const isPythonStr = (x: unknown): boolean =>
  (typeof x === "function" || typeof x === "object") &&
  x !== null &&
  (x as { __name__?: unknown }).__name__ === "str";

const numeric = Object.fromEntries(DTYPES.map((d) => [d.name, fromKernel(d)])) as Record<string, DType>;

export const string = new OtherType("string", 7);
export const resource = new OtherType("resource", 20);
export const variant = new OtherType("variant", 21);
export const qint8 = new OtherType("qint8", 11);
export const quint8 = new OtherType("quint8", 12);
export const qint32 = new OtherType("qint32", 13);
export const qint16 = new OtherType("qint16", 15);
export const quint16 = new OtherType("quint16", 16);

export const float16 = numeric["float16"]!;
export const float32 = numeric["float32"]!;
export const float64 = numeric["float64"]!;
export const bfloat16 = numeric["bfloat16"]!;
export const int8 = numeric["int8"]!;
export const int16 = numeric["int16"]!;
export const int32 = numeric["int32"]!;
export const int64 = numeric["int64"]!;
export const uint8Type = numeric["uint8"]!;
export const uint16 = numeric["uint16"]!;
export const uint32 = numeric["uint32"]!;
export const uint64 = numeric["uint64"]!;
export const bool = numeric["bool"]!;
export const complex64 = numeric["complex64"]!;
export const complex128 = numeric["complex128"]!;

const others = [string, resource, variant, qint8, quint8, qint32, qint16, quint16];
const byName = new Map<string, DType>([
  ...Object.entries(numeric),
  ...others.map((t) => [t.own, t] as const),
  ["half", float16],
  ["float", float32],
  ["double", float64],
]);
const byNumber = new Map<number, DType>([...byName.values()].map((t) => [t.as_datatype_enum, t]));

/** The element type of a name of TensorFlow's. */
export const typeNamed = (name: string): DType => byName.get(name)!;
/** The element type of a number of its protocol buffers (those of references are 100 more). */
export const typeNumbered = (n: number): DType | undefined => byNumber.get(n > 100 ? n - 100 : n);

/** What names an element type for TensorFlow: its own objects, names, numbers, NumPy's and Python's types. */
export type TypeLike = DTypeLike | number;

/**
 * `tf.as_dtype`, `tf.DType`: the element type that is named.
 *
 * @throws TypeError for what names none
 */
export function as_dtype(x: TypeLike): DType {
  if (x instanceof DType) return x;
  if (typeof x === "number") {
    const found = typeNumbered(x);
    if (found) return found;
    throw new TypeError(`Cannot convert the argument \`type_value\`: ${x} to a TensorFlow DType.`);
  }
  if (typeof x === "string" && byName.has(x)) return byName.get(x)!;
  if (isPythonStr(x) || (x as { name?: string }).name === "object") return string;
  try {
    return fromKernel(kernelType(x as DTypeLike));
  } catch {
    throw new TypeError(`Cannot convert the argument \`type_value\`: ${repr(x)} to a TensorFlow DType.`);
  }
}

/** The element type of an argument that may be left out. */
export const typeOr = (x: TypeLike | null | undefined, otherwise: DType): DType =>
  x === null || x === undefined ? otherwise : as_dtype(x);

/** Python's name of a thing's class, as messages show it. */
export const classText = (x: unknown): string => repr(type(x));
