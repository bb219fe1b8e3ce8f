import { type DType, isDifferentiable, Strided } from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import { type DTypeLike, getDefault } from "../dtype.js";
import { type Ints, ints, shown, typeOf } from "../ops/args.js";
import { writeOut } from "../ops/out.js";
import { unimplemented } from "../ops/refuse.js";
import { scalarName } from "../promotion.js";
import { type Tensor, wrap } from "../tensor/tensor.js";

export type MaybeType = DTypeLike | null;
export type MaybeOut = Tensor | null;

/** Lengths of a result. @throws RuntimeError for a negative one */
export function shapeOf(size: readonly Ints[]): number[] {
  const shape = ints(size);
  const negative = shape.find((n) => n < 0);
  if (negative !== undefined)
    throw new RuntimeError(`Trying to create tensor with negative dimension ${negative}: ${shown(shape)}`);
  return shape;
}

/** The type of a result: asked for, or that of `out`, or a default. @throws RuntimeError where the two differ */
export function resultDType(dtype: MaybeType, out: MaybeOut, op: string, otherwise?: DType): DType {
  const asked = typeOf(dtype, op);
  const own = out?._value.dtype;
  if (asked && own && asked !== own)
    throw new RuntimeError(
      `dtype ${scalarName(asked)} does not match dtype of out parameter (${scalarName(own)})`,
    );
  return asked ?? own ?? otherwise ?? getDefault();
}

/** @throws NotImplementedError unless the type is floating or complex */
export function requireContinuous(type: DType, kernel: string): void {
  if (!isDifferentiable(type)) throw unimplemented(kernel)(type);
}

/** A drawn array as the result of a function: fresh, or written to `out`. */
export function finish(
  array: Strided,
  { out = null, requires_grad = false, device = null }: FinishOptions,
): Tensor {
  requireCpu(device);
  const y = new Value(array);
  if (out) return writeOut(out, y);
  const t = wrap(y);
  if (!requires_grad) return t;
  if (!isDifferentiable(y.dtype))
    throw new RuntimeError("Only Tensors of floating point and complex dtype can require gradients");
  return t.requires_grad_();
}

export interface FinishOptions {
  readonly out?: MaybeOut;
  readonly requires_grad?: boolean;
  readonly device?: DeviceLike;
}

/** Zeros for a result of a shape. */
export const fresh = (type: DType, shape: readonly number[]): Strided => Strided.zeros(type, shape);
