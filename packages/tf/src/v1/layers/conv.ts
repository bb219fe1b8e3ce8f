import { pyClass } from "@cognate/py";
import type { GraphTensor } from "../../graph/tensor.js";
import { zeros_initializer } from "../initializers.js";
import { v1 } from "../make.js";
import type { LayerImpl } from "./base.js";
import type { ConvOptions, Sizes } from "./conv/base.js";
import { Convolution } from "./conv/plain.js";
import { Separable } from "./conv/separable.js";
import { Transposed } from "./conv/transposed.js";

const TAIL =
  "activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint trainable name" as const;

/** Arguments of a convolution by position, made one object. */
type Args = readonly unknown[];
function optionsOf(
  rank: number,
  a: Args,
  dilated: boolean,
): ConvOptions & { trainable: boolean; name: string | null } {
  const [filters, kernel_size, strides = 1, padding = "valid", data_format = "channels_last"] = a;
  const at = dilated ? 6 : 5;
  const pick = (i: number, otherwise: unknown): unknown => (a[at + i] === undefined ? otherwise : a[at + i]);
  return {
    rank,
    filters: Number(filters),
    kernel_size: kernel_size as Sizes,
    strides: strides as Sizes,
    padding: String(padding),
    data_format: String(data_format),
    dilation_rate: (dilated ? (a[5] ?? 1) : 1) as Sizes,
    activation: pick(0, null),
    use_bias: Boolean(pick(1, true)),
    kernel_initializer: pick(2, null),
    bias_initializer: pick(3, zeros_initializer()),
    kernel_regularizer: pick(4, null),
    bias_regularizer: pick(5, null),
    kernel_constraint: pick(7, null),
    bias_constraint: pick(8, null),
    trainable: Boolean(pick(9, true)),
    name: pick(10, null) as string | null,
  };
}

const HEAD = "filters kernel_size strides padding data_format dilation_rate" as const;
const HEAD_PLAIN = "filters kernel_size strides padding data_format" as const;
const module = "tf_keras.legacy_tf_layers.convolutional";

function convolution(kind: string, rank: number) {
  class Layer extends Convolution {
    constructor(filters: number, kernel_size: Sizes, ...rest: unknown[]) {
      const o = optionsOf(rank, [filters, kernel_size, ...rest], true);
      super(kind, o, o.name, o.trainable, rest[15], rest[16]);
    }
  }
  const layer = pyClass(
    `${module}.${kind}`,
    `${HEAD} ${TAIL} _reuse _scope` as const,
    Layer as unknown as new (
      filters: number,
      kernel_size: Sizes,
    ) => LayerImpl,
  );
  const call = v1(
    kind.toLowerCase(),
    `inputs ${HEAD} ${TAIL} reuse` as const,
    ((inputs: unknown, filters: number, kernel_size: Sizes, ...rest: unknown[]): GraphTensor => {
      const o = optionsOf(rank, [filters, kernel_size, ...rest], true);
      return new Convolution(kind, o, o.name, o.trainable, rest[15] ?? null, o.name).__call__(inputs);
    }) as (inputs: unknown, filters: number, kernel_size: Sizes) => GraphTensor,
  );
  return { layer, call };
}
function transposed(kind: string, name: string, rank: number) {
  class Layer extends Transposed {
    constructor(filters: number, kernel_size: Sizes, ...rest: unknown[]) {
      const o = optionsOf(rank, [filters, kernel_size, ...rest], false);
      super(kind, o, o.name, o.trainable, rest[14], rest[15]);
    }
  }
  const layer = pyClass(
    `${module}.${kind}`,
    `${HEAD_PLAIN} ${TAIL} _reuse _scope` as const,
    Layer as unknown as new (
      filters: number,
      kernel_size: Sizes,
    ) => LayerImpl,
  );
  const call = v1(
    name,
    `inputs ${HEAD_PLAIN} ${TAIL} reuse` as const,
    ((inputs: unknown, filters: number, kernel_size: Sizes, ...rest: unknown[]): GraphTensor => {
      const o = optionsOf(rank, [filters, kernel_size, ...rest], false);
      return new Transposed(kind, o, o.name, o.trainable, rest[14] ?? null, o.name).__call__(inputs);
    }) as (inputs: unknown, filters: number, kernel_size: Sizes) => GraphTensor,
  );
  return { layer, call };
}
const SEPARABLE =
  "depth_multiplier activation use_bias depthwise_initializer pointwise_initializer bias_initializer depthwise_regularizer pointwise_regularizer bias_regularizer activity_regularizer depthwise_constraint pointwise_constraint bias_constraint trainable name reuse" as const;
