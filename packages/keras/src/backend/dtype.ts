import * as kernel from "@cognate/kernel";
import { nameClass, repr, ValueError } from "@cognate/py";
import { floatx } from "./config.js";

/**
 * The element type of a tensor: a singleton that prints as TensorFlow's (`<dtype: 'float32'>`) and equals its name.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { eq, print } from "@cognate/py";
 * const { dtype } = keras.ops.ones([2]);
 * print(dtype, [dtype], eq(dtype, "float32")); // prints <dtype: 'float32'> [tf.float32] True
 * ```
 */
export class DType {
  constructor(
    /** The kernel's element type. */
    readonly kernel: kernel.DType,
  ) {}

  get name(): string {
    return this.kernel.name;
  }
  /** Bytes of one element. */
  get size(): number {
    return this.kernel.itemsize;
  }
  get is_floating(): boolean {
    return this.kernel.kind === "float";
  }
  get is_integer(): boolean {
    return kernel.isInteger(this.kernel);
  }
  get is_complex(): boolean {
    return this.kernel.kind === "complex";
  }
  get is_bool(): boolean {
    return this.kernel.kind === "bool";
  }
  get is_unsigned(): boolean {
    return this.kernel.kind === "uint";
  }
  /** The real type of a complex type's parts. */
  get real_dtype(): DType {
    return fromKernel(kernel.realOf(this.kernel));
  }
  get base_dtype(): DType {
    return this;
  }
  /** The type's number in TensorFlow's protocol buffers. */
  get as_datatype_enum(): number {
    return ENUM[this.kernel.name];
  }
  get as_numpy_dtype(): string {
    return this.kernel.name;
  }
  eq(other: unknown): boolean {
    return other === this || named(other) === this.kernel;
  }
  ne(other: unknown): boolean {
    return !this.eq(other);
  }
  __repr__(): string {
    return `tf.${this.kernel.name}`;
  }
  __str__(): string {
    return `<dtype: '${this.kernel.name}'>`;
  }
  toString(): string {
    return this.__str__();
  }
}
nameClass("tensorflow.python.framework.dtypes.DType", DType);

const ENUM: Readonly<Record<kernel.DTypeName, number>> = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  uint16: 17,
  complex128: 18,
  float16: 19,
  uint32: 22,
  uint64: 23,
};

const byCode: readonly DType[] = kernel.DTYPES.map((d) => new DType(d));

/** The one object for a kernel element type. */
export const fromKernel = (d: kernel.DType): DType => byCode[d.code]!;

/** Anything that names an element type: a name, a dtype of any package, a Python type of `@cognate/py`. */
export type DTypeLike =
  | string
  | DType
  | kernel.DType
  | { readonly kernel: kernel.DType }
  | { readonly __name__: string };

/** Python's types and their names as element types. */
const PYTHON: Readonly<Record<string, string>> = {
  int: "int64",
  float: "float32",
  bool: "bool",
  complex: "complex128",
  str: "string",
};

/** The kernel's type of what names one, or `undefined`. */
function named(d: unknown): kernel.DType | undefined {
  if (typeof d === "string") return kernel.dtypeNamed(d) ?? kernel.dtypeNamed(PYTHON[d] ?? "");
  if ((typeof d !== "object" && typeof d !== "function") || d === null) return undefined;
  const {
    kernel: own,
    __name__: python,
    dtype,
  } = d as {
    kernel?: kernel.DType;
    __name__?: string;
    dtype?: unknown;
  };
  if (own) return own;
  if ((kernel.DTYPES as readonly unknown[]).includes(d)) return d as kernel.DType;
  if (typeof python === "string") return kernel.dtypeNamed(PYTHON[python] ?? python);
  return dtype === undefined ? undefined : named(dtype);
}

/** The kernel's element type that an argument names; the default float for `null`. @throws ValueError */
export function kernelType(d: DTypeLike | null | undefined): kernel.DType {
  const found = named(d ?? floatx());
  if (found) return found;
  throw new ValueError(`Invalid dtype: ${typeof d === "string" ? d : repr(d)}`);
}

/** The name of the element type that an argument names (`keras.backend.standardize_dtype`). @throws ValueError */
export function standardizeDType(d: DTypeLike | null | undefined): string {
  if (d === "string" || (d as { __name__?: string } | null)?.__name__ === "str") return "string";
  return kernelType(d).name;
}

/** Whether a name is that of a floating type (`keras.backend.is_float_dtype`). */
export const isFloatName = (name: string): boolean => name.startsWith("float") || name.startsWith("bfloat");
/** Whether a name is that of an integer type. */
export const isIntName = (name: string): boolean => name.startsWith("int") || name.startsWith("uint");
