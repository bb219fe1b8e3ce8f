import { IndexRangeError, ops } from "@cognate/kernel";
import { type as pyType, repr, Tuple, ValueError, warn } from "@cognate/py";
import { kernelError } from "../../backend/errors.js";
import { noteRows } from "../../backend/record.js";
import type { Shape } from "../../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import * as K from "../../ops/index.js";
import { apply } from "../../ops/make.js";
import type { QuantizationConfig } from "../../quantizers/config.js";
import { unpack_int4 } from "../../quantizers/int4.js";
import { dequantize_with_sz_map } from "../../quantizers/parameters.js";
import {
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type Layout,
  type RegularizerLike,
  StockLayer,
  stock,
} from "../stock.js";
import { enableLora, loraAdded, loraKernel } from "./lora.js";
import {
  blockSize,
  eightBits,
  fieldsOf,
  fourBits,
  quantizeWeight,
  wholeVariables,
  wholeWeights,
} from "./quantized.js";

const LAYOUT: Layout = { embeddings: { shape: ["input_dim", "output_dim"] } };

const positive = (value: unknown, name: string): void => {
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return;
  throw new ValueError(
    `\`${name}\` must be a positive integer. Received: ${name}=${repr(value)} (of type ${(pyType(value) as { __name__: string }).__name__}).`,
  );
};

export class EmbeddingImpl extends StockLayer {
  declare embeddings: Variable;

