/** `tf.errors`. */
export * from "../core/status-codes.js";
export * from "../v1/namespaces/errors.js";
