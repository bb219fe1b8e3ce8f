import { ops, Strided } from "@cognate/kernel";
import { AttributeError, pyClass, RuntimeError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DTypeLike, getDefault, toKernel } from "../dtype.js";
import { tensorRepr } from "../print.js";
import { Tensor, wrap } from "../tensor/tensor.js";

/** A value of its own that shares the memory of `data`: a leaf without history. */
function leafOver(data: unknown, C: string): Value {
  if (!(data instanceof Tensor))
    throw new AttributeError(`torch.nn.${C} takes a tensor: wrap the data in torch.tensor(…)`);
  const value = new Value(data._value.array);
  value.weak = data._value.weak;
  return value;
}

/** The same numbers in memory of their own. */
const copyOf = ({ _value: { array, dtype } }: Tensor): Strided =>
  ops.cast.run([array], { dtype, copy: true }) as Strided;

const emptyValue = (dtype: DTypeLike | null): Value =>
  new Value(Strided.zeros(dtype ? toKernel(dtype, "empty") : getDefault(), [0]));

class ParameterImpl extends Tensor {
  constructor(data: Tensor | null = null, requires_grad = true) {
    super(data === null ? emptyValue(null) : leafOver(data, "Parameter"));
    if (!requires_grad) return;
    if (!this._value.weak && this._value.dtype.kind !== "float" && this._value.dtype.kind !== "complex")
      throw new RuntimeError("Only Tensors of floating point and complex dtype can require gradients");
    this.requires_grad_();
  }

  /** A parameter with memory of its own; its gradient is not copied. */
  __deepcopy__(_memo: Map<object, unknown>): ParameterImpl {
    return new Parameter(wrap(new Value(copyOf(this))), this.requires_grad);
  }
  __repr__(): string {
    return `Parameter containing:\n${tensorRepr(this)}`;
  }
  override toString(): string {
    return this.__repr__();
  }
}

/**
 * `torch.nn.Parameter`: a tensor that a {@link Module} counts among its parameters when it becomes a field of it. It shares
 * the memory of `data` and has no history.
 *
 * @param requires_grad - whether backward gathers its gradient
 * @throws RuntimeError for integers that should want a gradient
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.nn.Parameter(torch.tensor([1.5, 2])));
 * // prints
 * // Parameter containing:
 * // tensor([1.5000, 2.0000], requires_grad=True)
 * ```
 */
export const Parameter = pyClass("Parameter", "data requires_grad", ParameterImpl);
export type Parameter = ParameterImpl;

class BufferImpl extends Tensor {
  /** Whether it is part of the state dict. */
  readonly persistent: boolean;

  constructor(data: Tensor | null = null, persistent = true) {
    super(data === null ? emptyValue(null) : leafOver(data, "Buffer"));
    if (data?.requires_grad) this.requires_grad_();
    this.persistent = persistent;
  }
}

/** `torch.nn.Buffer`: a tensor that a {@link Module} registers as a buffer when it becomes a field of it. */
export const Buffer = pyClass("Buffer", "data * persistent", BufferImpl);
export type Buffer = BufferImpl;

const noShape = (): never => {
  throw new RuntimeError(
    "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in `load_state_dict` when trying to load an uninitialized parameter into an initialized one. Call `forward` to initialize the parameters before accessing their attributes.",
  );
};

/** Gives a placeholder its memory, after which it is an object of the class that it stood for. */
function materialize(self: Tensor, shape: readonly number[], dtype: DTypeLike | null, becomes: object): void {
  const type = dtype ? toKernel(dtype, "materialize") : self._value.dtype;
  self._value.array = Strided.zeros(type, [...shape]);
  Object.setPrototypeOf(self, becomes);
}

class UninitializedParameterImpl extends ParameterImpl {
  constructor(requires_grad = true, _device: unknown = null, dtype: DTypeLike | null = null) {
    super(null, false);
    this._value.array = emptyValue(dtype).array;
    if (requires_grad) this.requires_grad_();
  }

  override __deepcopy__(_memo: Map<object, unknown>): UninitializedParameterImpl {
    return new UninitializedParameter(this.requires_grad, null, this.dtype);
  }
  override get shape(): never {
    return noShape();
  }
  /** Allocates the memory; the object is a {@link Parameter} from then on. */
  materialize(shape: readonly number[], _device: unknown = null, dtype: DTypeLike | null = null): void {
    materialize(this, shape, dtype, ParameterImpl.prototype);
  }
  override __repr__(): string {
    return "<UninitializedParameter>";
  }
}

/** `torch.nn.UninitializedParameter`: a parameter whose shape the first call of its lazy module will tell. */
export const UninitializedParameter = pyClass(
  "UninitializedParameter",
  "requires_grad device dtype",
  UninitializedParameterImpl,
);
export type UninitializedParameter = UninitializedParameterImpl;

class UninitializedBufferImpl extends Tensor {
  readonly persistent: boolean;

  constructor(
    requires_grad = false,
    _device: unknown = null,
    dtype: DTypeLike | null = null,
    persistent = true,
  ) {
    super(emptyValue(dtype));
    if (requires_grad) this.requires_grad_();
    this.persistent = persistent;
  }

  override get shape(): never {
    return noShape();
  }
  /** Allocates the memory; the object is a plain tensor from then on. */
  materialize(shape: readonly number[], _device: unknown = null, dtype: DTypeLike | null = null): void {
    materialize(this, shape, dtype, Tensor.prototype);
  }
  __repr__(): string {
    return "<UninitializedBuffer>";
  }
  override toString(): string {
    return this.__repr__();
  }
}

/** `torch.nn.UninitializedBuffer`: a buffer whose shape the first call of its lazy module will tell. */
export const UninitializedBuffer = pyClass(
  "UninitializedBuffer",
  "requires_grad device dtype persistent",
  UninitializedBufferImpl,
);
export type UninitializedBuffer = UninitializedBufferImpl;

/** Whether a parameter or buffer still waits for its shape. */
export const is_lazy = (x: unknown): x is UninitializedParameter | UninitializedBuffer =>
  x instanceof UninitializedParameterImpl || x instanceof UninitializedBufferImpl;
