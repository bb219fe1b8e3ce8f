import { type DType, onArrays, tensordot as tensordotOf } from "@cognate/kernel";
import {
  type ArrayLike,
  contraction,
  type DTypeLike,
  deliverTo,
  givenKernel,
  type Item,
  itemOf,
  type ndarray,
  shapeText,
} from "@cognate/ndarray/core";
import { def, IndexError, ValueError } from "@cognate/py";
import { flattened, multiply, ops, reshaped, run, type Strided, strided, upTo, wrap } from "../internal.js";
import { moveaxis } from "../manipulation/arranging.js";

const typed = (a: Strided, b: Strided, dtype?: DType): readonly [Strided, Strided] =>
  contraction.alike(a, b, dtype);

/** Σ over the last axes of both. @throws ValueError where they differ */
export const inner = def("numpy.inner", "a b", (a: ArrayLike, b: ArrayLike): Item => {
  const [x, y] = [strided(a), strided(b)];
  if (x.rank === 0 || y.rank === 0) return multiply(a, b);
  const [k, m] = [x.shape.at(-1)!, y.shape.at(-1)!];
  if (k !== m) {
    // NumPy's words are those of dot on b with its last two axes exchanged.
    const at = Math.max(y.rank - 2, 0);
    const turned = [...y.shape.slice(0, at), ...y.shape.slice(at).reverse()];
    throw new ValueError(
      `shapes ${shapeText(x.shape)} and ${shapeText(turned)} not aligned: ${k} (dim ${x.rank - 1}) != ${m} (dim ${at})`,
    );
  }
  const [p, q] = typed(x, y);
  return itemOf(onArrays(([u, v]) => tensordotOf(u!, v!, [x.rank - 1], [y.rank - 1]), [p, q]));
});

/** All products of an element of each, as a matrix. */
export const outer = def(
  "numpy.outer",
  "a b out",
  (a: ArrayLike, b: ArrayLike, out: ndarray | null = null): ndarray => {
    const [x, y] = [flattened(strided(a)), flattened(strided(b))];
    return multiply.impl(wrap(reshaped(x, [x.size, 1])), wrap(reshaped(y, [1, y.size])), out);
  },
);

/** Σ conj(a)·b over all elements in order. @throws ValueError */
export const vdot = def("numpy.vdot", "a b", (a: ArrayLike, b: ArrayLike): Item => {
  const [x, y] = [flattened(strided(a)), flattened(strided(b))];
  if (x.size !== y.size)
    throw new ValueError(`cannot reshape array of size ${y.size} into shape ${shapeText(x.shape)}`);
  return itemOf(contraction.dotArrays(run(ops.conj, undefined, x), y));
});

/** Every element of a times the whole of b, laid out as blocks. */
export const kron = def("numpy.kron", "a b", (a: ArrayLike, b: ArrayLike): Item => {
  const [x, y] = [strided(a), strided(b)];
  if (x.rank === 0 || y.rank === 0) return multiply(a, b);
  const rank = Math.max(x.rank, y.rank);
  const lift = (v: Strided): number[] => [...upTo(rank - v.rank).map(() => 1), ...v.shape];
  const [s, t] = [lift(x), lift(y)];
  const [p, q] = typed(x, y);
  const left = reshaped(
    p,
    s.flatMap((n) => [n, 1]),
  );
  const right = reshaped(
    q,
    t.flatMap((n) => [1, n]),
  );
  return itemOf(
    reshaped(
      run(ops.mul, undefined, left, right),
      s.map((n, i) => n * t[i]!),
    ),
  );
});

type Axes = number | readonly [number | readonly number[], number | readonly number[]];

/** Σ a·b over pairs of axes: the last `axes` of a with the first of b, or the lists given. @throws ValueError */
export const tensordot = def(
  "numpy.tensordot",
  "a b axes",
  (a: ArrayLike, b: ArrayLike, axes: Axes = 2): Item => {
    const [x, y] = [strided(a), strided(b)];
    const given: readonly [number[], number[]] =
      typeof axes === "number"
        ? [upTo(Math.max(axes, 0)).map((i) => x.rank - axes + i), upTo(Math.max(axes, 0))]
        : [[axes[0]].flat() as number[], [axes[1]].flat() as number[]];
    if (given[0].length !== given[1].length) throw new ValueError("shape-mismatch for sum");
    const [ia, ib] = given.map((list, k) =>
      list.map((d) => {
        const { rank } = k === 0 ? x : y;
        if (d < -rank || d >= rank) throw new IndexError("tuple index out of range");
        return d < 0 ? d + rank : d;
      }),
    ) as [number[], number[]];
    if (ia.length !== ib.length || ia.some((d, i) => x.shape[d] !== y.shape[ib[i]!]))
      throw new ValueError("shape-mismatch for sum");
    const [p, q] = typed(x, y);
    return itemOf(onArrays(([u, v]) => tensordotOf(u!, v!, ia, ib), [p, q]));
  },
);

type Out = ndarray | null;
const signature = "x1 x2 out * casting order dtype subok axes axis keepdims";

