import { namedTuple, pyClass, ValueError } from "@cognate/py";
import { float32, int32, int64 } from "../../core/dtypes.js";
import { addLoop } from "../../graph/control.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { cond } from "../control.js";
import { embedding_lookup } from "../embedding.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import type { RNNCellImpl } from "../rnn/cell.js";
import type { Decoder } from "./decoder.js";
import { lengthOf } from "./helpers.js";

/* Beam search: several sentences a row, of which the likeliest go on. */

const MODULE = "tensorflow.contrib.seq2seq.python.ops.beam_search_decoder";
export const BeamSearchDecoderOutput = namedTuple<{
  scores: GraphTensor;
  predicted_ids: GraphTensor;
  parent_ids: GraphTensor;
}>(`${MODULE}.BeamSearchDecoderOutput`, ["scores", "predicted_ids", "parent_ids"]);
export const BeamSearchDecoderState = namedTuple<{
  cell_state: unknown;
  log_probs: GraphTensor;
  finished: GraphTensor;
  lengths: GraphTensor;
}>(`${MODULE}.BeamSearchDecoderState`, ["cell_state", "log_probs", "finished", "lengths"]);
export const FinalBeamSearchDecoderOutput = namedTuple<{
  predicted_ids: GraphTensor;
  beam_search_decoder_output: unknown;
}>(`${MODULE}.FinalBeamSearchDecoderOutput`, ["predicted_ids", "beam_search_decoder_output"]);
type State = ReturnType<typeof BeamSearchDecoderState>;
type Output = ReturnType<typeof BeamSearchDecoderOutput>;

const graph = (): Graph => get_default_graph();
const op = (
  type: string,
  inputs: readonly unknown[],
  attrs: Readonly<Record<string, unknown>> = {},
): GraphTensor => node(graph(), type, inputs, attrs);
/** Of each row's beams those with these numbers. */
const pick = (t: GraphTensor, beams: GraphTensor): GraphTensor => {
  const out = op("GatherV2", [t, beams, 1], { batch_dims: 1 });
  out.set_shape(t._dims);
  return out;
};
const sizes = (t: GraphTensor, from: number): GraphTensor[] =>
  (t._dims ?? [])
    .slice(from)
    .map((d, i) => (d === null ? lengthOf(t, from + i) : toGraphTensor(graph(), d, int32)));
const reshaped = (
  t: GraphTensor,
  lead: readonly GraphTensor[],
  from: number,
  dims: readonly (number | null)[],
): GraphTensor => {
  const out = op("Reshape", [t, op("Pack", [[...lead, ...sizes(t, from)]])]);
  out.set_shape([...dims, ...(t._dims ?? []).slice(from)]);
  return out;
};

