import { describe, expect, test } from "vitest";
import { complex64, complex128, type DType, float32, float64 } from "../../dtype/dtype.js";
import { fftC2c, fftC2r, fftR2c } from "../../ops/fft/fft.js";
import { cloneContiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { setThreads } from "../../threads/pool.js";
import { both, LAYOUTS, random } from "../testing.js";

/** Random complex numbers. */
function complexes(shape: readonly number[], dtype: DType): Strided {
  const parts = random([...shape, 2], -1, 1, dtype === complex64 ? float32 : float64);
  return Strided.over(parts.data, dtype, shape);
}

/** The largest difference of two arrays relative to their largest number. */
function distance([a]: readonly Strided[], [b]: readonly Strided[]): number {
  expect(a!.shape).toEqual(b!.shape);
  expect(a!.dtype).toBe(b!.dtype);
  const [x, y] = [cloneContiguous(a!).data as Float64Array, cloneContiguous(b!).data as Float64Array];
  let [worst, top] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    worst = Math.max(worst, Math.abs(x[i]! - y[i]!));
    top = Math.max(top, Math.abs(y[i]!));
  }
  return top === 0 ? worst : worst / top;
}

const LENGTHS = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 24, 25, 32, 35, 47, 49, 53, 64, 77, 97, 101, 106,
  120, 128, 169, 240, 256, 1000, 1009, 1024, 4096,
];
const PRECISIONS = [
  { real: float64, complex: complex128, eps: 1e-15 },
  { real: float32, complex: complex64, eps: 4e-7 },
];

describe.each(PRECISIONS)("lines of $real.name", ({ real, complex, eps }) => {
  test.each(LENGTHS)("length %i, both ways, one line and several, both axes", (n) => {
    const small = eps * Math.log2(n + 2);
    for (const lines of [1, 2, 5, 19]) {
      if (n * lines > 20_000) continue;
      for (const forward of [true, false])
        for (const axis of [0, 1]) {
          const turned = (k: number): [number, number] => (axis === 1 ? [lines, k] : [k, lines]);
          const p = { dims: [axis], forward, scale: forward ? 1 : 1 / n };
          expect(distance(...both(fftC2c, [complexes(turned(n), complex)], p))).toBeLessThan(small);
          const x = random(turned(n), -1, 1, real);
          for (const onesided of [true, false])
            expect(distance(...both(fftR2c, [x], { ...p, onesided }))).toBeLessThan(small);
          const half = complexes(turned(Math.floor(n / 2) + 1), complex);
          expect(distance(...both(fftC2r, [half], { ...p, n }))).toBeLessThan(small);
        }
    }
  });

  test.each(Object.entries(LAYOUTS))("arrays that lie %s", (_name, layout) => {
    const p = { dims: [2, 0, 1], forward: true, scale: 0.5 };
    const x = layout(complexes([6, 5, 14], complex));
    expect(distance(...both(fftC2c, [x], p))).toBeLessThan(8 * eps);
    const r = layout(random([6, 5, 14], -1, 1, real));
    expect(distance(...both(fftR2c, [r], { ...p, onesided: true }))).toBeLessThan(8 * eps);
    expect(distance(...both(fftC2r, [x], { ...p, dims: [0, 2], n: 27 }))).toBeLessThan(8 * eps);
  });

  test("large arrays, whose memory is the kernels' own, and whose input stays as it is", () => {
    const x = complexes([3, 128, 33], complex);
    const before = cloneContiguous(x);
    expect(distance(...both(fftC2c, [x], { dims: [1, 2], forward: false, scale: 1 }))).toBeLessThan(9 * eps);
    expect(distance([x], [before])).toBe(0);
    const r = random([70, 64], -1, 1, real);
    expect(
      distance(...both(fftR2c, [r], { dims: [0, 1], forward: true, scale: 1, onesided: false })),
    ).toBeLessThan(9 * eps);
  });

  test.each([1, 2])("many images of %i threads, part by part", (threads) => {
    setThreads(threads);
    try {
      const x = random([150, 32, 34], -1, 1, real);
      const p = { dims: [1, 2], forward: true, scale: 0.5 };
      const [[half], [plain]] = both(fftR2c, [x], { ...p, onesided: true });
      expect(distance([half!], [plain!])).toBeLessThan(9 * eps);
      expect(distance(...both(fftC2c, [half!], { ...p, dims: [2, 1], forward: false }))).toBeLessThan(
        9 * eps,
      );
      expect(distance(...both(fftC2c, [half!], { ...p, dims: [1] }))).toBeLessThan(9 * eps);
    } finally {
      setThreads(1);
    }
  });

  test("a line of NaN or infinities spoils no other", () => {
    const x = random([4, 24], -1, 1, real);
    const data = x.data as Float64Array;
    data[24 + 3] = Number.NaN;
    data[72 + 3] = Number.POSITIVE_INFINITY;
    const [[y]] = both(fftR2c, [x], { dims: [1], forward: true, scale: 1, onesided: true });
    const out = y!.data as Float64Array;
    for (let i = 0; i < 2 * 13; i++) {
      expect(Number.isFinite(out[i]!) && Number.isFinite(out[2 * 26 + i]!)).toBe(true);
      if (i > 1) expect(Number.isFinite(out[26 + i]!) || Number.isFinite(out[3 * 26 + i]!)).toBe(false);
    }
  });
});

test("many lengths one after the other, more than tables are kept of", () => {
  for (let n = 60_000; n < 60_012; n++) {
    const x = complexes([n], complex128);
    const y = fftC2c.run([x], { dims: [0], forward: true, scale: 1 }) as Strided;
    const back = fftC2c.run([y], { dims: [0], forward: false, scale: 1 / n });
    expect(distance([back as Strided], [x])).toBeLessThan(4e-14);
  }
});

test("nothing stays nothing", () => {
  const x = Strided.zeros(complex128, [0, 4]);
  expect((fftC2c.run([x], { dims: [1], forward: true, scale: 1 }) as Strided).shape).toEqual([0, 4]);
});
