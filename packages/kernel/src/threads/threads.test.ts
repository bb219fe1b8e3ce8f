/// <reference types="node" />
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { bool, type DType, float32, float64, int32 } from "../dtype/dtype.js";
import type { OpRow } from "../ops/row.js";
import {
  abs,
  attention,
  attentionGrad,
  ceil,
  conv,
  convInput,
  convWeight,
  cos,
  erf,
  exp,
  expm1,
  fftR2c,
  floor,
  gelu,
  gru,
  gruGrad,
  linear,
  log,
  log1p,
  lstm,
  lstmGrad,
  matmul,
  maxPool,
  maxUnpool,
  mish,
  neg,
  reciprocal,
  relu,
  reluGrad,
  rnn,
  rnnGrad,
  rsqrt,
  sigmoid,
  silu,
  sin,
  sqrt,
  square,
  sum,
  tanh,
  trunc,
} from "../ops/table.js";
import { castTo, cloneContiguous } from "../strided/copy.js";
import { Strided } from "../strided/strided.js";
import { wasmBuild } from "../wasm/instance.js";
import { adamInPlace, descendInPlace } from "../wasm/kernels/optimize.js";
import { gaussianInPlace, WasmRows } from "../wasm/panels.js";
import { random } from "../wasm/testing.js";
import { getThreads, helpedParts, parts, setThreads, sharedCalls, sharedKernels } from "./pool.js";
import { split } from "./split.js";

test("ranges cover everything once, at multiples of the unit", () => {
  for (const [n, threads, unit, least, pieces] of [
    [100, 3, 8, 16, 6],
    [17, 4, 8, 16, 1],
    [7, 2, 1, 1, 7],
    [512, 2, 8, 16, 8],
    [128, 2, 24, 48, 2],
    [150, 2, 24, 48, 2],
    [512, 1, 8, 16, 1],
  ] as const) {
    const ranges = split(n, threads, unit, least);
    expect(ranges[0]![0]).toBe(0);
    expect(ranges[ranges.length - 1]![1]).toBe(n);
    ranges.slice(1).forEach(([from], i) => {
      expect(from).toBe(ranges[i]![1]);
      expect(from % unit).toBe(0);
    });
    expect(ranges.length).toBe(pieces);
  }
});

