import { type GateActivation, type OpRow, ops } from "@cognate/kernel";
import { pyclass } from "@cognate/py";
import { callMany, type Value } from "@cognate/tensor";
import { type ArrayLike, array, FluxArray, matmul, wrap } from "../array/array.js";
import { type Activation, identity, relu, sigmoid, stack, tanh } from "../array/functions.js";
import { glorot_uniform, zeros32 } from "../random.js";
import { Layer, nameOf, sizesOf } from "./layer.js";

/*
 * Recurrent layers. `RNN(in => out)` and its like keep their state from call to call until `reset_` (Flux up to 0.14);
 * those in `recurrent` take a whole sequence `[in, length, batch]` and the state as an argument (Flux from 0.15 on).
 */

const data = (x: ArrayLike): FluxArray => (x instanceof FluxArray ? x : array(x));
/** The k-th of equal blocks of rows. */
const block = (x: FluxArray, rows: number, k: number): FluxArray =>
  x.at(`${(k - 1) * rows + 1}:${k * rows}`, ...x.shape.slice(1).map(() => ":" as const));

/** A state: one array, or several. */
export type State = FluxArray | readonly FluxArray[];

/** A recurrence over a whole sequence: weights of the states, bias, what stands behind these among the inputs. */
interface SequenceOp {
  readonly row: OpRow<unknown>;
  readonly Wh: FluxArray;
  readonly b: FluxArray;
  readonly rest: readonly null[];
  readonly params: object;
}
/** Activations that the op of plain recurrences has. */
const ACTIVATIONS = new Map<Activation, GateActivation>([
  [tanh, "tanh"],
  [relu, "relu"],
  [sigmoid, "sigmoid"],
  [identity, "linear"],
]);
const TURNED = [1, 0];

abstract class Cell extends Layer {
  abstract Wi: FluxArray;
  abstract state0: State;
  /** (state, x) → (state, output) */
  abstract step(state: State, x: ArrayLike): [State, FluxArray];
  __call__(state: State, x: ArrayLike): [State, FluxArray] {
    return this.step(state, x);
  }
  abstract readonly gates: number;
  /** The recurrence over a whole sequence as one op, or `null` where the cell computes what none does. */
  protected abstract op(): SequenceOp | null;
  /**
   * All steps of x `[in, batch, time]` (`last`) or `[in, time, batch]` at once: the outputs in the same order and the last
   * state, or `null` where the steps must be taken one by one.
   */
  sequence(state: State, x: FluxArray, last: boolean): [State, FluxArray] | null {
    const op = this.op();
    const [steps, batch] = last ? [x.size(3), x.size(2)] : [x.size(2), x.size(3)];
    if (!op || steps === 0 || x.size(1) !== this.Wi.size(2)) return null;
    const weights = [this.Wi, op.Wh, op.b];
    const states = Array.isArray(state) ? (state as FluxArray[]) : [state as FluxArray];
    if ([...weights, ...states].some((v) => v.dtype !== x.dtype)) return null;
    if (states.some((s) => s.ndims() !== 2 || (s.size(2) !== 1 && s.size(2) !== batch))) return null;
    const rows = (s: FluxArray): Value => {
      const [width] = s.shape as readonly [number];
      return s._value.expand({ shape: [width, batch] }).permute({ axes: TURNED }) as Value;
    };
    const order = last ? [2, 1, 0] : [1, 2, 0];
    const [Wi, Wh, b] = weights.map((w) => w._value) as [Value, Value, Value];
    const values = [x._value.permute({ axes: order }) as Value, ...states.map(rows), Wi, Wh, b, ...op.rest];
    const results = callMany(op.row, values, op.params);
    const next = results
      .slice(1, 1 + states.length)
      .map((s) => wrap(s.permute({ axes: TURNED }) as Value)) as [FluxArray];
    const y = results[0]!.permute({ axes: last ? [2, 1, 0] : [2, 0, 1] }) as Value;
    return [Array.isArray(state) ? next : next[0], wrap(y)];
  }
  protected sizes(): string {
    return `${this.Wi.size(2)} => ${this.Wi.size(1) / this.gates}`;
  }
}

/** h′ = σ.(Wi·x .+ Wh·h .+ b); Wi `[out, in]`, Wh `[out, out]`, b `[out]`. */
class RNNCellImpl extends Cell {
  sigma: Activation;
  Wi: FluxArray;
  Wh: FluxArray;
  b: FluxArray;
  state0: FluxArray;
  get gates(): number {
    return 1;
  }
  constructor(...args: unknown[]) {
    super();
    const { in: n, out, rest } = sizesOf(args);
    this.sigma = (rest[0] as Activation | undefined) ?? tanh;
    this.Wi = glorot_uniform(out, n);
    this.Wh = glorot_uniform(out, out);
    this.b = zeros32(out);
    this.state0 = zeros32(out, 1);
  }
  protected op(): SequenceOp | null {
    const activation = ACTIVATIONS.get(this.sigma);
    const { Wh, b } = this;
    return activation
      ? { row: ops.rnn as OpRow<unknown>, Wh, b, rest: [null, null], params: { activation } }
      : null;
  }
  step(h: State, x: ArrayLike): [FluxArray, FluxArray] {
    const y = this.sigma(
      matmul(this.Wi, x)
        .add(matmul(this.Wh, h as FluxArray))
        .add(this.b),
    );
    return [y, shaped(y, x)];
  }
  show(): string {
    return `RNNCell(${this.sizes()}${`, ${nameOf(this.sigma)}`})`;
  }
}
export const RNNCell = pyclass(RNNCellImpl);
export type RNNCell = RNNCellImpl;

