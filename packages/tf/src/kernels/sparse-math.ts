import { int64, isInteger, ops } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row, type ShapeContext } from "../core/row.js";
import type { Value } from "../shared.js";
import { shown } from "./places.js";
import {
  addedUp,
  flatPlace,
  groupsOf,
  indicesOf,
  inOrder,
  picked,
  placesOf,
  rankOf,
  sparseDims,
} from "./sparse-parts.js";
import {
  axisOf,
  demand,
  intsValue,
  knownInts,
  numbers,
  permute,
  reshape,
  rowsAt,
  run,
  size,
  valueOf,
} from "./tools.js";

/* Arithmetic of sparse tensors. */

const ints = (list: readonly number[]): Value => intsValue([...list], int64);
const still = (x: Value): Value => x.detach() as Value;

/** The places of two sparse tensors together, and where the values of each go among them. */
function union(a: Value, b: Value): { places: number[][]; left: number[]; right: number[] } {
  const [p, q] = [placesOf(a), placesOf(b)];
  const places: number[][] = [];
  const left: number[] = [];
  const right: number[] = [];
  for (let i = 0, j = 0; i < p.length || j < q.length; ) {
    const order = i === p.length ? 1 : j === q.length ? -1 : inOrder(p[i]!, q[j]!);
    if (order <= 0) left[i] = places.length;
    if (order >= 0) right[j] = places.length;
    places.push(order <= 0 ? p[i]! : q[j]!);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return { places, left, right };
}
function sameShape(a: Value, b: Value): void {
  const [p, q] = [numbers(a), numbers(b)];
  if (p.length !== q.length)
    throw new KernelProblem(`Ranks of input tensors must match, but saw ranks: ${p.length} and ${q.length}`);
  if (p.some((d, i) => d !== q[i])) throw new KernelProblem("Operands' shapes do not match");
}

const added: OpRow = row(
  ([ai, av, as, bi, bv, bs, thresh]) => {
    const [p, q] = [numbers(as!), numbers(bs!)];
    demand(
      p.length === q.length,
      () => `Ranks of input tensors must match, but saw ranks: ${p.length} and ${q.length}`,
    );
    p.forEach((d, i) =>
      demand(d === q[i], () => `Input shapes must match: got ${d} and ${q[i]} for dimension ${i}`),
    );
    const { places, left, right } = union(ai!, bi!);
    const sum = addedUp(av!, left, places.length).add(addedUp(bv!, right, places.length)) as Value;
    const least = numbers(thresh!)[0]!;
    // Only what is a sum can be too small.
    const inRight = new Set(right);
    const both = new Set(left.filter((at) => inRight.has(at)));
    const size = least > 0 ? numbers(still(sum).abs() as Value) : [];
    const kept = places.flatMap((_, i) => (least > 0 && both.has(i) && size[i]! < least ? [] : [i]));
    return [
      indicesOf(
        kept.map((i) => places[i]!),
        p.length,
      ),
      kept.length === places.length ? sum : (picked(sum, kept) as Value),
      as!,
    ];
  },
  (c) => sparseDims(rankOf(c, 0)),
);

/** The larger or smaller of two sparse tensors, whose missing numbers are zeros. */
const extreme = (kernel: typeof ops.maximum): OpRow =>
  row(
    ([ai, av, as, bi, bv, bs]) => {
      sameShape(as!, bs!);
      const { places, left, right } = union(ai!, bi!);
      const wide = (v: Value, at: readonly number[]): Value => addedUp(still(v), at, places.length);
      return [
        indicesOf(places, numbers(as!).length),
        run(kernel, [wide(av!, left), wide(bv!, right)], undefined as never),
      ];
    },
    (c) => sparseDims(rankOf(c, 0)).slice(0, 2),
  );

/** Values combined with the numbers of a dense tensor, stretched, at their places. */
const withDense = (f: (v: Value, d: Value) => unknown): OpRow =>
  row(
    ([indices, values, shape, dense]) => {
      const dims = numbers(shape!);
      demand(
        dense!.shape.length <= dims.length &&
          dense!.shape.every((d, k) => {
            const own = dims[dims.length - dense!.shape.length + k]!;
            return d === 1 || d === own;
          }),
        () =>
          `SparseDenseBinaryOpShared broadcasts dense to sparse only; got incompatible shapes: ${shown(dims)} vs. ${shown(dense!.shape)}`,
      );
      const flat = reshape(dense!.expand({ shape: dims }) as Value, [size(dims)]);
      const at = placesOf(indices!).map((p) => flatPlace(p, dims));
      return f(values!, rowsAt(flat, ints(at))) as Value;
    },
    (c) => [c.shapes[1]!],
  );

/** Axes that go, the shape that is left, and the group that each entry belongs to. */
function reduction(indices: Value, shape: Value, axes: Value, keep: boolean) {
  const dims = numbers(shape);
  const gone = new Set(
    (axes.size === 0 ? [] : numbers(axes)).map((k) =>
      axisOf(k, dims.length, (x, r) => `Invalid reduction dimension ${x}, for input with ${r} dimensions.`),
    ),
  );
  // Without axes, all go.
  if (axes.size === 0) dims.forEach((_, k) => gone.add(k));
  const left = dims.map((_, k) => k).filter((k) => !gone.has(k));
  const small = left.map((k) => dims[k]!);
  const places = placesOf(indices).map((p) => left.map((k) => p[k]!));
  const out = keep ? dims.map((d, k) => (gone.has(k) ? 1 : d)) : small;
  return { places, small, out, left, rank: dims.length };
}
const reducedDims = (c: ShapeContext): Dims => {
  const dims = knownInts(c, 2);
  const axes = knownInts(c, 3);
  if (!dims || !axes) return null;
  const gone = axes.length === 0 ? dims.map((_, k) => k) : axes.map((k) => (k < 0 ? k + dims.length : k));
  return c.attrs.bool("keep_dims")
    ? dims.map((d, k) => (gone.includes(k) ? 1 : d))
    : dims.filter((_, k) => !gone.includes(k));
};
type Combine = (values: Value, groups: readonly number[], count: number) => Value;
const largest: Combine = (values, groups, count) => {
  const list = numbers(still(values));
  const best = new Map<number, number>();
  groups.forEach((g, i) => {
    const known = best.get(g);
    if (known === undefined || list[i]! > list[known]!) best.set(g, i);
  });
  const kept = [...best];
  return addedUp(
    picked(
      still(values),
      kept.map(([, i]) => i),
    ) as Value,
    kept.map(([g]) => g),
    count,
  );
};
const reduced = (combine: Combine): OpRow =>
  row(
    ([indices, values, shape, axes], a) => {
      const r = reduction(indices!, shape!, axes!, a.bool("keep_dims"));
      const at = r.places.map((p) => flatPlace(p, r.small));
      return reshape(combine(values!, at, size(r.small)), r.out);
    },
    (c) => [reducedDims(c)],
  );
/** The same as a sparse tensor of those places that have entries. */
const reducedSparse = (combine: Combine): OpRow =>
  row(
    ([indices, values, shape, axes], a) => {
      const keep = a.bool("keep_dims");
      const r = reduction(indices!, shape!, axes!, keep);
      const { group, first } = groupsOf(r.places.map((p) => p.join()));
      const order = first.map((i, g) => [r.places[i]!, g] as const).sort(([p], [q]) => inOrder(p, q));
      const wide = (p: readonly number[]): readonly number[] => {
        if (!keep) return p;
        const out = new Array<number>(r.rank).fill(0);
        r.left.forEach((k, i) => {
          out[k] = p[i]!;
        });
        return out;
      };
      return [
        indicesOf(
          order.map(([p]) => wide(p)),
          r.out.length,
        ),
        picked(
          combine(values!, group, first.length),
          order.map(([, g]) => g),
        ) as Value,
        ints(r.out),
      ];
    },
    () => sparseDims(null),
  );

const softmax: OpRow = row(
  ([indices, values]) => {
    const keys = placesOf(indices!).map((p) => p.slice(0, -1).join());
    const { group, first } = groupsOf(keys);
    if (first.length === 0) return values!;
    const at = ints(group);
    const top = rowsAt(largest(values!, group, first.length), at);
    const e = values!.sub(top).exp() as Value;
    return e.div(rowsAt(addedUp(e, group, first.length), at)) as Value;
  },
  (c) => [c.shapes[1]!],
);

/** A sparse matrix times a dense one: rows of the second, weighted and added up. */
const product: OpRow = row(
  ([indices, values, shape, b], a) => {
    const turned = a.bool("adjoint_a");
    const dims = numbers(shape!);
    demand(dims.length === 2, () => `Tensor 'a_shape' must have 2 elements`);
    const [from, to] = turned ? [0, 1] : [1, 0];
    const conjugate = (x: Value): Value => (x.dtype.kind === "complex" ? (x.conj() as Value) : x);
    const right = a.bool("adjoint_b") ? conjugate(permute(b!, [1, 0])) : b!;
    const inner = dims[from]!;
    demand(
      inner === right.shape[0],
      () =>
        `Cannot multiply A and B because inner dimension does not match: ${inner} vs. ${right.shape[0]}.  Did you forget a transpose?  Dimensions of A: [${(turned ? [...dims].reverse() : dims).join(", ")}).  Dimensions of B: ${shown(right.shape)}`,
    );
    const places = placesOf(indices!);
    places.forEach((p, i) => {
      if (p[from]! < 0 || p[from]! >= inner)
        throw new KernelProblem(`k (${p[from]}) from index[${i},${from}] out of bounds (>=${inner})`);
      if (p[to]! < 0 || p[to]! >= dims[to]!)
        throw new KernelProblem(`m (${p[to]}) from index[${i},${to}] out of bounds (>=${dims[to]})`);
    });
    const rows = rowsAt(right, ints(places.map((p) => p[from]!)));
    const weight = turned ? conjugate(values!) : values!;
    return addedUp(
      rows.mul(reshape(weight, [places.length, 1])) as Value,
      places.map((p) => p[to]!),
      dims[to]!,
    );
  },
  (c) => {
    const dims = knownInts(c, 2);
    const b = c.shapes[3];
    return [
      [
        dims ? dims[c.attrs.bool("adjoint_a") ? 1 : 0]! : null,
        b ? b[c.attrs.bool("adjoint_b") ? 0 : 1]! : null,
      ],
    ];
  },
);

/** Some rows, those of one segment added up; divided by how many there are, or by the root of that. */
const segments = (how: "sum" | "mean" | "sqrt", counted: boolean): OpRow =>
  row(
    ([data, indices, ids, num]) => {
      const list = numbers(ids!);
      demand(
        list.every((x, i) => i === 0 || x >= list[i - 1]!),
        () => "segment ids are not increasing",
      );
      demand(
        list.every((x) => x >= 0),
        () => "segment ids must be >= 0",
      );
      const n = counted ? numbers(num!)[0]! : list.length === 0 ? 0 : list[list.length - 1]! + 1;
      demand(!counted || list.every((x) => x < n), () => "segment ids must be < num_segments");
      numbers(indices!).forEach((k, i) => {
        if (k < 0 || k >= data!.shape[0]!)
          throw new KernelProblem(`Bad: indices[${i}] == ${k} out of range [0, ${data!.shape[0]})`);
      });
      const total = addedUp(rowsAt(data!, indices!), list, n);
      if (how === "sum") return total;
      const counts = new Array<number>(n).fill(0);
      for (const x of list) counts[x]!++;
      const by = counts.map((k) => (how === "mean" ? Math.max(k, 1) : Math.sqrt(Math.max(k, 1))));
      const wide = [n, ...total.shape.slice(1).map(() => 1)];
      return total.div(reshape(valueOf(by, total.dtype), wide)) as Value;
    },
    (c) => [c.shapes[0] ? [counted ? (knownInts(c, 3)?.[0] ?? null) : null, ...c.shapes[0].slice(1)] : null],
  );

const divide = (v: Value, d: Value): unknown => (isInteger(v.dtype) ? v.truncDiv(d) : v.div(d));

export const sparseMath: Readonly<Record<string, OpRow>> = {
  SparseAdd: added,
  SparseSparseMaximum: extreme(ops.maximum),
  SparseSparseMinimum: extreme(ops.minimum as typeof ops.maximum),
  SparseDenseCwiseAdd: withDense((v, d) => v.add(d)),
  SparseDenseCwiseMul: withDense((v, d) => v.mul(d)),
  SparseDenseCwiseDiv: withDense(divide),
  SparseReduceSum: reduced(addedUp),
  SparseReduceMax: reduced(largest),
  SparseReduceSumSparse: reducedSparse(addedUp),
  SparseReduceMaxSparse: reducedSparse(largest),
  SparseSoftmax: softmax,
  SparseTensorDenseMatMul: product,
  SparseSegmentSum: segments("sum", false),
  SparseSegmentMean: segments("mean", false),
  SparseSegmentSqrtN: segments("sqrt", false),
  SparseSegmentSumWithNumSegments: segments("sum", true),
  SparseSegmentMeanWithNumSegments: segments("mean", true),
  SparseSegmentSqrtNWithNumSegments: segments("sqrt", true),
};
