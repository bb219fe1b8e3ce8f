import { fingerprint } from "@cognate/keras/tensorflow";
import { contiguous, int64 } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import type { Datum, OpRow } from "../core/row.js";
import { bytesOf, StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";

import { indicesOf, picked, placesOf, rankOf, sparseDims } from "./sparse-parts.js";
import { demand, filled, intsValue, number, numbers, reshape, valueOf } from "./tools.js";

/* How often numbers stand in rows, and the combinations of what stands in several. */

const ints = (list: readonly number[]): Value => intsValue([...list], int64);

/** Counts of numbers by rows, as a sparse tensor of those that stand there. */
function counts(
  rows: readonly (readonly (readonly [value: number, at: number])[])[],
  weights: Value,
  a: Attrs,
  lead: readonly number[],
): Datum[] {
  const [least, most] = [a.int("minlength"), a.int("maxlength")];
  const binary = a.bool("binary_output");
  const places: number[][] = [];
  const from: number[] = [];
  const into: number[] = [];
  let largest = -1;
  rows.forEach((row, r) => {
    const seen = new Map<number, number[]>();
    for (const [v, at] of row) {
      demand(v >= 0, () => "Input values must all be non-negative");
      largest = Math.max(largest, v);
      if (most >= 0 && v >= most) continue;
      const known = seen.get(v);
      if (known) known.push(at);
      else seen.set(v, [at]);
    }
    for (const [v, list] of [...seen].sort(([x], [y]) => x - y)) {
      places.push(lead.length > 0 ? [r, v] : [v]);
      for (const at of binary ? list.slice(0, 1) : list) {
        from.push(at);
        into.push(places.length - 1);
      }
    }
  });
  const own =
    weights.size > 0
      ? (picked(reshape(weights, [weights.size]), from) as Value)
      : filled(weights, [from.length], 1);
  const total = filled(weights, [places.length], 0).indexPut(own, {
    indices: [ints(into).array],
    accumulate: true,
  }) as Value;
  const width = most >= 0 ? most : Math.max(largest + 1, least);
  return [indicesOf(places, lead.length + 1), total, ints([...lead, width])];
}
const checkWeights = (weights: Value, size: number): void =>
  demand(
    weights.size === 0 || weights.size === size,
    () =>
      `Weights and values must have the same number of elements. Weights: ${weights.size}, values: ${size}`,
  );

const denseCount: OpRow = {
  run: ([values, weights], a) => {
    const x = values as Value;
    demand(x.shape.length <= 2, () => `Input must be a 1 or 2-dimensional tensor. Got: ${x.shape.length}`);
    checkWeights(weights as Value, x.size);
    const list = numbers(x).map((v, i) => [v, i] as const);
    const many = x.shape.length === 2 ? x.shape[0]! : 1;
    const each = list.length / (many || 1);
    const rows = Array.from({ length: many }, (_, r) => list.slice(r * each, (r + 1) * each));
    return counts(rows, weights as Value, a, x.shape.length === 2 ? [many] : []);
  },
  shape: (c) => sparseDims(c.shapes[0]?.length ?? null),
};
const sparseCount: OpRow = {
  run: ([indices, values, shape, weights], a) => {
    const dims = numbers(shape as Value);
    checkWeights(weights as Value, (values as Value).size);
    const matrix = dims.length > 1;
    const rows = Array.from({ length: matrix ? dims[0]! : 1 }, () => [] as [number, number][]);
    const list = numbers(values as Value);
    placesOf(indices!).forEach((p, i) => {
      const r = matrix ? p[0]! : 0;
      if (r < 0 || r >= rows.length)
        throw new KernelProblem(
          `Index value along the first dimension must be lower than the first dimension of the shape. Got ${r} as batch and ${dims[0]} as the first dimension of the shape.`,
        );
      rows[r]!.push([list[i]!, i]);
    });
    return counts(rows, weights as Value, a, matrix ? [dims[0]!] : []);
  },
  shape: (c) => sparseDims(rankOf(c, 0)),
};
/** Counts of the values of sparse rows as a dense matrix. */
const sparseBincount: OpRow = {
  run: ([indices, values, shape, size, weights], a) => {
    const dims = numbers(shape as Value);
    const n = number(size as Value);
    demand(n >= 0, () => `size (${n}) must be non-negative`);
    const w = weights as Value;
    const matrix = dims.length > 1;
    const rows = matrix ? dims[0]! : 1;
    const list = numbers(values as Value);
    demand(
      list.every((v) => v >= 0),
      () => "Input must be non-negative",
    );
    const kept = list.flatMap((v, i) => (v < n ? [i] : []));
    const places = placesOf(indices!);
    const at = kept.map((i) => (matrix ? places[i]![0]! : 0) * n + list[i]!);
    const binary = a.bool("binary_output");
    const own = w.size > 0 && !binary ? (picked(w, kept) as Value) : filled(w, [kept.length], 1);
    const y = filled(w, [rows * n], 0).indexPut(own, { indices: [ints(at).array], accumulate: !binary });
    return matrix ? reshape(y as Value, [rows, n]) : (y as Value);
  },
  shape: (c) => [c.shapes[0]?.[1] === 1 ? [null] : [null, null]],
};

const wide = (x: bigint): bigint => BigInt.asUintN(64, x);
const mixed = (x: bigint): bigint => x ^ (x >> 47n);
const MULTIPLIER = 0xc6a4a7935bd1e995n;
/** Two fingerprints as one. */
function together(a: bigint, b: bigint): bigint {
  let h = a ^ MULTIPLIER;
  h ^= wide(mixed(wide(b * MULTIPLIER)) * MULTIPLIER);
  h = wide(h * MULTIPLIER);
  h = wide(mixed(h) * MULTIPLIER);
  return mixed(h);
}

type Feature = string | bigint;
const features = (x: Datum): Feature[] =>
  x instanceof StringArray
    ? [...x.data]
    : [...(contiguous((x as Value).array).flat() as Iterable<number | bigint>)].map(BigInt);

/** The features of each row: of sparse columns by their places, of dense ones by rows. */
function columnsOf(
  sparse: readonly (readonly [Datum, Datum, Datum])[],
  dense: readonly Datum[],
): Feature[][][] {
  const first = sparse[0]
    ? numbers(sparse[0][2] as Value)[0]!
    : ((dense[0] as Value | undefined)?.shape[0] ?? 0);
  const out = sparse.map(([indices, values]) => {
    const rows: Feature[][] = Array.from({ length: first }, () => []);
    const list = features(values);
    placesOf(indices).forEach((p, i) => rows[p[0]!]?.push(list[i]!));
    return rows;
  });
  for (const d of dense) {
    const { shape } = d as Value;
    const each = shape[1] ?? 1;
    const list = features(d);
    out.push(Array.from({ length: first }, (_, r) => list.slice(r * each, (r + 1) * each)));
  }
  return out;
}

/** Every combination of one feature of each column, row by row; the last column runs fastest. */
function crossed(columns: readonly Feature[][][], join: (parts: readonly Feature[]) => unknown) {
  const places: number[][] = [];
  const made: unknown[] = [];
  const many = columns[0]?.length ?? 0;
  let longest = 0;
  for (let r = 0; r < many; r++) {
    let all: Feature[][] = [[]];
    for (const c of columns) all = all.flatMap((head) => c[r]!.map((f) => [...head, f]));
    all.forEach((parts, k) => {
      places.push([r, k]);
      made.push(join(parts));
    });
    longest = Math.max(longest, all.length);
  }
  return { places, made, shape: ints([many, longest]) };
}

/** Lists of inputs, by how many each attribute says. */
function parts(inputs: readonly Datum[], sparse: number, dense: number) {
  const triples = Array.from(
    { length: sparse },
    (_, i) => [inputs[i]!, inputs[sparse + i]!, inputs[2 * sparse + i]!] as const,
  );
  const own = inputs.slice(3 * sparse, 3 * sparse + dense);
  return { columns: columnsOf(triples, own), rest: inputs.slice(3 * sparse + dense) };
}
const texts = (by: string) => (list: readonly Feature[]) => list.map(String).join(by);
const words = (list: readonly unknown[]): StringArray => new StringArray([list.length], list as string[]);

const cross: OpRow = {
  run: (inputs, a) => {
    const { columns } = parts(inputs, a.int("N"), a.types("dense_types").length);
    if (!a.bool("hashed_output")) {
      const { places, made, shape } = crossed(columns, texts("_X_"));
      return [indicesOf(places, 2), words(made), shape];
    }
    const [key, buckets] = [BigInt(String(a.get("hash_key"))), BigInt(a.int("num_buckets"))];
    const hash = (list: readonly Feature[]): bigint => {
      const h = list.reduce<bigint>(
        (all, f) => together(all, typeof f === "string" ? wide(fingerprint(bytesOf(f))) : wide(f)),
        key,
      );
      return buckets > 0n ? h % buckets : h % 0x7fffffffffffffffn;
    };
    const { places, made, shape } = crossed(columns, hash);
    return [indicesOf(places, 2), made.length === 0 ? ints([]) : valueOf(made, int64), shape];
  },
  shape: () => sparseDims(2),
};
const crossV2: OpRow = {
  run: (inputs, a) => {
    const { columns, rest } = parts(inputs, a.int("N"), a.types("dense_types").length);
    const { places, made, shape } = crossed(columns, texts((rest[0] as StringArray).data[0]!));
    return [indicesOf(places, 2), words(made), shape];
  },
  shape: () => sparseDims(2),
};

export const sparseCounts: Readonly<Record<string, OpRow>> = {
  DenseCountSparseOutput: denseCount,
  SparseCountSparseOutput: sparseCount,
  SparseBincount: sparseBincount,
  SparseCross: cross,
  SparseCrossV2: crossV2,
};
