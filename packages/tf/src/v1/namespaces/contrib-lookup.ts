/* `tf.contrib.lookup`. */
export { TextFileIndex } from "../../lookup/initializers.js";
export * from "../lookup.js";
