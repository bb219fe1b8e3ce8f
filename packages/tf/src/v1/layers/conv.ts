import { pyClass, repr, ValueError } from "@cognate/py";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import type { DType } from "../../shared.js";
import { initializerOf, zeros_initializer } from "../initializers.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import { activationOf } from "./activations.js";
import { LayerImpl } from "./base.js";

type Sizes = number | readonly number[];

/** A number for every axis, or one for each. @throws ValueError */
function sizesOf(x: Sizes, n: number, what: string): number[] {
  const list = Array.isArray(x) ? x.map(Number) : Array<number>(n).fill(Number(x));
  if (list.length !== n)
    throw new ValueError(`The \`${what}\` argument must be a tuple of ${n} integers. Received: ${repr(x)}`);
  return list;
}

/** What the layers of this family are told. */
interface ConvOptions {
  readonly rank: number;
  readonly filters: number;
  readonly kernel_size: Sizes;
  readonly strides: Sizes;
  readonly padding: string;
  readonly data_format: string;
  readonly dilation_rate: Sizes;
  readonly activation: unknown;
  readonly use_bias: boolean;
  readonly kernel_initializer: unknown;
  readonly bias_initializer: unknown;
  readonly kernel_regularizer: unknown;
  readonly bias_regularizer: unknown;
  readonly kernel_constraint: unknown;
  readonly bias_constraint: unknown;
}

const first = (format: string): boolean => format === "channels_first";

/** Lengths of all axes in the operation's order, from those of the axes in space. */
const full = (sizes: readonly number[], format: string): number[] =>
  first(format) ? [1, 1, ...sizes] : [1, ...sizes, 1];
const letters = (rank: number, format: string): string =>
  rank === 3 ? (first(format) ? "NCDHW" : "NDHWC") : first(format) ? "NCHW" : "NHWC";

/** One axis is handled as two, the first of length 1. */
const widened = (g: Graph, x: GraphTensor, format: string): GraphTensor =>
  node(g, "ExpandDims", [x, first(format) ? 2 : 1], {}, "ExpandDims");
const narrowed = (g: Graph, x: GraphTensor, format: string): GraphTensor =>
  node(g, "Squeeze", [x], { squeeze_dims: [first(format) ? 2 : 1] }, "Squeeze");

abstract class ConvImpl extends LayerImpl {
  kernel!: GraphVariable;
  bias: GraphVariable | null = null;
  protected readonly _kernel_size: number[];
  protected readonly _strides: number[];
  protected readonly _dilation: number[];
  constructor(
    kind: string,
    readonly o: ConvOptions,
    name: string | null,
    trainable: boolean,
    reuse: unknown,
    scope: unknown,
  ) {
    super(kind, { name, trainable, _reuse: reuse, _scope: scope });
    this._kernel_size = sizesOf(o.kernel_size, o.rank, "kernel_size");
    this._strides = sizesOf(o.strides, o.rank, "strides");
    this._dilation = sizesOf(o.dilation_rate, o.rank, "dilation_rate");
    if (!["valid", "same", "causal"].includes(o.padding.toLowerCase()))
      throw new ValueError(
        `The \`padding\` argument must be a list/tuple or one of {"valid", "same"} (or "causal", only for \`Conv1D). Received: ${o.padding}`,
      );
  }
  protected channels(dims: readonly (number | null)[]): number {
    const n = dims[first(this.o.data_format) ? 1 : dims.length - 1] ?? null;
    if (n === null)
      throw new ValueError("The channel dimension of the inputs should be defined. Found `None`.");
    return n;
  }
  protected kernelShape(channels: number): number[] {
    return [...this._kernel_size, channels, this.o.filters];
  }
  build(dims: readonly (number | null)[], dtype: DType): void {
    const { o } = this;
    if (dims.length !== o.rank + 2)
      throw new ValueError(
        `Input 0 of layer "${this.name}" is incompatible with the layer: expected min_ndim=${o.rank + 2}, found ndim=${dims.length}. Full shape received: (${dims.map((d) => d ?? "None").join(", ")})`,
      );
    this.kernel = this.add("kernel", this.kernelShape(this.channels(dims)), dtype, {
      initializer: initializerOf(o.kernel_initializer),
      regularizer: o.kernel_regularizer,
      constraint: o.kernel_constraint,
    });
    this.addBias(dtype);
  }
  protected addBias(dtype: DType): void {
    const { o } = this;
    if (o.use_bias)
      this.bias = this.add("bias", [o.filters], dtype, {
        initializer: initializerOf(o.bias_initializer),
        regularizer: o.bias_regularizer,
        constraint: o.bias_constraint,
      });
  }
  protected finish(g: Graph, y: GraphTensor): GraphTensor {
    const { o } = this;
    let out = y;
    if (this.bias) {
      if (o.rank === 3 && first(o.data_format))
        out = node(g, "AddV2", [out, node(g, "Reshape", [this.bias, [1, o.filters, 1, 1, 1]])]);
      else if (o.rank === 1 && first(o.data_format))
        out = node(g, "AddV2", [out, node(g, "Reshape", [this.bias, [1, o.filters, 1]])]);
      else
        out = node(g, "BiasAdd", [out, this.bias], { data_format: first(o.data_format) ? "NCHW" : "NHWC" });
    }
    return activationOf(o.activation)(out) as GraphTensor;
  }
}

