import { arange, bool, int32, int64, linspace, ops, type ViewItem } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { moving } from "./lift.js";
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
  runMany,
  same,
  size,
  valued,
} from "./tools.js";

const shown = (list: readonly number[]): string => `[${list.join(",")}]`;

/** The coordinates of element `i` of a shape. */
function coordinates(i: number, shape: readonly number[]): number[] {
  const out: number[] = [];
  let rest = i;
  for (const d of [...shape].reverse()) {
    out.unshift(rest % d);
    rest = Math.floor(rest / d);
  }
  return out;
}

function checkRange(indices: Value, limit: number): void {
  const list = numbers(indices);
  const bad = list.findIndex((i) => i < 0 || i >= limit);
  if (bad < 0) return;
  const place = indices.shape.length === 0 ? "" : shown(coordinates(bad, indices.shape));
  throw new KernelProblem(`indices${place} = ${list[bad]} is not in [0, ${limit})`);
}

/** Positions along an axis of a shape, shaped to stretch over it. */
const grid = (axis: number, shape: readonly number[]): Value =>
  reshape(
    valued(arange(int64, shape[axis]!)),
    shape.map((d, i) => (i === axis ? d : 1)),
  );

function gathered(params: Value, indices: Value, at: number, batch: number): Value {
  const rank = params.shape.length;
  if (at < -rank || at >= rank)
    throw new KernelProblem(`Expected axis in the range [${-rank}, ${rank}), but got ${at}`);
  const axis = at < 0 ? at + rank : at;
  const b = batch < 0 ? batch + indices.shape.length : batch;
  checkRange(indices, params.shape[axis]!);
  if (b === 0) {
    if (axis === 0 && rank > 0) return run(ops.embedding, [params, indices], {});
    const list = params.shape.map((_, i) => (i === axis ? indices.array : null));
    return run(ops.index, [params], { indices: list.slice(0, axis + 1) });
  }
  // Batch axes first, then the gathered one, the axes between them after: undone at the end.
  const between = range(b, axis);
  const front = permute(params, [...range(0, b), axis, ...between, ...range(axis + 1, rank)]);
  const own = indices.shape;
  const grids = range(0, b).map((k) => grid(k, own).array);
  const y = run(ops.index, [front], { indices: [...grids, indices.array] });
  const inner = own.length - b;
  return permute(y, [
    ...range(0, b),
    ...between.map((_, i) => b + inner + i),
    ...range(b, b + inner),
    ...range(b + inner + between.length, y.shape.length),
  ]);
}
const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);

/** The last axis of indices as one array a coordinate. */
function columns(indices: Value): Value[] {
  const depth = indices.shape[indices.shape.length - 1]!;
  const lead = indices.shape.slice(0, -1);
  return range(0, depth).map((k) =>
    reshape(indices.slice({ dim: indices.shape.length - 1, start: k, step: 1, length: 1 }) as Value, lead),
  );
}

function gatherNd(params: Value, indices: Value, name: string): Value {
  const depth = indices.shape[indices.shape.length - 1]!;
  if (depth > params.shape.length)
    throw new KernelProblem(
      `index innermost dimension length must be <= params rank; saw: ${depth} vs. ${params.shape.length}`,
    );
  const lead = indices.shape.slice(0, -1);
  const list = numbers(indices);
  for (let i = 0; i < size(lead); i++) {
    const own = list.slice(i * depth, (i + 1) * depth);
    if (own.some((v, k) => v < 0 || v >= params.shape[k]!))
      throw new KernelProblem(
        `indices${lead.length > 0 ? shown(coordinates(i, lead)) : ""} = [${own.join(", ")}] does not index into param shape ${shown(params.shape)}, node name: ${name}`,
      );
  }
  if (depth === 0) return params.expand({ shape: [...lead, ...params.shape] }) as Value;
  return run(ops.index, [params], { indices: columns(indices).map((c) => c.array) });
}

