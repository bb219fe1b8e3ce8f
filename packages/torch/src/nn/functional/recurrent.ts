import { type GateActivation, ops } from "@cognate/kernel";
import { def, RuntimeError, Tuple } from "@cognate/py";
import { callMany, type Value } from "@cognate/tensor";
import { type Int, int, named, valueOf } from "../../ops/args.js";
import { dropOut } from "../../random/dropout.js";
import { Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { done, number } from "./args.js";

/*
 * What torch.nn's recurrent layers compute with: torch.rnn_tanh, rnn_relu, lstm, gru and their cells. The order of the gates
 * in stacked weights is PyTorch's: i f g o, and r z n.
 */

/** A kind of recurrence by PyTorch's name. */
export type Recurrence = "rnn_tanh" | "rnn_relu" | "lstm" | "gru";

const LSTM_GATES = "ifgo";
const GRU_GATES = "rzn";

/** The weights of one layer in one direction; biases and projection only where there are such. */
interface Direction {
  readonly wx: Value;
  readonly wh: Value;
  readonly bx: Value | null;
  readonly bh: Value | null;
  readonly wp: Value | null;
}

/** One direction of one layer: all outputs and the final states. */
function runDirection(
  kind: Recurrence,
  x: Value,
  states: readonly Value[],
  { wx, wh, bx, bh, wp }: Direction,
  reverse: boolean,
  batchSizes: readonly number[] | undefined,
): { y: Value; final: Value[] } {
  const walk = { reverse, ...(batchSizes ? { batchSizes } : {}) };
  if (kind === "lstm") {
    const [h, c] = states as readonly [Value, Value];
    const [y, hn, cn] = callMany(ops.lstm, [x, h, c, wx, wh, bx, bh, wp, null], {
      gates: LSTM_GATES,
      ...walk,
    });
    return { y: y!, final: [hn!, cn!] };
  }
  const [h] = states as readonly [Value];
  if (kind === "gru") {
    const params = { gates: GRU_GATES, resetAfter: true, ...walk };
    const [y, hn] = callMany(ops.gru, [x, h, wx, wh, bx, bh, null], params);
    return { y: y!, final: [hn!] };
  }
  const activation: GateActivation = kind === "rnn_relu" ? "relu" : "tanh";
  const [y, hn] = callMany(ops.rnn, [x, h, wx, wh, bx, bh, null], { activation, ...walk });
  return { y: y!, final: [hn!] };
}

/** A stack of recurrent layers to run. */
export interface RecurrentCall {
  readonly kind: Recurrence;
  /** `(T, N, in)`, or packed rows with {@link batchSizes}. */
  readonly x: Value;
  /** `(layers·directions, N, width)` each: h, for LSTMs also c. */
  readonly states: readonly Value[];
  /** All weights in PyTorch's flat order: w_ih, w_hh, b_ih, b_hh, w_hr of layer 0, then its reverse, then layer 1 … */
  readonly weights: readonly Value[];
  readonly biases: boolean;
  readonly layers: number;
  readonly dropout: number;
  readonly train: boolean;
  readonly bidirectional: boolean;
  readonly batchSizes?: readonly number[];
}

/** Runs the layers: outputs of the last one and the final states of all, stacked as they were given. */
export function runRecurrent(c: RecurrentCall): { y: Value; final: Value[] } {
  const directions = c.bidirectional ? 2 : 1;
  const each = (c.biases ? 4 : 2) + (hasProjection(c) ? 1 : 0);
  let x = c.x;
  const finals: Value[][] = c.states.map(() => []);
  for (let layer = 0; layer < c.layers; layer++) {
    const ys: Value[] = [];
    for (let d = 0; d < directions; d++) {
      const k = layer * directions + d;
      const w = c.weights.slice(k * each, (k + 1) * each);
      const own = c.states.map(
        (s) =>
          s.slice({ dim: 0, start: k, step: 1, length: 1 }).reshape({ shape: s.shape.slice(1) }) as Value,
      );
      const direction: Direction = {
        wx: w[0]!,
        wh: w[1]!,
        bx: c.biases ? w[2]! : null,
        bh: c.biases ? w[3]! : null,
        wp: hasProjection(c) ? w[each - 1]! : null,
      };
      const { y, final } = runDirection(c.kind, x, own, direction, d === 1, c.batchSizes);
      ys.push(y);
      final.forEach((s, i) => {
        finals[i]!.push(s.reshape({ shape: [1, ...s.shape] }) as Value);
      });
    }
    const [first, ...rest] = ys as [Value, ...Value[]];
    x = rest.length > 0 ? (first.cat(rest, { dim: first.shape.length - 1 }) as Value) : first;
    if (layer < c.layers - 1 && c.dropout > 0) x = dropOut(wrap(x), c.dropout, c.train, {})._value;
  }
  const final = finals.map(([first, ...rest]) =>
    rest.length > 0 ? (first!.cat(rest, { dim: 0 }) as Value) : first!,
  );
  return { y: x, final };
}

/** Whether an LSTM feeds back less than it holds: then each direction has a weight more. */
const hasProjection = ({ kind, states }: RecurrentCall): boolean =>
  kind === "lstm" && states[0]!.shape[2] !== states[1]!.shape[2];

type States = TensorLike | readonly TensorLike[];

const statesOf = (hx: States, count: number): Value[] =>
  count === 1 ? [valueOf(hx as TensorLike)] : (hx as readonly TensorLike[]).map((s) => valueOf(s));

/** The overloads of `torch.lstm` and its like: a batch of equal lengths, or packed rows and how many run at each step. */
function recurrent(kind: Recurrence) {
  const count = kind === "lstm" ? 2 : 1;
  const results = (y: Value, final: readonly Value[]): Tuple<Tensor> => {
    named(y, kind === "lstm" ? "MkldnnRnnLayerBackward0" : "StackBackward0");
    return Tuple.of_([wrap(y), ...final.map((s) => wrap(named(s, "StackBackward0")))]);
  };
  const dense = def(
    `torch.${kind}`,
    "input hx params has_biases num_layers dropout train bidirectional batch_first",
    (
      input: TensorLike,
      hx: States,
      params: readonly TensorLike[],
      has_biases: boolean,
      num_layers: Int,
      dropout: number | Number,
      train: boolean,
      bidirectional: boolean,
      batch_first: boolean,
    ): Tuple<Tensor> => {
      const x = valueOf(input);
      const turn = (v: Value): Value => (batch_first ? (v.permute({ axes: [1, 0, 2] }) as Value) : v);
      const { y, final } = runRecurrent({
        kind,
        x: turn(x),
        states: statesOf(hx, count),
        weights: params.map((w) => valueOf(w)),
        biases: has_biases,
        layers: int(num_layers),
        dropout: number(dropout),
        train,
        bidirectional,
      });
      return results(turn(y), final);
    },
  );
  const packed = def(
    `torch.${kind}`,
    "data batch_sizes hx params has_biases num_layers dropout train bidirectional",
    (
      data: TensorLike,
      batch_sizes: TensorLike,
      hx: States,
      params: readonly TensorLike[],
      has_biases: boolean,
      num_layers: Int,
      dropout: number | Number,
      train: boolean,
      bidirectional: boolean,
    ): Tuple<Tensor> => {
      const sizes = (wrap(valueOf(batch_sizes)).tolist() as Int[]).map(int);
      const { y, final } = runRecurrent({
        kind,
        x: valueOf(data),
        states: statesOf(hx, count),
        weights: params.map((w) => valueOf(w)),
        biases: has_biases,
        layers: int(num_layers),
        dropout: number(dropout),
        train,
        bidirectional,
        batchSizes: sizes,
      });
      return results(y, final);
    },
  );
  type Call = typeof dense & typeof packed;
  // Weights are a list: third in the one overload, fourth in the other.
  const f = (...args: never[]): Tuple<Tensor> => {
    const [, second, third] = args as readonly unknown[];
    const rows = third instanceof Tensor || (count === 2 && second instanceof Tensor);
    return ((rows ? packed : dense) as unknown as (...all: never[]) => Tuple<Tensor>)(...args);
  };
  return Object.assign(f, { __name__: kind }) as unknown as Call;
}

/** Layers of h′ = tanh(W·x + b + U·h + c): outputs and final states. */
export const rnn_tanh = recurrent("rnn_tanh");
/** Layers of h′ = max(0, W·x + b + U·h + c): outputs and final states. */
export const rnn_relu = recurrent("rnn_relu");
/** Layers of long short-term memory: outputs, final hidden and final cell states. */
export const lstm = recurrent("lstm");
/** Layers of gated recurrent units: outputs and final states. */
export const gru = recurrent("gru");

/** One step of a recurrence for a batch `(N, in)` or a single input `(in)`. */
function runCell(
  kind: Recurrence,
  input: TensorLike,
  hx: States,
  w_ih: TensorLike,
  w_hh: TensorLike,
  b_ih: TensorLike | null,
  b_hh: TensorLike | null,
): Value[] {
  const given = valueOf(input);
  const single = given.shape.length === 1;
  const x = single ? (given.reshape({ shape: [1, given.shape[0]!] }) as Value) : given;
  const states = statesOf(hx, kind === "lstm" ? 2 : 1).map((s) =>
    s.shape.length === 1 ? (s.reshape({ shape: [1, s.shape[0]!] }) as Value) : s,
  );
  const [wx, wh] = [valueOf(w_ih), valueOf(w_hh)];
  if (x.shape[1] !== wx.shape[1])
    throw new RuntimeError(`input has inconsistent input_size: got ${x.shape[1]} expected ${wx.shape[1]}`);
  states.forEach((s, i) => {
    if (x.shape[0] !== s.shape[0])
      throw new RuntimeError(
        `Input batch size ${x.shape[0]} doesn't match hidden${i} batch size ${s.shape[0]}`,
      );
    if (s.shape[1] !== wh.shape[1])
      throw new RuntimeError(
        `hidden${i} has inconsistent hidden_size: got ${s.shape[1]}, expected ${wh.shape[1]}`,
      );
  });
  const direction: Direction = {
    wx,
    wh,
    bx: b_ih === null ? null : valueOf(b_ih),
    bh: b_hh === null ? null : valueOf(b_hh),
    wp: null,
  };
  const { final } = runDirection(
    kind,
    x.reshape({ shape: [1, ...x.shape] }) as Value,
    states,
    direction,
    false,
    undefined,
  );
  return single ? final.map((s) => s.reshape({ shape: s.shape.slice(1) }) as Value) : final;
}

const CELL = "input hx w_ih w_hh b_ih b_hh";

const cell = (kind: Recurrence, name: string, gradFn: string) =>
  def(
    `torch.${name}`,
    CELL,
    (
      input: TensorLike,
      hx: TensorLike,
      w_ih: TensorLike,
      w_hh: TensorLike,
      b_ih: TensorLike | null = null,
      b_hh: TensorLike | null = null,
    ): Tensor => done(runCell(kind, input, hx, w_ih, w_hh, b_ih, b_hh)[0]!, gradFn),
  );

/** One step of {@link rnn_tanh}. */
export const rnn_tanh_cell = cell("rnn_tanh", "rnn_tanh_cell", "TanhBackward0");
/** One step of {@link rnn_relu}. */
export const rnn_relu_cell = cell("rnn_relu", "rnn_relu_cell", "ReluBackward0");
/** One step of {@link gru}. */
export const gru_cell = cell("gru", "gru_cell", "AddBackward0");

/** One step of {@link lstm}: hidden and cell state. */
export const lstm_cell = def(
  "torch.lstm_cell",
  CELL,
  (
    input: TensorLike,
    hx: readonly TensorLike[],
    w_ih: TensorLike,
    w_hh: TensorLike,
    b_ih: TensorLike | null = null,
    b_hh: TensorLike | null = null,
  ): Tuple<Tensor> & readonly [Tensor, Tensor] => {
    const [h, c] = runCell("lstm", input, hx, w_ih, w_hh, b_ih, b_hh) as [Value, Value];
    return Tuple.of_([done(h, "MulBackward0"), done(c, "AddBackward0")]) as never;
  },
);
