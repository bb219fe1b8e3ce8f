/** The part of `tf.sparse` that `tf.sets` needs. */
export { from_dense, SparseTensor, to_dense } from "../ops/sparse.js";