type Update = "update" | "add" | "sub" | "max" | "min";

/** Writes or adds slices at coordinates. */
export function scatteredNd(x: Value, indices: Value, updates: Value, how: Update): Value {
  const depth = indices.shape[indices.shape.length - 1]!;
  const lead = indices.shape.slice(0, -1);
  const list = numbers(indices);
  for (let i = 0; i < size(lead); i++) {
    const own = list.slice(i * depth, (i + 1) * depth);
    if (own.some((v, k) => v < 0 || v >= x.shape[k]!))
      throw new KernelProblem(
        `indices${lead.length > 0 ? shown(coordinates(i, lead)) : ""} = [${own.join(", ")}] does not index into shape ${shown(x.shape)}`,
      );
  }
  const want = [...lead, ...x.shape.slice(depth)];
  const src = updates.expand({ shape: want }) as Value;
  if (how === "max" || how === "min") {
    const rest = size(x.shape.slice(depth));
    const rows = size(x.shape.slice(0, depth));
    const flat = flatRows(list, depth, x.shape);
    const index = reshape(intsValue(flat, int64), [flat.length, 1]).expand({
      shape: [flat.length, rest],
    }) as Value;
    const y = reshape(x, [rows, rest]).scatterReduce(index, reshape(src, [flat.length, rest]), {
      dim: 0,
      reduce: how === "max" ? "amax" : "amin",
      includeSelf: true,
    });
    return reshape(y as Value, x.shape);
  }
  const put = how === "sub" ? (src.neg() as Value) : src;
  return x.indexPut(put, {
    indices: columns(indices).map((c) => c.array),
    accumulate: how !== "update",
  }) as Value;
}
function flatRows(list: readonly number[], depth: number, shape: readonly number[]): number[] {
  return range(0, depth === 0 ? 1 : list.length / depth).map((i) =>
    range(0, depth).reduce((at, k) => at * shape[k]! + list[i * depth + k]!, 0),
  );
}

const tensorScatter = (how: Update): OpRow =>
  moving(row(([x, indices, updates]) => scatteredNd(x!, indices!, updates!, how), same));

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
      if (at < 0 || at >= d)
        throw new KernelProblem(`slice index ${begin[i]} of dimension ${axis} out of bounds.`);
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

const padRow = (withValue: boolean): OpRow =>
  moving(
    row(
      ([x, paddings, value]) => {
        const pads = pairs(paddings!, x!.shape.length);
        if (withValue && value!.dtype.kind !== "complex")
          return x!.pad({
            pads,
            mode: "constant",
            value: Number(value!.array.data[value!.array.offset]),
          }) as Value;
        return x!.pad({ pads, mode: "constant" }) as Value;
      },
      (c) => paddedDims(c.shapes[0]!, knownInts(c, 1)),
    ),
  );
function pairs(paddings: Value, rank: number): [number, number][] {
  if (paddings.shape.length !== 2 || paddings.shape[1] !== 2)
    throw new KernelProblem(`paddings must be a matrix with 2 columns: ${shown(paddings.shape)}`);
  if (paddings.shape[0] !== rank)
    throw new KernelProblem(
      `The first dimension of paddings must be the rank of inputs${shown(paddings.shape)} ${rank}`,
    );
  const list = numbers(paddings);
  return range(0, rank).map((i) => {
    const pair: [number, number] = [list[2 * i]!, list[2 * i + 1]!];
    if (pair[0] < 0 || pair[1] < 0)
      throw new KernelProblem(`Paddings must be non-negative: ${pair[0]} ${pair[1]}`);
    return pair;
  });
}
const paddedDims = (x: Dims, list: readonly number[] | undefined): readonly Dims[] => [
  x ? x.map((d, i) => (d === null || !list ? null : d + list[2 * i]! + list[2 * i + 1]!)) : null,
];

