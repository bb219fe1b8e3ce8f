import { pyClass, ValueError } from "@cognate/py";
import { int32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { cond } from "../control.js";
import { embedding_lookup } from "../embedding.js";
import { multinomial, node } from "../random-ops.js";

/* What a decoder is fed with: the true sequence, or what it said the step before. */

/** `[finished, next_inputs]`. */
export type Start = readonly [GraphTensor, unknown];
export interface Helper {
  readonly batch_size: GraphTensor;
  readonly sample_ids_shape?: readonly number[];
  initialize(): Start;
  sample(time: GraphTensor, outputs: GraphTensor, state: unknown): GraphTensor;
  /** `[finished, next_inputs, next_state]`. */
  next_inputs(
    time: GraphTensor,
    outputs: GraphTensor,
    state: unknown,
    sample_ids: GraphTensor,
  ): readonly [GraphTensor, unknown, unknown];
}
const graph = (): Graph => get_default_graph();
export const lengthOf = (t: unknown, axis = 0): GraphTensor =>
  node(graph(), "StridedSlice", [node(graph(), "Shape", [t]), [axis], [axis + 1], [1]], {
    shrink_axis_mask: 1,
  });
export const argmax = (t: GraphTensor): GraphTensor =>
  node(graph(), "ArgMax", [t, -1], { output_type: int32 });
const all = (t: GraphTensor): GraphTensor => node(graph(), "All", [t, [0]]);
const either = (test: GraphTensor, yes: () => unknown, no: () => unknown): unknown =>
  cond(
    test,
    () => yes() as never,
    () => no() as never,
  );
const timeMajor = (x: unknown): unknown =>
  nest.map((t) => {
    const g = graph();
    const own = toGraphTensor(g, t);
    const rank = own._dims?.length ?? 3;
    return node(g, "Transpose", [own, [1, 0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2)]]);
  }, x);

/** Feeds the true sequence, each to its length. */
export class TrainingHelperImpl implements Helper {
  readonly batch_size: GraphTensor;
  protected readonly _sequence: unknown;
  protected readonly _lengths: GraphTensor;
  protected readonly _zeros: unknown;
  constructor(inputs: unknown, sequence_length: unknown, time_major = false, _name: string | null = null) {
    const made = inDefault(() => {
      const g = graph();
      const own = nest.map((t) => toGraphTensor(g, t, undefined, "inputs"), inputs);
      const lengths = toGraphTensor(g, sequence_length, int32, "sequence_length");
      if (lengths._dims?.length !== 1)
        throw new ValueError(`Expected sequence_length to be a vector, but received shape: ${lengths.shape}`);
      const sequence = time_major ? own : timeMajor(own);
      const zeros = nest.map((t) => node(g, "ZerosLike", [first(t as GraphTensor)]), sequence);
      return { sequence, lengths, zeros, batch: lengthOf(lengths) };
    });
    this._sequence = made.sequence;
    this._lengths = made.lengths;
    this._zeros = made.zeros;
    this.batch_size = made.batch;
  }
  protected _read(time: unknown): unknown {
    const g = graph();
    return nest.map((t) => node(g, "GatherV2", [t, time, 0]), this._sequence);
  }
  initialize(): Start {
    const finished = node(graph(), "Equal", [0, this._lengths]);
    return [
      finished,
      either(
        all(finished),
        () => this._zeros,
        () => this._read(0),
      ),
    ];
  }
  sample(_time: GraphTensor, outputs: GraphTensor, _state: unknown): GraphTensor {
    return argmax(outputs);
  }
  next_inputs(
    time: GraphTensor,
    _outputs: GraphTensor,
    state: unknown,
    _ids: GraphTensor,
  ): readonly [GraphTensor, unknown, unknown] {
    const next = node(graph(), "AddV2", [time, 1]);
    const finished = node(graph(), "GreaterEqual", [next, this._lengths]);
    return [
      finished,
      either(
        all(finished),
        () => this._zeros,
        () => this._read(next),
      ),
      state,
    ];
  }
}
const first = (t: GraphTensor): GraphTensor =>
  node(graph(), "StridedSlice", [t, [0], [1], [1]], { shrink_axis_mask: 1 });

type Embed = (ids: unknown) => GraphTensor;
const embedOf = (embedding: unknown): Embed =>
  typeof embedding === "function" && !("dtype" in embedding)
    ? (embedding as Embed)
    : (ids) => embedding_lookup(embedding, ids) as GraphTensor;

