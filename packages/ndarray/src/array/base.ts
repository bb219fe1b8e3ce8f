import {
  ARRAY,
  contiguous,
  type Data,
  type DTypeName,
  elementAt,
  type HasArray,
  type Strided,
  toNested,
} from "@cognate/kernel";
import { Complex, IndexError, Tuple, TypeError, ValueError } from "@cognate/py";
import { type dtype, dtypeOf } from "../dtype/dtype.js";

/** A JavaScript value of an element: number, bigint past 2^53, boolean, complex. */
export type Element = number | bigint | boolean | Complex;

/** The element at a position of the storage. */
export function elementOf(a: Strided, position: number): Element {
  const v = elementAt(a, position);
  return typeof v === "object" ? new Complex(v.re, v.im) : v;
}

const HINT =
  "JavaScript's operators do not work on arrays: write a.add(b), a.sub(b), a.mul(b), a.neg(), a.lt(b), a.eq(b) …";

/** What arrays and scalars with a dtype have in common: a kernel array, and everything that follows from it. */
export abstract class ArrayBase implements HasArray {
  /** The kernel's array. */
  _a: Strided;

  constructor(a: Strided) {
    this._a = a;
  }

  [ARRAY](): Strided {
    return this._a;
  }

  get dtype(): dtype {
    return dtypeOf(this._a.dtype);
  }
  /** Number of axes. */
  get ndim(): number {
    return this._a.shape.length;
  }
  /** Number of elements. */
  get size(): number {
    return this._a.size;
  }
  /** Bytes of one element. */
  get itemsize(): number {
    return this._a.dtype.itemsize;
  }
  /** Bytes of all elements. */
  get nbytes(): number {
    return this._a.size * this._a.dtype.itemsize;
  }
  /** Steps from element to element along each axis, in bytes. */
  get strides(): Tuple<number> {
    const { itemsize } = this._a.dtype;
    return Tuple.of_(this._a.strides.map((s) => s * itemsize));
  }
  get device(): string {
    return "cpu";
  }

  /**
   * The typed array behind the elements, in row-major order: the array's own memory where it is contiguous.
   *
   * float16 gives bits, complex numbers interleaved parts, bool bytes.
   */
  get data(): Data {
    const a = contiguous(this._a);
    a.storage.part();
    return a.flat();
  }

  /** `len(x)`: the length of the first axis. @throws TypeError without axes */
  get length(): number {
    return this.__len__();
  }
  __len__(): number {
    const { shape } = this._a;
    if (shape.length === 0) throw new TypeError("len() of unsized object");
    return shape[0]!;
  }

  /**
   * One element as a plain number, boolean or complex number.
   *
   * @throws ValueError where no index is given and there is more than one element
   */
  item(...index: readonly (number | readonly number[])[]): Element {
    const a = this._a;
    if (index.length === 0) {
      if (a.size !== 1) throw new ValueError("can only convert an array of size 1 to a Python scalar");
      return elementOf(a, a.offset);
    }
    return elementOf(a, locate(a, index.flat() as number[]));
  }

  /** Nested lists of plain numbers; a number without axes. */
  tolist(): unknown {
    return toNested(this._a, elementOf);
  }

  /** The one element as a number. @throws TypeError past one element */
  valueOf(): number {
    return Number(this.scalar());
  }
  /** The element of an array without axes. */
  protected scalar(): Element {
    if (this._a.shape.length > 0)
      throw new TypeError("only 0-dimensional arrays can be converted to Python scalars");
    return elementOf(this._a, this._a.offset);
  }
  [Symbol.toPrimitive](hint: string): string | number {
    if (hint === "string") return this.toString();
    if (this._a.shape.length > 0) throw new TypeError(hint === "number" ? notScalar : HINT);
    return this.valueOf();
  }
  __float__(): number {
    const v = this.scalar();
    if (v instanceof Complex) return v.real;
    return Number(v);
  }
  __int__(): number | bigint {
    const v = this.scalar();
    if (typeof v === "bigint") return v;
    const x = v instanceof Complex ? v.real : Number(v);
    if (Number.isNaN(x)) throw new ValueError("cannot convert float NaN to integer");
    return Math.trunc(x);
  }
  __complex__(): Complex {
    const v = this.scalar();
    return v instanceof Complex ? v : new Complex(Number(v), 0);
  }
  __index__(): number {
    const v = this.scalar();
    if (typeof v !== "number" || !Number.isInteger(v) || this._a.dtype.kind === "float")
      throw new TypeError("only integer scalar arrays can be converted to a scalar index");
    return v;
  }
  /** @throws ValueError for none or several elements */
  __bool__(): boolean {
    const { size } = this._a;
    if (size === 0)
      throw new ValueError(
        "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.",
      );
    if (size > 1)
      throw new ValueError(
        "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
      );
    const v = elementOf(this._a, this._a.offset);
    return v instanceof Complex ? v.real !== 0 || v.imag !== 0 : Boolean(v) || Number.isNaN(v);
  }

  declare __str__: () => string;
  declare __repr__: () => string;
  declare __format__: (spec: string) => string;
  toString(): string {
    return this.__str__();
  }
  /** The name of the element type. */
  protected get typeName(): DTypeName {
    return this._a.dtype.name;
  }
}

const notScalar = "only 0-dimensional arrays can be converted to Python scalars";

/** The position of an element given by its coordinates, or by its number in row-major order. */
function locate(a: Strided, index: readonly number[]): number {
  const { shape, strides, size } = a;
  if (index.length !== 1 && index.length !== shape.length)
    throw new ValueError("incorrect number of indices for array");
  let at = a.offset;
  if (index.length === shape.length) {
    index.forEach((i, axis) => {
      const n = shape[axis]!;
      if (i < -n || i >= n) throw outOfBounds(i, axis, n);
      at += (i < 0 ? i + n : i) * strides[axis]!;
    });
    return at;
  }
  let rest = index[0]!;
  if (rest < -size || rest >= size) throw new IndexError(`index ${rest} is out of bounds for size ${size}`);
  if (rest < 0) rest += size;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis]!;
    at += (rest % n) * strides[axis]!;
    rest = Math.floor(rest / n);
  }
  return at;
}

const outOfBounds = (i: number, axis: number, n: number): IndexError =>
  new IndexError(`index ${i} is out of bounds for axis ${axis} with size ${n}`);
