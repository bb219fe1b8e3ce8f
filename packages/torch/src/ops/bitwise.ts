import { ops } from "@cognate/kernel";
import { binary, unary } from "./make.js";

/** input and other, bit by bit; of bools "and". */
export const bitwise_and = binary("bitwise_and", ops.bitwiseAnd);
/** input or other, bit by bit; of bools "or". */
export const bitwise_or = binary("bitwise_or", ops.bitwiseOr);
/** Either input or other, bit by bit. */
export const bitwise_xor = binary("bitwise_xor", ops.bitwiseXor);
/** Every bit turned over; of bools the opposite. */
export const bitwise_not = unary("bitwise_not", ops.bitwiseNot);
/** input moved `other` bits up. */
export const bitwise_left_shift = binary("bitwise_left_shift", ops.leftShift, "any", {
  kernel: "lshift_cpu",
});
/** input moved `other` bits down, copies of the sign coming in. */
export const bitwise_right_shift = binary("bitwise_right_shift", ops.rightShift, "any", {
  kernel: "rshift_cpu",
});
