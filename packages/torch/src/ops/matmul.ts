import { type DType, ops } from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { inTorchWords } from "../errors.js";
import { cppTypeName, scalarName } from "../promotion.js";
import { named } from "./args.js";
import { castValue } from "./operands.js";
import { unimplemented } from "./refuse.js";
import { reshapeOf, unsqueezeOf } from "./views.js";

/**
 * Operands of one type: whole numbers that were only written as such follow the others.
 *
 * @throws `refuse`'s error where types that were meant differ
 */
export function alike(xs: readonly Value[], refuse: (types: readonly DType[]) => Error): Value[] {
  const [a, b] = xs;
  if (xs.length === 2 && !a!.weak && !b!.weak && a!.dtype === b!.dtype) return [a!, b!];
  const strong = xs.find((x) => !x.weak) ?? xs[0]!;
  const typed = xs.map((x) => (x.weak ? castValue(x, strong.dtype) : x));
  if (typed.some((x) => x.dtype !== strong.dtype)) throw refuse(typed.map((x) => x.dtype));
  return typed;
}

export const mismatched = ([a, b]: readonly DType[]): Error =>
  new RuntimeError(
    `expected m1 and m2 to have the same dtype, but got: ${cppTypeName(a!)} != ${cppTypeName(b!)}`,
  );

/** The row's product, in words of PyTorch where the type has none. */
export function product(a: Value, b: Value): Value {
  if (a.dtype.kind === "bool") throw unimplemented("addmm_impl_cpu_")(a.dtype);
  return call(ops.matmul, [a, b], undefined);
}

export const unmultipliable = (a: readonly number[], b: readonly number[]): Error =>
  new RuntimeError(`mat1 and mat2 shapes cannot be multiplied (${a.join("x")} and ${b.join("x")})`);

/** A matrix times a matrix. */
export function mmOf(a: Value, b: Value): Value {
  if (a.shape[1] !== b.shape[0]) throw unmultipliable(a.shape, b.shape);
  const [x, w] = alike([a, b], mismatched) as [Value, Value];
  return named(product(x, w), "MmBackward0");
}

/** A vector times a vector. */
export function dotOf(a: Value, b: Value, label = "DotBackward0"): Value {
  const [x, w] = alike(
    [a, b],
    ([p, q]) =>
      new RuntimeError(
        `dot : expected both vectors to have same dtype, but found ${scalarName(p!)} and ${scalarName(q!)}`,
      ),
  ) as [Value, Value];
  if (x.size !== w.size)
    throw new RuntimeError(
      `inconsistent tensor size, expected tensor [${x.size}] and src [${w.size}] to have the same number of elements, but got ${x.size} and ${w.size} elements respectively`,
    );
  const row = product(reshapeOf(x, [1, x.size]), reshapeOf(w, [w.size, 1]));
  return named(row.reshape({ shape: [] }) as Value, label);
}

/** A matrix times a vector. */
export function mvOf(a: Value, v: Value): Value {
  if (a.shape[1] !== v.shape[0])
    throw new RuntimeError(
      `size mismatch, got input (${a.shape[0]}), mat (${a.shape.join("x")}), vec (${v.shape[0]})`,
    );
  const [x, w] = alike(
    [a, v],
    ([p, q]) =>
      new RuntimeError(
        `addmv input tensors must have the same dtype, but got ${scalarName(q!)}, ${scalarName(p!)}, and ${scalarName(q!)}`,
      ),
  ) as [Value, Value];
  const column = product(x, reshapeOf(w, [w.size, 1]));
  return named(column.reshape({ shape: [a.shape[0]!] }) as Value, "MvBackward0");
}

/** Products of all matrices along common leading axes. */
function batchedOf(a: Value, b: Value): Value {
  const [ra, rb] = [a.shape.length, b.shape.length];
  const [x, w] = alike([a, b], mismatched) as [Value, Value];
  const [k, k2] = [a.shape[ra - 1]!, b.shape[rb - 2]!];
  if (k !== k2) {
    if (rb === 2) throw unmultipliable([a.size / k, k], b.shape);
    const lead = ra > 2 ? a.shape.slice(0, -2) : b.shape.slice(0, -2);
    const batch = lead.reduce((n, m) => n * m, 1);
    throw new RuntimeError(
      `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${k}] but got: [${batch}, ${k2}].`,
    );
  }
  const label = ra === 2 ? "CloneBackward0" : "UnsafeViewBackward0";
  return inTorchWords("matmul", () => named(product(x, w), label));
}

/** `a @ b`: vectors, matrices and batches of them. */
export function matmulOf(a: Value, b: Value): Value {
  const [ra, rb] = [a.shape.length, b.shape.length];
  if (ra === 0 || rb === 0)
    throw new RuntimeError(`both arguments to matmul need to be at least 1D, but they are ${ra}D and ${rb}D`);
  if (ra === 1 && rb === 1) return dotOf(a, b);
  if (ra === 2 && rb === 1) return mvOf(a, b);
  if (ra === 2 && rb === 2) return mmOf(a, b);
  if (ra === 1) {
    const y = rb === 2 ? mmOf(unsqueezeOf(a, 0), b) : batchedOf(unsqueezeOf(a, 0), b);
    const shape = y.shape.filter((_, i) => i !== y.shape.length - 2);
    return named(y.reshape({ shape }) as Value, rb === 2 ? "SqueezeBackward4" : "UnsafeViewBackward0");
  }
  if (rb === 1) {
    const y = batchedOf(a, unsqueezeOf(b, 1));
    return named(y.reshape({ shape: y.shape.slice(0, -1) }) as Value, "UnsafeViewBackward0");
  }
  return batchedOf(a, b);
}
