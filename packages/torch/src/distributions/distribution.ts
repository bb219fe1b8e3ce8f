import { classNames, format, NotImplementedError, pyClass, ValueError } from "@cognate/py";
import { enable_grad, no_grad } from "../autograd/index.js";
import { type Int, ints } from "../ops/args.js";
import { broadcast_tensors } from "../ops/joining.js";
import { Size } from "../size.js";
import { tensor } from "../tensor/factories.js";
import { Tensor } from "../tensor/tensor.js";
import type { Constraint } from "./constraints.js";

/** A parameter: a number or a tensor. */
export type Param = number | Number | Tensor;

/** Numbers as tensors of the others' type, all stretched to one shape. */
export function broadcastAll(values: readonly Param[]): Tensor[] {
  const first = values.find((v): v is Tensor => v instanceof Tensor);
  const type = first ? { dtype: first.dtype } : {};
  const all = values.map((v) => (v instanceof Tensor ? v : tensor(Number(v), { ...FLOAT, ...type })));
  return [...broadcast_tensors(...all)] as Tensor[];
}
const FLOAT = { dtype: { __name__: "float" } };

/** Lengths of axes to the right that stretch to a common shape: whether `from` stretches to `to`. */
const stretches = (from: readonly number[], to: readonly number[]): boolean =>
  from.every((n, i) => {
    const k = to[to.length - from.length + i];
    return k === undefined || n === 1 || k === 1 || n === k;
  });

/** `torch.distributions.Distribution`: the base of all distributions. */
export abstract class DistributionImpl {
  readonly batch_shape: Size;
  readonly event_shape: Size;
  /** Names of the parameters that were given, in order, with what they may be. */
  abstract get arg_constraints(): Readonly<Record<string, Constraint>>;
  static get arg_constraints(): Readonly<Record<string, Constraint>> {
    return (this.prototype as DistributionImpl).arg_constraints;
  }
  static get has_rsample(): boolean {
    return (this.prototype as DistributionImpl).has_rsample;
  }
  static get has_enumerate_support(): boolean {
    return (this.prototype as DistributionImpl).has_enumerate_support;
  }
  get has_rsample(): boolean {
    return false;
  }
  protected readonly _validate: boolean;

  constructor(batch_shape: readonly number[], event_shape: readonly number[], validate_args: boolean | null) {
    this.batch_shape = Size(batch_shape);
    this.event_shape = Size(event_shape);
    this._validate = validate_args ?? true;
  }

  /** Checks the parameters; constructors end with it. @throws ValueError */
  protected _check(): void {
    const given = this as unknown as Record<string, Tensor>;
    const own = Object.keys(this.arg_constraints).filter((name) => Object.hasOwn(this, name));
    this._checkNamed(Object.fromEntries(own.map((name) => [name, given[name]!])));
  }
  /** Checks parameters that need not stand on the object itself. @throws ValueError */
  protected _checkNamed(values: Readonly<Record<string, Tensor>>): void {
    if (!this._validate) return;
    for (const [name, constraint] of Object.entries(this.arg_constraints)) {
      const value = values[name];
      if (value === undefined) continue;
      if (constraint.check(value).all().item()) continue;
      throw new ValueError(
        `Expected parameter ${name} (Tensor of shape ${shapeText(value)}) of distribution ${this.__repr__()} to satisfy the constraint ${constraint}, but found invalid values:\n${valueText(value)}`,
      );
    }
  }

