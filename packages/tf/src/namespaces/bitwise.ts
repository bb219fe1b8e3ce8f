/** `tf.bitwise`. */
export { bitwise_and, bitwise_or, bitwise_xor, invert, left_shift, right_shift } from "../ops/math.js";
