import { pyClass, ValueError } from "@cognate/py";
import { isTensor } from "../../core/convert.js";
import type { TypeLike } from "../../core/dtypes.js";
import { get_default_graph } from "../../graph/current.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import type { DType } from "../../shared.js";
import { branchOn } from "../branch.js";
import { initializerOf, zeros_initializer } from "../initializers.js";
import { v1 } from "../make.js";
import { dropout as dropoutOp } from "../nn/dropout.js";
import { node } from "../random-ops.js";
import { activationOf } from "./activations.js";
import { LayerImpl } from "./base.js";

class DenseImpl extends LayerImpl {
  kernel!: GraphVariable;
  bias: GraphVariable | null = null;
  constructor(
    readonly units: number,
    readonly activation: unknown = null,
    readonly use_bias = true,
    readonly kernel_initializer: unknown = null,
    readonly bias_initializer: unknown = zeros_initializer(),
    readonly kernel_regularizer: unknown = null,
    readonly bias_regularizer: unknown = null,
    readonly activity_regularizer: unknown = null,
    readonly kernel_constraint: unknown = null,
    readonly bias_constraint: unknown = null,
    trainable = true,
    name: string | null = null,
    reuse: unknown = null,
    scope: unknown = null,
    dtype: TypeLike | null = null,
  ) {
    super("Dense", { trainable, name, dtype, _reuse: reuse, _scope: scope });
  }
  build(dims: readonly (number | null)[], dtype: DType): void {
    const n = dims.at(-1) ?? null;
    if (n === null)
      throw new ValueError(
        "The last dimension of the inputs to a Dense layer should be defined. Found None. Full input shape received: " +
          String(dims),
      );
    this.kernel = this.add("kernel", [n, this.units], dtype, {
      initializer: initializerOf(this.kernel_initializer),
      regularizer: this.kernel_regularizer,
      constraint: this.kernel_constraint,
    });
    if (this.use_bias)
      this.bias = this.add("bias", [this.units], dtype, {
        initializer: initializerOf(this.bias_initializer),
        regularizer: this.bias_regularizer,
        constraint: this.bias_constraint,
      });
  }
  call(x: GraphTensor): GraphTensor {
    const g = get_default_graph();
    const rank = x._dims?.length ?? 2;
    let y: GraphTensor;
    if (rank <= 2) y = node(g, "MatMul", [x, this.kernel]);
    else
      y = g.scoped("Tensordot", (scope) => {
        const flat = node(g, "Reshape", [x, [-1, this.kernel.shape.as_list()[0]]]);
        const product = node(g, "MatMul", [flat, this.kernel]);
        const lead = x._dims!.slice(0, -1);
        const open = lead.filter((d) => d === null).length;
        if (open <= 1) {
          const out = node(g, "Reshape", [product, [...lead.map((d) => d ?? -1), this.units]], {}, scope);
          out.set_shape([...lead, this.units]);
          return out;
        }
        const shape = node(g, "Shape", [x]);
        const parts = lead.map(
          (d, i) =>
            d ??
            node(g, "StridedSlice", [shape, [i], [i + 1], [1]], { shrink_axis_mask: 1 }, "strided_slice"),
        );
        const out = node(g, "Reshape", [product, [...parts, this.units]], {}, scope);
        out.set_shape([...lead, this.units]);
        return out;
      });
    if (this.bias) y = node(g, "BiasAdd", [y, this.bias]);
    const out = activationOf(this.activation)(y) as GraphTensor;
    if (typeof this.activity_regularizer === "function")
      this.addLoss((this.activity_regularizer as (x: unknown) => unknown)(out));
    return out;
  }
}

class DropoutImpl extends LayerImpl {
  constructor(
    readonly rate: unknown = 0.5,
    readonly noise_shape: unknown = null,
    readonly seed: number | null = null,
    name: string | null = null,
  ) {
    super("Dropout", { name });
  }
  build(): void {}
  call(x: GraphTensor, { training = false }: { training?: unknown }): GraphTensor {
    const drop = (): GraphTensor =>
      dropoutOp(x, null, this.noise_shape, this.seed, null, this.rate) as GraphTensor;
    const g = get_default_graph();
    if (!isTensor(training)) return training ? drop() : node(g, "Identity", [x]);
    return branchOn(training, drop, () => node(get_default_graph(), "Identity", [x])) as GraphTensor;
  }
}

class FlattenImpl extends LayerImpl {
  constructor(
    readonly data_format: string | null = null,
    name: string | null = null,
  ) {
    super("Flatten", { name });
  }
  build(): void {}
  call(x: GraphTensor): GraphTensor {
    const g = get_default_graph();
    const dims = x._dims!;
    const rest = dims.slice(1);
    const known = rest.every((d) => d !== null);
    const size = known ? (rest as number[]).reduce((a, b) => a * b, 1) : -1;
    const shaped = dims[0] !== null && !known ? [dims[0], -1] : [-1, size];
    const y = node(g, "Reshape", [x, shaped]);
    y.set_shape([dims[0] ?? null, known ? size : null]);
    return y;
  }
}

const module = "tf_keras.legacy_tf_layers.core";
const DENSE =
  "units activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint trainable name _reuse _scope dtype" as const;
export const Dense = pyClass(`${module}.Dense`, DENSE, DenseImpl);
export const Dropout = pyClass(`${module}.Dropout`, "rate noise_shape seed name", DropoutImpl);
export const Flatten = pyClass(`${module}.Flatten`, "data_format name", FlattenImpl);

/** `activation(inputs · kernel + bias)` over the last axis. */
export const dense = v1(
  "dense",
  "inputs units activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint trainable name reuse",
  (
    inputs: unknown,
    units: number,
    activation: unknown = null,
    use_bias = true,
    kernel_initializer: unknown = null,
    bias_initializer: unknown = zeros_initializer(),
    kernel_regularizer: unknown = null,
    bias_regularizer: unknown = null,
    activity_regularizer: unknown = null,
    kernel_constraint: unknown = null,
    bias_constraint: unknown = null,
    trainable = true,
    name: string | null = null,
    reuse: unknown = null,
  ): GraphTensor =>
    new DenseImpl(
      units,
      activation,
      use_bias,
      kernel_initializer,
      bias_initializer,
      kernel_regularizer,
      bias_regularizer,
      activity_regularizer,
      kernel_constraint,
      bias_constraint,
      trainable,
      name,
      reuse,
      name,
    ).__call__(inputs),
);
export const dropout = v1(
  "dropout",
  "inputs rate noise_shape seed training name",
  (
    inputs: unknown,
    rate: unknown = 0.5,
    noise_shape: unknown = null,
    seed: number | null = null,
    training: unknown = false,
    name: string | null = null,
  ): GraphTensor => new DropoutImpl(rate, noise_shape, seed, name).__call__(inputs, { training }),
);
export const flatten = v1(
  "flatten",
  "inputs name data_format",
  (inputs: unknown, name: string | null = null, data_format = "channels_last"): GraphTensor =>
    new FlattenImpl(data_format, name).__call__(inputs),
);
