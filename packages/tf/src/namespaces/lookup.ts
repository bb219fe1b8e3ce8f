import { DenseHashTable, MutableHashTable } from "../lookup/tables.js";

/* `tf.lookup`. */
export { KeyValueTensorInitializer, TextFileIndex, TextFileInitializer } from "../lookup/initializers.js";
export { StaticHashTable, StaticVocabularyTable } from "../lookup/tables.js";
export const experimental = { DenseHashTable, MutableHashTable } as const;
