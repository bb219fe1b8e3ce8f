import {
  tensordot as contracted,
  type DType,
  eye,
  isComplex,
  isInteger,
  type Scalar as KernelScalar,
  ops,
  SingularError,
} from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, Value } from "@cognate/tensor";
import { inTorchWords } from "../errors.js";
import { scalarName } from "../promotion.js";
import { type Scalar, type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { axis, deliver, type Int, int, kernelScalar, named, shown, valueOf, weakLike } from "./args.js";
import { expandedShape } from "./geometry.js";
import { alike, dotOf, matmulOf, mmOf, mvOf, product, unmultipliable } from "./matmul.js";
import { promote } from "./operands.js";
import { expandOf, reshapeOf } from "./views.js";
import { overwrite, written } from "./writing.js";

const binary = <const S extends string>(name: string, signature: S, f: (a: Value, b: Value) => Value) =>
  def(
    `torch.${name}`,
    signature,
    (input: TensorLike, other: TensorLike, out: Tensor | null = null): Tensor => {
      const [a, b] = [valueOf(input), valueOf(other)];
      const y = f(a, b);
      return deliver(weakLike(y, a, b), out, name);
    },
  );

/** The matrix product `input @ other`: of vectors, matrices, or batches of matrices whose leading axes stretch. */
export const matmul = binary("matmul", "input|x|a|x1 other|x2 * out", matmulOf);

/** The product of two matrices. */
export const mm = binary("mm", "input mat2|other * out", (a, b) => {
  if (a.shape.length !== 2) throw new RuntimeError("self must be a matrix");
  if (b.shape.length !== 2) throw new RuntimeError("mat2 must be a matrix");
  return mmOf(a, b);
});

/** The products of matrices one by one: [B, n, k] and [B, k, m]. */
function bmmOf(a: Value, b: Value): Value {
  if (a.shape.length !== 3) throw new RuntimeError("batch1 must be a 3D tensor");
  if (b.shape.length !== 3) throw new RuntimeError("batch2 must be a 3D tensor");
  const [batch, , k] = a.shape as [number, number, number];
  if (b.shape[0] !== batch || b.shape[1] !== k)
    throw new RuntimeError(
      `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${k}] but got: [${b.shape[0]}, ${b.shape[1]}].`,
    );
  const [x, w] = alike(
    [a, b],
    ([p, q]) => new RuntimeError(`expected scalar type ${scalarName(p!)} but found ${scalarName(q!)}`),
  ) as [Value, Value];
  return named(product(x, w), "BmmBackward0");
}

/** The products of two batches of matrices, one by one. */
export const bmm = binary("bmm", "input mat2|other * out", bmmOf);

/** A matrix times a vector. */
export const mv = binary("mv", "input vec|other * out", (a, v) => {
  if (a.shape.length !== 2 || v.shape.length !== 1)
    throw new RuntimeError(`vector + matrix @ vector expected, got 1, ${a.shape.length}, ${v.shape.length}`);
  return mvOf(a, v);
});

const requireVectors = (a: Value, b: Value): void => {
  if (a.shape.length !== 1 || b.shape.length !== 1)
    throw new RuntimeError(`1D tensors expected, but got ${a.shape.length}D and ${b.shape.length}D tensors`);
};

/** Σ input·other of two vectors. */
export const dot = binary("dot", "input tensor|other * out", (a, b) => {
  requireVectors(a, b);
  return dotOf(a, b);
});

/** {@link dot} with the first vector conjugated. */
export const vdot = binary("vdot", "input other * out", (a, b) => {
  requireVectors(a, b);
  return dotOf(isComplex(a.dtype) ? call(ops.conj, [a], undefined) : a, b, "VdotBackward0");
});

/** Products of all vectors along the last axes. */
export const inner = binary("inner", "input other * out", (a, b) => {
  if (a.shape.length === 0 || b.shape.length === 0) {
    const { inputs } = promote([a, b]);
    return call(ops.mul, inputs, undefined);
  }
  if (a.shape[a.shape.length - 1] !== b.shape[b.shape.length - 1])
    throw new RuntimeError(
      `inner() the last dimension must match on both input tensors but got shapes ${shown(a.shape)} and ${shown(b.shape)}`,
    );
  if (a.shape.length === 1 && b.shape.length === 1) return dotOf(a, b, "ViewBackward0");
  const [x, w] = alike([a, b], () => new RuntimeError("both inputs should have same dtype")) as [
    Value,
    Value,
  ];
  return contracted(x, w, [x.shape.length - 1], [w.shape.length - 1]) as Value;
});

function outerOf(a: Value, b: Value, op = "outer", names = ["self", "vec2"]): Value {
  [a, b].forEach((v, i) => {
    if (v.shape.length !== 1)
      throw new RuntimeError(`${op}: Expected 1-D argument ${names[i]}, but got ${v.shape.length}-D`);
  });
  const { inputs } = promote([reshapeOf(a, [a.size, 1]), b]);
  return call(ops.mul, inputs, undefined);
}

/** All products of the elements of two vectors. */
export const outer = binary("outer", "input vec2|other * out", outerOf);
/** {@link outer} by its old name. */
export const ger = binary("ger", "input vec2|other * out", outerOf);

/** beta·input + alpha·y, where beta = 0 leaves the input out, and its NaNs with it. */
function combine(x: Value, y: Value, beta: Scalar, alpha: Scalar): Value {
  // Integers take the whole part of the factors.
  const factor = (s: Scalar): KernelScalar => (isInteger(y.dtype) ? Math.trunc(Number(s)) : kernelScalar(s));
  const times = (v: Value, s: Scalar): Value =>
    Number(s) === 1 ? v : call(ops.mul, [v, factor(s)], undefined);
  const scaled = times(y, alpha);
  if (Number(beta) === 0) return scaled;
  const stretched = expandOf(x, expandedShape(x, y.shape));
  return call(ops.add, promote([times(stretched, beta), scaled]).inputs, undefined);
}

/** `beta·input + alpha·(first ⋆ second)` and its in-place twin. */
function adding<const S extends string>(
  name: string,
  signature: S,
  label: string,
  multiply: (x: Value, a: Value, b: Value) => Value,
) {
  const compute = (x: Value, first: TensorLike, second: TensorLike, beta: Scalar, alpha: Scalar): Value =>
    named(combine(x, multiply(x, valueOf(first), valueOf(second)), beta, alpha), label);
  const f = def(
    `torch.${name}`,
    signature,
    (
      input: TensorLike,
      first: TensorLike,
      second: TensorLike,
      beta: Scalar = 1,
      alpha: Scalar = 1,
      out: Tensor | null = null,
    ): Tensor => deliver(compute(valueOf(input), first, second, beta, alpha), out, name),
  );
  const twin = def(
    `${name}_`,
    signature,
    (self: Tensor, first: TensorLike, second: TensorLike, beta: Scalar = 1, alpha: Scalar = 1): Tensor =>
      overwrite(`${name}_`, self, () => {
        const y = compute(self._value, first, second, beta, alpha);
        return written(ops.assign, [self._value, y], undefined, label, { shape: y.shape });
      }),
  );
  return Object.assign(f, { twin });
}

/** Two factors in one type with the tensor that their product is added to. */
const withInput = (
  x: Value,
  a: Value,
  b: Value,
  refuse: (types: readonly DType[]) => Error,
): [Value, Value] => alike([x.weak ? a : x, a, b], refuse).slice(1) as [Value, Value];

/** beta·input + alpha·(mat1 @ mat2). */
export const addmm = adding("addmm", "input mat1 mat2 * beta alpha out", "AddmmBackward0", (x, a, b) => {
  if (a.shape.length !== 2) throw new RuntimeError(`mat1 must be a matrix, got ${a.shape.length}-D tensor`);
  if (b.shape.length !== 2) throw new RuntimeError(`mat2 must be a matrix, got ${b.shape.length}-D tensor`);
  if (a.shape[1] !== b.shape[0]) throw unmultipliable(a.shape, b.shape);
  const [p, q] = withInput(
    x,
    a,
    b,
    ([self, , mat2]) =>
      new RuntimeError(
        `self and mat2 must have the same dtype, but got ${scalarName(self!)} and ${scalarName(mat2!)}`,
      ),
  );
  return mmOf(p, q);
});

/** beta·input + alpha·(mat @ vec). */
export const addmv = adding("addmv", "input mat vec * beta alpha out", "AddmvBackward0", (x, a, v) => {
  if (a.shape.length !== 2 || v.shape.length !== 1)
    throw new RuntimeError(
      `vector + matrix @ vector expected, got ${x.shape.length}, ${a.shape.length}, ${v.shape.length}`,
    );
  return mvOf(
    ...withInput(
      x,
      a,
      v,
      ([self, mat, vec]) =>
        new RuntimeError(
          `addmv input tensors must have the same dtype, but got ${scalarName(mat!)}, ${scalarName(self!)}, and ${scalarName(vec!)}`,
        ),
    ),
  );
});

const differing = ([, a, b]: readonly DType[]): Error =>
  new RuntimeError(`expected scalar type ${scalarName(a!)} but found ${scalarName(b!)}`);

/** beta·input + alpha·Σ (batch1 @ batch2). */
export const addbmm = adding(
  "addbmm",
  "input batch1 batch2 * beta alpha out",
  "AddbmmBackward0",
  (x, a, b) => {
    if (a.shape.length !== 3) throw new RuntimeError("batch1 must be a 3D tensor");
    if (b.shape.length !== 3) throw new RuntimeError("batch2 must be a 3D tensor");
    if (a.shape[0] !== b.shape[0])
      throw new RuntimeError(
        `batch1 and batch2 must have same number of batches, got ${a.shape[0]} and ${b.shape[0]}`,
      );
    if (a.shape[2] !== b.shape[1])
      throw new RuntimeError(
        `Incompatible matrix sizes for bmm (${a.shape[1]}x${a.shape[2]} and ${b.shape[1]}x${b.shape[2]})`,
      );
    const [p, q] = withInput(x, a, b, differing);
    // One product over batches and inner axis together.
    return contracted(p, q, [0, 2], [0, 1]) as Value;
  },
);

/** beta·input + alpha·(batch1 @ batch2), matrix by matrix. */
export const baddbmm = adding(
  "baddbmm",
  "input batch1 batch2 * beta alpha out",
  "BaddbmmBackward0",
  (x, a, b) => {
    expandedShape(x, [a.shape[0] ?? 1, a.shape[1] ?? 1, b.shape[2] ?? 1]);
    return bmmOf(...withInput(x, a, b, differing));
  },
);

/** beta·input + alpha·(vec1 ⊗ vec2). */
export const addr = adding("addr", "input vec1 vec2 * beta alpha out", "AddrBackward0", (_x, a, b) =>
  outerOf(a, b, "addr", ["vec1", "vec2"]),
);

/** Kronecker's product. */
export const kron = binary("kron", "input other * out", (a, b) => {
  const rank = Math.max(a.shape.length, b.shape.length);
  const padded = (v: Value): number[] => [...new Array<number>(rank - v.shape.length).fill(1), ...v.shape];
  const [sa, sb] = [padded(a), padded(b)];
  const { inputs } = promote([
    reshapeOf(
      a,
      sa.flatMap((n) => [n, 1]),
    ),
    reshapeOf(
      b,
      sb.flatMap((n) => [1, n]),
    ),
  ]);
  const y = call(ops.mul, inputs, undefined);
  return named(y.reshape({ shape: sa.map((n, i) => n * sb[i]!) }) as Value, "UnsafeViewBackward0");
});

/** The cross product of vectors of three along an axis (the first of length 3 by default). */
export const cross = def(
  "torch.cross",
  "input other dim * out",
  (input: TensorLike, other: TensorLike, dim: Int | null = null, out: Tensor | null = null): Tensor =>
    inTorchWords("cross", () => {
      const { inputs } = promote([valueOf(input), valueOf(other)]);
      const [a, b] = inputs as [Value, Value];
      if (a.shape.length !== b.shape.length)
        throw new RuntimeError("linalg.cross: inputs must have the same number of dimensions.");
      const d = dim === null ? a.shape.indexOf(3) : axis(dim, a.shape.length);
      if (d < 0) throw new RuntimeError("no dimension of size 3 in input");
      if (a.shape[d] !== 3 || b.shape[d] !== 3)
        throw new RuntimeError(
          `linalg.cross: inputs dimension ${d} must have length 3. Got ${a.shape[d]} and ${b.shape[d]}`,
        );
      const turned = (v: Value, by: number): Value => call(ops.roll, [v], { shifts: [by], dims: [d] });
      const y = turned(a, -1)
        .mul(turned(b, -2))
        .sub(turned(a, -2).mul(turned(b, -1))) as Value;
      return deliver(named(y, "LinalgCrossBackward0"), out);
    }),
);

/** The sum of a matrix's diagonal; integers give int64. */
export const trace = def("torch.trace", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  if (x.shape.length !== 2)
    throw new RuntimeError(`trace: expected a matrix, but got tensor with dim ${x.shape.length}`);
  const y = call(ops.diagonal, [x], {}).sum() as Value;
  return wrap(weakLike(named(y, "TraceBackward0"), x));
});

