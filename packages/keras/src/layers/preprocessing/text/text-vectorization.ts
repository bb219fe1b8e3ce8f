import { repr, Tuple, ValueError } from "@cognate/py";
import { floatx } from "../../../backend/config.js";
import { KerasTensor } from "../../../backend/keras-tensor.js";
import type { Shape } from "../../../backend/shape.js";
import { Tensor, type TensorLike } from "../../../backend/tensor.js";
import type { CallArguments } from "../../../call-signature.js";
import { hide } from "../../../hide.js";
import * as K from "../../../ops/index.js";
import type { AssetFolder } from "../../../saving/state-walk.js";
import { checkText } from "../../arguments.js";
import { type LayerOptions, StockLayer, stock } from "../../stock.js";
import { StringLookup, type StringLookupImpl } from "./lookups.js";

const PUNCTUATION = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~']/g;
type Texts = string | readonly Texts[];
type Standardize = string | ((texts: Texts) => Texts) | null;
type Split = string | ((texts: Texts) => Texts) | null;

const mapTexts = (f: (x: string) => Texts, x: Texts): Texts =>
  Array.isArray(x) ? (x as readonly Texts[]).map((y) => mapTexts(f, y)) : f(x as string);
/** Runs of words of the lengths that are asked for, joined by blanks. */
const runsOf = (words: readonly string[], lengths: readonly number[]): string[] =>
  lengths.flatMap((n) =>
    words.slice(0, Math.max(words.length - n + 1, 0)).map((_, i) => words.slice(i, i + n).join(" ")),
  );

export class TextVectorizationImpl extends StockLayer {
  declare readonly _standardize: Standardize;
  declare readonly _split: Split;
  declare readonly _ngramsGiven: number | Tuple<number> | null;
  declare readonly _output_mode: string;
  declare readonly _output_sequence_length: number | null;
  declare readonly _ragged: boolean;
  declare readonly _encoding: string;
  /** The table behind it, a part of its own in files. */
  declare _lookup_layer: StringLookupImpl;