/** The rows of `data` that share a number, combined. */
function segments(
  data: Value,
  ids: Value,
  n: number,
  how: "sum" | "mean" | "prod" | "amax" | "amin",
  empty: number,
): Value {
  const inner = data.shape.slice(ids.shape.length);
  const [rows, rest] = [ids.size, size(inner)];
  const flat = reshape(data, [rows, rest]);
  const list = numbers(ids);
  // Negative numbers are dropped.
  const kept = list.flatMap((id, i) => (id >= 0 ? [i] : []));
  const src = kept.length === rows ? flat : run(ops.embedding, [flat, intsValue(kept, int64)], {});
  const own = kept.map((i) => list[i]!);
  const start = filled(data, [n, rest], empty);
  const index = reshape(intsValue(own, int64), [own.length, 1]).expand({
    shape: [own.length, rest],
  }) as Value;
  const y =
    how === "sum"
      ? start.indexPut(src, { indices: [intsValue(own, int64).array], accumulate: true })
      : start.scatterReduce(index, src, { dim: 0, reduce: how, includeSelf: false });
  return reshape(y as Value, [n, ...inner]);
}

const sorted = (how: Parameters<typeof segments>[3]): OpRow =>
  row(
    ([data, ids]) => {
      const list = numbers(ids!);
      const bad = list.findIndex((id, i) => i > 0 && id < list[i - 1]!);
      if (bad >= 0) throw new KernelProblem("segment ids are not increasing");
      if (ids!.shape[0] !== data!.shape[0])
        throw new KernelProblem("segment_ids should be the same size as dimension 0 of input.");
      const n = list.length > 0 ? list[list.length - 1]! + 1 : 0;
      return segments(data!, ids!, n, how, how === "prod" ? 1 : 0);
    },
    ({ shapes: [x] }) => [x ? [null, ...x.slice(1)] : null],
  );

const LOWEST: Readonly<Record<string, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  float16: [-65504, 65504],
  bfloat16: [-3.3895313892515355e38, 3.3895313892515355e38],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
};
const unsorted = (how: Parameters<typeof segments>[3]): OpRow =>
  row(
    ([data, ids, count]) => {
      const n = number(count!);
      const list = numbers(ids!);
      const bad = list.findIndex((id) => id >= n);
      if (bad >= 0)
        throw new KernelProblem(
          `segment_ids${shown(coordinates(bad, ids!.shape))} = ${list[bad]} is out of range [0, ${n})`,
        );
      const [low, high] = LOWEST[data!.dtype.name] ?? [0, 0];
      return segments(
        data!,
        ids!,
        n,
        how,
        how === "prod" ? 1 : how === "amax" ? low : how === "amin" ? high : 0,
      );
    },
    (c) => [
      c.shapes[0] && c.shapes[1]
        ? [knownInts(c, 2)?.[0] ?? null, ...c.shapes[0].slice(c.shapes[1].length)]
        : null,
    ],
  );

/** The order of the first appearance of each different element, and where each element is in it. */
function uniqueParts(x: Value): { first: number[]; place: number[]; counts: number[] } {
  const list = numbers(x);
  const seen = new Map<number, number>();
  const first: number[] = [];
  const counts: number[] = [];
  const place = list.map((v, i) => {
    let k = seen.get(v);
    if (k === undefined) {
      k = first.length;
      seen.set(v, k);
      first.push(i);
      counts.push(0);
    }
    counts[k]!++;
    return k;
  });
  return { first, place, counts };
}
const uniqueRow = (withCounts: boolean): OpRow =>
  row(
    ([x], a) => {
      if (x!.shape.length !== 1) throw new KernelProblem("unique expects a 1D vector.");
      const { first, place, counts } = uniqueParts(x!);
      const type = a.type("out_idx").kernel;
      const y = run(ops.embedding, [x!, intsValue(first, int64)], {}).detach() as Value;
      return [y, intsValue(place, type), ...(withCounts ? [intsValue(counts, type)] : [])];
    },
    ({ shapes: [x] }) => (withCounts ? [[null], x!, [null]] : [[null], x!]),
  );

