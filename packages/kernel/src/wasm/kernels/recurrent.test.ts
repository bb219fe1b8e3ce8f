import { describe, expect, test } from "vitest";
import { bool, float64 } from "../../dtype/dtype.js";
import type { OpRow } from "../../ops/row.js";
import * as ops from "../../ops/table.js";
import { Strided } from "../../strided/strided.js";
import { wasmBuild } from "../instance.js";
import { fastCalls, withoutFastKernels } from "../registry.js";
import { both, distance, LAYOUTS, random } from "../testing.js";
import { kindsOf } from "./recurrent.js";

interface Kind {
  readonly row: OpRow<never>;
  readonly grad: OpRow<never>;
  readonly gates: number;
  /** Names of states. */
  readonly states: number;
  /** Inputs between the biases and the mask. */
  readonly between: number;
}
const KINDS = {
  lstm: { row: ops.lstm, grad: ops.lstmGrad, gates: 4, states: 2, between: 1 },
  gru: { row: ops.gru, grad: ops.gruGrad, gates: 3, states: 1, between: 0 },
  rnn: { row: ops.rnn, grad: ops.rnnGrad, gates: 1, states: 1, between: 0 },
} as unknown as Record<string, Kind>;

const after = { gates: "rzn", resetAfter: true };
const before = { gates: "zrh", resetAfter: false };
const packed = [5, 5, 4, 2, 2, 1];

/** Kind, parameters, steps, batch, input, hidden, whether there is a mask. */
const CASES: readonly (readonly [string, object, number, number, number, number, boolean])[] = [
  ["lstm", { gates: "ifgo" }, 7, 5, 9, 33, false],
  ["lstm", { gates: "ifco", reverse: true }, 6, 4, 8, 32, false],
  ["lstm", { gates: "oigf" }, 5, 3, 12, 21, false],
  ["lstm", { gates: "ifgo" }, 20, 1, 6, 17, false],
  ["lstm", { gates: "ifgo" }, 1, 6, 5, 40, false],
  ["lstm", { gates: "ifgo", batchSizes: packed }, 6, 5, 7, 30, false],
  ["lstm", { gates: "ifgo", batchSizes: packed, reverse: true }, 6, 5, 7, 30, false],
  ["lstm", { gates: "ifco", gate: "hardSigmoid", candidate: "relu" }, 5, 4, 3, 18, false],
  ["lstm", { gates: "gifo", gate: "hardSigmoid5", candidate: "linear", output: "tanh" }, 5, 4, 3, 18, true],
  ["lstm", { gates: "ifco", zeroOutput: true, reverse: true }, 6, 5, 4, 16, true],
  ["gru", after, 7, 5, 9, 33, false],
  ["gru", { ...after, gates: "nrz", reverse: true }, 6, 4, 8, 32, false],
  ["gru", { ...after, gates: "rnz" }, 20, 1, 6, 17, false],
  ["gru", after, 1, 6, 5, 40, false],
  ["gru", { ...after, batchSizes: packed }, 6, 5, 7, 30, false],
  ["gru", { ...after, batchSizes: packed, reverse: true }, 6, 5, 7, 30, false],
  ["gru", { ...after, candidate: "relu", gate: "hardSigmoid" }, 5, 4, 3, 18, true],
  ["gru", { ...after, zeroOutput: true }, 6, 5, 4, 16, true],
  ["gru", before, 7, 5, 9, 33, false],
  ["gru", { ...before, gates: "zhr", reverse: true }, 6, 4, 8, 32, false],
  ["gru", { ...before, batchSizes: packed }, 6, 5, 7, 30, false],
  ["gru", before, 9, 2, 4, 30, true],
  ["gru", { ...before, gate: "hardSigmoid5", candidate: "linear", reverse: true }, 6, 5, 4, 16, true],
  ["rnn", { activation: "tanh" }, 7, 5, 9, 33, false],
  ["rnn", { activation: "relu", reverse: true }, 6, 4, 8, 32, false],
  ["rnn", { activation: "sigmoid" }, 20, 1, 6, 17, false],
  ["rnn", { activation: "linear", batchSizes: packed }, 6, 5, 7, 30, false],
  ["rnn", { activation: "tanh" }, 6, 5, 4, 16, true],
  ["rnn", { activation: "hardSigmoid", zeroOutput: true }, 6, 5, 4, 16, true],
];

/** So many rows that they are walked in several chunks. */
const falling = [...new Array<number>(14).fill(40), ...new Array<number>(6).fill(17), 2, 1];
const LONG: typeof CASES = [
  ["lstm", { gates: "ifgo" }, 20, 33, 9, 64, false],
  ["lstm", { gates: "ifco", reverse: true }, 20, 33, 8, 64, true],
  ["lstm", { gates: "ifgo", batchSizes: falling }, 22, 40, 7, 64, false],
  ["lstm", { gates: "ifgo", batchSizes: falling, reverse: true }, 22, 40, 7, 64, false],
  ["gru", { ...after, reverse: true }, 20, 37, 9, 80, false],
  ["gru", { ...after, batchSizes: falling }, 22, 40, 7, 80, false],
  ["gru", before, 20, 37, 9, 80, true],
  ["rnn", { activation: "tanh" }, 25, 65, 9, 96, true],
  ["rnn", { activation: "tanh", reverse: true, zeroOutput: true }, 25, 65, 9, 96, true],
];

const optional = (...list: (Strided | null)[]) => list;

