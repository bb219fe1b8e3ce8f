import { pyClass } from "@cognate/py";
import { isTensor } from "../../core/convert.js";
import { get_default_graph } from "../../graph/current.js";
import { emptyFloats } from "../../graph/empty.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { assignTo, type GraphVariable } from "../../graph/variable.js";
import type { DType } from "../../shared.js";
import { branchOn } from "../branch.js";
import { initializerOf, ones_initializer, zeros_initializer } from "../initializers.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import { LayerImpl } from "./base.js";

/** Batch normalisation. Four axes with the channels last or second are TensorFlow's fused kernel, whose running variance is the unbiased one. */
class BatchNormalizationImpl extends LayerImpl {
  gamma: GraphVariable | null = null;
  beta: GraphVariable | null = null;
  moving_mean!: GraphVariable;
  moving_variance!: GraphVariable;
  private _at = -1;
  constructor(
    readonly axis: number | readonly number[] = -1,
    readonly momentum: unknown = 0.99,
    readonly epsilon = 1e-3,
    readonly center = true,
    readonly scale = true,
    readonly beta_initializer: unknown = zeros_initializer(),
    readonly gamma_initializer: unknown = ones_initializer(),
    readonly moving_mean_initializer: unknown = zeros_initializer(),
    readonly moving_variance_initializer: unknown = ones_initializer(),
    readonly beta_regularizer: unknown = null,
    readonly gamma_regularizer: unknown = null,
    readonly beta_constraint: unknown = null,
    readonly gamma_constraint: unknown = null,
    _renorm: boolean = false,
    _renorm_clipping: unknown = null,
    _renorm_momentum: unknown = 0.99,
    readonly fused: boolean | null = null,
    trainable = true,
    _virtual_batch_size: unknown = null,
    _adjustment: unknown = null,
    name: string | null = null,
    reuse: unknown = null,
    scope: unknown = null,
  ) {
    super("BatchNormalization", { trainable, name, _reuse: reuse, _scope: scope });
  }
  build(dims: readonly (number | null)[], dtype: DType): void {
    const axis = Number(Array.isArray(this.axis) ? this.axis[0] : this.axis);
    this._at = axis < 0 ? axis + dims.length : axis;
    const shape = [Number(dims[this._at])];
    if (this.scale)
      this.gamma = this.add("gamma", shape, dtype, {
        initializer: initializerOf(this.gamma_initializer),
        regularizer: this.gamma_regularizer,
        constraint: this.gamma_constraint,
      });
    if (this.center)
      this.beta = this.add("beta", shape, dtype, {
        initializer: initializerOf(this.beta_initializer),
        regularizer: this.beta_regularizer,
        constraint: this.beta_constraint,
      });
    this.moving_mean = this.add("moving_mean", shape, dtype, {
      initializer: initializerOf(this.moving_mean_initializer),
      trainable: false,
    });
    this.moving_variance = this.add("moving_variance", shape, dtype, {
      initializer: initializerOf(this.moving_variance_initializer),
      trainable: false,
    });
  }

  call(x: GraphTensor, { training = false }: { training?: unknown }): GraphTensor {
    const rank = x._dims!.length;
    const fused = this.fused ?? (rank === 4 && (this._at === 3 || this._at === 1));
    return fused && rank === 4 ? this._fused(x, training) : this._plain(x, training);
  }

  private _update(training: unknown, mean: GraphTensor, variance: GraphTensor): void {
    const g = get_default_graph();
    const move = (v: GraphVariable, now: GraphTensor): void => {
      const op = g.scoped("AssignMovingAvg", () => {
        const decay = node(g, "Sub", [1, this.momentum], {}, "decay");
        const delta = node(g, "Mul", [node(g, "Sub", [v, now], {}, "sub"), decay], {}, "mul");
        return assignTo("AssignSub", v, delta, null) as GraphTensor;
      });
      this.addUpdate(op);
    };
    if (training === false) return;
    // Where training is known only when the graph runs, the averages stay where it is not training.
    const chosen = (v: GraphVariable, now: GraphTensor): GraphTensor =>
      isTensor(training)
        ? (branchOn(
            training,
            () => now,
            () => node(get_default_graph(), "Identity", [v]),
          ) as GraphTensor)
        : now;
    move(this.moving_mean, chosen(this.moving_mean, mean));
    move(this.moving_variance, chosen(this.moving_variance, variance));
  }

  private _fused(x: GraphTensor, training: unknown): GraphTensor {
    const g = get_default_graph();
    const n = this.moving_mean.shape.as_list()[0]!;
    const unit = (value: number): unknown =>
      value === 1 ? ones_initializer()([n]) : zeros_initializer()([n]);
    const scale = this.gamma ?? unit(1);
    const offset = this.beta ?? unit(0);
    const format = this._at === 1 ? "NCHW" : "NHWC";
    const call = (is: boolean): GraphTensor[] =>
      get_default_graph()
        .createOp(
          "FusedBatchNormV3",
          is
            ? [x, scale, offset, emptyFloats(), emptyFloats()]
            : [x, scale, offset, this.moving_mean, this.moving_variance],
          { epsilon: this.epsilon, is_training: is, data_format: format },
          "FusedBatchNormV3",
        )
        .slice(0, 3) as GraphTensor[];
    const [y, mean, variance] = branchOn(
      training === true || training === 1 ? true : isTensor(training) ? training : Boolean(training),
      () => call(true),
      () => call(false),
    ) as readonly GraphTensor[];
    y!.set_shape(x._dims);
    void g;
    this._update(isTensor(training) ? training : Boolean(training), mean!, variance!);
    return y!;
  }

