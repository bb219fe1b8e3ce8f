/**
 * `torch.signal.windows`: windows, symmetric unless `sym` says otherwise.
 *
 * @packageDocumentation
 */
import { float32, float64, Strided } from "@cognate/kernel";
import { def, TypeError, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import { type DTypeLike, fromKernel, getDefault } from "../dtype.js";
import { type Int, int, typeOf } from "../ops/args.js";
import { type Tensor, wanting, wrap } from "../tensor/tensor.js";
import { bell, cosines, decay, halfWave, inType, kaiserShape, triangle } from "./shapes.js";

type Num = number | Number;
type MaybeType = DTypeLike | null;

/** What follows the parameters of a window's own. */
type Rest = [dtype: MaybeType, layout: unknown, device: DeviceLike, requires_grad: boolean];

/** A window of length M of which only the shape remains to be said; none and one element are special. */
function windowOf(
  name: string,
  M: Int,
  [dtype, layout, device, requires_grad]: Rest,
  shape: (n: number) => Value,
): Tensor {
  const n = int(M);
  if (layout !== null && String(layout) !== "torch.strided")
    throw new ValueError(`${name} is implemented for strided tensors only, got: ${layout}`);
  if (n < 0) throw new ValueError(`${name} requires non-negative window length, got M=${n}`);
  requireCpu(device);
  const type = typeOf(dtype, name) ?? getDefault();
  if (type !== float32 && type !== float64)
    throw new ValueError(`${name} expects float32 or float64 dtypes, got: ${fromKernel(type)}`);
  const y = n === 0 ? new Value(Strided.zeros(type, [0])) : inType(shape(n), type);
  return wanting(wrap(y), requires_grad);
}

/** How many steps one period has: M − 1 of a symmetric window, else M. */
const period = (n: number, sym: boolean): number => (sym ? Math.max(n - 1, 1) : n);
/** A single element is 1, where the shape alone would not make it so. */
const orOne = (n: number, shape: () => Value): Value => (n === 1 ? cosines(1, 1, [1]) : shape());

const COMMON = "sym dtype layout device requires_grad";

/** What messages call the sums of cosines that PyTorch leaves to one function. */
const GENERAL = "general_cosine";

const simple = (name: string, shape: (n: number, sym: boolean) => Value, called = name) =>
  def(
    `torch.signal.windows.${name}`,
    `M * ${COMMON}`,
    (
      M: Int,
      sym = true,
      dtype: MaybeType = null,
      layout: unknown = null,
      device: DeviceLike = null,
      requires_grad = false,
    ): Tensor => windowOf(called, M, [dtype, layout, device, requires_grad], (n) => shape(n, sym)),
  );

const cosineSum = (a: readonly number[]) => (n: number, sym: boolean) =>
  orOne(n, () => cosines(n, period(n, sym), a));

/** A triangle: 1 − |2k/(M − 1) − 1|. */
export const bartlett = simple("bartlett", (n, sym) => orOne(n, () => triangle(n, period(n, sym))));
/** 0.42 − 0.5·cos + 0.08·cos of twice the angle. */
export const blackman = simple("blackman", cosineSum([0.42, 0.5, 0.08]));
/** Half a wave of the sine. */
export const cosine = simple("cosine", (n, sym) => halfWave(n, !sym && n > 1 ? n + 1 : n));
/** 0.54 − 0.46·cos(2πk/(M − 1)). */
export const hamming = simple("hamming", cosineSum([0.54, 1 - 0.54]), GENERAL);
/**
 * ½ − ½·cos(2πk/(M − 1)).
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.signal.windows.hann(5), torch.hann_window(4)); // prints tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000]) tensor([0.0000, 0.5000, 1.0000, 0.5000])
 * ```
 */
export const hann = simple("hann", cosineSum([0.5, 0.5]), GENERAL);
/** Nuttall's sum of four cosines. */
export const nuttall = simple("nuttall", cosineSum([0.3635819, 0.4891775, 0.1365995, 0.0106411]), GENERAL);

const middle = (n: number, sym: boolean): number => (!sym && n > 1 ? n : n - 1) / 2;

/** e^(−|k − center|/tau). */
export const exponential = def(
  "torch.signal.windows.exponential",
  `M * center tau ${COMMON}`,
  (
    M: Int,
    center: Num | null = null,
    tau: Num = 1,
    sym = true,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
  ): Tensor => {
    if (Number(tau) <= 0) throw new ValueError(`Tau must be positive, got: ${tau} instead.`);
    if (sym && center !== null) throw new ValueError("Center must be None for symmetric windows");
    return windowOf("exponential", M, [dtype, layout, device, requires_grad], (n) =>
      decay(n, center === null ? middle(n, sym) : Number(center), Number(tau)),
    );
  },
);

/** e^(−½·((k − (M − 1)/2)/std)²). */
export const gaussian = def(
  "torch.signal.windows.gaussian",
  `M * std ${COMMON}`,
  (
    M: Int,
    std: Num = 1,
    sym = true,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
  ): Tensor => {
    if (Number(std) <= 0) throw new ValueError(`Standard deviation must be positive, got: ${std} instead.`);
    return windowOf("gaussian", M, [dtype, layout, device, requires_grad], (n) =>
      bell(n, middle(n, sym), Number(std)),
    );
  },
);

/** Σ (−1)ⁱ·aᵢ·cos(2πi·k/(M − 1)). */
export const general_cosine = def(
  "torch.signal.windows.general_cosine",
  `M * a ${COMMON}`,
  (
    M: Int,
    a: readonly Num[],
    sym = true,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
  ): Tensor => {
    if (typeof a !== "object" || a === null || !(Symbol.iterator in a))
      throw new TypeError("Coefficients must be a list/tuple");
    const list = Array.from(a, Number);
    if (list.length === 0) throw new ValueError("Coefficients cannot be empty");
    return windowOf("general_cosine", M, [dtype, layout, device, requires_grad], (n) =>
      orOne(n, () => cosines(n, period(n, sym), list)),
    );
  },
);

/** alpha − (1 − alpha)·cos(2πk/(M − 1)). */
export const general_hamming = def(
  "torch.signal.windows.general_hamming",
  `M * alpha ${COMMON}`,
  (
    M: Int,
    alpha: Num = 0.54,
    sym = true,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
  ): Tensor =>
    windowOf(GENERAL, M, [dtype, layout, device, requires_grad], (n) =>
      orOne(n, () => cosines(n, period(n, sym), [Number(alpha), 1 - Number(alpha)])),
    ),
);

/** I₀(β·√(1 − (2k/(M − 1) − 1)²))/I₀(β). */
export const kaiser = def(
  "torch.signal.windows.kaiser",
  `M * beta ${COMMON}`,
  (
    M: Int,
    beta: Num = 12,
    sym = true,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
  ): Tensor => {
    if (Number(beta) < 0) throw new ValueError(`beta must be non-negative, got: ${beta} instead.`);
    return windowOf("kaiser", M, [dtype, layout, device, requires_grad], (n) =>
      orOne(n, () => kaiserShape(n, period(n, sym), Number(beta))),
    );
  },
);
