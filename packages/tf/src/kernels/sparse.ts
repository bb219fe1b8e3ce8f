import { bool, int64 } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import type { Datum, OpRow } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { moving } from "./lift.js";
import { shown } from "./places.js";
import { scatteredNd } from "./scatter.js";
import {
  flatPlace,
  indicesOf,
  joined,
  picked,
  placesOf,
  rankOf,
  sortedOrder,
  sparseDims,
} from "./sparse-parts.js";
import { axisOf, demand, filled, intsValue, knownInts, number, numbers, reshape, size } from "./tools.js";

/* Sparse tensors cut, put together and laid out in another way: their places change, their values are moved. */

const ints = (list: readonly number[]): Value => intsValue([...list], int64);

/** Entries that lie within a box, moved to its corner. */
function boxed(
  places: readonly (readonly number[])[],
  values: Datum,
  start: readonly number[],
  length: readonly number[],
): [Value, Datum] {
  const kept: number[] = [];
  const moved: number[][] = [];
  places.forEach((p, i) => {
    const q = p.map((x, k) => x - start[k]!);
    if (!q.every((x, k) => x >= 0 && x < length[k]!)) return;
    kept.push(i);
    moved.push(q);
  });
  return [indicesOf(moved, start.length), picked(values, kept)];
}

const reshaped: OpRow = {
  run: ([indices, shape, wanted]) => {
    const old = numbers(shape as Value);
    const target = numbers(wanted as Value);
    const total = size(old);
    const open = target.indexOf(-1);
    if (open !== target.lastIndexOf(-1))
      throw new KernelProblem(
        `only one output dimension may be -1, not both ${open} and ${target.lastIndexOf(-1)}`,
      );
    const product = size(target.filter((d) => d !== -1));
    if (open >= 0) {
      demand(
        product > 0,
        () =>
          "reshape cannot infer the missing input size for an empty tensor unless all specified input sizes are non-zero",
      );
      target[open] = Math.floor(total / product);
      if (target[open]! * product !== total)
        throw new KernelProblem(
          `Input to reshape is a SparseTensor with ${total} dense values, but the requested shape requires a multiple of ${product}. input_shape=${shown(old)} output_shape=${shown(target)}`,
        );
    } else if (product !== total)
      throw new KernelProblem(
        `Input to reshape is a tensor with ${total} dense values, but the requested shape has ${product}. input_shape=${shown(old)} output_shape=${shown(target)}`,
      );
    const places = placesOf(indices!).map((p) => {
      let rest = flatPlace(p, old);
      const out: number[] = [];
      for (let k = target.length - 1; k >= 0; k--) {
        out.unshift(target[k] === 0 ? 0 : rest % target[k]!);
        rest = target[k] === 0 ? 0 : Math.floor(rest / target[k]!);
      }
      return out;
    });
    return [indicesOf(places, target.length), ints(target)];
  },
  shape: (c) => {
    const rank = c.shapes[2]?.[0] ?? null;
    return [[c.shapes[0]?.[0] ?? null, rank], [rank]];
  },
};

const split: OpRow = {
  run: ([dim, indices, values, shape], a) => {
    const old = numbers(shape as Value);
    const n = a.int("num_split");
    const axis = axisOf(
      number(dim as Value),
      old.length,
      (k, r) => `Input split_dim should be between rank [-${r}, ${r}), got ${k}`,
    );
    const length = old[axis]!;
    if (n < 1 || n > length)
      throw new KernelProblem(
        `Input num_split should be between 1 and the splitting dimension size (${length}), got ${n}`,
      );
    const places = placesOf(indices!);
    const each = Math.floor(length / n);
    const more = length % n;
    const parts: { indices: Value; values: Datum; shape: Value }[] = [];
    let at = 0;
    for (let i = 0; i < n; i++) {
      const own = each + (i < more ? 1 : 0);
      const box = old.map((d, k) => (k === axis ? own : d));
      const [ix, v] = boxed(
        places,
        values!,
        old.map((_, k) => (k === axis ? at : 0)),
        box,
      );
      parts.push({ indices: ix, values: v, shape: ints(box) });
      at += own;
    }
    return [...parts.map((p) => p.indices), ...parts.map((p) => p.values), ...parts.map((p) => p.shape)];
  },
  shape: (c) => {
    const n = c.attrs.int("num_split");
    const rank = rankOf(c, 1);
    const many = <T>(x: T): T[] => new Array<T>(n).fill(x);
    return [...many([null, rank]), ...many([null]), ...many([rank])];
  },
};

