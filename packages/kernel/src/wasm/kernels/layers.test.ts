import { describe, expect, test } from "vitest";
import { float32, float64, int64 } from "../../dtype/dtype.js";
import * as ops from "../../ops/table.js";
import { castTo, cloneContiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { wasmBuild } from "../instance.js";
import { fastCalls, withoutFastKernels } from "../registry.js";
import { both, distance, LAYOUTS, next, random } from "../testing.js";
import { adamInPlace, descendInPlace } from "./optimize.js";

describe.each([
  ["layer", [13, 50], [1], [1], undefined],
  ["layer of two axes", [5, 6, 33], [1, 2], [1, 2], undefined],
  ["plain rows", [9, 70], [1], [], undefined],
  ["batch of images", [4, 5, 6, 7], [0, 2, 3], [1], undefined],
  ["batch without weights", [4, 5, 41], [0, 2], [], undefined],
  ["instance", [3, 4, 50], [2], [], undefined],
] as const)("standardize %s", (_name, shape, axes, affine, groups) => {
  const p = { axes, affine, groups, eps: 1e-5 };
  const own = affine.map((a) => shape[a]!);
  const [w, b] = affine.length > 0 ? [random(own, 0.5, 2), random(own)] : [null, null];
  test.each(["rows", "held by JavaScript"])("%s", (layout) => {
    const x = LAYOUTS[layout]!(random(shape, 2, 7));
    for (const center of [true, false]) {
      const [fast, plain] = both(ops.standardize, [x, w, b], { ...p, center });
      fast.forEach((y, i) => expect(distance(y, plain[i]!)).toBeLessThan(2e-6));
      for (const lay of Object.values(LAYOUTS)) {
        const gy = lay(random(shape));
        const [gs, wants] = both(ops.standardizeGrad, [gy, x, w, null, null], { ...p, center });
        // Without weights there is nothing that their gradients could be of.
        gs.slice(0, affine.length > 0 ? 3 : 1).forEach((g, i) => {
          expect(distance(g, wants[i]!)).toBeLessThan(1e-5);
        });
      }
    }
  });
});

describe.each([
  [[2, 3, 20, 22], { kernel: [2, 2] }],
  [
    [2, 3, 21, 23],
    {
      kernel: [3, 3],
      stride: [2, 2],
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
  ],
  [[2, 3, 21, 23], { kernel: [3, 2], stride: [1, 2], dilation: [2, 3], ceil: true }],
  [[4, 5, 100], { kernel: [3], stride: [2], padding: [[1, 1]] }],
  [[1, 2, 9, 10, 11], { kernel: [2, 2, 2], stride: [1, 1, 1] }],
] as const)("maxPool %j %j", (shape, p) => {
  test.each(["rows", "held by JavaScript", "at an odd offset"])("%s", (layout) => {
    const x = random(shape);
    for (let i = 0; i < x.size; i++) (x.data as Float32Array)[i] = Math.round(3 * next());
    x.data[17] = Number.NaN;
    x.data[33] = Number.NEGATIVE_INFINITY;
    const [[y, index], [want, places]] = both(ops.maxPool, [LAYOUTS[layout]!(x)], p as never);
    expect(distance(y!, want!)).toBe(0);
    expect([...(index!.data as BigInt64Array)]).toEqual([...(places!.data as BigInt64Array)]);
    const spatial = shape.slice(2);
    for (const accumulate of [true, false]) {
      const gy = LAYOUTS[layout]!(random(y!.shape));
      const [[gx], [gxWant]] = both(ops.maxUnpool, [gy, index!], { spatial, accumulate });
      expect(distance(gx!, gxWant!)).toBeLessThan(1e-6);
    }
  });
});

/** The same image with its channels last in memory. */
function channelsLast(x: Strided): Strided {
  const [n, c, ...rest] = x.shape as [number, number, ...number[]];
  const axes = [0, ...rest.map((_, i) => i + 2), 1];
  const order = <T>(list: readonly T[]): T[] => axes.map((axis) => list[axis]!);
  const y = cloneContiguous(x.view(order(x.shape), order(x.strides)));
  return y.view(
    [n, c, ...rest],
    [0, x.rank - 1, ...rest.map((_, i) => i + 1)].map((axis) => y.strides[axis]!),
  );
}

test.each([
  [[2, 8, 20, 22], { kernel: [2, 2] }],
  [[1, 4, 21, 23], { kernel: [3, 2], stride: [1, 2], dilation: [2, 3], ceil: true }],
  [[4, 12, 100], { kernel: [3], stride: [2], padding: [[1, 1]] }],
  [[1, 4, 9, 10, 11], { kernel: [2, 2, 2], stride: [1, 1, 1] }],
] as const)("maxPool with channels last %j %j", (shape, p) => {
  const rows = random(shape);
  for (let i = 0; i < rows.size; i++) (rows.data as Float32Array)[i] = Math.round(3 * next());
  rows.data[17] = Number.NaN;
  rows.data[33] = Number.NEGATIVE_INFINITY;
  const x = channelsLast(rows);
  const [[y, index], [want, places]] = both(ops.maxPool, [x], p as never);
  expect(distance(y!, want!)).toBe(0);
  expect(distance(castTo(index!, float64), castTo(places!, float64))).toBe(0);
  const spatial = shape.slice(2);
  for (const accumulate of [true, false]) {
    const gy = channelsLast(random(y!.shape));
    const [[gx], [gxWant]] = both(ops.maxUnpool, [gy, index!], { spatial, accumulate });
    expect(distance(gx!, gxWant!)).toBeLessThan(1e-6);
  }
  const odd = ops.maxPool.run([channelsLast(random([2, 3, 20, 22]))], { kernel: [2, 2] });
  expect((odd as Strided[])[0]!.shape).toEqual([2, 3, 10, 11]);
});

test("maxUnpool refuses places outside of the plane", () => {
  const index = Strided.zeros(int64, [1, 1, 30, 30]);
  index.data[7] = 5000n;
  expect(() => ops.maxUnpool.run([random([1, 1, 30, 30]), index], { spatial: [60, 60] })).toThrow();
});

describe.skipIf(wasmBuild() === "off")("steps of optimizers", () => {
  const widen = (x: Strided): Float64Array => cloneContiguous(castTo(x, float64)).data as Float64Array;
  const close = (a: Float64Array, b: Float64Array): void => {
    a.forEach((v, i) => expect(Math.abs(v - b[i]!)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(b[i]!)));
  };
  test.each([3, 511, 700, 5000, 20_001])("Adam on %i elements", (n) => {
    for (const [decay, shrink, maximize, amsgrad] of [
      [0, 1, false, false],
      [0.1, 1, true, false],
      [0, 0.99, false, true],
    ] as const) {
      const [p, g, m, v, most] = [
        random([n]),
        random([n]),
        random([n]),
        random([n], 0, 1),
        random([n], 0, 1),
      ];
      const [p0, g0, m0, v0, most0] = [p, g, m, v, most].map((a) => widen(a).slice()) as Float64Array[];
      const o = { beta1: 0.9, beta2: 0.99, size: 0.05, correction: 0.8, eps: 1e-8, decay, shrink, maximize };
      const version = p.storage.version;
      expect(adamInPlace(p, g, m, v, amsgrad ? most : null, o)).toBe(true);
      expect(p.storage.version).toBe(version + 1);
      p0!.forEach((w, i) => {
        const d = (maximize ? -1 : 1) * g0![i]! + decay * w;
        m0![i] = m0![i]! + (d - m0![i]!) * 0.1;
        v0![i] = v0![i]! * 0.99 + 0.01 * d * d;
        most0![i] = Math.max(most0![i]!, v0![i]!);
        const root = Math.sqrt(amsgrad ? most0![i]! : v0![i]!) / 0.8 + 1e-8;
        p0![i] = w * shrink - (0.05 * m0![i]!) / root;
      });
      close(widen(m), m0!);
      close(widen(v), v0!);
      // A root near 0 magnifies what was rounded away before it.
      widen(p).forEach((w, i) =>
        expect(Math.abs(w - p0![i]!)).toBeLessThan(1e-4 * Math.max(1, Math.abs(p0![i]!))),
      );
    }
  });
  test.each([3, 511, 700, 20_001])("gradient descent on %i elements", (n) => {
    for (const [momentum, nesterov, decay, maximize] of [
      [0, false, 0, false],
      [0.9, false, 0.1, false],
      [0.9, true, 0, true],
    ] as const) {
      const [p, g, buffer] = [random([n]), random([n]), random([n])];
      const [p0, g0, b0] = [p, g, buffer].map((a) => widen(a).slice()) as Float64Array[];
      const o = { lr: 0.1, momentum, rest: 0.7, decay, nesterov, maximize };
      expect(descendInPlace(p, g, momentum ? buffer : null, o)).toBe(true);
      p0!.forEach((w, i) => {
        let d = (maximize ? -1 : 1) * g0![i]! + decay * w;
        if (momentum) {
          b0![i] = b0![i]! * momentum + 0.7 * d;
          d = nesterov ? d + momentum * b0![i]! : b0![i]!;
        }
        p0![i] = w - 0.1 * d;
      });
      close(widen(p), p0!);
      close(widen(buffer), b0!);
    }
  });
  test.each(Object.entries(LAYOUTS))("adamStep, %s", (_layout, lay) => {
    const arrays = [random([41, 50]), random([41, 50]), random([41, 50]), random([41, 50], 0.1, 1)].map(lay);
    const p = { share1: 0.1, share2: 0.01, rate: 0.05, epsilon: 1e-7 };
    const [fast, plain] = both(ops.adamStep, arrays, p);
    fast.forEach((y, i) => expect(distance(y, plain[i]!)).toBe(0));
  });
  test("means that fade become zero", () => {
    const fill = (v: number): Strided => random([1024], v, v);
    const p = { share1: 0.1, share2: 0.001, rate: 0.05, epsilon: 1e-7 };
    const [fast, plain] = both(ops.adamStep, [fill(1), fill(0), fill(-1.2e-38), fill(1e-38)], p);
    for (const [, m, v] of [fast, plain]) expect([m!.data[0], v!.data[1023]]).toEqual([0, 0]);
    const [, kept] = both(ops.adamStep, [fill(1), fill(0), fill(2e-38), fill(Number.NaN)], p)[0];
    expect(kept!.data[5]).toBeGreaterThan(0);
    const poisoned = ops.adamStep.run([fill(1), fill(0), fill(0), fill(Number.NaN)], p) as readonly Strided[];
    expect(poisoned[2]!.data[7]).toBeNaN();
  });
  test("other types and layouts are declined", () => {
    const o = { lr: 0.1, momentum: 0, rest: 1, decay: 0, nesterov: false, maximize: false };
    expect(descendInPlace(random([4], 0, 1, float64), random([4], 0, 1, float64), null, o)).toBe(false);
    const before = fastCalls();
    expect(withoutFastKernels(() => descendInPlace(random([4]).view([2], [2]), random([2]), null, o))).toBe(
      false,
    );
    expect(fastCalls()).toBe(before);
    expect(float32.name).toBe("float32");
  });
});
