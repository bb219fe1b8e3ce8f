import { isPlainObject, repr, tuple } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import { type Tensor, wrap } from "../backend/tensor.js";
import * as keras from "../index.js";

const array = ({ array }: GoldenArray) => wrap(new Value(array));
const cases = golden("keras/quantizers", { array });
const of = (kind: string) => cases.filter((c) => c.kind === kind).map((c) => [c.name, c] as const);
// biome-ignore lint/suspicious/noExplicitAny: names of the fixture, whatever stands there.
type Untyped = any;
const Q = keras.quantizers as Untyped;

test.each(of("function"))("%s", (_name, { op, args, kwargs, out }) => {
  const given =
    Object.keys(kwargs as object).length > 0 ? [...(args as unknown[]), kwargs] : (args as unknown[]);
  expect(Q[op as string](...given)).toMatchGolden(out);
});

test.each(of("layer"))("%s", (_name, c) => {
  const layer = (keras.layers as Untyped)[c.layer as string]({ name: "own", ...(c.kwargs as object) });
  layer.build(tuple(c.shape as number[]));
  layer.set_weights(c.before);
  const config = c.config as [string, object] | null;
  if (config) layer.quantize({ config: Q[config[0]](config[1]) });
  else layer.quantize(c.mode);
  const x = c.x as Tensor;
  const t = (c.kwargs as { dtype?: string }).dtype ? 1e-2 : 1e-5;
  const [tape, y, loss] = keras.GradientTape((t) => {
    t.watch(x);
    const y = layer(x) as Tensor;
    return [t, y, keras.ops.sum(keras.ops.multiply(y, c.upstream as Tensor))] as const;
  });
  expect(y).toMatchGolden(c.y, { rtol: t, atol: t });
  if (c.gradient !== null) expect(tape.gradient(loss, x)).toMatchGolden(c.gradient, { rtol: t, atol: t });
  const wanted = c.weights as [string, Tensor, boolean][];
  expect(layer.weights.map((w: Untyped) => [w.path, w.trainable])).toEqual(wanted.map(([p, , t]) => [p, t]));
  layer.weights.forEach((w: Untyped, i: number) => expect(wrap(w._value)).toMatchGolden(wanted[i]![1]));
  expect(repr(layer.dtype_policy)).toBe(c.policy);
  const json = c.json as Untyped;
  const config2 = layer.get_config();
  expect(config2.dtype).toEqual(json.config.dtype);
  expect(plain(config2.quantization_config)).toEqual(plain(json.config.quantization_config));
  const again = (keras.layers as Untyped).deserialize(keras.saving.serialize_keras_object(layer));
  again.set_weights(layer.get_weights());
  expect(again(x)).toMatchGolden(y);
});

/** Objects of configs without their order. */
const plain = (x: unknown): unknown => {
  if (Array.isArray(x)) return [...x].map(plain);
  return isPlainObject(x) ? Object.fromEntries(Object.entries(x).map(([k, v]) => [k, plain(v)])) : x;
};

const built = keras.layers.Dense(2, { name: "built" });
(built.build as Untyped)(tuple([1, 3]));
const dropout: Untyped = keras.layers.Dropout(0.5, { name: "drop" });
dropout.build(tuple([1, 3]));
const WRONG: Readonly<Record<string, () => unknown>> = {
  "not built": () => keras.layers.Dense(2, { name: "fresh" }).quantize("int8"),
  mode: () => built.quantize("int7"),
  neither: () => built.quantize(),
  contradiction: () => built.quantize("int8", { config: Q.Int4QuantizationConfig() }),
  "no config": () => built.quantize("gptq"),
  "other layer": () => dropout.quantize("int8"),
  block: () => Q.Int4QuantizationConfig({ block_size: 0 }),
  custom: () => Q.Int4QuantizationConfig(Q.AbsMaxQuantizer({ axis: 0 })),
  range: () => Q.AbsMaxQuantizer({ value_range: tuple([-200, 3]) }),
  pack: () => Q.pack_int4(keras.ops.array([1, 2], { dtype: "int32" })),
  policy: () => keras.dtype_policies.get("int4/0_from_float32"),
  half: () => keras.layers.Dense(2, { dtype: "int8_from_float16" }),
};
test.each(of("error"))("error: %s", (name, { error, message }) => {
  let raised: unknown;
  try {
    WRONG[name]!();
  } catch (e) {
    raised = e;
  }
  expect(raised).toMatchObject({ name: error, message });
});

test.each(of("model"))("%s", (_name, c) => {
  const read: Untyped = keras.saving.load_model(fixtureBytes(`keras/quantizers/${c.file}`));
  const close = { rtol: 1e-5, atol: 1e-5 };
  expect(
    wrap(new Value(keras.ops.convert_to_tensor(read.predict(c.x, { verbose: 0 }))._value.array)),
  ).toMatchGolden(c.y, close);
  const lines: string[] = [];
  read.summary({ print_fn: (s: string) => lines.push(s) });
  expect(lines.join("\n")).toBe(c.summary);
  const again: Untyped = keras.saving.load_model(read.save());
  expect(again.predict(c.x, { verbose: 0 })).toEqual(read.predict(c.x, { verbose: 0 }));
});
