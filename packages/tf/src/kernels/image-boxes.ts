import { float32, ops, rng, Strided } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import { Value } from "../shared.js";
import { castValue, filled, numbers, run, same, valueOf } from "./tools.js";

/* Boxes drawn into images, and parts of images around points. */

/** Colours of boxes, one after another. */
const COLOURS = [
  [1, 1, 0, 1],
  [0, 0, 1, 1],
  [1, 0, 0, 1],
  [0, 1, 0, 1],
  [0.5, 0, 0.5, 1],
  [0.5, 0.5, 0, 1],
  [0.5, 0, 0, 1],
  [0, 0, 0.5, 1],
  [0, 1, 1, 1],
  [1, 0, 1, 1],
] as const;

/** Frames of boxes [y, x, y, x] (as shares of the image), each in its colour; later ones lie above. */
function drawn(images: Value, boxes: Value, colors: Value | undefined): Value {
  const [batch, height, width, depth] = images.shape as [number, number, number, number];
  if (depth !== 1 && depth !== 3 && depth !== 4)
    throw new KernelProblem("Channel depth should be either 1 (GRY), 3 (RGB), or 4 (RGBA)");
  const given = colors && colors.size > 0 ? numbers(colors) : null;
  const columns = colors?.shape[1] ?? 4;
  if (given && columns < depth)
    throw new KernelProblem(
      `colors must have equal or more channels than the image provided: ${columns} vs. ${depth}`,
    );
  const table = given
    ? Array.from({ length: given.length / columns }, (_, i) => given.slice(i * columns, i * columns + depth))
    : COLOURS.map((c) => c.slice(0, depth));
  if (!given && depth === 1) for (const c of table as number[][]) c[0] = 1;
  const out = numbers(images);
  const list = numbers(boxes);
  const count = boxes.shape[1]!;
  for (let b = 0; b < batch; b++)
    for (let k = 0; k < count; k++) {
      const [y0, x0, y1, x1] = list.slice((b * count + k) * 4, (b * count + k) * 4 + 4) as number[];
      const place = (v: number, n: number): number => Math.trunc(Math.fround(v * (n - 1)));
      const [top, left, bottom, right] = [
        place(y0!, height),
        place(x0!, width),
        place(y1!, height),
        place(x1!, width),
      ];
      if (top! > bottom! || left! > right!) continue;
      if (top! >= height || bottom! < 0 || left! >= width || right! < 0) continue;
      const colour = table[k % table.length]!;
      const put = (y: number, x: number): void => {
        for (let c = 0; c < depth; c++) out[((b * height + y) * width + x) * depth + c] = colour[c]!;
      };
      const [t, l, u, r] = [
        Math.max(top!, 0),
        Math.max(left!, 0),
        Math.min(bottom!, height - 1),
        Math.min(right!, width - 1),
      ];
      for (let x = l; x <= r; x++) {
        if (top! >= 0) put(top!, x);
        if (bottom! < height) put(bottom!, x);
      }
      for (let y = t; y <= u; y++) {
        if (left! >= 0) put(y, left!);
        if (right! < width) put(y, right!);
      }
    }
  return castValue(valueOf(shaped(out, images.shape), images.dtype), images.dtype);
}
const shaped = (list: readonly number[], shape: readonly number[]): unknown => {
  if (shape.length <= 1) return list;
  const step = list.length / shape[0]!;
  return Array.from({ length: shape[0]! }, (_, i) =>
    shaped(list.slice(i * step, (i + 1) * step), shape.slice(1)),
  );
};

/** Where a window of `g` of `n` pixels begins, for a point as the operation's attributes mean it. */
function windowStart(point: number, n: number, g: number, a: Attrs, first: boolean): number {
  const [centered, normalized] = [a.bool("centered"), a.bool("normalized")];
  let at = normalized ? Math.fround(point * n) : point;
  if (first) {
    if (centered) at = Math.fround(at / 2 + n / 2);
    return Math.trunc(Math.fround(at - g / 2));
  }
  if (centered) at = normalized ? Math.fround(Math.fround(at / 2 + n / 2) - g / 2) : Math.fround(at + n / 2);
  return Math.trunc(at);
}

/** Windows of a size around points of images; what lies outside is noise. `first`: as the operation's first version. */
function glimpses(x: Value, size: Value, offsets: Value, a: Attrs, first: boolean): Value {
  const [batch, height, width, depth] = x.shape as [number, number, number, number];
  const [gh, gw] = numbers(size) as [number, number];
  if (offsets.shape[0] !== batch) throw new KernelProblem("input and offset sizes must match");
  const points = numbers(offsets);
  const noise = a.bool("uniform_noise") && a.text("noise") === "" ? "uniform" : a.text("noise");
  const fill = (): Value => {
    const shape = [1, gh, gw, depth];
    if (noise === "zero") return filled(x, shape, 0);
    const engine = rng.Philox4x32.fromSeeds(rng.freshEntropy(64), rng.freshEntropy(64));
    const draw = noise === "gaussian" ? rng.fillNormal : rng.fillUniform;
    return castValue(new Value(draw(engine, Strided.zeros(float32, shape))), x.dtype);
  };
  const cut = Array.from({ length: batch }, (_, b) => {
    const y = windowStart(points[2 * b]!, height, gh, a, first);
    const c = windowStart(points[2 * b + 1]!, width, gw, a, first);
    const [y0, y1] = [Math.max(y, 0), Math.min(y + gh, height)];
    const [x0, x1] = [Math.max(c, 0), Math.min(c + gw, width)];
    if (y1 <= y0 || x1 <= x0) return fill();
    const inner = x
      .slice({ dim: 0, start: b, step: 1, length: 1 })
      .slice({ dim: 1, start: y0, step: 1, length: y1 - y0 })
      .slice({ dim: 2, start: x0, step: 1, length: x1 - x0 }) as Value;
    if (y1 - y0 === gh && x1 - x0 === gw) return inner;
    const pads = [
      [0, 0],
      [y0 - y, y + gh - y1],
      [x0 - c, c + gw - x1],
      [0, 0],
    ] as [number, number][];
    const wide = inner.pad({ pads }) as Value;
    if (noise === "zero") return wide;
    const known = filled(inner, inner.shape, 1).pad({ pads });
    return wide.where(known.gt(0), fill()) as Value;
  });
  return cut.length > 0 ? run(ops.cat, cut, { dim: 0 }) : filled(x, [0, gh, gw, depth], 0);
}

export const imageBoxes: Readonly<Record<string, OpRow>> = {
  DrawBoundingBoxes: row(([x, boxes]) => drawn(x!, boxes!, undefined), same),
  DrawBoundingBoxesV2: row(([x, boxes, colors]) => drawn(x!, boxes!, colors), same),
  ExtractGlimpse: row(([x, size, offsets], a) => glimpses(x!, size!, offsets!, a, true)),
  ExtractGlimpseV2: row(([x, size, offsets], a) => glimpses(x!, size!, offsets!, a, false)),
};
