import { RuntimeError, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import type { DTypeLike } from "../../dtype.js";
import { named } from "../../ops/args.js";
import { zeros } from "../../ops/creation.js";
import { type Tensor, wrap } from "../../tensor/tensor.js";
import * as init from "../init.js";
import { optionText } from "../module/option-layer.js";
import { allocateWeights, type Layout } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import type { Parameter } from "../parameter.js";

/** The arguments that all cells share. */
export interface CellOptions {
  readonly input_size: number;
  readonly hidden_size: number;
  readonly bias: boolean;
  readonly device: unknown;
  readonly dtype: DTypeLike | null;
}

/** What recurrent cells share: weights, checks, and single samples as batches of one. */
export abstract class CellBase extends ModuleImpl {
  input_size: number;
  hidden_size: number;
  bias: boolean;
  nonlinearity?: string;
  declare weight_ih: Parameter;
  declare weight_hh: Parameter;
  declare bias_ih: Parameter | null;
  declare bias_hh: Parameter | null;

  constructor(layout: Layout, o: CellOptions) {
    super();
    const { input_size, hidden_size, bias } = o;
    this.input_size = input_size;
    this.hidden_size = hidden_size;
    this.bias = bias;
    allocateWeights(this, layout, { input_size, hidden_size }, o, bias ? [] : ["bias_ih", "bias_hh"]);
    this.reset_parameters();
  }

  reset_parameters(): void {
    const bound = this.hidden_size > 0 ? 1 / Math.sqrt(this.hidden_size) : 0;
    for (const weight of this.parameters()) init.uniform_(weight, -bound, bound);
  }
  override extra_repr(): string {
    const parts = [`${this.input_size}, ${this.hidden_size}`];
    if (!this.bias) parts.push(`bias=${optionText(this.bias)}`);
    if (this.nonlinearity !== undefined && this.nonlinearity !== "tanh")
      parts.push(`nonlinearity=${this.nonlinearity}`);
    return parts.join(", ");
  }

  /** One step of the sequence op: x `[1, batch, input]`. */
  abstract _run(x: Value, states: readonly Value[]): readonly Value[];
  /** What PyTorch calls the recorded calls behind the states. */
  abstract get _names(): readonly string[];

  /** The next states. @throws ValueError, RuntimeError in PyTorch's words for other ranks and sizes */
  _step(input: Tensor, given: readonly Tensor[] | null): Tensor[] {
    const name = this._get_cell_name();
    if (input.ndim !== 1 && input.ndim !== 2)
      throw new ValueError(`${name}: Expected input to be 1D or 2D, got ${input.ndim}D instead`);
    given?.forEach((s, i) => {
      if (s.ndim !== 1 && s.ndim !== 2)
        throw new ValueError(
          `${name}: Expected ${given.length > 1 ? `hx[${i}]` : "hidden"} to be 1D or 2D, got ${s.ndim}D instead`,
        );
    });
    const batched = input.ndim === 2;
    const x = batched ? input : input.unsqueeze(0);
    const batch = x.shape[0]!;
    const states =
      given?.map((s) => (batched ? s : s.unsqueeze(0))) ??
      this._names.map(() => zeros([batch, this.hidden_size], { dtype: input.dtype }));
    this._check(x, states);
    const next = this._run(
      x.unsqueeze(0)._value,
      states.map((s) => s._value),
    );
    return next.map((value, i) => {
      // A view, so that the state has a recorded call of its own to name.
      const s = wrap(value).view([batch, this.hidden_size]);
      named(s._value, this._names[i]!);
      return batched ? s : s.squeeze(0);
    });
  }
  abstract _get_cell_name(): string;

  _check(x: Tensor, states: readonly Tensor[]): void {
    if (x.shape[1] !== this.input_size)
      throw new RuntimeError(
        `input has inconsistent input_size: got ${x.shape[1]} expected ${this.input_size}`,
      );
    states.forEach((s, i) => {
      if (s.shape[0] !== x.shape[0])
        throw new RuntimeError(
          `Input batch size ${x.shape[0]} doesn't match hidden${i} batch size ${s.shape[0]}`,
        );
      if (s.shape[1] !== this.hidden_size)
        throw new RuntimeError(
          `hidden${i} has inconsistent hidden_size: got ${s.shape[1]}, expected ${this.hidden_size}`,
        );
    });
  }
}
