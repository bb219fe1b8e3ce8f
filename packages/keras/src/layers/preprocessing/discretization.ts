import { arrayOf } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import { floatx } from "../../backend/config.js";
import { KerasTensor } from "../../backend/keras-tensor.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor, TensorLike } from "../../backend/tensor.js";
import type { CallArguments } from "../../call-signature.js";
import type { DTypePolicyLike } from "../../dtype-policies/index.js";
import { hide } from "../../hide.js";
import * as K from "../../ops/index.js";
import { checkText } from "../arguments.js";
import { StockLayer, stock } from "../stock.js";
import { encodeCategorical } from "./encoding.js";

/** Values and how many each stands for. */
type Summary = readonly [values: Tensor, weights: Tensor];

/** Values at even distances in the order of all, each with the number that it stands for. */
function summarize(data: TensorLike, epsilon: number): Summary {
  const sorted = K.sort(K.ravel(K.cast(data, "float32")));
  const step = Math.max(sorted.size / (1 / epsilon), 1);
  const values = sorted.at(`${Math.trunc(step - 1)}::${Math.trunc(step)}`);
  return [values, K.multiply(K.ones_like(values), step)];
}
/** The line through points (xs, ys) at given places, level beyond the ends. */
function interpolate(at: Tensor, xs: Tensor, ys: Tensor): Tensor {
  const last = xs.shape[0]! - 1;
  const right = K.clip(K.searchsorted(xs, at, "right"), 1, Math.max(last, 1));
  const left = K.subtract(right, 1);
  const of = (line: Tensor, i: Tensor): Tensor => K.take(line, K.minimum(i, last));
  const span = K.subtract(of(xs, right), of(xs, left));
  const slope = K.divide_no_nan(K.subtract(of(ys, right), of(ys, left)), span);
  const along = K.subtract(K.clip(at, xs.at(0), xs.at(last)), of(xs, left));
  return K.add(K.multiply(slope, along), of(ys, left));
}
/** A summary of at most 1/epsilon values. */
function compress([values, weights]: Summary, epsilon: number): Summary {
  if (values.size * epsilon < 1) return [values, weights];
  const count = Math.ceil(1 / epsilon);
  const shares = K.add(K.multiply(K.arange(count, null, null, "float64"), epsilon), epsilon);
  // Shares of float32 sums are float32 themselves.
  const [sums32, wide] = [K.cumsum(weights), (x: Tensor) => K.cast(x, "float64")];
  const [sums, percents] = [wide(sums32), wide(K.divide(sums32, sums32.at(-1)))];
  const bins = interpolate(shares, percents, K.cast(values, "float64"));
  const totals = interpolate(shares, percents, sums);
  const before = K.concatenate([K.zeros([1], "float64"), totals.at(":-1")]);
  return [K.cast(bins, "float32"), K.cast(K.subtract(totals, before), "float32")];
}
function merged(a: Summary, b: Summary, epsilon: number): Summary {
  const [values, weights] = [0, 1].map((i) => K.concatenate([a[i]!, b[i]!])) as [Tensor, Tensor];
  const order = K.argsort(values);
  return compress([K.take(values, order), K.take(weights, order)], epsilon);
}
const nothing = (): Summary => [K.zeros([0], "float32"), K.zeros([0], "float32")];

export class DiscretizationImpl extends StockLayer {
  declare bin_boundaries: readonly number[] | null;
  declare readonly num_bins: number | null;
  declare readonly epsilon: number;
  declare readonly output_mode: string;
  declare readonly sparse: boolean;
  declare summary: Summary | null;

