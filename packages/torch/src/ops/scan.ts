import { type DType, type OpRow, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, callMany, type Value } from "@cognate/tensor";
import type { DTypeLike } from "../dtype.js";
import * as returned from "../return-types.js";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { noAxes } from "../words.js";
import {
  axis,
  deliver,
  deliverAll,
  floating,
  type Int,
  int,
  kernelFloating,
  named,
  typeOf,
  valueOf,
  weakLike,
} from "./args.js";
import { castValue, promote } from "./operands.js";

type CumulateRow = OpRow<{ readonly dim: number; readonly dtype?: DType }>;

const cumulate = (name: "cumsum" | "cumprod", row: CumulateRow) =>
  def(
    `torch.${name}`,
    "input|x|a dim|axis * dtype out",
    (input: TensorLike, dim: Int, dtype: DTypeLike | null = null, out: Tensor | null = null): Tensor => {
      const given = valueOf(input);
      const wanted = typeOf(dtype, name);
      const x = wanted ? castValue(given, wanted) : given;
      const y = call(row, [x], { dim: axis(dim, x.shape.length), dtype: wanted });
      return deliver(weakLike(y, given), out);
    },
  );

/** Running sums along an axis; integers and bool give int64. */
export const cumsum = cumulate("cumsum", ops.cumsum as CumulateRow);
/** Running products along an axis; integers and bool give int64. */
export const cumprod = cumulate("cumprod", ops.cumprod as CumulateRow);

const running = (name: "cummax" | "cummin", row: typeof ops.cummax, result: typeof returned.cummax) =>
  def(
    `torch.${name}`,
    "input|x|a dim|axis * out",
    (input: TensorLike, dim: Int, out: readonly [Tensor, Tensor] | null = null): returned.ValuesIndices => {
      const x = valueOf(input);
      const [y, index] = callMany(row, [x], { dim: axis(dim, x.shape.length) }) as [Value, Value];
      return result.make(deliverAll([weakLike(y, x), index], out));
    },
  );

/** The largest elements so far along an axis, and where they stand. */
export const cummax = running("cummax", ops.cummax, returned.cummax);
/** The smallest elements so far along an axis, and where they stand. */
export const cummin = running("cummin", ops.cummin, returned.cummin);

/** log Σ eˣ over the elements so far along an axis. */
export const logcumsumexp = def(
  "torch.logcumsumexp",
  "input|x|a dim|axis * out",
  (input: TensorLike, dim: Int, out: Tensor | null = null): Tensor => {
    const x = kernelFloating(valueOf(input), "logcumsumexp_out_cpu");
    return deliver(call(ops.logcumsumexp, [x], { dim: axis(dim, x.shape.length) }), out);
  },
);

const part = (x: Value, dim: number, start: number, length: number): Value =>
  call(ops.slice, [x], { dim, start, step: 1, length: Math.max(length, 0) });

/** Differences of neighbours along an axis (the last by default), `n` times over. */
export const diff = def(
  "torch.diff",
  "input|x|a n dim|axis prepend append * out",
  (
    input: TensorLike,
    n: Int = 1,
    dim: Int = -1,
    prepend: Tensor | null = null,
    append: Tensor | null = null,
    out: Tensor | null = null,
  ): Tensor => {
    const given = valueOf(input);
    if (given.shape.length === 0) throw new RuntimeError("diff expects input to be at least one-dimensional");
    const d = axis(dim, given.shape.length);
    const times = int(n);
    if (times < 0) throw new RuntimeError(`order must be non-negative but got ${times}`);
    if (times === 0)
      return deliver(named(call(ops.cast, [given], { dtype: given.dtype }), "CopyBackwards"), out);
    const parts = [prepend?._value, given, append?._value].filter((v): v is Value => v !== undefined);
    let x = parts.length > 1 ? (parts[0]!.cat(parts.slice(1), { dim: d }) as Value) : given;
    for (let left = Math.min(times, x.shape[d]!); left > 0; left--) {
      const m = x.shape[d]!;
      const [above, below] = [part(x, d, 1, m - 1), part(x, d, 0, m - 1)];
      x =
        x.dtype.kind === "bool"
          ? call(ops.logicalXor, [above, below], undefined)
          : call(ops.sub, [above, below], undefined);
    }
    return deliver(weakLike(x, given), out);
  },
);

/** What the trapezoidal rule adds up, and by what the sum is multiplied in the end. */
function slabs(y: Value, x: Value | null, dx: number, dim: number): { terms: Value; factor: number } {
  const n = y.shape[dim] ?? 1;
  const sums = part(y, dim, 1, n - 1).add(part(y, dim, 0, n - 1)) as Value;
  if (x === null) return { terms: sums, factor: dx / 2 };
  const d = x.shape.length === 1 ? 0 : dim;
  const m = x.shape[d]!;
  const steps = part(x, d, 1, m - 1).sub(part(x, d, 0, m - 1)) as Value;
  const aligned =
    x.shape.length === 1
      ? (steps.reshape({ shape: y.shape.map((_, i) => (i === dim ? m - 1 : 1)) }) as Value)
      : steps;
  // Whole numbers wrap around in their own type before they are halved as floats.
  const { inputs } = promote([sums, aligned], "any");
  const [a, b] = inputs as [Value, Value];
  return { terms: floating(a.mul(b) as Value), factor: 0.5 };
}

function integrand(
  name: string,
  y: TensorLike,
  x: TensorLike | null,
  dim: Int,
): { y: Value; x: Value | null; dim: number } {
  const given = valueOf(y);
  if (given.shape.length === 0) throw noAxes(-1);
  const d = axis(dim, given.shape.length);
  if (given.dtype.kind === "bool")
    throw new RuntimeError(`${name}: received a bool input for \`y\`, but bool is not supported`);
  if (x === null) return { y: floating(given), x: null, dim: d };
  return { y: given, x: valueOf(x), dim: d };
}

/** The sum of the slabs, or the running sums. */
function integral(
  name: string,
  total: (terms: Value, dim: number) => Value,
  args: { y: TensorLike; x: TensorLike | null; dx: number; dim: Int },
): Tensor {
  const { y, x, dim } = integrand(name, args.y, args.x, args.dim);
  const { terms, factor } = slabs(y, x, Number(args.dx), dim);
  const y2 = total(terms, dim).mul(factor) as Value;
  return wrap(
    named(y2, x !== null ? "DivBackward1" : name.startsWith("cum") ? "CumsumBackward0" : "MulBackward1"),
  );
}

const trapeziums = (name: string) =>
  def(
    `torch.${name}`,
    "y x * dx dim",
    (y: TensorLike, x: TensorLike | null = null, dx = 1, dim: Int = -1): Tensor =>
      integral(name, (v, d) => call(ops.sum, [v], { dims: [d] }), { y, x, dx, dim }),
  );

/** The integral of y by the trapezoidal rule, over x or in steps of `dx`. */
export const trapezoid = trapeziums("trapezoid");
/** {@link trapezoid} by its old name. */
export const trapz = trapeziums("trapz");

/** {@link trapezoid} from the start up to each place. */
export const cumulative_trapezoid = def(
  "torch.cumulative_trapezoid",
  "y x * dx dim",
  (y: TensorLike, x: TensorLike | null = null, dx = 1, dim: Int = -1): Tensor =>
    integral("cumulative_trapezoid", (v, d) => call(ops.cumsum, [v], { dim: d }), { y, x, dx, dim }),
);
