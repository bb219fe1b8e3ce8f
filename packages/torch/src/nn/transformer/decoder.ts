import type { Tensor } from "../../tensor/tensor.js";
import type { ModuleList } from "../container/module-list.js";
import { moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";
import { clones } from "./encoder.js";
import type { Mask } from "./layer.js";
import { isCausal, stepsOf } from "./masks.js";

type Decoding = (x: Tensor, memory: Tensor, options: object) => Tensor;

class TransformerDecoderImpl extends ModuleImpl {
  declare layers: ModuleList;
  declare num_layers: number;
  declare norm: ModuleImpl | null;

  constructor(decoder_layer: ModuleImpl, num_layers: number, norm: ModuleImpl | null = null) {
    super();
    this.layers = clones(decoder_layer, num_layers);
    this.num_layers = num_layers;
    this.norm = norm;
  }

  override forward(
    tgt: Tensor,
    memory: Tensor,
    tgt_mask: Mask = null,
    memory_mask: Mask = null,
    tgt_key_padding_mask: Mask = null,
    memory_key_padding_mask: Mask = null,
    tgt_is_causal: boolean | null = null,
    memory_is_causal = false,
  ): Tensor {
    const steps = stepsOf(tgt, this.layers.at(0).self_attn.batch_first);
    const options = {
      tgt_mask,
      memory_mask,
      tgt_key_padding_mask,
      memory_key_padding_mask,
      tgt_is_causal: isCausal(tgt_mask, tgt_is_causal, steps),
      memory_is_causal,
    };
    let x = tgt;
    for (const layer of this.layers) x = (layer as unknown as Decoding)(x, memory, options);
    return this.norm === null ? x : this.norm(x);
  }
}

interface DecoderOptions {
  tgt_mask?: Mask;
  memory_mask?: Mask;
  tgt_key_padding_mask?: Mask;
  memory_key_padding_mask?: Mask;
  tgt_is_causal?: boolean | null;
  memory_is_causal?: boolean;
}
interface TransformerDecoderImpl {
  (tgt: Tensor, memory: Tensor, options?: DecoderOptions): Tensor;
}

/** `torch.nn.TransformerDecoder`: a stack of copies of one decoder layer, and a norm behind it. */
export const TransformerDecoder = moduleClass(
  "transformer.TransformerDecoder",
  "decoder_layer num_layers norm",
  TransformerDecoderImpl,
  "tgt memory tgt_mask memory_mask tgt_key_padding_mask memory_key_padding_mask tgt_is_causal memory_is_causal",
);
export type TransformerDecoder = TransformerDecoderImpl;
