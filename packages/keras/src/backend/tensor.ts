import {
  ARRAY,
  cloneContiguous,
  elementAt,
  type HasArray,
  type DType as KernelType,
  type Strided,
  toNested,
} from "@cognate/kernel";
import { fromStrided, itemOf, type ndarray } from "@cognate/ndarray";
import { Complex, floatRepr, nameClass, repr, str, TypeError, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { type DType, fromKernel } from "./dtype.js";
import type { TensorMethods } from "./methods.js";
import { TensorShape } from "./tensor-shape.js";

/** A number as Python code has it. */
export type Scalar = number | boolean | bigint | Number | Complex;
/** Nested lists of numbers, arrays of any package. */
export type Nested = Scalar | ArrayBufferView | HasArray | Iterable<Nested>;
/** Anything that a tensor argument may be given as. */
export type TensorLike = Nested;

/**
 * A tensor with numbers, as layers give it when called on numbers: TensorFlow's eager tensor with its print, its strictness
 * about element types, and operators as methods.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const x = keras.ops.convert_to_tensor([[1.5, 2], [3, 4]]);
 * print(x.mul(2).at(1), x.shape);
 * print([x]);
 * // prints
 * // tf.Tensor([6. 8.], shape=(2,), dtype=float32) (2, 2)
 * // [<tf.Tensor: shape=(2, 2), dtype=float32, numpy=
 * // array([[1.5, 2. ],
 * //        [3. , 4. ]], dtype=float32)>]
 * ```
 */
export class Tensor implements HasArray {
  /** The kernel's array and its place on the tape. */
  _value: Value;
  /** Which entries count, where a layer said so. */
  declare _keras_mask: Tensor | undefined;
  /** What a softmax or sigmoid was taken of, for losses. */
  declare _keras_logits: Tensor | undefined;
  /** The shape as a tuple, once it was asked for, and the lengths that it was made of. */
  declare private _shape: TensorShape | undefined;
  declare private _shapeOf: readonly number[] | undefined;

  constructor(value: Value) {
    this._value = value;
  }

  [ARRAY](): Strided {
    return this._value.array;
  }

  /** Lengths of the axes. */
  get shape(): TensorShape {
    const { shape } = this._value;
    if (this._shapeOf === shape) return this._shape!;
    this._shapeOf = shape;
    return (this._shape = new TensorShape(shape));
  }
  get_shape(): TensorShape {
    return this.shape;
  }
  get dtype(): DType {
    return fromKernel(this._value.dtype);
  }
  /** The kernel's element type. */
  get _type(): KernelType {
    return this._value.dtype;
  }
  get ndim(): number {
    return this._value.shape.length;
  }
  /** Number of elements. */
  get size(): number {
    return this._value.size;
  }
  get device(): string {
    return "/job:localhost/replica:0/task:0/device:CPU:0";
  }
  /** `len(x)`: the length of the first axis. @throws TypeError without axes */
  get length(): number {
    return this.__len__();
  }
  __len__(): number {
    if (this.ndim === 0) throw new TypeError("Scalar tensor has no `len()`");
    return this._value.shape[0]!;
  }

  /** The numbers as an array of their own: `np.ndarray`, a NumPy scalar for a tensor without axes. */
  numpy(): ndarray {
    const copy = cloneContiguous(this._value.array);
    return (copy.rank === 0 ? itemOf(copy) : fromStrided(copy)) as ndarray;
  }
  /** The one element as a number. @throws ValueError past one element */
  item(): number | boolean | bigint | Complex {
    const a = this._value.array;
    if (a.size !== 1) throw new ValueError("can only convert an array of size 1 to a Python scalar");
    return scalarAt(a, a.offset);
  }
  /** Nested lists of numbers. */
  tolist(): unknown {
    return toNested(this._value.array, scalarAt);
  }
  valueOf(): number {
    return this.__float__();
  }
  __float__(): number {
    if (this.ndim > 0) throw new TypeError("only 0-dimensional arrays can be converted to Python scalars");
    return Number(this.item());
  }
  __int__(): number {
    return Math.trunc(this.__float__());
  }
  __index__(): number {
    return this.__int__();
  }
  __bool__(): boolean {
    if (this.size !== 1)
      throw new ValueError(
        "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
      );
    return Boolean(Number(this.item()));
  }
  __hash__(): never {
    throw new TypeError("Tensor is unhashable. Instead, use tensor.ref() as the key.");
  }
  [Symbol.toPrimitive](hint: string): number | string {
    if (hint === "string") return this.toString();
    if (this.ndim === 0 || hint === "number") return this.__float__();
    throw new TypeError(
      "JavaScript's operators do not work on tensors: write a.add(b), a.sub(b), a.mul(b), a.neg(), a.lt(b), a.eq(b) …",
    );
  }
  *[Symbol.iterator](): Generator<Tensor> {
    if (this.ndim === 0) throw new TypeError("Cannot iterate over a scalar tensor.");
    for (let i = 0; i < this._value.shape[0]!; i++) yield this.at(i);
  }

  __str__(): string {
    return `tf.Tensor(${onOwnLines(str(this.numpy()))}, shape=${this.shape}, dtype=${this._type.name})`;
  }
  __repr__(): string {
    // A scalar is shown as Python's own number.
    const scalar = this.ndim === 0 ? this.item() : undefined;
    const text =
      scalar === undefined
        ? fromStrided(this._value.array).__repr__()
        : typeof scalar === "number" && this._value.dtype.kind === "float"
          ? floatRepr(scalar)
          : repr(scalar);
    return `<tf.Tensor: shape=${this.shape}, dtype=${this._type.name}, numpy=${onOwnLines(text)}>`;
  }
  toString(): string {
    return this.__str__();
  }
}

/** Operators, indexing and the like. */
export interface Tensor extends TensorMethods {}
nameClass("tensorflow.python.framework.ops.EagerTensor", Tensor);

/** Arrays of several lines begin on a line of their own. */
const onOwnLines = (text: string): string => (text.includes("\n") ? `\n${text}` : text);

/** The tensor of a value. */
export const wrap = (value: Value): Tensor => new Tensor(value);

/** An element as `item()` gives it. */
export function scalarAt(a: Strided, position: number): number | boolean | bigint | Complex {
  const v = elementAt(a, position);
  return typeof v === "object" ? new Complex(v.re, v.im) : v;
}
