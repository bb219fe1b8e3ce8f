import { isComplex, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { scalarName } from "../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { deliver, named, valueOf } from "./args.js";
import { checkOf } from "./signatures.js";

const checkTensors = checkOf("complex");

/** Complex numbers as pairs along a new last axis, a view. */
export const view_as_real = def("torch.view_as_real", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  if (!isComplex(x.dtype)) throw new RuntimeError("view_as_real is only supported for complex tensors");
  return wrap(call(ops.viewAsReal, [x], undefined));
});

/** Pairs along the last axis as complex numbers, a view. */
export const view_as_complex = def("torch.view_as_complex", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  const last = x.shape.length - 1;
  if (!["float16", "float32", "float64"].includes(x.dtype.name))
    throw new RuntimeError(
      `view_as_complex is only supported for half, float and double tensors, but got a tensor of scalar type: ${scalarName(x.dtype)}`,
    );
  if (last < 0) throw new RuntimeError("Input tensor must have one or more dimensions");
  if (x.shape[last] !== 2) throw new RuntimeError("Tensor must have a last dimension of size 2");
  const { strides, offset } = x.array;
  if (strides[last] !== 1) throw new RuntimeError("Tensor must have a last dimension with stride 1");
  if (strides.some((s, i) => i !== last && s % 2 !== 0))
    throw new RuntimeError("Tensor must have a stride divisible by 2 for all but last dimension");
  if (offset % 2 !== 0) throw new RuntimeError("Tensor must have a storage_offset divisible by 2");
  return wrap(call(ops.viewAsComplex, [x], undefined));
});

/** The real parts, a view; a real tensor as it is. */
export const real = def("torch.real", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  return wrap(isComplex(x.dtype) ? named(call(ops.real, [x], undefined), "SelectBackward0") : x);
});

/** The imaginary parts, a view. @throws RuntimeError for a real tensor */
export const imag = def("torch.imag", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  if (!isComplex(x.dtype))
    throw new RuntimeError("imag is not implemented for tensors with non-complex dtypes.");
  return wrap(named(call(ops.imag, [x], undefined), "SelectBackward0"));
});

/** Complex numbers from real and imaginary parts. */
export const complex = def(
  "torch.complex",
  "real imag * out",
  (re: TensorLike, im: TensorLike, out: Tensor | null = null): Tensor => {
    checkTensors(re, im);
    const [a, b] = [valueOf(re), valueOf(im)];
    const known = (v: Value): boolean => ["float16", "float32", "float64"].includes(v.dtype.name);
    if (!known(a) || !known(b))
      throw new RuntimeError(
        `Expected both inputs to be Half, Float or Double tensors but got ${scalarName(a.dtype)} and ${scalarName(b.dtype)}`,
      );
    if (a.dtype !== b.dtype)
      throw new RuntimeError(
        `Expected object of scalar type ${scalarName(a.dtype)} but got scalar type ${scalarName(b.dtype)} for second argument`,
      );
    const y = call(ops.complex, [a, b], undefined);
    if (out && out._value.dtype !== y.dtype)
      throw new RuntimeError(
        `Expected object of scalar type ${scalarName(y.dtype)} but got scalar type ${scalarName(out._value.dtype)} for argument 'out'`,
      );
    return deliver(y, out);
  },
);
