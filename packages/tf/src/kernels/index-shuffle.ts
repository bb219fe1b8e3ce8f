import { castTo, contiguous, int64, rng } from "@cognate/kernel";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { broadcastDims, castValue, demand, reshape, valueOf } from "./tools.js";

const bigs = (v: Value): bigint[] =>
  Array.from(castTo(contiguous(v.array), int64).flat() as Iterable<bigint>, BigInt);
const unsigned = (v: bigint): bigint => BigInt.asUintN(64, v);

/** Where indices stand in random orders of 0 … max_index; a vector of them, or of orders, gives a vector. */
export const indexShuffle: OpRow = row(
  ([index, seed, most], attrs) => {
    const [i, s, m] = [index!, seed!, most!];
    const n = Math.max(i.size, m.size, Math.trunc(s.size / 3));
    const fits = (v: Value): boolean => v.shape.length === 0 || (v.shape.length === 1 && v.shape[0] === n);
    const shown = (v: Value): string => `[${v.shape.join(",")}]`;
    demand(fits(i), () => "Index bust be a scalar or vector.");
    demand(
      s.shape.length === 1 ? s.shape[0] === 3 : s.shape.length === 2 && s.shape[0] === n && s.shape[1] === 3,
      () => `Seed must be a vector of size [3] or a matrix of size [${n}, 3] but got ${shown(s)}.`,
    );
    demand(
      fits(m),
      () => `Maxval must be a scalar or a vector of the same size as index but got ${shown(m)}`,
    );
    const [indices, seeds, ends] = [bigs(i), bigs(s), bigs(m)];
    const key = (row_: number): [number, number, number] => {
      const at = (k: number): number => Number(BigInt.asUintN(32, seeds[3 * row_ + k]!));
      return [at(0), at(1), at(2)];
    };
    const found = Array.from({ length: n }, (_, k) =>
      BigInt.asIntN(
        64,
        rng.shuffledIndex(
          unsigned(indices[i.shape.length === 0 ? 0 : k]!),
          key(s.shape.length === 1 ? 0 : k),
          unsigned(ends[m.shape.length === 0 ? 0 : k]!),
          attrs.int("rounds"),
        ),
      ),
    );
    const single = i.shape.length === 0 && s.shape.length === 1 && m.shape.length === 0;
    return castValue(reshape(valueOf(found, int64), single ? [] : [n]), i.dtype);
  },
  ({ shapes: [i, s, m] }) => {
    if (!i || !s || !m) return [null];
    return [broadcastDims(broadcastDims(i, m), s.length === 2 ? [s[0]!] : [])];
  },
);
