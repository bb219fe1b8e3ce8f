import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import * as K from "../../ops/index.js";
import { InputSpec } from "../input-spec.js";
import {
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type Layout,
  type RegularizerLike,
  StockLayer,
  stock,
} from "../stock.js";

const LAYOUT: Layout = { alpha: { shape: ["...features"] } };

export class PReLUImpl extends StockLayer {
  declare alpha: Variable;
  declare readonly shared_axes: readonly number[] | null;

  constructor(
    alpha_initializer: InitializerLike = "Zeros",
    alpha_regularizer: RegularizerLike | null = null,
    alpha_constraint: ConstraintLike | null = null,
    shared_axes: number | readonly number[] | null = null,
    options: LayerOptions = {},
  ) {
    super(options);
    this.supports_masking = true;
    this._take({
      alpha_initializer,
      alpha_regularizer,
      alpha_constraint,
      shared_axes:
        shared_axes === null ? null : typeof shared_axes === "number" ? [shared_axes] : [...shared_axes],
    });
  }
  override build(input_shape: Shape): void {
    const shared = this.shared_axes ?? [];
    const features = input_shape.slice(1).map((n, i) => (shared.includes(i + 1) ? 1 : n!));
    this._weights(LAYOUT, { features });
    const axes = shared.length === 0 ? [] : input_shape.map((n, i) => [i, n] as const);
    this.input_spec = InputSpec({
      ndim: input_shape.length,
      axes: Object.fromEntries(
        axes.filter(([i]) => i > 0 && !shared.includes(i)).map(([i, n]) => [`${i}`, n]),
      ),
    });
  }
  override call(inputs: Tensor): Tensor {
    const below = K.multiply(K.negative(this.alpha), K.relu(K.negative(inputs)));
    return K.add(K.relu(inputs), below);
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/** `keras.layers.PReLU`: x above 0, a slope below that is learnt, one a feature or shared along axes. */
export const PReLU = stock(
  "activations.prelu.PReLU",
  "alpha_initializer alpha_regularizer alpha_constraint shared_axes **kwargs",
  PReLUImpl,
);
export type PReLU = PReLUImpl;
