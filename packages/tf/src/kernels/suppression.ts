import { float32, int32 } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { intsValue, number, numbers, reshape, valueOf } from "./tools.js";

/* Boxes by score, without those that overlap one already taken. */

type Corners = readonly [number, number, number, number];
type Overlap = (i: number, j: number) => number;

function cornersOf(list: readonly number[], i: number): Corners {
  const [a, b, c, d] = list.slice(4 * i, 4 * i + 4) as [number, number, number, number];
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}
/** Intersection over union of boxes [y, x, y, x]. */
export function unionShare(list: readonly number[]): Overlap {
  const size = (r: Corners): number => (r[2] - r[0]) * (r[3] - r[1]);
  return (i, j) => {
    const [p, q] = [cornersOf(list, i), cornersOf(list, j)];
    if (size(p) <= 0 || size(q) <= 0) return 0;
    const common =
      Math.max(0, Math.min(p[2], q[2]) - Math.max(p[0], q[0])) *
      Math.max(0, Math.min(p[3], q[3]) - Math.max(p[1], q[1]));
    return common / (size(p) + size(q) - common);
  };
}

/** Indices by score; with `sigma`, scores fall by how much a box overlaps those taken before. */
export function suppressed(
  overlap: Overlap,
  scores: readonly number[],
  most: number,
  iou: number,
  least: number,
  sigma = 0,
): { picked: number[]; scores: number[] } {
  const queue = scores.flatMap((s, i) => (s > least ? [{ i, s, from: 0 }] : []));
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

function checkBoxes(boxes: Value, scores: Value, iou: number): void {
  if (boxes.shape.length !== 2) throw new KernelProblem(`boxes must be 2-D[${boxes.shape.join(",")}]`);
  if (boxes.shape[1] !== 4) throw new KernelProblem("boxes must have 4 columns");
  if (scores.shape.length !== 1) throw new KernelProblem(`scores must be 1-D[${scores.shape.join(",")}]`);
  if (scores.shape[0] !== boxes.shape[0]) throw new KernelProblem("scores has incompatible shape");
  if (iou < 0 || iou > 1) throw new KernelProblem("iou_threshold must be in [0, 1]");
}
const scalar = (n: number): Value => reshape(intsValue([n], int32), []);
const filledUp = (list: readonly number[], n: number): number[] => [
  ...list,
  ...new Array<number>(Math.max(0, n - list.length)).fill(0),
];

function plain([boxes, scores, most, iou, least]: readonly Value[]): number[] {
  checkBoxes(boxes!, scores!, iou ? number(iou) : 0.5);
  const floor = least ? number(least) : Number.NEGATIVE_INFINITY;
  const share = unionShare(numbers(boxes!));
  return suppressed(share, numbers(scores!), number(most!), iou ? number(iou) : 0.5, floor).picked;
}

/** Suppression for each class and image, the best of all classes together. */
function combined(
  [boxes, scores, perClass, total, iou, least]: readonly Value[],
  a: Attrs,
): readonly Value[] {
  const [batch, count, q] = boxes!.shape as [number, number, number, number];
  const classes = scores!.shape[2]!;
  if (q !== 1 && q !== classes)
    throw new KernelProblem(
      `third dimension of boxes must be either 1 or equal to the third dimension of scores`,
    );
  const [list, own] = [numbers(boxes!), numbers(scores!)];
  const [each, all] = [number(perClass!), number(total!)];
  if (all <= 0) throw new KernelProblem("max_total_size must be > 0");
  const size = a.bool("pad_per_class") ? Math.min(all, each * classes) : all;
  const clip = (v: number): number => (a.bool("clip_boxes") ? Math.min(Math.max(v, 0), 1) : v);
  const out = {
    boxes: [] as number[],
    scores: [] as number[],
    classes: [] as number[],
    valid: [] as number[],
  };
  for (let b = 0; b < batch; b++) {
    const found: { s: number; c: number; box: number[] }[] = [];
    for (let c = 0; c < classes; c++) {
      const at = (i: number): number => ((b * count + i) * q + (q === 1 ? 0 : c)) * 4;
      const flat = Array.from({ length: count }, (_, i) => list.slice(at(i), at(i) + 4)).flat();
      const marks = Array.from({ length: count }, (_, i) => own[(b * count + i) * classes + c]!);
      const { picked } = suppressed(unionShare(flat), marks, each, number(iou!), number(least!));
      for (const i of picked) found.push({ s: marks[i]!, c, box: flat.slice(4 * i, 4 * i + 4) });
    }
    found.sort((x, y) => y.s - x.s);
    const best = found.slice(0, size);
    out.valid.push(best.length);
    out.boxes.push(
      ...filledUp(
        best.flatMap((f) => f.box.map(clip)),
        size * 4,
      ),
    );
    out.scores.push(
      ...filledUp(
        best.map((f) => f.s),
        size,
      ),
    );
    out.classes.push(
      ...filledUp(
        best.map((f) => f.c),
        size,
      ),
    );
  }
  return [
    reshape(valueOf(out.boxes, float32), [batch, size, 4]),
    reshape(valueOf(out.scores, float32), [batch, size]),
    reshape(valueOf(out.classes, float32), [batch, size]),
    intsValue(out.valid, int32),
  ];
}

export const suppression: Readonly<Record<string, OpRow>> = {
  NonMaxSuppressionV2: row(
    (inputs) => intsValue(plain(inputs), int32),
    () => [[null]],
  ),
  NonMaxSuppressionV3: row(
    (inputs) => intsValue(plain(inputs), int32),
    () => [[null]],
  ),
  NonMaxSuppressionV4: row(
    (inputs, a) => {
      const picked = plain(inputs);
      const all = a.bool("pad_to_max_output_size") ? filledUp(picked, number(inputs[2]!)) : picked;
      return [intsValue(all, int32), scalar(picked.length)];
    },
    () => [[null], []],
  ),
  NonMaxSuppressionV5: row(
    ([boxes, scores, most, iou, least, sigma], a) => {
      checkBoxes(boxes!, scores!, number(iou!));
      const n = number(most!);
      const { picked, scores: kept } = suppressed(
        unionShare(numbers(boxes!)),
        numbers(scores!),
        n,
        number(iou!),
        number(least!),
        number(sigma!),
      );
      const pad = a.bool("pad_to_max_output_size");
      return [
        intsValue(pad ? filledUp(picked, n) : picked, int32),
        valueOf(pad ? filledUp(kept, n) : kept, scores!.dtype),
        scalar(picked.length),
      ];
    },
    () => [[null], [null], []],
  ),
  NonMaxSuppressionWithOverlaps: row(
    ([overlaps, scores, most, threshold, least]) => {
      const n = scores!.shape[0]!;
      if (overlaps!.shape.length !== 2 || overlaps!.shape[0] !== n || overlaps!.shape[1] !== n)
        throw new KernelProblem("scores has incompatible shape");
      const list = numbers(overlaps!);
      const share: Overlap = (i, j) => list[i * n + j]!;
      const { picked } = suppressed(
        share,
        numbers(scores!),
        number(most!),
        number(threshold!),
        number(least!),
      );
      return intsValue(picked, int32);
    },
    () => [[null]],
  ),
  CombinedNonMaxSuppression: row((inputs, a) => combined(inputs, a)),
};