/** Arguments of generalised products. */
const product =
  (name: string, core: (a: Strided, b: Strided) => Strided) =>
  (
    x1: ArrayLike,
    x2: ArrayLike,
    out: Out = null,
    _casting = "same_kind",
    _order = "K",
    dtype: DTypeLike | null = null,
    _subok = true,
    _axes: unknown = null,
    axis = -1,
    keepdims = false,
  ): Item => {
    const wanted = givenKernel(dtype);
    const moved = (x: ArrayLike): Strided =>
      axis === -1 || name !== "vecdot" ? strided(x) : moveaxis.impl(x, axis, -1)._a;
    const [a, b] = typed(moved(x1), moved(x2), wanted);
    const y = core(a, b);
    return deliverTo(keepdims ? reshaped(y, [...y.shape, 1]) : y, out, name);
  };

/** @throws ValueError where operands lack the axes that a product works on, or where those differ */
const checkCore = (
  name: string,
  ranks: readonly (readonly [number, number])[],
  sizes: readonly [number, number],
  form: string,
): void => {
  ranks.forEach(([has, requires], i) => {
    if (has < requires)
      throw new ValueError(
        `${name}: Input operand ${i} does not have enough dimensions (has ${has}, gufunc core with signature ${form} requires ${requires})`,
      );
  });
  if (sizes[0] !== sizes[1])
    throw new ValueError(
      `${name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${form} (size ${sizes[1]} is different from ${sizes[0]})`,
    );
};

/** Σ conj(x1)·x2 over the last axis, the others stretched together. */
export const vecdot = def(
  "numpy.vecdot",
  signature,
  product("vecdot", (a, b) => {
    checkCore(
      "vecdot",
      [
        [a.rank, 1],
        [b.rank, 1],
      ],
      [a.shape.at(-1)!, b.shape.at(-1)!],
      "(n),(n)->()",
    );
    const y = run(
      ops.matmul,
      undefined,
      reshaped(run(ops.conj, undefined, a), [...a.shape.slice(0, -1), 1, a.shape.at(-1)!]),
      reshaped(b, [...b.shape, 1]),
    );
    return reshaped(y, y.shape.slice(0, -2));
  }),
);
/** Matrices times vectors over the last axes, the others stretched together. */
export const matvec = def(
  "numpy.matvec",
  signature,
  product("matvec", (a, b) => {
    checkCore(
      "matvec",
      [
        [a.rank, 2],
        [b.rank, 1],
      ],
      [a.shape.at(-1)!, b.shape.at(-1)!],
      "(m,n),(n)->(m)",
    );
    const y = run(ops.matmul, undefined, a, reshaped(b, [...b.shape, 1]));
    return reshaped(y, y.shape.slice(0, -1));
  }),
);
/** Vectors (conjugated) times matrices over the last axes, the others stretched together. */
export const vecmat = def(
  "numpy.vecmat",
  signature,
  product("vecmat", (a, b) => {
    checkCore(
      "vecmat",
      [
        [a.rank, 1],
        [b.rank, 2],
      ],
      [a.shape.at(-1)!, b.shape.at(-2)!],
      "(n),(n,m)->(m)",
    );
    const row = reshaped(run(ops.conj, undefined, a), [...a.shape.slice(0, -1), 1, a.shape.at(-1)!]);
    const y = run(ops.matmul, undefined, row, b);
    return reshaped(y, [...y.shape.slice(0, -2), y.shape.at(-1)!]);
  }),
);

/** Several matrices multiplied in the order that costs least. @throws ValueError */
export function multiDot(arrays: readonly ArrayLike[], out: Out = null): Item {
  const xs = arrays.map((a) => strided(a));
  const n = xs.length;
  if (n < 2) throw new ValueError("Expecting at least two arrays.");
  if (n === 2) return contraction.dot.impl(wrap(xs[0]!), wrap(xs[1]!), out);
  const [first, last] = [xs[0]!.rank, xs[n - 1]!.rank];
  const matrices = xs.map((x, i) => (x.rank === 1 ? reshaped(x, i === 0 ? [1, x.size] : [x.size, 1]) : x));
  const sizes = [...matrices.map((x) => x.shape[0]!), matrices[n - 1]!.shape[1]!];
  const cost = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const cut = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let span = 1; span < n; span++)
    for (let i = 0; i + span < n; i++) {
      const j = i + span;
      cost[i]![j] = Number.POSITIVE_INFINITY;
      for (let k = i; k < j; k++) {
        const c = cost[i]![k]! + cost[k + 1]![j]! + sizes[i]! * sizes[k + 1]! * sizes[j + 1]!;
        if (c < cost[i]![j]!) [cost[i]![j], cut[i]![j]] = [c, k];
      }
    }
  const multiplied = (i: number, j: number): Strided =>
    i === j
      ? matrices[i]!
      : contraction.dotArrays(multiplied(i, cut[i]![j]!), multiplied(cut[i]![j]! + 1, j));
  let y = multiplied(0, n - 1);
  if (first === 1) y = reshaped(y, y.shape.slice(1));
  if (last === 1) y = reshaped(y, y.shape.slice(0, -1));
  return deliverTo(y, out, "multi_dot");
}