  constructor(
    max_tokens: number | null = null,
    standardize: Standardize = "lower_and_strip_punctuation",
    split: Split = "whitespace",
    ngrams: number | Tuple<number> | null = null,
    output_mode = "int",
    output_sequence_length: number | null = null,
    pad_to_max_tokens = false,
    vocabulary: readonly string[] | null = null,
    idf_weights: readonly number[] | null = null,
    sparse = false,
    ragged = false,
    encoding = "utf-8",
    name: string | null = null,
    { vocabulary_size = null, ...options }: LayerOptions & { vocabulary_size?: number | null } = {},
  ) {
    super({ name, ...options });
    const own = output_mode === "binary" ? "multi_hot" : output_mode === "tf-idf" ? "tf_idf" : output_mode;
    if (typeof standardize === "string")
      checkText(
        standardize,
        ["lower_and_strip_punctuation", "lower", "strip_punctuation"],
        this,
        "standardize",
        "",
      );
    if (typeof split === "string") checkText(split, ["whitespace", "character"], this, "split", "");
    checkText(own, ["int", "one_hot", "multi_hot", "count", "tf_idf"], this, "output_mode", "");
    if (own !== "int" && output_sequence_length !== null)
      throw new ValueError(
        `\`output_sequence_length\` must not be set if \`output_mode\` is not 'int'. Received output_sequence_length=${output_sequence_length}.`,
      );
    if (ragged && own !== "int")
      throw new ValueError(
        `\`ragged\` must not be true if \`output_mode\` is \`'int'\`. Received: ragged=True and output_mode=${own}`,
      );
    const fields = {
      _standardize: standardize,
      _split: split,
      _ngramsGiven: ngrams,
      _output_mode: own,
      _output_sequence_length: output_sequence_length,
      _ragged: ragged,
      _encoding: encoding,
    };
    for (const [field, value] of Object.entries(fields)) hide(this, field, value);
    this._lookup_layer = StringLookup({
      max_tokens,
      vocabulary,
      idf_weights,
      pad_to_max_tokens,
      mask_token: "",
      output_mode: own,
      sparse,
      encoding,
      vocabulary_size,
    } as never) as unknown as StringLookupImpl;
    hide(this, "_allow_non_tensor_positional_args", true);
    hide(this, "_convert_input_args", false);
  }
  get _lookup(): StringLookupImpl {
    return this._lookup_layer;
  }
  override save_own_variables(store: Record<string, unknown>): void {
    this._lookup.save_own_variables(store);
  }
  override load_own_variables(store: Readonly<Record<string, unknown>>): void {
    this._lookup.load_own_variables(store);
  }
  save_assets(folder: AssetFolder): void {
    this._lookup.save_assets(folder);
  }
  load_assets(folder: AssetFolder): void {
    this._lookup.load_assets(folder);
  }
  get _ngrams(): readonly number[] | null {
    const n = this._ngramsGiven;
    return typeof n === "number" ? Array.from({ length: n }, (_, i) => i + 1) : n;
  }
  /** Texts as lists of words. */
  _preprocess(inputs: Texts): Texts {
    const { _standardize: standardize, _split: split, _ngrams: lengths } = this;
    const lower = standardize === "lower" || standardize === "lower_and_strip_punctuation";
    const strip = standardize === "strip_punctuation" || standardize === "lower_and_strip_punctuation";
    const plain =
      typeof standardize === "function"
        ? standardize(inputs)
        : mapTexts((t) => {
            const own = lower ? t.replace(/[A-Z]/g, (c) => c.toLowerCase()) : t;
            return strip ? own.replace(PUNCTUATION, "") : own;
          }, inputs);
    if (split === null) return lengths === null ? plain : this._runs(plain, lengths);
    const flat =
      Array.isArray(plain) && Array.isArray(plain[0])
        ? (plain as readonly (readonly Texts[])[]).map((row) => {
            if (row.length !== 1)
              throw new ValueError(
                `When using \`TextVectorization\` to tokenize strings, the input rank must be 1 or the last shape dimension must be 1. Received: inputs.shape=(${plain.length}, ${row.length}) with rank=2`,
              );
            return row[0]!;
          })
        : plain;
    const words =
      typeof split === "function"
        ? split(flat)
        : mapTexts((t) => (split === "character" ? [...t] : (t.match(/\S+/g) ?? [])), flat);
    return lengths === null ? words : this._runs(words, lengths);
  }
  _runs(words: Texts, lengths: readonly number[]): Texts {
    if (!Array.isArray(words) || !Array.isArray(words[0])) return runsOf(words as readonly string[], lengths);
    return (words as readonly Texts[]).map((row) => this._runs(row, lengths));
  }
  /** Learns the vocabulary from texts, or batches of them. */
  adapt(
    data: readonly Texts[] | Iterable<Texts>,
    _batch_size: number | null = null,
    steps: number | null = null,
  ): void {
    this._lookup.reset_state();
    const batches = Array.isArray(data) ? [data as Texts] : [...(data as Iterable<Texts>)];
    for (const batch of batches.slice(0, steps ?? batches.length)) this.update_state(batch);
    this._lookup.finalize_state();
  }
  update_state(data: Texts): void {
    this._lookup.update_state(this._preprocess(data) as never);
  }
  finalize_state(): void {
    this._lookup.finalize_state();
  }
  reset_state(): void {
    this._lookup.reset_state();
  }
  get_vocabulary(include_special_tokens = true): unknown[] {
    return this._lookup.get_vocabulary(include_special_tokens);
  }
  vocabulary_size(): number {
    return this._lookup.vocabulary_size();
  }
  set_vocabulary(vocabulary: readonly string[], idf_weights: readonly number[] | null = null): void {
    this._lookup.set_vocabulary(vocabulary, idf_weights);
  }
  override call(inputs: Texts | Tensor): unknown {
    if (inputs instanceof Tensor)
      throw new ValueError(`Texts were expected. Received: inputs=${repr(inputs)}`);
    const words = this._preprocess(inputs);
    const rows =
      Array.isArray(words) && Array.isArray(words[0]) ? (words as readonly (readonly string[])[]) : null;
    if (this._output_mode === "int") {
      const numbers = this._lookup._numbers(words as never) as number[] | number[][];
      const longest =
        rows === null ? (words as readonly string[]).length : Math.max(0, ...rows.map((r) => r.length));
      const length = this._output_sequence_length ?? longest;
      const fitted = (row: readonly number[]): number[] => Array.from({ length }, (_, i) => row[i] ?? 0);
      const y =
        rows === null && this._split === null
          ? numbers
          : rows === null
            ? fitted(numbers as number[])
            : (numbers as number[][]).map(fitted);
      return K.convert_to_tensor(y as TensorLike, "int64");
    }
    if (rows === null) return this._lookup.call(words as never);
    const longest = Math.max(0, ...rows.map((r) => r.length));
    // Places without a word are of no class.
    const numbers = (this._lookup._numbers(rows as never) as number[][]).map((row) =>
      Array.from({ length: longest }, (_, i) => row[i] ?? -1),
    );
    return this._lookup._encoded(K.convert_to_tensor(numbers, "int64"));
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    if (this._output_mode === "int")
      return Tuple.of_<number | null>([input_shape[0]!, this._output_sequence_length]);
    const own =
      this._split === null
        ? input_shape.length <= 1
          ? [...input_shape, 1]
          : input_shape
        : [...input_shape, null];
    return this._lookup.compute_output_shape(own);
  }
  override _spec(call: CallArguments): unknown {
    const [x] = call.args as readonly [KerasTensor];
    const type = this._output_mode === "int" ? "int64" : floatx();
    return new KerasTensor(this.compute_output_shape(x.shape), type, null, x.record_history);
  }
  override get_config(): Record<string, unknown> {
    const { _lookup: lookup } = this;
    return {
      ...super.get_config(),
      max_tokens: lookup.max_tokens,
      standardize: this._standardize,
      split: this._split,
      ngrams: this._ngramsGiven,
      output_mode: this._output_mode,
      output_sequence_length: this._output_sequence_length,
      pad_to_max_tokens: lookup.pad_to_max_tokens,
      sparse: lookup.sparse,
      ragged: this._ragged,
      vocabulary: lookup.input_vocabulary,
      idf_weights: lookup.input_idf_weights,
      encoding: this._encoding,
      vocabulary_size: this.vocabulary_size(),
    };
  }
}

/**
 * `keras.layers.TextVectorization`: texts as the numbers of their words, or as counts of them.
 *
 * @throws ValueError
 */
export const TextVectorization = stock(
  "preprocessing.text_vectorization.TextVectorization",
  "max_tokens standardize split ngrams output_mode output_sequence_length pad_to_max_tokens vocabulary idf_weights sparse ragged encoding name **kwargs",
  TextVectorizationImpl,
  { config: "" },
);
export type TextVectorization = TextVectorizationImpl;
