import { float32, float64, ops, type Shape } from "@cognate/kernel";
import { def, NotImplementedError, RuntimeError, TypeError, ValueError } from "@cognate/py";
import { applyInPlace, call, callMany, noGrad, type Value } from "@cognate/tensor";
import { axis, type Int, int, named, shown } from "../../ops/args.js";
import { writeOut } from "../../ops/make.js";
import { scalarName } from "../../promotion.js";
import { Size } from "../../size.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { alike, done, floating, notDifferentiable, number, type Optional } from "./args.js";

const size = (shape: Shape): string => new Size(shape).__repr__();
const count = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

function refuse(kernel: string, x: Value): void {
  if (x.dtype.kind !== "float")
    throw new NotImplementedError(`"${kernel}" not implemented for '${scalarName(x.dtype)}'`);
}

/** Lets a running statistic drift towards a new one. */
function drift(running: Value, now: Value, momentum: number): void {
  noGrad(() => {
    const next = running.mul(1 - momentum).add(now.detach().mul(momentum).cast({ dtype: running.dtype }));
    applyInPlace(ops.assign, [running, next as Value], undefined);
  });
}

/** @throws RuntimeError unless a statistic or weight has one entry a channel */
function checkChannels(name: string, v: Value | null, channels: number): void {
  if (v && v.size !== channels)
    throw new RuntimeError(`${name} should contain ${channels} elements not ${v.size}`);
}

/** The variance of a sample from the biased one over n elements. */
const unbiased = (variance: Value, n: number): Value => variance.mul(n / (n - 1)) as Value;

/**
 * Normalises each channel of input `(N, C, *)`, by the batch's statistics when training, else by the running ones.
 *
 * Training normalises by the biased variance and lets `running_var` drift towards the unbiased one.
 *
 * @throws ValueError for a single value per channel when training
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([[1.5, 2], [2.5, 4]]);
 * const [mean, variance] = [torch.tensor([0.5, 0]), torch.tensor([1.5, 1])];
 * F.batch_norm(x, mean, variance, { training: true });
 * print(mean, variance); // prints tensor([0.6500, 0.3000]) tensor([1.4000, 1.1000])
 * ```
 */
export const batch_norm = def(
  "torch.nn.functional.batch_norm",
  "input running_mean running_var weight bias training momentum eps",
  (
    input: TensorLike,
    running_mean: Tensor | null,
    running_var: Tensor | null,
    weight: Optional = null,
    bias: Optional = null,
    training = false,
    momentum: number | Number = 0.1,
    eps: number | Number = 1e-5,
  ): Tensor => {
    const [x, w, b] = alike<[Value, Value | null, Value | null]>(input, weight, bias);
    if (training) checkBatch(x.shape, size(x.shape));
    if (training && number(eps) <= 0)
      throw new ValueError(`batch_norm eps must be positive during training, but got ${eps}`);
    if (number(eps) < 0) throw new ValueError(`batch_norm eps must be non-negative, but got ${eps}`);
    return wrap(
      batchNorm(
        x,
        running_mean?._value ?? null,
        running_var?._value ?? null,
        w,
        b,
        training,
        number(momentum),
        number(eps),
      ),
    );
  },
);

/** @throws ValueError where a channel has a single value */
function checkBatch(shape: Shape, text: string): void {
  if (shape.reduce((n, length, i) => (i === 1 ? n : n * length), 1) === 1)
    throw new ValueError(`Expected more than 1 value per channel when training, got input size ${text}`);
}

function batchNorm(
  x: Value,
  mean: Value | null,
  variance: Value | null,
  w: Value | null,
  b: Value | null,
  training: boolean,
  momentum: number,
  eps: number,
): Value {
  const channels = x.shape.length < 2 ? 0 : x.shape[1]!;
  for (const [name, v] of [
    ["running_mean", mean],
    ["running_var", variance],
  ] as const) {
    if (!v && !training) throw new RuntimeError(`${name} must be defined in evaluation mode`);
    checkChannels(name, v, channels);
  }
  checkChannels("weight", w, channels);
  checkChannels("bias", b, channels);
  refuse("batch_norm", x);
  notDifferentiable("native_batch_norm", { running_mean: mean, running_var: variance });
  if (channels === 0) return named(x.mul(1) as Value, "CloneBackward0");
  if (!training)
    return named(
      call(ops.standardizeBy, [x, mean!, variance!, w, b], { axis: 1, eps }),
      "NativeBatchNormBackward0",
    );
  const axes = x.shape.map((_, i) => i).filter((i) => i !== 1);
  const [y, m, v] = callMany(ops.standardize, [x, w, b], { axes, affine: [1], eps }) as [Value, Value, Value];
  // An empty batch has no statistics.
  if (mean && x.size > 0) drift(mean, m, momentum);
  if (variance && x.size > 0) drift(variance, unbiased(v, x.size / channels), momentum);
  return named(y, "NativeBatchNormBackward0");
}

