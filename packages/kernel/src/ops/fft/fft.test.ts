import { expect, test } from "vitest";
import { complex128, float64 } from "../../dtype/dtype.js";
import { Strided } from "../../strided/strided.js";
import { fftC2c, fftC2r, fftR2c } from "./fft.js";

/** The sum as it is defined, with the angle reduced to exact whole numbers. */
function naive(x: Float64Array, forward: boolean): Float64Array {
  const n = x.length / 2;
  const y = new Float64Array(2 * n);
  for (let k = 0; k < n; k++)
    for (let j = 0; j < n; j++) {
      const angle = ((forward ? -2 : 2) * Math.PI * ((j * k) % n)) / n;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      y[2 * k]! += x[2 * j]! * c - x[2 * j + 1]! * s;
      y[2 * k + 1]! += x[2 * j]! * s + x[2 * j + 1]! * c;
    }
  return y;
}

const signal = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => Math.sin(1.7 * i * i + 0.3));
const LENGTHS = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 25, 30, 47, 49, 53, 60, 64, 97, 101, 106, 128, 210, 243,
];
const worst = (a: Float64Array, b: Float64Array): number =>
  a.reduce((m, v, i) => Math.max(m, Math.abs(v - b[i]!)), 0);

test.each(LENGTHS)("length %i is the sum that defines it, both ways, and back again", (n) => {
  const x = signal(2 * n);
  const array = Strided.over(x, complex128, [n]);
  for (const forward of [true, false]) {
    const y = fftC2c.run([array], { dims: [0], forward, scale: 1 }) as Strided;
    expect(worst(y.data as Float64Array, naive(x, forward))).toBeLessThan(2e-14 * n);
    const back = fftC2c.run([y], { dims: [0], forward: !forward, scale: 1 / n }) as Strided;
    expect(worst(back.data as Float64Array, x)).toBeLessThan(4e-15 * Math.log2(n + 1) + 1e-16);
  }
  const real = Strided.over(signal(n), float64, [n]);
  const half = fftR2c.run([real], { dims: [0], forward: true, scale: 1, onesided: true }) as Strided;
  expect(half.shape).toEqual([Math.floor(n / 2) + 1]);
  const again = fftC2r.run([half], { dims: [0], forward: false, scale: 1 / n, n }) as Strided;
  expect(worst(again.data as Float64Array, signal(n))).toBeLessThan(4e-15 * Math.log2(n + 1) + 1e-16);
});

test("several axes one after the other, strided and in any order", () => {
  const x = Strided.over(signal(2 * 24), complex128, [2, 3, 4]);
  const turned = x.view([4, 2, 3], [1, 12, 4]);
  const p = { forward: true, scale: 1 };
  const a = fftC2c.run([x], { ...p, dims: [2, 0] }) as Strided;
  const b = fftC2c.run([turned], { ...p, dims: [0, 1] }) as Strided;
  const view = b.view([2, 3, 4], [3, 1, 6]);
  for (let i = 0; i < 2; i++)
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 4; k++) {
        const at = (s: Strided): number =>
          s.offset + i * s.strides[0]! + j * s.strides[1]! + k * s.strides[2]!;
        expect(view.data[2 * at(view)]).toBeCloseTo(a.data[2 * at(a)] as number, 13);
      }
});
