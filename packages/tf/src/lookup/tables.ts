import { def, method, pyClass, str, Tuple, TypeError, ValueError } from "@cognate/py";
import { currentGraph } from "../core/context.js";
import { HandleTensor, isTensor, toTensor } from "../core/convert.js";
import { as_dtype, int64, resource, string, type TypeLike } from "../core/dtypes.js";
import { framed, KernelProblem } from "../core/errors.js";
import { one } from "../core/execute.js";
import type { Dims } from "../core/row.js";
import { get_default_graph } from "../graph/current.js";
import type { Operation } from "../graph/operation.js";
import { dimsOf as shapeDims } from "../graph/shape.js";
import type { Data } from "../ops/make.js";
import { where } from "../ops/math.js";
import { withNameScope } from "../ops/name-scope.js";
import { SparseTensor } from "../ops/sparse.js";
import { as_string, to_hash_bucket_fast } from "../ops/strings.js";
import type { DType, Tensor } from "../shared.js";
import { tableCall } from "./calls.js";
import type { Initializer } from "./initializers.js";
import { Table } from "./table.js";

/* `tf.lookup`: tables from keys to values. */

const TABLE_INITIALIZERS = "table_initializer";
const dimsOf = (t: Tensor): Dims => shapeDims(t.shape);

/** What all tables do. */
export abstract class LookupImpl {
  abstract readonly key_dtype: DType;
  abstract readonly value_dtype: DType;
  abstract readonly resource_handle: Tensor;
  abstract readonly name: string;
  abstract readonly _default: Tensor;
  /** The operation that fills the table, in graphs. */
  initializer: Operation | null = null;

  _lookup(keys: Tensor, fallback: Tensor, name: string | null): Tensor {
    const rest = dimsOf(this._default) ?? [];
    const own = dimsOf(keys);
    return tableCall({
      type: "LookupTableFindV2",
      handle: this.resource_handle,
      inputs: [keys, fallback],
      outputs: [[this.value_dtype, own === null ? null : [...own, ...rest]]],
      attrs: { Tin: this.key_dtype, Tout: this.value_dtype },
      name: name ?? `${this.name}_Lookup/LookupTableFindV2`,
    }).tensors[0]!;
  }
  /** The values of keys, in their shape. @throws TypeError for keys of another type */
  _find(keys: unknown, name: string | null, fallback: unknown = null): unknown {
    if (keys instanceof SparseTensor) {
      const values = this._find(keys.values, name, fallback) as Tensor;
      return SparseTensor(keys.indices, values, keys.dense_shape);
    }
    const own = this._keys(keys);
    return this._lookup(
      own,
      fallback === null ? this._default : toTensor(fallback, { dtype: this.value_dtype }),
      name,
    );
  }
  _keys(keys: unknown): Tensor {
    if (!isTensor(keys)) return toTensor(keys, { dtype: this.key_dtype });
    const t = toTensor(keys);
    if (t.dtype === this.key_dtype) return t;
    if (t._value?.weak && this.key_dtype.is_integer) return one("Cast", [t], { DstT: this.key_dtype });
    throw new TypeError(
      `Dtype of argument \`keys\` must be ${str(this.key_dtype)}, received: ${str(t.dtype)}`,
    );
  }
  _size(name: string | null): Tensor {
    return tableCall({
      type: "LookupTableSizeV2",
      handle: this.resource_handle,
      outputs: [[int64, []]],
      name: name ?? `${this.name}_Size/LookupTableSizeV2`,
    }).tensors[0]!;
  }
  _export(name: string | null): Tuple<Tensor> {
    const rest = dimsOf(this._default) ?? [];
    const { tensors } = tableCall({
      type: "LookupTableExportV2",
      handle: this.resource_handle,
      outputs: [
        [this.key_dtype, [null]],
        [this.value_dtype, [null, ...rest]],
      ],
      name: name ?? `${this.name}_lookup_table_export_values/LookupTableExportV2`,
    });
    return Tuple.of_(tensors);
  }
  /** `table[keys]`. */
  at(keys: unknown): unknown {
    return this._find(keys, null);
  }
  declare lookup: Methods["lookup"];
  declare size: Methods["size"];
  declare export: Methods["export"];
}
const methods = {
  lookup: method(
    def("lookup", "self keys name", (self: LookupImpl, keys: unknown, name: string | null = null) =>
      self._find(keys, name),
    ),
  ),
  size: method(def("size", "self name", (self: LookupImpl, name: string | null = null) => self._size(name))),
  export: method(
    def("export", "self name", (self: LookupImpl, name: string | null = null) => self._export(name)),
  ),
};
type Methods = typeof methods;
for (const [key, value] of Object.entries(methods))
  Object.defineProperty(LookupImpl.prototype, key, { value, writable: true, configurable: true });

