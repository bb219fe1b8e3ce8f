import { RuntimeError, Tuple, TypeError, type_name, ValueError, warn } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import type { DTypeLike } from "../../dtype.js";
import { named } from "../../ops/args.js";
import { empty, zeros } from "../../ops/creation.js";
import { index_select } from "../../ops/indexing.js";
import { cat, stack } from "../../ops/joining.js";
import { transpose } from "../../ops/shape.js";
import { type Tensor, wrap } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import * as init from "../init.js";
import { hide } from "../module/hide.js";
import { optionText } from "../module/option-layer.js";
import { type Layout, shapeOf } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import { Parameter } from "../parameter.js";
import { PackedSequence } from "../utils/rnn.js";

/** The arguments of a recurrent layer. */
export interface RecurrentOptions {
  readonly input_size: number;
  readonly hidden_size: number;
  readonly num_layers: number;
  readonly bias: boolean;
  readonly batch_first: boolean;
  readonly dropout: number;
  readonly bidirectional: boolean;
  readonly proj_size: number;
  readonly device: unknown;
  readonly dtype: DTypeLike | null;
}

/** How one direction of one layer walks over its sequences. */
export interface Walk {
  readonly reverse: boolean;
  readonly batchSizes: readonly number[] | undefined;
}

/** One layer's weights, in the order of its layout; `null` for those that it has not. */
export type Weights = Readonly<Record<string, Value | null>>;

/** What all recurrent layers share: weights by layer and direction, checks, and the walk through the layers. */
export abstract class RNNBase extends ModuleImpl {
  readonly mode: string;
  input_size: number;
  hidden_size: number;
  num_layers: number;
  bias: boolean;
  batch_first: boolean;
  dropout: number;
  bidirectional: boolean;
  proj_size: number;
  /** The names of the weights, layer by layer and direction by direction. */
  declare readonly _all_weights: readonly (readonly string[])[];

  constructor(mode: string, layout: Layout, o: RecurrentOptions) {
    super();
    checkOptions(o);
    this.mode = mode;
    this.input_size = o.input_size;
    this.hidden_size = o.hidden_size;
    this.num_layers = o.num_layers;
    this.bias = o.bias;
    this.batch_first = o.batch_first;
    this.dropout = o.dropout;
    this.bidirectional = o.bidirectional;
    this.proj_size = o.proj_size;
    hide(this, "_all_weights", this._allocate(layout, o));
    this.reset_parameters();
  }

  get _directions(): number {
    return this.bidirectional ? 2 : 1;
  }
  /** The length of what each step puts out, and of the state h. */
  get _output_size(): number {
    return this.proj_size > 0 ? this.proj_size : this.hidden_size;
  }

  /** `weight_ih_l0`, `weight_hh_l0` …, with `_reverse` for the second direction: shapes from the layout. */
  _allocate(layout: Layout, o: RecurrentOptions): string[][] {
    const all: string[][] = [];
    const left = new Set([
      ...(o.bias ? [] : ["bias_ih", "bias_hh"]),
      ...(o.proj_size > 0 ? [] : ["weight_hr"]),
    ]);
    for (let layer = 0; layer < o.num_layers; layer++)
      for (let direction = 0; direction < this._directions; direction++) {
        const sizes = {
          hidden_size: o.hidden_size,
          input_size: layer === 0 ? o.input_size : this._output_size * this._directions,
          output_size: this._output_size,
        };
        const names = Object.entries(layout)
          .filter(([name]) => !left.has(name))
          .map(([name, axes]) => {
            const own = weightName(name, layer, direction);
            const p = new Parameter(
              empty(shapeOf(axes, sizes), { device: o.device, dtype: o.dtype } as never),
            );
            this.register_parameter(own, p);
            return own;
          });
        all.push(names);
      }
    return all;
  }

  /** The parameters, layer by layer and direction by direction. */
  get all_weights(): Parameter[][] {
    return this._all_weights.map((names) => names.map((name) => this._weight(name)));
  }
  get _flat_weights(): Parameter[] {
    return this.all_weights.flat();
  }
  _weight(name: string): Parameter {
    return (this as unknown as Record<string, Parameter>)[name]!;
  }
  /** Makes the weights one block of memory on a GPU; here they are good as they are. */
  flatten_parameters(): void {}
  reset_parameters(): void {
    const bound = 1 / Math.sqrt(this.hidden_size);
    for (const weight of this.parameters()) init.uniform_(weight, -bound, bound);
  }