/** A square matrix multiplied with itself n times; a negative n is a power of the inverse. */
export const matrix_power = def(
  "torch.matrix_power",
  "input n * out",
  (input: TensorLike, n: Int, out: Tensor | null = null): Tensor => {
    const x = valueOf(input);
    const [rows, columns] = x.shape.slice(-2);
    if (x.shape.length < 2)
      throw new RuntimeError("linalg.matrix_power: The input tensor A must have at least 2 dimensions.");
    if (rows !== columns)
      throw new RuntimeError(
        `linalg.matrix_power: A must be batches of square matrices, but they are ${rows} by ${columns} matrices`,
      );
    return deliver(powerOf(x, int(n)), out);
  },
);

function powerOf(x: Value, n: number): Value {
  if (n === -1) return named(inverseOf(x), "LinalgInvExBackward0");
  if (n === 0) {
    const one = new Value(eye(x.dtype, x.shape[x.shape.length - 1]!));
    return named(x.mul(0).add(one) as Value, "CopyBackwards");
  }
  if (n === 1) return named(call(ops.cast, [x], { dtype: x.dtype }), "CloneBackward0");
  if (n < 0) return powerOf(inverseOf(x), -n);
  // Squares, and their products where the bits of n are set.
  let [square, result]: [Value, Value | null] = [x, null];
  for (let rest = n; ; ) {
    if (rest % 2 === 1) result = result ? matmulOf(result, square) : square;
    rest = Math.floor(rest / 2);
    if (rest === 0) return result!;
    square = matmulOf(square, square);
  }
}

function inverseOf(x: Value): Value {
  try {
    return call(ops.inv, [x], undefined);
  } catch (e) {
    if (!(e instanceof SingularError)) throw e;
    throw new RuntimeError(
      `linalg.inv: ${x.shape.length > 2 ? `(Batch element ${e.matrix}): ` : ""}The diagonal element ${e.pivot} is zero, the inversion could not be completed because the input matrix is singular.`,
    );
  }
}
