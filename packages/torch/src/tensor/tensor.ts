import { ARRAY, elementAt, type HasArray, isDifferentiable, ops, Strided, toNested } from "@cognate/kernel";
import { Complex, RuntimeError, type Slice, TypeError } from "@cognate/py";
import { isMapped, Value } from "@cognate/tensor";
import { cpu, type device } from "../device.js";
import { type dtype, fromKernel, getDefault } from "../dtype.js";
import type { TensorMethods } from "../ops/index.js";
import { type Size, SizeImpl } from "../size.js";

/** Anything that a tensor argument may be given as besides a tensor. */
export type Scalar = number | boolean | bigint | Number | Complex;
/** Nested lists of numbers. */
export type Nested = Scalar | ArrayBufferView | HasArray | Iterable<Nested>;
/** A tensor, an array of another package, nested lists or a number. */
export type TensorLike = Tensor | Nested;

/** One entry of `x.at(…)`: an integer, a slice or its text, `"..."`, `null`, a mask, a list or tensor of integers. */
export type Index = number | string | null | boolean | Slice | TensorLike | readonly Index[];

/**
 * `torch.Tensor`: an array with PyTorch's methods, operators as methods (`a.add(b)`), indexing by `at` and `set`, and a
 * history for `backward`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([[1.5, 2], [3, 4]], { requires_grad: true });
 * x.mul(x).sum().backward();
 * print(x.grad);
 * // prints
 * // tensor([[3., 4.],
 * //         [6., 8.]])
 * ```
 */
export class Tensor implements HasArray {
  /** The kernel's array and its place on the tape. */
  readonly _value: Value;

  constructor(value: Value) {
    this._value = value;
    value.handle ??= this;
  }

  [ARRAY](): Strided {
    return this._value.array;
  }

  /** Lengths of the axes. */
  get shape(): Size {
    return new SizeImpl(this._value.shape);
  }
  get dtype(): dtype {
    return fromKernel(this._value.dtype);
  }
  get ndim(): number {
    return this._value.shape.length;
  }
  /** Where the elements live: always the CPU. */
  get device(): device {
    return cpu;
  }
  get itemsize(): number {
    return this._value.dtype.itemsize;
  }
  get nbytes(): number {
    return this._value.size * this.itemsize;
  }
  /** `len(x)`: the length of the first axis. @throws TypeError for a 0-d tensor */
  get length(): number {
    return this.__len__();
  }
  __len__(): number {
    if (this.ndim === 0) throw new TypeError("len() of a 0-d tensor");
    return this._value.shape[0]!;
  }

  get requires_grad(): boolean {
    return this._value.requiresGrad;
  }
  set requires_grad(wants: boolean) {
    this.requires_grad_(wants);
  }
  /** Makes a leaf want a gradient (or not) and returns it. @throws RuntimeError for a non-leaf, an integer tensor */
  requires_grad_(requires_grad = true): this {
    const { _value: v } = this;
    if (!v.isLeaf && !requires_grad)
      throw new RuntimeError(
        "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach().",
      );
    if (requires_grad && !isDifferentiable(v.dtype)) {
      if (!v.weak) throw new RuntimeError("only Tensors of floating point dtype can require gradients");
      v.array = ops.cast.run([v.array], { dtype: getDefault() }) as Strided;
      v.weak = false;
    }
    v.setRequiresGrad(requires_grad);
    return this;
  }
  get is_leaf(): boolean {
    return this._value.isLeaf;
  }
  get grad(): Tensor | null {
    const g = this._value.grad;
    return g && wrap(g);
  }
  set grad(g: Tensor | null) {
    this._value.grad = g?._value ?? null;
  }
  get retains_grad(): boolean {
    const { node, output } = this._value;
    return node?.retained?.has(output) ?? false;
  }

  /** The same memory without history; writes through it are not seen by autograd. */
  get data(): Tensor {
    const a = this._value.array;
    return wrap(new Value(new Strided(a.storage.alias(), a.dtype, a.shape, a.strides, a.offset)));
  }
  set data(x: Tensor) {
    this._value.array = x._value.array;
  }

  /** The one element as a number. @throws RuntimeError past one element */
  item(): number | boolean | bigint | Complex {
    const a = this._value.array;
    if (isMapped(this._value))
      throw new RuntimeError(
        "vmap: It looks like you're calling .item() on a Tensor. We don't support vmap over calling .item() on a Tensor, please try to rewrite what you're doing with other operations. If error is occurring somewhere inside PyTorch internals, please file a bug report.",
      );
    if (a.size !== 1)
      throw new RuntimeError(`a Tensor with ${a.size} elements cannot be converted to Scalar`);
    return scalarAt(a, a.offset);
  }
  /** Nested lists of numbers; a number for a 0-d tensor. */
  tolist(): unknown {
    return toNested(this._value.array, scalarAt);
  }
  valueOf(): number {
    return Number(this.item());
  }
  [Symbol.toPrimitive](hint: string): number | string {
    if (hint === "string") return this.toString();
    if (this.ndim === 0 || hint === "number") return Number(this.item());
    throw new TypeError(
      "JavaScript's operators do not work on tensors: write a.add(b), a.sub(b), a.mul(b), a.neg(), a.lt(b), a.eq(b) …",
    );
  }

  *[Symbol.iterator](): Generator<Tensor> {
    if (this.ndim === 0) throw new TypeError("iteration over a 0-d tensor");
    yield* this.unbind(0);
  }
}

/** PyTorch's methods on tensors; each is also a function of `torch`. */
export interface Tensor extends TensorMethods {}

/** The tensor of a value: the same one each time. */
export function wrap(value: Value): Tensor {
  return value.handle instanceof Tensor ? value.handle : new Tensor(value);
}

/** A fresh tensor that wants a gradient if asked to. @throws RuntimeError for types without gradients */
export function wanting(t: Tensor, requires_grad: boolean): Tensor {
  if (!requires_grad) return t;
  const { dtype, weak } = t._value;
  if (!isDifferentiable(dtype) && !weak)
    throw new RuntimeError("Only Tensors of floating point and complex dtype can require gradients");
  return t.requires_grad_();
}

/** An element as `item()` gives it. */
export function scalarAt(a: Strided, position: number): number | boolean | bigint | Complex {
  const v = elementAt(a, position);
  return typeof v === "object" ? new Complex(v.re, v.im) : v;
}
