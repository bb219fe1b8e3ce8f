import { dtypeNamed, float64, isInteger, arange as kernelArange, ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { floatx } from "../../backend/config.js";
import { castValue, valueOf } from "../../backend/create.js";
import { type DTypeLike, kernelType, standardizeDType } from "../../backend/dtype.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, compute, floating, maker, op, promoted } from "../make.js";
import { linspace } from "./creation.js";
import { isclose } from "./elementwise.js";
import { axisOf, diff } from "./shape.js";

/*
 * Windows, spaced numbers, sums along curves and what else NumPy has of series.
 */

const steps = (n: number): Value => new Value(kernelArange(float64, n, 0, 1));

/** A window of n points from a function of the positions 0 … n − 1. */
const windowed = (cls: string, name: string, f: (at: Value, n: number) => unknown) =>
  op(`numpy.${cls}`, name, "x", (x: TensorLike): Tensor => {
    const n = Number(valueOf(x).array.data[valueOf(x).array.offset]);
    const y = n === 1 ? steps(1).add(1) : (f(steps(n), n) as Value);
    return wrap(castValue(y as Value, kernelType(floatx())));
  });
const cosine = (at: Value, n: number, k = 1) => at.mul((2 * Math.PI * k) / (n - 1)).cos();
export const bartlett = windowed("Bartlett", "bartlett", (at, n) =>
  at
    .mul(2 / (n - 1))
    .sub(1)
    .abs()
    .rsub(1),
);
export const hanning = windowed("Hanning", "hanning", (at, n) => cosine(at, n).mul(-0.5).add(0.5));
export const hamming = windowed("Hamming", "hamming", (at, n) => cosine(at, n).mul(-0.46).add(0.54));
export const blackman = windowed("Blackman", "blackman", (at, n) =>
  cosine(at, n)
    .mul(-0.5)
    .add(0.42)
    .add(cosine(at, n, 2).mul(0.08)),
);
export const kaiser = op("numpy.Kaiser", "kaiser", "x beta", (x: TensorLike, beta: number): Tensor => {
  const n = Number(valueOf(x).array.data[valueOf(x).array.offset]);
  const at = steps(n)
    .mul(n > 1 ? 2 / (n - 1) : 0)
    .sub(n > 1 ? 1 : 0);
  const y = at.square().rsub(1).sqrt().mul(Number(beta)).i0();
  const top = at.full([], Number(beta)).i0();
  return wrap(castValue(y.div(top) as Value, kernelType(floatx())));
});

/** Powers of a base from `base**start` to `base**stop`. */
export const logspace = maker(
  "logspace",
  "start stop num endpoint base dtype axis",
  (
    start: number,
    stop: number,
    num = 50,
    endpoint = true,
    base = 10,
    dtype: DTypeLike | null = null,
    _axis = 0,
  ): Tensor => {
    const type = kernelType(dtype);
    const x = linspace.impl(
      start,
      stop,
      num,
      endpoint,
      false,
      isInteger(type) ? type.name : "float64",
    ) as Tensor;
    return wrap(castValue(x._value.full([], Number(base)).pow(x._value) as Value, type));
  },
);
/** Numbers of which each is the one before times a constant. */
export const geomspace = maker(
  "geomspace",
  "start stop num endpoint dtype axis",
  (
    start: number,
    stop: number,
    num = 50,
    endpoint = true,
    dtype: DTypeLike | null = null,
    _axis = 0,
  ): Tensor => {
    const y = logspace.impl(
      Math.log10(Math.abs(Number(start))),
      Math.log10(Math.abs(Number(stop))),
      num,
      endpoint,
      10,
      dtype,
    );
    return compute(ops.mul, [y._value, Math.sign(Number(start))], undefined);
  },
);

/** Whether all elements lie within a tolerance of each other. */
export const allclose = op(
  "numpy.Allclose",
  "allclose",
  "x1 x2 rtol atol equal_nan",
  (x1: TensorLike, x2: TensorLike, rtol = 1e-5, atol = 1e-8, equal_nan = false): Tensor => {
    const near = (isclose.impl(x1, x2, rtol, atol, equal_nan) as Tensor)._value;
    return compute(ops.all, [near], { dims: near.shape.map((_, i) => i) });
  },
  { arity: 2 },
);

/** Powers of each element, falling by default. */
export const vander = op(
  "numpy.Vander",
  "vander",
  "x N increasing",
  (x: TensorLike, N: number | null = null, increasing = false): Tensor => {
    const v = valueOf(x);
    const n = N ?? v.shape[0]!;
    const wide = v.dtype.kind === "float" ? v : castValue(v, float64);
    const powers = castValue(steps(n), wide.dtype);
    const order = increasing ? powers : powers.rsub(n - 1);
    const y = apply(ops.reshape, [wide], { shape: [...v.shape, 1] }).pow(order) as Value;
    return wrap(castValue(y, v.dtype));
  },
);
/** Correlations of the rows with each other. */
export const corrcoef = op("numpy.Corrcoef", "corrcoef", "x", (x: TensorLike): Tensor => {
  const v = floating(x);
  const last = { dims: [-1], keepdim: true };
  const centered = v.sub(v.mean(last));
  const rank = v.shape.length;
  const turned = centered.permute({
    axes: v.shape.map((_, i) => (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i)),
  });
  if (rank < 2) return wrap(v.full([], 1) as Value);
  const cov = centered.matmul(turned).div(v.shape[rank - 1]! - 1);
  const std = cov.diagonal({ dim1: rank - 2, dim2: rank - 1 }).sqrt();
  const lead = std.shape.slice(0, -1);
  const n = std.shape.at(-1)!;
  const outer = std.reshape({ shape: [...lead, n, 1] }).mul(std.reshape({ shape: [...lead, 1, n] }));
  return wrap(cov.div(outer).clampMin(-1).clampMax(1) as Value);
});
/** Sums of products of one line with another moved along it. */
export const correlate = op(
  "numpy.Correlate",
  "correlate",
  "x1 x2 mode",
  (x1: TensorLike, x2: TensorLike, mode: "full" | "same" | "valid" = "valid"): Tensor => {
    if (!["full", "same", "valid"].includes(mode))
      throw new ValueError(`Invalid mode: '${mode}'. Mode must be one of: 'full', 'same', 'valid'.`);
    const { type } = promoted([x1, x2]);
    const to =
      type.name === "int64" ? float64 : type.half || type === float64 ? type : dtypeNamed("float32")!;
    const [a, b] = [valueOf(x1, to), valueOf(x2, to)];
    const [n, m] = [a.size, b.size];
    const reach = mode === "valid" ? 0 : m - 1;
    const y = apply(ops.conv, [a.reshape({ shape: [1, 1, n] }), b.reshape({ shape: [1, 1, m] }), null], {
      stride: [1],
      padding: [[reach, reach]],
      dilation: [1],
      groups: 1,
    });
    const line = y.reshape({ shape: [y.size] }) as Value;
    if (mode !== "same") return wrap(line);
    const length = Math.max(n, m);
    return compute(ops.slice, [line], {
      dim: 0,
      start: Math.floor((n + m - 1 - length) / 2),
      step: 1,
      length,
    });
  },
  { arity: 2 },
);
/** The area under a line through points. */
export const trapezoid = op(
  "numpy.Trapezoid",
  "trapezoid",
  "y x dx axis",
  (y: TensorLike, x: TensorLike | null = null, dx: number = 1, axis = -1): Tensor => {
    const v = floating(y);
    const dim = axisOf(axis, v.shape.length);
    const length = v.shape[dim]! - 1;
    const part = (start: number) => v.slice({ dim, start, step: 1, length });
    const heights = part(1).add(part(0)).mul(0.5);
    if (x === null) return wrap(heights.mul(Number(dx)).sum({ dims: [dim] }) as Value);
    const width = (diff.impl(wrap(valueOf(x, v.dtype)), 1, -1) as Tensor)._value;
    const along = width.shape.length === 1 ? v.shape.map((_, i) => (i === dim ? length : 1)) : width.shape;
    return wrap(heights.mul(width.reshape({ shape: along })).sum({ dims: [dim] }) as Value);
  },
  { arity: 2 },
);

/** The same bytes as another element type. */
export const view = op(
  "numpy.View",
  "view",
  "x dtype",
  (x: TensorLike, dtype: DTypeLike | null = null): Tensor => {
    const v = valueOf(x);
    const to = dtype === null ? v.dtype : dtypeNamed(standardizeDType(dtype))!;
    const [before, after] = [v.dtype.itemsize, to.itemsize];
    const last = v.shape.at(-1) ?? 1;
    if ((last * before) % after !== 0 || (v.shape.length === 0 && before !== after))
      throw new ValueError(
        `Cannot view array of shape (${v.shape.join(", ")}) and dtype <dtype: '${v.dtype.name}'> as dtype <dtype: '${to.name}'> because the total number of bytes is not divisible by the new itemsize.`,
      );
    const bits = apply(ops.bitcast, [v], { dtype: to });
    return before === after
      ? wrap(bits)
      : compute(ops.reshape, [bits], { shape: [...v.shape.slice(0, -1), (last * before) / after] });
  },
);
