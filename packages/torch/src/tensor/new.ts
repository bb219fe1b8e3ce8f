import { fill, type Scalar as KernelScalar, Strided } from "@cognate/kernel";
import { def } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import type { DTypeLike } from "../dtype.js";
import { inTorchWords } from "../errors.js";
import { type Ints, ints, kernelScalar, typeOf } from "../ops/args.js";
import { tensorOf } from "./create.js";
import { type Nested, type Scalar, type Tensor, wanting, wrap } from "./tensor.js";

function made(
  self: Tensor,
  shape: readonly number[],
  value: KernelScalar,
  dtype: DTypeLike | null,
  requires_grad: boolean,
): Tensor {
  const y = Strided.zeros(typeOf(dtype, "new") ?? self._value.dtype, shape);
  const t = wrap(new Value(value === 0 ? y : fill(y, value)));
  return wanting(t, requires_grad);
}

const constant = (name: string, value: number) =>
  def(
    name,
    "self ...size * dtype device requires_grad layout pin_memory",
    (
      self: Tensor,
      size: readonly Ints[],
      dtype: DTypeLike | null = null,
      device: DeviceLike = null,
      requires_grad = false,
      layout: unknown = null,
      pin_memory = false,
    ): Tensor => {
      void [layout, pin_memory];
      requireCpu(device);
      return made(self, ints(size), value, dtype, requires_grad);
    },
  );

/** Zeros of this tensor's type. */
export const new_zeros = constant("new_zeros", 0);
/** Ones of this tensor's type. */
export const new_ones = constant("new_ones", 1);
/** A tensor of this one's type. */
export const new_empty = constant("new_empty", 0);

/** A number everywhere, in this tensor's type. */
export const new_full = def(
  "new_full",
  "self size fill_value * dtype device requires_grad layout pin_memory",
  (
    self: Tensor,
    size: Ints,
    fill_value: Scalar,
    dtype: DTypeLike | null = null,
    device: DeviceLike = null,
    requires_grad = false,
    layout: unknown = null,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    requireCpu(device);
    return made(self, ints([size]), kernelScalar(fill_value), dtype, requires_grad);
  },
);

/** Data copied into a tensor of this one's type. */
export const new_tensor = def(
  "new_tensor",
  "self data * dtype device requires_grad layout pin_memory",
  (
    self: Tensor,
    data: Nested,
    dtype: DTypeLike | null = null,
    device: DeviceLike = null,
    requires_grad = false,
    layout: unknown = null,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    requireCpu(device);
    const type = typeOf(dtype, "new_tensor") ?? self._value.dtype;
    const t = inTorchWords("new_tensor", () => wrap(tensorOf(data, type)));
    return wanting(t, requires_grad);
  },
);
