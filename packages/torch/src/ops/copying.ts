import { isComplex, ops } from "@cognate/kernel";
import { def } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { type Scalar, Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { notNumber } from "../words.js";
import { checkedScalar, named, valueOf, weakLike } from "./args.js";
import { isclose } from "./comparison.js";
import { truth } from "./geometry.js";
import { promote } from "./operands.js";

/** A copy that gradients pass through. */
export const clone = def(
  "torch.clone",
  "input * memory_format",
  (input: TensorLike, memory_format: unknown = null): Tensor => {
    void memory_format;
    const x = valueOf(input);
    return wrap(weakLike(named(call(ops.cast, [x], { dtype: x.dtype }), "CloneBackward0"), x));
  },
);

/** A copy in which every element is one number. */
export const fill = def("torch.fill", "input value", (input: TensorLike, value: Scalar | Tensor): Tensor => {
  const x = valueOf(input);
  if (value instanceof Tensor) {
    if (value.ndim > 0) throw notNumber("fill", value.ndim);
    return wrap(named(call(ops.assign, [x, value._value], undefined), "FillBackward1"));
  }
  return wrap(named(call(ops.assign, [x, checkedScalar(value, x.dtype)], undefined), "FillBackward0"));
});

/** The same memory without history. */
export const detach = def("torch.detach", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  const y = x.detach();
  y.weak = x.weak;
  return wrap(y);
});

/** Whether the type is a floating one. */
export const is_floating_point = def(
  "torch.is_floating_point",
  "input",
  (input: TensorLike): boolean => valueOf(input).dtype.kind === "float",
);

/** Whether the type is complex. */
export const is_complex = def("torch.is_complex", "input", (input: TensorLike): boolean =>
  isComplex(valueOf(input).dtype),
);

/** Whether the one element is not zero. @throws RuntimeError for none and for several */
export const is_nonzero = def("torch.is_nonzero", "input", (input: TensorLike): boolean =>
  truth(valueOf(input)),
);

const sameShape = (a: Value, b: Value): boolean =>
  a.shape.length === b.shape.length && a.shape.every((n, i) => n === b.shape[i]);

/** Whether two tensors have the same shape and elements. */
export const equal = def("torch.equal", "input other", (input: TensorLike, other: TensorLike): boolean => {
  const [a, b] = [valueOf(input), valueOf(other)];
  if (!sameShape(a, b)) return false;
  const { inputs } = promote([a, b]);
  return truth(call(ops.all, [call(ops.eq, inputs, undefined)], {}));
});

/** Whether |input − other| ≤ atol + rtol·|other| everywhere. */
export const allclose = def(
  "torch.allclose",
  "input other rtol atol equal_nan",
  (input: TensorLike, other: TensorLike, rtol = 1e-5, atol = 1e-8, equal_nan = false): boolean => {
    const close = isclose(wrap(valueOf(input)), wrap(valueOf(other)), rtol, atol, equal_nan);
    return truth(call(ops.all, [close._value], {}));
  },
);
