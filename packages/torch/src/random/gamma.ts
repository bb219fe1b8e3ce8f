import { def } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { fromKernel } from "../dtype.js";
import { finfo } from "../limits.js";
import { valueOf } from "../ops/args.js";
import { unimplemented } from "../ops/refuse.js";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { fresh } from "./arguments.js";
import { type Generator, samplerOf } from "./generator.js";

/** Gamma numbers of rate 1 for the shapes in `input`, without a gradient. */
export const _standard_gamma = def(
  "torch._standard_gamma",
  "input generator",
  (input: TensorLike, generator: Generator | null = null): Tensor => {
    const x = valueOf(input).detach();
    if (x.dtype.kind !== "float") throw unimplemented("_standard_gamma")(x.dtype);
    const y = fresh(x.dtype, x.shape);
    samplerOf(generator, "_standard_gamma").fillGamma(y, x.array, finfo(fromKernel(x.dtype)).tiny);
    return wrap(new Value(y));
  },
);