  constructor(
    bin_boundaries: readonly number[] | null = null,
    num_bins: number | null = null,
    epsilon = 0.01,
    output_mode = "int",
    sparse = false,
    dtype: DTypePolicyLike | null = null,
    name: string | null = null,
  ) {
    super({ name, dtype });
    hide(this, "_allow_non_tensor_positional_args", true);
    if (sparse && output_mode === "int")
      throw new ValueError(
        `\`sparse=True\` may only be used if \`output_mode\` is \`'one_hot'\`, \`'multi_hot'\`, or \`'count'\`. Received: sparse=True and output_mode=${output_mode}`,
      );
    checkText(output_mode, ["int", "one_hot", "multi_hot", "count"], this, "output_mode");
    if (num_bins !== null && num_bins < 0)
      throw new ValueError(
        `\`num_bins\` must be greater than or equal to 0. Received: \`num_bins=${num_bins}\``,
      );
    if (num_bins !== null && bin_boundaries !== null)
      throw new ValueError(
        `Both \`num_bins\` and \`bin_boundaries\` should not be set. Received: \`num_bins=${num_bins}\` and \`bin_boundaries=[${bin_boundaries.join(", ")}]\``,
      );
    if (num_bins === null && bin_boundaries === null)
      throw new ValueError("You need to set either `num_bins` or `bin_boundaries`.");
    this._take({ num_bins, epsilon, output_mode, sparse });
    this.bin_boundaries = bin_boundaries;
    this.summary = bin_boundaries ? null : nothing();
  }
  override get input_dtype(): string {
    return floatx();
  }
  get output_dtype(): string {
    return this.output_mode === "int" ? "int32" : this.compute_dtype;
  }
  /** Learns the boundaries from data: one array, or batches. @throws ValueError */
  adapt(data: TensorLike | Iterable<TensorLike>, steps: number | null = null): void {
    if (this.num_bins === null)
      throw new ValueError(
        "Cannot adapt a Discretization layer that has been initialized with `bin_boundaries`, use `num_bins` instead.",
      );
    this.reset_state();
    const batches = arrayOf(data) !== undefined ? [data as TensorLike] : [...(data as Iterable<TensorLike>)];
    for (const batch of batches.slice(0, steps ?? batches.length)) this.update_state(batch);
    this.finalize_state();
  }
  update_state(data: TensorLike): void {
    this.summary = merged(summarize(data, this.epsilon), this.summary ?? nothing(), this.epsilon);
  }
  finalize_state(): void {
    if (this.num_bins === null) return;
    const [bins] = compress(this.summary!, 1 / this.num_bins);
    this.bin_boundaries = bins.at(":-1").tolist() as number[];
  }
  reset_state(): void {
    if (this.num_bins !== null) this.summary = nothing();
  }
  override call(inputs: Tensor): Tensor {
    if (this.bin_boundaries === null)
      throw new ValueError(
        "You need to either pass the `bin_boundaries` argument at construction time or call `adapt(dataset)` before you can start using the `Discretization` layer.",
      );
    const bins = K.digitize(inputs, K.convert_to_tensor(this.bin_boundaries, "float32"));
    return encodeCategorical(bins, this.output_mode, this.bin_boundaries.length + 1, this.output_dtype);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    if (this.output_mode === "int") return Tuple.of_<number | null>(input_shape);
    const depth = this.bin_boundaries ? this.bin_boundaries.length + 1 : this.num_bins!;
    const rank = input_shape.length;
    if (this.output_mode === "one_hot") {
      const whole = !(input_shape.at(-1) === 1 && rank > 1);
      return Tuple.of_<number | null>([...(whole ? input_shape : input_shape.slice(0, -1)), depth]);
    }
    return Tuple.of_<number | null>(rank >= 2 ? [input_shape[0]!, ...input_shape.slice(2), depth] : [depth]);
  }
  override _spec(call: CallArguments): unknown {
    const [x] = call.args as readonly [KerasTensor];
    return new KerasTensor(this.compute_output_shape(x.shape), this.output_dtype, null, x.record_history);
  }
  override load_own_variables(): void {}
  override get_config(): Record<string, unknown> {
    const { bin_boundaries, num_bins, epsilon, output_mode, sparse, name, dtype } = this;
    return { bin_boundaries, num_bins, epsilon, output_mode, sparse, name, dtype };
  }
  static override from_config(this: unknown, config: Readonly<Record<string, unknown>>): DiscretizationImpl {
    const C = this as new (config: Record<string, unknown>) => DiscretizationImpl;
    const { bin_boundaries = null, num_bins = null, ...rest } = config;
    if (bin_boundaries === null || num_bins === null) return new C({ bin_boundaries, num_bins, ...rest });
    const layer = new C({ num_bins, ...rest });
    layer.bin_boundaries = bin_boundaries as readonly number[];
    return layer;
  }
}

/** `keras.layers.Discretization`: the bins that numbers fall into, between boundaries that are given or learnt. */
export const Discretization = stock(
  "preprocessing.discretization.Discretization",
  "bin_boundaries num_bins epsilon output_mode sparse dtype name",
  DiscretizationImpl,
);
export type Discretization = DiscretizationImpl;
