import { float32, rng } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import type { OpRow } from "../core/row.js";
import type { Value } from "../shared.js";
import type { Draw, Engine } from "./draw.js";
import { intsValue, number, numbers, reshape, valueOf } from "./tools.js";

/* A random part of an image that covers enough of its objects. */

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
const area = (b: Box): number => (b.right - b.left) * (b.bottom - b.top);
const overlap = (a: Box, b: Box): number => {
  const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return w > 0 && h > 0 ? w * h : 0;
};
const { fround } = Math;
/** To the nearest integer, halves to even, as C's lrintf does. */
const nearest = (v: number): number => {
  const x = fround(v);
  const r = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 && r % 2 !== 0 ? r - 1 : r;
};

/** A box of that aspect with a random size between two shares of the image, at a random place; `null` if none fits. */
function crop(
  w: number,
  h: number,
  [low, high]: readonly [number, number],
  aspect: number,
  words: rng.WordStream,
): Box | null {
  if (high <= 0 || aspect <= 0 || w <= 0 || h <= 0 || low > high) return null;
  const least = fround(fround(fround(low) * w) * h);
  const most = fround(fround(fround(high) * w) * h);
  let height = nearest(fround(Math.sqrt(fround(least / aspect))));
  let tallest = nearest(fround(Math.sqrt(fround(most / aspect))));
  if (nearest(tallest * aspect) > w) {
    tallest = Math.trunc((w + 0.5 - 0.0000001) / aspect);
    if (nearest(tallest * aspect) > w) tallest--;
  }
  tallest = Math.min(tallest, h);
  if (height >= tallest) height = tallest;
  else height += words.below(tallest - height + 1);
  let width = nearest(height * aspect);
  const fit = (step: number): void => {
    height += step;
    width = nearest(height * aspect);
  };
  if (width * height < least) fit(1);
  if (width * height > most) fit(-1);
  const size = width * height;
  if (size < least || size > most || width > w || height > h || width <= 0 || height <= 0) return null;
  const top = height < h ? words.below(h - height) : 0;
  const left = width < w ? words.below(w - width) : 0;
  return { left, top, right: left + width, bottom: top + height };
}

/** Begin, size and box of a part of an image by an engine. */
export function distortedBox(
  engine: Engine,
  [size, boxes, covered]: readonly Value[],
  a: Attrs,
): readonly Value[] {
  const [h, w] = numbers(size!) as [number, number];
  if (!(h > 0) || !(w > 0)) throw new KernelProblem(`Image height and width must be positive: ${h} ${w}`);
  const list = numbers(boxes!);
  if (boxes!.shape.length !== 3 || boxes!.shape[2] !== 4)
    throw new KernelProblem(
      `input boxes must have shape [batch, num_boxes, 4], but has [${boxes!.shape.join(",")}]`,
    );
  if (list.length === 0 && !a.bool("use_image_if_no_bounding_boxes"))
    throw new KernelProblem(
      "No bounding boxes provided as input. One must enable use_image_if_no_bounding_boxes if you wish to not provide any bounding boxes.",
    );
  const whole: Box = { left: 0, top: 0, right: w, bottom: h };
  const bad = list.find((v) => !(v >= 0 && v <= 1));
  if (bad !== undefined)
    throw new KernelProblem(`All bounding box coordinates must be in [0.0, 1.0]: ${bad.toFixed(6)}`);
  const objects: Box[] = list.length === 0 ? [whole] : [];
  for (let i = 0; i < list.length; i += 4)
    objects.push({
      left: Math.trunc(fround(list[i + 1]! * w)),
      top: Math.trunc(fround(list[i]! * h)),
      right: Math.trunc(fround(list[i + 3]! * w)),
      bottom: Math.trunc(fround(list[i + 2]! * h)),
    });
  const share = covered ? number(covered) : a.float("min_object_covered");
  const aspects = (a.get("aspect_ratio_range") as readonly unknown[]).map((v) => fround(Number(v)));
  const areas = (a.get("area_range") as readonly unknown[]).map(Number) as [number, number];
  const words = new rng.WordStream(engine);
  const suits = (b: Box): boolean =>
    area(b) >= 1 && objects.some((o) => area(o) >= 1 && fround(overlap(b, o) / area(o)) >= share);
  let found = whole;
  for (let i = 0; i < a.int("max_attempts"); i++) {
    const aspect = fround(fround(words.single() * fround(aspects[1]! - aspects[0]!)) + aspects[0]!);
    const b = crop(w, h, areas, aspect, words);
    if (b && suits(b)) {
      found = b;
      break;
    }
  }
  const type = size!.dtype;
  const { left, top, right, bottom } = found;
  return [
    intsValue([top, left, 0], type),
    intsValue([bottom - top, right - left, -1], type),
    reshape(valueOf([top / h, left / w, bottom / h, right / w], float32), [1, 1, 4]),
  ];
}
export const boxShape: NonNullable<OpRow["shape"]> = () => [[3], [3], [1, 1, 4]];

export const BOX_DRAWS: Readonly<Record<string, Draw>> = {
  SampleDistortedBoundingBoxV2: (engine, inputs, a) => ({
    value: distortedBox(engine, inputs, a),
    blocks: a.int("max_attempts"),
  }),
  SampleDistortedBoundingBox: (engine, inputs, a) => ({
    value: distortedBox(engine, inputs, a),
    blocks: a.int("max_attempts"),
  }),
};
