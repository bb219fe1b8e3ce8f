import { repr, Tuple } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { fixtureExists, type GoldenArray, type GoldenCase, type GoldenError, golden } from "@cognate/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { clear_session } from "../backend/global-state.js";
import { type Tensor, wrap } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import * as keras from "../index.js";
import * as tree from "../tree.js";
import type { LayerImpl } from "./layer.js";

const array = ({ array }: GoldenArray): Tensor => wrap(new Value(array));

type Maker = (...args: unknown[]) => LayerImpl;
const classes = keras.layers as unknown as Record<string, Maker>;

/** Layers among arguments, which fixtures name with their own arguments. */
function made(x: unknown): unknown {
  if (Array.isArray(x)) return tree.listLike(x, x.map(made));
  if (x === null || typeof x !== "object" || Object.getPrototypeOf(x) !== Object.prototype) return x;
  const entries = x as Record<string, unknown>;
  if ("$layer" in entries) return classes[entries.$layer as string]!(made(entries.kwargs));
  return Object.fromEntries(Object.entries(entries).map(([k, v]) => [k, made(v)]));
}

const make = (g: GoldenCase): LayerImpl =>
  classes[g.layer as string]!(...(made(g.args) as unknown[]), made(g.kwargs));

/** Fresh tensors of the inputs, with their masks. */
function inputsOf(g: GoldenCase): unknown {
  const inputs = tree.map((t: Tensor) => wrap(t._value.detach() as Value), g.inputs);
  const masks = (g.masks as (Tensor | null)[] | null) ?? [];
  (tree.flatten(inputs) as Tensor[]).forEach((t, i) => {
    if (masks[i]) t._keras_mask = masks[i];
  });
  return inputs;
}

/** A number that every element of the outputs takes part in with a weight of its own, as the generator computes it. */
function weighted(y: unknown): Tensor | null {
  const parts = (tree.flatten(y) as Tensor[]).filter((t) => t !== null && t._type.kind === "float");
  const sums = parts.map((t) => {
    const weights = Array.from({ length: t.size }, (_, i) => ((i % 7) + 1) / 8);
    const w = keras.ops.reshape(keras.ops.convert_to_tensor(weights, t.dtype), t.shape);
    return keras.ops.sum(keras.ops.multiply(t, w));
  });
  return sums.length === 0 ? null : sums.reduce((a, b) => a.add(b));
}

const maskOf = (t: Tensor): Tensor | null => t._keras_mask ?? null;
const call = (layer: LayerImpl, inputs: unknown, keywords: Record<string, unknown>): unknown =>
  (layer as unknown as (...args: unknown[]) => unknown)(inputs, keywords);

interface GoldenRun {
  readonly training: boolean | null;
  readonly out: unknown;
  readonly mask: unknown;
  readonly input_grads: readonly (Tensor | null)[];
  readonly weight_grads: readonly (Tensor | null)[];
  readonly losses: readonly unknown[];
  readonly after: readonly Tensor[];
}

const nothing = (x: unknown): boolean => x === null || x === undefined;

/** Gradients that TensorFlow leaves out are zeros here or none either. */
function sameGradients(
  found: readonly unknown[],
  wanted: readonly (Tensor | null)[],
  close: ReturnType<typeof closeness>,
): void {
  wanted.forEach((w, i) => {
    if (w === null)
      expect(nothing(found[i]) || Number(keras.ops.max(keras.ops.abs(found[i] as Tensor))) === 0).toBe(true);
    else expect(found[i]).toMatchGolden(w, close);
  });
}

/** TensorFlow works out Lanczos' weights, sines of multiples of π, and the logarithms of mel scales in float32. */
const closeness = (g: GoldenCase): { rtol: number; atol: number } | undefined =>
  g.layer === "MelSpectrogram"
    ? { rtol: 2e-5, atol: 1e-4 }
    : (g.kwargs as { interpolation?: string }).interpolation === "lanczos3"
      ? { rtol: 2e-5, atol: 1e-5 }
      : undefined;

