import { float32, ops } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type Datum, type OpRow, row } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { fitted } from "./signal.js";
import { castValue, numbers, reshape, run, valueOf } from "./tools.js";

/* Fourier transforms of any axes, patches of volumes, distances of sequences. */

const axesOf = (axes: Value, rank: number): number[] =>
  numbers(axes).map((a) => {
    if (a < -rank || a >= rank) throw new KernelProblem(`Axis is out of range: ${a}`);
    return a < 0 ? a + rank : a;
  });

const complexNd = (forward: boolean): OpRow =>
  row(([x, lengths, axes]) => {
    const dims = axesOf(axes!, x!.shape.length);
    const n = numbers(lengths!);
    const y = dims.reduce((v, dim, i) => fitted(v, dim, n[i]!), x!);
    return run(ops.fftC2c, [y], { dims, forward, scale: forward ? 1 : 1 / n.reduce((p, d) => p * d, 1) });
  });
const realNd: OpRow = row(([x, lengths, axes], a) => {
  const dims = axesOf(axes!, x!.shape.length);
  const y = numbers(lengths!).reduce((v, n, i) => fitted(v, dims[i]!, n), x!);
  const out = run(ops.fftR2c, [y], { dims, forward: true, scale: 1, onesided: true });
  return castValue(out, a.type("Tcomplex").kernel);
});
const backNd: OpRow = row(([x, lengths, axes]) => {
  const dims = axesOf(axes!, x!.shape.length);
  const n = numbers(lengths!);
  const last = n.length - 1;
  const wanted = n.map((d, i) => (i === last ? Math.floor(d / 2) + 1 : d));
  const y = wanted.reduce((v, d, i) => fitted(v, dims[i]!, d), x!);
  const scale = 1 / n.reduce((p, d) => p * d, 1);
  return run(ops.fftC2r, [y], { dims, forward: false, scale, n: n[last]! });
});

/** Blocks of a volume laid out along the channels. */
const volumePatches: OpRow = row(([x], a) => {
  const [n, , , , c] = x!.shape as [number, number, number, number, number];
  const kernel = a.ints("ksizes").slice(1, 4);
  const stride = a.ints("strides").slice(1, 4);
  const lengths = x!.shape.slice(1, 4);
  const same = a.text("padding") === "SAME";
  const out = lengths.map((d, i) =>
    same ? Math.ceil(d / stride[i]!) : Math.floor((d - kernel[i]!) / stride[i]!) + 1,
  );
  const total = lengths.map((d, i) => (same ? Math.max((out[i]! - 1) * stride[i]! + kernel[i]! - d, 0) : 0));
  const pads = [[0, 0], ...total.map((t) => [t >> 1, t - (t >> 1)]), [0, 0]] as [number, number][];
  const padded = x!.pad({ pads });
  const parts: Value[] = [];
  for (let i = 0; i < kernel[0]!; i++)
    for (let j = 0; j < kernel[1]!; j++)
      for (let k = 0; k < kernel[2]!; k++)
        parts.push(
          [i, j, k].reduce(
            (v, start, d) => v.slice({ dim: 1 + d, start, step: stride[d]!, length: out[d]! }) as Value,
            padded as Value,
          ),
        );
  return reshape(run(ops.stack, parts, { dim: 4 }), [n, ...out, parts.length * c]);
});

/** How many symbols are put in, left out or replaced between two sequences. */
function distance<T>(a: readonly T[], b: readonly T[]): number {
  let line = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(line[j]! + 1, next[j - 1]! + 1, line[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    line = next;
  }
  return line[b.length]!;
}
/** Sparse rows by the coordinates of all axes but the last. */
function groups(indices: Value, values: Datum): Map<string, (number | string)[]> {
  const list = values instanceof StringArray ? [...values.data] : numbers(values as Value);
  const rank = indices.shape[1]!;
  const places = numbers(indices);
  const out = new Map<string, (number | string)[]>();
  list.forEach((v, i) => {
    const key = places.slice(i * rank, (i + 1) * rank - 1).join();
    const known = out.get(key);
    if (known) known.push(v);
    else out.set(key, [v]);
  });
  return out;
}
const editDistance: OpRow = {
  run: ([hi, hv, hs, ti, tv, ts], a) => {
    const [left, right] = [groups(hi as Value, hv!), groups(ti as Value, tv!)];
    const [x, y] = [numbers(hs as Value), numbers(ts as Value)];
    const shape = x.slice(0, -1).map((d, i) => Math.max(d, y[i]!));
    const count = shape.reduce((p, d) => p * d, 1);
    const out = Array.from({ length: count }, (_, k) => {
      const place: number[] = [];
      let rest = k;
      for (const d of [...shape].reverse()) {
        place.unshift(rest % d);
        rest = Math.floor(rest / d);
      }
      const [p, q] = [left.get(place.join()) ?? [], right.get(place.join()) ?? []];
      const d = distance(p, q);
      if (!a.bool("normalize")) return d;
      return q.length === 0 ? (p.length === 0 ? 0 : Number.POSITIVE_INFINITY) : d / q.length;
    });
    return reshape(valueOf(out, float32), shape);
  },
};

export const transforms: Readonly<Record<string, OpRow>> = {
  FFTND: complexNd(true),
  IFFTND: complexNd(false),
  RFFTND: realNd,
  IRFFTND: backNd,
  ExtractVolumePatches: volumePatches,
  EditDistance: editDistance,
};
