import { ops } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { filled, numbers, run } from "./tools.js";

const last = (n: number): number[] => Array.from({ length: n }, (_, i) => i - n);

const c2c = (axes: number, forward: boolean): OpRow =>
  row(
    ([x]) => {
      if (x!.shape.length < axes)
        throw new KernelProblem(`Input must have rank of at least ${axes} but got: [${x!.shape.join(",")}]`);
      const dims = last(axes);
      const n = dims.reduce((p, d) => p * x!.shape.at(d)!, 1);
      return run(ops.fftC2c, [x!], { dims, forward, scale: forward ? 1 : 1 / n });
    },
    ({ shapes }) => [shapes[0]!],
  );

/** An axis cut, or filled up with zeros, to a length. */
export function fitted(x: Value, dim: number, length: number): Value {
  const n = x.shape[dim]!;
  if (n === length) return x;
  if (n > length) return x.slice({ dim, start: 0, step: 1, length }) as Value;
  return run(
    ops.cat,
    [
      x,
      filled(
        x,
        x.shape.map((d, i) => (i === dim ? length - n : d)),
        0,
      ),
    ],
    { dim },
  );
}

const rfft = (axes: number): OpRow =>
  row(([x, lengths]) => {
    const n = numbers(lengths!);
    const rank = x!.shape.length;
    const y = n.reduce((v, length, i) => fitted(v, rank - axes + i, length), x!);
    return run(ops.fftR2c, [y], { dims: last(axes), forward: true, scale: 1, onesided: true });
  });

const irfft = (axes: number): OpRow =>
  row(([x, lengths]) => {
    const n = numbers(lengths!);
    const rank = x!.shape.length;
    const wanted = n.map((length, i) => (i === axes - 1 ? Math.floor(length / 2) + 1 : length));
    const y = wanted.reduce((v, length, i) => fitted(v, rank - axes + i, length), x!);
    const size = n.reduce((p, d) => p * d, 1);
    return run(ops.fftC2r, [y], { dims: last(axes), forward: false, scale: 1 / size, n: n[axes - 1]! });
  });

/** Fourier transforms. */
export const signal: Readonly<Record<string, OpRow>> = {
  FFT: c2c(1, true),
  FFT2D: c2c(2, true),
  FFT3D: c2c(3, true),
  IFFT: c2c(1, false),
  IFFT2D: c2c(2, false),
  IFFT3D: c2c(3, false),
  RFFT: rfft(1),
  RFFT2D: rfft(2),
  RFFT3D: rfft(3),
  IRFFT: irfft(1),
  IRFFT2D: irfft(2),
  IRFFT3D: irfft(3),
};
