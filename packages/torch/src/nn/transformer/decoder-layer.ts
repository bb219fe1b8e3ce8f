import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { Dropout } from "../dropout/dropout.js";
import * as F from "../functional/index.js";
import { moduleClass } from "../module/keywords.js";
import type { LayerNorm } from "../norm/layer-norm.js";
import { type Activation, LAYER_SIGNATURE, type Mask, TransformerLayer } from "./layer.js";
import type { MultiheadAttention } from "./multihead-attention.js";

class TransformerDecoderLayerImpl extends TransformerLayer {
  declare multihead_attn: MultiheadAttention;
  declare norm3: LayerNorm;
  declare dropout1: Dropout;
  declare dropout2: Dropout;
  declare dropout3: Dropout;

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
    this.multihead_attn = this._attention(options);
    this._network(options);
    this.norm1 = this._norm(options);
    this.norm2 = this._norm(options);
    this.norm3 = this._norm(options);
    this.dropout1 = Dropout(dropout);
    this.dropout2 = Dropout(dropout);
    this.dropout3 = Dropout(dropout);
    this._activate(options);
  }

  override forward(
    tgt: Tensor,
    memory: Tensor,
    tgt_mask: Mask = null,
    memory_mask: Mask = null,
    tgt_key_padding_mask: Mask = null,
    memory_key_padding_mask: Mask = null,
    tgt_is_causal = false,
    memory_is_causal = false,
  ): Tensor {
    const { self_attn, multihead_attn, dropout1, dropout2 } = this;
    let x = this._residual(tgt, this.norm1, (y) =>
      this._attend(self_attn, dropout1, y, y, tgt_mask, tgt_key_padding_mask, tgt_is_causal),
    );
    x = this._residual(x, this.norm2, (y) =>
      this._attend(
        multihead_attn,
        dropout2,
        y,
        memory,
        memory_mask,
        memory_key_padding_mask,
        memory_is_causal,
      ),
    );
    return this._residual(x, this.norm3, (y) => this._feed(this.dropout3, y));
  }
}

interface DecoderLayerOptions {
  tgt_mask?: Mask;
  memory_mask?: Mask;
  tgt_key_padding_mask?: Mask;
  memory_key_padding_mask?: Mask;
  tgt_is_causal?: boolean;
  memory_is_causal?: boolean;
}
interface TransformerDecoderLayerImpl {
  (tgt: Tensor, memory: Tensor, options?: DecoderLayerOptions): Tensor;
}

/** `torch.nn.TransformerDecoderLayer`: attention to oneself, attention to an encoder's output, and the network. */
export const TransformerDecoderLayer = moduleClass(
  "transformer.TransformerDecoderLayer",
  LAYER_SIGNATURE,
  TransformerDecoderLayerImpl,
  "tgt memory tgt_mask memory_mask tgt_key_padding_mask memory_key_padding_mask tgt_is_causal memory_is_causal",
);
export type TransformerDecoderLayer = TransformerDecoderLayerImpl;
