import { get_default_graph } from "../../../graph/current.js";
import type { GraphTensor } from "../../../graph/tensor.js";
import type { GraphVariable } from "../../../graph/variable.js";
import type { DType } from "../../../shared.js";
import { initializerOf } from "../../initializers.js";
import { node } from "../../random-ops.js";
import { ConvImpl, type ConvOptions, full, letters, narrowed, widened } from "./base.js";

/** Each channel by filters of its own, then all by a pointwise convolution. */
export class Separable extends ConvImpl {
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
