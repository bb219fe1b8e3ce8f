import { arange, int64, ops } from "@cognate/kernel";
import { KernelProblem, NoKernel } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { moving } from "./lift.js";
import { checkCoordinates, columns, coordinates, range, shown } from "./places.js";
import {
  axisOf,
  demand,
  filled,
  intsValue,
  knownInts,
  number,
  numbers,
  permute,
  reshape,
  rowsAt,
  run,
  size,
  valued,
} from "./tools.js";

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
  demand(at < rank, () => `Shape must be at least rank ${at + 1} but is rank ${rank}`);
  const axis = axisOf(at, rank, (k, n) => `Expected axis in the range [${-n}, ${n}), but got ${k}`);
  const b = batch < 0 ? batch + indices.shape.length : batch;
  demand(b <= axis, () => `batch_dims (${b}) must be less than or equal to axis (${axis}).`);
  checkRange(indices, params.shape[axis]!);
  if (b === 0) {
    if (axis === 0 && rank > 0) return rowsAt(params, indices);
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

function gatherNd(params: Value, indices: Value, policy: string): Value {
  demand(indices.shape.length > 0, () => "indices must be at least a vector");
  const depth = indices.shape[indices.shape.length - 1]!;
  if (depth > params.shape.length)
    throw new KernelProblem(
      `index innermost dimension length must be <= params rank; saw: ${depth} vs. ${params.shape.length}`,
    );
  const lead = indices.shape.slice(0, -1);
  demand(
    params.size > 0 || size(lead) === 0,
    () => `Requested more than 0 entries, but params is empty.  Params shape: ${shown(params.shape)}`,
  );
  if (policy === "IGNORE") return knownOnly(params, indices, lead);
  if (!["", "DEFAULT", "ERROR"].includes(policy)) throw new NoKernel();
  checkCoordinates(indices, params.shape, (s) => `param shape ${s}, node name: GatherNd`);
  if (depth === 0) return params.expand({ shape: [...lead, ...params.shape] }) as Value;
  return run(ops.index, [params], { indices: columns(indices).map((c) => c.array) });
}

/** Elements by their coordinates, zeros for coordinates outside. */
function knownOnly(params: Value, indices: Value, lead: readonly number[]): Value {
  const parts = columns(indices);
  const good = parts.map((c, k) => (c.ge(0) as Value).logicalAnd(c.lt(params.shape[k]!) as Value) as Value);
  const all = good.reduce((a, b) => a.logicalAnd(b) as Value);
  const places = parts.map((c, k) => filled(c, c.shape, 0).where(good[k]!.logicalNot(), c) as Value);
  const y = run(ops.index, [params], { indices: places.map((c) => c.array) });
  const wide = reshape(all, [...lead, ...params.shape.slice(parts.length).map(() => 1)]);
  return y.where(wide, filled(y, y.shape, 0)) as Value;
}

/** Elements by their places. */
export const gathering: Readonly<Record<string, OpRow>> = {
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
      ([params, indices]) => {
        demand(params!.shape.length > 0, () => "params must be at least 1 dimensional");
        return gathered(params!, indices!, 0, 0);
      },
      ({ shapes: [p, ix] }) => [p && ix ? [...ix, ...p.slice(1)] : null],
    ),
  ),
  GatherNd: moving(
    row(
      ([params, indices], a) => gatherNd(params!, indices!, a.text("bad_indices_policy")),
      ({ shapes: [p, ix] }) => {
        const depth = ix?.[ix.length - 1];
        return [p && ix && depth != null ? [...ix.slice(0, -1), ...p.slice(depth)] : null];
      },
    ),
  ),
  UnravelIndex: row(([indices, dims]) => {
    demand(dims!.shape.length === 1, () => `The indices can only be 1-D, got "${shown(dims!.shape)}"`);
    demand(
      indices!.shape.length < 2,
      () => `The indices can only be scalar or vector, got "${shown(indices!.shape)}"`,
    );
    const shape = numbers(dims!);
    const zero = shape.indexOf(0);
    demand(
      zero < 0,
      () => `Input dims cannot contain a dim of zero, but dims contains zero at index ${zero}`,
    );
    const n = size(shape);
    demand(
      numbers(indices!).every((i) => i >= 0 && i < n),
      () => "index is out of bound as with dims",
    );
    const list = numbers(indices!).map((i) => coordinates(i, shape));
    const flat = shape.map((_, k) => list.map((c) => c[k]!));
    return reshape(intsValue(flat.flat(), indices!.dtype), [shape.length, ...indices!.shape]);
  }),
};