  private _plain(x: GraphTensor, training: unknown): GraphTensor {
    const g = get_default_graph();
    const rank = x._dims!.length;
    const over = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== this._at);
    const wide = (v: unknown): unknown => {
      if (this._at === rank - 1) return v;
      return node(g, "Reshape", [v, Array.from({ length: rank }, (_, i) => (i === this._at ? -1 : 1))]);
    };
    const is = isTensor(training) ? training : Boolean(training);
    let mean: unknown = this.moving_mean;
    let variance: unknown = this.moving_variance;
    if (is !== false) {
      const m = node(g, "Mean", [x, over], { keep_dims: true }, "moments/mean");
      const spread = node(
        g,
        "SquaredDifference",
        [x, node(g, "StopGradient", [m], {}, "moments/StopGradient")],
        {},
        "moments/SquaredDifference",
      );
      const s = node(g, "Mean", [spread, over], { keep_dims: true }, "moments/variance");
      const batch = [
        node(g, "Squeeze", [m], { squeeze_dims: over }),
        node(g, "Squeeze", [s], { squeeze_dims: over }),
      ] as const;
      const pick = (now: GraphTensor, kept: GraphVariable): GraphTensor =>
        branchOn(
          is,
          () => now,
          () => node(get_default_graph(), "Identity", [kept]),
        ) as GraphTensor;
      mean = pick(batch[0], this.moving_mean);
      variance = pick(batch[1], this.moving_variance);
      this._update(is, batch[0], batch[1]);
    }
    return g.scoped("batchnorm", () => {
      let inverse: unknown = node(g, "Rsqrt", [node(g, "AddV2", [wide(variance), this.epsilon], {}, "add")]);
      if (this.gamma) inverse = node(g, "Mul", [inverse, wide(this.gamma)], {}, "mul");
      const shift = node(g, "Mul", [wide(mean), inverse], {}, "mul_2");
      const moved = this.beta ? node(g, "Sub", [wide(this.beta), shift], {}, "sub") : node(g, "Neg", [shift]);
      const out = node(g, "AddV2", [node(g, "Mul", [x, inverse], {}, "mul_1"), moved], {}, "add_1");
      out.set_shape(x._dims);
      return out;
    });
  }
}

const SIGNATURE =
  "axis momentum epsilon center scale beta_initializer gamma_initializer moving_mean_initializer moving_variance_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint renorm renorm_clipping renorm_momentum fused trainable virtual_batch_size adjustment name _reuse _scope" as const;
export const BatchNormalization = pyClass(
  "tf_keras.legacy_tf_layers.normalization.BatchNormalization",
  SIGNATURE,
  BatchNormalizationImpl,
);
export const BatchNorm = BatchNormalization;

export const batch_normalization = v1(
  "batch_normalization",
  "inputs axis momentum epsilon center scale beta_initializer gamma_initializer moving_mean_initializer moving_variance_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint training trainable name reuse renorm renorm_clipping renorm_momentum fused virtual_batch_size adjustment",
  (
    inputs: unknown,
    axis: number | readonly number[] = -1,
    momentum: unknown = 0.99,
    epsilon = 1e-3,
    center = true,
    scale = true,
    beta_initializer: unknown = zeros_initializer(),
    gamma_initializer: unknown = ones_initializer(),
    moving_mean_initializer: unknown = zeros_initializer(),
    moving_variance_initializer: unknown = ones_initializer(),
    beta_regularizer: unknown = null,
    gamma_regularizer: unknown = null,
    beta_constraint: unknown = null,
    gamma_constraint: unknown = null,
    training: unknown = false,
    trainable = true,
    name: string | null = null,
    reuse: unknown = null,
    renorm = false,
    renorm_clipping: unknown = null,
    renorm_momentum: unknown = 0.99,
    fused: boolean | null = null,
    virtual_batch_size: unknown = null,
    adjustment: unknown = null,
  ): GraphTensor =>
    new BatchNormalizationImpl(
      axis,
      momentum,
      epsilon,
      center,
      scale,
      beta_initializer,
      gamma_initializer,
      moving_mean_initializer,
      moving_variance_initializer,
      beta_regularizer,
      gamma_regularizer,
      beta_constraint,
      gamma_constraint,
      renorm,
      renorm_clipping,
      renorm_momentum,
      fused,
      trainable,
      virtual_batch_size,
      adjustment,
      name,
      reuse,
      name,
    ).__call__(inputs, { training }),
);
