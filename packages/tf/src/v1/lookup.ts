import { pyClass } from "@cognate/py";
import { int64, string, type TypeLike } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import {
  type Initializer,
  KeyValueTensorInitializerImpl,
  TextFileIdTableInitializer,
  TextFileInitializerImpl,
  TextFileStringTableInitializer,
} from "../lookup/initializers.js";
import {
  DenseHashTableImpl,
  MutableHashTableImpl,
  StaticHashTableImpl,
  StaticVocabularyTableImpl,
  VocabularyTableImpl,
} from "../lookup/tables.js";
import { to_hash_bucket, to_hash_bucket_strong } from "../ops/strings.js";
import { recordedClass, v1 } from "./make.js";
import { node } from "./random-ops.js";

/* `tf.lookup` and `tf.contrib.lookup`: tables as nodes of the graph. */

const MODULE = "tensorflow.python.ops.lookup_ops";
const READING = ["lookup", "size", "export", "at"];
const CHANGING = [...READING, "insert", "remove"];

export const KeyValueTensorInitializer = pyClass(
  `${MODULE}.KeyValueTensorInitializer`,
  "keys values key_dtype value_dtype name",
  recordedClass(KeyValueTensorInitializerImpl),
);
export const TextFileInitializer = pyClass(
  `${MODULE}.TextFileInitializer`,
  "filename key_dtype key_index value_dtype value_index vocab_size delimiter name value_index_offset",
  recordedClass(TextFileInitializerImpl),
);
const Static = recordedClass(StaticHashTableImpl, READING);
export const StaticHashTable = pyClass(
  `${MODULE}.StaticHashTableV1`,
  "initializer default_value name experimental_is_anonymous",
  Static,
);
export const StaticVocabularyTable = pyClass(
  `${MODULE}.StaticVocabularyTableV1`,
  "initializer num_oov_buckets lookup_key_dtype name experimental_is_anonymous",
  recordedClass(StaticVocabularyTableImpl, READING),
);
export const MutableHashTable = pyClass(
  `${MODULE}.MutableHashTable`,
  "key_dtype value_dtype default_value name checkpoint experimental_is_anonymous",
  recordedClass(MutableHashTableImpl, CHANGING),
);
export const DenseHashTable = pyClass(
  `${MODULE}.DenseHashTable`,
  "key_dtype value_dtype default_value empty_key deleted_key initial_num_buckets name checkpoint experimental_is_anonymous",
  recordedClass(DenseHashTableImpl, [...CHANGING, "insert_or_assign", "erase"]),
);

/** How keys without an entry are spread over buckets. */
type Hasher = { readonly hasher: string; readonly key: readonly number[] | null };
export const FastHashSpec: Hasher = { hasher: "fasthash", key: null };
export const StrongHashSpec = (key: readonly number[]): Hasher => ({ hasher: "stronghash", key });
const hashOf = (spec: Hasher): ((texts: unknown, n: number) => unknown) | undefined =>
  spec.hasher === "stronghash"
    ? (texts, n) => (to_hash_bucket_strong as unknown as (...a: unknown[]) => unknown)(texts, n, spec.key)
    : spec.hasher === "legacy"
      ? (texts, n) => (to_hash_bucket as unknown as (...a: unknown[]) => unknown)(texts, n)
      : undefined;
const Vocabulary = recordedClass(VocabularyTableImpl, READING);
/** Ids of a table, and buckets after them for keys that it does not have. */
export const IdTableWithHashBuckets = (
  table: StaticHashTableImpl | null,
  num_oov_buckets: number,
  hasher_spec: Hasher = FastHashSpec,
  name: string | null = null,
  key_dtype: TypeLike | null = null,
): VocabularyTableImpl =>
  new Vocabulary(
    table,
    num_oov_buckets,
    (key_dtype ?? table?.key_dtype ?? string) as never,
    name,
    hashOf(hasher_spec) as never,
  );
const idTable = (
  init: Initializer,
  num_oov_buckets: number,
  default_value: unknown,
  hasher_spec: Hasher,
  name: string | null,
): unknown => {
  const table = new Static(init, default_value, name ?? "hash_table");
  return num_oov_buckets > 0 ? IdTableWithHashBuckets(table, num_oov_buckets, hasher_spec) : table;
};
const Pairs = recordedClass(KeyValueTensorInitializerImpl);
const numbers = (texts: unknown): unknown => {
  const g = get_default_graph();
  const t = toGraphTensor(g, texts);
  return node(g, "Cast", [node(g, "Range", [0, node(g, "Size", [t]), 1])], { DstT: int64 });
};
export const index_table_from_tensor = v1(
  "index_table_from_tensor",
  "vocabulary_list|mapping num_oov_buckets default_value hasher_spec dtype name",
  (
    vocabulary_list: unknown,
    num_oov_buckets = 0,
    default_value: unknown = -1,
    hasher_spec: Hasher = FastHashSpec,
    _dtype: TypeLike = string,
    name: string | null = null,
  ): unknown =>
    idTable(
      new Pairs(vocabulary_list, numbers(vocabulary_list)),
      num_oov_buckets,
      default_value,
      hasher_spec,
      name,
    ),
);
export const index_to_string_table_from_tensor = v1(
  "index_to_string_table_from_tensor",
  "vocabulary_list|mapping default_value name",
  (vocabulary_list: unknown, default_value: unknown = "UNK", name: string | null = null): unknown =>
    new Static(new Pairs(numbers(vocabulary_list), vocabulary_list), default_value, name ?? "hash_table"),
);
export const index_table_from_file = v1(
  "index_table_from_file",
  "vocabulary_file num_oov_buckets vocab_size default_value hasher_spec key_dtype name",
  (
    vocabulary_file: string,
    num_oov_buckets = 0,
    vocab_size: number | null = null,
    default_value: unknown = -1,
    hasher_spec: Hasher = FastHashSpec,
    key_dtype: TypeLike = string,
    name: string | null = null,
  ): unknown =>
    idTable(
      TextFileIdTableInitializer(vocabulary_file, -2, -1, vocab_size, "\t", null, key_dtype),
      num_oov_buckets,
      default_value,
      hasher_spec,
      name,
    ),
);
export const index_to_string_table_from_file = v1(
  "index_to_string_table_from_file",
  "vocabulary_file vocab_size default_value name",
  (
    vocabulary_file: string,
    vocab_size: number | null = null,
    default_value: unknown = "UNK",
    name: string | null = null,
  ): unknown =>
    new Static(
      TextFileStringTableInitializer(vocabulary_file, -1, -2, vocab_size),
      default_value,
      name ?? "hash_table",
    ),
);
export const HashTable = StaticHashTable;