interface Made {
  readonly type: "HashTableV2" | "MutableHashTableV2";
  readonly keyType: DType;
  readonly valueType: DType;
  readonly valueShape?: readonly number[];
  readonly reserved?: readonly [unknown, unknown] | null;
  readonly name: string;
}
/** The handle of a new table: an eager one, or a node's. */
function handleOf(m: Made): Tensor {
  const g = currentGraph();
  const mutable = m.type === "MutableHashTableV2";
  if (!g) {
    const t = new Table(m.keyType, m.valueType, m.valueShape ?? [], mutable, m.reserved ?? null);
    return new HandleTensor(t, resource);
  }
  return get_default_graph().addOp({
    type: m.type,
    name: m.name,
    attrs: {
      key_dtype: m.keyType,
      value_dtype: m.valueType,
      shared_name: "",
      ...(m.valueShape ? { value_shape: m.valueShape } : {}),
      ...(m.reserved ? { reserved: m.reserved } : {}),
    },
    outputs: [[resource, []]],
  }).outputs[0]!;
}

export class StaticHashTableImpl extends LookupImpl {
  readonly key_dtype: DType;
  readonly value_dtype: DType;
  readonly resource_handle: Tensor;
  readonly name: string;
  readonly _default: Tensor;
  constructor(
    initializer: Initializer,
    default_value: unknown,
    name: string | null = null,
    _anonymous = false,
  ) {
    super();
    this.key_dtype = initializer.key_dtype;
    this.value_dtype = initializer.value_dtype;
    this._default = toTensor(default_value, { dtype: this.value_dtype });
    this.name = name ?? "hash_table";
    this.resource_handle = handleOf({
      type: "HashTableV2",
      keyType: this.key_dtype,
      valueType: this.value_dtype,
      name: this.name,
    });
    this.initializer = initializer._fill(this.resource_handle);
    if (this.initializer) get_default_graph().add_to_collection(TABLE_INITIALIZERS, this.initializer);
  }
  get default_value(): Tensor {
    return this._default;
  }
}
export const StaticHashTable = pyClass(
  "tensorflow.python.ops.lookup_ops.StaticHashTable",
  "initializer default_value name experimental_is_anonymous",
  StaticHashTableImpl,
);

/** Words of a vocabulary, and numbers after theirs for all others, by their hash. */
export class VocabularyTableImpl extends LookupImpl {
  readonly key_dtype: DType;
  readonly value_dtype: DType = int64;
  readonly name: string;
  readonly _table: LookupImpl | null;
  readonly resource_handle: Tensor;
  readonly _default: Tensor;
  constructor(
    table: LookupImpl | null,
    private readonly _buckets: number,
    key_dtype: DType,
    name: string | null,
    private readonly _hash: (texts: Data, n: number) => Tensor = to_hash_bucket_fast as never,
  ) {
    super();
    this._table = table;
    this.key_dtype = key_dtype;
    this.name = name ?? table?.name ?? "hash_bucket";
    this.resource_handle = table?.resource_handle as Tensor;
    this._default = toTensor(-1, { dtype: int64 });
    this.initializer = table?.initializer ?? null;
  }
  override _lookup(keys: Tensor): Tensor {
    return withNameScope(`${this.name}_Lookup`, () => this._ids(keys));
  }
  private _ids(keys: Tensor): Tensor {
    const own = this._table;
    const of = (): Tensor => this._hash(keys.dtype === string ? keys : as_string(keys), this._buckets);
    if (!own) return of();
    const wide = own.key_dtype === keys.dtype ? keys : one("Cast", [keys], { DstT: own.key_dtype });
    const ids = own._lookup(wide, own._default, null);
    if (this._buckets === 0) return ids;
    const other = one("AddV2", [of(), own._size(null)]);
    return where(one("NotEqual", [ids, own._default]), ids, other);
  }
  override _size(name: string | null): Tensor {
    const n = toTensor(this._buckets, { dtype: int64 });
    return this._table ? one("AddV2", [this._table._size(name), n]) : n;
  }
}
export class StaticVocabularyTableImpl extends VocabularyTableImpl {
  constructor(
    initializer: Initializer | null,
    num_oov_buckets: number,
    lookup_key_dtype: TypeLike | null = null,
    name: string | null = null,
    _anonymous = false,
  ) {
    if (num_oov_buckets <= 0) throw new ValueError("`num_oov_buckets` must be > 0; use StaticHashTable.");
    const wanted =
      lookup_key_dtype === null ? (initializer?.key_dtype ?? string) : as_dtype(lookup_key_dtype);
    if (initializer) {
      if (!["int64", "string"].includes(initializer.key_dtype.name))
        throw new TypeError(
          `Invalid \`key_dtype\`, expected one of (tf.int64, tf.string), but got ${str(initializer.key_dtype)}.`,
        );
      if (initializer.key_dtype.is_integer !== wanted.is_integer)
        throw new TypeError(
          `Invalid \`key_dtype\`, expected ${wanted.is_integer ? "integer" : "non-integer"} but got ${str(initializer.key_dtype)}.`,
        );
      if (initializer.value_dtype !== int64)
        throw new TypeError(
          `Invalid \`value_dtype\`, expected ${str(int64)} but got ${str(initializer.value_dtype)}.`,
        );
    }
    if (!wanted.is_integer && wanted !== string)
      throw new TypeError(`Invalid \`key_dtype\`, expected integer or string, got ${str(wanted)}`);
    super(initializer && new StaticHashTableImpl(initializer, -1), num_oov_buckets, wanted, name);
  }
}
export const StaticVocabularyTable = pyClass(
  "tensorflow.python.ops.lookup_ops.StaticVocabularyTable",
  "initializer num_oov_buckets lookup_key_dtype name experimental_is_anonymous",
  StaticVocabularyTableImpl,
);

