import { int64, ops } from "@cognate/kernel";
import type { Datum, Dims, ShapeContext } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { filled, intsValue, numbers, reshape, rowsAt, run } from "./tools.js";

/* What operations on sparse tensors have in common: places as lists, values that are picked and added up. */

/** The places of a sparse tensor, one list each. */
export function placesOf(indices: Datum): number[][] {
  const [n = 0, rank = 0] = (indices as Value).shape;
  const list = numbers(indices as Value);
  return Array.from({ length: n }, (_, i) => list.slice(i * rank, (i + 1) * rank));
}

/** Lists of places as indices. */
export const indicesOf = (places: readonly (readonly number[])[], rank: number): Value =>
  reshape(intsValue(places.flat(), int64), [places.length, rank]);

/** Which of two places comes first where the last axis runs fastest. */
export function inOrder(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

/** The numbers of the places from first to last; equal ones stay as they were. */
export const sortedOrder = (places: readonly (readonly number[])[]): number[] =>
  places.map((_, i) => i).sort((i, j) => inOrder(places[i]!, places[j]!) || i - j);

/** Some elements of a vector, texts too. */
export const picked = (values: Datum, at: readonly number[]): Datum =>
  values instanceof StringArray
    ? new StringArray(
        [at.length],
        at.map((i) => values.data[i]!),
      )
    : rowsAt(values as Value, intsValue(at, int64));

/** Vectors one after the other, texts too. */
export const joined = (parts: readonly Datum[]): Datum =>
  parts[0] instanceof StringArray
    ? new StringArray(
        [parts.reduce((n, p) => n + (p as StringArray).size, 0)],
        parts.flatMap((p) => [...(p as StringArray).data]),
      )
    : run(ops.cat, parts as readonly Value[], { dim: 0 });

/** Rows added up by the numbers of the groups that they belong to. */
export const addedUp = (rows: Value, groups: readonly number[], count: number): Value =>
  filled(rows, [count, ...rows.shape.slice(1)], 0).indexPut(rows, {
    indices: [intsValue([...groups], int64).array],
    accumulate: true,
  }) as Value;

/** Numbers of the groups that equal keys make, in the order of their first appearance. */
export function groupsOf(keys: readonly string[]): { group: number[]; first: number[] } {
  const seen = new Map<string, number>();
  const first: number[] = [];
  const group = keys.map((k, i) => {
    const known = seen.get(k);
    if (known !== undefined) return known;
    seen.set(k, first.length);
    return first.push(i) - 1;
  });
  return { group, first };
}

/** Where a place lies in a dense tensor laid out flat. */
export const flatPlace = (place: readonly number[], shape: readonly number[]): number =>
  place.reduce((at, p, k) => at * shape[k]! + p, 0);

/** The rank of an input of indices, `null` where unknown. */
export const rankOf = (c: ShapeContext, input: number): number | null => c.shapes[input]?.[1] ?? null;
/** Static shapes of a sparse tensor of unknown length. */
export const sparseDims = (rank: number | null): Dims[] => [[null, rank], [null], [rank]];