const bound = (right: boolean): OpRow =>
  row(([s, v], a) => castValue(run(ops.searchsorted, [s!, v!], { right }), a.type("out_type").kernel));

/** Axes cut into blocks: [d] → [d / b, b]. */
function spaceToBatch(
  x: Value,
  blocks: readonly number[],
  pads: readonly (readonly [number, number])[],
): Value {
  const m = blocks.length;
  const rest = x.shape.slice(1 + m);
  const padded = x.pad({
    pads: [[0, 0], ...pads, ...rest.map(() => [0, 0] as const)],
    mode: "constant",
  }) as Value;
  const lengths = padded.shape.slice(1, 1 + m);
  lengths.forEach((d, i) => {
    if (d % blocks[i]! !== 0)
      throw new KernelProblem(`padded_shape[${i}]=${d} is not divisible by block_shape[${i}]=${blocks[i]}`);
  });
  const cut = reshape(padded, [
    x.shape[0]!,
    ...lengths.flatMap((d, i) => [d / blocks[i]!, blocks[i]!]),
    ...rest,
  ]);
  const inner = range(0, m).map((i) => 2 + 2 * i);
  const outer = range(0, m).map((i) => 1 + 2 * i);
  const moved = permute(cut, [...inner, 0, ...outer, ...rest.map((_, i) => 1 + 2 * m + i)]);
  return reshape(moved, [x.shape[0]! * size(blocks), ...lengths.map((d, i) => d / blocks[i]!), ...rest]);
}
function batchToSpace(
  x: Value,
  blocks: readonly number[],
  crops: readonly (readonly [number, number])[],
): Value {
  const m = blocks.length;
  const n = x.shape[0]! / size(blocks);
  const rest = x.shape.slice(1 + m);
  const lengths = x.shape.slice(1, 1 + m);
  const cut = reshape(x, [...blocks, n, ...lengths, ...rest]);
  const order = [m, ...range(0, m).flatMap((i) => [m + 1 + i, i]), ...rest.map((_, i) => 1 + 2 * m + i)];
  const joined = reshape(permute(cut, order), [n, ...lengths.map((d, i) => d * blocks[i]!), ...rest]);
  return crops.reduce(
    (y, [a, b], i) => y.slice({ dim: 1 + i, start: a, step: 1, length: y.shape[1 + i]! - a - b }) as Value,
    joined,
  );
}
const pairList = (v: Value): [number, number][] => {
  const list = numbers(v);
  return range(0, list.length / 2).map((i) => [list[2 * i]!, list[2 * i + 1]!]);
};

/** Channels last, whatever the format of the data. */
const channelsLast = (x: Value, format: string, f: (x: Value) => Value): Value => {
  if (format !== "NCHW") return f(x);
  return permute(f(permute(x, [0, 2, 3, 1])), [0, 3, 1, 2]);
};

