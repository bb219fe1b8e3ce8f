import { Tuple, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { WrapperImpl } from "../core/wrapper.js";
import { LayerImpl } from "../layer.js";
import { type LayerOptions, stock } from "../stock.js";

export class TimeDistributedImpl extends WrapperImpl {
  constructor(layer: LayerImpl, options: LayerOptions = {}) {
    if (!(layer instanceof LayerImpl))
      throw new ValueError(
        `Please initialize \`TimeDistributed\` layer with a \`keras.layers.Layer\` instance. Received: ${String(layer)}`,
      );
    super(layer, options);
    this.supports_masking = true;
  }
  _child(input_shape: Shape): Shape {
    if (!Array.isArray(input_shape) || input_shape.length < 3)
      throw new ValueError(
        `\`TimeDistributed\` Layer should be passed an \`input_shape\` with at least 3 dimensions, received: ${shapeText(input_shape)}`,
      );
    return Tuple.of_<number | null>([input_shape[0]!, ...input_shape.slice(2)]);
  }
  override build(input_shape: Shape): void {
    super.build(this._child(input_shape));
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    const inner = (this.layer.compute_output_shape as (s: Shape) => Shape)(this._child(input_shape));
    return Tuple.of_<number | null>([inner[0]!, input_shape[1]!, ...inner.slice(1)]);
  }
  override call(inputs: Tensor, training: boolean | null = null, mask: Tensor | null = null): Tensor {
    if (mask !== null) this._checkMask(inputs, mask);
    const { names } = this.layer._signature;
    const steps = Array.from({ length: inputs.shape[1]! }, (_, t) => {
      const keywords: Record<string, unknown> = {};
      if (names.includes("mask") && mask !== null) keywords.mask = mask.at(":", t);
      if (names.includes("training") && training !== null) keywords.training = training;
      return this.layer._compute({ args: [inputs.at(":", t)], kwargs: keywords }) as Tensor;
    });
    return K.stack(steps, 1);
  }
  _checkMask(inputs: Tensor, mask: Tensor): void {
    if (mask.ndim < 2)
      throw new ValueError(
        `The \`mask\` passed to the \`TimeDistributed\` layer must be at least 2D (e.g., \`(batch_size, timesteps)\`), but it has ${mask.ndim} dimension(s) with shape ${mask.shape}.`,
      );
    const [batch, steps] = inputs.shape;
    if (mask.shape[0] !== batch || mask.shape[1] !== steps)
      throw new ValueError(
        `The \`mask\` passed to the \`TimeDistributed\` layer has a shape ${mask.shape} that is incompatible with the input shape ${inputs.shape}. The first two dimensions of the mask (batch size and timesteps) must match the input's first two dimensions. Expected mask shape prefix: (${batch}, ${steps}).`,
      );
  }
}

/** `keras.layers.TimeDistributed`: a layer on every step of `(batch, steps, …)` on its own. */
export const TimeDistributed = stock(
  "rnn.time_distributed.TimeDistributed",
  "layer **kwargs",
  TimeDistributedImpl,
  { call: "inputs training? mask?" },
);
export type TimeDistributed = TimeDistributedImpl;
