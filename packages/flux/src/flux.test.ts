import { castTo, float32, float64, type Strided } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test, vi } from "vitest";
import { wrap } from "./array/array.js";
import * as Flux from "./index.js";

const revive = { array: (a: GoldenArray) => wrap(new Value(castTo(a.array, float32))) };
type A = Flux.FluxArray;
const flat = (a: A): number[] => {
  const x: Strided = castTo(a._value.array, float64);
  return (wrap(new Value(x)).vec().tolist() as number[]) ?? [];
};
function close(got: unknown, want: unknown): void {
  const [a, b] = [got as A, want as A];
  expect(a.size()).toEqual(b.size());
  const [x, y] = [flat(a), flat(b)];
  x.forEach((v, i) => {
    expect(Math.abs(v - y[i]!)).toBeLessThanOrEqual(2e-6 + 1e-5 * Math.abs(y[i]!));
  });
}
const named = Flux as unknown as Record<
  string,
  (...args: unknown[]) => Record<string, unknown> & ((x: unknown) => A)
>;

describe("layers as PyTorch computes them", () => {
  test.each(golden("flux/layers", revive).map((c) => [c.name, c] as const))("%s", (_, c) => {
    const args = (c.args as unknown[]).map((a) => (a === "tanh" ? Flux.tanh : a));
    const m = named[c.kind as string]!(...args);
    const holder = (m.cell ?? m) as Record<string, A>;
    const params = c.params as Record<string, A>;
    for (const [k, v] of Object.entries({ ...params, ...((c.set as object) ?? {}) }))
      holder[k]!.copy_(v as A);
    if (c.test) Flux.testmode_(m);
    const x = (c.index ?? c.x) as A;
    Flux.reset_(m);
    const ps = new Flux.Params([...Object.keys(params).map((k) => holder[k]!), ...(c.index ? [] : [x])]);
    let y: A | undefined;
    const gs = Flux.gradient(() => Flux.sum((y = m(x)).mul(c.gy as A)), ps);
    close(y, c.y);
    for (const [k, g] of Object.entries(c.grads as Record<string, A>)) close(gs.get(holder[k]!), g);
    if (!c.index) close(gs.get(x), c.gx);
    for (const [k, v] of Object.entries((c.after as Record<string, A>) ?? {})) close(holder[k], v);
  });
});

describe("losses as PyTorch computes them", () => {
  test.each(golden("flux/layers", revive, "losses.json").map((c) => [c.name, c] as const))(
    "Losses.%s",
    (name, c) => {
      const f = (Flux.Losses as unknown as Record<string, (a: A, b: A) => A>)[name]!;
      const [g] = Flux.gradient((x: A) => f(x, c.y as A), c.yhat as A);
      close(f(c.yhat as A, c.y as A), c.value);
      close(g, c.grad);
    },
  );
});

describe("rules as PyTorch steps", () => {
  test.each(golden("flux/layers", revive, "rules.json").map((c) => [c.name, c] as const))("%s", (name, c) => {
    const rule = named[name]!(...(c.args as unknown[])) as unknown as Flux.Rule;
    const x = wrap(new Value((c.x as A)._value.array));
    const y = Flux.array((c.x as A).tolist() as number[]);
    const state = Flux.setup(rule, [y]);
    (c.grads as A[]).forEach((g, i) => {
      Flux.update_(rule, x, g);
      close(x, (c.after as A[])[i]);
      Flux.update_(state, [y], [g]);
      close(y, x);
    });
  });
});

