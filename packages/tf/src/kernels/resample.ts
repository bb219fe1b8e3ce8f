import { float32, ops, type ResampleAxis } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row, type ShapeContext } from "../core/row.js";
import type { Value } from "../shared.js";
import { castValue, knownInts, numbers, permute, run, valueOf } from "./tools.js";

type Axis = Omit<ResampleAxis, "dim" | "size" | "coordinates">;
const coordinates = (a: Attrs): ResampleAxis["coordinates"] =>
  a.bool("align_corners") ? "alignCorners" : a.bool("half_pixel_centers") ? "halfPixel" : "asymmetric";

export const resizedShape = (c: ShapeContext) => {
  const [x] = c.shapes;
  const size = knownInts(c, 1) ?? [null, null];
  return [x ? [x[0]!, size[0]!, size[1]!, x[3]!] : null];
};
/** Images brought to a size by a kernel of neighbours; results are floats unless an element is taken as it is. */
export const resize = (axis: Axis, exact: boolean): OpRow =>
  row(([x, size], a) => {
    if (x!.shape.length !== 4) throw new KernelProblem(`input must be 4-dimensional[${x!.shape.join(",")}]`);
    const [h, w] = numbers(size!) as [number, number];
    if (h <= 0 || w <= 0) throw new KernelProblem("output dimensions must be positive");
    const own = exact || x!.dtype === float32 ? x! : castValue(x!, float32);
    const axes = [h, w].map(
      (n, i): ResampleAxis => ({
        ...axis,
        dim: 1 + i,
        size: n,
        coordinates: coordinates(a),
        ...(exact ? { single: true } : {}),
      }),
    );
    return run(ops.resample, [own], { axes });
  }, resizedShape);

/** The mean of what lies under each element. */
export function area(x: Value, dim: number, m: number): Value {
  const n = x.shape[dim]!;
  const scale = n / m;
  const weights = Array.from({ length: n }, (_, i) =>
    Array.from(
      { length: m },
      (_v, o) => Math.max(0, Math.min(i + 1, (o + 1) * scale) - Math.max(i, o * scale)) / scale,
    ),
  );
  return weighted(x, dim, weights);
}
/** An axis contracted with a matrix [length, new length]. */
export function weighted(x: Value, dim: number, weights: readonly (readonly number[])[]): Value {
  const axes = x.shape.map((_, i) => i).filter((i) => i !== dim);
  const y = permute(x, [...axes, dim]).matmul(valueOf(weights, x.dtype)) as Value;
  return permute(
    y,
    x.shape.map((_, i) => (i === dim ? axes.length : axes.indexOf(i))),
  );
}

interface Filter {
  readonly radius: number;
  f(x: number): number;
}
const lanczos = (radius: number): Filter => ({
  radius,
  f: (x) =>
    x > radius
      ? 0
      : x <= 1e-3
        ? 1
        : (radius * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / radius)) / (Math.PI * Math.PI * x * x),
});
export const FILTERS: Readonly<Record<string, Filter>> = {
  lanczos1: lanczos(1),
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
  gaussian: { radius: 1.5, f: (x) => (x >= 1.5 ? 0 : Math.exp((-x * x) / 0.5)) },
  box: { radius: 1, f: (x) => (x < 0.5 ? 1 : x === 0.5 ? 0.5 : 0) },
  triangle: { radius: 1, f: (x) => (x < 1 ? 1 - x : 0) },
  keyscubic: {
    radius: 2,
    f: (x) => (x >= 2 ? 0 : x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1),
  },
  mitchellcubic: {
    radius: 2,
    f: (x) =>
      x >= 2
        ? 0
        : x >= 1
          ? (((-7 / 18) * x + 2) * x - 10 / 3) * x + 16 / 9
          : ((7 / 6) * x - 2) * x * x + 16 / 18,
  },
};

/** What each of n elements weighs in each of m, stretched by `scale` and moved. */
export function spans(
  n: number,
  m: number,
  scale: number,
  move: number,
  filter: Filter,
  antialias: boolean,
): number[][] {
  const inverse = 1 / scale;
  const wide = antialias ? Math.max(inverse, 1) : 1;
  const columns = Array.from({ length: m }, (_, o) => {
    const at = (o + 0.5) * inverse - move * inverse;
    if (at < 0 || at > n) return new Array<number>(n).fill(0);
    const from = Math.max(0, Math.ceil(at - filter.radius * wide - 0.5));
    const to = Math.min(n - 1, Math.floor(at + filter.radius * wide - 0.5));
    const w = Array.from({ length: n }, (_v, i) =>
      i < from || i > to ? 0 : filter.f(Math.abs((i + 0.5 - at) / wide)),
    );
    const total = w.reduce((s, v) => s + v, 0);
    return Math.abs(total) >= 1000 * 1.1754943508222875e-38 ? w.map((v) => v / total) : w;
  });
  return Array.from({ length: n }, (_, i) => columns.map((c) => c[i]!));
}
