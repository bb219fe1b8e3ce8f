import { pyClass, ValueError } from "@cognate/py";
import { as_dtype, int32, type TypeLike } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import { get_variable } from "../get-variable.js";
import { constant_initializer, zeros_initializer } from "../initializers.js";
import { Dense } from "../layers/core.js";
import { node } from "../random-ops.js";
import { inScope, type VariableScope } from "../variable-scope.js";
import { lengthOf } from "./helpers.js";

/* Scores of a query against a memory [batch, steps, depth]: Luong's products, Bahdanau's sums. */

type Layer = (x: unknown) => GraphTensor;
const graph = (): Graph => get_default_graph();
const mul = (a: unknown, b: unknown): GraphTensor => node(graph(), "Mul", [a, b]);

interface MechanismOptions {
  readonly memory: unknown;
  readonly lengths: unknown;
  readonly probability: ((score: GraphTensor, previous: unknown) => GraphTensor) | null;
  readonly mask_value: number | null;
  readonly units: number;
}
export abstract class AttentionMechanismImpl {
  /** The memory, zeros past its lengths. */
  readonly values: GraphTensor;
  readonly keys: GraphTensor;
  readonly memory_layer: Layer;
  readonly batch_size: GraphTensor;
  private readonly _mask: GraphTensor | null;
  private readonly _hidden: number;
  private _scope: VariableScope | null = null;
  private readonly _probability: (score: GraphTensor, previous: unknown) => GraphTensor;
  constructor(o: MechanismOptions) {
    this._probability = o.probability ?? ((score) => node(graph(), "Softmax", [score]));
    this._hidden = o.mask_value ?? Number.NEGATIVE_INFINITY;
    const layer = Dense(o.units, { name: "memory_layer", use_bias: false }) as unknown as Layer;
    const made = inDefault(() => {
      const g = graph();
      const memory = toGraphTensor(g, o.memory, undefined, "memory");
      if (o.lengths === null) return { values: memory, mask: null };
      const lengths = toGraphTensor(g, o.lengths, int32, "memory_sequence_length");
      const steps = node(g, "Range", [0, lengthOf(memory, 1), 1]);
      const mask = node(g, "Less", [node(g, "ExpandDims", [steps, 0]), node(g, "ExpandDims", [lengths, 1])]);
      const rank = memory._dims?.length ?? 3;
      let wide = node(g, "Cast", [mask], { DstT: memory.dtype });
      for (let i = 2; i < rank; i++) wide = node(g, "ExpandDims", [wide, -1]);
      const values = mul(memory, wide);
      values.set_shape(memory._dims);
      return { values, mask };
    });
    this.values = made.values;
    this._mask = made.mask;
    this.memory_layer = layer;
    this.keys = inDefault(() => layer(this.values));
    this.batch_size = inDefault(() => lengthOf(this.keys));
  }
  get alignments_size(): number | GraphTensor {
    return this.keys._dims?.[1] ?? inDefault(() => lengthOf(this.keys, 1));
  }
  get state_size(): number | GraphTensor {
    return this.alignments_size;
  }
  initial_alignments(batch_size: unknown, dtype: TypeLike): GraphTensor {
    const g = graph();
    const size = this.alignments_size;
    const t = node(g, "Fill", [
      node(g, "Pack", [[toGraphTensor(g, batch_size, int32), toGraphTensor(g, size, int32)]]),
      toGraphTensor(g, 0, as_dtype(dtype)),
    ]);
    t.set_shape([null, typeof size === "number" ? size : null]);
    return t;
  }
  initial_state(batch_size: unknown, dtype: TypeLike): GraphTensor {
    return this.initial_alignments(batch_size, dtype);
  }
  abstract _title(): string;
  /** Scores [batch, steps] of a query [batch, depth]. */
  abstract _score(query: GraphTensor): GraphTensor;
  /** Weights of the memory's steps, which sum to one, and the state after them. */
  align(query: GraphTensor, state: unknown): readonly [GraphTensor, unknown] {
    const again = { reuse: true, auxiliary_name_scope: false } as const;
    return inScope(this._scope, this._scope ? again : { default_name: this._title() }, (s) => {
      this._scope ??= s;
      const g = graph();
      const score = this._score(query);
      const masked = this._mask
        ? node(g, "SelectV2", [this._mask, score, toGraphTensor(g, this._hidden, score.dtype)])
        : score;
      const weights = this._probability(masked, state);
      return [weights, weights] as const;
    });
  }
}
const product = (a: GraphTensor, b: GraphTensor, adj_y = false): GraphTensor =>
  node(graph(), "BatchMatMulV2", [a, b], { adj_y });
