import { pyclass } from "@cognate/py";
import { type ArrayLike, array, FluxArray } from "../array/array.js";
import { type Activation, identity, mean, sqrt, variance } from "../array/functions.js";
import { untracked } from "../array/tape.js";
import { isTraining } from "../mode.js";
import { ones32, zeros32 } from "../random.js";
import { keywords, Layer, nameOf } from "./layer.js";

interface NormOptions {
  affine?: boolean;
  track_stats?: boolean;
  eps?: number;
  momentum?: number;
  active?: boolean | null;
}

/**
 * `BatchNorm(channels, λ; affine, track_stats, eps, momentum)`: λ.(γ∘(x − mean)/√(var + ε) + β) over all axes but that of
 * the channels (the last but one). While a gradient is taken the batch's own statistics count, and the running ones move
 * towards them (the variance without bias); otherwise the running ones count.
 */
class BatchNormImpl extends Layer {
  sigma: Activation;
  beta: FluxArray | null;
  gamma: FluxArray | null;
  mean: FluxArray | null;
  var: FluxArray | null;
  eps: number;
  momentum: number;
  active: boolean | null;
  chs: number;
  constructor(channels: number, ...rest: unknown[]) {
    super();
    const { args, kw } = keywords<NormOptions>(rest);
    const { affine = true, track_stats = true, eps = 1e-5, momentum = 0.1, active = null } = kw;
    this.sigma = (args[0] as Activation | undefined) ?? identity;
    this.beta = affine ? zeros32(channels) : null;
    this.gamma = affine ? ones32(channels) : null;
    this.mean = track_stats ? zeros32(channels) : null;
    this.var = track_stats ? ones32(channels) : null;
    this.eps = eps;
    this.momentum = momentum;
    this.active = active;
    this.chs = channels;
  }
  __call__(given: ArrayLike): FluxArray {
    const x = given instanceof FluxArray ? given : array(given);
    const axis = x.ndims() - 1;
    const dims = Array.from({ length: x.ndims() }, (_, i) => i + 1).filter((d) => d !== axis);
    const along = (v: FluxArray): FluxArray =>
      v.reshape(...x.shape.map((_, i) => (i === axis - 1 ? this.chs : 1)));
    const training = this.active ?? isTraining();
    let [m, v] = [this.mean, this.var] as [FluxArray | null, FluxArray | null];
    if (training || !m || !v) {
      [m, v] = [mean(x, { dims }), variance(x, { dims, corrected: false })];
      this.update(m, v, x.length / this.chs);
    } else [m, v] = [along(m), along(v)];
    const y = x.sub(m).div(sqrt(v.add(this.eps)));
    return this.sigma(this.gamma && this.beta ? y.mul(along(this.gamma)).add(along(this.beta)) : y);
  }
  private update(m: FluxArray, v: FluxArray, count: number): void {
    const [running, spread] = [this.mean, this.var];
    if (!running || !spread) return;
    untracked(() => {
      const t = this.momentum;
      running.copy_(running.mul(1 - t).add(m.vec().mul(t)));
      spread.copy_(spread.mul(1 - t).add(v.vec().mul((t * count) / (count - 1))));
    });
  }
  trainable(): Readonly<Record<string, unknown>> {
    return { beta: this.beta, gamma: this.gamma };
  }
  override bytes(): number {
    return 56;
  }
  show(): string {
    return `BatchNorm(${this.chs}${this.sigma === identity ? "" : `, ${nameOf(this.sigma)}`}${this.gamma ? "" : ", affine=false"})`;
  }
}
interface BatchNormImpl {
  (x: ArrayLike): FluxArray;
}
export const BatchNorm = pyclass(BatchNormImpl);
export type BatchNorm = BatchNormImpl;

/** `normalise(x; dims, eps)`: (x − mean)/(std + ε). */
export const normalise = (
  given: ArrayLike,
  { dims, eps = 1e-5 }: { dims?: number | readonly number[]; eps?: number } = {},
): FluxArray => {
  const x = given instanceof FluxArray ? given : array(given);
  const over = dims ?? x.ndims();
  return x.sub(mean(x, { dims: over })).div(sqrt(variance(x, { dims: over, corrected: false })).add(eps));
};

/** `LayerNorm(sizes…, λ; affine, eps)`: over the first axes, then scaled and shifted. */
class LayerNormImpl extends Layer {
  sigma: Activation;
  scale: FluxArray | null;
  bias: FluxArray | null;
  eps: number;
  declare private readonly sizes: readonly number[];
  constructor(...given: unknown[]) {
    super();
    const { args, kw } = keywords<NormOptions>(given);
    const sizes = args.flat().filter((a): a is number => typeof a === "number");
    this.sigma = (args.find((a) => typeof a === "function") as Activation | undefined) ?? identity;
    this.scale = kw.affine === false ? null : ones32(...sizes);
    this.bias = kw.affine === false ? null : zeros32(...sizes);
    this.eps = kw.eps ?? 1e-5;
    Object.defineProperty(this, "sizes", { value: sizes, enumerable: false });
  }
  __call__(x: ArrayLike): FluxArray {
    const y = normalise(x, { dims: this.sizes.map((_, i) => i + 1), eps: this.eps });
    return this.sigma(this.scale && this.bias ? y.mul(this.scale).add(this.bias) : y);
  }
  show(): string {
    return `LayerNorm(${this.sizes.join(", ")}${this.sigma === identity ? "" : `, ${nameOf(this.sigma)}`}${this.scale ? "" : ", affine=false"})`;
  }
}
interface LayerNormImpl {
  (x: ArrayLike): FluxArray;
}
export const LayerNorm = pyclass(LayerNormImpl);
export type LayerNorm = LayerNormImpl;
