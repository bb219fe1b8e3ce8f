import { Strided } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import { type DTypeLike, getDefault } from "../dtype.js";
import { cosines, inType, kaiserShape, triangle } from "../signal/shapes.js";
import { type Tensor, wanting, wrap } from "../tensor/tensor.js";
import { type Int, int, typeOf } from "./args.js";

// The windows of `torch` itself, which are periodic unless said otherwise.

type Num = number | Number;
type MaybeType = DTypeLike | null;
type Rest = [dtype: MaybeType, layout: unknown, device: DeviceLike, requires_grad: boolean];

function made(
  name: string,
  window_length: Int,
  periodic: boolean,
  [dtype, , device, requires_grad]: Rest,
  shape: (n: number, period: number) => Value,
): Tensor {
  const n = int(window_length);
  requireCpu(device);
  if (n < 0) throw new RuntimeError(`${name} requires non-negative window_length, got window_length=${n}`);
  const type = typeOf(dtype, name) ?? getDefault();
  if (type.kind !== "float" && type.kind !== "complex")
    throw new RuntimeError(`${name} expects floating point dtypes, got: TensorOptions(dtype=${type.name})`);
  const y =
    n === 0
      ? new Value(Strided.zeros(type, [0]))
      : inType(n === 1 ? cosines(1, 1, [1]) : shape(n, periodic ? n : n - 1), type);
  return wanting(wrap(y), requires_grad);
}

const COMMON = "dtype layout device requires_grad pin_memory";

const simple = (name: string, shape: (n: number, period: number) => Value) =>
  def(
    `torch.${name}`,
    `window_length periodic * ${COMMON}`,
    (
      window_length: Int,
      periodic = true,
      dtype: MaybeType = null,
      layout: unknown = null,
      device: DeviceLike = null,
      requires_grad = false,
      pin_memory = false,
    ): Tensor => {
      void pin_memory;
      return made(name, window_length, periodic, [dtype, layout, device, requires_grad], shape);
    },
  );

/** ½ − ½·cos(2πk/N). */
export const hann_window = simple("hann_window", (n, period) => cosines(n, period, [0.5, 0.5]));
/** 0.42 − 0.5·cos(2πk/N) + 0.08·cos(4πk/N). */
export const blackman_window = simple("blackman_window", (n, period) =>
  cosines(n, period, [0.42, 0.5, 0.08]),
);
/** A triangle. */
export const bartlett_window = simple("bartlett_window", triangle);

/** alpha − beta·cos(2πk/N). */
export const hamming_window = def(
  "torch.hamming_window",
  `window_length periodic alpha beta * ${COMMON}`,
  (
    window_length: Int,
    periodic = true,
    alpha: Num = 0.54,
    beta: Num = 0.46,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void pin_memory;
    return made(
      "hamming_window",
      window_length,
      periodic,
      [dtype, layout, device, requires_grad],
      (n, period) => cosines(n, period, [Number(alpha), Number(beta)]),
    );
  },
);

/** Kaiser's window I₀(β·√(1 − (2k/N − 1)²))/I₀(β). */
export const kaiser_window = def(
  "torch.kaiser_window",
  `window_length periodic beta * ${COMMON}`,
  (
    window_length: Int,
    periodic = true,
    beta: Num = 12,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void pin_memory;
    return made(
      "kaiser_window",
      window_length,
      periodic,
      [dtype, layout, device, requires_grad],
      (n, period) => kaiserShape(n, period, Number(beta)),
    );
  },
);