class Convolution extends ConvImpl {
  call(x: GraphTensor): GraphTensor {
    const g = get_default_graph();
    const { o } = this;
    const op = (
      t: GraphTensor,
      k: unknown,
      sizes: { strides: number[]; dilations: number[] },
      padding: string,
    ): GraphTensor =>
      node(g, o.rank === 3 ? "Conv3D" : "Conv2D", [t, k], {
        strides: full(sizes.strides, o.data_format),
        dilations: full(sizes.dilations, o.data_format),
        padding,
        data_format: letters(o.rank, o.data_format),
      });
    const padding = o.padding.toUpperCase();
    if (o.rank > 1)
      return this.finish(
        g,
        op(x, this.kernel, { strides: this._strides, dilations: this._dilation }, padding),
      );
    let t = x;
    if (padding === "CAUSAL") {
      const left = this._dilation[0]! * (this._kernel_size[0]! - 1);
      t = node(g, "Pad", [
        t,
        first(o.data_format)
          ? [
              [0, 0],
              [0, 0],
              [left, 0],
            ]
          : [
              [0, 0],
              [left, 0],
              [0, 0],
            ],
      ]);
    }
    const wide = widened(g, t, o.data_format);
    const kernel = node(g, "ExpandDims", [this.kernel, 0], {}, "ExpandDims_1");
    const y = op(
      wide,
      kernel,
      { strides: [1, ...this._strides], dilations: [1, ...this._dilation] },
      padding === "CAUSAL" ? "VALID" : padding,
    );
    return this.finish(g, narrowed(g, y, o.data_format));
  }
}

/** The length of a transposed convolution along an axis. */
const longer = (n: number, kernel: number, stride: number, padding: string): number =>
  padding === "SAME" ? n * stride : n * stride + Math.max(kernel - stride, 0);

