import {
  castTo,
  contiguous,
  float64,
  int64,
  type OpRow,
  ops,
  type Strided,
  scalarArray,
} from "@cognate/kernel";
import { anyRow } from "../any-row.js";
import { LuaError } from "../errors.js";
import { readElement } from "../tensor/elements.js";
import { axis, TensorImpl } from "../tensor/tensor.js";
import { fresh, plain, store } from "./make.js";

/* Sums, extremes, orders: of everything they give a number, along an axis (kept with length 1) tensors. */

const numberOf = (y: Strided): number => readElement(y, y.offset);

/** A reduction: `f(x)` is a number, `f(x, dim)` and `f(result, x, dim)` tensors. */
function reduction(name: string, row: OpRow<unknown>) {
  const along = (x: TensorImpl, dim: number): Strided =>
    castTo(
      row.run([x._array], { dims: [axis(x._array, dim, name)], keepdim: true }) as Strided,
      x._array.dtype,
    );
  return plain(name, (...args: readonly unknown[]): number | TensorImpl => {
    const tensors = args.filter((a): a is TensorImpl => a instanceof TensorImpl);
    const rest = args.slice(tensors.length);
    const x = tensors[tensors.length - 1]!;
    if (rest.length === 0) {
      const wide = castTo(x._array, x._array.dtype.kind === "float" ? float64 : int64);
      return numberOf(row.run([wide], {}) as Strided);
    }
    const y = along(x, Number(rest[0]));
    return tensors.length > 1 ? store(tensors[0]!, y) : new TensorImpl(y);
  });
}
reduction("sum", anyRow(ops.sum));
reduction("mean", anyRow(ops.mean));
reduction("prod", anyRow(ops.prod));

/** `var(x [, dim [, flag]])`: with `flag` the divisor is n, not n − 1. */
function spread(name: string, row: OpRow<unknown>): void {
  plain(name, (x: TensorImpl, dim?: number, flag = false): number | TensorImpl => {
    const params = { correction: flag ? 0 : 1 };
    if (dim === undefined) return numberOf(row.run([castTo(x._array, float64)], params) as Strided);
    return new TensorImpl(
      row.run([x._array], {
        ...params,
        dims: [axis(x._array, dim, name)],
        keepdim: true,
      } as object) as Strided,
    );
  });
}
spread("var", anyRow(ops.variance));
spread("std", anyRow(ops.std));

/** `norm(x [, p [, dim]])` */
export const norm = plain("norm", (x: TensorImpl, p = 2, dim?: number): number | TensorImpl => {
  if (dim === undefined) return numberOf(ops.norm.run([castTo(x._array, float64)], { p }) as Strided);
  return new TensorImpl(
    ops.norm.run([x._array], { p, dims: [axis(x._array, dim, "norm")], keepdim: true }) as Strided,
  );
});
/** `dist(x, y [, p])`: the norm of the difference. */
export const dist = plain("dist", (x: TensorImpl, y: TensorImpl, p = 2): number =>
  numberOf(
    ops.norm.run(
      [ops.sub.run([castTo(x._array, float64), castTo(y._array, float64)], undefined as never) as Strided],
      { p },
    ) as Strided,
  ),
);

/** Positions as Torch7 counts them. */
const fromOne = (index: Strided): TensorImpl =>
  new TensorImpl(ops.add.run([castTo(index, int64), scalarArray(1, int64)], undefined as never) as Strided);
type Pair = [TensorImpl, TensorImpl];

/** A row of values and places along an axis, which stays with length 1 if `keep` says so. */
function selecting(row: OpRow<unknown>, x: TensorImpl, params: object, dim: number, keep: boolean): Pair {
  const [y, index] = row.run([x._array], { ...params, dim } as never) as readonly [Strided, Strided];
  const shape = x._array.shape.map((n, i) => (i === dim ? 1 : n));
  const kept = (a: Strided): Strided => (keep ? (ops.reshape.run([a], { shape }) as Strided) : a);
  return [new TensorImpl(kept(y)), fromOne(kept(index))];
}
const lastAxis = (x: TensorImpl): number => x._array.rank;

/** The extreme of everything, or along an axis with where it stands. */
function extreme(name: string, row: OpRow<unknown>, all: OpRow<unknown>): void {
  plain(name, (x: TensorImpl, dim?: number): number | Pair => {
    if (dim === undefined) return numberOf(all.run([x._array], {}) as Strided);
    return selecting(row, x, {}, axis(x._array, dim, name), true);
  });
}
extreme("max", anyRow(ops.maxAlong), anyRow(ops.amax));
extreme("min", anyRow(ops.minAlong), anyRow(ops.amin));