const weight = (
  name: string,
  shape: readonly number[],
  initializer: unknown,
  like: GraphTensor,
): GraphVariable => get_variable(name, [...shape], like.dtype, initializer) as GraphVariable;

class LuongAttentionImpl extends AttentionMechanismImpl {
  constructor(
    private readonly _units: number,
    memory: unknown,
    memory_sequence_length: unknown = null,
    private readonly _scale = false,
    probability_fn: ((score: GraphTensor) => GraphTensor) | null = null,
    score_mask_value: number | null = null,
    _dtype: unknown = null,
    _name = "LuongAttention",
  ) {
    super({
      memory,
      lengths: memory_sequence_length,
      probability: probability_fn,
      mask_value: score_mask_value,
      units: _units,
    });
  }
  override _title(): string {
    return "luong_attention";
  }
  override _score(query: GraphTensor): GraphTensor {
    const g = graph();
    const [depth, units] = [query._dims?.at(-1) ?? null, this.keys._dims?.at(-1) ?? null];
    if (depth !== units)
      throw new ValueError(
        `Incompatible or unknown inner dimensions between query and keys.  Query (${query}) has units: ${depth}.  Keys (${this.keys}) have units: ${units}.  Perhaps you need to set num_units to the keys' dimension (${units})?`,
      );
    const scores = product(node(g, "ExpandDims", [query, 1]), this.keys, true);
    const flat = node(g, "Squeeze", [scores], { squeeze_dims: [1] });
    return this._scale ? mul(weight("attention_g", [], constant_initializer(1), query), flat) : flat;
  }
  get num_units(): number {
    return this._units;
  }
}
class BahdanauAttentionImpl extends AttentionMechanismImpl {
  readonly query_layer: Layer;
  constructor(
    private readonly _units: number,
    memory: unknown,
    memory_sequence_length: unknown = null,
    private readonly _normalize = false,
    probability_fn: ((score: GraphTensor) => GraphTensor) | null = null,
    score_mask_value: number | null = null,
    _dtype: unknown = null,
    _name = "BahdanauAttention",
  ) {
    super({
      memory,
      lengths: memory_sequence_length,
      probability: probability_fn,
      mask_value: score_mask_value,
      units: _units,
    });
    this.query_layer = Dense(_units, { name: "query_layer", use_bias: false }) as unknown as Layer;
  }
  override _title(): string {
    return "bahdanau_attention";
  }
  override _score(query: GraphTensor): GraphTensor {
    const g = graph();
    const own = node(g, "ExpandDims", [this.query_layer(query), 1]);
    const v = weight("attention_v", [this._units], null, query);
    const add = (a: unknown, b: unknown): GraphTensor => node(g, "AddV2", [a, b]);
    const sum = (x: GraphTensor): GraphTensor => node(g, "Sum", [x, [2]]);
    if (!this._normalize) return sum(mul(v, node(g, "Tanh", [add(this.keys, own)])));
    const scale = weight("attention_g", [], constant_initializer(Math.sqrt(1 / this._units)), query);
    const bias = weight("attention_b", [this._units], zeros_initializer(), query);
    const length = node(g, "Rsqrt", [node(g, "Sum", [node(g, "Square", [v]), [0]])]);
    const unit = mul(mul(scale, v), length);
    return sum(mul(unit, node(g, "Tanh", [add(add(this.keys, own), bias)])));
  }
  get num_units(): number {
    return this._units;
  }
}
const MODULE = "tensorflow.contrib.seq2seq.python.ops.attention_wrapper";
/**
 * Luong's attention: the products of a query and the keys, in `scale`d form times a learned number.
 */
export const LuongAttention = pyClass(
  `${MODULE}.LuongAttention`,
  "num_units memory memory_sequence_length scale probability_fn score_mask_value dtype name",
  LuongAttentionImpl,
);
/** Bahdanau's attention: Σ v·tanh(keys + W·query), in `normalize`d form with a unit v of learned length, and a bias. */
export const BahdanauAttention = pyClass(
  `${MODULE}.BahdanauAttention`,
  "num_units memory memory_sequence_length normalize probability_fn score_mask_value dtype name",
  BahdanauAttentionImpl,
);
