import { ops, type ViewItem } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { moving } from "./lift.js";
import { range, shown } from "./places.js";
import { demand, knownInts, numbers, run, same } from "./tools.js";

/** The strided slice's items, from numbers and masks. */
function stridedItems(
  shape: readonly number[],
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
  bit: (mask: string, i: number) => boolean,
): ViewItem[] {
  const items: ViewItem[] = [];
  const n = begin.length;
  const ellipsis = range(0, n).find((i) => bit("ellipsis_mask", i));
  demand(
    !range(0, n).some((i) => i !== ellipsis && bit("ellipsis_mask", i)),
    () => "Multiple ellipses in slice spec not allowed",
  );
  const own = range(0, n).filter((i) => i !== ellipsis && !(bit("new_axis_mask", i) && true)).length;
  if (own > shape.length)
    throw new KernelProblem(
      `Index out of range using input dim ${shape.length}; input has only ${shape.length} dims`,
    );
  let axis = 0;
  for (let i = 0; i < n; i++) {
    if (i === ellipsis) {
      const skip = shape.length - own;
      for (let k = 0; k < skip; k++) items.push({ kind: "slice", start: 0, step: 1, length: shape[axis++]! });
      continue;
    }
    if (bit("new_axis_mask", i)) {
      items.push({ kind: "new" });
      continue;
    }
    const d = shape[axis]!;
    if (bit("shrink_axis_mask", i)) {
      const at = begin[i]! < 0 ? begin[i]! + d : begin[i]!;
      demand(strides[i]! > 0, () => "only stride 1 allowed on non-range indexing.");
      if (at < 0 || at >= d) throw new KernelProblem(`slice index ${at} of dimension ${axis} out of bounds.`);
      items.push({ kind: "select", index: at });
      axis++;
      continue;
    }
    const step = strides[i]!;
    if (step === 0) throw new KernelProblem(`strides[${i}] must be non-zero`);
    const clamp = (v: number): number => {
      const p = v < 0 ? v + d : v;
      return step > 0 ? Math.min(Math.max(p, 0), d) : Math.min(Math.max(p, -1), d - 1);
    };
    const from = bit("begin_mask", i) ? (step > 0 ? 0 : d - 1) : clamp(begin[i]!);
    const to = bit("end_mask", i) ? (step > 0 ? d : -1) : clamp(end[i]!);
    const length = Math.max(0, Math.ceil((to - from) / step));
    items.push({ kind: "slice", start: length === 0 ? 0 : from, step, length });
    axis++;
  }
  return items;
}

const stridedSlice = moving(
  row(
    ([x, begin, end, strides], a) => {
      const bit = (mask: string, i: number): boolean => (a.int(mask) & (1 << i)) !== 0;
      demand(
        begin!.size === end!.size && begin!.size === strides!.size,
        () =>
          `Expected begin, end, and strides to be 1D equal size tensors, but got shapes ${shown(begin!.shape)}, ${shown(end!.shape)}, and ${shown(strides!.shape)} instead.`,
      );
      demand(x!.shape.length > 0 || begin!.size === 0, () => "Attempting to slice scalar input.");
      const items = stridedItems(x!.shape, numbers(begin!), numbers(end!), numbers(strides!), bit);
      return run(ops.indexView, [x!], { items });
    },
    (c) => {
      const [x] = c.shapes;
      const n = c.shapes[1]?.[0];
      if (!x || n == null) return [null];
      const bit = (mask: string, i: number): boolean => (c.attrs.int(mask) & (1 << i)) !== 0;
      const [begin, end, strides] = [knownInts(c, 1), knownInts(c, 2), knownInts(c, 3)];
      return [stridedDims(x, n, begin, end, strides, bit)];
    },
  ),
);

/** Lengths of a slice where some are unknown: those axes are sliced as if they were long, and stay unknown. */
function stridedDims(
  x: readonly (number | null)[],
  n: number,
  begin: readonly number[] | undefined,
  end: readonly number[] | undefined,
  strides: readonly number[] | undefined,
  bit: (mask: string, i: number) => boolean,
): Dims {
  const zeros = new Array<number>(n).fill(0);
  const whole = new Array<number>(n).fill(1);
  if (begin && end && strides) {
    const [a, b] = [1000, 1001].map((d) =>
      stridedItems(
        x.map((v) => v ?? d),
        begin,
        end,
        strides,
        bit,
      ).flatMap((it) => (it.kind === "slice" ? [it.length] : it.kind === "new" ? [1] : [])),
    );
    const kept = stridedItems(
      x.map((v) => v ?? 1000),
      begin,
      end,
      strides,
      bit,
    ).filter((it) => it.kind !== "new").length;
    const tail = x.slice(kept);
    return [...a!.map((d, i) => (d === b![i] ? d : null)), ...tail];
  }
  const items = stridedItems(
    x.map(() => 1000),
    zeros,
    zeros,
    whole,
    (mask, i) => (mask === "begin_mask" || mask === "end_mask" ? true : bit(mask, i)),
  );
  const lengths = items.flatMap((it): (number | null)[] =>
    it.kind === "slice" ? [null] : it.kind === "new" ? [1] : [],
  );
  return [...lengths, ...x.slice(items.filter((it) => it.kind !== "new").length)];
}

/** Slices with steps, masks and new axes. */
export const stridedSlices: Readonly<Record<string, OpRow>> = {
  StridedSlice: stridedSlice,
  TensorStridedSliceUpdate: moving(
    row(([x, begin, end, strides, value], a) => {
      const bit = (mask: string, i: number): boolean => (a.int(mask) & (1 << i)) !== 0;
      const items = stridedItems(x!.shape, numbers(begin!), numbers(end!), numbers(strides!), bit);
      const view = run(ops.indexView, [x!], { items });
      const skip = view.shape.length - value!.shape.length;
      demand(
        skip >= 0 && value!.shape.every((d, i) => d === 1 || d === view.shape[skip + i]),
        () => `Cannot broadcast input shape ${shown(value!.shape)} into final shape ${shown(view.shape)}`,
      );
      return x!.viewScatter(value!.expand({ shape: view.shape }) as Value, {
        chain: [{ op: "indexView", params: { items } }],
      }) as Value;
    }, same),
  ),
};