/** One run: output, mask, gradients, losses, weights afterwards. */
function check(layer: LayerImpl, g: GoldenCase, run: GoldenRun): void {
  const inputs = inputsOf(g);
  const floats = (tree.flatten(inputs) as Tensor[]).filter((t) => t._type.kind === "float");
  const keywords = {
    ...(g.call as Record<string, unknown>),
    ...(run.training === null ? {} : { training: run.training }),
  };
  const weights = layer.trainable_weights as Variable[];
  const [tape, y, loss] = keras.GradientTape((t) => {
    for (const x of floats) t.watch(x);
    const out = call(layer, inputs, keywords);
    return [t, out, weighted(out)] as const;
  });
  expect(tree.flatten(y)).toMatchGolden(tree.flatten(run.out), closeness(g));
  expect(tree.flatten(tree.map((t: Tensor) => maskOf(t), y))).toMatchGolden(tree.flatten(run.mask));
  if (loss !== null) {
    const grads = tape.gradient(loss, [...floats, ...weights] as never) as unknown[];
    sameGradients(grads.slice(0, floats.length), run.input_grads, closeness(g));
    sameGradients(grads.slice(floats.length), run.weight_grads, closeness(g));
  }
  expect(layer.losses).toMatchGolden(run.losses);
  expect(layer.get_weights()).toMatchGolden(run.after);
}

/** A message with the items of Python's sets sorted, which print in any order. */
const inOrder = (message: string): string =>
  message.replace(/\{('[^{}]*')\}/g, (_, items: string) => `{${items.split(", ").sort().join(", ")}}`);

const FAMILIES = [
  "activations",
  "attention",
  "augmentation",
  "convolutional",
  "core",
  "merging",
  "normalization",
  "pooling",
  "preprocessing",
  "regularization",
  "reshaping",
  "rnn",
];

describe.each(FAMILIES)("keras.layers: %s", (family) => {
  const cases = golden(`keras/layers/${family}`, { array });
  beforeEach(() => {
    clear_session();
    keras.utils.set_random_seed(1);
  });

  test.each(cases.map((g) => [g.name, g] as const))("%s", (_name, g) => {
    const layer = make(g);
    expect(repr(layer.get_config())).toBe(g.config);
    call(layer, inputsOf(g), g.call as Record<string, unknown>);
    expect(layer.weights.map((w) => w.path)).toEqual(g.paths);
    expect(layer.weights.map((w) => [...w.shape])).toEqual(g.shapes);
    expect(layer.trainable_weights.map((w) => w.path)).toEqual(g.trainable);
    for (const [path, value] of Object.entries(g.initial as Record<string, Tensor>))
      expect(layer.weights.find((w) => w.path === path)!.value).toMatchGolden(value);
    layer.set_weights(g.weights as Tensor[]);
    (layer as { stateful?: boolean; reset_state?: () => void }).stateful &&
      (layer as unknown as { reset_state: () => void }).reset_state();
    for (const run of g.runs as GoldenRun[]) check(layer, g, run);

    const C = layer.constructor as unknown as { from_config(c: object): LayerImpl };
    const again = C.from_config(layer.get_config());
    expect(repr(again.get_config())).toBe(repr(layer.get_config()));
  });

  test.each(cases.map((g) => [g.name, g] as const))("symbolic: %s", (_name, g) => {
    const symbolic = tree.map((t: Tensor) => {
      const [batch, ...shape] = t.shape;
      return keras.Input({ shape, batch_size: g.known_batch ? batch! : null, dtype: t._type.name });
    }, g.inputs);
    const y = call(make(g), symbolic, g.call as Record<string, unknown>);
    const found = (tree.flatten(y) as keras.KerasTensor[]).map((t) => [[...t.shape], t.dtype]);
    expect(found).toEqual(g.symbolic);
  });

  const errors = fixtureExists(`keras/layers/${family}/errors.json`)
    ? golden(`keras/layers/${family}`, { array }, "errors.json")
    : [];
  test.each(errors.map((g) => [g.name, g] as const))("refused: %s", (_name, g) => {
    const { type, message } = g.error as GoldenError;
    let found: unknown;
    try {
      const layer = make(g);
      const inputs = g.inputs;
      if (inputs !== null)
        call(
          layer,
          inputs instanceof Tuple ? keras.Input(inputs as unknown as number[]) : inputs,
          g.call as never,
        );
    } catch (e) {
      found = e;
    }
    expect(found).toBeInstanceOf(Error);
    expect([(found as Error).name, inOrder((found as Error).message)]).toEqual([type, inOrder(message)]);
  });
});