const concat: OpRow = {
  run: (inputs, a) => {
    const n = inputs.length / 3;
    const shapes = inputs.slice(2 * n).map((s) => numbers(s as Value));
    const rank = shapes[0]!.length;
    const axis = axisOf(
      a.int("concat_dim"),
      rank,
      (k, r) => `Concat dimension must be in range [${-r}, ${r}), got ${k}`,
    );
    shapes.forEach((s, i) => {
      if (s.length !== rank)
        throw new KernelProblem(
          `Ranks of all input tensors must match: expected ${rank} but got ${s.length} at position ${i}`,
        );
      s.forEach((d, k) => {
        if (k !== axis && d !== shapes[0]![k])
          throw new KernelProblem(
            `Input shapes must match: expected ${shapes[0]![k]} for dimension ${k} but got ${d} at position ${i}`,
          );
      });
    });
    let start = 0;
    const places = shapes.flatMap((s, i) => {
      const moved = placesOf(inputs[i]!).map((p) => p.map((x, k) => (k === axis ? x + start : x)));
      start += s[axis]!;
      return moved;
    });
    const order = sortedOrder(places);
    return [
      indicesOf(
        order.map((i) => places[i]!),
        rank,
      ),
      picked(joined(inputs.slice(n, 2 * n)), order),
      ints(shapes[0]!.map((d, k) => (k === axis ? start : d))),
    ];
  },
  shape: (c) => {
    const rank = rankOf(c, 0);
    const n = c.attrs.int("N");
    const many = c.shapes.slice(0, n).map((d) => d?.[0] ?? null);
    const total = many.reduce<number | null>((a, b) => (a === null || b === null ? null : a + b), 0);
    return [[total, rank], [total], [rank]];
  },
};

const fillEmptyRows: OpRow = {
  run: ([indices, values, shape, rest]) => {
    const [rows = 0] = numbers(shape as Value);
    const places = placesOf(indices!);
    const rank = (indices as Value).shape[1] ?? 0;
    if (rows === 0 && places.length > 0)
      throw new KernelProblem(
        `Received SparseTensor with dense_shape[0] = 0 but indices.shape[0] = ${places.length}`,
      );
    const filledRows = new Set(places.map((p) => p[0]!));
    places.forEach((p, i) => {
      if (p[0]! < 0 || p[0]! >= rows)
        throw new KernelProblem(`indices(${i}, 0) is invalid: ${p[0]} >= ${rows}`);
    });
    const empty = Array.from({ length: rows }, (_, r) => !filledRows.has(r));
    const all = [...places.map((p, i) => [p, i] as const)];
    empty.forEach((e, r) => {
      if (e) all.push([[r, ...new Array<number>(rank - 1).fill(0)], places.length]);
    });
    const order = all.map((_, i) => i).sort((i, j) => all[i]![0][0]! - all[j]![0][0]! || i - j);
    const back = new Array<number>(places.length);
    order.forEach((from, to) => {
      if (from < places.length) back[from] = to;
    });
    const one =
      rest instanceof StringArray ? new StringArray([1], [rest.data[0]!]) : reshape(rest as Value, [1]);
    return [
      indicesOf(
        order.map((i) => all[i]![0] as number[]),
        rank,
      ),
      picked(
        joined([values!, one]),
        order.map((i) => all[i]![1]),
      ),
      intsValue(
        empty.map((e) => (e ? 1 : 0)),
        bool,
      ),
      ints(back),
    ];
  },
  shape: (c) => {
    const rows = knownInts(c, 2)?.[0] ?? null;
    return [[null, rankOf(c, 0)], [null], [rows], [c.shapes[0]?.[0] ?? null]];
  },
};

