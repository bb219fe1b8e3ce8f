import * as kernel from "@cognate/kernel";
import { nameClass, pyClass, repr, TypeError } from "@cognate/py";

/** NumPy's one-letter codes and type numbers, by the kernel's name; bfloat16 is the one that NumPy itself lacks. */
const FACTS: Readonly<Record<kernel.DTypeName, readonly [char: string, num: number]>> = {
  bool: ["?", 0],
  int8: ["b", 1],
  uint8: ["B", 2],
  int16: ["h", 3],
  uint16: ["H", 4],
  int32: ["i", 5],
  uint32: ["I", 6],
  int64: ["l", 7],
  uint64: ["L", 8],
  float16: ["e", 23],
  float32: ["f", 11],
  float64: ["d", 12],
  complex64: ["F", 14],
  complex128: ["D", 15],
  bfloat16: ["E", 24],
};

const KINDS: Readonly<Record<kernel.Kind, string>> = {
  bool: "b",
  int: "i",
  uint: "u",
  float: "f",
  complex: "c",
};

/** A scalar type (`np.float32`) as far as dtypes know it. */
export interface ScalarType {
  readonly __name__: string;
  readonly dtype?: unknown;
}

/** What stands for an element type: a dtype, its name or code, a scalar type, a Python type, another package's dtype. */
export type DTypeLike =
  | DTypeImpl
  | string
  | ScalarType
  | kernel.DType
  | { readonly kernel: kernel.DType }
  | { readonly name: string };

const TYPES: (ScalarType | undefined)[] = [];

/** Tells dtypes which class their scalars have; the classes stand above them. */
export function setScalarType(d: kernel.DType, type: ScalarType): void {
  TYPES[d.code] = type;
}

class DTypeImpl {
  /** The kernel's element type. */
  declare readonly kernel: kernel.DType;

  constructor(dtype: DTypeLike | null, _align = false, _copy = false) {
    // biome-ignore lint/correctness/noConstructorReturn: dtypes are singletons
    return dtypeOf(toKernel(dtype));
  }

  /** `float32`. */
  get name(): string {
    return this.kernel.name;
  }
  /** One letter for the family: b, i, u, f or c. */
  get kind(): string {
    return KINDS[this.kernel.kind];
  }
  /** One letter for the type. */
  get char(): string {
    return FACTS[this.kernel.name][0];
  }
  get num(): number {
    return FACTS[this.kernel.name][1];
  }
  get itemsize(): number {
    return this.kernel.itemsize;
  }
  get alignment(): number {
    return this.kernel.itemsize / this.kernel.lanes;
  }
  get byteorder(): string {
    return this.kernel.itemsize === 1 ? "|" : "=";
  }
  get isnative(): boolean {
    return true;
  }
  get isbuiltin(): number {
    return 1;
  }
  get hasobject(): boolean {
    return false;
  }
  get names(): null {
    return null;
  }
  get fields(): null {
    return null;
  }
  get subdtype(): null {
    return null;
  }
  get ndim(): number {
    return 0;
  }
  /** Byte order, family and size: `<f4`. */
  get str(): string {
    return `${this.kernel.itemsize === 1 ? "|" : "<"}${this.kind}${this.kernel.itemsize}`;
  }
  /** The class of its scalars. */
  get type(): ScalarType {
    return TYPES[this.kernel.code]!;
  }
  newbyteorder(): this {
    return this;
  }
  /** Python's `==`, which also takes names and types. */
  eq(other: DTypeLike | null): boolean {
    try {
      return toKernel(other) === this.kernel;
    } catch {
      return false;
    }
  }
  ne(other: DTypeLike | null): boolean {
    return !this.eq(other);
  }
  __eq__(other: DTypeLike | null): boolean {
    return this.eq(other);
  }
  __str__(): string {
    return this.name;
  }
  __repr__(): string {
    return `dtype('${this.name}')`;
  }
  toString(): string {
    return this.name;
  }
}

/**
 * `np.dtype`: an element type. There is one object for each, so `===` compares; `eq` also takes names and types.
 *
 * @throws TypeError for what names no element type
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print, repr } from "@cognate/py";
 * const d = np.dtype("f4");
 * print(d, repr(d), d === np.dtype(np.float32), d.itemsize, d.eq("float32")); // prints float32 dtype('float32') True 4 True
 * ```
 */