function separable(kind: string, name: string, rank: number) {
  const make = (a: Args, scoped: boolean): Separable => {
    const [
      filters,
      kernel_size,
      strides = 1,
      padding = "valid",
      data_format = "channels_last",
      dilation_rate = 1,
      depth = 1,
      activation = null,
      use_bias = true,
      dw = null,
      pw = null,
      bias = zeros_initializer(),
      dr = null,
      pr = null,
      br = null,
      ,
      ,
      ,
      ,
      trainable = true,
      label = null,
      reuse = null,
    ] = a;
    const o: ConvOptions = {
      rank,
      filters: Number(filters),
      kernel_size: kernel_size as Sizes,
      strides: strides as Sizes,
      padding: String(padding),
      data_format: String(data_format),
      dilation_rate: dilation_rate as Sizes,
      activation,
      use_bias: Boolean(use_bias),
      kernel_initializer: null,
      bias_initializer: bias,
      kernel_regularizer: null,
      bias_regularizer: br,
      kernel_constraint: null,
      bias_constraint: null,
    };
    return new Separable(
      kind,
      o,
      Number(depth),
      dw,
      pw,
      dr,
      pr,
      label as string | null,
      Boolean(trainable),
      reuse,
      scoped ? label : null,
    );
  };
  class Layer extends Separable {
    constructor(filters: number, kernel_size: Sizes, ...rest: unknown[]) {
      const m = make([filters, kernel_size, ...rest], false);
      super(
        kind,
        m.o,
        m.depth_multiplier,
        m.depthwise_initializer,
        m.pointwise_initializer,
        m.depthwise_regularizer,
        m.pointwise_regularizer,
        (rest[18] ?? null) as string | null,
        true,
        rest[19] ?? null,
        null,
      );
    }
  }
  const layer = pyClass(
    `${module}.${kind}`,
    `${HEAD} ${SEPARABLE}` as const,
    Layer as unknown as new (
      filters: number,
      kernel_size: Sizes,
    ) => LayerImpl,
  );
  const call = v1(
    name,
    `inputs ${HEAD} ${SEPARABLE}` as const,
    ((inputs: unknown, filters: number, kernel_size: Sizes, ...rest: unknown[]): GraphTensor =>
      make([filters, kernel_size, ...rest], true).__call__(inputs)) as (
      inputs: unknown,
      filters: number,
      kernel_size: Sizes,
    ) => GraphTensor,
  );
  return { layer, call };
}

const one = convolution("Conv1D", 1);
const two = convolution("Conv2D", 2);
const three = convolution("Conv3D", 3);
const back2 = transposed("Conv2DTranspose", "conv2d_transpose", 2);
const back3 = transposed("Conv3DTranspose", "conv3d_transpose", 3);
const apart1 = separable("SeparableConv1D", "separable_conv1d", 1);
const apart2 = separable("SeparableConv2D", "separable_conv2d", 2);
export const Conv1D = one.layer;
export const Conv2D = two.layer;
export const Conv3D = three.layer;
export const Conv2DTranspose = back2.layer;
export const Conv3DTranspose = back3.layer;
export const SeparableConv1D = apart1.layer;
export const SeparableConv2D = apart2.layer;
export const conv1d = one.call;
export const conv2d = two.call;
export const conv3d = three.call;
export const conv2d_transpose = back2.call;
export const conv3d_transpose = back3.call;
export const separable_conv1d = apart1.call;
export const separable_conv2d = apart2.call;
