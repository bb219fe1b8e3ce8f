import { ops } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { knownInts, numbers, permute, reshape, run } from "./tools.js";

export const shown = (shape: readonly (number | null)[]): string =>
  `[${shape.map((d) => d ?? "?").join(",")}]`;

/* Images come with channels last or second; the kernel wants them second. */
export const behind = (rank: number): number[] => [
  0,
  ...Array.from({ length: rank - 2 }, (_, i) => i + 2),
  1,
];
export const second = (rank: number): number[] => [
  0,
  rank - 1,
  ...Array.from({ length: rank - 2 }, (_, i) => i + 1),
];
export const isLast = (format: string): boolean => !format.startsWith("NC");

export function onImage(x: Value, format: string, f: (x: Value) => Value): Value {
  if (!isLast(format)) return f(x);
  const rank = x.shape.length;
  return permute(f(permute(x, second(rank))), behind(rank));
}
/** The entries of a per-axis attribute that belong to spatial axes. */
export const spatial = <T>(list: readonly T[], format: string): T[] =>
  isLast(format) ? list.slice(1, -1) : list.slice(2);

/** What is added before and after an axis by SAME: the odd one at the end. */
export function samePadding(length: number, kernel: number, stride: number, dilation = 1): [number, number] {
  const reach = (kernel - 1) * dilation + 1;
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0);
  return [total >> 1, total - (total >> 1)];
}

export interface Windows {
  readonly stride: number[];
  readonly dilation: number[];
  readonly padding: [number, number][];
}
export function windowsOf(a: Attrs, lengths: readonly number[], kernel: readonly number[]): Windows {
  const format = a.text("data_format");
  const stride = spatial(a.ints("strides"), format);
  const all = a.ints("dilations");
  const dilation = all.length > 0 ? spatial(all, format) : lengths.map(() => 1);
  const kind = a.text("padding");
  let padding: [number, number][];
  if (kind === "EXPLICIT") {
    const list = a.ints("explicit_paddings");
    const pairs = Array.from({ length: list.length / 2 }, (_, i): [number, number] => [
      list[2 * i]!,
      list[2 * i + 1]!,
    ]);
    padding = spatial(pairs, format);
  } else
    padding = lengths.map((n, i) =>
      kind === "SAME" ? samePadding(n, kernel[i]!, stride[i]!, dilation[i]!) : [0, 0],
    );
  lengths.forEach((n, i) => {
    const reach = (kernel[i]! - 1) * dilation[i]! + 1;
    const out = Math.floor((n + padding[i]![0] + padding[i]![1] - reach) / stride[i]!) + 1;
    if (out < 0)
      throw new KernelProblem(
        `Computed output size would be negative: ${out} [input_size: ${n}, effective_filter_size: ${reach}, stride: ${stride[i]}]`,
      );
  });
  return { stride, dilation, padding };
}

/** A filter `(…spatial, in, out)` as `[out, in, …spatial]`. */
const filterOrder = (w: Value): Value => {
  const rank = w.shape.length;
  return permute(w, [rank - 1, rank - 2, ...Array.from({ length: rank - 2 }, (_, i) => i)]);
};
/** The filters of each channel `(…spatial, in, multiplier)` as those of one group each. */
export const depthwiseOrder = (w: Value): Value => {
  const rank = w.shape.length;
  const [c, m] = w.shape.slice(-2) as [number, number];
  const moved = permute(w, [rank - 2, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i)]);
  return reshape(moved, [c * m, 1, ...w.shape.slice(0, -2)]);
};

export const conv = (axes: number): OpRow =>
  row(
    ([x, w], a) => {
      const rank = axes + 2;
      for (const [name, t] of [
        ["input", x!],
        ["filter", w!],
      ] as const)
        if (t.shape.length !== rank)
          throw new KernelProblem(`${name} must be ${rank}-dimensional${shown(t.shape)}`);
      return onImage(x!, a.text("data_format"), (v) => {
        const depth = w!.shape[w!.shape.length - 2]!;
        if (v.shape[1]! % depth !== 0)
          throw new KernelProblem(
            `input depth must be evenly divisible by filter depth: ${v.shape[1]} vs ${depth}`,
          );
        const own = windowsOf(a, v.shape.slice(2), w!.shape.slice(0, axes));
        return run(ops.conv, [v, filterOrder(w!), null], { ...own, groups: v.shape[1]! / depth });
      });
    },
    (c) => convDims(c.shapes[0]!, c.shapes[1]!, c.attrs, (w) => w![w!.length - 1]!),
  );