/** Normalises each channel of each sample of input `(N, C, *)` over its spatial axes. */
export const instance_norm = def(
  "torch.nn.functional.instance_norm",
  "input running_mean running_var weight bias use_input_stats momentum eps",
  (
    input: TensorLike,
    running_mean: Tensor | null = null,
    running_var: Tensor | null = null,
    weight: Optional = null,
    bias: Optional = null,
    use_input_stats = true,
    momentum: number | Number = 0.1,
    eps: number | Number = 1e-5,
  ): Tensor => {
    const [x, w, b] = alike<[Value, Value | null, Value | null]>(input, weight, bias);
    const [mean, variance] = [running_mean?._value ?? null, running_var?._value ?? null];
    const spatial = x.shape.slice(2);
    if (use_input_stats && count(spatial) === 1)
      throw new ValueError(
        `Expected more than 1 spatial element when training, got input size ${size(x.shape)}`,
      );
    if (!use_input_stats) {
      if (!mean || !variance)
        throw new RuntimeError(
          "Expected running_mean and running_var to be defined when use_input_stats is false",
        );
      return wrap(named(batchNorm(x, mean, variance, w, b, false, 0, number(eps)), "ViewBackward0"));
    }
    // PyTorch counts the channels of all samples, as it lays them beside each other.
    const [batch, channels] = x.shape as readonly [number, number];
    for (const [name, v] of [
      ["running_mean", mean],
      ["running_var", variance],
      ["weight", w],
      ["bias", b],
    ] as const)
      if (v && v.size !== channels)
        throw new RuntimeError(`${name} should contain ${batch * channels} elements not ${batch * v.size}`);
    refuse("batch_norm", x);
    const axes = spatial.map((_, i) => i + 2);
    const params = { axes, affine: [1], eps: number(eps) };
    const [y, m, v] = callMany(ops.standardize, [x, w, b], params) as [Value, Value, Value];
    const overSamples = (s: Value): Value => s.mean({ dims: [0] }) as Value;
    if (mean) drift(mean, overSamples(m), number(momentum));
    if (variance) drift(variance, overSamples(unbiased(v, count(spatial))), number(momentum));
    return wrap(named(y, "ViewBackward0"));
  },
);

/** The trailing axes that are normalised, checked in PyTorch's words. */
function trailing(
  name: string,
  x: Value,
  normalized_shape: readonly Int[],
  star: string,
  weights: readonly (readonly [string, Value | null])[],
): number[] {
  if (!Array.isArray(normalized_shape))
    throw new TypeError(`${name}(): argument 'normalized_shape' (position 2) must be tuple of ints, not int`);
  const shape = normalized_shape.map((n) => int(n));
  if (shape.length === 0)
    throw new RuntimeError(
      "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []",
    );
  for (const [what, w] of weights)
    if (w && (w.shape.length !== shape.length || shape.some((n, i) => n !== w.shape[i])))
      throw new RuntimeError(
        `Expected ${what} to be of same shape as normalized_shape, but got ${what} of shape ${shown(w.shape)} and normalized_shape = ${shown(shape)}`,
      );
  const first = x.shape.length - shape.length;
  if (first < 0 || shape.some((n, i) => n !== x.shape[first + i]))
    throw new RuntimeError(
      `Given normalized_shape=${shown(shape)}, expected input with shape [*${star}${shape.join(", ")}], but got input of size${shown(x.shape)}`,
    );
  return shape.map((_, i) => first + i);
}

/** Normalises input over its last axes, which have `normalized_shape`, then scales by weight and shifts by bias of it. */
export const layer_norm = def(
  "torch.nn.functional.layer_norm",
  "input normalized_shape weight bias eps",
  (
    input: TensorLike,
    normalized_shape: readonly Int[],
    weight: Optional = null,
    bias: Optional = null,
    eps: number | Number = 1e-5,
  ): Tensor => {
    const [x, w, b] = alike<[Value, Value | null, Value | null]>(input, weight, bias);
    const axes = trailing("layer_norm", x, normalized_shape, ", ", [
      ["weight", w],
      ["bias", b],
    ]);
    refuse("LayerNormKernelImpl", x);
    for (const v of [w, b])
      if (v && v.dtype !== x.dtype)
        throw new RuntimeError(
          `mixed dtype (CPU): expect parameter to have scalar type of ${scalarName(x.dtype)}`,
        );
    const [y] = callMany(ops.standardize, [x, w, b], { axes, affine: axes, eps: number(eps) }) as [Value];
    return wrap(named(y, "NativeLayerNormBackward0"));
  },
);