const t = (s: TemplateStringsArray) => s.raw[0]!.replace(/^\n/, "");
type Snippet = readonly [source: string, run: () => unknown, shows: string];
const chain = () => Flux.Chain(Flux.Dense([10, 5], Flux.relu), Flux.Dense([5, 2]), Flux.softmax);
const SNIPPETS: readonly Snippet[] = [
  [
    "Flux docs, saving: a Chain",
    () => chain().display(),
    t`
Chain(
  Dense(10 => 5, relu),                 # 55 parameters
  Dense(5 => 2),                        # 12 parameters
  softmax,
)                   # Total: 4 arrays, 67 parameters, 524 bytes.`,
  ],
  [
    "Flux docs, loadmodel!",
    () => Flux.Chain(Flux.Dense([5, 2]), Flux.Dense([2, 1])).display(),
    t`
Chain(
  Dense(5 => 2),                        # 12 parameters
  Dense(2 => 1),                        # 3 parameters
)                   # Total: 4 arrays, 15 parameters, 316 bytes.`,
  ],
  [
    "Flux docs, Maxout",
    () =>
      Flux.Maxout(
        Flux.Dense([5, 7], Flux.tanh),
        Flux.Dense([5, 7], Flux.tanh),
        Flux.Dense([5, 7], Flux.tanh),
      ).display(),
    t`
Maxout(
  Dense(5 => 7, tanh),                  # 42 parameters
  Dense(5 => 7, tanh),                  # 42 parameters
  Dense(5 => 7, tanh),                  # 42 parameters
)                   # Total: 6 arrays, 126 parameters, 888 bytes.`,
  ],
  [
    "Flux docs, Parallel",
    () =>
      Flux.Parallel(Flux.add as never, { α: Flux.Dense([10, 2], Flux.tanh), β: Flux.Dense([5, 2]) })
        .children()
        .slice(1)
        .map(([n, l]) => `${n} = ${l}`)
        .join("\n"),
    t`
α = Dense(10 => 2, tanh)
β = Dense(5 => 2)`,
  ],
  [
    "Flux docs, regularisation",
    () =>
      Flux.Chain(
        Flux.Dense([784, 128], Flux.relu),
        Flux.Dense([128, 32], Flux.relu),
        Flux.Dense([32, 10]),
      ).display(),
    t`
Chain(
  Dense(784 => 128, relu),              # 100_480 parameters
  Dense(128 => 32, relu),               # 4_128 parameters
  Dense(32 => 10),                      # 330 parameters
)                   # Total: 6 arrays, 104_938 parameters, 410.289 KiB.`,
  ],
  [
    "Flux docs, a Chain on one line",
    () => String(chain()),
    "Chain(Dense(10 => 5, relu), Dense(5 => 2), softmax)",
  ],
  [
    "Flux docs, names",
    () => String(Flux.Chain({ enc: Flux.Dense([2, 1]), dec: Flux.identity })),
    "Chain(enc = Dense(2 => 1), dec = identity)",
  ],
  ["Flux docs, Dense", () => Flux.Dense([5, 2]).display(), "Dense(5 => 2)       # 12 parameters"],
  [
    "Flux docs, Dense without bias",
    () => String(Flux.Dense([5, 2], Flux.tanh, { bias: false })),
    "Dense(5 => 2, tanh; bias=false)",
  ],
  [
    "Flux docs, Conv",
    () => String(Flux.Conv([5, 5], [3, 7], Flux.relu, { bias: false })),
    "Conv((5, 5), 3 => 7, relu, bias=false)",
  ],
  [
    "Flux docs, Conv with strides",
    () => String(Flux.Conv([5, 5], [3, 7], { stride: 2, pad: Flux.SamePad() })),
    "Conv((5, 5), 3 => 7, pad=2, stride=2)",
  ],
  [
    "Flux docs, Conv of a line",
    () => String(Flux.Conv([2], [7, 3], { pad: 1 })),
    "Conv((2,), 7 => 3, pad=1)",
  ],
  [
    "Flux docs, MaxPool",
    () => String(Flux.MaxPool([5, 5], { pad: 1, stride: 2 })),
    "MaxPool((5, 5), pad=1, stride=2)",
  ],
  ["Flux docs, Embedding", () => String(Flux.Embedding([26, 4])), "Embedding(26 => 4)"],
  ["Flux docs, Dropout", () => String(Flux.Dropout(0.4)), "Dropout(0.4)"],
  [
    "Flux docs, BatchNorm",
    () => Flux.BatchNorm(3).display(),
    "BatchNorm(3)        # 6 parameters, plus 6 non-trainable",
  ],
  ["Flux docs, Bilinear", () => String(Flux.Bilinear([5, 5], 7)), "Bilinear(5 => 7)"],
  ["Flux docs, Scale", () => String(Flux.Scale(2)), "Scale(2)"],
  ["Flux docs, RNN", () => String(Flux.RNN([2, 5])), "Recur(RNNCell(2 => 5, tanh))"],
  ["Flux docs, LSTM", () => String(Flux.LSTM([2, 5])), "Recur(LSTMCell(2 => 5))"],
  [
    "Julia, an array on one line",
    () =>
      String(
        Flux.array([
          [1, 2],
          [3, 4.5],
        ]),
      ),
    "Float32[1.0 2.0; 3.0 4.5]",
  ],
  [
    "Julia, the REPL's matrix",
    () =>
      Flux.array([
        [1, 20.5],
        [-3, 4],
      ]).display(),
    t`
2×2 Matrix{Float32}:
  1.0  20.5
 -3.0   4.0`,
  ],
  [
    "Julia, the REPL's vector",
    () => Flux.array([1, 2.25]).display(),
    t`
2-element Vector{Float32}:
 1.0
 2.25`,
  ],
  [
    "Julia, small and large floats",
    () => String(Flux.array([1e-5, 1e6, 0.1, Number.NaN, 1e-4])),
    "Float32[1.0f-5, 1.0f6, 0.1, NaN, 0.0001]",
  ],
  [
    "Julia, reshape runs down the columns",
    () => String(Flux.array([1, 2, 3, 4, 5, 6]).reshape(2, ":")),
    "Float32[1.0 3.0 5.0; 2.0 4.0 6.0]",
  ],
  [
    "Julia, broadcasting lines up first axes",
    () =>
      String(
        Flux.array([
          [1, 2],
          [3, 4],
        ]).add([10, 20]),
      ),
    "Float32[11.0 12.0; 23.0 24.0]",
  ],
  [
    "Flux docs, gradients: f(x) = 3x² + 2x + 1",
    () => Flux.gradient((x: A) => x.pow(2).mul(3).add(x.mul(2)).add(1), Flux.array(2))[0],
    "14.0",
  ],
  [
    "Flux docs, gradients of two arguments",
    () =>
      String(
        Flux.gradient((x: A, y: A) => Flux.sum(x.sub(y).pow(2)), Flux.array([2, 1]), Flux.array([2, 0])),
      ),
    "Float32[0.0, 2.0],Float32[-0.0, -2.0]",
  ],
  [
    "Flux docs, implicit parameters",
    () => {
      const [x, y] = [Flux.array([2, 1]), Flux.array([2, 0])];
      const gs = Flux.gradient(() => Flux.sum(x.sub(y).pow(2)), Flux.params(x, y));
      return [gs.get(x), gs.get(y)].join(" ");
    },
    "Float32[0.0, 2.0] Float32[-0.0, -2.0]",
  ],
  ["Flux docs, onehot", () => String(Flux.onehot("b", ["a", "b", "c"])), "Bool[0, 1, 0]"],
  [
    "Flux docs, onehotbatch and onecold",
    () => Flux.onecold(Flux.onehotbatch(["b", "a", "b", "c"], ["a", "b", "c"]), ["a", "b", "c"]),
    "b,a,b,c",
  ],
  ["Flux docs, onecold of scores", () => Flux.onecold(Flux.array([0.3, 0.2, 0.5]), ["a", "b", "c"]), "c"],
  [
    "Flux docs, batch and unstack",
    () =>
      String(
        Flux.batch([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ),
    "Float32[1.0 4.0; 2.0 5.0; 3.0 6.0]",
  ],
  ["Flux docs, softmax", () => String(Flux.sum(Flux.softmax([1, 2, 3]))), "1.0"],
];
describe("what the documentation shows", () => {
  test.each(SNIPPETS)("%s", (_, run, shows) => expect(String(run())).toBe(shows));
});

describe("state and gradients", () => {
  test("sequences with explicit state equal the stateful layer", () => {
    const { RNN, LSTM, GRU, recurrent } = Flux;
    for (const [stateful, explicit] of [
      [RNN, recurrent.RNN],
      [LSTM, recurrent.LSTM],
      [GRU, recurrent.GRU],
    ] as const) {
      const old = stateful([2, 3]);
      const now = explicit([2, 3]);
      for (const k of ["Wi", "Wh", "b"] as const)
        (now.cell as unknown as Record<string, A>)[k]!.copy_((old.cell as unknown as Record<string, A>)[k]!);
      const x = Flux.rand32(2, 4, 5);
      const y = now(x);
      for (let s = 1; s <= 4; s++) close(y.at(":", s, ":"), old(x.at(":", s, ":")));
    }
  });
  test.each([
    ["RNN", () => Flux.RNN([3, 4]), true],
    ["RNN relu", () => Flux.RNN([3, 4], Flux.relu), true],
    ["RNN selu, which no kernel has", () => Flux.RNN([3, 4], Flux.selu), false],
    ["LSTM", () => Flux.LSTM([3, 4]), true],
    ["GRU", () => Flux.GRU([3, 4]), true],
  ] as const)("%s: a sequence at once equals its steps, with gradients", (_, make, fused) => {
    const m = make();
    const cell = m.cell as unknown as Record<string, A>;
    cell.b!.copy_(Flux.rand32(...cell.b!.size()));
    const x = Flux.rand32(3, 2, 5);
    const weights = Flux.rand32(4, 2, 5);
    const run = (by: (m: typeof Flux.LSTM extends (...a: never) => infer R ? R : never, x: A) => A) =>
      Flux.gradient(
        (m: never, x: A) => {
          Flux.reset_(m);
          return Flux.sum(by(m, x).mul(weights)).add(Flux.sum(by(m, x)));
        },
        m as never,
        x,
      ) as unknown as [{ cell: Record<string, A> }, A];
    const calls = vi.spyOn(Object.getPrototypeOf(Object.getPrototypeOf(m.cell)), "sequence");
    const [whole, gx] = run((m, x) => m(x));
    expect(calls.mock.results.map((r) => r.value !== null)).toEqual([fused, fused]);
    calls.mockRestore();
    const [stepped, sx] = run((m, x) =>
      Flux.stack(
        [1, 2, 3, 4, 5].map((t) => m(x.at(":", ":", t))),
        3,
      ),
    );
    close(gx, sx);
    for (const k of ["Wi", "Wh", "b"]) close(whole.cell[k]!, stepped.cell[k]!);
  });
  test("second gradients", () => {
    const [g] = Flux.gradient(
      (x: A) => Flux.sum(Flux.gradient((v: A) => Flux.sum(v.pow(3)), x)[0] as A),
      Flux.array([1, 2]),
    );
    expect(String(g)).toBe("Float32[6.0, 12.0]");
  });
  test("dropout is quiet unless a gradient is taken", () => {
    const d = Flux.Dropout(0.5);
    const x = Flux.ones32(100);
    expect(String(Flux.sum(d(x)))).toBe("100.0");
    let y: A | undefined;
    Flux.gradient((v: A) => Flux.sum((y = d(v))), x);
    expect(new Set(flat(y!))).toEqual(new Set([0, 2]));
  });
  test.each([
    [
      () => Flux.Dense([3, 2])([1, 2]),
      Flux.DimensionMismatch,
      "layer Dense(3 => 2) expects size(input, 1) == 3, but got 2 input",
    ],
    [
      () => Flux.array([1, 2]).add([1, 2, 3]),
      Flux.DimensionMismatch,
      "arrays could not be broadcast to a common size; got a dimension with lengths 2 and 3",
    ],
    [() => Flux.array([1, 2]).at(3), Flux.BoundsError, "attempt to access"],
    [() => Flux.onehot("z", ["a"]), Flux.ArgumentError, 'Value "z" is not in labels'],
    [() => Flux.gradient((x: A) => x, Flux.array([1, 2])), Flux.ArgumentError, "gradient needs a number"],
    [
      () => Flux.Losses.mse([1, 2], [1, 2, 3]),
      Flux.DimensionMismatch,
      "loss function mse expects size(ŷ) = (2) to match size(y) = (3)",
    ],
  ] as const)("a clear error %#", (f, C, message) => {
    expect(f).toThrow(C);
    expect(f).toThrow(message);
  });
});
