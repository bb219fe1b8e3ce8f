import { arrayOf } from "@cognate/kernel";
import { ndarray } from "@cognate/ndarray";
import { type GoldenArray, golden } from "@cognate/testing";
import { beforeEach, describe, expect, test } from "vitest";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import * as tf from "../index.js";

/* tf.contrib.seq2seq, against the restatement in NumPy of test-fixtures/tf/v1/seq2seq/generate.py. */

const array = ({ array }: GoldenArray): unknown => new ndarray(array);
const cases = golden("tf/v1/seq2seq", { array }) as unknown as Record<string, never>[];
const of = (kind: string): [string, Record<string, never>][] =>
  cases.filter((c) => c.kind === kind).map((c) => [c.name as string, c]);
const { seq2seq } = tf.contrib;
const near = { rtol: 1e-5, atol: 1e-5 };
interface Decoded {
  readonly rnn_output: GraphTensor;
  readonly sample_id: GraphTensor;
}

/** Runs fetches after the variables got their values by name. */
function run(weights: Record<string, unknown>, fetches: unknown): Record<string, unknown> {
  return tf.Session((sess) => {
    sess.run(tf.global_variables_initializer());
    const vars = tf.global_variables() as GraphVariable[];
    const missing = vars.map((v) => v.name.replace(/:0$/, "")).filter((n) => !(n in weights) && n !== "emb");
    expect(missing).toEqual([]);
    for (const v of vars) {
      const w = weights[v.name.replace(/:0$/, "")];
      if (w !== undefined) v.load(w, sess);
    }
    return sess.run(fetches);
  }) as Record<string, unknown>;
}
const check = (got: Record<string, unknown>, want: unknown): void => expect(got).toMatchGolden(want, near);
const cell = (): ReturnType<typeof tf.nn.rnn_cell.BasicRNNCell> => tf.nn.rnn_cell.BasicRNNCell(4);

beforeEach(() => tf.reset_default_graph());

describe("tf.contrib.seq2seq", () => {
  test.each(of("training"))("%s", (_, c) => {
    const own = cell();
    const helper = seq2seq.TrainingHelper(tf.constant(c.x), tf.constant(c.lengths));
    const decoder = seq2seq.BasicDecoder(
      own as never,
      helper,
      own.zero_state(2, tf.float32),
      tf.layers.Dense(6) as never,
    );
    const [out, state, lengths] = seq2seq.dynamic_decode(decoder, {
      impute_finished: c.impute,
    }) as unknown as [Decoded, GraphTensor, GraphTensor];
    check(run(c.weights, { rnn_output: out.rnn_output, state, lengths }), c.out);
  });
  test.each(of("greedy"))("%s", (_, c) => {
    const own = cell();
    const helper = seq2seq.GreedyEmbeddingHelper(tf.constant(c.embedding), tf.constant(c.start), c.end);
    const decoder = seq2seq.BasicDecoder(
      own as never,
      helper,
      own.zero_state(2, tf.float32),
      tf.layers.Dense(6) as never,
    );
    const [out, , lengths] = seq2seq.dynamic_decode(decoder, { maximum_iterations: c.limit }) as unknown as [
      Decoded,
      unknown,
      GraphTensor,
    ];
    check(run(c.weights, { sample_id: out.sample_id, lengths }), c.out);
  });
  test.each(of("attention"))("%s", (_, c) => {
    const memory = tf.constant(c.memory);
    const lengths = { memory_sequence_length: tf.constant(c.memory_lengths) };
    const mechanism =
      c.mechanism === "luong"
        ? seq2seq.LuongAttention(4, memory, { ...lengths, scale: c.flag } as never)
        : seq2seq.BahdanauAttention(4, memory, { ...lengths, normalize: c.flag } as never);
    const own = seq2seq.AttentionWrapper(
      cell() as never,
      mechanism as never,
      { attention_layer_size: 3, alignment_history: true } as never,
    );
    const helper = seq2seq.TrainingHelper(tf.constant(c.x), tf.constant(c.lengths));
    const decoder = seq2seq.BasicDecoder(
      own as never,
      helper,
      own.zero_state(2, tf.float32),
      tf.layers.Dense(6) as never,
    );
    const [out, state] = seq2seq.dynamic_decode(decoder) as unknown as [
      Decoded,
      { cell_state: GraphTensor; alignment_history: { stack(): GraphTensor } },
    ];
    const fetches = {
      rnn_output: out.rnn_output,
      alignments: state.alignment_history.stack(),
      cell_state: state.cell_state,
    };
    check(run(c.weights, fetches), c.out);
  });
  test.each(of("beam"))("%s", (_, c) => {
    const own = cell();
    const state = seq2seq.tile_batch(own.zero_state(2, tf.float32), c.width);
    const decoder = seq2seq.BeamSearchDecoder(
      own as never,
      tf.constant(c.embedding),
      tf.constant(c.start),
      c.end,
      state,
      c.width,
      tf.layers.Dense(6) as never,
      {
        length_penalty_weight: c.penalty,
      } as never,
    );
    const [out, , lengths] = seq2seq.dynamic_decode(decoder as never, {
      maximum_iterations: c.limit,
    }) as unknown as [
      { predicted_ids: GraphTensor; beam_search_decoder_output: { scores: GraphTensor } },
      unknown,
      GraphTensor,
    ];
    const got = run(c.weights, {
      predicted_ids: out.predicted_ids,
      scores: out.beam_search_decoder_output.scores,
    });
    const want = c.out as { predicted_ids: unknown; scores: unknown };
    const n = arrayOf(got.predicted_ids)!.shape[1]!;
    // The loop ends when every beam has; NumPy's goes on to the limit.
    const steps = arrayOf(want.predicted_ids)!.shape[1]!;
    expect(n).toBeLessThanOrEqual(steps);
    const cut = (x: unknown): unknown => (x as { at(...i: unknown[]): unknown }).at(":", `:${n}`);
    check(got, { predicted_ids: cut(want.predicted_ids), scores: cut(want.scores) });
    expect(lengths.dtype).toBe(tf.int32);
  });
  test.each(of("loss"))("%s", (_, c) => {
    const loss = seq2seq.sequence_loss(
      tf.constant(c.logits),
      tf.constant(c.targets),
      tf.constant(c.ws),
      c.steps,
      c.rows,
    );
    check(run({}, { loss, none: tf.get_variable("emb", [1]) }), c.out);
  });
  test("gradients go through the loop", () => {
    const own = cell();
    const helper = seq2seq.TrainingHelper(tf.ones([2, 3, 3]), [3, 2]);
    const decoder = seq2seq.BasicDecoder(
      own as never,
      helper,
      own.zero_state(2, tf.float32),
      tf.layers.Dense(6) as never,
    );
    const [out] = seq2seq.dynamic_decode(decoder) as unknown as [Decoded];
    const loss = seq2seq.sequence_loss(
      out.rnn_output,
      tf.constant([
        [1, 2, 3],
        [0, 1, 2],
      ]),
      tf.ones([2, 3]),
    );
    const train = tf.train.GradientDescentOptimizer(0.5).minimize(loss);
    const losses = tf.Session((sess) => {
      sess.run(tf.global_variables_initializer());
      return Array.from({ length: 30 }, () => Number((sess.run([loss, train]) as unknown[])[0]));
    });
    expect(losses.at(-1)!).toBeLessThan(losses[0]! * 0.7);
  });
});
