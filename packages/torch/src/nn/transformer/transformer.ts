import { type Arguments, RuntimeError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import * as init from "../init.js";
import { keywordArguments, moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";
import { LayerNorm } from "../norm/layer-norm.js";
import { TransformerDecoder } from "./decoder.js";
import { TransformerDecoderLayer } from "./decoder-layer.js";
import { TransformerEncoder } from "./encoder.js";
import { TransformerEncoderLayer } from "./encoder-layer.js";
import type { Activation, Mask } from "./layer.js";
import { causalMask } from "./masks.js";

const SUBSEQUENT = "sz device dtype";
type Subsequent = [sz: number, device?: unknown, dtype?: DTypeLike | null];
const subsequent = keywordArguments("Transformer.generate_square_subsequent_mask", SUBSEQUENT, 1);

class TransformerImpl extends ModuleImpl {
  declare encoder: ModuleImpl;
  declare decoder: ModuleImpl;
  declare d_model: number;
  declare nhead: number;
  declare batch_first: boolean;

  constructor(
    d_model = 512,
    nhead = 8,
    num_encoder_layers = 6,
    num_decoder_layers = 6,
    dim_feedforward = 2048,
    dropout = 0.1,
    activation: Activation = F.relu as (x: Tensor) => Tensor,
    custom_encoder: ModuleImpl | null = null,
    custom_decoder: ModuleImpl | null = null,
    layer_norm_eps = 1e-5,
    batch_first = false,
    norm_first = false,
    bias = true,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super();
    const layer = [
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
    ] as const;
    const norm = (): LayerNorm => LayerNorm(d_model, layer_norm_eps, true, bias, device, dtype);
    this.encoder =
      custom_encoder ?? TransformerEncoder(TransformerEncoderLayer(...layer), num_encoder_layers, norm());
    this.decoder =
      custom_decoder ?? TransformerDecoder(TransformerDecoderLayer(...layer), num_decoder_layers, norm());
    this._reset_parameters();
    this.d_model = d_model;
    this.nhead = nhead;
    this.batch_first = batch_first;
  }

  _reset_parameters(): void {
    for (const p of this.parameters()) if (p.ndim > 1) init.xavier_uniform_(p);
  }

  /** −∞ above the diagonal, 0 elsewhere: the mask by which a step sees itself and those before. */
  static generate_square_subsequent_mask(...args: Arguments<typeof SUBSEQUENT, Subsequent>): Tensor {
    const [size, , dtype = null] = subsequent<Subsequent>(args);
    return causalMask(size, dtype);
  }

  override forward(
    src: Tensor,
    tgt: Tensor,
    src_mask: Mask = null,
    tgt_mask: Mask = null,
    memory_mask: Mask = null,
    src_key_padding_mask: Mask = null,
    tgt_key_padding_mask: Mask = null,
    memory_key_padding_mask: Mask = null,
    src_is_causal: boolean | null = null,
    tgt_is_causal: boolean | null = null,
    memory_is_causal = false,
  ): Tensor {
    const batch = this.batch_first ? 0 : 1;
    if (src.ndim === 3 && src.shape[batch] !== tgt.shape[batch])
      throw new RuntimeError("the batch number of src and tgt must be equal");
    if (src.shape[src.ndim - 1] !== this.d_model || tgt.shape[tgt.ndim - 1] !== this.d_model)
      throw new RuntimeError("the feature number of src and tgt must be equal to d_model");
    const memory = this.encoder(src, { mask: src_mask, src_key_padding_mask, is_causal: src_is_causal });
    return this.decoder(tgt, memory, {
      tgt_mask,
      memory_mask,
      tgt_key_padding_mask,
      memory_key_padding_mask,
      tgt_is_causal,
      memory_is_causal,
    });
  }
}

interface TransformerOptions {
  src_mask?: Mask;
  tgt_mask?: Mask;
  memory_mask?: Mask;
  src_key_padding_mask?: Mask;
  tgt_key_padding_mask?: Mask;
  memory_key_padding_mask?: Mask;
  src_is_causal?: boolean | null;
  tgt_is_causal?: boolean | null;
  memory_is_causal?: boolean;
}
interface TransformerImpl {
  (src: Tensor, tgt: Tensor, options?: TransformerOptions): Tensor;
}

/**
 * `torch.nn.Transformer`: an encoder stack and a decoder stack that looks at its output.
 *
 * Source: Vaswani et al., "Attention Is All You Need".
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const net = torch.nn.Transformer({ d_model: 8, nhead: 2, num_encoder_layers: 1, num_decoder_layers: 1, dim_feedforward: 16 });
 * const mask = torch.nn.Transformer.generate_square_subsequent_mask(3);
 * print(net(torch.rand(5, 2, 8), torch.rand(3, 2, 8), { tgt_mask: mask }).shape, mask);
 * // prints
 * // torch.Size([3, 2, 8]) tensor([[0., -inf, -inf],
 * //         [0., 0., -inf],
 * //         [0., 0., 0.]])
 * ```
 */
export const Transformer = moduleClass(
  "transformer.Transformer",
  "d_model nhead num_encoder_layers num_decoder_layers dim_feedforward dropout activation custom_encoder custom_decoder layer_norm_eps batch_first norm_first bias device dtype",
  TransformerImpl,
  "src tgt src_mask tgt_mask memory_mask src_key_padding_mask tgt_key_padding_mask memory_key_padding_mask src_is_causal tgt_is_causal memory_is_causal",
);
export type Transformer = TransformerImpl;
