/** `tf.compat`: TensorFlow 1 beside TensorFlow 2. */
export * as v1 from "../v1/index.js";
