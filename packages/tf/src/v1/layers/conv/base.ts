import { repr, ValueError } from "@cognate/py";
import type { Graph } from "../../../graph/graph.js";
import type { GraphTensor } from "../../../graph/tensor.js";
import type { GraphVariable } from "../../../graph/variable.js";
import type { DType } from "../../../shared.js";
import { initializerOf } from "../../initializers.js";
import { node } from "../../random-ops.js";
import { activationOf } from "../activations.js";
import { LayerImpl } from "../base.js";

export type Sizes = number | readonly number[];

/** A number for every axis, or one for each. @throws ValueError */
function sizesOf(x: Sizes, n: number, what: string): number[] {
  const list = Array.isArray(x) ? x.map(Number) : Array<number>(n).fill(Number(x));
  if (list.length !== n)
    throw new ValueError(`The \`${what}\` argument must be a tuple of ${n} integers. Received: ${repr(x)}`);
  return list;
}

/** What the layers of this family are told. */
export interface ConvOptions {
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

export const first = (format: string): boolean => format === "channels_first";

/** Lengths of all axes in the operation's order, from those of the axes in space. */
export const full = (sizes: readonly number[], format: string): number[] =>
  first(format) ? [1, 1, ...sizes] : [1, ...sizes, 1];
export const letters = (rank: number, format: string): string =>
  rank === 3 ? (first(format) ? "NCDHW" : "NDHWC") : first(format) ? "NCHW" : "NHWC";

/** One axis is handled as two, the first of length 1. */
export const widened = (g: Graph, x: GraphTensor, format: string): GraphTensor =>
  node(g, "ExpandDims", [x, first(format) ? 2 : 1], {}, "ExpandDims");
export const narrowed = (g: Graph, x: GraphTensor, format: string): GraphTensor =>
  node(g, "Squeeze", [x], { squeeze_dims: [first(format) ? 2 : 1] }, "Squeeze");

export abstract class ConvImpl extends LayerImpl {
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
