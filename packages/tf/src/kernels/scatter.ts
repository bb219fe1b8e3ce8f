import { int64 } from "@cognate/kernel";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { moving } from "./lift.js";
import { checkCoordinates, columns, range, shown } from "./places.js";
import { demand, filled, intsValue, knownInts, numbers, reshape, same, size } from "./tools.js";

type Update = "update" | "add" | "sub" | "max" | "min";

/** Writes or adds slices at coordinates. */
export function scatteredNd(x: Value, indices: Value, updates: Value, how: Update): Value {
  const depth = indices.shape[indices.shape.length - 1]!;
  const lead = indices.shape.slice(0, -1);
  checkCoordinates(indices, x.shape, (s) => `shape ${s}`);
  const want = [...lead, ...x.shape.slice(depth)];
  const src = updates.expand({ shape: want }) as Value;
  if (how === "max" || how === "min") {
    const rest = size(x.shape.slice(depth));
    const rows = size(x.shape.slice(0, depth));
    const flat = flatRows(numbers(indices), depth, x.shape);
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
  moving(
    row(([x, indices, updates]) => {
      demand(
        updates!.shape.length > 0,
        () => `Updates shape must have rank at least one. Found:${shown(updates!.shape)}`,
      );
      demand(
        x!.size > 0 && x!.shape.length > 0 ? true : updates!.size === 0,
        () => "Indices and updates specified for empty output shape",
      );
      const lead = indices!.shape.slice(0, -1);
      demand(
        lead.every((d, i) => updates!.shape[i] === d),
        () =>
          `Outer dimensions of indices and update must match. Indices shape: ${shown(indices!.shape)}, updates shape:${shown(updates!.shape)}`,
      );
      return scatteredNd(x!, indices!, updates!, how);
    }, same),
  );

/** Updates have the indices' leading lengths, then those of what is left of the tensor. */
function checkUpdates(
  shape: readonly number[],
  indices: readonly number[],
  updates: readonly number[],
): void {
  const outer = Math.max(indices.length - 1, 1);
  if (indices.length < 2)
    demand(
      indices[0] === updates[0],
      () =>
        `Dimensions [0,1) of indices[shape=${shown(indices)}] = ${indices[0]} must match dimensions [0,1) of updates[shape=${shown(updates)}] = ${updates[0]}`,
    );
  const depth = indices.length < 2 ? 1 : indices[indices.length - 1]!;
  demand(
    Array.from({ length: outer }).every((_, i) => updates[i] === indices[i]),
    () =>
      `Dimensions [0,${outer}) of indices[shape=${shown(indices)}] must match dimensions [0,${outer}) of updates[shape=${shown(updates)}]`,
  );
  const rest = shape.slice(depth);
  demand(
    depth <= shape.length &&
      rest.length === updates.length - outer &&
      rest.every((d, i) => updates[outer + i] === d),
    () =>
      `Dimensions [${depth},${shape.length}) of input[shape=${shown(shape)}] must match dimensions [${outer},${updates.length}) of updates[shape=${shown(updates)}]`,
  );
}

/** Elements put at places. */
export const scattering: Readonly<Record<string, OpRow>> = {
  ScatterNd: moving(
    row(
      ([indices, updates, shape]) => {
        const want = numbers(shape!);
        demand(
          size(want) > 0 || (indices!.size === 0 && updates!.size === 0),
          () => `Indices and updates specified for empty output.  indices shape: ${shown(indices!.shape)}`,
        );
        checkUpdates(want, indices!.shape, updates!.shape);
        return scatteredNd(filled(updates!, want, 0), indices!, updates!, "add");
      },
      (c) => [knownInts(c, 2) ?? null],
    ),
  ),
  TensorScatterUpdate: tensorScatter("update"),
  TensorScatterAdd: tensorScatter("add"),
  TensorScatterSub: tensorScatter("sub"),
  TensorScatterMax: tensorScatter("max"),
  TensorScatterMin: tensorScatter("min"),
};