  override extra_repr(): string {
    const parts = [`${this.input_size}, ${this.hidden_size}`];
    const show = (name: string, value: unknown, isFloat = false): void => {
      parts.push(`${name}=${optionText(value, isFloat)}`);
    };
    if (this.proj_size !== 0) show("proj_size", this.proj_size);
    if (this.num_layers !== 1) show("num_layers", this.num_layers);
    if (!this.bias) show("bias", false);
    if (this.batch_first) show("batch_first", true);
    if (Number(this.dropout) !== 0) show("dropout", this.dropout, true);
    if (this.bidirectional) show("bidirectional", true);
    return parts.join(", ");
  }

  // forward

  /** @throws ValueError, RuntimeError in PyTorch's words for an input of another type, rank or width */
  check_input(input: Tensor, packed: boolean): void {
    const weight = this._weight(this._all_weights[0]![0]!);
    if (input.dtype !== weight.dtype)
      throw new ValueError(
        `RNN input dtype (${input.dtype}) does not match weight dtype (${weight.dtype}). Convert input: input.to(${weight.dtype}), or convert model: model.to(${input.dtype})`,
      );
    const rank = packed ? 2 : 3;
    if (input.ndim !== rank) throw new RuntimeError(`input must have ${rank} dimensions, got ${input.ndim}`);
    const width = input.shape[rank - 1]!;
    if (width !== this.input_size)
      throw new RuntimeError(
        `input.size(-1) must be equal to input_size. Expected ${this.input_size}, got ${width}`,
      );
  }
  /** @throws RuntimeError for a state of another shape */
  check_hidden_size(hx: Tensor, batch: number, width: number, name: string): void {
    const want = [this.num_layers * this._directions, batch, width];
    if (hx.ndim !== 3 || hx.shape.some((n, i) => n !== want[i]))
      throw new RuntimeError(`Expected ${name} size (${want.join(", ")}), got [${hx.shape.join(", ")}]`);
  }

  /** The width of each state: h, and for an LSTM c. */
  abstract get _state_sizes(): readonly number[];
  /** One direction of one layer: its outputs and final states. */
  abstract _run(x: Value, states: readonly Value[], weights: Weights, walk: Walk): readonly Value[];
  /** What PyTorch calls the recorded call behind the outputs. */
  _outputName(_input: Tensor, packed: boolean): string {
    if (packed || this.bidirectional) return "CatBackward0";
    return "StackBackward0";
  }
  /** The name of the turn back to batch first. */
  get _transposeName(): string {
    return "TransposeBackward1";
  }
  /** What says that unbatched or batched states do not go with the input. */
  abstract _stateRanks(states: readonly Tensor[], batched: boolean): void;
  abstract _inputRank(rank: number): string;

  /** {@link forward} on states as a list. */
  _forward(
    input: Tensor | PackedSequence,
    given: readonly Tensor[] | null,
  ): { output: Tensor | PackedSequence; states: Tensor[] } {
    return input instanceof PackedSequence
      ? this._forwardPacked(input, given)
      : this._forwardPadded(input as Tensor, given);
  }

  _forwardPacked(
    packed: PackedSequence,
    given: readonly Tensor[] | null,
  ): { output: PackedSequence; states: Tensor[] } {
    const { data, batch_sizes, sorted_indices, unsorted_indices } = packed;
    const sizes = (batch_sizes.tolist() as (number | bigint)[]).map(Number);
    const states = given?.map((s) => permuted(s, sorted_indices)) ?? this._zeros(sizes[0]!, data);
    this.check_input(data, true);
    this._checkStates(states, sizes[0]!);
    const { output, finals } = this._layers(data, states, sizes);
    return {
      output: new PackedSequence(output, batch_sizes, sorted_indices, unsorted_indices),
      states: finals.map((s) => permuted(s, unsorted_indices)),
    };
  }

  _forwardPadded(input: Tensor, given: readonly Tensor[] | null): { output: Tensor; states: Tensor[] } {
    if (input.ndim !== 2 && input.ndim !== 3) throw new ValueError(this._inputRank(input.ndim));
    const batched = input.ndim === 3;
    const batchAxis = this.batch_first ? 0 : 1;
    if (given) this._stateRanks(given, batched);
    const x = batched ? input : input.unsqueeze(batchAxis);
    const batch = x.shape[batchAxis]!;
    const states = given ? given.map((s) => (batched ? s : s.unsqueeze(1))) : this._zeros(batch, x);
    this.check_input(x, false);
    this._checkStates(states, batch);
    const { output, finals } = this._layers(this.batch_first ? transpose(x, 0, 1) : x, states, undefined);
    let y = output;
    if (this.batch_first) {
      y = transpose(y, 0, 1);
      named(y._value, this._transposeName);
    }
    if (batched) return { output: y, states: finals };
    return { output: y.squeeze(batchAxis), states: finals.map((s) => s.squeeze(1)) };
  }

