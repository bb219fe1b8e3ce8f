import { sourceOf, ZipArchive } from "@cognate/formats";
import { fromStrided, type ndarray } from "@cognate/ndarray";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { beforeEach, expect, test } from "vitest";
import { clear_session } from "../backend/global-state.js";
import type { Variable } from "../backend/variable.js";
import * as keras from "../index.js";

interface Case {
  readonly name: string;
  readonly scale: number;
  readonly variance: number;
  readonly out: ndarray;
  readonly weights: number;
  readonly params: number;
  readonly layers: number;
}
interface Built {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly params: number;
  readonly config: string;
  readonly summary: string;
  readonly paths: string;
  readonly variance?: number;
  readonly scale: number;
  readonly out: ndarray;
}
interface Runtime {
  process: { getBuiltinModule(name: string): unknown };
}
interface Hash {
  update(text: string): { digest(encoding: string): string };
}
const { createHash } = (globalThis as unknown as Runtime).process.getBuiltinModule("node:crypto") as {
  createHash(name: string): Hash;
};
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

const all = golden("keras/applications", { array: (a: GoldenArray) => fromStrided(a.array) });
const cases = all.filter((c) => "layers" in c) as unknown as readonly Case[];
const built = all.filter((c) => "config" in c) as unknown as readonly Built[];

/** Number k of weight i, between 0 and 1, as the generator has it. */
function hashed(i: number, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const h = (Math.imul(k, 2654435761) + i * 40503) >>> 0;
    out[k] = ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
  }
  return out;
}
function valueOf(w: Variable, i: number, variance: number): Float32Array {
  const shape = [...w.shape];
  const product = (a: number[]): number => a.reduce((p, n) => p * n, 1);
  const fan = product(w.name === "depthwise_kernel" ? shape.slice(0, -2) : shape.slice(0, -1));
  // A number u becomes (u − a)·b + c.
  const [a, b, c] =
    w.name === "gamma"
      ? [0, 1, 1]
      : w.name === "moving_variance"
        ? [0, 1 / 8, variance]
        : shape.length === 1
          ? [0.5, 0.2, 0]
          : [0.5, 2 * Math.sqrt(6 / fan), 0];
  const u = hashed(i, w.size);
  const out = new Float32Array(u.length);
  for (let k = 0; k < out.length; k++) out[k] = (u[k]! - a!) * b! + c!;
  return out;
}

const images = (seed: number, shape: readonly number[], scale: number): keras.Tensor =>
  keras.ops.reshape(
    new Float32Array(
      hashed(
        seed,
        shape.reduce((n, d) => n * d, 1),
      ).map((v) => v * scale),
    ) as never,
    shape,
  );

interface Weighted {
  readonly weights: readonly Variable[];
  predict(x: unknown, options: object): ndarray;
}
/** That a model with weights by the rule predicts what Keras does. */
function expectPredictions(model: Weighted, variance: number, scale: number, out: ndarray): void {
  model.weights.forEach((w, i) => w.assign(keras.ops.reshape(valueOf(w, i, variance) as never, w.shape)));
  const [got, wanted] = [model.predict(images(999, [2, 32, 32, 3], scale), { verbose: 0 }), out].map(
    (a) => (a.tolist() as unknown as number[][]).flat() as number[],
  ) as [number[], number[]];
  const size = Math.max(...wanted.map(Math.abs));
  got.forEach((v, i) => expect(Math.abs(v - wanted[i]!)).toBeLessThanOrEqual(1e-4 * size));
}

beforeEach(() => clear_session());
test.each(cases.map((c) => [c.name, c] as const))("keras.applications.%s as Keras built it", (name, c) => {
  const zip = new ZipArchive(sourceOf(fixtureBytes(`keras/applications/${name}.zip`)), { format: "keras" });
  const json = new TextDecoder().decode(zip.read("config.json"));
  const model = keras.models.model_from_json(json);
  expect([model.layers.length, model.weights.length, model.count_params()]).toEqual([
    c.layers,
    c.weights,
    c.params,
  ]);
  expectPredictions(model as never, c.variance, c.scale, c.out);
});

type Constructor = (options: object) => keras.Model & Weighted;
test.each(built.map((c) => [c.name, c] as const))("keras.applications.%s is what Keras builds", (name, c) => {
  const model = (keras.applications as unknown as Record<string, Constructor>)[name]!(c.options);
  const lines: string[] = [];
  model.summary({ line_length: 120, print_fn: (text: string) => lines.push(text) } as never);
  expect([
    model.count_params(),
    digest(model.to_json()),
    digest(lines.join("\n")),
    digest(model.weights.map((w) => w.path).join("\n")),
  ]).toEqual([c.params, c.config, c.summary, c.paths]);
  if (c.variance !== undefined) expectPredictions(model, c.variance, c.scale, c.out);
});

test.each(all.filter((c) => "made" in c))("$name", (c) => {
  const module = (keras.applications as unknown as Record<string, { preprocess_input: Function }>)[
    c.module as string
  ]!;
  const x = keras.ops.round(images(5, c.shape as number[], 255)) as keras.Tensor;
  for (const given of [x, x.numpy()])
    expect(module.preprocess_input(given, c.data_format)).toMatchGolden(c.made, { rtol: 1e-6, atol: 1e-5 });
});
test("predictions by name, from a class index of one's own", () => {
  const class_index = Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [String(i), [`n${String(i).padStart(8, "0")}`, `class ${i}`]]),
  );
  const wanted = all.find((c) => c.name === "decode")!.decoded as [string, string, number][][];
  const got = keras.applications.mobilenet.decode_predictions(
    images(3, [2, 1000], 1) as never,
    {
      top: 3,
      class_index,
    } as never,
  ) as unknown as [string, string, number][][];
  expect(got.map((row) => row.map(([w, n, s]) => [w, n, Math.fround(Number(s))]))).toEqual(wanted);
});
test("wrong arguments", () => {
  const { MobileNet, MobileNetV2, ResNet50, DenseNet121, EfficientNetV2B0 } = keras.applications;
  const none = { weights: null };
  const cases: [() => unknown, string][] = [
    [() => ResNet50("nowhere" as never, { weights: "none.h5" }), "'imagenet' (pre-training on ImageNet)"],
    [
      () => MobileNetV2({ ...none, input_shape: [31, 32, 3] }),
      "Input size must be at least 32x32; Received: input_shape=(31, 32, 3)",
    ],
    [
      () => DenseNet121({ ...none, input_shape: [32, 32] }),
      "`input_shape` must be a tuple of three integers.",
    ],
    [
      () => MobileNet({ ...none, input_shape: [null, null, 3] }),
      "If `include_top` is True, you should specify a static `input_shape`. Received: input_shape=(None, None, 3)",
    ],
    [
      () => EfficientNetV2B0({ classes: 3 }),
      'If using `weights="imagenet"` with `include_top` as true, `classes` should be 1000',
    ],
    [
      () => keras.applications.mobilenet.decode_predictions(keras.ops.ones([2, 3]) as never),
      "Received array with shape: (2, 3)",
    ],
  ];
  for (const [f, message] of cases) expect(f).toThrow(message);
});
