import type { GateActivation } from "@cognate/kernel";
import { float, ValueError } from "@cognate/py";
import * as activations from "../../activations/index.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import { hide } from "../../hide.js";
import * as K from "../../ops/index.js";
import { dropout as drawDropout, SeedGenerator } from "../../random/index.js";
import { type Activation, type LayerOptions, StockLayer } from "../stock.js";

/** A cell's state: one tensor or several. */
export type States = Tensor | readonly Tensor[];
export const stateList = (states: States): readonly Tensor[] =>
  Array.isArray(states) ? (states as readonly Tensor[]) : [states as Tensor];

/** What cells are told by name besides a layer's options. */
export interface CellOptions extends LayerOptions {
  readonly implementation?: number;
}

type Mask = Tensor | readonly Tensor[];

/** Cells that hide parts of their inputs while they train, the same at every step of a call. */
export abstract class DropoutCell extends StockLayer {
  declare readonly dropout: number;
  declare readonly recurrent_dropout: number;
  declare readonly seed: number | null;
  /** How many masks are drawn, one a gate; `null` for one that all share. */
  declare readonly dropout_mask_count: number | null;
  seed_generator!: InstanceType<typeof SeedGenerator>;
  declare _mask: Mask | null;
  declare _recurrentMask: Mask | null;

  _takeDropout(dropout: number, recurrent_dropout: number, seed: number | null, count: number | null): void {
    // A rate between the bounds stays the object that was given, so that 0.0 prints as such.
    const between = (rate: number): number => (rate > 0 && rate <= 1 ? rate : rate > 1 ? 1 : float(0));
    this._take({
      dropout: between(dropout),
      recurrent_dropout: between(recurrent_dropout),
      seed,
      dropout_mask_count: count,
    });
    this.seed_generator = SeedGenerator(seed as never);
    hide(this, "_mask", null);
    hide(this, "_recurrentMask", null);
  }
  _draw(like: Tensor, rate: number): Mask {
    const one = (): Tensor =>
      drawDropout(K.ones_like(like), Number(rate), null, this.seed_generator as never);
    const n = this.dropout_mask_count;
    return n === null ? one() : Array.from({ length: n }, one);
  }
  get_dropout_mask(step_input: Tensor): Mask | null {
    if (this._mask === null && this.dropout > 0) this._mask = this._draw(step_input, this.dropout);
    return this._mask;
  }
  get_recurrent_dropout_mask(step_input: Tensor): Mask | null {
    if (this._recurrentMask === null && this.recurrent_dropout > 0)
      this._recurrentMask = this._draw(step_input, this.recurrent_dropout);
    return this._recurrentMask;
  }
  reset_dropout_mask(): void {
    this._mask = null;
  }
  reset_recurrent_dropout_mask(): void {
    this._recurrentMask = null;
  }
  /** The input as each of n gates sees it. */
  _seen(x: Tensor, n: number, recurrent: boolean, training: boolean): Tensor[] {
    const rate = recurrent ? this.recurrent_dropout : this.dropout;
    if (!training || !(rate > 0 && rate < 1)) return new Array<Tensor>(n).fill(x);
    const mask = recurrent ? this.get_recurrent_dropout_mask(x) : this.get_dropout_mask(x);
    return Array.from({ length: n }, (_, i) =>
      K.multiply(x, (Array.isArray(mask) ? mask[i] : mask) as Tensor),
    );
  }
}

/** The stock cells: a kernel, a recurrent kernel, a bias. */
export abstract class RecurrentCell extends DropoutCell {
  declare kernel: Variable;
  declare recurrent_kernel: Variable;
  declare bias: Variable | null;
  declare readonly units: number;
  declare readonly use_bias: boolean;
  declare readonly activation: Activation;
  declare readonly state_size: number | readonly number[];
  declare readonly output_size: number;

  _checkUnits(units: number): void {
    if (!(units > 0))
      throw new ValueError(
        `Received an invalid value for argument \`units\`, expected a positive integer, got ${units}.`,
      );
  }
  /** States of zeros. */
  get_initial_state(batch_size: number): Tensor[] {
    const sizes = typeof this.state_size === "number" ? [this.state_size] : this.state_size;
    return sizes.map((n) => K.zeros([batch_size, n], this.compute_dtype));
  }
}

const GATES: ReadonlyMap<unknown, GateActivation> = new Map<unknown, GateActivation>([
  [activations.elu, "elu"],
  [activations.exponential, "exponential"],
  [activations.hard_sigmoid, "hardSigmoid"],
  [activations.linear, "linear"],
  [activations.relu, "relu"],
  [activations.selu, "selu"],
  [activations.sigmoid, "sigmoid"],
  [activations.softplus, "softplus"],
  [activations.softsign, "softsign"],
  [activations.tanh, "tanh"],
]);
/** The name under which the kernel's sequence ops know an activation; `undefined` if they do not. */
export const gateNamed = (f: unknown): GateActivation | undefined => GATES.get(f);
