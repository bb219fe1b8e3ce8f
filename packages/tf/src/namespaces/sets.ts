/** `tf.sets`. */
export { difference, intersection, size, union } from "../ops/sparse.js";
