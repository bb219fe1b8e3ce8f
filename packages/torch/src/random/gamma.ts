import { float64, ops } from "@cognate/kernel";
import { def } from "@cognate/py";
import { call, gradEnabled, Value } from "@cognate/tensor";
import { fromKernel } from "../dtype.js";
import { finfo } from "../limits.js";
import { named, valueOf } from "../ops/args.js";
import { castValue } from "../ops/operands.js";
import { unimplemented } from "../ops/refuse.js";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { fresh } from "./arguments.js";
import { type Generator, samplerOf } from "./generator.js";

/** Gamma numbers of rate 1 for the shapes in `input`, with the gradient by implicit reparameterisation. */
export const _standard_gamma = def(
  "torch._standard_gamma",
  "input generator",
  (input: TensorLike, generator: Generator | null = null): Tensor => {
    const given = valueOf(input);
    const x = given.detach();
    if (x.dtype.kind !== "float") throw unimplemented("_standard_gamma")(x.dtype);
    const y = fresh(x.dtype, x.shape);
    samplerOf(generator, "_standard_gamma").fillGamma(y, x.array, finfo(fromKernel(x.dtype)).tiny);
    if (!gradEnabled() || !given.requiresGrad) return wrap(new Value(y));
    const slope = _standard_gamma_grad(wrap(x), wrap(new Value(y)))._value;
    // Zero, but for its gradient.
    const moved = given.sub(x).mul(slope) as Value;
    return wrap(named(moved.add(new Value(y)) as Value, "StandardGammaBackward0"));
  },
);

const inDouble = (x: TensorLike): Value => castValue(valueOf(x).detach(), float64);

/** How gamma numbers move with their shape: dx/da where P(a, x) is held. */
export const _standard_gamma_grad = def(
  "torch._standard_gamma_grad",
  "self output",
  (self: TensorLike, output: TensorLike): Tensor => {
    const slope = call(ops.gammaSampleSlope, [inDouble(self), inDouble(output)], undefined);
    return wrap(castValue(slope, valueOf(output).dtype));
  },
);

/** How a part x of a Dirichlet vector moves with its weight alpha, over 1 - x. */
export const _dirichlet_grad = def(
  "torch._dirichlet_grad",
  "x alpha total",
  (x: TensorLike, alpha: TensorLike, total: TensorLike): Tensor => {
    const [part, a, sum] = [inDouble(x), inDouble(alpha), inDouble(total)];
    const shift = call(ops.betaShift, [part, a, sum.sub(a) as Value], undefined);
    return wrap(castValue(shift.div(part.rsub(1)) as Value, valueOf(x).dtype));
  },
);