/** Gates input, forget, cell, output; Wi `[4·out, in]`, Wh `[4·out, out]`, b `[4·out]` with 1 at forget. */
class LSTMCellImpl extends Cell {
  Wi: FluxArray;
  Wh: FluxArray;
  b: FluxArray;
  state0: readonly FluxArray[];
  get gates(): number {
    return 4;
  }
  constructor(...args: unknown[]) {
    super();
    const { in: n, out } = sizesOf(args);
    this.Wi = glorot_uniform(4 * out, n);
    this.Wh = glorot_uniform(4 * out, out);
    this.b = zeros32(4 * out);
    block(this.b, out, 2).fill_(1);
    this.state0 = [zeros32(out, 1), zeros32(out, 1)];
  }
  protected op(): SequenceOp {
    const { Wh, b } = this;
    return { row: ops.lstm as OpRow<unknown>, Wh, b, rest: [null, null, null], params: { gates: "ifgo" } };
  }
  step(state: State, x: ArrayLike): [readonly FluxArray[], FluxArray] {
    const [h, c] = state as readonly [FluxArray, FluxArray];
    const out = this.Wh.size(2);
    const g = matmul(this.Wi, x).add(matmul(this.Wh, h)).add(this.b);
    const [input, forget, cell, output] = [1, 2, 3, 4].map((k) => block(g, out, k)) as [
      FluxArray,
      FluxArray,
      FluxArray,
      FluxArray,
    ];
    const c2 = sigmoid(forget)
      .mul(c)
      .add(sigmoid(input).mul(tanh(cell)));
    const h2 = sigmoid(output).mul(tanh(c2));
    return [[h2, c2], shaped(h2, x)];
  }
  show(): string {
    return `LSTMCell(${this.sizes()})`;
  }
}
export const LSTMCell = pyclass(LSTMCellImpl);
export type LSTMCell = LSTMCellImpl;

/** Gates reset, update, new; h′ = (1 − z)∘tanh(g₃ + r∘(Wh·h)₃ + b₃) + z∘h; Wi `[3·out, in]`, Wh `[3·out, out]`, b `[3·out]`. */
class GRUCellImpl extends Cell {
  Wi: FluxArray;
  Wh: FluxArray;
  b: FluxArray;
  state0: FluxArray;
  get gates(): number {
    return 3;
  }
  constructor(...args: unknown[]) {
    super();
    const { in: n, out } = sizesOf(args);
    this.Wi = glorot_uniform(3 * out, n);
    this.Wh = glorot_uniform(3 * out, out);
    this.b = zeros32(3 * out);
    this.state0 = zeros32(out, 1);
  }
  protected op(): SequenceOp {
    const { Wh, b } = this;
    const params = { gates: "rzn", resetAfter: true };
    return { row: ops.gru as OpRow<unknown>, Wh, b, rest: [null, null], params };
  }
  step(state: State, x: ArrayLike): [FluxArray, FluxArray] {
    const h = state as FluxArray;
    const out = this.Wh.size(2);
    const [gx, gh] = [matmul(this.Wi, x), matmul(this.Wh, h)];
    const at = (k: number): [FluxArray, FluxArray, FluxArray] => [
      block(gx, out, k),
      block(gh, out, k),
      block(this.b, out, k),
    ];
    const [xr, hr, br] = at(1);
    const [xz, hz, bz] = at(2);
    const [xn, hn, bn] = at(3);
    const r = sigmoid(xr.add(hr).add(br));
    const z = sigmoid(xz.add(hz).add(bz));
    const candidate = tanh(xn.add(r.mul(hn)).add(bn));
    const h2 = z.rsub(1).mul(candidate).add(z.mul(h));
    return [h2, shaped(h2, x)];
  }
  show(): string {
    return `GRUCell(${this.sizes()})`;
  }
}
export const GRUCell = pyclass(GRUCellImpl);
export type GRUCell = GRUCellImpl;

/** The state's columns as the input had them: a vector for a vector. */
function shaped(h: FluxArray, x: ArrayLike): FluxArray {
  const rank = typeof x === "number" ? 2 : data(x).ndims();
  return rank === 1 ? h.reshape(h.size(1)) : h;
}