/** Operations that pick, scatter and rearrange elements. */
export const indexing: Readonly<Record<string, OpRow>> = {
  Range: row(
    ([start, limit, delta]) => {
      const [from, to, step] = [number(start!), number(limit!), number(delta!)];
      if (step === 0) throw new KernelProblem(`Requires delta != 0: 0`);
      if (step > 0 ? from > to : from < to)
        throw new KernelProblem(
          step > 0
            ? `Requires start <= limit when delta > 0: ${from}/${to}`
            : `Requires start >= limit when delta < 0: ${from}/${to}`,
        );
      const n = Math.ceil(Math.abs((to - from) / step));
      const type = start!.dtype;
      return valued(arange(type, n, from, step));
    },
    (c) => {
      const [a, b, d] = [knownInts(c, 0), knownInts(c, 1), knownInts(c, 2)];
      return [[a && b && d ? Math.max(0, Math.ceil(Math.abs((b[0]! - a[0]!) / d[0]!))) : null]];
    },
  ),
  LinSpace: row(([a, b, n]) => valued(linspace(a!.dtype, number(n!), number(a!), number(b!)))),
  OneHot: moving(
    row(
      ([indices, depth, on, off], a) => {
        const n = number(depth!);
        const hot = run(ops.oneHot, [castValue(indices!, int64)], { classes: n, dtype: bool, lenient: true });
        const y = on!.where(hot, off!) as Value;
        const axis = a.int("axis");
        const rank = y.shape.length;
        if (axis === -1 || axis === rank - 1) return y;
        return permute(y, [...range(0, axis), rank - 1, ...range(axis, rank - 1)]);
      },
      (c) => {
        const [x] = c.shapes;
        if (!x) return [null];
        const axis = c.attrs.int("axis");
        const at = axis < 0 ? x.length : axis;
        return [[...x.slice(0, at), knownInts(c, 1)?.[0] ?? null, ...x.slice(at)]];
      },
    ),
  ),
  GatherV2: moving(
    row(
      ([params, indices, axis], a) => gathered(params!, indices!, number(axis!), a.int("batch_dims")),
      (c) => {
        const [p, ix] = c.shapes;
        const at = knownInts(c, 2)?.[0];
        if (!p || !ix || at === undefined) return [null];
        const axis = at < 0 ? at + p.length : at;
        const b = c.attrs.int("batch_dims");
        return [[...p.slice(0, axis), ...ix.slice(b < 0 ? b + ix.length : b), ...p.slice(axis + 1)]];
      },
    ),
  ),
  Gather: moving(
    row(
      ([params, indices]) => gathered(params!, indices!, 0, 0),
      ({ shapes: [p, ix] }) => [p && ix ? [...ix, ...p.slice(1)] : null],
    ),
  ),
  GatherNd: moving(
    row(
      ([params, indices]) => gatherNd(params!, indices!, "GatherNd"),
      ({ shapes: [p, ix] }) => {
        const depth = ix?.[ix.length - 1];
        return [p && ix && depth != null ? [...ix.slice(0, -1), ...p.slice(depth)] : null];
      },
    ),
  ),
  ScatterNd: moving(
    row(
      ([indices, updates, shape]) =>
        scatteredNd(filled(updates!, numbers(shape!), 0), indices!, updates!, "add"),
      (c) => [knownInts(c, 2) ?? null],
    ),
  ),
  TensorScatterUpdate: tensorScatter("update"),
  TensorScatterAdd: tensorScatter("add"),
  TensorScatterSub: tensorScatter("sub"),
  TensorScatterMax: tensorScatter("max"),
  TensorScatterMin: tensorScatter("min"),
  StridedSlice: stridedSlice,
  TensorStridedSliceUpdate: row(([x, begin, end, strides, value], a) => {
    const bit = (mask: string, i: number): boolean => (a.int(mask) & (1 << i)) !== 0;
    const items = stridedItems(x!.shape, numbers(begin!), numbers(end!), numbers(strides!), bit);
    const view = run(ops.indexView, [x!], { items });
    return x!.viewScatter(value!.expand({ shape: view.shape }) as Value, {
      chain: [{ op: "indexView", params: { items } }],
    }) as Value;
  }, same),
  Pad: padRow(false),
  PadV2: padRow(true),
  MirrorPad: moving(
    row(
      ([x, paddings], a) =>
        x!.pad({
          pads: pairs(paddings!, x!.shape.length),
          mode: a.text("mode") === "REFLECT" ? "reflect" : "symmetric",
        }) as Value,
      (c) => paddedDims(c.shapes[0]!, knownInts(c, 1)),
    ),
  ),
  SegmentSum: sorted("sum"),
  SegmentMean: sorted("mean"),
  SegmentProd: sorted("prod"),
  SegmentMax: sorted("amax"),
  SegmentMin: sorted("amin"),
  UnsortedSegmentSum: unsorted("sum"),
  UnsortedSegmentProd: unsorted("prod"),
  UnsortedSegmentMax: unsorted("amax"),
  UnsortedSegmentMin: unsorted("amin"),
  Unique: uniqueRow(false),
  UniqueWithCounts: uniqueRow(true),
  ListDiff: row(
    ([x, y], a) => {
      const other = new Set(numbers(y!));
      const kept = numbers(x!).flatMap((v, i) => (other.has(v) ? [] : [i]));
      return [
        run(ops.embedding, [x!, intsValue(kept, int64)], {}),
        intsValue(kept, a.type("out_idx").kernel),
      ];
    },
    () => [[null], [null]],
  ),
  LowerBound: bound(false),
  UpperBound: bound(true),
  DynamicPartition: {
    ...moving(
      row(([data, parts], a) => {
        const list = numbers(parts!);
        const rest = data!.shape.slice(parts!.shape.length);
        const flat = reshape(data!, [list.length, ...rest]);
        return range(0, a.int("num_partitions")).map((k) => {
          const own = list.flatMap((p, i) => (p === k ? [i] : []));
          return run(ops.embedding, [flat, intsValue(own, int64)], {});
        });
      }),
    ),
    count: (a) => a.int("num_partitions"),
  },
  DynamicStitch: row((inputs) => stitched(inputs)),
  ParallelDynamicStitch: row((inputs) => stitched(inputs)),
  ReverseSequence: row(
    ([x, lengths], a) => reverseSequence(x!, numbers(lengths!), a.int("seq_dim"), a.int("batch_dim")),
    same,
  ),
  SpaceToBatchND: row(([x, blocks, pads]) => spaceToBatch(x!, numbers(blocks!), pairList(pads!))),
  BatchToSpaceND: row(([x, blocks, crops]) => batchToSpace(x!, numbers(blocks!), pairList(crops!))),
  SpaceToDepth: row(([x], a) =>
    channelsLast(x!, a.text("data_format"), (v) => {
      const [n, h, w, c] = v.shape as [number, number, number, number];
      const b = a.int("block_size");
      const cut = reshape(v, [n, h / b, b, w / b, b, c]);
      return reshape(permute(cut, [0, 1, 3, 2, 4, 5]), [n, h / b, w / b, b * b * c]);
    }),
  ),
  DepthToSpace: row(([x], a) =>
    channelsLast(x!, a.text("data_format"), (v) => {
      const [n, h, w, c] = v.shape as [number, number, number, number];
      const b = a.int("block_size");
      const cut = reshape(v, [n, h, w, b, b, c / (b * b)]);
      return reshape(permute(cut, [0, 1, 3, 2, 4, 5]), [n, h * b, w * b, c / (b * b)]);
    }),
  ),
  TopKV2: row(
    ([x, k]) => {
      const n = number(k!);
      const last = x!.shape[x!.shape.length - 1] ?? 0;
      if (x!.shape.length < 1) throw new KernelProblem("input must be >= 1-D, got shape []");
      if (last < n) throw new KernelProblem(`input must have at least k columns. Had ${last}, needed ${n}`);
      return topK(x!, n);
    },
    (c) => {
      const [x] = c.shapes;
      const own = x ? [...x.slice(0, -1), knownInts(c, 1)?.[0] ?? null] : null;
      return [own, own];
    },
  ),
  InTopKV2: row(([predictions, targets, k]) => {
    const n = number(k!);
    const own = predictions!.gather(reshape(castValue(targets!, int64), [targets!.size, 1]), {
      dim: 1,
    }) as Value;
    const above = castValue(predictions!.gt(own) as Value, int32).sum({ dims: [1] });
    return above.lt(n).logicalAnd(reshape(own, [targets!.size]).isfinite() as Value) as Value;
  }),
  Bitcast: row(([x], a) => run(ops.bitcast, [x!], { dtype: a.type("type").kernel })),
  UnravelIndex: row(([indices, dims]) => {
    const shape = numbers(dims!);
    const list = numbers(indices!).map((i) => coordinates(i, shape));
    const flat = shape.map((_, k) => list.map((c) => c[k]!));
    return reshape(intsValue(flat.flat(), indices!.dtype), [shape.length, ...indices!.shape]);
  }),
  Bincount: row(([arr, length, weights]) => {
    const n = number(length!);
    const list = numbers(arr!);
    const kept = list.flatMap((v, i) => (v < n ? [i] : []));
    const zero = filled(weights!, [n], 0);
    const own = weights!.size > 0 ? reshape(weights!, [list.length]) : filled(weights!, [list.length], 1);
    const src = run(ops.embedding, [own, intsValue(kept, int64)], {});
    return zero.indexPut(src, {
      indices: [
        intsValue(
          kept.map((i) => list[i]!),
          int64,
        ).array,
      ],
      accumulate: true,
    }) as Value;
  }),
  DenseBincount: row(([arr, length, weights], a) =>
    denseBincount(arr!, number(length!), weights!, a.bool("binary_output")),
  ),
};

