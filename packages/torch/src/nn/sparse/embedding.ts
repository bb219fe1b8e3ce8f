import { type Arguments, AssertionError } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import * as init from "../init.js";
import { keywordArguments, moduleClass } from "../module/keywords.js";
import { fieldsText, optionText } from "../module/option-layer.js";
import { allocateWeights } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import { Parameter } from "../parameter.js";

const LAYOUT = { weight: ["num_embeddings", "embedding_dim"] };

/** A row counted from the front. @throws AssertionError for one that is not there */
function rowOf(index: number | null, rows: number, word: string): number | null {
  if (index === null) return null;
  if (index >= rows || index < -rows) throw new AssertionError(`${word} must be within num_embeddings`);
  return index < 0 ? rows + index : index;
}

/** What Embedding and EmbeddingBag share: the table of vectors. */
abstract class TableImpl extends ModuleImpl {
  num_embeddings: number;
  embedding_dim: number;
  padding_idx: number | null;
  max_norm: number | null;
  norm_type: number;
  scale_grad_by_freq: boolean;
  declare weight: Parameter;

  constructor(
    num_embeddings: number,
    embedding_dim: number,
    options: { padding_idx: number | null; max_norm: number | null; norm_type: number; scale: boolean },
  ) {
    super();
    this.num_embeddings = num_embeddings;
    this.embedding_dim = embedding_dim;
    this.padding_idx = options.padding_idx;
    this.max_norm = options.max_norm;
    this.norm_type = options.norm_type;
    this.scale_grad_by_freq = options.scale;
  }

  /** Draws the table, or takes the one given. */
  _fill(given: Tensor | null, freeze: boolean, device: unknown, dtype: DTypeLike | null): void {
    const { num_embeddings, embedding_dim } = this;
    if (given !== null) {
      if (given.ndim !== 2 || given.shape[0] !== num_embeddings || given.shape[1] !== embedding_dim)
        throw new AssertionError("Shape of weight does not match num_embeddings and embedding_dim");
      this.weight = new Parameter(given, !freeze);
      return;
    }
    allocateWeights(this, LAYOUT, { num_embeddings, embedding_dim }, { device, dtype });
    if (freeze) this.weight.requires_grad_(false);
    this.reset_parameters();
  }
  reset_parameters(): void {
    init.normal_(this.weight);
    const { padding_idx } = this;
    if (padding_idx !== null) noGrad(() => this.weight.at(padding_idx).fill_(0));
  }
}

const PRETRAINED = "embeddings freeze padding_idx max_norm norm_type scale_grad_by_freq sparse";
type Pretrained = [
  embeddings: Tensor,
  freeze?: boolean,
  padding_idx?: number | null,
  max_norm?: number | null,
  norm_type?: number,
  scale_grad_by_freq?: boolean,
  sparse?: boolean,
];
const pretrained = keywordArguments("Embedding.from_pretrained", PRETRAINED, 1);

class EmbeddingImpl extends TableImpl {
  sparse: boolean;

  constructor(
    num_embeddings: number,
    embedding_dim: number,
    padding_idx: number | null = null,
    max_norm: number | null = null,
    norm_type = 2,
    scale_grad_by_freq = false,
    sparse = false,
    _weight: Tensor | null = null,
    _freeze = false,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super(num_embeddings, embedding_dim, {
      padding_idx: rowOf(padding_idx, num_embeddings, "Padding_idx"),
      max_norm,
      norm_type,
      scale: scale_grad_by_freq,
    });
    this._fill(_weight, _freeze, device, dtype);
    this.sparse = sparse;
  }

  /**
   * A layer over a table that is there already; it does not learn unless `freeze` is false.
   *
   * @throws AssertionError for a table that is no matrix
   */
  static from_pretrained(...args: Arguments<typeof PRETRAINED, Pretrained>): EmbeddingImpl {
    const [embeddings, freeze = true, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse] =
      pretrained<Pretrained>(args);
    const [rows, columns] = tableShape(embeddings);
    return Reflect.construct(this, [
      rows,
      columns,
      padding_idx,
      max_norm,
      norm_type,
      scale_grad_by_freq,
      sparse,
      embeddings,
      freeze,
    ]) as EmbeddingImpl;
  }

  override forward(input: Tensor): Tensor {
    return F.embedding(
      input,
      this.weight,
      this.padding_idx,
      this.max_norm,
      this.norm_type,
      this.scale_grad_by_freq,
      this.sparse,
    );
  }
  override extra_repr(): string {
    const parts = [`${this.num_embeddings}, ${this.embedding_dim}`];
    if (this.padding_idx !== null) parts.push(fieldsText(this, ["padding_idx"]));
    if (this.max_norm !== null) parts.push(fieldsText(this, ["max_norm"]));
    if (Number(this.norm_type) !== 2) parts.push(fieldsText(this, ["norm_type"], ["norm_type"]));
    if (this.scale_grad_by_freq) parts.push("scale_grad_by_freq=True");
    if (this.sparse) parts.push("sparse=True");
    return parts.join(", ");
  }
}

interface EmbeddingImpl {
  (input: Tensor): Tensor;
}

