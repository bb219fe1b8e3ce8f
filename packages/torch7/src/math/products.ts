import { castTo, ops, type Strided } from "@cognate/kernel";
import { LuaError } from "../errors.js";
import { readElement } from "../tensor/elements.js";
import { TensorImpl } from "../tensor/tensor.js";
import { type Forms, into, plain } from "./make.js";

/* Products of vectors, matrices and stacks of matrices, after the BLAS. */

type X = Strided | number;
const matmul = (a: Strided, b: Strided): Strided => {
  if (a.shape[a.rank - 1] !== b.shape[b.rank - 2])
    throw new LuaError(`size mismatch, m1: [${a.shape.join(" x ")}], m2: [${b.shape.join(" x ")}]`);
  return ops.matmul.run([a, castTo(b, a.dtype)], undefined) as Strided;
};
const column = (v: Strided): Strided => ops.reshape.run([v], { shape: [v.size, 1] }) as Strided;
const row = (v: Strided): Strided => ops.reshape.run([v], { shape: [1, v.size] }) as Strided;
const vector = (m: Strided): Strided => ops.reshape.run([m], { shape: [m.size] }) as Strided;
const sumFirst = (x: Strided): Strided => ops.sum.run([x], { dims: [0], dtype: x.dtype }) as Strided;

const need = (name: string, x: X, rank: number): Strided => {
  const a = x as Strided;
  if (a.rank !== rank) throw new LuaError(`${name}: ${rank}D tensor expected, got ${a.rank}D`);
  return a;
};
const PRODUCTS = {
  mm: (a: X, b: X) => matmul(need("mm", a, 2), need("mm", b, 2)),
  mv: (a: X, b: X) => vector(matmul(need("mv", a, 2), column(need("mv", b, 1)))),
  ger: (a: X, b: X) => matmul(column(need("ger", a, 1)), row(need("ger", b, 1))),
  bmm: (a: X, b: X) => matmul(need("bmm", a, 3), need("bmm", b, 3)),
} as const;

/** `v1·M + v2·(a b)`, either factor left out. */
const plus = (product: (a: X, b: X) => Strided): Forms => {
  const times = (x: Strided, v: X): Strided => ops.mul.run([x, v as number], undefined as never) as Strided;
  const sum = (m: X, y: Strided): Strided => {
    const left = m as Strided;
    if (left.size !== y.size)
      throw new LuaError(`size mismatch: [${left.shape.join(" x ")}] and [${y.shape.join(" x ")}]`);
    return ops.add.run([left, y], undefined as never) as Strided;
  };
  return {
    ttt: ([m, a, b]) => sum(m!, product(a!, b!)),
    tntt: ([m, v, a, b]) => sum(m!, times(product(a!, b!), v!)),
    nttt: ([v, m, a, b]) => sum(times(m as Strided, v!), product(a!, b!)),
    ntntt: ([v, m, w, a, b]) => sum(times(m as Strided, v!), times(product(a!, b!), w!)),
  };
};
for (const [name, product] of Object.entries(PRODUCTS)) into(name, { tt: ([a, b]) => product(a!, b!) });
into("addmm", plus(PRODUCTS.mm));
into("addmv", plus(PRODUCTS.mv));
into("addr", plus(PRODUCTS.ger));
into("baddbmm", plus(PRODUCTS.bmm));
into(
  "addbmm",
  plus((a, b) => sumFirst(PRODUCTS.bmm(a, b))),
);

/** The sum of the products of elements. */
export const dot = plain("dot", (x: TensorImpl, y: TensorImpl): number => {
  if (x._array.size !== y._array.size) throw new LuaError("inconsistent tensor size");
  const flat = (t: TensorImpl): Strided =>
    ops.reshape.run([t._array], { shape: [1, t._array.size] }) as Strided;
  const z = matmul(flat(x), column(flat(y)));
  return readElement(z, z.offset);
});
/** The sum of the diagonal. */
export const trace = plain("trace", (x: TensorImpl): number => {
  if (x._array.rank !== 2) throw new LuaError("expected a matrix");
  const z = ops.sum.run([ops.diagonal.run([x._array], {}) as Strided], {}) as Strided;
  return readElement(z, z.offset);
});
/** The cross product along an axis of length 3 (the first such one). */
export const cross = plain("cross", (x: TensorImpl, y: TensorImpl, dim?: number): TensorImpl => {
  const d = dim === undefined ? x._array.shape.indexOf(3) : dim - 1;
  if (x._array.shape[d] !== 3) throw new LuaError("dimension of size 3 required");
  const turn = (t: TensorImpl, by: number): Strided =>
    ops.roll.run([t._array], { shifts: [by], dims: [d] }) as Strided;
  const times = (a: Strided, b: Strided): Strided => ops.mul.run([a, b], undefined as never) as Strided;
  return new TensorImpl(
    ops.sub.run(
      [times(turn(x, 2), turn(y, 1)), times(turn(x, 1), turn(y, 2))],
      undefined as never,
    ) as Strided,
  );
});