/** A dense tensor of places and values; the others are a default. */
const dense: OpRow = moving({
  run: ([indices, shape, values, rest], a) => {
    const [ix, v] = [indices as Value, values as Value];
    const dims = numbers(shape as Value);
    const wide = ix.shape.length === 2 ? ix : reshape(ix, [ix.size, 1]);
    const n = wide.shape[0]!;
    if (a.bool("validate_indices")) {
      const places = placesOf(wide);
      places.forEach((p, i) => {
        if (p.some((x, k) => x < 0 || x >= dims[k]!))
          throw new KernelProblem(
            `indices[${i}] = ${shown(p)} is out of bounds: need 0 <= index < ${shown(dims)}`,
          );
      });
      for (let i = 1; i < n; i++) {
        const step = flatPlace(places[i]!, dims) - flatPlace(places[i - 1]!, dims);
        if (step === 0) throw new KernelProblem(`indices[${i}] = ${shown(places[i]!)} is repeated`);
        if (step < 0)
          throw new KernelProblem(
            `indices[${i}] = ${shown(places[i]!)} is out of order. Many sparse ops require sorted indices.\n    Use \`tf.sparse.reorder\` to create a correctly ordered copy.\n\n`,
          );
      }
    }
    const start = reshape(
      rest as Value,
      dims.map(() => 1),
    ).expand({ shape: dims }) as Value;
    const own = v.shape.length === 0 ? (v.expand({ shape: [n] }) as Value) : v;
    return scatteredNd(start, wide, own, "update");
  },
  shape: (c) => [
    knownInts(c, 1) ?? (c.shapes[1]?.[0] == null ? null : new Array<null>(c.shapes[1][0]!).fill(null)),
  ],
});

/** Numbers added to a dense tensor at their places. */
const addedToDense: OpRow = {
  run: ([indices, values, shape, b]) => {
    const dims = numbers(shape as Value);
    const x = b as Value;
    demand(
      x.shape.length === dims.length,
      () => `Two operands have different ranks; received: ${dims.length} and ${x.shape.length}`,
    );
    dims.forEach((d, k) => {
      if (d !== x.shape[k])
        throw new KernelProblem(
          `Dimension ${k} does not equal (no broadcasting is supported): sparse side ${d} vs dense side ${x.shape[k]}`,
        );
    });
    if ((indices as Value).shape[0] === 0) return x.add(filled(x, [], 0)) as Value;
    return scatteredNd(x, indices as Value, values as Value, "add");
  },
  shape: (c) => [c.shapes[3]!],
};

export const sparseStructure: Readonly<Record<string, OpRow>> = {
  SparseReorder: {
    run: ([indices, values]) => {
      const places = placesOf(indices!);
      const order = sortedOrder(places);
      return [
        indicesOf(
          order.map((i) => places[i]!),
          (indices as Value).shape[1]!,
        ),
        picked(values!, order),
      ];
    },
    shape: (c) => [c.shapes[0]!, c.shapes[1]!],
  },
  SparseReshape: reshaped,
  SparseSlice: {
    run: ([indices, values, shape, start, length]) => {
      const [old, from, wanted] = [shape, start, length].map((x) => numbers(x as Value)) as [
        number[],
        number[],
        number[],
      ];
      if (from.length !== old.length)
        throw new KernelProblem(
          `Expected start to be a vector of length ${old.length} but got length ${from.length}`,
        );
      if (wanted.length !== old.length)
        throw new KernelProblem(
          `Expected size to be a vector of length ${old.length} but got length ${wanted.length}`,
        );
      const box = wanted.map((d, k) => Math.max(0, Math.min(d, old[k]! - from[k]!)));
      const [ix, v] = boxed(placesOf(indices!), values!, from, box);
      return [ix, v, ints(box)];
    },
    shape: (c) => sparseDims(rankOf(c, 0)),
  },
  SparseSplit: split,
  SparseConcat: concat,
  SparseFillEmptyRows: fillEmptyRows,
  SparseToDense: dense,
  SparseTensorDenseAdd: addedToDense,
};
