import { type OpRow, ops } from "@cognate/kernel";
import { call } from "@cognate/tensor";
import { type ArrayLike, array, type FluxArray, wrap } from "./array/array.js";
import { ArgumentError } from "./errors.js";
import { Chain, Dense, Embedding, Scale } from "./layers/basic.js";
import { Conv, ConvTranspose, CrossCor } from "./layers/conv.js";
import { BatchNorm, LayerNorm } from "./layers/normalise.js";
import { GRUCell, LSTMCell, Recur, RNNCell } from "./layers/recurrent.js";
import { zeros32 } from "./random.js";

/*
 * Weights in PyTorch's layouts: kernels with axes the other way around (and turned around, as Flux convolves), one bias of
 * recurrent layers where PyTorch has two, embeddings as rows.
 */

/** Arrays by PyTorch's names (`0.weight`, `weight_ih_l0`, `running_mean` …). */
export type TorchState = Record<string, FluxArray>;

/** Axes the other way around. */
const turned = (x: FluxArray): FluxArray => x.permutedims(x.shape.map((_, i) => x.ndims() - i));
/** x mirrored along its first `n` axes. */
const mirrored = (x: FluxArray, n: number): FluxArray =>
  wrap(call(ops.flip as OpRow<object>, [x._value], { dims: Array.from({ length: n }, (_, i) => i) }));
const copy = (x: FluxArray): FluxArray => x.add(0);

interface Entry {
  /** The field of the Flux layer. */
  readonly field: string;
  /** Its name in PyTorch. */
  readonly name: string;
  readonly to: (x: FluxArray) => FluxArray;
  readonly from: (x: FluxArray) => FluxArray;
}
const same = (field: string, name = field): Entry => ({ field, name, to: copy, from: copy });
const kernel = (flips: boolean): Entry => ({
  field: "weight",
  name: "weight",
  to: (x) => turned(flips ? mirrored(x, x.ndims() - 2) : x),
  from: (x) => (flips ? mirrored(turned(x), x.ndims() - 2) : turned(x)),
});

/** What each layer calls its arrays in PyTorch. */
const LAYOUTS: readonly (readonly [new (...args: never[]) => object, readonly Entry[]])[] = [
  [Dense, [same("weight"), same("bias")]],
  [Scale, [same("scale", "weight"), same("bias")]],
  [Embedding, [{ field: "weight", name: "weight", to: turned, from: turned }]],
  [Conv, [kernel(true), same("bias")]],
  [ConvTranspose, [kernel(true), same("bias")]],
  [CrossCor, [kernel(false), same("bias")]],
  [
    BatchNorm,
    [same("gamma", "weight"), same("beta", "bias"), same("mean", "running_mean"), same("var", "running_var")],
  ],
  [
    LayerNorm,
    [
      { field: "scale", name: "weight", to: turned, from: turned },
      { field: "bias", name: "bias", to: turned, from: turned },
    ],
  ],
];
type Fields = Record<string, FluxArray | false | null>;
const isCell = (x: unknown): boolean => x instanceof RNNCell || x instanceof LSTMCell || x instanceof GRUCell;

/** Calls f with each layer that has arrays, and the names in front of its own. */
function walk(x: unknown, prefix: string, f: (layer: object, prefix: string) => void): void {
  if (x instanceof Chain) {
    Object.entries((x as InstanceType<typeof Chain>).layers).forEach(([k, l]) =>
      walk(l, `${prefix}${k}.`, f),
    );
    return;
  }
  if (x instanceof Recur) return f((x as InstanceType<typeof Recur>).cell, prefix);
  if (typeof x === "function" && (isCell(x) || LAYOUTS.some(([C]) => x instanceof C))) f(x, prefix);
}

/**
 * A model's arrays as the `state_dict` of the same model in PyTorch (a Chain is a Sequential).
 *
 * @example
 * ```ts
 * import { array, Chain, Dense, torch_state } from "@cognate/flux";
 * import { print } from "@cognate/py";
 * print(torch_state(Chain(Dense(array([[1, 2]]), array([3]))))); // prints {'0.weight': Float32[1.0 2.0], '0.bias': Float32[3.0]}
 * ```
 */
export function torch_state(model: unknown): TorchState {
  const out: TorchState = {};
  walk(model, "", (layer, prefix) => {
    const fields = layer as unknown as Fields;
    if (isCell(layer)) {
      const b = fields.b as FluxArray;
      Object.assign(out, {
        [`${prefix}weight_ih_l0`]: copy(fields.Wi as FluxArray),
        [`${prefix}weight_hh_l0`]: copy(fields.Wh as FluxArray),
        [`${prefix}bias_ih_l0`]: copy(b),
        [`${prefix}bias_hh_l0`]: zeros32(b.length),
      });
      return;
    }
    const [, entries] = LAYOUTS.find(([C]) => layer instanceof C)!;
    for (const { field, name, to } of entries)
      if (fields[field]) out[prefix + name] = to(fields[field] as FluxArray);
  });
  return out;
}

/** Fills a model from a PyTorch `state_dict`. @throws ArgumentError for a missing name or a bias that Flux has no place for */
export function load_torch_state_<M>(model: M, state: Readonly<Record<string, ArrayLike>>): M {
  const named = (name: string): FluxArray => {
    if (!Object.hasOwn(state, name)) throw new ArgumentError(`the state has no ${name}`);
    return array(state[name]!);
  };
  walk(model, "", (layer, prefix) => {
    const fields = layer as unknown as Fields;
    if (!isCell(layer)) {
      const [, entries] = LAYOUTS.find(([C]) => layer instanceof C)!;
      for (const { field, name, from } of entries)
        if (fields[field]) (fields[field] as FluxArray).copy_(from(named(prefix + name)));
      return;
    }
    (fields.Wi as FluxArray).copy_(named(`${prefix}weight_ih_l0`));
    (fields.Wh as FluxArray).copy_(named(`${prefix}weight_hh_l0`));
    const [input, hidden] = [named(`${prefix}bias_ih_l0`), named(`${prefix}bias_hh_l0`)];
    if (layer instanceof GRUCell) {
      // r multiplies PyTorch's second bias of the new gate, which Flux's one bias cannot say.
      const rows = hidden.length / 3;
      const last = hidden.at(`${2 * rows + 1}:${3 * rows}`).tolist() as number[];
      if (last.some((v) => v !== 0))
        throw new ArgumentError(`${prefix}bias_hh_l0 of the new gate must be 0: Flux has one bias`);
    }
    (fields.b as FluxArray).copy_(input.add(hidden));
  });
  return model;
}