export const median = plain("median", (x: TensorImpl, dim = lastAxis(x)): number | Pair =>
  selecting(anyRow(ops.medianAlong), x, {}, axis(x._array, dim, "median"), true),
);
export const mode = plain(
  "mode",
  (x: TensorImpl, dim = lastAxis(x)): Pair =>
    selecting(anyRow(ops.mode), x, {}, axis(x._array, dim, "mode"), true),
);
export const kthvalue = plain(
  "kthvalue",
  (x: TensorImpl, k: number, dim = lastAxis(x)): Pair =>
    selecting(anyRow(ops.kthvalue), x, { k }, axis(x._array, dim, "kthvalue"), true),
);
/** `sort(x [, dim [, descending]])` */
export const sort = plain(
  "sort",
  (x: TensorImpl, dim: number | boolean = lastAxis(x), descending = false): Pair => {
    const [d, down] = typeof dim === "boolean" ? [lastAxis(x), dim] : [dim, descending];
    return selecting(anyRow(ops.sort), x, { descending: down }, axis(x._array, d, "sort"), false);
  },
);
/** `topk(x, k [, dim [, largest]])`: the k smallest unless `largest`, in order. */
export const topk = plain(
  "topk",
  (x: TensorImpl, k = 1, dim = lastAxis(x), largest = false): Pair =>
    selecting(anyRow(ops.topk), x, { k, largest }, axis(x._array, dim, "topk"), false),
);

for (const [name, row] of [
  ["cumsum", ops.cumsum],
  ["cumprod", ops.cumprod],
] as const)
  plain(name, (...args: readonly unknown[]): TensorImpl => {
    const tensors = args.filter((a): a is TensorImpl => a instanceof TensorImpl);
    const x = tensors[tensors.length - 1]!;
    const dim = axis(x._array, Number(args[tensors.length] ?? 1), name);
    const y = castTo(anyRow(row).run([x._array], { dim }) as Strided, x._array.dtype);
    return tensors.length > 1 ? store(tensors[0]!, y) : new TensorImpl(y);
  });

/** Whether all (any) bytes are not 0. */
export const all = plain(
  "all",
  (x: TensorImpl): boolean => numberOf(ops.all.run([x._array], {}) as Strided) !== 0,
);
export const any = plain(
  "any",
  (x: TensorImpl): boolean => numberOf(ops.any.run([x._array], {}) as Strided) !== 0,
);
/** Whether both tensors have the same size and elements. */
export const equal = plain("equal", (x: TensorImpl, y: TensorImpl): boolean => {
  if (!x.isSameSizeAs(y)) return false;
  const same = ops.eq.run([x._array, castTo(y._array, x._array.dtype)], undefined as never) as Strided;
  return numberOf(ops.all.run([same], {}) as Strided) !== 0;
});

/** `histc(x [, bins [, min, max]])`: counts in bins of equal width. */
export const histc = fresh("histc", {
  t: ([x]) => counts(x as Strided, 100, 0, 0),
  tn: ([x, n]) => counts(x as Strided, n as number, 0, 0),
  tnnn: ([x, n, low, high]) => counts(x as Strided, n as number, low as number, high as number),
});
function counts(x: Strided, bins: number, low: number, high: number): Strided {
  const flat = contiguous(x).view([x.size], [1]);
  let [from, to] = [low, high];
  if (from === to) {
    from = numberOf(ops.amin.run([flat], {}) as Strided);
    to = numberOf(ops.amax.run([flat], {}) as Strided);
  }
  if (from === to) [from, to] = [from - 1, to + 1];
  if (!(to > from)) throw new LuaError("max must be larger than min");
  const index = ops.floor.run(
    [
      ops.div.run(
        [
          ops.mul.run(
            [ops.sub.run([flat, from], undefined as never) as Strided, bins],
            undefined as never,
          ) as Strided,
          to - from,
        ],
        undefined as never,
      ) as Strided,
    ],
    undefined as never,
  ) as Strided;
  const inside = ops.logicalAnd.run(
    [
      ops.ge.run([flat, from], undefined as never) as Strided,
      ops.le.run([flat, to], undefined as never) as Strided,
    ],
    undefined as never,
  ) as Strided;
  const bin = castTo(
    ops.clampMax.run(
      [ops.clampMin.run([index, 0], undefined as never) as Strided, bins - 1],
      undefined as never,
    ) as Strided,
    int64,
  );
  const zero = scalarArray(0, x.dtype);
  const start = ops.expand.run([zero], { shape: [bins] }) as Strided;
  return ops.scatterAdd.run([castTo(start, x.dtype), bin, castTo(inside, x.dtype)], { dim: 0 }) as Strided;
}
/** Slices along an axis scaled down to a norm of at most `max`. */
export const renorm = plain("renorm", (x: TensorImpl, p: number, dim: number, max: number): TensorImpl => {
  const d = axis(x._array, dim, "renorm");
  const dims = x._array.shape.map((_, i) => i).filter((i) => i !== d);
  const lengths = ops.norm.run([x._array], { p, dims, keepdim: true }) as Strided;
  const scale = ops.div.run(
    [max as never, ops.clampMin.run([lengths, max], undefined as never) as Strided],
    undefined as never,
  ) as Strided;
  return new TensorImpl(ops.mul.run([x._array, scale], undefined as never) as Strided);
});
