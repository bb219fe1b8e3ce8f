import { repr, Tuple, ValueError } from "@cognate/py";
import { floatx } from "../../../backend/config.js";
import { kernelError } from "../../../backend/errors.js";
import { KerasTensor } from "../../../backend/keras-tensor.js";
import type { Shape } from "../../../backend/shape.js";
import { Tensor, type TensorLike } from "../../../backend/tensor.js";
import type { CallArguments } from "../../../call-signature.js";
import { hide } from "../../../hide.js";
import * as K from "../../../ops/index.js";
import type { AssetFolder } from "../../../saving/state-walk.js";
import { checkText } from "../../arguments.js";
import { StockLayer } from "../../stock.js";
import { encodeCategorical } from "../encoding.js";
import { bucketOf } from "./fingerprint.js";
import { flatTokens, listed, mapTokens, rankOf, type Token, type Tokens } from "./nested.js";

/** What tables of words and of numbers take. */
export interface LookupOptions {
  readonly max_tokens: number | null;
  readonly num_oov_indices: number;
  readonly mask_token: Token | null;
  readonly oov_token: Token | null;
  readonly vocabulary: readonly Token[] | null;
  readonly idf_weights: readonly number[] | null;
  readonly invert: boolean;
  readonly output_mode: string;
  readonly sparse: boolean;
  readonly pad_to_max_tokens: boolean;
  readonly oov_method: string;
  readonly salt: number | readonly number[] | null;
  readonly name: string | null;
  /** What configurations know besides. */
  readonly vocabulary_size?: number | null;
}

/** Tokens by how often they were seen, ties the later one first. */
function ranked(counts: ReadonlyMap<Token, number>): Token[] {
  const later = (a: Token, b: Token): number =>
    typeof a === "number" ? (b as number) - a : a < b ? 1 : a > b ? -1 : 0;
  return [...counts].sort(([a, m], [b, n]) => n - m || later(a, b)).map(([token]) => token);
}

/** A table that numbers tokens: 0 is the mask, then those that are not known, then the vocabulary. */
export abstract class IndexLookup extends StockLayer {
  declare readonly invert: boolean;
  declare readonly max_tokens: number | null;
  declare readonly num_oov_indices: number;
  declare readonly mask_token: Token | null;
  declare readonly oov_token: Token | null;
  declare readonly output_mode: string;
  declare readonly sparse: boolean;
  declare readonly pad_to_max_tokens: boolean;
  declare readonly oov_method: string;
  declare readonly salt: readonly number[] | null;
  declare readonly input_vocabulary: readonly Token[] | null;
  declare readonly input_idf_weights: readonly number[] | null;
  declare _tokens: readonly Token[];
  declare _places: Map<Token, number>;
  declare _idf: readonly number[] | null;
  declare _counts: Map<Token, number>;
  declare _documents: Map<Token, number>;
  declare _documentCount: number;
  declare _frozen: number | null;