describe.skipIf(wasmBuild() === "off")("several threads", () => {
  afterAll(() => setThreads(1));

  /** Lets threads start, which they do on their own while this one is busy. */
  async function ready(n: number): Promise<void> {
    setThreads(n);
    expect(getThreads()).toBe(n);
    for (let i = 0; i < 400 && parts() !== n; i++) await new Promise((f) => setTimeout(f, 25));
    expect(parts()).toBe(n);
  }

  const p = {
    stride: [1, 1],
    padding: [
      [1, 1],
      [1, 1],
    ] as [number, number][],
    dilation: [1, 1],
    groups: 1,
  };
  const q = { ...p, stride: [2, 2] };
  const [x, w, b] = [random([5, 12, 30, 31]), random([24, 12, 3, 3]), random([24])];
  const gy = random([5, 24, 30, 31]);
  const [wide, kernels] = [random([5, 16, 30, 31]), random([24, 16, 3, 3])];
  const gq = random([5, 24, 15, 16]);
  const [u, v] = [random([150, 200]), random([200, 130])];
  const [q1, k1, v1] = [random([6, 130, 24]), random([6, 130, 24]), random([6, 130, 24])];
  const maps = random([4, 20, 60, 62]);
  const [means, squares] = [random(maps.shape), random(maps.shape, 0.1, 0.2)];
  const maps64 = castTo(maps, float64);
  const halves = { kernel: [2, 2], stride: [2, 2], padding: p.padding, dilation: [1, 1] };
  const adam = { beta1: 0.9, beta2: 0.99, size: 0.1, correction: 0.5, eps: 1e-8, decay: 0, shrink: 1 };
  const stepped = (): Strided[] => {
    const [w, m, v] = [maps, means, squares].map(cloneContiguous);
    adamInPlace(w!, maps, m!, v!, null, { ...adam, maximize: false });
    return [w!, m!, v!];
  };
  const waves = random([9, 96, 120]);
  const pair = (type: DType, m: number, k: number, n: number): Strided[] => [
    random([m, k], -1, 1, type),
    random([k, n], -1, 1, type),
  ];
  const many = random([140_001], 0.1, 3);
  const many64 = castTo(many, float64);
  const [channels, alone] = [random([2, 64, 60, 61]), random([64, 1, 3, 3])];
  const gwide = random([2, 64, 30, 31]);
  const products = random([200, 300], -1, 1, float64);
  /** A recurrence and its gradients, over whole batches, with a mask, and over sequences of several lengths. */
  const recurrent = (row: OpRow<never>, grad: OpRow<never>, gates: number, params: object) =>
    [
      {},
      { masked: true },
      { batchSizes: Array.from({ length: 40 }, (_, t) => (t < 20 ? 11 : t < 32 ? 7 : 2)) },
    ].map(({ masked, ...more }: { masked?: boolean; batchSizes?: number[] }) => {
      const rows = more.batchSizes ? [more.batchSizes.reduce((a, b) => a + b)] : [40, 11];
      const p = { ...params, ...more } as never;
      const states = Array.from({ length: gates === 4 ? 2 : 1 }, () => random([11, 64]));
      const [x, wx, wh] = [random([...rows, 20]), random([gates * 64, 20]), random([gates * 64, 64])];
      const ran = masked ? castTo(random(rows, 0, 3), int32) : null;
      const mask = ran && castTo(ran, bool);
      const spare = gates === 4 ? [null] : [];
      const gy = random([...rows, 64]);
      return [
        `${row.name} ${gates} ${JSON.stringify({ ...params, masked, packed: !!more.batchSizes })}`,
        () => {
          const results = row.run(
            [x, ...states, wx, wh, null, null, ...spare, mask],
            p,
          ) as readonly Strided[];
          const given = [gy, ...states.map(() => null), results[results.length - 1]!];
          const rest = grad.run(
            [x, ...states, wx, wh, null, null, ...spare, mask, ...given],
            p,
          ) as readonly Strided[];
          return [...results.slice(0, -1), ...rest];
        },
      ] as const;
    });
  const half = { forward: true, scale: 0.5, onesided: true };
  const calls: readonly (readonly [string, () => Strided | readonly Strided[]])[] = [
    ["matmul", () => matmul.run([u, v], undefined)],
    ["matmul in float64", () => matmul.run([castTo(u, float64), castTo(v, float64)], undefined)],
    ...[float32, float64].flatMap((type) => {
      const [large, few] = [pair(type, 60, 300, 401), pair(type, 9, 400, 301)];
      return [
        [`matmul by a large matrix in ${type.name}`, () => matmul.run(large, undefined)] as const,
        [`matmul of few rows in ${type.name}`, () => matmul.run(few, undefined)] as const,
      ];
    }),
    ["matmul of many", () => matmul.run([q1, k1.view([6, 24, 130], [130 * 24, 1, 24])], undefined)],
    ["a row by a matrix", () => matmul.run([random([1, 1100], 1, 1), random([1100, 1000], 1, 1)], undefined)],
    ["matmul of few rows", () => matmul.run([random([16, 400], 1, 1), random([400, 300], 1, 1)], undefined)],
    ["linear", () => linear.run([u, v.view([130, 200], [1, 130]), random([130], 2, 2)], undefined)],
    ["conv", () => conv.run([x, w, b], p)],
    ["convInput", () => convInput.run([gy, w, null], { ...p, spatial: [30, 31] })],
    ["convInput with strides", () => convInput.run([gq, w, null], { ...q, spatial: [30, 31] })],
    ["convWeight", () => convWeight.run([x, gy], { ...p, kernel: [3, 3] })],
    ["conv by tiles", () => conv.run([wide, kernels, b], p)],
    ["convInput by tiles", () => convInput.run([gy, kernels, null], { ...p, spatial: [30, 31] })],
    ["convWeight by tiles", () => convWeight.run([wide, gy], { ...p, kernel: [3, 3] })],
    ["attention", () => attention.run([q1, k1, v1, null, null], { scale: 0.2 })],
    ["attentionGrad", () => attentionGrad.run([q1, q1, k1, v1, null, null], { scale: 0.2 })],
    ["fft of rows and columns", () => fftR2c.run([waves], { ...half, dims: [1, 2] })],
    ["fft of rows", () => fftR2c.run([waves], { ...half, dims: [2] })],
    ["relu", () => relu.run([maps], undefined)],
    ["reluGrad", () => reluGrad.run([maps, maps], undefined)],
    ["a bias's gradient", () => sum.run([maps], { dims: [0, 2, 3] })],
    ["maxPool", () => maxPool.run([maps], halves)],
    [
      "maxUnpool",
      () => {
        const [y, at] = maxPool.run([maps], halves) as readonly [Strided, Strided];
        return maxUnpool.run([y, at], { spatial: [60, 62], accumulate: true });
      },
    ],
    ["a step of Adam", stepped],
    [
      "a step of descent",
      () => {
        const w = cloneContiguous(maps);
        descendInPlace(w, means, null, {
          lr: 0.1,
          momentum: 0,
          rest: 1,
          decay: 0,
          nesterov: false,
          maximize: false,
        });
        return w;
      },
    ],
    ["reluGrad of float64", () => reluGrad.run([maps64, maps64], undefined)],
    ...([abs, ceil, floor, neg, reciprocal, rsqrt, sqrt, square, trunc] as OpRow[]).map(
      (row) => [row.name, () => row.run([squares], undefined)] as const,
    ),
    ["exp", () => exp.run([x.view([5 * 12 * 30 * 31], [1])], undefined)],
    ["conv of each channel alone", () => conv.run([channels, alone, null], { ...p, groups: 64 })],
    [
      "convInput of each channel alone with strides",
      () => convInput.run([gwide, alone, null], { ...q, groups: 64, spatial: [60, 61] }),
    ],
    [
      "Gaussian values",
      () => {
        const z = cloneContiguous(products);
        gaussianInPlace(z, random([200], 1, 1, float64), random([300], 1, 1, float64), 0.3);
        return z;
      },
    ],
    [
      "rows of products and of Gaussian values",
      () => {
        const rows = WasmRows.from(
          castTo(random([2000, 100], 0.5, 0.5), float64).data as Float64Array,
          2000,
          100,
        )!;
        const [a, b] = [new Float64Array(2000), new Float64Array(2000)];
        rows.dots(7, 0, 2000, a);
        rows.gaussian(0.01, 7, 0, 2000, b);
        rows.release();
        return [a, b].map((y) => Strided.over(y, float64, [2000]));
      },
    ],
    ...([log, tanh, sigmoid, erf, gelu, mish, silu] as OpRow[]).map(
      (row) => [row.name, () => row.run([many], undefined)] as const,
    ),
    ...[{ approximate: "tanh" }, { slope: true }, { approximate: "tanh", slope: true }].map(
      (g) => [`gelu ${JSON.stringify(g)}`, () => gelu.run([many], g as never)] as const,
    ),
    ...([exp, log, sin, cos, expm1, log1p, sigmoid] as OpRow[]).map(
      (row) => [`${row.name} of float64`, () => row.run([many64], undefined)] as const,
    ),
    ...recurrent(lstm as never, lstmGrad as never, 4, { gates: "ifgo" }),
    ...recurrent(gru as never, gruGrad as never, 3, { gates: "rzn", resetAfter: true }),
    ...recurrent(gru as never, gruGrad as never, 3, { gates: "zrn", resetAfter: false, reverse: true }),
    ...recurrent(rnn as never, rnnGrad as never, 1, { activation: "tanh" }),
    ["exp of a million", () => exp.run([random([200_003], 0.5, 0.5)], undefined)],
  ];

  test("give the very same results, and are used", async () => {
    setThreads(1);
    const list = (y: Strided | readonly Strided[]): Strided[] => (y instanceof Strided ? [y] : [...y]);
    const numbers = (f: () => Strided | readonly Strided[]) => list(f()).map((y) => [...y.data]);
    const alone = calls.map(([, f]) => numbers(f));
    for (const n of [2, 3]) {
      await ready(n);
      for (const [i, [name, f]] of calls.entries()) {
        const before = sharedCalls();
        const y = numbers(f);
        if (name !== "exp") expect([name, sharedCalls() > before]).toEqual([name, true]);
        expect(y).toEqual(alone[i]);
      }
    }
  });

  /**
   * Every kernel that is shared. The places that share calls are counted, so that one more says here which kernels it brings.
   */
  const SHARED = [
    ...["attention_f32", "attention_grad_f32", "conv_f32", "conv_input_f32", "conv_weight_f32"],
    ...["depthwise_f32", "depthwise_input_f32", "fft_lines", "gemm_f32", "gemm_f64", "gemm_packed_f32"],
    ...["gemm_packed_f64", "pack_f32", "pack_f64", "panel_dots", "panel_rbf", "rbf_rows", "unary_f64"],
    ...["exp_f32", "log_f32", "tanh_f32", "sigmoid_f32", "erf_f32", "gelu_f32", "gelu_tanh_f32"],
    ...["gelu_slope_f32", "gelu_tanh_slope_f32", "mish_f32", "silu_f32", "winograd_kernels"],
    ...[
      "winograd_f32",
      "winograd_weight_f32",
      "winograd_weights",
      "abs_f32",
      "ceil_f32",
      "floor_f32",
      "neg_f32",
      "reciprocal_f32",
    ],
    ...["rsqrt_f32", "sqrt_f32", "square_f32", "trunc_f32", "relu_f32", "relu_grad_f32", "relu_grad_f64"],
    ...["adam_f32", "sgd_f32", "sum_f32", "max_pool_f32", "max_unpool_f32"],
    ...["lstm_f32", "lstm_grad_f32", "gru_f32", "gru_grad_f32", "rnn_f32", "rnn_grad_f32"],
  ];
  const PLACES = 25;

  test("no kernel that is shared is left out", () => {
    expect([...sharedKernels].sort()).toEqual(SHARED.sort());
    const root = new URL("../", import.meta.url);
    const places = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => /(?<!\.test|threads.pool)\.ts$/.test(file))
      .flatMap((file) => readFileSync(new URL(file, root), "utf8").match(/\brun(?:Parts|Ranges)\(/g) ?? []);
    expect(places.length).toBe(PLACES);
  });

  test("other threads take parts, also those that fell asleep", async () => {
    await ready(2);
    for (const pause of [0, 60]) {
      await new Promise((f) => setTimeout(f, pause));
      const before = helpedParts();
      for (let i = 0; i < 1000 && helpedParts() === before; i++) matmul.run([u, v], undefined);
      expect(helpedParts()).toBeGreaterThan(before);
    }
  });

  test("one thread is asked for again", () => {
    setThreads(1);
    const before = sharedCalls();
    matmul.run([u, v], undefined);
    expect(sharedCalls()).toBe(before);
  });
});
