import {
  type DType,
  dtypeNamed,
  fill,
  float64,
  arange as kernelArange,
  eye as kernelEye,
  linspace as kernelLinspace,
  ops,
  Strided,
} from "@cognate/kernel";
import { def } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type DTypeLike, kernelType } from "../../backend/dtype.js";
import { run } from "../../backend/record.js";
import { type Shape, sizeOfShape } from "../../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { result_type, weakType } from "../../promotion.js";
import { op } from "../make.js";

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
export const zeros = def(
  "keras.ops.zeros",
  "shape dtype",
  (shape: Lengths, dtype: DTypeLike | null = null): Tensor =>
    wrap(new Value(Strided.zeros(kernelType(dtype), lengths(shape)))),
);
/** Ones. */
export const ones = def(
  "keras.ops.ones",
  "shape dtype",
  (shape: Lengths, dtype: DTypeLike | null = null): Tensor =>
    wrap(new Value(fill(Strided.zeros(kernelType(dtype), lengths(shape)), 1))),
);
export const empty = def(
  "keras.ops.empty",
  "shape dtype",
  (shape: Lengths, dtype: DTypeLike | null = null): Tensor => zeros.impl(shape, dtype),
);
/** One number everywhere. */
export const full = def(
  "keras.ops.full",
  "shape fill_value dtype",
  (shape: Lengths, fill_value: TensorLike, dtype: DTypeLike | null = null): Tensor =>
    filled(shape, fill_value, dtype === null ? valueOf(fill_value).dtype : kernelType(dtype)),
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
export const arange = def(
  "keras.ops.arange",
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
export const linspace = def(
  "keras.ops.linspace",
  "start stop num endpoint retstep dtype axis",
  (
    start: number,
    stop: number,
    num = 50,
    endpoint = true,
    _retstep = false,
    dtype: DTypeLike | null = null,
  ): Tensor => {
    const [a, b] = [Number(start), Number(stop)];
    const last = endpoint || num === 0 ? b : b - (b - a) / num;
    return wrap(castValue(new Value(kernelLinspace(float64, num, a, last)), kernelType(dtype)));
  },
);
/** The unit matrix, or ones on another diagonal. */
export const eye = def(
  "keras.ops.eye",
  "N M k dtype",
  (N: number, M: number | null = null, k = 0, dtype: DTypeLike | null = null): Tensor =>
    wrap(new Value(kernelEye(kernelType(dtype), N, M ?? N, k))),
);
export const identity = def(
  "keras.ops.identity",
  "n dtype",
  (n: number, dtype: DTypeLike | null = null): Tensor => eye.impl(n, null, 0, dtype),
);
/** Ones on and below a diagonal. */
export const tri = def(
  "keras.ops.tri",
  "N M k dtype",
  (N: number, M: number | null = null, k = 0, dtype: DTypeLike | null = null): Tensor =>
    wrap(run(ops.tril, [ones.impl([N, M ?? N], dtype)._value], { k })),
);
/** A tensor with memory of its own. */
export const array = def(
  "keras.ops.array",
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
