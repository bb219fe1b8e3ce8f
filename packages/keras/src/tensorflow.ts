/** What Keras and TensorFlow share, under the path that it is imported by. */
export * from "./backend/tensorflow.js";