describe.each([...CASES, ...LONG])(
  "%s %j, %i steps of %i",
  (...[name, params, steps, batch, input, hidden, masked]) => {
    const { row, grad, gates, states, between } = KINDS[name]!;
    const p = params as never;
    const wide = gates * hidden;
    const sizes = (params as { batchSizes?: readonly number[] }).batchSizes;
    const rows = sizes?.reduce((a, b) => a + b, 0);
    const flags = Uint8Array.from({ length: steps * batch }, (_, i) => (i * 7 + (i >> 2)) % 3 && 1);
    const mask = masked ? Strided.over(flags, bool, [steps, batch]) : null;
    const own = new Array<null>(between).fill(null);
    const long = steps * batch > 300;
    // Large weights would make a long walk chaotic.
    const size = long ? 0.1 : 0.4;
    const layouts = Object.entries(LAYOUTS).slice(0, long ? 1 : undefined);
    test.each(layouts)("%s", (_layout, lay) => {
      const x = lay(random(rows ? [rows, input] : [steps, batch, input], -1, 1));
      const initial = Array.from({ length: states }, () => lay(random([batch, hidden], -1, 1)));
      const [wx, wh] = [lay(random([wide, input], -size, size)), lay(random([wide, hidden], -size, size))];
      const biases = [
        optional(random([wide], -1, 1), random([wide], -1, 1)),
        optional(lay(random([wide], -1, 1)), null),
        optional(null, null),
      ];
      // The reference takes its time for a long walk.
      for (const [bx, bh] of long ? biases.slice(0, 1) : biases) {
        const [fast, plain] = both(row, [x, ...initial, wx, wh, bx!, bh!, ...own, mask], p);
        for (let i = 0; i < 1 + states; i++) expect(distance(fast[i]!, plain[i]!)).toBeLessThan(3e-6);
        const lean = row.run(
          [x, ...initial, wx, wh, bx!, bh!, ...own, mask],
          row.unrecorded!(p),
        ) as Strided[];
        expect(lean[1 + states]!.size).toBe(0);
        for (let i = 0; i < 1 + states; i++) expect(lean[i]!.data).toEqual(fast[i]!.data);
        const gy = lay(random(fast[0]!.shape));
        const last = initial.map(() => random([batch, hidden]));
        const none = initial.map(() => null);
        for (const [g, final, needsX] of [
          [gy, last, true],
          [gy, none, false],
          [null, last.map((s, i) => (i === 0 ? lay(s) : null)), true],
        ] as const) {
          const inputs = [x, ...initial, wx, wh, bx!, bh!, ...own, mask, g, ...final, fast[1 + states]!];
          const [gs, wants] = both(grad, inputs, { ...params, needsX } as never);
          expect(gs.length).toBe(wants.length);
          gs.forEach((y, i) => expect(distance(y, wants[i]!)).toBeLessThan(2e-5));
        }
      }
    });
  },
);

describe.skipIf(wasmBuild() === "off")("functions of gates", () => {
  /** One step without weights shows the function itself. */
  const through = (activation: string, x: readonly number[]): number[] => {
    const n = x.length;
    const own = Strided.over(Float32Array.from(x), random([1]).dtype, [n]);
    const zero = (...shape: number[]) => random(shape, 0, 0);
    const before = fastCalls();
    const [y] = ops.rnn.run([zero(1, 1, 1), zero(1, n), zero(n, 1), zero(n, n), own, null, null], {
      activation,
    } as never) as Strided[];
    expect(fastCalls()).toBe(before + 1);
    return [...(y!.data as Float32Array)];
  };
  const ends = [
    0,
    -0,
    1e-30,
    -1e-8,
    1e-4,
    0.3,
    -3,
    8,
    -9.5,
    17,
    40,
    -60,
    90,
    -104,
    1e30,
    -Infinity,
    Infinity,
    NaN,
  ];
  const x = [...ends, ...Array.from({ length: 200 }, (_, i) => (i - 100) / 7)];
  test.each([
    ["sigmoid", (v: number) => 1 / (1 + Math.exp(-v))],
    ["tanh", Math.tanh],
    ["relu", (v: number) => Math.max(0, v)],
    ["linear", (v: number) => v],
    ["hardSigmoid", (v: number) => Math.min(1, Math.max(0, v / 6 + 0.5))],
    ["hardSigmoid5", (v: number) => Math.min(1, Math.max(0, 0.2 * v + 0.5))],
  ] as const)("%s keeps the last places, infinities and NaN", (name, f) => {
    through(name, x).forEach((y, i) => {
      const want = f(Math.fround(x[i]!));
      if (Number.isNaN(want)) expect(y).toBeNaN();
      else if (!Number.isFinite(want)) expect(y).toBe(want);
      // Below e^−87 float32 has no more normal numbers; a sum near 0 has the rounding of its parts.
      else {
        const least = name.startsWith("hard") ? 6e-8 : 2e-38;
        expect(Math.abs(y - want)).toBeLessThanOrEqual(4e-7 * Math.abs(want) + least);
      }
    });
  });
});

test("other functions and types are left to the reference", () => {
  expect(kindsOf("tanh", "softsign")).toBeNull();
  const a = (...shape: number[]) => random(shape, -1, 1, float64);
  const inputs = [a(5, 4, 3), a(4, 16), a(16, 3), a(16, 16), null, null, null];
  const run = (): Strided[] => ops.rnn.run(inputs, { activation: "tanh" }) as Strided[];
  const [fast, reference] = [run(), withoutFastKernels(run)];
  expect(fast[0]!.dtype).toBe(float64);
  // The sequence kernels compute in float32: they would be off by 1e-7.
  expect(distance(fast[0]!, reference[0]!)).toBeLessThan(1e-14);
});
