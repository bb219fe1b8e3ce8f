import { broadcastShapes, isComplex, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { inTorchWords } from "../../errors.js";
import { axis, type Int, named } from "../../ops/args.js";
import { operandOf, promote } from "../../ops/make.js";
import { scalarName } from "../../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { alike, done, floating, number } from "./args.js";

/** x₁·x₂ / (max(|x₁|, eps) · max(|x₂|, eps)) along `dim`. */
export const cosine_similarity = def(
  "torch.nn.functional.cosine_similarity",
  "x1 x2 dim eps",
  (x1: TensorLike, x2: TensorLike, dim: Int = 1, eps: number | Number = 1e-8): Tensor => {
    const { inputs, type } = promote([operandOf(x1), operandOf(x2)], "floating");
    if (type.kind !== "float" && type.kind !== "complex")
      throw new RuntimeError(
        `expected common dtype to be floating point, yet common dtype is ${scalarName(type)}`,
      );
    const [a, b] = inputs as [Value, Value];
    return inTorchWords("cosine_similarity", () => {
      const rank = broadcastShapes("cosine_similarity", [a.shape, b.shape]).length;
      const d = axis(dim, rank);
      const shape = broadcastShapes("cosine_similarity", [a.shape, b.shape]);
      const [u, v] = [a.expand({ shape }) as Value, b.expand({ shape }) as Value];
      const unit = (x: Value): Value => {
        const length = call(ops.norm, [x], { p: 2, dims: [d], keepdim: true });
        return x.div(length.clampMin(number(eps)).cast({ dtype: x.dtype })) as Value;
      };
      const w = isComplex(type) ? unit(v).conj() : unit(v);
      return done(
        unit(u)
          .mul(w)
          .sum({ dims: [d] }),
        "SumBackward1",
      );
    });
  },
);

/** ‖x₁ − x₂ + eps‖ₚ along the last axis. */
export const pairwise_distance = def(
  "torch.nn.functional.pairwise_distance",
  "x1 x2 p eps keepdim",
  (
    x1: TensorLike,
    x2: TensorLike,
    p: number | Number = 2,
    eps: number | Number = 1e-6,
    keepdim = false,
  ): Tensor => {
    const [a, b] = promote([operandOf(x1), operandOf(x2)], "floating").inputs as [Value, Value];
    return inTorchWords("pairwise_distance", () => {
      const gap = floating(a.sub(b) as Value).add(number(eps)) as Value;
      const dims = [gap.shape.length - 1];
      return wrap(named(call(ops.norm, [gap], { p: number(p), dims, keepdim }), "NormBackward1"));
    });
  },
);

/** The p-norm distances of all rows of x1 `(*, P, M)` to all rows of x2 `(*, R, M)`: `(*, P, R)`. */
export const cdist = def(
  "torch.cdist",
  "x1 x2 p compute_mode",
  (
    x1: TensorLike,
    x2: TensorLike,
    p: number | Number = 2,
    // How PyTorch multiplies changes speed, not the result.
    _compute_mode = "use_mm_for_euclid_dist_if_necessary",
  ): Tensor => {
    const [a, b] = alike<[Value, Value]>(x1, x2);
    const fail = (text: string): never => {
      throw new RuntimeError(text);
    };
    for (const [name, v] of [
      ["X1", a],
      ["X2", b],
    ] as const)
      if (v.dtype.kind !== "float")
        fail(`cdist only supports floating-point dtypes, ${name} got: ${scalarName(v.dtype)}`);
    for (const [name, v] of [
      ["X1", a],
      ["X2", b],
    ] as const)
      if (v.shape.length < 2)
        fail(`cdist only supports at least 2D tensors, ${name} got: ${v.shape.length}D`);
    const [m, n] = [a.shape[a.shape.length - 1]!, b.shape[b.shape.length - 1]!];
    if (m !== n) fail(`X1 and X2 must have the same number of columns. X1: ${m} X2: ${n}`);
    if (number(p) < 0) fail("cdist only supports non-negative p values");
    return inTorchWords("cdist", () => {
      const lead = broadcastShapes("cdist", [a.shape.slice(0, -2), b.shape.slice(0, -2)]);
      const [u, v] = [a, b].map((x) => x.expand({ shape: [...lead, ...x.shape.slice(-2)] }) as Value);
      return wrap(named(call(ops.cdist, [u!, v!], { p: number(p) }), "CdistBackward0"));
    });
  },
);

/** The p-norm distances between every two rows of input `(N, M)`, row by row above the diagonal. */
export const pdist = def(
  "torch.nn.functional.pdist",
  "input p",
  (input: TensorLike, p: number | Number = 2): Tensor => {
    const [x] = alike<[Value]>(input);
    if (x.shape.length !== 2)
      throw new RuntimeError(`pdist only supports 2D tensors, got: ${x.shape.length}D`);
    if (number(p) < 0) throw new RuntimeError("pdist only supports non-negative p values");
    return wrap(named(call(ops.pdist, [x], { p: number(p) }), "PdistBackward0"));
  },
);
