import { ops } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import { castValue, valueOf } from "../../backend/create.js";
import { kernelType } from "../../backend/dtype.js";
import { nameScope } from "../../backend/scope.js";
import { type Shape, shapeText } from "../../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { Variable } from "../../backend/variable.js";
import { hide } from "../../hide.js";
import { deserialized } from "../../object-registry.js";
import * as K from "../../ops/index.js";
import { anyRow, apply } from "../../ops/make.js";
import * as tree from "../../tree.js";
import { LayerImpl } from "../layer.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";
import { DropoutCell } from "./recurrent-cell.js";
import { StackedRNNCells, StackedRNNCellsImpl } from "./stacked-rnn-cells.js";

/** What a layer that steps through sequences needs: a step, and the sizes of what it carries. */
export interface Cell {
  readonly state_size: number | readonly (number | readonly number[])[];
  readonly output_size?: number | null;
  call(inputs: never, states: never, ...rest: never[]): unknown;
  get_initial_state?(batch_size: number): unknown;
}

/** What a walk over a sequence gives. */
export interface Walked {
  readonly last: Tensor;
  /** All outputs in the order in which they were made: `[batch, steps, …]`. */
  readonly outputs: () => Tensor;
  readonly states: readonly unknown[];
}

export interface RNNOptions extends LayerOptions {
  readonly zero_output_for_mask?: boolean;
}

export class RNNImpl extends StockLayer {
  cell: Cell;
  declare readonly return_sequences: boolean;
  declare readonly return_state: boolean;
  declare readonly go_backwards: boolean;
  declare readonly stateful: boolean;
  declare readonly unroll: boolean;
  declare zero_output_for_mask: boolean;
  declare readonly state_size: readonly (number | readonly number[])[];
  declare states: unknown;
  declare _expected_batch_size: number | null;

  constructor(
    cell: Cell | readonly Cell[],
    return_sequences = false,
    return_state = false,
    go_backwards = false,
    stateful = false,
    unroll = false,
    zero_output_for_mask = false,
    options: LayerOptions = {},
  ) {
    const own = (Array.isArray(cell) ? StackedRNNCells(cell as never) : cell) as Cell;
    if (typeof own?.call !== "function")
      throw new ValueError(`Argument \`cell\` should have a \`call\` method. Received: cell=${String(own)}`);
    const size = (own as Partial<Cell>).state_size;
    if (size === undefined)
      throw new ValueError(
        `The RNN cell should have a \`state_size\` attribute (single integer or list of integers, one integer per RNN state). Received: cell=${String(own)}`,
      );
    super(options);
    if (size === null) throw new ValueError("state_size must be specified as property on the RNN cell.");
    if (typeof size !== "number" && !Array.isArray(size))
      throw new ValueError(
        "state_size must be an integer, or a list/tuple of integers (one for each state tensor).",
      );
    this.cell = own;
    this._take({ return_sequences, return_state, go_backwards, stateful, unroll, zero_output_for_mask });
    hide(this, "state_size", typeof size === "number" ? [size] : [...size]);
    hide(this, "states", null);
    hide(this, "_expected_batch_size", null);
    this.supports_masking = true;
  }

