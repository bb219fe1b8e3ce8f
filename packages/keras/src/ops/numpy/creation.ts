import {
  type DType,
  dtypeNamed,
  fill,
  float64,
  type Value as KernelValue,
  arange as kernelArange,
  eye as kernelEye,
  linspace as kernelLinspace,
  ops,
  Strided,
} from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type DTypeLike, kernelType } from "../../backend/dtype.js";
import { run } from "../../backend/record.js";
import { type Shape, sizeOfShape } from "../../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { result_type, weakType } from "../../promotion.js";
import { maker, op, promoted } from "../make.js";

type Lengths = number | Shape;

const lengths = (shape: Lengths): number[] => {
  const list = typeof shape === "number" ? [shape] : [...shape];
  sizeOfShape(list);
  return list.map(Number);
};

const filled = (shape: Lengths, value: TensorLike, type: DType): Tensor => {
  const v = valueOf(value, type);
  if (v.shape.length > 0) return wrap(run(ops.expand, [v], { shape: lengths(shape) }));
  return wrap(run(ops.cast, [run(ops.expand, [v], { shape: lengths(shape) })], { dtype: type, copy: true }));
};

/** Zeros. */
export const zeros = maker(
  "zeros",
  "shape dtype",
  (shape: Lengths, dtype: DTypeLike | null = null): Tensor =>
    wrap(new Value(Strided.zeros(kernelType(dtype), lengths(shape)))),
);
/** Ones. */
export const ones = maker(
  "ones",
  "shape dtype",
  (shape: Lengths, dtype: DTypeLike | null = null): Tensor =>
    wrap(new Value(fill(Strided.zeros(kernelType(dtype), lengths(shape)), 1))),
);
export const empty = maker(
  "empty",
  "shape dtype",
  (shape: Lengths, dtype: DTypeLike | null = null): Tensor => zeros.impl(shape, dtype),
);
/** One number everywhere. */
export const full = maker(
  "full",
  "shape fill_value dtype",
  (shape: Lengths, fill_value: TensorLike, dtype: DTypeLike | null = null): Tensor =>
    filled(shape, fill_value, kernelType(dtype)),
);

const like = (cls: string, name: string, value: number) =>
  op(`numpy.${cls}`, name, "x dtype", (x: TensorLike, dtype: DTypeLike | null = null): Tensor => {
    const v = valueOf(x);
    return filled(v.shape, value, dtype === null ? v.dtype : kernelType(dtype));
  });
export const zeros_like = like("ZerosLike", "zeros_like", 0);
export const ones_like = like("OnesLike", "ones_like", 1);
export const empty_like = like("EmptyLike", "empty_like", 0);
export const full_like = op(
  "numpy.FullLike",
  "full_like",
  "x fill_value dtype",
  (x: TensorLike, fill_value: TensorLike, dtype: DTypeLike | null = null): Tensor => {
    const v = valueOf(x);
    return filled(v.shape, fill_value, dtype === null ? v.dtype : kernelType(dtype));
  },
);

/** Numbers from `start` to before `stop`. */
export const arange = maker(
  "arange",
  "start stop step dtype",
  (
    start: number,
    stop: number | null = null,
    step: number | null = null,
    dtype: DTypeLike | null = null,
  ): Tensor => {
    const given = [start, stop, step].filter((x) => x !== null);
    const type =
      dtype === null
        ? dtypeNamed(result_type(...given.map((x) => weakType(x) ?? "float32")))!
        : kernelType(dtype);
    const by = Number(step ?? 1);
    const [first, last] = stop === null ? [0, Number(start)] : [Number(start), Number(stop)];
    return wrap(
      castValue(
        new Value(kernelArange(float64, Math.max(Math.ceil((last - first) / by), 0), first, by)),
        type,
      ),
    );
  },
);
/** Evenly spaced numbers, both ends included. */
export const linspace = op(
  "numpy.Linspace",
  "linspace",
  "start stop num endpoint retstep dtype axis",
  (
    start: TensorLike,
    stop: TensorLike,
    num = 50,
    endpoint = true,
    retstep = false,
    dtype: DTypeLike | null = null,
    axis = 0,
  ): Tensor | Tuple<Tensor> => {
    if (num < 0) throw new ValueError(`\`num\` must be a non-negative integer. Received: num=${num}`);
    const { values, type } = promoted([start, stop], "float");
    const [a, b] = values as [Value, Value];
    const [first, last] = [castValue(a, float64), castValue(b, float64)];
    const gap = last.sub(first);
    const pieces = endpoint ? num - 1 : num;
    const rank = gap.shape.length + 1;
    const along = Array.from({ length: rank }, (_, i) => (i === (axis < 0 ? axis + rank : axis) ? num : 1));
    const at = new Value(kernelLinspace(float64, num, 0, endpoint ? 1 : (num - 1) / num)).reshape({
      shape: along,
    });
    const single = [...gap.shape];
    single.splice(axis < 0 ? axis + rank : axis, 0, 1);
    const wide = (v: KernelValue): KernelValue => v.reshape({ shape: single });
    const y = at.mul(wide(gap)).add(wide(first)) as Value;
    const out = wrap(castValue(y, dtype === null ? type : kernelType(dtype)));
    return retstep ? Tuple.of_([out, wrap(castValue(gap.div(pieces) as Value, type))]) : out;
  },
  { arity: 2 },
);
/** The unit matrix, or ones on another diagonal. */
export const eye = maker(
  "eye",
  "N M k dtype",
  (N: number, M: number | null = null, k = 0, dtype: DTypeLike | null = null): Tensor =>
    wrap(new Value(kernelEye(kernelType(dtype), N, M ?? N, k))),
);
export const identity = maker(
  "identity",
  "n dtype",
  (n: number, dtype: DTypeLike | null = null): Tensor => eye.impl(n, null, 0, dtype),
);
/** Ones on and below a diagonal. */
export const tri = maker(
  "tri",
  "N M k dtype",
  (N: number, M: number | null = null, k = 0, dtype: DTypeLike | null = null): Tensor =>
    wrap(run(ops.tril, [ones.impl([N, M ?? N], dtype)._value], { k })),
);
/** A tensor with memory of its own. */
export const array = op(
  "numpy.Array",
  "array",
  "x dtype",
  (x: TensorLike, dtype: DTypeLike | null = null): Tensor => {
    const v = valueOf(x, dtype === null ? undefined : kernelType(dtype));
    return wrap(run(ops.cast, [v], { dtype: v.dtype, copy: true }));
  },
);
export const copy = op("numpy.Copy", "copy", "x", (x: TensorLike): Tensor => {
  const v = valueOf(x);
  return wrap(run(ops.cast, [v], { dtype: v.dtype, copy: true }));
});