function denseBincount(arr: Value, n: number, weights: Value, binary: boolean): Value {
  const rows = arr.shape.length === 2 ? arr.shape[0]! : 1;
  const list = numbers(arr);
  const each = list.length / (rows || 1);
  const kept = list.flatMap((v, i) => (v < n ? [i] : []));
  const zero = filled(weights, [rows * n], 0);
  const own =
    weights.size > 0 && !binary ? reshape(weights, [list.length]) : filled(weights, [list.length], 1);
  const src = run(ops.embedding, [own, intsValue(kept, int64)], {});
  const at = intsValue(
    kept.map((i) => Math.floor(i / each) * n + list[i]!),
    int64,
  ).array;
  const y = zero.indexPut(src, { indices: [at], accumulate: !binary }) as Value;
  return arr.shape.length === 2 ? reshape(y, [rows, n]) : y;
}

/** Places of equal elements are in their order, which the kernel's own selection does not promise. */
function topK(x: Value, k: number): [Value, Value] {
  const dim = x.shape.length - 1;
  const [, index] = runMany(ops.sort, [x], { dim, descending: true }) as [Value, Value];
  const at = index.slice({ dim, start: 0, step: 1, length: k }) as Value;
  return [x.gather(at, { dim }) as Value, castValue(at, int32)];
}