  /** What samples may be. */
  abstract get support(): Constraint | null;
  get mean(): Tensor {
    throw new NotImplementedError();
  }
  get variance(): Tensor {
    throw new NotImplementedError();
  }
  get mode(): Tensor {
    throw new NotImplementedError(`${classNames.get(this.constructor)} does not implement mode`);
  }
  get stddev(): Tensor {
    return this.variance.sqrt();
  }
  /** A sample without a gradient. */
  sample(sample_shape: Int | readonly Int[] = []): Tensor {
    return no_grad(() => this._draw(this._extended(sample_shape)).detach());
  }
  /** A sample through which gradients reach the parameters. @throws NotImplementedError where there is none */
  rsample(sample_shape: Int | readonly Int[] = []): Tensor {
    if (!this.has_rsample) throw new NotImplementedError();
    return this._draw(this._extended(sample_shape));
  }
  sample_n(n: number): Tensor {
    return this.sample([n]);
  }
  protected abstract _draw(shape: number[]): Tensor;
  /** The same distribution for a larger batch: its parameters stretched to `batch_shape`. */
  expand(batch_shape: readonly number[]): this {
    return this._expanded(batch_shape, {});
  }
  /** A copy with parameters, and distributions that it is made of, stretched; some replaced. */
  protected _expanded(batch_shape: readonly number[], replaced: Readonly<Record<string, unknown>>): this {
    const copy = Object.create(Object.getPrototypeOf(this)) as this;
    const own = this.batch_shape;
    const leads = (shape: readonly number[]): boolean => own.every((n, i) => shape[i] === n);
    const stretched = (key: string, v: unknown): unknown => {
      if (key in replaced) return replaced[key];
      if (key === "batch_shape") return Size(batch_shape);
      if (v instanceof DistributionImpl)
        return leads(v.batch_shape) ? v.expand([...batch_shape, ...v.batch_shape.slice(own.length)]) : v;
      // What was kept as it was given stretches where it is used.
      if (
        !(v instanceof Tensor) ||
        key === "temperature" ||
        key.startsWith("_unbroadcasted") ||
        !leads(v.shape)
      )
        return v;
      return v.expand([...batch_shape, ...v.shape.slice(own.length)]);
    };
    for (const [key, d] of Object.entries(Object.getOwnPropertyDescriptors(this)))
      Object.defineProperty(copy, key, { ...d, value: stretched(key, d.value) });
    return copy;
  }
  get has_enumerate_support(): boolean {
    return false;
  }
  /** All values that a sample may have, along a first axis. @throws NotImplementedError where they are too many */
  enumerate_support(_expand = true): Tensor {
    throw new NotImplementedError();
  }
  /** Values along a first axis, for every element of the batch. */
  protected _enumerated(values: Tensor, expand: boolean): Tensor {
    const { batch_shape } = this;
    const rest = values.shape.slice(1);
    const n = values.shape[0]!;
    const flat = values.view([n, ...batch_shape.map(() => 1), ...rest]);
    return expand ? flat.expand([n, ...batch_shape, ...rest]) : flat;
  }
  /** The logarithm of the density or probability. */
  abstract log_prob(value: Tensor): Tensor;
  cdf(_value: Tensor): Tensor {
    throw new NotImplementedError();
  }
  icdf(_value: Tensor): Tensor {
    throw new NotImplementedError();
  }
  entropy(): Tensor {
    throw new NotImplementedError();
  }
  perplexity(): Tensor {
    return this.entropy().exp();
  }

  protected _extended(sample_shape: Int | readonly Int[]): number[] {
    return [...ints([sample_shape]), ...this.batch_shape, ...this.event_shape];
  }

  /** @throws ValueError for what is no possible sample */
  protected _validate_sample(value: unknown): void {
    if (!this._validate) return;
    if (!(value instanceof Tensor)) throw new ValueError("The value argument to log_prob must be a Tensor");
    const start = value.shape.length - this.event_shape.length;
    if (value.shape.slice(Math.max(start, 0)).join() !== this.event_shape.join())
      throw new ValueError(
        `The right-most size of value must match event_shape: ${value.shape} vs ${this.event_shape}.`,
      );
    const whole = [...this.batch_shape, ...this.event_shape];
    if (!stretches(value.shape, whole) || !stretches(whole, value.shape))
      throw new ValueError(
        `Value is not broadcastable with batch_shape+event_shape: ${value.shape} vs ${Size(whole)}.`,
      );
    const { support } = this;
    if (!support || support.check(value).all().item()) return;
    throw new ValueError(
      `Expected value argument (Tensor of shape ${shapeText(value)}) to be within the support (${support}) of the distribution ${this.__repr__()}, but found invalid values:\n${valueText(value)}`,
    );
  }

  __repr__(): string {
    const params = Object.keys(this.arg_constraints).filter((name) => Object.hasOwn(this, name));
    const args = params.map((name) => {
      const value = (this as unknown as Record<string, Tensor>)[name]!;
      return `${name}: ${value.numel() === 1 ? valueText(value) : value.shape}`;
    });
    const path = classNames.get(this.constructor) ?? "";
    return `${path.slice(path.lastIndexOf(".") + 1)}(${args.join(", ")})`;
  }
  toString(): string {
    return this.__repr__();
  }
}

const shapeText = (x: Tensor): string => `(${x.shape.join(", ")}${x.shape.length === 1 ? "," : ""})`;
const valueText = (x: Tensor): string => (x.ndim === 0 ? format(x.detach()) : String(x.detach()));

/** Parameters that follow from the one that was given: computed when they are first asked for, then kept, and so printed. */
export function lazy<T extends DistributionImpl>(
  C: abstract new (...args: never[]) => T,
  parts: Readonly<Record<string, (self: T) => Tensor>>,
): void {
  for (const [name, f] of Object.entries(parts))
    Object.defineProperty(C.prototype, name, {
      get(this: T) {
        const value = enable_grad(() => f(this));
        Object.defineProperty(this, name, { value, enumerable: true });
        return value;
      },
      configurable: true,
    });
}

/** Makes a distribution's class callable as in Python. */
export const distribution = <C extends new (...args: never[]) => object, const S extends string>(
  name: string,
  signature: S,
  C: C,
) => pyClass(`torch.distributions.${name}`, signature, C);