export const dtype = pyClass("dtype", "dtype align copy", DTypeImpl);
export type dtype = DTypeImpl;
nameClass("numpy.dtype", dtype);

const byCode: readonly dtype[] = kernel.DTYPES.map((d) =>
  Object.freeze(
    Object.defineProperty(Object.create(dtype.prototype as object) as dtype, "kernel", { value: d }),
  ),
);

/** The dtype of a kernel element type. */
export const dtypeOf = (d: kernel.DType): dtype => byCode[d.code]!;

const NAMES = new Map<string, kernel.DType>();
for (const d of kernel.DTYPES)
  if (d !== kernel.bfloat16) {
    const [char] = FACTS[d.name];
    NAMES.set(d.name, d).set(char, d);
    NAMES.set(`${KINDS[d.kind]}${d.itemsize}`, d);
  }
for (const [names, d] of [
  ["bool_ bool", kernel.bool],
  ["byte", kernel.int8],
  ["ubyte", kernel.uint8],
  ["short", kernel.int16],
  ["ushort", kernel.uint16],
  ["intc", kernel.int32],
  ["uintc", kernel.uint32],
  ["int int_ intp long longlong p q n", kernel.int64],
  ["uint uintp ulong ulonglong P Q N", kernel.uint64],
  ["half", kernel.float16],
  ["single", kernel.float32],
  ["float double", kernel.float64],
  ["csingle", kernel.complex64],
  ["complex cdouble", kernel.complex128],
] as const)
  for (const name of names.split(" ")) NAMES.set(name, d);

/** Types of NumPy that are no numbers, which nothing here stores. */
const LEFT_OUT =
  /^([OSUVaMm]|[<>=|]?[SUVaMm]\d*|object_?|str_?|bytes_?|void|datetime64.*|timedelta64.*|.*,.*)$/;

function named(name: string): kernel.DType {
  const bare = /^[<=|]/.test(name) ? name.slice(1) : name;
  const d = NAMES.get(bare);
  if (d) return d;
  if (/^>/.test(name) && NAMES.has(name.slice(1))) {
    const swapped = NAMES.get(name.slice(1))!;
    if (swapped.itemsize === 1) return swapped;
    throw new TypeError(`data type '${name}' is big-endian; arrays here have the machine's byte order`);
  }
  if (LEFT_OUT.test(name))
    throw new TypeError(
      `data type '${name}' holds no numbers; arrays here hold bools, integers, floats and complex numbers`,
    );
  throw new TypeError(`data type '${name}' not understood`);
}

/** The kernel element type behind a `dtype=` argument; float64 for `null`. @throws TypeError in NumPy's words */
export function toKernel(like: DTypeLike | null): kernel.DType {
  if (like === null || like === undefined) return kernel.float64;
  if (typeof like === "string") return named(like);
  if (typeof like === "object" || typeof like === "function") {
    const given = like as Partial<{ kernel: kernel.DType; __name__: string; name: string }>;
    if (given.kernel && kernel.DTYPES.includes(given.kernel)) return given.kernel;
    if (kernel.DTYPES.includes(like as kernel.DType)) return like as kernel.DType;
    const name = typeof given.__name__ === "string" ? given.__name__ : given.name;
    if (typeof name === "string" && NAMES.has(name)) return NAMES.get(name)!;
    if (typeof name === "string" && (LEFT_OUT.test(name) || typeof like === "function")) return named(name);
  }
  if (Array.isArray(like))
    throw new TypeError(
      "structured data types are left out: arrays here hold bools, integers, floats and complex numbers",
    );
  throw new TypeError(`Cannot interpret '${repr(like)}' as a data type`);
}

/** {@link toKernel} that leaves `null` as "not given". */
export const givenKernel = (like: DTypeLike | null | undefined): kernel.DType | undefined =>
  like === null || like === undefined ? undefined : toKernel(like);

/** The one-letter code of a kernel element type. */
export const charOf = (d: kernel.DType): string => FACTS[d.name][0];