  override build(sequences_shape: Shape, _initial_state_shape: unknown = null): void {
    const [batch, , ...step] = sequences_shape;
    if (this.cell instanceof LayerImpl && !this.cell.built) {
      (this.cell.build as (shape: Shape) => void)(Tuple.of_([batch!, ...step]));
      this.cell.built = true;
    }
    if (!this.stateful) return;
    if (this.states !== null) {
      this.reset_state();
      return;
    }
    if (batch === null || batch === undefined)
      throw new ValueError(
        `When using \`stateful=True\` in a RNN, the batch size must be static. Found dynamic batch size: sequence.shape=${shapeText(sequences_shape)}`,
      );
    this._createStates(batch);
    this._expected_batch_size = batch;
  }
  _createStates(batch: number): void {
    const states = nameScope(
      this.name,
      () =>
        tree.map(
          (value: Tensor) =>
            Variable(value, null, this.variable_dtype, false, true, "none", "auto", "rnn_state"),
          this.get_initial_state(batch),
        ),
      this,
    );
    hide(this, "states", states);
  }
  /** States of zeros. */
  get_initial_state(batch_size: number): unknown[] {
    if (!this.cell.get_initial_state) {
      const type = this.cell instanceof LayerImpl ? this.cell.compute_dtype : this.compute_dtype;
      return this.state_size.map((n) =>
        tree.map((d: number) => K.zeros([batch_size, d], type), n as unknown),
      );
    }
    const states = this.cell.get_initial_state(batch_size);
    return Array.isArray(states) ? [...states] : [states];
  }
  /** Brings the states that a stateful layer keeps back to zero. */
  reset_state(): void {
    if (this.states === null) return;
    for (const v of tree.flatten(this.states) as Variable[]) v.assign(K.zeros_like(v.value));
  }
  reset_states(): void {
    this.reset_state();
  }

  override call(
    sequences: Tensor,
    initial_state: unknown = null,
    mask: Tensor | readonly (Tensor | null)[] | null = null,
    training: boolean | null = false,
  ): unknown {
    const [batch] = sequences.shape as readonly number[];
    const given = initial_state ?? (this.stateful ? this.states : this.get_initial_state(batch!));
    if (this.stateful && this._expected_batch_size !== null && batch !== this._expected_batch_size)
      throw new ValueError(
        `If an RNN is stateful, the batch size of the input sequences must be the same as the batch size of the initial state. \n- Expected batch size: ${this._expected_batch_size}\n- Received batch size: ${batch}`,
      );
    const type = kernelType(this.cell instanceof LayerImpl ? this.cell.compute_dtype : this.compute_dtype);
    const states = tree.map(
      (x: TensorLike) => wrap(castValue(valueOf(x), type)),
      Array.isArray(given) ? [...given] : [given],
    ) as unknown[];
    this._configureMasks(this.cell, sequences.at(":", 0), states);
    const seen = (Array.isArray(mask) ? mask[0] : mask) as Tensor | null;
    const walked = this._walk(sequences, states, seen ?? null, Boolean(training));
    const own = (x: unknown): unknown => tree.map((t: Tensor) => K.cast(t, this.compute_dtype), x);
    const output = own(this.return_sequences ? walked.outputs() : walked.last);
    const after = walked.states.map(own);
    this._resetMasks(this.cell);
    if (this.stateful) {
      const kept = tree.flatten(this.states) as Variable[];
      (tree.flatten(after) as Tensor[]).forEach((s, i) => kept[i]!.assign(s));
    }
    return this.return_state ? Tuple.of_([output, ...after]) : output;
  }
  /** Runs the cell over the sequence; the stock layers do it in one op of the table where they can. */
  _walk(sequences: Tensor, initial: readonly unknown[], mask: Tensor | null, training: boolean): Walked {
    const steps = sequences.shape[1]!;
    const order = Array.from({ length: steps }, (_, i) => (this.go_backwards ? steps - 1 - i : i));
    const flags = mask === null ? null : K.cast(mask, "bool");
    const step = this._step(training);
    let states: unknown = [...initial];
    let last: Tensor | null = null;
    const outputs: Tensor[] = [];
    for (const t of order) {
      const [y, next] = step(sequences.at(":", t), states as unknown[]);
      let output = y;
      let after: unknown = Array.isArray(next) ? next : [next];
      if (flags !== null) {
        const on = flags.at(":", t);
        const like = (x: Tensor): Tensor =>
          K.reshape(on, [...on.shape, ...new Array<number>(x.ndim - on.ndim).fill(1)]);
        const before = last === null || this.zero_output_for_mask ? K.zeros_like(output) : last;
        output = K.where(like(output), output, before) as Tensor;
        after = tree.map((s: Tensor, p: Tensor) => K.where(like(s), s, p), after, states);
      }
      states = after;
      last = output;
      outputs.push(output);
    }
    return {
      last: last!,
      outputs: () =>
        wrap(
          apply(
            anyRow(ops.stack),
            outputs.map((o) => o._value),
            { dim: 1 },
          ),
        ),
      states: states as unknown[],
    };
  }
  /** One step of the cell. */
  _step(training: boolean): (x: Tensor, states: unknown[]) => [Tensor, unknown] {
    const { cell } = this;
    if (!(cell instanceof LayerImpl))
      return (x, states) => (cell.call as (x: Tensor, s: unknown) => [Tensor, unknown])(x, states);
    const run = cell as unknown as (...args: unknown[]) => [Tensor, unknown];
    const keywords = cell._signature.names.includes("training") ? [{ training }] : [];
    return (x, states) => run(x, states, ...keywords);
  }
  _configureMasks(cell: unknown, x: Tensor, states: unknown): void {
    const first = (Array.isArray(states) ? states[0] : states) as Tensor;
    if (cell instanceof DropoutCell) {
      cell.get_dropout_mask(x);
      cell.get_recurrent_dropout_mask(first);
    } else if (cell instanceof StackedRNNCellsImpl && cell.cells.some((c) => c instanceof DropoutCell)) {
      let input = x;
      cell.cells.forEach((c, i) => {
        const own = (states as unknown[])[i];
        this._configureMasks(c, input, own);
        const list = Array.isArray(own) ? own : [own];
        [input] = (c as unknown as (x: Tensor, s: unknown[]) => [Tensor])(input, list);
      });
    }
  }
  _resetMasks(cell: unknown): void {
    if (cell instanceof DropoutCell) {
      cell.reset_dropout_mask();
      cell.reset_recurrent_dropout_mask();
    } else if (cell instanceof StackedRNNCellsImpl) for (const c of cell.cells) this._resetMasks(c);
  }

