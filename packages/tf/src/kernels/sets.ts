import { int32, int64 } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import type { Datum, OpRow } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { indicesOf, joined, picked, placesOf, rankOf, sparseDims } from "./sparse-parts.js";
import { demand, intsValue, numbers, reshape, size } from "./tools.js";

/* Sets in the last axis of dense and sparse tensors. */

type Key = number | string;
/** Sets by the flat places of their groups: each element with the place where its value stands. */
interface Sets {
  readonly lead: readonly number[];
  readonly values: Datum;
  readonly groups: ReadonlyMap<number, ReadonlyMap<Key, number>>;
}
const keysOf = (x: Datum): readonly Key[] => (x instanceof StringArray ? x.data : numbers(x as Value));
const flat = (x: Datum): Datum =>
  x instanceof StringArray
    ? new StringArray([x.size], x.data)
    : reshape(x as Value, [size((x as Value).shape)]);

function grouped(lead: readonly number[], values: Datum, groupOf: (i: number) => number, first = 0): Sets {
  const groups = new Map<number, Map<Key, number>>();
  keysOf(values).forEach((key, i) => {
    const at = groupOf(i);
    const known = groups.get(at) ?? new Map<Key, number>();
    groups.set(at, known);
    if (!known.has(key)) known.set(key, first + i);
  });
  return { lead, values, groups };
}
function dense(x: Datum, first = 0): Sets {
  const shape = (x as Value | StringArray).shape;
  demand(shape.length >= 2, () => `Shape [${shape}] has rank ${shape.length} < 2`);
  const width = shape[shape.length - 1]!;
  return grouped(shape.slice(0, -1), flat(x), (i) => Math.floor(i / width), first);
}
function sparse(indices: Datum, values: Datum, shape: Datum, first = 0): Sets {
  const lead = numbers(shape as Value).slice(0, -1);
  const groups = placesOf(indices).map((p) => lead.reduce((at, d, k) => at * d + p[k]!, 0));
  return grouped(lead, values, (i) => groups[i]!, first);
}

const NONE: ReadonlyMap<Key, number> = new Map();
type Pick = (a: ReadonlyMap<Key, number>, b: ReadonlyMap<Key, number>) => [Key, number][];
const PICKS: Readonly<Record<string, Pick>> = {
  intersection: (a, b) => [...a].filter(([key]) => b.has(key)),
  union: (a, b) => [...a, ...[...b].filter(([key]) => !a.has(key))],
  "a-b": (a, b) => [...a].filter(([key]) => !b.has(key)),
  "b-a": (a, b) => [...b].filter(([key]) => !a.has(key)),
};
const inOrder = ([a]: [Key, number], [b]: [Key, number]): number => (a < b ? -1 : a > b ? 1 : 0);

/** The place of a group along the leading axes. */
function placeOf(group: number, lead: readonly number[]): number[] {
  let rest = group;
  return lead
    .map((_, k) => lead[lead.length - 1 - k]!)
    .map((d) => {
      const at = rest % d;
      rest = Math.floor(rest / d);
      return at;
    })
    .reverse();
}

/** Two tensors' sets put together, group by group: indices, values and shape of the result. */
function together(a: Sets, b: Sets, how: string): readonly Datum[] {
  if (a.lead.join() !== b.lead.join())
    throw new KernelProblem(`Mismatched shapes [${a.lead}] vs [${b.lead}]`);
  const pick = PICKS[how];
  if (!pick) throw new KernelProblem(`Invalid set_operation ${how}.`);
  const groups = [...new Set([...a.groups.keys(), ...b.groups.keys()])].sort((x, y) => x - y);
  const places: number[][] = [];
  const at: number[] = [];
  let most = 0;
  for (const group of groups) {
    const found = pick(a.groups.get(group) ?? NONE, b.groups.get(group) ?? NONE).sort(inOrder);
    most = Math.max(most, found.length);
    const place = placeOf(group, a.lead);
    found.forEach(([, source], k) => {
      places.push([...place, k]);
      at.push(source);
    });
  }
  return [
    indicesOf(places, a.lead.length + 1),
    picked(joined([a.values, b.values]), at),
    intsValue([...a.lead, most], int64),
  ];
}
const lengthOf = (x: Datum): number => (x as Value | StringArray).shape.reduce((n, d) => n * d, 1);
const rankOfDense = (dims: readonly (number | null)[] | null | undefined): number | null =>
  dims?.length ?? null;

/** Operations on sets. */
export const setRows: Readonly<Record<string, OpRow>> = {
  DenseToDenseSetOperation: {
    run: ([a, b], attrs) => together(dense(a!), dense(b!, lengthOf(a!)), attrs.text("set_operation")),
    shape: (c) => sparseDims(rankOfDense(c.shapes[0] ?? c.shapes[1])),
  },
  DenseToSparseSetOperation: {
    run: ([a, indices, values, shape], attrs) =>
      together(dense(a!), sparse(indices!, values!, shape!, lengthOf(a!)), attrs.text("set_operation")),
    shape: (c) => sparseDims(rankOfDense(c.shapes[0]) ?? rankOf(c, 1)),
  },
  SparseToSparseSetOperation: {
    run: ([i, v, s, indices, values, shape], attrs) =>
      together(
        sparse(i!, v!, s!),
        sparse(indices!, values!, shape!, lengthOf(v!)),
        attrs.text("set_operation"),
      ),
    shape: (c) => sparseDims(rankOf(c, 0) ?? rankOf(c, 3)),
  },
  SetSize: {
    run: ([indices, values, shape]) => {
      const { lead, groups } = sparse(indices!, values!, shape!);
      const sizes = Array.from({ length: size(lead) }, (_, group) => groups.get(group)?.size ?? 0);
      return reshape(intsValue(sizes, int32), lead);
    },
    shape: (c) => {
      const rank = c.shapes[2]?.[0] ?? rankOf(c, 0);
      return [rank === null ? null : new Array<null>(rank - 1).fill(null)];
    },
  },
};
