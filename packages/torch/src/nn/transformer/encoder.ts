import { deepcopy, warn } from "@cognate/py";
import { gradEnabled } from "@cognate/tensor";
import { bool } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { ModuleList } from "../container/module-list.js";
import { moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";
import { TransformerEncoderLayer } from "./encoder-layer.js";
import type { Mask } from "./layer.js";
import { isCausal, stepsOf } from "./masks.js";

/** Copies of a layer, each with weights of its own. */
export const clones = (layer: ModuleImpl, n: number): ModuleList =>
  ModuleList(Array.from({ length: n }, () => deepcopy(layer)));

type Encoding = (x: Tensor, options: object) => Tensor;

class TransformerEncoderImpl extends ModuleImpl {
  declare layers: ModuleList;
  declare num_layers: number;
  declare norm: ModuleImpl | null;
  declare enable_nested_tensor: boolean;
  declare use_nested_tensor: boolean;
  declare mask_check: boolean;

  constructor(
    encoder_layer: ModuleImpl,
    num_layers: number,
    norm: ModuleImpl | null = null,
    enable_nested_tensor = true,
    mask_check = true,
  ) {
    super();
    this.layers = clones(encoder_layer, num_layers);
    this.num_layers = num_layers;
    this.norm = norm;
    this.enable_nested_tensor = enable_nested_tensor;
    this.use_nested_tensor = enable_nested_tensor;
    this.mask_check = mask_check;
    const why = whyNotNested(encoder_layer);
    if (!enable_nested_tensor || why === "") return;
    warn(`enable_nested_tensor is True, but self.use_nested_tensor is False because ${why}`);
    this.use_nested_tensor = false;
  }

  override forward(
    src: Tensor,
    mask: Mask = null,
    src_key_padding_mask: Mask = null,
    is_causal: boolean | null = null,
  ): Tensor {
    const first = this.layers.at(0);
    const options = {
      src_mask: mask,
      is_causal: isCausal(mask, is_causal, stepsOf(src, first.self_attn.batch_first)),
      src_key_padding_mask,
    };
    let x = src;
    for (const layer of this.layers) x = (layer as unknown as Encoding)(x, options);
    if (src_key_padding_mask !== null && this._dropsPadding(src, mask, src_key_padding_mask))
      x = x.masked_fill(hidden(src_key_padding_mask).unsqueeze(-1), 0);
    return this.norm === null ? x : this.norm(x);
  }

  /** Whether PyTorch would run without the padded steps, which then come out as zeros. */
  _dropsPadding(src: Tensor, mask: Mask, padding: Tensor): boolean {
    const first = this.layers.at(0);
    if (!this.use_nested_tensor || first.training || src.ndim !== 3 || mask !== null) return false;
    const wantsGrad = src.requires_grad || [...first.parameters()].some((p) => p.requires_grad);
    if (gradEnabled() && wantsGrad) return false;
    return !this.mask_check || isLeftAligned(hidden(padding));
  }
}

/** Where a padding mask hides steps: true, or −∞. */
const hidden = (mask: Tensor): Tensor => (mask.dtype === bool ? mask : mask.ne(0));

/** Whether the hidden steps stand behind all others. */
const isLeftAligned = (mask: Tensor): boolean =>
  (mask.tolist() as boolean[][]).every((row) => row.every((gone, i) => i === 0 || gone || !row[i - 1]));

/** Why a stack of this layer never runs without padded steps, in PyTorch's words; empty if it may. */
function whyNotNested(layer: ModuleImpl): string {
  const name = "encoder_layer";
  if (!(layer instanceof TransformerEncoderLayer)) return `${name} was not TransformerEncoderLayer`;
  const { self_attn, norm1, norm2 } = layer;
  if (layer.norm_first) return `${name}.norm_first was True`;
  if (!self_attn.batch_first)
    return `${name}.self_attn.batch_first was not True(use batch_first for better inference performance)`;
  if (!self_attn._qkv_same_embed_dim) return `${name}.self_attn._qkv_same_embed_dim was not True`;
  if (self_attn.in_proj_bias === null) return `${name}.self_attn was passed bias=False`;
  if (!layer.activation_relu_or_gelu) return `${name}.activation_relu_or_gelu was not True`;
  if (norm1.eps !== norm2.eps) return `${name}.norm1.eps was not equal to ${name}.norm2.eps`;
  return self_attn.num_heads % 2 === 1 ? `${name}.self_attn.num_heads is odd` : "";
}

interface EncoderOptions {
  mask?: Mask;
  src_key_padding_mask?: Mask;
  is_causal?: boolean | null;
}
interface TransformerEncoderImpl {
  (src: Tensor, options?: EncoderOptions): Tensor;
}

/**
 * `torch.nn.TransformerEncoder`: a stack of copies of one layer, and a norm behind it.
 *
 * In evaluation without gradients padded steps come out as zeros (before the norm), as PyTorch leaves them out there.
 */
export const TransformerEncoder = moduleClass(
  "transformer.TransformerEncoder",
  "encoder_layer num_layers norm enable_nested_tensor mask_check",
  TransformerEncoderImpl,
  "src mask src_key_padding_mask is_causal",
);
export type TransformerEncoder = TransformerEncoderImpl;