  constructor(o: LookupOptions) {
    const mode =
      o.output_mode === "binary" ? "multi_hot" : o.output_mode === "tf-idf" ? "tf_idf" : o.output_mode;
    super({ name: o.name });
    if (o.max_tokens !== null && o.max_tokens <= 1)
      throw new ValueError(
        `If set, \`max_tokens\` must be greater than 1. Received: max_tokens=${o.max_tokens}`,
      );
    if (o.pad_to_max_tokens && o.max_tokens === null)
      throw new ValueError("If pad_to_max_tokens is True, must set `max_tokens`. Received: max_tokens=None");
    if (o.num_oov_indices < 0)
      throw new ValueError(
        `\`num_oov_indices\` must be greater than or equal to 0. Received: num_oov_indices=${o.num_oov_indices}`,
      );
    checkText(o.oov_method, ["floormod", "farmhash"], this, "oov_method", "");
    checkText(mode, ["int", "one_hot", "multi_hot", "count", "tf_idf"], this, "output_mode", "");
    if (o.invert && mode !== "int")
      throw new ValueError(
        `\`output_mode\` must be \`'int'\` when \`invert\` is true. Received: output_mode=${mode}`,
      );
    if (o.sparse && mode === "int")
      throw new ValueError(
        `\`sparse\` may only be true if \`output_mode\` is \`'one_hot'\`, \`'multi_hot'\`, \`'count'\` or \`'tf_idf'\`. Received: sparse=True and output_mode=${mode}`,
      );
    if (o.idf_weights !== null && mode !== "tf_idf")
      throw new ValueError(
        `\`idf_weights\` should only be set if \`output_mode\` is \`'tf_idf'\`. Received: idf_weights=${repr(o.idf_weights)} and output_mode=${mode}`,
      );
    const {
      invert,
      max_tokens,
      num_oov_indices,
      mask_token,
      oov_token,
      sparse,
      pad_to_max_tokens,
      oov_method,
    } = o;
    this._take({ invert, max_tokens, num_oov_indices, mask_token, oov_token, sparse, pad_to_max_tokens });
    const salt = typeof o.salt === "number" ? [o.salt, o.salt] : o.salt;
    this._take({ output_mode: mode, oov_method, salt, input_vocabulary: o.vocabulary });
    this._take({ input_idf_weights: o.idf_weights });
    for (const [name, value] of Object.entries({
      _tokens: [],
      _idf: null,
      _frozen: o.vocabulary_size ?? null,
    }))
      hide(this, name, value);
    hide(this, "_places", new Map());
    hide(this, "_allow_non_tensor_positional_args", true);
    hide(this, "_convert_input_args", false);
    this.reset_state();
    if (mode === "tf_idf" && o.vocabulary !== null && o.idf_weights === null)
      throw new ValueError(
        "When specifying the `vocabulary` argument, in TF-IDF output mode, the `idf_weights` argument must also be provided.",
      );
    if (o.vocabulary !== null) this.set_vocabulary(o.vocabulary, o.idf_weights);
  }
  /** Where the numbers of unknown tokens begin, and those of known ones. */
  get _oovStart(): number {
    return this.mask_token !== null && this.output_mode === "int" ? 1 : 0;
  }
  get _tokenStart(): number {
    return this._oovStart + this.num_oov_indices;
  }
  vocabulary_size(): number {
    return this._tokens.length + this._tokenStart;
  }
  get_vocabulary(include_special_tokens = true): (Token | null)[] {
    if (!include_special_tokens) return [...this._tokens];
    const unknown = new Array<Token | null>(this.num_oov_indices).fill(this.oov_token);
    return [...(this._oovStart ? [this.mask_token] : []), ...unknown, ...this._tokens];
  }
  set_vocabulary(vocabulary: readonly Token[], idf_weights: readonly number[] | null = null): void {
    if (this.output_mode === "tf_idf" && idf_weights === null)
      throw new ValueError("`idf_weights` must be set if output_mode is 'tf_idf'.");
    if (this.output_mode !== "tf_idf" && idf_weights !== null)
      throw new ValueError(
        `\`idf_weights\` should only be set if output_mode is \`'tf_idf'\`. Received: output_mode=${this.output_mode} and idf_weights=${repr(idf_weights)}`,
      );
    if (vocabulary.length === 0)
      throw new ValueError("Cannot set an empty vocabulary. Received: vocabulary=[]");
    const special = this.get_vocabulary().slice(0, this._tokenStart);
    const found = special.every((t, i) => t === vocabulary[i]);
    const tokens = (found ? vocabulary.slice(this._tokenStart) : vocabulary).map((t) =>
      typeof t === "string" ? t : Number(t),
    );
    const repeated = tokens.filter((t, i) => tokens.indexOf(t) !== i);
    if (repeated.length > 0)
      throw new ValueError(
        `The passed vocabulary has at least one repeated term. Please uniquify your dataset. The repeated terms are: [${[...new Set(repeated)].map((t) => `np.${typeof t === "string" ? "str_" : "int64"}(${repr(t)})`).join(", ")}]`,
      );
    this._checkReserved(tokens, vocabulary, special);
    const size = this._tokenStart + tokens.length;
    if (this.max_tokens !== null && size > this.max_tokens)
      throw new ValueError(
        `Attempted to set a vocabulary larger than the maximum vocab size. Received vocabulary size is ${size}; \`max_tokens\` is ${this.max_tokens}.`,
      );
    this._setTokens(tokens);
    if (idf_weights === null) return;
    if (vocabulary.length !== idf_weights.length)
      throw new ValueError(
        `\`idf_weights\` must be the same length as vocabulary. len(idf_weights) is ${idf_weights.length}; len(vocabulary) is ${vocabulary.length}`,
      );
    this._setIdf(idf_weights.map(Number), found);
  }
  _checkReserved(tokens: readonly Token[], given: readonly Token[], special: readonly unknown[]): void {
    const reserved = (token: Token | null, kind: string, name: string): void => {
      if (token === null || !tokens.includes(token)) return;
      throw new ValueError(
        `Found reserved ${kind} token at unexpected location in \`vocabulary\`. Note that passed \`vocabulary\` does not need to include the OOV and mask tokens. Either remove all mask and OOV tokens, or include them only at the start of the vocabulary in precisely this order: ${repr(special)}. Received: ${name}=${token} at vocabulary index [${given.lastIndexOf(token)}]`,
      );
    };
    reserved(this.mask_token, "mask", "mask_token");
    if (this.invert) reserved(this.oov_token, "OOV", "oov_token");
  }
  _setTokens(tokens: readonly Token[]): void {
    hide(this, "_tokens", tokens);
    hide(this, "_places", new Map(tokens.map((t, i) => [t, i + this._tokenStart])));
    hide(this, "_frozen", this.vocabulary_size());
  }
  _setIdf(weights: readonly number[], special: boolean): void {
    const mean = weights.reduce((s, w) => s + w, 0) / weights.length;
    const front = special ? 0 : this._tokenStart;
    const back = this.pad_to_max_tokens ? this.max_tokens! - front - weights.length : 0;
    hide(this, "_idf", [
      ...new Array<number>(front).fill(mean),
      ...weights,
      ...new Array<number>(back).fill(0),
    ]);
  }
  /** Learns the vocabulary from data: nested lists, or batches of them. @throws ValueError */
  adapt(data: Tokens | Iterable<Tokens>, steps: number | null = null): void {
    this.reset_state();
    if (Array.isArray(data) || data instanceof Tensor) {
      const own = listed(data as Tokens);
      this.update_state(rankOf(own) === 1 ? (own as readonly Token[]).map((x) => [x]) : own);
    } else {
      let step = 0;
      for (const batch of data as Iterable<Tokens>) {
        if (steps !== null && step++ >= steps) break;
        this.update_state(batch);
      }
    }
    this.finalize_state();
  }
  update_state(data: Tokens): void {
    if (this.input_vocabulary !== null)
      throw new ValueError(
        `Cannot adapt layer '${this.name}' after setting a static vocabulary via \`vocabulary\` argument or \`set_vocabulary()\` method.`,
      );
    const given = listed(data);
    const rows = rankOf(given) > 1 ? (given as readonly Tokens[]) : [given];
    const add = (to: Map<Token, number>, token: Token): unknown => to.set(token, (to.get(token) ?? 0) + 1);
    for (const row of rows) {
      const tokens = flatTokens(row);
      for (const token of tokens) add(this._counts, token);
      for (const token of new Set(tokens)) add(this._documents, token);
    }
    hide(this, "_documentCount", this._documentCount + rows.length);
  }
  finalize_state(): void {
    if (this.input_vocabulary !== null || this._counts.size === 0) return;
    for (const token of [this.mask_token, this.oov_token]) if (token !== null) this._counts.delete(token);
    const most = this.max_tokens ? this.max_tokens - this._tokenStart : undefined;
    const tokens = ranked(this._counts).slice(0, most);
    this._setTokens(tokens);
    if (this.output_mode === "tf_idf")
      this._setIdf(
        tokens.map((t) => Math.log(1 + this._documentCount / (1 + (this._documents.get(t) ?? 0)))),
        false,
      );
    this.reset_state();
  }
  reset_state(): void {
    hide(this, "_counts", new Map());
    hide(this, "_documents", new Map());
    hide(this, "_documentCount", 0);
  }
  /** The bin of an unknown token. */
  _oovBin(token: Token): number {
    if (this.num_oov_indices === 1) return 0;
    const n = this.num_oov_indices;
    if (typeof token === "number" && this.oov_method === "floormod") return ((token % n) + n) % n;
    const key =
      this.salt === null ? null : (this.salt.map((k) => BigInt(k)) as unknown as readonly [bigint, bigint]);
    return bucketOf(String(token), n, key);
  }
  /** The numbers of tokens; −1 for masks that no class stands for. */
  _numbers(tokens: Tokens): unknown {
    const unknown: Token[] = [];
    const y = mapTokens((token) => {
      if (this.mask_token !== null && token === this.mask_token) return this.output_mode === "int" ? 0 : -1;
      const known = this._places.get(token);
      if (known !== undefined) return known;
      if (this.num_oov_indices === 0) unknown.push(token);
      return this._oovStart + this._oovBin(token);
    }, tokens);
    if (unknown.length > 0)
      throw kernelError(
        "Assert",
        `assertion failed: [When \`num_oov_indices=0\` all inputs should be in vocabulary, found OOV values [${unknown.join(" ")}], consider setting \`num_oov_indices=1\`.]`,
      );
    return y;
  }
  override call(inputs: Tokens): unknown {
    if (
      this._frozen === null ||
      (this._tokens.length === 0 && this.input_vocabulary === null && this._frozen === 0)
    )
      if (this.output_mode !== "int" && !this.pad_to_max_tokens)
        throw new ValueError(
          `When using \`output_mode=${this.output_mode}\` and \`pad_to_max_tokens=False\`, you must set the layer's vocabulary before calling it. Either pass a \`vocabulary\` argument to the layer, or call \`adapt\` with some sample data.`,
        );
    const tokens = listed(inputs);
    if (this.invert) {
      const words = this.get_vocabulary();
      const y = mapTokens((i) => words[i as number] ?? this.oov_token, tokens);
      return typeof this.oov_token === "number" ? K.convert_to_tensor(y as TensorLike, "int64") : y;
    }
    const numbers = K.convert_to_tensor(this._numbers(tokens) as TensorLike, "int64");
    if (this.output_mode === "int") return numbers;
    return this._encoded(numbers);
  }
  _encoded(numbers: Tensor): Tensor {
    const depth = this.pad_to_max_tokens ? this.max_tokens! : this._frozen!;
    const mode = this.output_mode === "tf_idf" ? "count" : this.output_mode;
    const own = this.output_mode === "tf_idf" ? floatx() : "int64";
    const y = encodeCategorical(numbers, mode, depth, own);
    return this._idf === null ? y : K.multiply(y, K.convert_to_tensor(this._idf, floatx()));
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    if (this.output_mode === "int") return Tuple.of_<number | null>([...input_shape]);
    const depth = this.pad_to_max_tokens ? this.max_tokens : this._frozen;
    const rank = input_shape.length;
    const whole = this.output_mode === "one_hot" && !(rank > 1 && input_shape[rank - 1] === 1);
    return Tuple.of_<number | null>([...(whole ? input_shape : input_shape.slice(0, -1)), depth]);
  }
  override _spec(call: CallArguments): unknown {
    const [x] = call.args as readonly [KerasTensor];
    const type = this.output_mode === "int" ? "int64" : floatx();
    return new KerasTensor(this.compute_output_shape(x.shape), type, null, x.record_history);
  }
  override save_own_variables(store: Record<string, unknown>): void {
    if (this._idf !== null) store.idf_weights = K.convert_to_tensor(this._idf, floatx());
  }
  override load_own_variables(store: Readonly<Record<string, unknown>>): void {
    if (store.idf_weights === undefined) return;
    hide(this, "_idf", K.convert_to_tensor(store.idf_weights as TensorLike).tolist());
  }
  /** A vocabulary that was learnt is a file of one token a line; one that was given is part of the configuration. */
  save_assets(folder: AssetFolder): void {
    if (this.input_vocabulary !== null) return;
    const lines = this.get_vocabulary().map((t) => (t === null ? "None" : String(t)));
    folder.write("vocabulary.txt", new TextEncoder().encode(lines.join("\n")));
  }
  load_assets(folder: AssetFolder): void {
    const bytes = this.input_vocabulary === null ? folder.read("vocabulary.txt") : undefined;
    if (bytes === undefined) return;
    const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
    while (lines.length > 0 && lines.at(-1) === "") lines.pop();
    const special = this.get_vocabulary().slice(0, this._tokenStart);
    const tokens = lines.map((t) => (this._numeric ? Number(t) : t));
    const found = special.every((t, i) => t === tokens[i]);
    this._setTokens(found ? tokens.slice(this._tokenStart) : tokens);
  }
  /** Whether tokens are whole numbers. */
  get _numeric(): boolean {
    return false;
  }
  override get_config(): Record<string, unknown> {
    const { invert, max_tokens, num_oov_indices, oov_token, mask_token, output_mode, sparse } = this;
    return {
      ...super.get_config(),
      invert,
      max_tokens,
      num_oov_indices,
      oov_token,
      mask_token,
      output_mode,
      sparse,
      pad_to_max_tokens: this.pad_to_max_tokens,
      vocabulary_dtype: "int64",
      idf_weights: this.input_idf_weights,
      vocabulary: this.input_vocabulary,
      vocabulary_size: this._frozen,
      oov_method: this.oov_method,
      salt: this.salt,
    };
  }
}