  /** Masked steps put out zeros wherever the outputs of all steps are given. */
  _forceZeros(): void {
    this.zero_output_for_mask = this.return_sequences;
  }

  override compute_output_shape(sequences_shape: Shape, _initial_state_shape: unknown = null): unknown {
    const [batch, length] = sequences_shape as readonly (number | null)[];
    const states = this.state_size.map((n) =>
      typeof n === "number" ? Tuple.of_([batch!, n]) : n.map((d) => Tuple.of_([batch!, d])),
    );
    const size = this.cell.output_size ?? (tree.flatten(this.state_size)[0] as number);
    const output = Tuple.of_(this.return_sequences ? [batch!, length!, size] : [batch!, size]);
    return this.return_state ? [output, ...states] : output;
  }
  override compute_mask(_inputs: unknown, mask: unknown = null): unknown {
    const [first] = tree.flatten(mask);
    const own = this.return_sequences ? (first ?? null) : null;
    return this.return_state ? [own, ...this.state_size.map(() => null)] : own;
  }
  static override from_config(
    this: unknown,
    config: Readonly<Record<string, unknown>>,
    custom_objects: Readonly<Record<string, unknown>> | null = null,
  ): RNNImpl {
    const { cell, ...rest } = config;
    const C = this as new (...args: unknown[]) => RNNImpl;
    if (cell === undefined) return new C(rest);
    return new C(cell instanceof LayerImpl ? cell : deserialized(cell, {}, custom_objects), rest);
  }
}

export const RNN_CALL = {
  call: "sequences initial_state? mask? training=false",
  build: "sequences_shape initial_state_shape?",
  compute_output_shape: "sequences_shape initial_state_shape?",
} as const;
export const RNN_CONFIG = "return_sequences return_state go_backwards stateful unroll zero_output_for_mask";

/**
 * `keras.layers.RNN`: a cell, or a stack of cells, over sequences `(batch, steps, …)`.
 *
 * @param cell - has `call(inputs, states)` → `(output, new states)` and `state_size`
 * @param zero_output_for_mask - masked steps put out zeros instead of the output before
 */
export const RNN = stock(
  "rnn.rnn.RNN",
  "cell return_sequences return_state go_backwards stateful unroll zero_output_for_mask **kwargs",
  RNNImpl,
  { ...RNN_CALL, config: `${RNN_CONFIG} cell` },
);
export type RNN = RNNImpl;
