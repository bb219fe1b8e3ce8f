import { float32, int32, ops, type ResampleAxis } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row, type ShapeContext } from "../core/row.js";
import type { Value } from "../shared.js";
import {
  castValue,
  filled,
  intsValue,
  knownInts,
  number,
  numbers,
  permute,
  reshape,
  run,
  same,
  valueOf,
} from "./tools.js";

type Axis = Omit<ResampleAxis, "dim" | "size" | "coordinates">;
const coordinates = (a: Attrs): ResampleAxis["coordinates"] =>
  a.bool("align_corners") ? "alignCorners" : a.bool("half_pixel_centers") ? "halfPixel" : "asymmetric";

const resizedShape = (c: ShapeContext) => {
  const [x] = c.shapes;
  const size = knownInts(c, 1) ?? [null, null];
  return [x ? [x[0]!, size[0]!, size[1]!, x[3]!] : null];
};
/** Images brought to a size by a kernel of neighbours; results are floats unless an element is taken as it is. */
const resize = (axis: Axis, exact: boolean): OpRow =>
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
function area(x: Value, dim: number, m: number): Value {
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
function weighted(x: Value, dim: number, weights: readonly (readonly number[])[]): Value {
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
const FILTERS: Readonly<Record<string, Filter>> = {
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
function spans(
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

const channel = (x: Value, k: number): Value =>
  x.slice({ dim: x.shape.length - 1, start: k, step: 1, length: 1 }) as Value;
const joined = (list: readonly Value[]): Value => run(ops.cat, list, { dim: list[0]!.shape.length - 1 });

/** Hue, saturation and value of red, green and blue. */
function rgbToHsv(x: Value): Value {
  const [r, g, b] = [channel(x, 0), channel(x, 1), channel(x, 2)];
  const dims = { dims: [x.shape.length - 1], keepdim: true };
  const high = run(ops.amax, [x], dims);
  const range = high.sub(run(ops.amin, [x], dims)) as Value;
  const zero = filled(high, high.shape, 0);
  const one = filled(high, high.shape, 1);
  const positive = high.gt(0) as Value;
  const s = range.div(one.where(positive.logicalNot(), high)).where(positive, zero);
  const moving = range.gt(0) as Value;
  const norm = one.where(moving.logicalNot(), range).mul(6).reciprocal();
  const byRed = g.sub(b).mul(norm);
  const byGreen = b
    .sub(r)
    .mul(norm)
    .add(2 / 6);
  const byBlue = r
    .sub(g)
    .mul(norm)
    .add(4 / 6);
  const isRed = r.eq(high) as Value;
  const isGreen = g.eq(high) as Value;
  const h = byRed.where(isRed, byGreen.where(isGreen, byBlue));
  const still = h.where(moving, zero);
  const wrapped = still.add(1).where(still.lt(0), still);
  return joined([wrapped as Value, s as Value, high]);
}
/** Red, green and blue of hue, saturation and value. */
function hsvToRgb(x: Value): Value {
  const [h, s, v] = [channel(x, 0), channel(x, 1), channel(x, 2)];
  const six = h.mul(6);
  const clip = (y: ReturnType<typeof six.add>) => y.clampMin(0).clampMax(1);
  const dr = clip(six.sub(3).abs().sub(1));
  const dg = clip(six.sub(2).abs().rsub(2));
  const db = clip(six.sub(4).abs().rsub(2));
  const left = s.rsub(1);
  return joined([dr, dg, db].map((d) => left.add(s.mul(d)).mul(v) as Value));
}

/** What each of n elements weighs at positions between them. */
function shares(n: number, positions: Value, nearest: boolean): Value {
  const own = nearest ? (positions.detach().add(0.5).floor() as Value) : positions;
  const grid = reshape(run(ops.cumsum, [filled(positions, [n], 1)], { dim: 0, exclusive: true }), [n, 1]);
  const at = reshape(own, [1, positions.size]);
  const w = at.sub(grid).abs().rsub(1).clampMin(0);
  const inside = at.ge(0).logicalAnd(at.le(n - 1) as Value) as Value;
  return w.where(inside, filled(positions, [], 0)) as Value;
}

/** Boxes cut out of images and brought to a size. */
function cropAndResize(image: Value, boxes: Value, index: Value, size: Value, a: Attrs): Value {
  const [, h, w, c] = image.shape as [number, number, number, number];
  const own = castValue(image, float32);
  const [ch, cw] = numbers(size) as [number, number];
  const outside = a.float("extrapolation_value");
  const nearest = a.text("method") === "nearest";
  const crops = numbers(index).map((b, k) => {
    if (b < 0 || b >= image.shape[0]!)
      throw new KernelProblem(`box_index has values outside [0, batch_size)`);
    const edge = (j: number): Value =>
      boxes.indexView({
        items: [
          { kind: "select", index: k },
          { kind: "select", index: j },
        ],
      }) as Value;
    const line = (n: number, m: number, from: Value, to: Value): Value => {
      if (m === 1) return reshape(from.add(to).mul(0.5 * (n - 1)) as Value, [1]);
      const steps = run(ops.cumsum, [filled(boxes, [m], 1)], { dim: 0, exclusive: true });
      return from.mul(n - 1).add(steps.mul(to.sub(from).mul((n - 1) / (m - 1)))) as Value;
    };
    const [ys, xs] = [line(h, ch, edge(0), edge(2)), line(w, cw, edge(1), edge(3))];
    const plane = reshape(own.slice({ dim: 0, start: b, step: 1, length: 1 }) as Value, [h, w * c]);
    const rows = permute(shares(h, ys, nearest), [1, 0]).matmul(plane) as Value;
    const cut = permute(reshape(rows, [ch, w, c]), [0, 2, 1]).matmul(shares(w, xs, nearest)) as Value;
    const crop = permute(cut, [0, 2, 1]);
    if (outside === 0) return crop;
    const inside = (v: Value, n: number): Value => v.ge(0).logicalAnd(v.le(n - 1) as Value) as Value;
    const known = reshape(inside(ys, h), [ch, 1, 1]).logicalAnd(reshape(inside(xs, w), [1, cw, 1])) as Value;
    return crop.where(known, filled(crop, [], outside)) as Value;
  });
  return crops.length > 0 ? run(ops.stack, crops, { dim: 0 }) : filled(own, [0, ch, cw, c], 0);
}

/** Patches of images laid out along the channels. */
function extractPatches(x: Value, a: Attrs): Value {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const [kh, kw] = a.ints("ksizes").slice(1, 3) as [number, number];
  const [sh, sw] = a.ints("strides").slice(1, 3) as [number, number];
  const [rh, rw] = a.ints("rates").slice(1, 3) as [number, number];
  const reach = [(kh - 1) * rh + 1, (kw - 1) * rw + 1];
  const out =
    a.text("padding") === "SAME"
      ? [Math.ceil(h / sh), Math.ceil(w / sw)]
      : [Math.floor((h - reach[0]!) / sh) + 1, Math.floor((w - reach[1]!) / sw) + 1];
  const total = [
    Math.max((out[0]! - 1) * sh + reach[0]! - h, 0),
    Math.max((out[1]! - 1) * sw + reach[1]! - w, 0),
  ];
  const pads = a.text("padding") === "SAME" ? total : [0, 0];
  const before = pads.map((t) => t >> 1);
  const padded = x.pad({
    pads: [
      [0, 0],
      [before[0]!, pads[0]! - before[0]!],
      [before[1]!, pads[1]! - before[1]!],
      [0, 0],
    ] as [number, number][],
  });
  const parts: Value[] = [];
  for (let i = 0; i < kh; i++)
    for (let j = 0; j < kw; j++)
      parts.push(
        padded
          .slice({ dim: 1, start: i * rh, step: sh, length: out[0]! })
          .slice({ dim: 2, start: j * rw, step: sw, length: out[1]! }) as Value,
      );
  return reshape(run(ops.stack, parts, { dim: 3 }), [n, out[0]!, out[1]!, kh * kw * c]);
}

/** Boxes by score, those left out that overlap one already taken. */
function nonMaxSuppression(
  boxes: Value,
  scores: Value,
  most: number,
  iou: number,
  least: number,
  sigma: number,
): { picked: number[]; scores: number[] } {
  const list = numbers(boxes);
  const own = numbers(scores);
  const box = (i: number): [number, number, number, number] => {
    const [a, b, c, d] = list.slice(4 * i, 4 * i + 4) as [number, number, number, number];
    return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  };
  const overlap = (i: number, j: number): number => {
    const [p, q] = [box(i), box(j)];
    const size = (r: typeof p): number => (r[2] - r[0]) * (r[3] - r[1]);
    if (size(p) <= 0 || size(q) <= 0) return 0;
    const common =
      Math.max(0, Math.min(p[2], q[2]) - Math.max(p[0], q[0])) *
      Math.max(0, Math.min(p[3], q[3]) - Math.max(p[1], q[1]));
    return common / (size(p) + size(q) - common);
  };
  const queue = own.flatMap((s, i) => (s > least ? [{ i, s, from: 0 }] : []));
  const before = (a: (typeof queue)[number], b: (typeof queue)[number]): number => b.s - a.s || a.i - b.i;
  queue.sort(before);
  const picked: number[] = [];
  const kept: number[] = [];
  const scale = sigma > 0 ? -0.5 / sigma : 0;
  while (picked.length < most && queue.length > 0) {
    const next = queue.shift()!;
    const first = next.s;
    let dropped = false;
    for (let j = picked.length - 1; j >= next.from; j--) {
      const o = overlap(next.i, picked[j]!);
      const weight = Math.exp(scale * o * o);
      next.s *= o <= iou || sigma > 0 ? weight : 0;
      if (sigma === 0 && o > iou) {
        dropped = true;
        break;
      }
      if (next.s <= least) break;
    }
    next.from = picked.length;
    if (dropped) continue;
    if (next.s === first) {
      picked.push(next.i);
      kept.push(next.s);
    } else if (next.s > least) {
      queue.push(next);
      queue.sort(before);
    }
  }
  return { picked, scores: kept };
}

/** Images. */
export const image: Readonly<Record<string, OpRow>> = {
  ResizeBilinear: resize({ kernel: "linear" }, false),
  ResizeBicubic: {
    ...resize({ kernel: "cubic", a: -0.5, renormalize: true, table: 1024 }, false),
    run: (inputs, a) =>
      (a.bool("half_pixel_centers")
        ? resize({ kernel: "cubic", a: -0.5, renormalize: true, table: 1024 }, false)
        : resize({ kernel: "cubic", a: -0.75, table: 1024 }, false)
      ).run(inputs, a),
  },
  ResizeNearestNeighbor: resize({ kernel: "nearest" }, true),
  ResizeArea: row(([x, size]) => {
    const [h, w] = numbers(size!) as [number, number];
    return area(area(castValue(x!, float32), 1, h), 2, w);
  }, resizedShape),
  ScaleAndTranslate: row(([x, size, scale, move], a) => {
    const [h, w] = numbers(size!) as [number, number];
    const [sh, sw] = numbers(scale!) as [number, number];
    const [th, tw] = numbers(move!) as [number, number];
    const filter = FILTERS[a.text("kernel_type")]!;
    const own = castValue(x!, float32);
    const antialias = a.bool("antialias");
    const y = weighted(own, 1, spans(own.shape[1]!, h, sh, th, filter, antialias));
    return weighted(y, 2, spans(own.shape[2]!, w, sw, tw, filter, antialias));
  }, resizedShape),
  RGBToHSV: row(([x]) => rgbToHsv(x!), same),
  HSVToRGB: row(([x]) => hsvToRgb(x!), same),
  AdjustContrastv2: row(([x, factor]) => {
    const n = x!.shape.length;
    const mean = x!.mean({ dims: [n - 3, n - 2], keepdim: true });
    return x!.sub(mean).mul(castValue(factor!, x!.dtype)).add(mean) as Value;
  }, same),
  AdjustHue: row(([x, delta]) => {
    const hsv = rgbToHsv(x!);
    const h = channel(hsv, 0).add(castValue(delta!, x!.dtype));
    const turned = run(ops.mod, [h as Value, filled(x!, [], 1)], undefined as never);
    return hsvToRgb(joined([turned, channel(hsv, 1), channel(hsv, 2)]));
  }, same),
  AdjustSaturation: row(([x, scale]) => {
    const hsv = rgbToHsv(x!);
    const s = channel(hsv, 1).mul(castValue(scale!, x!.dtype)).clampMin(0).clampMax(1) as Value;
    return hsvToRgb(joined([channel(hsv, 0), s, channel(hsv, 2)]));
  }, same),
  CropAndResize: row(([x, boxes, index, size], a) => cropAndResize(x!, boxes!, index!, size!, a)),
  ExtractImagePatches: row(([x], a) => extractPatches(x!, a)),
  NonMaxSuppressionV3: row(
    ([boxes, scores, most, iou, least]) => {
      const { picked } = nonMaxSuppression(boxes!, scores!, number(most!), number(iou!), number(least!), 0);
      return intsValue(picked, int32);
    },
    () => [[null]],
  ),
  NonMaxSuppressionV5: row(
    ([boxes, scores, most, iou, least, sigma]) => {
      const { picked, scores: kept } = nonMaxSuppression(
        boxes!,
        scores!,
        number(most!),
        number(iou!),
        number(least!),
        number(sigma!),
      );
      return [
        intsValue(picked, int32),
        valueOf(kept, scores!.dtype),
        reshape(intsValue([picked.length], int32), []),
      ];
    },
    () => [[null], [null], []],
  ),
};