class BeamSearchDecoderImpl implements Decoder {
  readonly tracks_own_finished = true;
  readonly batch_size: GraphTensor;
  private readonly _start: GraphTensor;
  private readonly _end: GraphTensor;
  private readonly _embed: (ids: unknown) => GraphTensor;
  private readonly _cellState: unknown;
  constructor(
    private readonly _cell: RNNCellImpl,
    embedding: unknown,
    start_tokens: unknown,
    end_token: unknown,
    initial_state: unknown,
    private readonly _width: number,
    private readonly _layer: ((x: unknown) => GraphTensor) | null = null,
    private readonly _penalty: number = 0,
    coverage_penalty_weight: number = 0,
    _reorder = true,
  ) {
    if (coverage_penalty_weight !== 0)
      throw new ValueError(
        "coverage_penalty_weight is left out here: it needs the history of an AttentionWrapper.",
      );
    this._embed =
      typeof embedding === "function" && !("dtype" in embedding)
        ? (embedding as (ids: unknown) => GraphTensor)
        : (ids) => embedding_lookup(embedding, ids) as GraphTensor;
    const made = inDefault(() => {
      const g = graph();
      const tokens = toGraphTensor(g, start_tokens, int32, "start_tokens");
      if (tokens._dims?.length !== 1) throw new ValueError("start_tokens must be a vector");
      const end = toGraphTensor(g, end_token, int32, "end_token");
      if (end._dims?.length !== 0) throw new ValueError("end_token must be a scalar");
      const wide = op("Tile", [op("ExpandDims", [tokens, 1]), [1, _width]]);
      const batch = lengthOf(tokens);
      const cell = nest.map((t) => this._split(toGraphTensor(g, t), batch), initial_state);
      return { end, batch, start: this._embed(wide), cell };
    });
    this._end = made.end;
    this.batch_size = made.batch;
    this._start = made.start;
    this._cellState = made.cell;
  }
  private _beams(): GraphTensor {
    return toGraphTensor(graph(), this._width, int32);
  }
  /** [batch·beams, …] as [batch, beams, …]. */
  private _split(t: GraphTensor, batch: GraphTensor): GraphTensor {
    return (t._dims?.length ?? 0) === 0 ? t : reshaped(t, [batch, this._beams()], 1, [null, this._width]);
  }
  private _merge(t: GraphTensor): GraphTensor {
    return (t._dims?.length ?? 0) < 2 ? t : reshaped(t, [toGraphTensor(graph(), -1, int32)], 2, [null]);
  }
  private _oneHot(on: unknown, off: unknown): GraphTensor {
    const zeros = op("Fill", [op("Pack", [[this.batch_size]]), toGraphTensor(graph(), 0, int32)]);
    const out = op("OneHot", [zeros, this._width, on, off]);
    out.set_shape([null, this._width]);
    return out;
  }
  initialize(): readonly [GraphTensor, unknown, unknown] {
    const g = graph();
    const finished = this._oneHot(toGraphTensor(g, false), toGraphTensor(g, true));
    const log = this._oneHot(
      toGraphTensor(g, 0, float32),
      toGraphTensor(g, Number.NEGATIVE_INFINITY, float32),
    );
    const lengths = op("ZerosLike", [op("Cast", [finished], { DstT: int64 })]);
    return [finished, this._start, BeamSearchDecoderState(this._cellState, log, finished, lengths)];
  }
  step(
    _time: GraphTensor,
    inputs: unknown,
    state: unknown,
  ): readonly [unknown, unknown, unknown, GraphTensor] {
    const s = state as State;
    return graph().scoped("BeamSearchDecoderStep", () => {
      const flat = nest.map((t) => this._merge(t as GraphTensor), s.cell_state);
      const [out, next] = this._cell(this._merge(inputs as GraphTensor), flat) as readonly unknown[];
      const said = (this._layer ? this._layer(out) : out) as GraphTensor;
      const logits = this._split(said, this.batch_size);
      const cell = nest.map((t) => this._split(t as GraphTensor, this.batch_size), next);
      const [output, after] = this._search(logits, cell, s);
      const following = cond(
        op("All", [after.finished, [0, 1]]),
        () => this._start as never,
        () => this._embed(output.predicted_ids) as never,
      );
      return [output, after, following, after.finished];
    });
  }
  private _search(logits: GraphTensor, cell: unknown, s: State): [Output, State] {
    const g = graph();
    const vocabulary = logits._dims!.at(-1)!;
    const step = op("LogSoftmax", [logits]);
    // A finished sentence goes on with its end, at no cost.
    const least = toGraphTensor(g, -3.4028234663852886e38, float32);
    const ends = op("OneHot", [this._end, vocabulary, toGraphTensor(g, 0, float32), least]);
    const own = op("SelectV2", [op("ExpandDims", [s.finished, 2]), ends, step]);
    const total = op("AddV2", [op("ExpandDims", [s.log_probs, 2]), own]);
    const open = op("Cast", [op("LogicalNot", [s.finished])], { DstT: int64 });
    const grows = op("OneHot", [
      this._end,
      vocabulary,
      toGraphTensor(g, 0, int64),
      toGraphTensor(g, 1, int64),
    ]);
    const longer = op("AddV2", [
      op("Mul", [grows, op("ExpandDims", [open, 2])]),
      op("ExpandDims", [s.lengths, 2]),
    ]);
    const scores = this._penalty === 0 ? total : op("RealDiv", [total, this._lengthPenalty(longer)]);
    const flat = op("Reshape", [scores, op("Pack", [[this.batch_size, toGraphTensor(g, -1, int32)]])]);
    flat.set_shape([null, this._width * vocabulary]);
    const [best, places] = g.createOp("TopKV2", [flat, this._width], {}, null) as GraphTensor[];
    const flatTotal = op("Reshape", [total, op("Pack", [[this.batch_size, toGraphTensor(g, -1, int32)]])]);
    const probs = op("GatherV2", [flatTotal, places, 1], { batch_dims: 1 });
    const words = op("FloorMod", [places, vocabulary]);
    const parents = op("FloorDiv", [places, vocabulary]);
    for (const t of [best!, probs, words, parents]) t.set_shape([null, this._width]);
    const ended = pick(s.finished, parents);
    const finished = op("LogicalOr", [ended, op("Equal", [words, this._end])]);
    const lengths = op("AddV2", [
      pick(s.lengths, parents),
      op("Cast", [op("LogicalNot", [ended])], { DstT: int64 }),
    ]);
    const kept = nest.map(
      (t) => ((t as GraphTensor)._dims!.length < 2 ? t : pick(t as GraphTensor, parents)),
      cell,
    );
    return [
      BeamSearchDecoderOutput(best!, words, parents),
      BeamSearchDecoderState(kept, probs, finished, lengths),
    ];
  }
  /** ((5 + length) / 6)^weight. */
  private _lengthPenalty(lengths: GraphTensor): GraphTensor {
    const n = op("AddV2", [op("Cast", [lengths], { DstT: float32 }), 5]);
    return op("RealDiv", [
      op("Pow", [n, this._penalty]),
      op("Pow", [toGraphTensor(graph(), 6, float32), this._penalty]),
    ]);
  }
  finalize(outputs: unknown, state: unknown): readonly [unknown, unknown] {
    const o = outputs as Output;
    const longest = op("Cast", [op("Max", [(state as State).lengths, [1]])], { DstT: int32 });
    const ids = gather_tree(o.predicted_ids, o.parent_ids, longest, this._end);
    return [FinalBeamSearchDecoderOutput(ids, o), state];
  }
}
export const BeamSearchDecoder = pyClass(
  `${MODULE}.BeamSearchDecoder`,
  "cell embedding start_tokens end_token initial_state beam_width output_layer length_penalty_weight coverage_penalty_weight reorder_tensor_arrays",
  BeamSearchDecoderImpl,
);

