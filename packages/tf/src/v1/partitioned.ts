import { pyClass, repr, str, Tuple, TypeError, ValueError } from "@cognate/py";
import { get_default_graph, inDefault } from "../graph/current.js";
import type { Operation } from "../graph/operation.js";
import { GraphShape } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { GraphVariable } from "../graph/variable.js";
import type { DType } from "../shared.js";
import { v1 } from "./make.js";
import { node } from "./random-ops.js";

/** Says into how many parts a variable of a shape is cut, for each axis: one number larger than one at most. */
export type Partitioner = (options: {
  readonly shape: GraphShape;
  readonly dtype: DType;
}) => readonly number[];

interface Slice {
  readonly offset: readonly number[];
  readonly shape: readonly number[];
}
/** Where the parts of a variable lie. @throws ValueError where the partitioner gives what does not fit */
export function partsOf(
  dims: readonly number[],
  partitioner: Partitioner,
  dtype: DType,
): { readonly partitions: readonly number[]; readonly axis: number; readonly slices: readonly Slice[] } {
  const shape = new GraphShape([...dims]);
  const partitions = partitioner({ shape, dtype });
  if (!Array.isArray(partitions))
    throw new ValueError(`Partitioner must return a sequence, but saw: ${str(partitions)}`);
  if (partitions.length !== dims.length)
    throw new ValueError(
      `Partitioner returned a partition list that does not match the Variable's rank: ${repr([...partitions])} vs. ${str(shape)}`,
    );
  if (partitions.some((p) => Number(p) < 1))
    throw new ValueError(`Partitioner returned zero partitions for some axes: ${repr([...partitions])}`);
  const cut = partitions.flatMap((p, i) => (Number(p) > 1 ? [i] : []));
  if (cut.length > 1)
    throw new ValueError(
      `Can only slice a variable along one dimension: shape: ${repr(Tuple.of_([...dims]))}, partitioning: ${repr([...partitions])}`,
    );
  const axis = cut[0] ?? 0;
  const n = Number(partitions[axis]);
  if (dims.length === 0) return { partitions, axis, slices: [{ offset: [], shape: [] }] };
  const [least, rest] = [Math.floor(dims[axis]! / n), dims[axis]! % n];
  let at = 0;
  const slices = Array.from({ length: n }, (_, i): Slice => {
    const length = least + (i < rest ? 1 : 0);
    const slice = {
      offset: dims.map((_d, k) => (k === axis ? at : 0)),
      shape: dims.map((d, k) => (k === axis ? length : d)),
    };
    at += length;
    return slice;
  });
  return { partitions, axis, slices };
}

/** A variable in parts: counts as the parts joined wherever a tensor is wanted. */
export class PartitionedVariableImpl {
  private _joined: GraphTensor | null = null;
  constructor(
    readonly name: string,
    private readonly _dims: readonly number[],
    readonly dtype: DType,
    private readonly _list: readonly GraphVariable[],
    readonly partitions: readonly number[],
  ) {
    if (_list.length === 0) throw new TypeError("variable_list may not be empty");
  }
  get shape(): GraphShape {
    return new GraphShape([...this._dims]);
  }
  get_shape(): GraphShape {
    return this.shape;
  }
  get length(): number {
    return this._list.length;
  }
  __len__(): number {
    return this._list.length;
  }
  [Symbol.iterator](): Iterator<GraphVariable> {
    return this._list[Symbol.iterator]();
  }
  _get_variable_list(): GraphVariable[] {
    return [...this._list];
  }
  _get_partitions(): readonly number[] {
    return this.partitions;
  }
  private _axis(): number {
    return Math.max(
      0,
      this.partitions.findIndex((p) => p > 1),
    );
  }
  /** The whole as one tensor. */
  as_tensor(): GraphTensor {
    const g = get_default_graph();
    if (this._joined && this._joined.graph === g) return this._joined;
    const made = inDefault(() =>
      g.scoped(`${this.name}/ConcatPartitions/`, () => {
        const parts = this._list.map((v) => v._snapshot);
        const whole =
          parts.length === 1 ? parts[0]! : node(g, "ConcatV2", [parts, this._axis()], {}, "concat");
        return g.scoped(null, () => node(g, "Identity", [whole], {}, `${this.name}/`));
      }),
    );
    this._joined = made;
    return made;
  }
  _as_tensor(): GraphTensor {
    return this.as_tensor();
  }
  /** Gives each part the rows of a value that are its own. */
  assign(value: unknown): Operation[] {
    const axis = this._axis();
    let at = 0;
    return this._list.map((v) => {
      const shape = [...(v.shape._dims as readonly number[])];
      const offset = shape.map((_d, k) => (k === axis ? at : 0));
      at += shape[axis] ?? 0;
      return (v.assign(node(get_default_graph(), "Slice", [value, offset, shape])) as unknown as GraphTensor)
        .op;
    });
  }
}
export const PartitionedVariable = pyClass(
  "tensorflow.python.ops.variables.PartitionedVariable",
  "name shape dtype variable_list partitions",
  PartitionedVariableImpl,
);

const bytesOf = (dtype: DType, text: number): number => (dtype.name === "string" ? text : dtype.size);

/** Always so many parts along an axis. */
export const fixed_size_partitioner = v1(
  "fixed_size_partitioner",
  "num_shards axis",
  (num_shards: number, axis = 0): Partitioner =>
    ({ shape }) => {
      const d = shape._dims as readonly number[];
      return d.map((n, i) => (i === axis ? Math.min(num_shards, n) : 1));
    },
);
/** Parts along an axis of at most so many bytes. */
export const variable_axis_size_partitioner = v1(
  "variable_axis_size_partitioner",
  "max_shard_bytes axis bytes_per_string_element max_shards",
  (max_shard_bytes: number, axis = 0, text_bytes = 16, max_shards: number | null = null): Partitioner => {
    for (const [key, value] of [
      ["max_shard_bytes", max_shard_bytes],
      ["bytes_per_string_element", text_bytes],
      ["max_shards", max_shards],
    ] as const)
      if (value !== null && value < 1)
        throw new ValueError(`Argument \`${key}\` must be positive. Received: ${value}`);
    return ({ shape, dtype }) => {
      const d = shape._dims as readonly number[];
      const total = d.reduce((a, b) => a * b, 1);
      const slice = (total / d[axis]!) * bytesOf(dtype, text_bytes);
      const perShard = Math.max(1, Math.floor(max_shard_bytes / slice));
      const shards = Math.ceil(d[axis]! / perShard);
      return d.map((_n, i) =>
        i === axis ? (max_shards === null ? shards : Math.min(max_shards, shards)) : 1,
      );
    };
  },
);
/** So many parts at most, each of a least size. */
export const min_max_variable_partitioner = v1(
  "min_max_variable_partitioner",
  "max_partitions axis min_slice_size bytes_per_string_element",
  (max_partitions = 1, axis = 0, min_slice_size = 262144, text_bytes = 16): Partitioner =>
    ({ shape, dtype }) => {
      const d = shape._dims as readonly number[];
      const total = d.reduce((a, b) => a * b, 1) * bytesOf(dtype, text_bytes);
      const n = Math.max(1, Math.min(d[axis]!, max_partitions, Math.ceil(total / min_slice_size)));
      return d.map((_n, i) => (i === axis ? n : 1));
    },
);
