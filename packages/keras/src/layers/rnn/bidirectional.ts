import { AttributeError, isPlainObject, repr, Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { deserialized, serialized } from "../../object-registry.js";
import * as K from "../../ops/index.js";
import { LayerImpl } from "../layer.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";
import { RNN_CALL, type RNNImpl } from "./rnn.js";

type MergeMode = "sum" | "mul" | "ave" | "concat" | null;

/** The layer again, from its configuration with some entries changed. */
function remade(layer: LayerImpl, changes: Readonly<Record<string, unknown>>): RNNImpl {
  const config = serialized(layer) as { config: Record<string, unknown> };
  return deserialized({ ...config, config: { ...config.config, ...changes } }) as RNNImpl;
}
const named = (prefix: string, name: string): string =>
  prefix + (name.startsWith(prefix) ? name.slice(prefix.length) : name);

export class BidirectionalImpl extends StockLayer {
  forward_layer: RNNImpl;
  backward_layer: RNNImpl;
  declare readonly merge_mode: MergeMode;
  declare readonly stateful: boolean;
  declare readonly return_sequences: boolean;
  declare readonly return_state: boolean;

  constructor(
    layer: LayerImpl,
    merge_mode: MergeMode = "concat",
    weights: readonly unknown[] | null = null,
    backward_layer: LayerImpl | null = null,
    options: LayerOptions = {},
  ) {
    if (!(layer instanceof LayerImpl))
      throw new ValueError(
        `Please initialize \`Bidirectional\` layer with a \`keras.layers.Layer\` instance. Received: ${String(layer)}`,
      );
    if (backward_layer !== null && !(backward_layer instanceof LayerImpl))
      throw new ValueError(
        `\`backward_layer\` need to be a \`keras.layers.Layer\` instance. Received: ${String(backward_layer)}`,
      );
    if (!["sum", "mul", "ave", "concat", null].includes(merge_mode))
      throw new ValueError(
        `Invalid merge mode. Received: ${merge_mode}. Merge mode should be one of {"sum", "mul", "ave", "concat", None}`,
      );
    super(options);
    this.forward_layer = remade(layer, { name: named("forward_", layer.name) });
    this.backward_layer =
      (backward_layer as RNNImpl | null) ??
      remade(layer, { go_backwards: true, name: named("backward_", layer.name) });
    this._verify();
    for (const one of [this.forward_layer, this.backward_layer])
      if (one.zero_output_for_mask !== undefined) one._forceZeros();
    const { stateful, return_sequences, return_state } = layer as RNNImpl;
    this._take({ merge_mode, stateful, return_sequences, return_state, initial_weights: weights });
    this.supports_masking = true;
    this.input_spec = layer.input_spec;
  }
  _verify(): void {
    const [forward, backward] = [this.forward_layer, this.backward_layer];
    if (forward.go_backwards === backward.go_backwards)
      throw new ValueError(
        `Forward layer and backward layer should have different \`go_backwards\` value. Received: forward_layer.go_backwards ${repr(forward.go_backwards)}, backward_layer.go_backwards=${repr(backward.go_backwards)}`,
      );
    for (const name of ["stateful", "return_sequences", "return_state"] as const)
      if (forward[name] !== backward[name])
        throw new ValueError(
          `Forward layer and backward layer are expected to have the same value for attribute "${name}", got "${repr(forward[name])}" for forward layer and "${repr(backward[name])}" for backward layer`,
        );
  }
  override build(sequences_shape: Shape, _initial_state_shape: unknown = null): void {
    for (const layer of [this.forward_layer, this.backward_layer])
      if (!layer.built) (layer.build as (shape: Shape) => void)(sequences_shape);
  }
  override call(
    sequences: Tensor,
    initial_state: readonly unknown[] | null = null,
    mask: Tensor | null = null,
    training: boolean | null = null,
  ): unknown {
    const half = initial_state === null ? 0 : Math.floor(initial_state.length / 2);
    const run = (layer: RNNImpl, from: number, to?: number): readonly Tensor[] => {
      const state = initial_state === null ? {} : { initial_state: initial_state.slice(from, to) };
      const y = (layer as unknown as (...args: unknown[]) => unknown)(sequences, {
        training,
        mask,
        ...state,
      });
      return Array.isArray(y) ? (y as Tensor[]) : [y as Tensor];
    };
    const [y, ...states] = run(this.forward_layer, 0, half);
    const [back, ...backStates] = run(this.backward_layer, half);
    const own = (x: Tensor): Tensor => K.cast(x, this.compute_dtype);
    const forward = own(y!);
    const backward = this.return_sequences ? K.flip(own(back!), 1) : own(back!);
    const merged = this._merged(forward, backward);
    if (this.return_state) return Tuple.of_<unknown>([...merged, ...states, ...backStates]);
    return merged.length === 1 ? merged[0] : Tuple.of_(merged);
  }
  _merged(a: Tensor, b: Tensor): readonly Tensor[] {
    switch (this.merge_mode) {
      case "concat":
        return [K.concatenate([a, b], -1)];
      case "sum":
        return [K.add(a, b)];
      case "ave":
        return [K.divide(K.add(a, b), 2)];
      case "mul":
        return [K.multiply(a, b)];
      default:
        return [a, b];
    }
  }
  override compute_output_shape(sequences_shape: Shape, _initial_state_shape: unknown = null): unknown {
    const shape = this.forward_layer.compute_output_shape(sequences_shape) as readonly unknown[];
    const [output, ...states] = (this.return_state ? shape : [shape]) as readonly Shape[];
    const wide = Tuple.of_([
      ...output!.slice(0, -1),
      output!.at(-1)! * (this.merge_mode === "concat" ? 2 : 1),
    ]);
    const outputs = this.merge_mode === null ? [output, output] : [wide];
    if (this.return_state) return [...outputs, ...states, ...states];
    return outputs.length === 1 ? outputs[0] : outputs;
  }
  override compute_mask(_inputs: unknown, mask: unknown = null): unknown {
    const own = Array.isArray(mask) ? mask[0] : mask;
    const first = this.return_sequences ? own : null;
    const outputs = this.merge_mode === null ? [first, first] : first;
    if (!this.return_state || this.states === null) return outputs;
    return [...(Array.isArray(outputs) ? outputs : [outputs]), ...this.states.map(() => null)];
  }
  /** The states that both halves keep, if they are stateful. */
  get states(): readonly unknown[] | null {
    const [a, b] = [this.forward_layer.states, this.backward_layer.states];
    return Array.isArray(a) && Array.isArray(b) ? Tuple.of_<unknown>([...a, ...b]) : null;
  }
  reset_state(): void {
    if (!this.stateful) throw new AttributeError("Layer must be stateful.");
    this.forward_layer.reset_state();
    this.backward_layer.reset_state();
  }
  reset_states(): void {
    this.reset_state();
  }
  override get_config(): Record<string, unknown> {
    return {
      ...super.get_config(),
      layer: serialized(this.forward_layer),
      backward_layer: serialized(this.backward_layer),
    };
  }
  static override from_config(
    this: unknown,
    config: Readonly<Record<string, unknown>>,
    custom_objects: Readonly<Record<string, unknown>> | null = null,
  ): BidirectionalImpl {
    const C = this as new (options: Record<string, unknown>) => BidirectionalImpl;
    const found = (x: unknown): unknown =>
      isPlainObject(x) ? deserialized(x, {}, custom_objects) : (x ?? null);
    const { layer, backward_layer, ...rest } = config;
    return new C({ ...rest, layer: found(layer), backward_layer: found(backward_layer) });
  }
}

/** `keras.layers.Bidirectional`: a recurrent layer forwards and, on its own weights, backwards; the results are merged. */
export const Bidirectional = stock(
  "rnn.bidirectional.Bidirectional",
  "layer merge_mode weights backward_layer **kwargs",
  BidirectionalImpl,
  { ...RNN_CALL, call: "sequences initial_state? mask? training?", config: "merge_mode" },
);
export type Bidirectional = BidirectionalImpl;
