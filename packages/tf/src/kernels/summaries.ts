import { decodeMessage, encodeMessage, Summary, type SummaryValue, writePng } from "@cognate/formats";
import { uint8 } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import type { Datum, OpRow } from "../core/row.js";
import { bytesOf, codesOf, fromBytes, StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { castValue, numbers, reshape } from "./tools.js";

/* Summaries as TensorBoard reads them: numbers, histograms and images under their tags. */

const text = (bytes: Uint8Array): Datum => new StringArray([], [codesOf(bytes)]);
const summary = (value: readonly Partial<SummaryValue>[]): Datum =>
  text(encodeMessage(Summary, { value: value as SummaryValue[] }));
const tagsOf = (d: Datum): string[] => (d as StringArray).data.map(fromBytes);

/** Limits of buckets that grow by a tenth from 10⁻¹² to 10²⁰ on both sides of zero. */
let limits: readonly number[] | null = null;
function bucketLimits(): readonly number[] {
  if (limits) return limits;
  const up: number[] = [];
  for (let v = 1e-12; v < 1e20; v *= 1.1) up.push(v);
  up.push(Number.MAX_VALUE);
  limits = [...up.map((v) => -v).reverse(), 0, ...up];
  return limits;
}
/** How many numbers lie in each bucket; runs of empty ones are one. */
function histogram(list: readonly number[]) {
  const edges = bucketLimits();
  const counts = new Map<number, number>();
  for (const v of list) {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle]! > v) high = middle;
      else low = middle + 1;
    }
    counts.set(low, (counts.get(low) ?? 0) + 1);
  }
  const bucket_limit: number[] = [];
  const bucket: number[] = [];
  for (let i = 0; i < edges.length; ) {
    let end = edges[i]!;
    const count = counts.get(i++) ?? 0;
    if (count === 0) while (i < edges.length && !counts.has(i)) end = edges[i++]!;
    bucket_limit.push(end);
    bucket.push(count);
  }
  return {
    min: list.reduce((a, b) => Math.min(a, b), Number.MAX_VALUE),
    max: list.reduce((a, b) => Math.max(a, b), -Number.MAX_VALUE),
    num: list.length,
    sum: list.reduce((a, b) => a + b, 0),
    sum_squares: list.reduce((a, b) => a + b * b, 0),
    bucket_limit,
    bucket,
  };
}

/** Pixels of floats stretched to 0 … 255 around zero, or from the smallest to the largest. */
function pixels(x: Value): Value {
  if (x.dtype === uint8) return x;
  const list = numbers(x);
  const [low, high] = [Math.min(...list), Math.max(...list)];
  const [scale, offset] =
    low < 0
      ? [Math.max(-low, high) < 1e-6 ? 0 : 127 / Math.max(-low, high), 128]
      : [high < 1e-6 ? 0 : 255 / high, 0];
  return castValue(x.mul(scale).add(offset) as Value, uint8);
}
function images([tag, x]: readonly Datum[], a: Attrs): Datum {
  const v = x as Value;
  const [batch, height, width, channels] = v.shape as [number, number, number, number];
  const mode = ({ 1: "L", 3: "RGB", 4: "RGBA" } as const)[channels as 1 | 3 | 4];
  if (v.shape.length !== 4 || !mode)
    throw new KernelProblem(`Tensor must be 4-D with last dim 1, 3, or 4, not [${v.shape.join(",")}]`);
  const most = a.int("max_images");
  const count = Math.min(most, batch);
  return summary(
    Array.from({ length: count }, (_, i) => {
      const own = pixels(v.slice({ dim: 0, start: i, step: 1, length: 1 }) as Value);
      const data = reshape(own, [height * width * channels]).array.flat() as Uint8Array;
      return {
        tag: `${tagsOf(tag!)[0]}/image${most === 1 ? "" : `/${i}`}`,
        image: {
          height,
          width,
          colorspace: channels,
          encoded_image_string: writePng({ width, height, mode, bits: 8, data }),
        },
      };
    }),
  );
}

const one: OpRow["shape"] = () => [[]];
export const summaries: Readonly<Record<string, OpRow>> = {
  ScalarSummary: {
    run: ([tags, values]) => {
      const [names, list] = [tagsOf(tags!), numbers(values as Value)];
      if (names.length !== list.length)
        throw new KernelProblem(
          `tags and values are not the same shape: [${(tags as StringArray).shape.join(",")}] != [${(values as Value).shape.join(",")}]`,
        );
      return summary(names.map((tag, i) => ({ tag, simple_value: list[i]! })));
    },
    shape: one,
  },
  HistogramSummary: {
    run: ([tag, values]) => {
      const list = numbers(values as Value);
      const bad = list.find((v) => !Number.isFinite(v));
      if (bad !== undefined)
        throw new KernelProblem(
          `${Number.isNaN(bad) ? "Nan" : "Infinity"} in summary histogram for: ${tagsOf(tag!)[0]}`,
        );
      return summary([{ tag: tagsOf(tag!)[0]!, histo: histogram(list) }]);
    },
    shape: one,
  },
  ImageSummary: { run: images, shape: one },
  MergeSummary: {
    run: (inputs) =>
      summary(
        inputs.flatMap((d) =>
          (d as StringArray).data.flatMap((t) => decodeMessage(Summary, bytesOf(t)).value),
        ),
      ),
    shape: one,
  },
};
