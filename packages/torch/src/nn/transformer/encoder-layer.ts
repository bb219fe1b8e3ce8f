import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { GELU, ReLU } from "../activation/activation.js";
import { Dropout } from "../dropout/dropout.js";
import * as F from "../functional/index.js";
import { moduleClass } from "../module/keywords.js";
import { type Activation, LAYER_SIGNATURE, type Mask, TransformerLayer } from "./layer.js";

class TransformerEncoderLayerImpl extends TransformerLayer {
  declare dropout1: Dropout;
  declare dropout2: Dropout;
  /** 1 for relu, 2 for gelu, 0 for others. */
  declare activation_relu_or_gelu: number;

  constructor(
    d_model: number,
    nhead: number,
    dim_feedforward = 2048,
    dropout = 0.1,
    activation: Activation = F.relu as (x: Tensor) => Tensor,
    layer_norm_eps = 1e-5,
    batch_first = false,
    norm_first = false,
    bias = true,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super();
    const options = {
      d_model,
      nhead,
      dim_feedforward,
      dropout,
      activation,
      layer_norm_eps,
      batch_first,
      norm_first,
      bias,
      device,
      dtype,
    };
    this.self_attn = this._attention(options);
    this._network(options);
    this.norm1 = this._norm(options);
    this.norm2 = this._norm(options);
    this.dropout1 = Dropout(dropout);
    this.dropout2 = Dropout(dropout);
    this._activate(options);
    const own: unknown = this.activation;
    this.activation_relu_or_gelu =
      own === F.relu || own instanceof ReLU ? 1 : own === F.gelu || own instanceof GELU ? 2 : 0;
  }

  override forward(
    src: Tensor,
    src_mask: Mask = null,
    src_key_padding_mask: Mask = null,
    is_causal = false,
  ): Tensor {
    const x = this._residual(src, this.norm1, (y) =>
      this._attend(this.self_attn, this.dropout1, y, y, src_mask, src_key_padding_mask, is_causal),
    );
    return this._residual(x, this.norm2, (y) => this._feed(this.dropout2, y));
  }
}

interface EncoderLayerOptions {
  src_mask?: Mask;
  src_key_padding_mask?: Mask;
  is_causal?: boolean;
}
interface TransformerEncoderLayerImpl {
  (src: Tensor, options?: EncoderLayerOptions): Tensor;
}

/** `torch.nn.TransformerEncoderLayer`: attention to oneself and a network of two linear layers, each added to its input. */
export const TransformerEncoderLayer = moduleClass(
  "transformer.TransformerEncoderLayer",
  LAYER_SIGNATURE,
  TransformerEncoderLayerImpl,
  "src src_mask src_key_padding_mask is_causal",
);
export type TransformerEncoderLayer = TransformerEncoderLayerImpl;
