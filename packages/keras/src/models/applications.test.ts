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
const cases = golden("keras/applications", {
  array: (a: GoldenArray) => fromStrided(a.array),
}) as unknown as readonly Case[];

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
  model.weights.forEach((w, i) => w.assign(keras.ops.reshape(valueOf(w, i, c.variance) as never, w.shape)));
  const x = keras.ops.reshape(
    new Float32Array(hashed(999, 2 * 32 * 32 * 3).map((v) => v * c.scale)) as never,
    [2, 32, 32, 3],
  );
  const [got, wanted] = [model.predict(x, { verbose: 0 }), c.out].map(
    (a) => (a.tolist() as unknown as number[][]).flat() as number[],
  ) as [number[], number[]];
  const size = Math.max(...wanted.map(Math.abs));
  got.forEach((v, i) => expect(Math.abs(v - wanted[i]!)).toBeLessThanOrEqual(1e-4 * size));
});
