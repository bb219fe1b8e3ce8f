import { ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { named, shown } from "../../ops/args.js";
import { writeOut } from "../../ops/make.js";
import { cppTypeName, scalarName } from "../../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { alike, done, type Optional } from "./args.js";

/** The last of the calls that PyTorch makes of a linear map. */
const nameOf = (rank: number, bias: boolean): string => {
  if (rank === 2) return bias ? "AddmmBackward0" : "MmBackward0";
  if (bias) return "ViewBackward0";
  return rank === 1 ? "SqueezeBackward4" : "UnsafeViewBackward0";
};

const rows = (x: Value): number => x.shape.slice(0, -1).reduce((a, b) => a * b, 1);

/** The checks of the matrix product behind {@link linear}, in its words. */
function checkLinear(x: Value, w: Value, b: Value | null): void {
  const [m, k] = [x.shape.length, w.shape.length];
  if (m === 0 || k === 0)
    throw new RuntimeError(`both arguments to linear need to be at least 1D, but they are ${m}D and ${k}D`);
  if (k > 2) throw new RuntimeError(`t() expects a tensor with <= 2 dimensions, but self is ${k}D`);
  if (k === 1 && b) throw new RuntimeError(`mat2 must be a matrix, got 1-D tensor`);
  if (x.dtype !== w.dtype)
    throw new RuntimeError(
      b && w.shape.length === 2
        ? `mat1 and mat2 must have the same dtype, but got ${scalarName(x.dtype)} and ${scalarName(w.dtype)}`
        : `expected m1 and m2 to have the same dtype, but got: ${cppTypeName(x.dtype)} != ${cppTypeName(w.dtype)}`,
    );
  if (b && b.dtype !== x.dtype)
    throw new RuntimeError(
      `self and mat2 must have the same dtype, but got ${scalarName(b.dtype)} and ${scalarName(x.dtype)}`,
    );
  const [n, out] = [x.shape[m - 1]!, k === 2 ? w.shape[0]! : 1];
  if (w.shape[k - 1] !== n)
    throw new RuntimeError(
      `mat1 and mat2 shapes cannot be multiplied (${rows(x)}x${n} and ${w.shape[k - 1]}x${out})`,
    );
  const width = b?.shape[b.shape.length - 1];
  if (width !== undefined && width !== 1 && width !== out)
    throw new RuntimeError(
      `The expanded size of the tensor (${out}) must match the existing size (${width}) at non-singleton dimension 1.  Target sizes: ${shown([...x.shape.slice(0, -1), out])}.  Tensor sizes: ${shown(b!.shape)}`,
    );
}

/**
 * input · weightᵀ + bias over the last axis: input `(*, in)`, weight `(out, in)`, bias `(out)`, result `(*, out)`.
 *
 * @throws RuntimeError where shapes or types do not go together
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * const w = torch.tensor([[1, 0.5], [2, -1]]);
 * print(F.linear(torch.tensor([[1, 2]]), w, torch.tensor([0.5, 0]))); // prints tensor([[2.5000, 0.0000]])
 * ```
 */
export const linear = def(
  "torch.nn.functional.linear",
  "input weight bias * out",
  (input: TensorLike, weight: TensorLike, bias: Optional = null, out: Tensor | null = null): Tensor => {
    const y = transformed(input, weight, bias);
    return out ? writeOut(out, y._value, "linear") : y;
  },
);

function transformed(input: TensorLike, weight: TensorLike, bias: Optional): Tensor {
  const [x, w, b] = alike<[Value, Value, Value | null]>(input, weight, bias);
  checkLinear(x, w, b);
  const name = nameOf(x.shape.length, b !== null);
  if (w.shape.length === 1) {
    const y = call(ops.linear, [x, w.reshape({ shape: [1, w.shape[0]!] }) as Value, null], undefined);
    return done(y.reshape({ shape: x.shape.slice(0, -1) }));
  }
  if (b && b.shape.length > 1) return done(call(ops.linear, [x, w, null], undefined).add(b), name);
  return wrap(named(call(ops.linear, [x, w, b], undefined), name));
}

/**
 * y = x₁ᵀ · A · x₂ + b for every pair of rows: input1 `(*, in1)`, input2 `(*, in2)`, weight `(out, in1, in2)`.
 *
 * @throws RuntimeError where shapes do not go together
 */
export const bilinear = def(
  "torch.nn.functional.bilinear",
  "input1 input2 weight bias",
  (input1: TensorLike, input2: TensorLike, weight: TensorLike, bias: Optional = null): Tensor => {
    const [a, b, w, c] = alike<[Value, Value, Value, Value | null]>(input1, input2, weight, bias);
    const fail = (text: string): never => {
      throw new RuntimeError(`bilinear(): ${text}`);
    };
    if (a.shape.length !== b.shape.length)
      fail(`input dimensions do not match: got ${a.shape.length} and ${b.shape.length}`);
    const lead = a.shape.slice(0, -1);
    lead.forEach((n, i) => {
      if (n !== b.shape[i])
        fail(`input batch dimensions do not match at dim ${i}: got ${n} and ${b.shape[i]}`);
    });
    const [out, m, n] = w.shape as readonly [number, number, number];
    for (const [i, v, want] of [
      [1, a, m],
      [2, b, n],
    ] as const) {
      const got = v.shape[v.shape.length - 1]!;
      if (got !== want) fail(`input${i} size does not match weight size: got ${got} but expected ${want}`);
    }
    if (c && c.shape[0] !== out)
      fail(`bias size does not match weight size: got ${c.shape[0]} but expected ${out}`);
    const count = rows(a);
    const left = a.reshape({ shape: [1, count, m] }).matmul(w);
    const sums = left.mul(b.reshape({ shape: [1, count, n] })).sum({ dims: [2], dtype: w.dtype });
    const y = sums.permute({ axes: [1, 0] }).reshape({ shape: [...lead, out] });
    return done(c ? y.add(c) : y, c ? "AddBackward0" : "ViewBackward0");
  },
);