  _zeros(batch: number, like: Tensor): Tensor[] {
    const layers = this.num_layers * this._directions;
    return this._state_sizes.map((width) => zeros([layers, batch, width], { dtype: like.dtype }));
  }
  _checkStates(states: readonly Tensor[], batch: number): void {
    const several = this._state_sizes.length > 1;
    this._state_sizes.forEach((width, i) => {
      this.check_hidden_size(states[i]!, batch, width, several ? `hidden[${i}]` : "hidden");
    });
  }

  /** All layers over `[steps, batch, input]`, or over packed rows. */
  _layers(
    input: Tensor,
    states: readonly Tensor[],
    batchSizes: readonly number[] | undefined,
  ): { output: Tensor; finals: Tensor[] } {
    const name = this._outputName(input, batchSizes !== undefined);
    const finals: Tensor[][] = states.map(() => []);
    let x = input;
    for (let layer = 0; layer < this.num_layers; layer++) {
      const outputs: Tensor[] = [];
      for (let direction = 0; direction < this._directions; direction++) {
        const k = layer * this._directions + direction;
        const [y, ...last] = this._run(
          x._value,
          states.map((s) => s.at(k)._value),
          this._weightsOf(layer, direction),
          { reverse: direction === 1, batchSizes },
        );
        named(y!, name);
        outputs.push(wrap(y!));
        last.forEach((s, i) => void finals[i]!.push(wrap(s)));
      }
      x = outputs.length === 1 ? outputs[0]! : cat(outputs, -1);
      if (this.dropout > 0 && this.training && layer < this.num_layers - 1)
        x = F.dropout(x, this.dropout, true);
    }
    return { output: x, finals: finals.map((all) => stack(all, 0)) };
  }

  _weightsOf(layer: number, direction: number): Weights {
    const value = (name: string): Value | null =>
      this._weight(weightName(name, layer, direction))?._value ?? null;
    return {
      weight_ih: value("weight_ih"),
      weight_hh: value("weight_hh"),
      bias_ih: value("bias_ih"),
      bias_hh: value("bias_hh"),
      weight_hr: value("weight_hr"),
    };
  }
}

const weightName = (name: string, layer: number, direction: number): string =>
  `${name}_l${layer}${direction === 1 ? "_reverse" : ""}`;

/** States of sequences in another order. */
const permuted = (state: Tensor, order: Tensor | null): Tensor =>
  order === null ? state : index_select(state, 1, order);

function checkOptions(o: RecurrentOptions): void {
  const { dropout, proj_size, hidden_size } = o;
  if (typeof dropout === "boolean" || !(Number(dropout) >= 0 && Number(dropout) <= 1))
    throw new ValueError(
      "dropout should be a number in range [0, 1] representing the probability of an element being zeroed",
    );
  if (dropout > 0 && o.num_layers === 1)
    warn(
      `dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers greater than 1, but got dropout=${dropout} and num_layers=${o.num_layers}`,
    );
  for (const name of ["bias", "batch_first"] as const)
    if (typeof o[name] !== "boolean")
      throw new TypeError(`${name} should be of type bool, got: ${type_name(o[name])}`);
  for (const name of ["input_size", "hidden_size"] as const) {
    if (!Number.isInteger(o[name]))
      throw new TypeError(`${name} should be of type int, got: ${type_name(o[name])}`);
    if (o[name] <= 0) throw new ValueError(`${name} must be greater than zero`);
  }
  if (o.num_layers <= 0) throw new ValueError("num_layers must be greater than zero");
  if (proj_size < 0)
    throw new ValueError("proj_size should be a positive integer or zero to disable projections");
  if (proj_size >= hidden_size) throw new ValueError("proj_size has to be smaller than hidden_size");
}

/** @throws ValueError for layers that cannot project their state */
export function refuseProjection(proj_size: number | undefined): void {
  if (proj_size !== undefined)
    throw new ValueError("proj_size argument is only supported for LSTM, not RNN or GRU");
}

/** The check of a single state's rank. */
export function checkStateRank(hx: Tensor, batched: boolean): void {
  const want = batched ? 3 : 2;
  if (hx.ndim !== want)
    throw new RuntimeError(
      `For ${batched ? "batched" : "unbatched"} ${want}-D input, hx should also be ${want}-D but got ${hx.ndim}-D tensor`,
    );
}

/** What a layer of one state returns: outputs and final state. */
export type OutputAndState = Tuple<Tensor | PackedSequence> & readonly [Tensor, Tensor];
export const outputAndState = (output: Tensor | PackedSequence, state: Tensor): OutputAndState =>
  Tuple.of_<Tensor | PackedSequence>([output, state]) as unknown as OutputAndState;