class Transposed extends ConvImpl {
  protected override kernelShape(channels: number): number[] {
    return [...this._kernel_size, this.o.filters, channels];
  }
  call(x: GraphTensor): GraphTensor {
    const g = get_default_graph();
    const { o } = this;
    const padding = o.padding.toUpperCase();
    const space = first(o.data_format) ? 2 : 1;
    const shape = node(g, "Shape", [x]);
    const at = (i: number): unknown =>
      node(g, "StridedSlice", [shape, [i], [i + 1], [1]], { shrink_axis_mask: 1 }, "strided_slice");
    const known = this._kernel_size.map((k, i) => {
      const n = x._dims![space + i];
      return n == null ? null : longer(n, k, this._strides[i]!, padding);
    });
    const lengths = known.map((n, i) => {
      if (n !== null) return n;
      const scaled = node(g, "Mul", [at(space + i), this._strides[i]], {}, "mul");
      const extra = padding === "SAME" ? 0 : Math.max(this._kernel_size[i]! - this._strides[i]!, 0);
      return extra === 0 ? scaled : node(g, "AddV2", [scaled, extra], {}, "add");
    });
    const out = first(o.data_format) ? [at(0), o.filters, ...lengths] : [at(0), ...lengths, o.filters];
    const packed = node(g, "Pack", [out], { axis: 0 }, "stack");
    const y = node(
      g,
      o.rank === 3 ? "Conv3DBackpropInputV2" : "Conv2DBackpropInput",
      [packed, this.kernel, x],
      {
        strides: full(this._strides, o.data_format),
        padding,
        data_format: letters(o.rank, o.data_format),
      },
      o.rank === 3 ? "conv3d_transpose" : "conv2d_transpose",
    );
    const batch = x._dims![0]!;
    y.set_shape(first(o.data_format) ? [batch, o.filters, ...known] : [batch, ...known, o.filters]);
    return this.finish(g, y);
  }
}

/** Each channel by filters of its own, then all by a pointwise convolution. */
class Separable extends ConvImpl {
  depthwise_kernel!: GraphVariable;
  pointwise_kernel!: GraphVariable;
  constructor(
    kind: string,
    o: ConvOptions,
    readonly depth_multiplier: number,
    readonly depthwise_initializer: unknown,
    readonly pointwise_initializer: unknown,
    readonly depthwise_regularizer: unknown,
    readonly pointwise_regularizer: unknown,
    name: string | null,
    trainable: boolean,
    reuse: unknown,
    scope: unknown,
  ) {
    super(kind, o, name, trainable, reuse, scope);
  }
  override build(dims: readonly (number | null)[], dtype: DType): void {
    const channels = this.channels(dims);
    this.depthwise_kernel = this.add(
      "depthwise_kernel",
      [...this._kernel_size, channels, this.depth_multiplier],
      dtype,
      {
        initializer: initializerOf(this.depthwise_initializer),
        regularizer: this.depthwise_regularizer,
      },
    );
    const ones = Array<number>(this.o.rank).fill(1);
    this.pointwise_kernel = this.add(
      "pointwise_kernel",
      [...ones, channels * this.depth_multiplier, this.o.filters],
      dtype,
      {
        initializer: initializerOf(this.pointwise_initializer),
        regularizer: this.pointwise_regularizer,
      },
    );
    this.addBias(dtype);
  }
  call(x: GraphTensor): GraphTensor {
    const g = get_default_graph();
    const { o } = this;
    const line = o.rank === 1;
    const t = line ? widened(g, x, o.data_format) : x;
    const wide = (k: GraphVariable): unknown => (line ? node(g, "ExpandDims", [k, 0]) : k);
    // The kernel takes one stride for both axes; that of length 1 does not care.
    const strides = line ? [this._strides[0]!, this._strides[0]!] : this._strides;
    const dilations = line ? [1, ...this._dilation] : this._dilation;
    const format = letters(2, o.data_format);
    const deep = node(
      g,
      "DepthwiseConv2dNative",
      [t, wide(this.depthwise_kernel)],
      {
        strides: full(strides, o.data_format),
        padding: o.padding.toUpperCase(),
        dilations: full(dilations, o.data_format),
        data_format: format,
      },
      "separable_conv2d/depthwise",
    );
    const y = node(
      g,
      "Conv2D",
      [deep, wide(this.pointwise_kernel)],
      { strides: [1, 1, 1, 1], padding: "VALID", data_format: format },
      "separable_conv2d",
    );
    return this.finish(g, line ? narrowed(g, y, o.data_format) : y);
  }
}

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
