import { ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call } from "@cognate/tensor";
import { type Ints, ints, named, shown, valueOf, weakLike } from "../ops/args.js";
import { matmulOf } from "../ops/matmul.js";
import { reshapeOf } from "../ops/views.js";
import { type Tensor, type TensorLike, wrap } from "./tensor.js";

/** `other @ self`: the reflected matrix product. */
export const rmatmul = def("rmatmul", "self other", (self: Tensor, other: TensorLike): Tensor => {
  const [a, b] = [valueOf(other), self._value];
  return wrap(weakLike(matmulOf(a, b), a, b));
});

/** Summed over the axes that stretching to this tensor's shape would repeat. */
export const sum_to_size = def(
  "sum_to_size",
  "self ...size",
  (self: Tensor, size: readonly Ints[]): Tensor => {
    const x = self._value;
    const shape = ints(size);
    const lead = x.shape.length - shape.length;
    if (lead < 0 || shape.some((n, i) => n !== 1 && n !== x.shape[lead + i]))
      throw new RuntimeError(`size {${shown(shape)}} is not expandable to size {${shown(x.shape)}}.`);
    if (shape.length === 0) return wrap(weakLike(named(call(ops.sum, [x], {}), "SumBackward0"), x));
    const dims = x.shape
      .map((_, i) => i)
      .filter((i) => i < lead || (shape[i - lead] === 1 && x.shape[i] !== 1));
    if (dims.length === 0) return self;
    const y = named(call(ops.sum, [x], { dims, keepdim: true }), "SumBackward1");
    return wrap(weakLike(lead === 0 ? y : reshapeOf(y, shape), x));
  },
);