/** Feeds what the decoder thinks most likely, until it says the end token. */
export class GreedyEmbeddingHelperImpl implements Helper {
  readonly batch_size: GraphTensor;
  protected readonly _embed: Embed;
  protected readonly _end: GraphTensor;
  private readonly _start: GraphTensor;
  constructor(embedding: unknown, start_tokens: unknown, end_token: unknown) {
    this._embed = embedOf(embedding);
    const made = inDefault(() => {
      const g = graph();
      const tokens = toGraphTensor(g, start_tokens, int32, "start_tokens");
      const end = toGraphTensor(g, end_token, int32, "end_token");
      if (tokens._dims?.length !== 1) throw new ValueError("start_tokens must be a vector");
      if (end._dims?.length !== 0) throw new ValueError("end_token must be a scalar");
      return { tokens, end, batch: lengthOf(tokens), start: this._embed(tokens) };
    });
    this._end = made.end;
    this.batch_size = made.batch;
    this._start = made.start;
  }
  initialize(): Start {
    const g = graph();
    const finished = node(g, "Fill", [node(g, "Pack", [[this.batch_size]]), false]);
    finished.set_shape([null]);
    return [finished, this._start];
  }
  sample(_time: GraphTensor, outputs: GraphTensor, _state: unknown): GraphTensor {
    return argmax(outputs);
  }
  next_inputs(
    _time: GraphTensor,
    _outputs: GraphTensor,
    state: unknown,
    ids: GraphTensor,
  ): readonly [GraphTensor, unknown, unknown] {
    const finished = node(graph(), "Equal", [ids, this._end]);
    return [
      finished,
      either(
        all(finished),
        () => this._start,
        () => this._embed(ids),
      ),
      state,
    ];
  }
}
/** Feeds what is drawn from the decoder's distribution. */
class SampleEmbeddingHelperImpl extends GreedyEmbeddingHelperImpl {
  constructor(
    embedding: unknown,
    start_tokens: unknown,
    end_token: unknown,
    private readonly _temperature: number | null = null,
    private readonly _seed: number | null = null,
  ) {
    super(embedding, start_tokens, end_token);
  }
  override sample(_time: GraphTensor, outputs: GraphTensor, _state: unknown): GraphTensor {
    const g = graph();
    const logits = this._temperature === null ? outputs : node(g, "RealDiv", [outputs, this._temperature]);
    const drawn = multinomial(logits, 1, this._seed, null, int32) as GraphTensor;
    return node(g, "Squeeze", [drawn], { squeeze_dims: [1] });
  }
}
/** Three functions in the place of a helper's methods. */
class CustomHelperImpl implements Helper {
  private _batch: GraphTensor | null = null;
  constructor(
    private readonly _initialize: () => Start,
    private readonly _sample: (o: { time: unknown; outputs: unknown; state: unknown }) => GraphTensor,
    private readonly _next: (o: {
      time: unknown;
      outputs: unknown;
      state: unknown;
      sample_ids: unknown;
    }) => readonly [GraphTensor, unknown, unknown],
  ) {}
  get batch_size(): GraphTensor {
    if (!this._batch) throw new ValueError("batch_size accessed before initialize was called");
    return this._batch;
  }
  initialize(): Start {
    const [finished, inputs] = this._initialize();
    this._batch ??= lengthOf(finished);
    return [finished, inputs];
  }
  sample(time: GraphTensor, outputs: GraphTensor, state: unknown): GraphTensor {
    return this._sample({ time, outputs, state });
  }
  next_inputs(time: GraphTensor, outputs: GraphTensor, state: unknown, sample_ids: GraphTensor) {
    return this._next({ time, outputs, state, sample_ids });
  }
}
const MODULE = "tensorflow.contrib.seq2seq.python.ops.helper";
export const TrainingHelper = pyClass(
  `${MODULE}.TrainingHelper`,
  "inputs sequence_length time_major name",
  TrainingHelperImpl,
);
export const GreedyEmbeddingHelper = pyClass(
  `${MODULE}.GreedyEmbeddingHelper`,
  "embedding start_tokens end_token",
  GreedyEmbeddingHelperImpl,
);
export const SampleEmbeddingHelper = pyClass(
  `${MODULE}.SampleEmbeddingHelper`,
  "embedding start_tokens end_token softmax_temperature seed",
  SampleEmbeddingHelperImpl,
);
export const CustomHelper = pyClass(
  `${MODULE}.CustomHelper`,
  "initialize_fn sample_fn next_inputs_fn",
  CustomHelperImpl,
);