export function outLength(
  n: number | null,
  kernel: number | null,
  stride: number,
  dilation: number,
  pad: string,
  explicit = 0,
): number | null {
  if (n === null) return null;
  if (pad === "SAME") return Math.ceil(n / stride);
  if (kernel === null) return null;
  const reach = (kernel - 1) * dilation + 1;
  if (n + explicit < reach)
    throw new KernelProblem(`Negative dimension size caused by subtracting ${reach} from ${n + explicit}`);
  return Math.floor((n + explicit - (kernel - 1) * dilation - 1) / stride) + 1;
}
export function convDims(x: Dims, w: Dims, a: Attrs, channels: (w: Dims) => number | null): readonly Dims[] {
  if (!x || !w) return [null];
  const format = a.text("data_format");
  const last = isLast(format);
  const lengths = last ? x.slice(1, -1) : x.slice(2);
  const strides = spatial(a.ints("strides"), format);
  const all = a.ints("dilations");
  const dil = all.length > 0 ? spatial(all, format) : lengths.map(() => 1);
  const list = a.ints("explicit_paddings");
  const out = lengths.map((n, i) => {
    const at = (last ? 1 + i : 2 + i) * 2;
    return outLength(
      n,
      w[i]!,
      strides[i]!,
      dil[i]!,
      a.text("padding"),
      list.length > 0 ? list[at]! + list[at + 1]! : 0,
    );
  });
  return [last ? [x[0]!, ...out, channels(w)] : [x[0]!, channels(w), ...out]];
}

export const convTranspose = (axes: number): OpRow =>
  row(
    ([sizes, w, gy], a) => {
      const format = a.text("data_format");
      const full = numbers(sizes!);
      const lengths = full.length === axes ? full : isLast(format) ? full.slice(1, -1) : full.slice(2);
      return onImage(gy!, format, (v) => {
        const own = windowsOf(a, lengths, w!.shape.slice(0, axes));
        const channels = isLast(format) ? full[full.length - 1]! : full[1]!;
        const groups = full.length === axes ? 1 : channels / w!.shape[w!.shape.length - 2]!;
        return run(ops.convInput, [v, filterOrder(w!), null], { ...own, groups, spatial: lengths });
      });
    },
    (c) => [knownInts(c, 0) ?? null],
  );

/** The gradient of a convolution in its filter: x, the filter's shape, the gradient of the result. */
export const convFilter = (axes: number, depthwise = false): OpRow =>
  row(
    ([x, sizes, gy], a) => {
      const format = a.text("data_format");
      const shape = numbers(sizes!);
      const [image, grad] = isLast(format)
        ? [permute(x!, second(axes + 2)), permute(gy!, second(axes + 2))]
        : [x!, gy!];
      const own = windowsOf(a, image.shape.slice(2), shape.slice(0, axes));
      const groups = depthwise ? image.shape[1]! : image.shape[1]! / shape[axes]!;
      const w = run(ops.convWeight, [image, grad], { ...own, groups, kernel: shape.slice(0, axes) });
      const spatial_ = Array.from({ length: axes }, (_, i) => i + 2);
      if (!depthwise) return permute(w, [...spatial_, 1, 0]);
      const [c, m] = shape.slice(-2) as [number, number];
      const cut = reshape(w, [c, m, ...shape.slice(0, axes)]);
      return permute(cut, [...spatial_, 0, 1]);
    },
    (c) => [knownInts(c, 1) ?? null],
  );
/** The gradient of a depthwise convolution in its image. */
export const depthwiseInput: OpRow = row(
  ([sizes, w, gy], a) => {
    const format = a.text("data_format");
    const full = numbers(sizes!);
    return onImage(gy!, format, (v) => {
      const lengths = isLast(format) ? full.slice(1, 3) : full.slice(2);
      const own = windowsOf(a, lengths, w!.shape.slice(0, 2));
      return run(ops.convInput, [v, depthwiseOrder(w!), null], {
        ...own,
        groups: w!.shape[2]!,
        spatial: lengths,
      });
    });
  },
  (c) => [knownInts(c, 0) ?? null],
);