/** @throws AssertionError for a table that is no matrix */
function tableShape(embeddings: Tensor): readonly [number, number] {
  if (embeddings.ndim !== 2) throw new AssertionError("Embeddings parameter is expected to be 2-dimensional");
  return embeddings.shape as unknown as readonly [number, number];
}

/**
 * `torch.nn.Embedding`: rows of a table by their index, `[…]` → `[…, embedding_dim]`.
 *
 * @param padding_idx - a row that is zero at first and gets no gradient
 * @param max_norm - rows that are used are shrunk to this norm, in place
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const table = torch.nn.Embedding.from_pretrained(torch.tensor([[0.5, 1], [2, 3]]));
 * print(table(torch.tensor([1, 0, 1])));
 * // prints
 * // tensor([[2.0000, 3.0000],
 * //         [0.5000, 1.0000],
 * //         [2.0000, 3.0000]])
 * ```
 */
export const Embedding = moduleClass(
  "sparse.Embedding",
  "num_embeddings embedding_dim padding_idx max_norm norm_type scale_grad_by_freq sparse _weight _freeze device dtype",
  EmbeddingImpl,
  "input",
);
export type Embedding = EmbeddingImpl;

const BAG_PRETRAINED =
  "embeddings freeze max_norm norm_type scale_grad_by_freq mode sparse include_last_offset padding_idx";
type BagPretrained = [
  embeddings: Tensor,
  freeze?: boolean,
  max_norm?: number | null,
  norm_type?: number,
  scale_grad_by_freq?: boolean,
  mode?: "sum" | "mean" | "max",
  sparse?: boolean,
  include_last_offset?: boolean,
  padding_idx?: number | null,
];
const bagPretrained = keywordArguments("EmbeddingBag.from_pretrained", BAG_PRETRAINED, 1);

class EmbeddingBagImpl extends TableImpl {
  mode: "sum" | "mean" | "max";
  sparse: boolean;
  include_last_offset: boolean;

  constructor(
    num_embeddings: number,
    embedding_dim: number,
    max_norm: number | null = null,
    norm_type = 2,
    scale_grad_by_freq = false,
    mode: "sum" | "mean" | "max" = "mean",
    sparse = false,
    _weight: Tensor | null = null,
    include_last_offset = false,
    padding_idx: number | null = null,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super(num_embeddings, embedding_dim, {
      padding_idx: rowOf(padding_idx, num_embeddings, "padding_idx"),
      max_norm,
      norm_type,
      scale: scale_grad_by_freq,
    });
    this._fill(_weight, false, device, dtype);
    this.mode = mode;
    this.sparse = sparse;
    this.include_last_offset = include_last_offset;
  }

  /** A layer over a table that is there already; it does not learn unless `freeze` is false. */
  static from_pretrained(...args: Arguments<typeof BAG_PRETRAINED, BagPretrained>): EmbeddingBagImpl {
    const [embeddings, freeze = true, max_norm, norm_type, scale, mode, sparse, last, padding_idx] =
      bagPretrained<BagPretrained>(args);
    const [rows, columns] = tableShape(embeddings);
    const bag = Reflect.construct(this, [
      rows,
      columns,
      max_norm,
      norm_type,
      scale,
      mode,
      sparse,
      embeddings,
      last,
      padding_idx,
    ]) as EmbeddingBagImpl;
    bag.weight.requires_grad_(!freeze);
    return bag;
  }

  override forward(
    input: Tensor,
    offsets: Tensor | null = null,
    per_sample_weights: Tensor | null = null,
  ): Tensor {
    return F.embedding_bag(
      input,
      this.weight,
      offsets,
      this.max_norm,
      this.norm_type,
      this.scale_grad_by_freq,
      this.mode,
      this.sparse,
      per_sample_weights,
      this.include_last_offset,
      this.padding_idx,
    );
  }
  override extra_repr(): string {
    const parts = [`${this.num_embeddings}, ${this.embedding_dim}`];
    if (this.max_norm !== null) parts.push(fieldsText(this, ["max_norm"]));
    if (Number(this.norm_type) !== 2) parts.push(fieldsText(this, ["norm_type"], ["norm_type"]));
    if (this.scale_grad_by_freq) parts.push("scale_grad_by_freq=True");
    parts.push(`mode=${optionText(this.mode)}`);
    if (this.padding_idx !== null) parts.push(fieldsText(this, ["padding_idx"]));
    return parts.join(", ");
  }
}

interface EmbeddingBagImpl {
  (input: Tensor, offsets?: Tensor | null, per_sample_weights?: Tensor | null): Tensor;
}

/** `torch.nn.EmbeddingBag`: sums, means or maxima of the rows of bags, without making the rows one by one. */
export const EmbeddingBag = moduleClass(
  "sparse.EmbeddingBag",
  "num_embeddings embedding_dim max_norm norm_type scale_grad_by_freq mode sparse _weight include_last_offset padding_idx device dtype",
  EmbeddingBagImpl,
  "input offsets per_sample_weights",
);
export type EmbeddingBag = EmbeddingBagImpl;
