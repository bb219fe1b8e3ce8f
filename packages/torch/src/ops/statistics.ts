import { float64, int64, isComplex, isInteger, ops } from "@cognate/kernel";
import { def, RuntimeError, Tuple } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { scalarName } from "../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { axis, deliver, floating, type Int, type Ints, int, ints, named, valueOf } from "./args.js";
import { matmulOf } from "./matmul.js";
import { castValue, promote } from "./operands.js";
import { reshapeOf } from "./views.js";
import { overwrite, written } from "./writing.js";

const conjugate = (x: Value): Value => (isComplex(x.dtype) ? call(ops.conj, [x], undefined) : x);
const times = (a: Value, b: Value): Value => call(ops.mul, promote([a, b]).inputs, undefined);
const totalOf = (x: Value): Value => x.sum() as Value;

/** The covariances of the rows of a matrix, whose columns are observations with weights. */
function covariance(x: Value, correction: number, f: Value | null, a: Value | null): Value {
  if (x.shape.length > 2)
    throw new RuntimeError(
      `cov(): expected input to have two or fewer dimensions but got an input with ${x.shape.length} dimensions`,
    );
  const given = x.shape.length < 2 ? reshapeOf(x, [1, x.size]) : x;
  const rows = floating(given);
  const n = rows.shape[1]!;
  const w = f && a ? times(f, a) : (f ?? a);
  const axis = { dims: [1], keepdim: true };
  let mean: Value;
  let norm: Value;
  if (!w) {
    mean = rows.mean(axis) as Value;
    norm = rows.full([], Math.max(n - correction, 0)) as Value;
  } else {
    const weights = castValue(w, rows.dtype);
    const total = totalOf(weights);
    mean = times(rows, weights).sum(axis).div(total) as Value;
    const lost =
      a && f
        ? totalOf(times(castValue(a, rows.dtype), weights))
        : a
          ? totalOf(times(weights, weights))
          : total;
    norm = (a ? total.sub(lost.mul(correction).div(total)) : total.sub(correction)) as Value;
    if (!isComplex(norm.dtype)) norm = norm.clampMin(0) as Value;
  }
  const centred = rows.sub(mean) as Value;
  const weighted = w ? times(centred, castValue(w, rows.dtype)) : centred;
  const transposed = call(ops.permute, [conjugate(centred)], { axes: [1, 0] });
  const y = matmulOf(weighted, transposed).div(norm) as Value;
  return y.size === 1 ? reshapeOf(y, []) : y;
}

/** The weights of the observations. @throws RuntimeError in PyTorch's words */
function weightsOf(name: "fweights" | "aweights", w: Tensor | null, observations: number): Value | null {
  if (!w) return null;
  const v = w._value;
  const fail = (text: string): never => {
    throw new RuntimeError(`cov(): expected ${name} to ${text}`);
  };
  if (v.shape.length > 1)
    fail(`have one or fewer dimensions but got ${name} with ${v.shape.length} dimensions`);
  const whole = name === "fweights";
  const fits = whole ? isInteger(v.dtype) : v.dtype.kind === "float";
  if (!fits && !v.weak)
    fail(
      `have ${whole ? "integral" : "floating point"} dtype but got ${name} with ${scalarName(v.dtype)} dtype`,
    );
  if (v.size !== observations)
    fail(`have the same numel as there are observations in the input but got ${v.size} != ${observations}`);
  if (v.size > 0 && Number(call(ops.amin, [castValue(v, float64)], {}).array.peek[0]) < 0)
    throw new RuntimeError(`cov(): ${name} cannot be negative`);
  return v;
}

/**
 * The covariances of the rows of a matrix, whose columns are observations.
 *
 * @param correction - what is taken from the number of observations
 * @param fweights - how often each observation counts
 * @param aweights - how much it counts
 */
