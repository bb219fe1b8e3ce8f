import { castTo, contiguous, float32, float64, ops, type QuantileMethod } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, callMany, gradEnabled, type Value } from "@cognate/tensor";
import { Tensor, type TensorLike } from "../tensor/tensor.js";
import { axis, deliver, type Int, named, requireFloating, valueOf } from "./args.js";

/** Where between two elements a quantile lies: PyTorch's five ways. */
export type Interpolation = QuantileMethod;

const METHODS: readonly string[] = ["linear", "lower", "higher", "midpoint", "nearest"];

const quantiles = (name: "quantile" | "nanquantile") =>
  def(
    `torch.${name}`,
    "input q dim keepdim * interpolation out",
    (
      input: TensorLike,
      q: number | Tensor,
      dim: Int | null = null,
      keepdim = false,
      interpolation: Interpolation = "linear",
      out: Tensor | null = null,
    ): Tensor => {
      const x = requireFloating(
        valueOf(input),
        `quantile() input tensor must be either float or double dtype`,
      );
      if (x.size === 0) throw new RuntimeError(`quantile() input tensor must be non-empty`);
      if (!METHODS.includes(interpolation))
        throw new RuntimeError(
          `quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but got ${interpolation}`,
        );
      const many = q instanceof Tensor && q.ndim === 1;
      const flat = dim === null ? (x.reshape({ shape: [x.size] }) as Value) : x;
      const d = dim === null ? 0 : axis(dim, x.shape.length);
      const [y] = callMany(ops.quantile, [flat], {
        q: levels(x, q),
        dim: d,
        method: interpolation,
        ignoreNan: name === "nanquantile",
        single: x.dtype === float32,
      }) as [Value];
      const placed = interpolation === "linear" && q instanceof Tensor ? atLevels(y, flat, q, d, name) : y;
      return deliver(
        named(shaped(placed, x, dim === null ? null : d, keepdim, many), "SqueezeBackward4"),
        out,
      );
    },
  );

/**
 * The quantiles `y`, whose levels may want a gradient: between two elements the value rises by their distance for each
 * place that the level, times the number of places, moves on.
 */
function atLevels(y: Value, x: Value, q: Tensor, d: number, name: string): Value {
  const levels = q._value;
  if (!levels.requiresGrad || !gradEnabled()) return y;
  const ignoreNan = name === "nanquantile";
  const given = { q: levelNumbers(levels), dim: d, ignoreNan, single: x.dtype === float32 };
  const [low] = callMany(ops.quantile, [x], { ...given, method: "lower" }) as [Value];
  const [high] = callMany(ops.quantile, [x], { ...given, method: "higher" }) as [Value];
  const shape = y.shape.map((n, i) => (i === d ? n : 1));
  const steps = ignoreNan
    ? call(
        ops.sub,
        [
          call(ops.sum, [call(ops.cast, [call(ops.eq, [x, x], undefined)], { dtype: x.dtype })], {
            dims: [d],
            keepdim: true,
          }),
          1,
        ],
        undefined,
      )
    : (x.shape[d] ?? 1) - 1;
  const rank = call(ops.mul, [levels.reshape({ shape }) as Value, steps], undefined);
  // The factor is 0; what counts is its derivative.
  const moved = call(ops.sub, [rank, rank.detach()], undefined);
  return call(
    ops.add,
    [y, call(ops.mul, [moved, call(ops.sub, [high, low], undefined)], undefined)],
    undefined,
  );
}

const levelNumbers = (q: Value): number[] =>
  Array.from(contiguous(castTo(q.array, float64)).flat() as Float64Array);

/** The levels as numbers. @throws RuntimeError in PyTorch's words */
function levels(x: Value, q: number | Tensor): number[] {
  if (!(q instanceof Tensor)) {
    if (!(Number(q) >= 0 && Number(q) <= 1))
      throw new RuntimeError(`quantile() q must be in the range [0, 1] but got ${Number(q)}`);
    return [Number(q)];
  }
  if (q.ndim > 1) throw new RuntimeError(`quantile() q must be a scalar or 1D tensor`);
  if (q._value.dtype !== x.dtype)
    throw new RuntimeError(`quantile() q tensor must be same dtype as the input tensor`);
  const values = levelNumbers(q._value);
  if (!values.every((v) => v >= 0 && v <= 1))
    throw new RuntimeError(`quantile() q values must be in the range [0, 1]`);
  return values;
}

/** The levels' axis in front (or gone), the reduced one kept or not. */
function shaped(y: Value, x: Value, d: number | null, keepdim: boolean, many: boolean): Value {
  const rank = y.shape.length;
  const at = d ?? 0;
  const front =
    rank === 0 || at === 0
      ? y
      : (y.permute({ axes: [at, ...y.shape.map((_, i) => i).filter((i) => i !== at)] }) as Value);
  const rest = x.shape.filter((_, i) => d !== null && i !== d);
  const kept = d === null ? x.shape.map(() => 1) : x.shape.map((n, i) => (i === d ? 1 : n));
  const tail = keepdim ? kept : rest;
  return call(ops.reshape, [front], { shape: many ? [front.shape[0]!, ...tail] : tail });
}

/** The values below which the fractions `q` of the elements lie. */
export const quantile = quantiles("quantile");
/** {@link quantile} of what is not NaN. */
export const nanquantile = quantiles("nanquantile");
