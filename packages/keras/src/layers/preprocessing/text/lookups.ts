import { ValueError } from "@cognate/py";
import { stock } from "../../stock.js";
import { IndexLookup } from "./index-lookup.js";

type Salt = number | readonly number[] | null;
interface Rest {
  readonly vocabulary_size?: number | null;
  readonly oov_method?: string;
}

export class StringLookupImpl extends IndexLookup {
  declare readonly encoding: string;

  constructor(
    max_tokens: number | null = null,
    num_oov_indices = 1,
    mask_token: string | null = null,
    oov_token: string | null = "[UNK]",
    vocabulary: readonly string[] | null = null,
    idf_weights: readonly number[] | null = null,
    invert = false,
    output_mode = "int",
    pad_to_max_tokens = false,
    sparse = false,
    encoding = "utf-8",
    name: string | null = null,
    salt: Salt = null,
    { vocabulary_size = null, oov_method = "floormod" }: Rest = {},
  ) {
    super({
      max_tokens,
      num_oov_indices,
      mask_token,
      oov_token,
      vocabulary,
      idf_weights,
      invert,
      output_mode,
      pad_to_max_tokens,
      sparse,
      oov_method,
      name,
      salt,
      vocabulary_size,
    });
    this._take({ encoding });
  }
  override get_config(): Record<string, unknown> {
    const { vocabulary_dtype: _, ...config } = super.get_config();
    return { ...config, encoding: this.encoding };
  }
}

/**
 * `keras.layers.StringLookup`: words, in nested lists, as the numbers that a vocabulary gives them, and back.
 *
 * @throws ValueError for a vocabulary that names a word twice
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const lookup = keras.layers.StringLookup({ vocabulary: ["a", "b", "c"] });
 * print(lookup([["a", "z"], ["c", "b"]]).numpy().tolist()); // prints [[1, 0], [3, 2]]
 * ```
 */
export const StringLookup = stock(
  "preprocessing.string_lookup.StringLookup",
  "max_tokens num_oov_indices mask_token oov_token vocabulary idf_weights invert output_mode pad_to_max_tokens sparse encoding name salt **kwargs",
  StringLookupImpl,
  { config: "" },
);
export type StringLookup = StringLookupImpl;

export class IntegerLookupImpl extends IndexLookup {
  constructor(
    max_tokens: number | null = null,
    num_oov_indices = 1,
    mask_token: number | null = null,
    oov_token: number | null = -1,
    vocabulary: readonly number[] | null = null,
    vocabulary_dtype = "int64",
    idf_weights: readonly number[] | null = null,
    invert = false,
    output_mode = "int",
    sparse = false,
    pad_to_max_tokens = false,
    oov_method = "floormod",
    salt: Salt = null,
    name: string | null = null,
    { vocabulary_size = null }: Rest = {},
  ) {
    if (max_tokens !== null && max_tokens <= 1)
      throw new ValueError(
        `If \`max_tokens\` is set for \`IntegerLookup\`, it must be greater than 1. Received: max_tokens=${max_tokens}`,
      );
    if (num_oov_indices < 0)
      throw new ValueError(
        `The value of \`num_oov_indices\` argument for \`IntegerLookup\` must >= 0. Received: num_oov_indices=${num_oov_indices}`,
      );
    if (vocabulary_dtype !== "int64")
      throw new ValueError(
        `Only \`vocabulary_dtype='int64'\` is supported at this time. Received: vocabulary_dtype=${vocabulary_dtype}`,
      );
    super({
      max_tokens,
      num_oov_indices,
      mask_token,
      oov_token,
      vocabulary,
      idf_weights,
      invert,
      output_mode,
      sparse,
      pad_to_max_tokens,
      oov_method,
      salt,
      name,
      vocabulary_size,
    });
  }
  override get _numeric(): boolean {
    return true;
  }
}

/** `keras.layers.IntegerLookup`: whole numbers as the numbers that a vocabulary gives them, and back. */
export const IntegerLookup = stock(
  "preprocessing.integer_lookup.IntegerLookup",
  "max_tokens num_oov_indices mask_token oov_token vocabulary vocabulary_dtype idf_weights invert output_mode sparse pad_to_max_tokens oov_method salt name **kwargs",
  IntegerLookupImpl,
  { config: "" },
);
export type IntegerLookup = IntegerLookupImpl;
