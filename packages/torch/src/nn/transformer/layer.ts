import { RuntimeError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { Dropout } from "../dropout/dropout.js";
import * as F from "../functional/index.js";
import { Linear } from "../linear/linear.js";
import { ModuleImpl } from "../module.js";
import { LayerNorm } from "../norm/layer-norm.js";
import { MultiheadAttention } from "./multihead-attention.js";

/** A function, a module, or the name of one of two functions. */
export type Activation = "relu" | "gelu" | ((x: Tensor) => Tensor) | ModuleImpl;

/** A mask that hides keys: true or −∞ where it does. */
export type Mask = Tensor | null;

/** The arguments that encoder and decoder layers share. */
export interface LayerOptions {
  readonly d_model: number;
  readonly nhead: number;
  readonly dim_feedforward: number;
  readonly dropout: number;
  readonly activation: Activation;
  readonly layer_norm_eps: number;
  readonly batch_first: boolean;
  readonly norm_first: boolean;
  readonly bias: boolean;
  readonly device: unknown;
  readonly dtype: DTypeLike | null;
}

/** The constructor's parameters, in PyTorch's order. */
export const LAYER_SIGNATURE =
  "d_model nhead dim_feedforward dropout activation layer_norm_eps batch_first norm_first bias device dtype";

function functionOf(activation: Activation): ModuleImpl | ((x: Tensor) => Tensor) {
  if (typeof activation !== "string") return activation;
  if (activation === "relu") return F.relu as (x: Tensor) => Tensor;
  if (activation === "gelu") return F.gelu as (x: Tensor) => Tensor;
  throw new RuntimeError(`activation should be relu/gelu, not ${String(activation)}`);
}

type Attention = MultiheadAttention;

/** What encoder and decoder layers share: attention to oneself, and the network of two linear layers. */
export abstract class TransformerLayer extends ModuleImpl {
  declare self_attn: Attention;
  declare linear1: Linear;
  declare dropout: Dropout;
  declare linear2: Linear;
  declare norm_first: boolean;
  declare norm1: LayerNorm;
  declare norm2: LayerNorm;
  declare activation: ModuleImpl | ((x: Tensor) => Tensor);

  /** Attention of the layer's width. */
  _attention(o: LayerOptions): Attention {
    return MultiheadAttention(o.d_model, o.nhead, {
      dropout: o.dropout,
      bias: o.bias,
      batch_first: o.batch_first,
      device: o.device,
      dtype: o.dtype,
    });
  }
  _norm(o: LayerOptions): LayerNorm {
    const { layer_norm_eps: eps, bias, device, dtype } = o;
    return LayerNorm(o.d_model, { eps, bias, device, dtype });
  }
  _network(o: LayerOptions): void {
    const factory = [o.bias, o.device, o.dtype] as const;
    this.linear1 = Linear(o.d_model, o.dim_feedforward, ...factory);
    this.dropout = Dropout(o.dropout);
    this.linear2 = Linear(o.dim_feedforward, o.d_model, ...factory);
    this.norm_first = o.norm_first;
  }
  _activate(o: LayerOptions): void {
    this.activation = functionOf(o.activation);
  }

  /** Attention, queries to keys, and dropout. */
  _attend(
    attention: Attention,
    dropout: Dropout,
    x: Tensor,
    memory: Tensor,
    attn_mask: Mask,
    key_padding_mask: Mask,
    is_causal: boolean,
  ): Tensor {
    const options = { attn_mask, key_padding_mask, need_weights: false, is_causal };
    const [output] = attention(x, memory, memory, options);
    return dropout(output);
  }
  /** The network, and dropout. */
  _feed(dropout: Dropout, x: Tensor): Tensor {
    return dropout(this.linear2(this.dropout(this.activation(this.linear1(x)))));
  }
  /** x with a block's result added, normalised before the block or behind the sum. */
  _residual(x: Tensor, norm: LayerNorm, block: (x: Tensor) => Tensor): Tensor {
    return this.norm_first ? x.add(block(norm(x))) : norm(x.add(block(x)));
  }
}