function stitched(inputs: readonly Value[]): Value {
  const n = inputs.length / 2;
  const lists = inputs.slice(0, n).map((v) => numbers(v));
  const most = Math.max(-1, ...lists.flat());
  const rest = inputs[n]!.shape.slice(inputs[0]!.shape.length);
  let y = filled(inputs[n]!, [most + 1, ...rest], 0);
  lists.forEach((ids, k) => {
    const rows = reshape(inputs[n + k]!, [ids.length, ...rest]);
    y = y.indexPut(rows, { indices: [intsValue(ids, int64).array] }) as Value;
  });
  return y;
}

function reverseSequence(x: Value, lengths: readonly number[], seq: number, batch: number): Value {
  const rank = x.shape.length;
  const [s, b] = [seq < 0 ? seq + rank : seq, batch < 0 ? batch + rank : batch];
  const n = x.shape[s]!;
  const positions = lengths.map((l) => range(0, n).map((i) => (i < l ? l - 1 - i : i)));
  const order = [b, s, ...range(0, rank).filter((i) => i !== b && i !== s)];
  const back = range(0, rank).map((i) => order.indexOf(i));
  const front = permute(x, order);
  const rows = reshape(intsValue(range(0, lengths.length), int64), [lengths.length, 1]);
  const at = reshape(intsValue(positions.flat(), int64), [lengths.length, n]);
  return permute(run(ops.index, [front], { indices: [rows.array, at.array] }), back);
}