/** `Recur(cell)`: keeps the cell's state from call to call. */
class RecurImpl extends Layer {
  cell: InstanceType<typeof RNNCell> | InstanceType<typeof LSTMCell> | InstanceType<typeof GRUCell>;
  state: State;
  constructor(cell: Cell, state: State = cell.state0) {
    super();
    this.cell = cell as RNNCellImpl;
    this.state = state;
  }
  /** One step `[in]` or `[in, batch]`, or a sequence `[in, batch, time]`. */
  __call__(x: ArrayLike): FluxArray {
    const a = typeof x === "number" ? null : data(x);
    if (a && a.ndims() === 3) {
      const all = this.cell.sequence(this.state, a, true);
      if (all) {
        [this.state] = all;
        return all[1];
      }
      return stack(
        Array.from({ length: a.size(3) }, (_, t) => this.one(a.at(":", ":", t + 1))),
        3,
      );
    }
    return this.one(x);
  }
  private one(x: ArrayLike): FluxArray {
    const [state, y] = this.cell.step(this.state as never, x);
    this.state = state;
    return y;
  }
  trainable(): Readonly<Record<string, unknown>> {
    return { cell: this.cell };
  }
  override children() {
    return [[null, this.cell]] as const;
  }
  show(): string {
    return "Recur";
  }
}
interface RecurImpl {
  (x: ArrayLike): FluxArray;
}
export const Recur = pyclass(RecurImpl);
export type Recur = RecurImpl;

/** `RNN(in => out, σ)`: a stateful recurrent layer. */
export const RNN = (...args: readonly unknown[]) => Recur(new RNNCellImpl(...args));
export const LSTM = (...args: readonly unknown[]) => Recur(new LSTMCellImpl(...args));
export const GRU = (...args: readonly unknown[]) => Recur(new GRUCellImpl(...args));

/** `reset!(m)`: every stateful layer in m starts from its first state again. */
export function reset_(model: unknown, seen = new Set<object>()): void {
  if ((typeof model !== "object" && typeof model !== "function") || model === null || seen.has(model)) return;
  seen.add(model);
  if (model instanceof RecurImpl) model.state = model.cell.state0;
  for (const v of Object.values(model)) reset_(v, seen);
}

/** A layer over a whole sequence `[in, length]` or `[in, length, batch]` with the state as an argument. */
export class SequenceImpl extends Layer {
  cell: Cell;
  return_state: boolean;
  private readonly title: string;
  constructor(title: string, cell: Cell, return_state = false) {
    super();
    this.title = title;
    this.cell = cell;
    this.return_state = return_state;
  }
  __call__(x: ArrayLike, state?: State): FluxArray | [FluxArray, State] {
    const a = data(x);
    const batched = a.ndims() === 3;
    const zero = (s: FluxArray): FluxArray => zeros32(s.size(1), ...(batched ? [a.size(3)] : []));
    const first = this.cell.state0;
    let s: State =
      state ?? (Array.isArray(first) ? (first as FluxArray[]).map(zero) : zero(first as FluxArray));
    const all = batched ? this.cell.sequence(s, a, false) : null;
    if (all) return this.return_state ? [all[1], all[0]] : all[1];
    const ys: FluxArray[] = [];
    for (let t = 1; t <= a.size(2); t++) {
      const [next, y] = this.cell.step(s as never, batched ? a.at(":", t, ":") : a.at(":", t));
      s = Array.isArray(next)
        ? (next as FluxArray[]).map((v) => (batched ? v : v.reshape(v.size(1))))
        : batched
          ? next
          : (next as FluxArray).reshape((next as FluxArray).size(1));
      ys.push(y);
    }
    const out = stack(ys, 2);
    return this.return_state ? [out, s] : out;
  }
  trainable(): Readonly<Record<string, unknown>> {
    const { state0: _, ...learns } = this.cell as unknown as Record<string, unknown>;
    return learns;
  }
  override children() {
    return [[null, this.cell]] as const;
  }
  show(): string {
    return this.title;
  }
}
export interface SequenceImpl {
  (x: ArrayLike, state?: State): FluxArray & [FluxArray, State];
}
const sequence =
  (title: string, make: (...args: readonly unknown[]) => Cell) =>
  (...args: readonly unknown[]) => {
    const last = args[args.length - 1] as { return_state?: boolean } | undefined;
    const options = typeof last === "object" && last !== null && "return_state" in last;
    return new SequenceImpl(
      title,
      make(...(options ? args.slice(0, -1) : args)),
      options ? last.return_state === true : false,
    );
  };
/** The layers of Flux 0.15 and later: explicit state, sequences `[in, length, batch]`. */
export const recurrent = {
  RNN: sequence("RNN", (...a) => new RNNCellImpl(...a)),
  LSTM: sequence("LSTM", (...a) => new LSTMCellImpl(...a)),
  GRU: sequence("GRU", (...a) => new GRUCellImpl(...a)),
} as const;
