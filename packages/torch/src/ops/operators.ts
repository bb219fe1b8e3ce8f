import { type OpRow, ops } from "@cognate/kernel";
import { def, TypeError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import type { Scalar, Tensor, TensorLike } from "../tensor/tensor.js";
import { refuseBools, scaleOther } from "./alpha.js";
import { floor_divide, mul, pow, reciprocal, remainder } from "./arithmetic.js";
import { bitwise_and, bitwise_left_shift, bitwise_or, bitwise_right_shift, bitwise_xor } from "./bitwise.js";
import { alias, evaluate, functional, plan, type Traits } from "./make.js";
import { operandOf } from "./operands.js";
import { misfit } from "./signatures.js";

/*
 * Python's operators as methods (`a.floordiv(b)` is `a // b`), with their reflected forms (`a.rsub(1)` is `1 - a`) and,
 * for augmented assignment, in-place twins (`a.floordiv_(b)` is `a //= b`). They are no functions of `torch`.
 */

/** `a // b` */
export const floordiv = alias("floordiv", floor_divide);
/** `a % b` */
export const mod = alias("mod", remainder);
/** `a & b` */
export const and = alias("and", bitwise_and);
/** `a | b` */
export const or = alias("or", bitwise_or);
/** `a ^ b` */
export const xor = alias("xor", bitwise_xor);
/** `a << b` */
export const lshift = alias("lshift", bitwise_left_shift);
/** `a >> b` */
export const rshift = alias("rshift", bitwise_right_shift);
/** `~a` @throws TypeError for what is neither integer nor bool */
export const invert = functional("invert", "input", (input: Tensor) => {
  const { kind } = input._value.dtype;
  if (kind === "float" || kind === "complex")
    throw new TypeError("~ (operator.invert) is only implemented on integer and Boolean-type tensors");
  return plan(ops.bitwiseNot, [input._value]);
});

/** The operator with its sides exchanged. */
const reflected = <P>(name: string, row: OpRow<P>, traits?: Traits) =>
  functional(name, "input other", (input: Tensor, other: TensorLike) =>
    plan(row, [operandOf(other), input._value], undefined, { traits }),
  );
/** `b + a` */
export const radd = reflected("radd", ops.add);
/** `b * a` */
export const rmul = reflected("rmul", ops.mul);
/** `b & a` */
export const rand = reflected("rand", ops.bitwiseAnd, { kernel: "bitwise_and_cpu" });
/** `b | a` */
export const ror = reflected("ror", ops.bitwiseOr, { kernel: "bitwise_or_cpu" });
/** `b ^ a` */
export const rxor = reflected("rxor", ops.bitwiseXor, { kernel: "bitwise_xor_cpu" });
/** `b << a` */
export const rlshift = reflected("rlshift", ops.leftShift, { kernel: "lshift_cpu" });
/** `b >> a` */
export const rrshift = reflected("rrshift", ops.rightShift, { kernel: "rshift_cpu" });

const turned = (name: string, f: (other: TensorLike, input: Tensor) => Tensor) =>
  def(`torch.${name}`, "input other", (input: Tensor, other: TensorLike): Tensor => f(other, input));
/** `b - a` */
export const rsub = def(
  "torch.rsub",
  "input other * alpha",
  (input: TensorLike, other: TensorLike, alpha: Scalar = 1): Tensor => {
    if (typeof input === "number")
      throw misfit(
        "rsub",
        [input, other],
        ` * (Tensor input, Tensor other, *, Number alpha = 1)\n * (Tensor input, Number other, Number alpha = 1)\n`,
      );
    const args = [operandOf(other), operandOf(input)] as const;
    refuseBools(...args);
    const map = alpha === 1 ? undefined : scaleOther(alpha, 1);
    const gradFn = args[0] instanceof Value ? "RsubBackward0" : "RsubBackward1";
    return evaluate("rsub", plan(ops.sub, args, undefined, { traits: { gradFn }, map }));
  },
);
/** `b / a` */
export const rdiv = turned("rdiv", (other, input) => mul(reciprocal(input), other));
/** `b // a` */
export const rfloordiv = turned("rfloordiv", (other, input) => floor_divide(other, input));
/** `b % a` */
export const rmod = turned("rmod", (other, input) => remainder(other, input));
/** `b ** a` */
export const rpow = turned("rpow", (other, input) => pow(other, input));
