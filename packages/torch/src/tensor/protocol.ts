import { ops } from "@cognate/kernel";
import { Complex, def, RuntimeError, ValueError } from "@cognate/py";
import { call, isMapped } from "@cognate/tensor";
import { truth } from "../ops/geometry.js";
import { promote } from "../ops/operands.js";
import { overflow } from "../words.js";
import type { Tensor, TensorLike } from "./tensor.js";

// What Python's own functions (bool, float, int, in) ask of a tensor.

type Item = number | boolean | bigint | Complex;

/** The one element. @throws ValueError past one */
function only(self: Tensor): Item {
  if (self._value.size !== 1)
    throw new ValueError("only one element tensors can be converted to Python scalars");
  return self.item();
}

function real(self: Tensor, type: string): number | bigint {
  const x = only(self);
  if (x instanceof Complex) {
    if (x.imag !== 0) throw overflow(type);
    return x.real;
  }
  return typeof x === "bigint" ? x : Number(x);
}

/** `bool(x)`. @throws RuntimeError for none and for several elements */
export const __bool__ = def("__bool__", "self", (self: Tensor): boolean => {
  if (isMapped(self._value))
    throw new RuntimeError(
      "vmap: It looks like you're attempting to use a Tensor in some data-dependent control flow. We don't support that yet, please file an issue at https://github.com/pytorch/pytorch/issues .",
    );
  return truth(self._value);
});
/** `float(x)`. */
export const __float__ = def("__float__", "self", (self: Tensor): number => Number(real(self, "double")));
/** `int(x)`: the whole part. */
export const __int__ = def("__int__", "self", (self: Tensor): number | bigint => {
  const x = real(self, "int64_t");
  return typeof x === "bigint" ? x : Math.trunc(x);
});
/** `complex(x)`. */
export const __complex__ = def("__complex__", "self", (self: Tensor): Complex => {
  const x = only(self);
  return x instanceof Complex ? x : new Complex(Number(x), 0);
});
/** The tensor as an index. @throws TypeError for what is no integer */
export const __index__ = def("__index__", "self", (self: Tensor): number | bigint => __int__(self));
/** `value in x`: whether any element is equal to it. */
export const __contains__ = def("__contains__", "self value", (self: Tensor, value: TensorLike): boolean => {
  const { inputs } = promote([self._value, value as number]);
  return truth(call(ops.any, [call(ops.eq, inputs, undefined)], {}));
});