/** The sentences that end in the last step's beams: each step's words by way of its parents [steps, batch, beams]. */
export const gather_tree = v1(
  "gather_tree",
  "step_ids parent_ids max_sequence_lengths end_token name",
  (
    step_ids: unknown,
    parent_ids: unknown,
    max_sequence_lengths: unknown,
    end_token: unknown,
    name: string | null = null,
  ): GraphTensor => {
    const g = graph();
    return g.scoped(name ?? "GatherTree", (scope) => {
      const ids = toGraphTensor(g, step_ids, int32);
      const parents = toGraphTensor(g, parent_ids, int32);
      const longest = op("ExpandDims", [toGraphTensor(g, max_sequence_lengths, int32), 1]);
      const end = toGraphTensor(g, end_token, int32);
      const steps = lengthOf(ids);
      const width = lengthOf(ids, 2);
      const beams = op("Mul", [
        op("OnesLike", [op("GatherV2", [parents, 0, 0])]),
        op("Range", [0, width, 1]),
      ]);
      const none = op("Slice", [ids, [0, 0, 0], [0, -1, -1]]);
      const out = addLoop(
        g,
        [op("Sub", [steps, 1]), beams, none],
        ([level]) => op("GreaterEqual", [level, 0]),
        ([level, at, done]) => {
          const inside = op("Less", [level, longest]);
          const here = op("GatherV2", [op("GatherV2", [ids, level, 0]), at, 1], { batch_dims: 1 });
          const word = op("SelectV2", [inside, here, end]);
          const up = op("GatherV2", [op("GatherV2", [parents, level, 0]), at, 1], { batch_dims: 1 });
          const all = op("ConcatV2", [[op("ExpandDims", [word, 0]), done], 0]);
          all.set_shape([null, null, null]);
          return [op("Sub", [level, 1]), op("SelectV2", [inside, up, at]), all];
        },
        `${scope}while/`,
        { invariants: [undefined, [null, null], [null, null, null]] },
      )[2]!;
      // What stands behind the first end is the end, too.
      const ends = op("Cast", [op("Equal", [out, end])], { DstT: int32 });
      const before = op("Cumsum", [ends, 0], { exclusive: true });
      const kept = op("SelectV2", [op("Greater", [before, 0]), end, out]);
      kept.set_shape(ids._dims);
      return kept;
    });
  },
);