  constructor(
    readonly input_dim: number,
    readonly output_dim: number,
    embeddings_initializer: InitializerLike = "uniform",
    embeddings_regularizer: RegularizerLike | null = null,
    embeddings_constraint: ConstraintLike | null = null,
    readonly mask_zero: boolean = false,
    weights: TensorLike | readonly TensorLike[] | null = null,
    lora_rank: number | null = null,
    lora_alpha: number | null = null,
    quantization_config: unknown = null,
    { input_length, ...options }: LayerOptions & { input_length?: number | null } = {},
  ) {
    positive(input_dim, "input_dim");
    positive(output_dim, "output_dim");
    if (input_length !== undefined && input_length !== null)
      warn("Argument `input_length` is deprecated. Just remove it.");
    super(options);
    this._take({
      embeddings_initializer,
      embeddings_regularizer,
      embeddings_constraint,
      lora_rank,
      lora_alpha: lora_alpha ?? lora_rank,
      quantization_config,
    });
    this.supports_masking = Boolean(mask_zero);
    this.autocast = false;
    if (weights === null) return;
    (this.build as () => void)();
    this.set_weights((Array.isArray(weights) && weights.length === 1 ? weights : [weights]) as TensorLike[]);
  }
  override build(_input_shape: Shape | null = null): void {
    if (this.built) return;
    const shape = [this.input_dim, this.output_dim] as const;
    if (this.quantization_mode !== null)
      this.quantized_build(shape, this.quantization_mode, fieldsOf(this).quantization_config);
    else this._weights(LAYOUT, { input_dim: this.input_dim, output_dim: this.output_dim });
    this.built = true;
    const { lora_rank } = this as unknown as { lora_rank: number | null };
    if (lora_rank) this.enable_lora(lora_rank);
  }
  override quantized_build(
    [rows, columns]: readonly [number, number],
    mode: string,
    config: QuantizationConfig | null = null,
  ): void {
    const block = blockSize(this, mode, config);
    wholeWeights(this, "embeddings", {
      value: [rows, mode === "int4" ? Math.ceil(columns / 2) : columns],
      scale: [rows, ...(block === null ? [] : [Math.ceil(columns / block)])],
      inputs: columns,
      block,
    });
    Object.defineProperty(this, "embeddings", {
      get: () =>
        mode === "int4"
          ? unpack_int4(fieldsOf(this)._embeddings as never, columns, -1)
          : fieldsOf(this)._embeddings,
      configurable: true,
    });
  }
  override _quantize(mode: string, config: QuantizationConfig, type_check: boolean): void {
    quantizeWeight(this, "Embedding", "embeddings", { mode, config, type_check }, (block) => {
      if (mode === "int4") return fourBits(this.embeddings, -1, config, block);
      const [value, scale] = eightBits(this.embeddings, -1, config);
      return { value, scale: K.squeeze(scale, -1) as Tensor, zero: null };
    });
  }
  override quantized_call(inputs: Tensor): Tensor {
    const f = fieldsOf(this);
    const ids = ["int32", "int64"].includes(K.dtype(inputs)) ? inputs : (K.cast(inputs, "int32") as Tensor);
    const four = this.quantization_mode === "int4";
    const table = four ? unpack_int4(f._embeddings as never, this.output_dim, -1) : f._embeddings;
    const rows = K.cast(K.take(table as never, ids, 0), this.compute_dtype) as Tensor;
    const scale = K.take(f.embeddings_scale as never, ids, 0) as Tensor;
    let y = (
      four && (f._int4_block_size ?? null) !== null
        ? dequantize_with_sz_map(
            rows,
            scale,
            K.take(f.embeddings_zero as never, ids, 0) as Tensor,
            f.g_idx as never,
          )
        : K.divide(rows, K.expand_dims(scale, -1))
    ) as Tensor;
    if (f.lora_enabled)
      y = loraAdded(this, y, K.take(f.lora_embeddings_a as never, ids, 0) as Tensor, "embeddings");
    return y;
  }
  override _stored(): Variable[] {
    return this.quantization_mode === null ? super._stored() : wholeVariables(this, "embeddings");
  }
  override call(inputs: Tensor): Tensor {
    if (this.quantization_mode !== null) return this.quantized_call(inputs);
    const ids = ["int32", "int64"].includes(K.dtype(inputs)) ? inputs : K.cast(inputs, "int32");
    try {
      const table = loraKernel(this, this.embeddings, "embeddings");
      const rows = apply(ops.embedding, [table, ids._value], {});
      noteRows(this.embeddings, ids._value, rows);
      return K.cast(wrap(rows), this.compute_dtype);
    } catch (e) {
      if (!(e instanceof IndexRangeError)) throw e;
      throw kernelError("GatherV2", `indices = ${e.index} is not in [0, ${this.input_dim})`);
    }
  }
  override compute_mask(inputs: Tensor, _mask: unknown = null): Tensor | null {
    return this.mask_zero ? K.not_equal(inputs, 0) : null;
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    return Tuple.of_<number | null>([...input_shape, this.output_dim]);
  }
  /** Freezes the table and trains two thin matrices beside it. */
  enable_lora(
    rank: number,
    lora_alpha: number | null = null,
    a_initializer: InitializerLike = "he_uniform",
    b_initializer: InitializerLike = "zeros",
  ): void {
    const shapes = [
      [this.input_dim, rank],
      [rank, this.output_dim],
    ];
    enableLora(this, "embeddings", rank, lora_alpha, shapes, [a_initializer, b_initializer]);
  }
}

/**
 * `keras.layers.Embedding`: the rows of a table that whole numbers name, `(…)` → `(…, output_dim)`.
 *
 * @param mask_zero - whether 0 stands for "nothing here" and is masked
 * @throws ValueError for dimensions that are no positive whole numbers
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.layers.Embedding(1000, 64)(keras.Input([10])).shape); // prints (None, 10, 64)
 * ```
 */
export const Embedding = stock(
  "core.embedding.Embedding",
  "input_dim output_dim embeddings_initializer embeddings_regularizer embeddings_constraint mask_zero weights lora_rank lora_alpha quantization_config **kwargs",
  EmbeddingImpl,
  {
    config:
      "input_dim output_dim embeddings_initializer embeddings_regularizer activity_regularizer embeddings_constraint mask_zero quantization_config",
  },
);
export type Embedding = EmbeddingImpl;