/** x / √(mean(x²) + eps) over the last axes, which have `normalized_shape`, times weight; eps is the type's own if left out. */
export const rms_norm = def(
  "torch.nn.functional.rms_norm",
  "input normalized_shape weight eps",
  (
    input: TensorLike,
    normalized_shape: readonly Int[],
    weight: Optional = null,
    eps: number | Number | null = null,
  ): Tensor => {
    const [x, w] = alike<[Value, Value | null]>(input, weight);
    const axes = trailing("rms_norm", x, normalized_shape, "", [["weight", w]]);
    if (x.dtype.kind !== "complex") refuse("rms_norm", x);
    const least = eps === null ? EPSILON[x.dtype.name]! : number(eps);
    if (x.dtype.kind === "complex") {
      const unit = x.mul(x.square().mean({ dims: axes, keepdim: true }).add(least).rsqrt());
      return done(w ? unit.mul(w) : unit, "MulBackward0");
    }
    const [y] = callMany(ops.standardize, [x, w, null], {
      axes,
      affine: axes,
      eps: least,
      center: false,
    }) as [Value];
    return wrap(named(y, x.dtype.half ? "ToCopyBackward0" : "MulBackward0"));
  },
);

/** The distance from 1 to the next number, by type; half floats are computed in float32. */
const EPSILON: Readonly<Record<string, number>> = {
  [float32.name]: 2 ** -23,
  [float64.name]: 2 ** -52,
  float16: 2 ** -23,
  bfloat16: 2 ** -23,
  complex64: 2 ** -23,
  complex128: 2 ** -52,
};

/** Normalises input `(N, C, *)` over groups of channels of each sample. */
export const group_norm = def(
  "torch.nn.functional.group_norm",
  "input num_groups weight bias eps",
  (
    input: TensorLike,
    num_groups: Int,
    weight: Optional = null,
    bias: Optional = null,
    eps: number | Number = 1e-5,
  ): Tensor => {
    const [x, w, b] = alike<[Value, Value | null, Value | null]>(input, weight, bias);
    const groups = int(num_groups);
    const rank = x.shape.length;
    if (rank < 2)
      throw new RuntimeError(`Expected at least 2 dimensions for input tensor but received ${rank}`);
    const [batch, channels] = x.shape as readonly [number, number];
    const seen = [Math.floor((batch * channels) / groups), groups, ...x.shape.slice(2)];
    checkBatch(seen, shown(seen));
    if (channels % groups !== 0)
      throw new RuntimeError(
        `Expected number of channels in input to be divisible by num_groups, but got input of shape ${shown(x.shape)} and num_groups=${groups}`,
      );
    for (const [name, v] of [
      ["weight", w],
      ["bias", b],
    ] as const)
      if (v && (v.shape.length !== 1 || v.size !== channels))
        throw new RuntimeError(
          `Expected ${name} to be a vector of size equal to the number of channels in input, but got ${name} of shape ${shown(v.shape)} and input of shape ${shown(x.shape)}`,
        );
    refuse("GroupNormKernelImpl", x);
    const axes = x.shape.map((_, i) => i).slice(1);
    const params = { axes, affine: [1], groups, eps: number(eps) };
    const [y] = callMany(ops.standardize, [x, w, b], params) as [Value];
    return wrap(named(y, "NativeGroupNormBackward0"));
  },
);

/** input / (k + alpha · mean of squares over `size` neighbouring channels)^beta. */
export const local_response_norm = def(
  "torch.nn.functional.local_response_norm",
  "input size alpha beta k",
  (
    input: TensorLike,
    size: Int,
    alpha: number | Number = 1e-4,
    beta: number | Number = 0.75,
    k: number | Number = 1,
  ): Tensor => {
    const [x] = alike<[Value]>(input);
    const rank = x.shape.length;
    if (rank < 3)
      throw new ValueError(
        `Expected 3D or higher dimensionality                          input (got ${rank} dimensions)`,
      );
    if (x.size === 0) return wrap(x);
    const n = int(size);
    const [batch, channels] = x.shape as readonly [number, number];
    const planes = x.mul(x).reshape({ shape: [batch, 1, channels, x.size / (batch * channels)] }) as Value;
    const mean = call(ops.avgPool, [planes], {
      kernel: [n, 1],
      stride: [1, 1],
      padding: [
        [Math.floor(n / 2), Math.floor((n - 1) / 2)],
        [0, 0],
      ],
      countPadding: true,
    });
    const around = floating(mean.reshape({ shape: x.shape }) as Value);
    const scale = around.mul(number(alpha)).add(number(k)).pow(number(beta));
    return done(floating(x).div(scale), "DivBackward0");
  },
);

/** input divided by its p-norm along `dim`, or by eps where that is less. */
export const normalize = def(
  "torch.nn.functional.normalize",
  "input p dim eps out",
  (
    input: TensorLike,
    p: number | Number = 2,
    dim: Int | readonly Int[] = 1,
    eps: number | Number = 1e-12,
    out: Tensor | null = null,
  ): Tensor => {
    const [x] = alike<[Value]>(input);
    const dims = (Array.isArray(dim) ? (dim as readonly Int[]) : [dim as Int]).map((d) =>
      axis(d, x.shape.length),
    );
    const norm = call(ops.norm, [x], { p: number(p), dims, keepdim: true });
    const y = x.div(norm.clampMin(number(eps)).cast({ dtype: x.dtype })) as Value;
    return out ? writeOut(out, y) : wrap(named(y, "DivBackward0"));
  },
);
