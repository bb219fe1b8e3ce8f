import { className, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import { hide } from "../../hide.js";
import { TruncatedNormal } from "../../initializers/index.js";
import * as K from "../../ops/index.js";
import { WrapperImpl } from "../core/wrapper.js";
import { InputSpec } from "../input-spec.js";
import type { LayerImpl } from "../layer.js";
import { type LayerOptions, stock } from "../stock.js";

export class SpectralNormalizationImpl extends WrapperImpl {
  declare kernel: Variable;
  declare vector_u: Variable;
  declare readonly power_iterations: number;

  constructor(layer: LayerImpl, power_iterations = 1, options: LayerOptions = {}) {
    super(layer, options);
    if (power_iterations <= 0)
      throw new ValueError(
        `\`power_iterations\` should be greater than zero. Received: \`power_iterations=${power_iterations}\``,
      );
    this._take({ power_iterations });
  }
  override build(input_shape: Shape): void {
    super.build(input_shape);
    this.input_spec = InputSpec({ min_ndim: 1, axes: { "-1": input_shape.at(-1)! } });
    const inner = this.layer as unknown as { kernel?: Variable; embeddings?: Variable };
    const kernel = inner.kernel ?? inner.embeddings;
    if (!kernel)
      throw new ValueError(
        `${className(this.layer.constructor)} object has no attribute 'kernel' nor 'embeddings'`,
      );
    hide(this, "kernel", kernel);
    this._track_variable(kernel);
    hide(
      this,
      "vector_u",
      this.add_weight({
        shape: [1, kernel.shape.at(-1)],
        initializer: TruncatedNormal(0, 0.02) as never,
        trainable: false,
        name: "vector_u",
        dtype: kernel.dtype,
      }),
    );
  }
  override call(inputs: Tensor, training = false): Tensor {
    if (training && K.any(K.not_equal(this.kernel, 0)).__bool__()) {
      const [u, kernel] = this.normalized_weights();
      this.vector_u.assign(u);
      this.kernel.assign(kernel);
    }
    return K.cast(this.layer(inputs) as Tensor, inputs.dtype);
  }
  /** The next vector of the power iteration, and the kernel divided by its largest singular value. */
  normalized_weights(): [Tensor, Tensor] {
    const kernel = K.convert_to_tensor(this.kernel);
    const weights = K.reshape(kernel, [-1, this.kernel.shape.at(-1)]);
    let [u, v] = [K.convert_to_tensor(this.vector_u), K.convert_to_tensor(this.vector_u)];
    for (let i = 0; i < this.power_iterations; i++) {
      v = K.normalize(K.matmul(u, K.transpose(weights)), null);
      u = K.normalize(K.matmul(v, weights), null);
    }
    [u, v] = [K.stop_gradient(u), K.stop_gradient(v)];
    const sigma = K.matmul(K.matmul(v, weights), K.transpose(u));
    return [u, K.reshape(K.divide(kernel, sigma), this.kernel.shape)];
  }
  override compute_output_shape(input_shape: Shape): unknown {
    return (this.layer.compute_output_shape as (s: Shape) => unknown)(input_shape);
  }
}

/** `keras.layers.SpectralNormalization`: a layer whose kernel has a largest singular value of 1 (Miyato et al., 2018). */
export const SpectralNormalization = stock(
  "normalization.spectral_normalization.SpectralNormalization",
  "layer power_iterations **kwargs",
  SpectralNormalizationImpl,
  { call: "inputs training=false" },
);
export type SpectralNormalization = SpectralNormalizationImpl;