/** A table whose entries change. */
export class MutableHashTableImpl extends LookupImpl {
  readonly key_dtype: DType;
  readonly value_dtype: DType;
  readonly resource_handle: Tensor;
  readonly name: string;
  readonly _default: Tensor;
  constructor(
    key_dtype: TypeLike,
    value_dtype: TypeLike,
    default_value: unknown,
    name = "MutableHashTable",
    _checkpoint = true,
    _anonymous = false,
    reserved: readonly [unknown, unknown] | null = null,
  ) {
    super();
    this.key_dtype = as_dtype(key_dtype);
    this.value_dtype = as_dtype(value_dtype);
    this._default = toTensor(default_value, { dtype: this.value_dtype });
    this.name = name;
    this.resource_handle = handleOf({
      type: "MutableHashTableV2",
      keyType: this.key_dtype,
      valueType: this.value_dtype,
      valueShape: (dimsOf(this._default) ?? []) as readonly number[],
      reserved,
      name,
    });
  }
  _change(type: string, inputs: readonly Tensor[], name: string | null): unknown {
    return tableCall({
      type,
      handle: this.resource_handle,
      inputs,
      name: name ?? `${this.name}_${type}`,
    }).op;
  }
  declare insert: MutableMethods["insert"];
  declare insert_or_assign: MutableMethods["insert"];
  declare remove: MutableMethods["remove"];
  declare erase: MutableMethods["remove"];
}
const changing = {
  lookup: method(
    def(
      "lookup",
      "self keys dynamic_default_values name",
      (
        self: MutableHashTableImpl,
        keys: unknown,
        dynamic_default_values: unknown = null,
        name: string | null = null,
      ) => self._find(keys, name, dynamic_default_values),
    ),
  ),
  insert: method(
    def(
      "insert",
      "self keys values name",
      (self: MutableHashTableImpl, keys: unknown, values: unknown, name: string | null = null) => {
        const own = toTensor(keys, { dtype: self.key_dtype });
        return self._change(
          "LookupTableInsertV2",
          [own, toTensor(values, { dtype: self.value_dtype })],
          name,
        );
      },
    ),
  ),
  remove: method(
    def("remove", "self keys name", (self: MutableHashTableImpl, keys: unknown, name: string | null = null) =>
      self._change("LookupTableRemoveV2", [self._keys(keys)], name),
    ),
  ),
};
type MutableMethods = typeof changing;
for (const [key, value] of Object.entries(changing))
  Object.defineProperty(MutableHashTableImpl.prototype, key, { value, writable: true, configurable: true });
export const MutableHashTable = pyClass(
  "tensorflow.python.ops.lookup_ops.MutableHashTable",
  "key_dtype value_dtype default_value name checkpoint experimental_is_anonymous",
  MutableHashTableImpl,
);
export class DenseHashTableImpl extends MutableHashTableImpl {
  constructor(
    key_dtype: TypeLike,
    value_dtype: TypeLike,
    default_value: unknown,
    empty_key: unknown,
    deleted_key: unknown,
    _initial_num_buckets: number | null = null,
    name = "MutableDenseHashTable",
    _checkpoint = true,
    _anonymous = false,
  ) {
    if (
      Number.isNaN(Number(empty_key)) ? empty_key === deleted_key : Number(empty_key) === Number(deleted_key)
    )
      throw framed(
        "MutableDenseHashTableV2",
        "",
        new KernelProblem("Empty and deleted keys cannot be equal"),
        ` name: ${name}`,
      );
    super(key_dtype, value_dtype, default_value, name, true, false, [empty_key, deleted_key]);
  }
}
for (const [key, value] of [
  ["insert_or_assign", changing.insert],
  ["erase", changing.remove],
] as const)
  Object.defineProperty(DenseHashTableImpl.prototype, key, { value, writable: true, configurable: true });
export const DenseHashTable = pyClass(
  "tensorflow.python.ops.lookup_ops.DenseHashTable",
  "key_dtype value_dtype default_value empty_key deleted_key initial_num_buckets name checkpoint experimental_is_anonymous",
  DenseHashTableImpl,
);
