import { bool, ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { valueOf } from "../../backend/create.js";
import { type Tensor, wrap } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { apply } from "../../ops/make.js";
import { InputSpec } from "../input-spec.js";
import type { LayerImpl } from "../layer.js";
import type { RecurrentCell } from "./recurrent-cell.js";
import { type Cell, RNNImpl, type RNNOptions, type Walked } from "./rnn.js";

/** What a whole sequence needs: inputs by step, weights with the outputs first, how to walk. */
export interface Sequence {
  /** `[steps, batch, input]`. */
  readonly x: Value;
  readonly states: readonly Value[];
  /** `[gates·units, input]` and `[gates·units, units]`. */
  readonly wx: Value;
  readonly wh: Value;
  readonly mask: Value | null;
  readonly walk: { readonly reverse: boolean; readonly zeroOutput: boolean };
}

const turned = (v: Value): Value => apply(ops.permute, [v], { axes: [1, 0] });

/** The stock recurrent layers: a cell of their own, and the whole sequence in one op where its activations are known. */
export abstract class StockRNN<C extends RecurrentCell> extends RNNImpl {
  declare cell: C & Cell;
  declare use_cudnn: "auto" | boolean;

  constructor(
    cell: C,
    return_sequences: boolean,
    return_state: boolean,
    go_backwards: boolean,
    stateful: boolean,
    unroll: boolean,
    { zero_output_for_mask = false, ...options }: RNNOptions,
    use_cudnn: "auto" | boolean = "auto",
  ) {
    super(
      cell as unknown as Cell,
      return_sequences,
      return_state,
      go_backwards,
      stateful,
      unroll,
      zero_output_for_mask,
      options,
    );
    this.input_spec = InputSpec({ ndim: 3 });
    if (!["auto", true, false].includes(use_cudnn))
      throw new ValueError(
        `Invalid valid received for argument \`use_cudnn\`. Expected one of {'auto', True, False}. Received: use_cudnn=${String(use_cudnn)}`,
      );
    this._take({ use_cudnn });
  }
  /** Outputs, final states and the like of the whole sequence; `null` where the cell has to go step by step. */
  abstract _sequence(s: Sequence): readonly Value[] | null;
  /** Whether a cell computes what the op of the table does. */
  abstract _fits(cell: C): boolean;

  override _walk(
    sequences: Tensor,
    initial: readonly unknown[],
    mask: Tensor | null,
    training: boolean,
  ): Walked {
    if (this.use_cudnn === true)
      throw new ValueError(
        "use_cudnn=True was specified, but cuDNN is not supported for this layer configuration with this backend. Pass use_cudnn='auto' to fallback to a non-cuDNN implementation.",
      );
    const { cell } = this;
    const steps = sequences.shape[1]!;
    const gated =
      training && (cell.recurrent_dropout > 0 || (cell.dropout > 0 && cell.dropout_mask_count !== null));
    if (gated || steps === 0 || !this._fits(cell) || sequences._type.kind !== "float")
      return super._walk(sequences, initial, mask, training);
    const shown =
      training && cell.dropout > 0
        ? K.multiply(sequences, K.expand_dims(cell.get_dropout_mask(sequences.at(":", 0)) as Tensor, 1))
        : sequences;
    const byStep = (v: Value): Value =>
      apply(ops.permute, [v], { axes: v.shape.map((_, i) => (i === 0 ? 1 : i === 1 ? 0 : i)) });
    const result = this._sequence({
      x: byStep(shown._value),
      states: initial.map((s) => valueOf(s)),
      wx: turned(cell.kernel._value),
      wh: turned(cell.recurrent_kernel._value),
      mask: mask === null ? null : byStep(valueOf(mask, bool)),
      walk: { reverse: this.go_backwards, zeroOutput: this.zero_output_for_mask },
    });
    if (result === null) return super._walk(sequences, initial, mask, training);
    const [y, ...states] = result;
    const order = this.go_backwards ? 0 : steps - 1;
    return {
      last: mask === null ? wrap(states[0]!) : wrap(y!).at(order),
      outputs: () => {
        const forward = this.go_backwards ? apply(ops.flip, [y!], { dims: [0] }) : y!;
        return wrap(byStep(forward));
      },
      states: states.map((s) => wrap(s)),
    };
  }
}

/** Makes fields of the cell fields of the layer, too. */
export function fromCell(C: { readonly prototype: object }, names: string): void {
  for (const name of names.split(" "))
    Object.defineProperty(C.prototype, name, {
      get(this: { cell: LayerImpl }) {
        return (this.cell as unknown as Record<string, unknown>)[name];
      },
      configurable: true,
    });
}