export const cov = def(
  "torch.cov",
  "input * correction fweights aweights",
  (
    input: TensorLike,
    correction: Int = 1,
    fweights: Tensor | null = null,
    aweights: Tensor | null = null,
  ): Tensor => {
    const x = valueOf(input);
    const observations = x.shape.length < 2 ? x.size : x.shape[1]!;
    const f = weightsOf("fweights", fweights, observations);
    const y = covariance(x, int(correction), f, weightsOf("aweights", aweights, observations));
    return wrap(named(y, "SqueezeBackward0"));
  },
);

/** {@link cov} divided by the deviations: correlations, between −1 and 1. */
export const corrcoef = def("torch.corrcoef", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  const c = covariance(x, 1, null, null);
  if (c.shape.length === 0) return wrap(named(c.div(c) as Value, "DivBackward0"));
  const d = call(ops.diagonal, [c], {});
  const deviations = call(ops.sqrt, [isComplex(d.dtype) ? call(ops.real, [d], undefined) : d], undefined);
  const typed = isComplex(c.dtype) ? castValue(deviations, c.dtype) : deviations;
  const n = typed.size;
  const y = c.div(reshapeOf(typed, [n, 1])).div(reshapeOf(typed, [1, n])) as Value;
  if (isComplex(y.dtype)) {
    const part = (row: typeof ops.real): Value =>
      call(ops.clamp, [call(row, [y], undefined), -1, 1], undefined);
    return wrap(named(part(ops.real).complex(part(ops.imag)) as Value, "ComplexBackward0"));
  }
  return wrap(named(call(ops.clamp, [y, -1, 1], undefined), "ClampBackward1"));
});

/** Here conjugates are always written out: the tensor itself. */
export const resolve_conj = def("torch.resolve_conj", "input", (input: Tensor): Tensor => input);
/** Here negations are always written out: the tensor itself. */
export const resolve_neg = def("torch.resolve_neg", "input", (input: Tensor): Tensor => input);

/** Each slice along an axis scaled down to a p-norm of at most `maxnorm`. */
const renormOf = (x: Value, p: number, dim: Int, maxnorm: number): Value => {
  if (x.shape.length < 2)
    throw new RuntimeError(`renorm: input needs at least 2 dimensions, got ${x.shape.length} dimensions`);
  const d = axis(dim, x.shape.length);
  const dims = [...x.shape.keys()].filter((i) => i !== d);
  const size = call(ops.norm, [x], { p, dims, keepdim: true });
  const factor = size.add(1e-7).rdiv(maxnorm) as Value;
  const scale = factor.where(size.gt(maxnorm), 1) as Value;
  return named(times(x, scale), "RenormBackward0");
};

const RENORM = "input p dim maxnorm * out";

/** Each slice along `dim` scaled down so that its p-norm is at most `maxnorm`. */
export const renorm = Object.assign(
  def(
    "torch.renorm",
    RENORM,
    (
      input: TensorLike,
      p: number | Number,
      dim: Int,
      maxnorm: number | Number,
      out: Tensor | null = null,
    ): Tensor => deliver(renormOf(valueOf(input), Number(p), dim, Number(maxnorm)), out, "renorm"),
  ),
  {
    twin: def(
      "renorm_",
      "input p dim maxnorm",
      (self: Tensor, p: number | Number, dim: Int, maxnorm: number | Number): Tensor =>
        overwrite("renorm_", self, () => {
          const y = renormOf(self._value, Number(p), dim, Number(maxnorm));
          return written(ops.assign, [self._value, y], undefined, "RenormBackward0", { shape: y.shape });
        }),
    ),
  },
);

/** The indices by axis of positions in a tensor of a shape, as a tuple. */
export const unravel_index = def(
  "torch.unravel_index",
  "indices shape",
  (indices: TensorLike, shape: Ints): Tuple<Tensor> => {
    const lengths = ints([shape]);
    const x = valueOf(indices);
    const strides = lengths.map((_, i) => lengths.slice(i + 1).reduce((a, b) => a * b, 1));
    return Tuple.of_(
      lengths.map((n, i) => {
        const whole = call(ops.floorDiv, [castValue(x, int64), strides[i]!], undefined);
        return wrap(call(ops.mod, [whole, n], undefined));
      }),
    );
  },
);
