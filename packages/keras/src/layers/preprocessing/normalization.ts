import { arrayOf } from "@cognate/kernel";
import { float, type as pyType, Tuple, TypeError, ValueError } from "@cognate/py";
import { epsilon } from "../../backend/config.js";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor, TensorLike } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import { hide } from "../../hide.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, type Layout, StockLayer, stock } from "../stock.js";

const LAYOUT: Layout = {
  mean: { shape: ["...kept"], trainable: false, initializer: "zeros" },
  variance: { shape: ["...kept"], trainable: false, initializer: "ones" },
};

const shapeIn = (x: TensorLike): Tuple<number> => Tuple.of_([...K.convert_to_tensor(x).shape]);

export class NormalizationImpl extends StockLayer {
  declare readonly axis: Tuple<number>;
  declare readonly input_mean: TensorLike | null;
  declare readonly input_variance: TensorLike | null;
  declare readonly invert: boolean;
  declare mean: Tensor | null;
  declare variance: Tensor | null;
  declare adapt_mean: Variable;
  declare adapt_variance: Variable;
  declare count: Variable;
  declare _builtFor: Shape | null;
  declare _keep: readonly number[];

  constructor(
    axis: number | readonly number[] | null = -1,
    mean: TensorLike | null = null,
    variance: TensorLike | null = null,
    invert = false,
    options: LayerOptions = {},
  ) {
    super(options);
    this._take({
      axis: Tuple.of_(axis === null ? [] : typeof axis === "number" ? [axis] : [...axis]),
      input_mean: mean,
      input_variance: variance,
      invert,
      mean: null,
      variance: null,
      _builtFor: null,
    });
    this.supports_masking = true;
    if ((mean === null) !== (variance === null))
      throw new ValueError(
        `When setting values directly, both \`mean\` and \`variance\` must be set. Received: mean=${mean === null ? "None" : String(mean)} and variance=${variance === null ? "None" : String(variance)}`,
      );
    if (mean === null) return;
    const [m, v] = [shapeIn(mean), shapeIn(variance!)];
    if (m.length !== v.length || m.some((n, i) => n !== v[i]))
      throw new ValueError(
        `When setting values directly, \`mean\` and \`variance\` must have the same shape. Received: mean shape ${m} and variance shape ${v}`,
      );
    if (m.length > this.axis.length)
      throw new ValueError(
        `The rank of \`mean\` must be less than or equal to the number of axes (${this.axis.length}). Received: mean shape ${m} for axis ${this.axis}`,
      );
  }
  override build(input_shape: Shape): void {
    if (input_shape === null) return;
    const rank = input_shape.length;
    this._take({ _builtFor: input_shape });
    if (this.axis.some((a) => a < -rank || a >= rank))
      throw new ValueError(
        `All \`axis\` values must be in the range [-ndim, ndim). Received inputs with ndim=${rank}, while axis=${this.axis}`,
      );
    const keep = this.axis.map((a) => (a < 0 ? a + rank : a)).sort((a, b) => a - b);
    this._take({ _keep: keep });
    for (const d of keep)
      if (input_shape[d] === null)
        throw new ValueError(
          `All \`axis\` values to be kept must have a known shape. Received axis=${this.axis}, inputs.shape=${shapeText(input_shape)}, with unknown axis at index ${d}`,
        );
    const kept = keep.map((d) => input_shape[d]!);
    if (this.input_mean === null) {
      this._weights(LAYOUT, { kept });
      hide(this, "adapt_mean", this.mean);
      hide(this, "adapt_variance", this.variance);
      const count = this.add_weight({
        name: "count",
        shape: [],
        dtype: "int",
        initializer: "zeros",
        trainable: false,
      });
      hide(this, "count", count);
      this.built = true;
      this.finalize_state();
      return;
    }
    const broad = this._along();
    const fit = (x: TensorLike): Tensor => {
      const t = K.convert_to_tensor(x);
      const shape = new Array<number>(rank).fill(1);
      [...t.shape].reverse().forEach((n, i) => {
        shape[keep[keep.length - 1 - i]!] = n;
      });
      return K.cast(K.broadcast_to(K.reshape(t, shape), broad), this.compute_dtype);
    };
    hide(this, "mean", fit(this.input_mean));
    hide(this, "variance", fit(this.input_variance!));
    this.built = true;
  }
  /** The shape that mean and variance stretch along. */
  _along(): number[] {
    return this._builtFor!.map((n, i) => (this._keep.includes(i) ? n! : 1));
  }
  /** Learns mean and variance from data: one array, or batches. @throws ValueError, TypeError */
  adapt(data: TensorLike | Iterable<TensorLike>): void {
    const whole = arrayOf(data) !== undefined;
    const batches = whole ? [data as TensorLike] : [...(data as Iterable<TensorLike>)];
    if (batches.length === 0)
      throw new ValueError(
        "adapt() received an empty iterable (no batches). Expected at least one batch. Pass a non-empty iterable of arrays or tensors, e.g. layer.adapt([x]) or layer.adapt(list_of_batches).",
      );
    for (const b of batches)
      if (arrayOf(b) === undefined)
        throw new TypeError(
          `adapt() expects an iterable that yields arrays or tensors with a \`.shape\` attribute (e.g. numpy arrays or backend tensors). Got an element of type ${(pyType(b) as { __name__: string }).__name__}. Ensure each yielded element is array-like with a \`.shape\` attribute.`,
        );
    const arrays = batches.map((b) => K.convert_to_tensor(b));
    const [first] = arrays as [Tensor];
    if (!this.built) (this.build as (s: Shape) => void)(Tuple.of_([...first.shape]));
    else
      for (const d of this._keep)
        if (first.shape[d] !== this._builtFor![d])
          throw new ValueError(
            `The layer was built with input_shape=${shapeText(this._builtFor!)}, but adapt() is being called with data with an incompatible shape, data.shape=${shapeText([...first.shape])}`,
          );
    const reduce = this._builtFor!.map((_, i) => i).filter((i) => !this._keep.includes(i));
    let [mean, variance] = [K.zeros(this._kept()), K.zeros(this._kept())];
    let total = 0;
    for (const x of arrays) {
      const v = whole ? x : K.cast(x, this.compute_dtype);
      const [m, s] = [K.mean(v, reduce), K.var_(v, reduce)];
      if (whole) {
        [mean, variance] = [m, s];
        break;
      }
      const count = reduce.reduce((n, d) => n * v.shape[d]!, 1);
      total += count;
      const share = count / total;
      const next = K.add(K.multiply(mean, 1 - share), K.multiply(m, share));
      // The sum of squares around the new mean, part by part.
      const part = (own: Tensor, at: Tensor, weight: number): Tensor =>
        K.multiply(K.add(own, K.square(K.subtract(at, next))), weight);
      variance = K.add(part(variance, mean, 1 - share), part(s, m, share));
      mean = next;
    }
    this.adapt_mean.assign(mean);
    this.adapt_variance.assign(variance);
    this.finalize_state();
  }
  _kept(): number[] {
    return this._keep.map((d) => this._builtFor![d]!);
  }
  finalize_state(): void {
    if (this.input_mean !== null || !this.built) return;
    const of = (v: Variable): Tensor => K.cast(K.reshape(v, this._along()), this.compute_dtype);
    hide(this, "mean", of(this.adapt_mean));
    hide(this, "variance", of(this.adapt_variance));
  }
  override call(inputs: Tensor): Tensor {
    if (this.mean === null)
      throw new ValueError("You must call `.build(input_shape)` on the layer before using it.");
    const x = K.cast(inputs, this.compute_dtype);
    const spread = K.maximum(K.sqrt(this.variance!), epsilon());
    return this.invert ? K.add(this.mean, K.multiply(x, spread)) : K.divide(K.subtract(x, this.mean), spread);
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
  override load_own_variables(store: Readonly<Record<string, unknown>>): void {
    super.load_own_variables(store);
    this.finalize_state();
  }
  override get_build_config(): Record<string, unknown> | null {
    return this._builtFor === null ? null : { input_shape: this._builtFor };
  }
  override build_from_config(config: Readonly<Record<string, unknown>> | null): void {
    if (config) (this.build as (s: Shape) => void)(config.input_shape as Shape);
  }
  override get_config(): Record<string, unknown> {
    const floats = (x: unknown): unknown => (Array.isArray(x) ? x.map(floats) : float(x as number));
    const list = (x: TensorLike | null): unknown =>
      x === null ? null : floats(arrayOf(x) ? K.convert_to_numpy(x).tolist() : x);
    return { ...super.get_config(), mean: list(this.input_mean), variance: list(this.input_variance) };
  }
}

/**
 * `keras.layers.Normalization`: (inputs − mean)/√variance with statistics that are given, or learnt from data by `adapt`.
 *
 * @param axis - the axes that have a mean and a variance for each of their positions
 */
export const Normalization = stock(
  "preprocessing.normalization.Normalization",
  "axis mean variance invert **kwargs",
  NormalizationImpl,
  { config: "axis invert" },
);
export type Normalization = NormalizationImpl;
