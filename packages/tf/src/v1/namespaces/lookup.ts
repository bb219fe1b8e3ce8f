import { DenseHashTable, MutableHashTable } from "../lookup.js";

/* `tf.lookup`. */
export { TextFileIndex } from "../../lookup/initializers.js";
export {
  KeyValueTensorInitializer,
  StaticHashTable,
  StaticVocabularyTable,
  TextFileInitializer,
} from "../lookup.js";
export const experimental = { DenseHashTable, MutableHashTable } as const;
