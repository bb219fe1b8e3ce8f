import { castTo, float64 } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { describe, expect, test } from "vitest";
import { wrap } from "./array/array.js";
import * as Flux from "./index.js";

type A = Flux.FluxArray;
const { Chain, Dense, tanh } = Flux;
const sizes = (...s: number[]) => s;

/** Every layer, with the size of an input. Layers that draw or keep statistics are set to what they do in use. */
const MODELS: readonly (readonly [string, () => (x: never) => A, readonly number[]])[] = [
  ["Dense", () => Dense([3, 2], tanh), sizes(3, 4)],
  ["Dense of a vector", () => Dense([3, 2], Flux.sigmoid), sizes(3)],
  ["Scale", () => Flux.Scale(3), sizes(3, 4)],
  ["Bilinear", () => Flux.Bilinear([3, 3], 2, tanh), sizes(3, 4)],
  ["LayerNorm", () => Flux.LayerNorm(3), sizes(3, 4)],
  ["BatchNorm in use", () => Flux.testmode_(Flux.BatchNorm(3, tanh)), sizes(3, 4)],
  ["Dropout in use", () => Flux.testmode_(Flux.Dropout(0.5)), sizes(3, 4)],
  ["Conv", () => Flux.Conv([2, 2], [2, 3], tanh, { pad: 1, stride: 2 }), sizes(4, 5, 2, 2)],
  ["CrossCor", () => Flux.CrossCor([2, 2], [2, 3]), sizes(4, 5, 2, 1)],
  ["ConvTranspose", () => Flux.ConvTranspose([2, 2], [2, 3], { stride: 2 }), sizes(3, 2, 2, 1)],
  ["MaxPool", () => Flux.MaxPool([2, 2]), sizes(4, 4, 1, 1)],
  ["MeanPool", () => Flux.MeanPool([2, 2]), sizes(4, 4, 1, 1)],
  ["GlobalMeanPool", () => Flux.GlobalMeanPool(), sizes(3, 4, 2, 1)],
  ["GlobalMaxPool", () => Flux.GlobalMaxPool(), sizes(3, 4, 2, 1)],
  ["RNN", () => Flux.RNN([3, 2]), sizes(3, 2, 4)],
  ["LSTM", () => Flux.LSTM([3, 2]), sizes(3, 2, 4)],
  ["GRU", () => Flux.GRU([3, 2]), sizes(3, 2, 4)],
  ["recurrent.LSTM", () => Flux.recurrent.LSTM([3, 2]) as unknown as (x: never) => A, sizes(3, 4, 2)],
  ["SkipConnection", () => Flux.SkipConnection(Dense([3, 3], tanh), (a, b) => a.add(b)), sizes(3, 4)],
  [
    "Parallel",
    () => Flux.Parallel(((a: A, b: A) => Flux.vcat(a, b)) as never, Dense([3, 2]), Dense([3, 1], tanh)),
    sizes(3, 4),
  ],
  ["Maxout", () => Flux.Maxout(Dense([3, 2]), Dense([3, 2])), sizes(3, 4)],
  ["Chain", () => Chain(Dense([3, 4], Flux.gelu), Flux.normalise, Dense([4, 2]), Flux.softmax), sizes(3, 4)],
];
const wide = (x: A): A => wrap(new Value(castTo(x._value.array, float64)));

describe("gradients of every layer against differences", () => {
  test.each(MODELS)("%s", (_, make, size) => {
    Flux.seed_(5);
    const model = Flux.f64(make()) as unknown as (x: A) => A;
    const x = wide(Flux.randn32(...size));
    const run = (): A => {
      Flux.reset_(model);
      return model(x);
    };
    const weights = wide(Flux.rand32(...run().size()));
    const loss = (): A => Flux.sum(run().mul(weights));
    const ps = Flux.params(model, x);
    const gs = Flux.gradient(loss, ps);
    for (const p of ps) {
      const g = gs.get(p);
      const memory = p._value.array.flat() as Float64Array;
      const slopes = castTo((g ?? p.mul(0))._value.array, float64);
      const expected = wrap(new Value(slopes)).tolist();
      const found = new Float64Array(memory.length);
      for (let i = 0; i < memory.length; i++) {
        const before = memory[i]!;
        memory[i] = before + 1e-6;
        const up = loss().item();
        memory[i] = before - 1e-6;
        found[i] = (up - loss().item()) / 2e-6;
        memory[i] = before;
      }
      ([expected].flat(9) as number[]).forEach((v, i) => {
        expect(Math.abs(v - found[i]!)).toBeLessThan(1e-6 + 1e-5 * Math.abs(v));
      });
    }
  });
});

test("an embedding learns the columns that were read", () => {
  const m = Flux.Embedding([4, 2]);
  const g = Flux.gradient(() => Flux.sum(m([2, 4, 2])), Flux.params(m)).get(m.weight)!;
  expect(String(g)).toBe("Float32[0.0 2.0 0.0 1.0; 0.0 2.0 0.0 1.0]");
});

test("both forms of train! take the same steps", () => {
  const data = [
    [[1, 2], [3]],
    [[-1, 0.5], [0]],
  ] as const;
  const make = () => {
    Flux.seed_(2);
    return Chain(Dense([2, 3], tanh), Dense([3, 1]));
  };
  const [a, b] = [make(), make()];
  Flux.train_((x: number[], y: number[]) => Flux.Losses.mse(a(x), y), Flux.params(a), data, Flux.Adam(0.05));
  const state = Flux.setup(Flux.Adam(0.05), b);
  Flux.train_((m: typeof b, x: number[], y: number[]) => Flux.Losses.mse(m(x), y), b, data, state);
  expect([...Flux.params(a)].map(String)).toEqual([...Flux.params(b)].map(String));
  let steps = 0;
  Flux.train_((x: number[], y: number[]) => Flux.Losses.mse(a(x), y), Flux.params(a), data, Flux.Descent(), {
    cb: () => {
      steps++;
      Flux.stop();
    },
  });
  expect(steps).toBe(1);
});
