import { ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { int64 } from "../core/dtypes.js";
import { InvalidArgumentError } from "../core/errors.js";
import { TensorSpec } from "../function/specs.js";
import type { Tensor } from "../shared.js";
import { known, UNKNOWN } from "./dataset.js";
import { type D, int, m, shapesOf, windowOf } from "./methods.js";
import { padded } from "./passes.js";
import {
  args,
  batched,
  DatasetSpec,
  type Element,
  type Fn,
  leaves,
  mapStructure,
  specOf,
  withBatch,
  zipLeaves,
} from "./structure.js";

/** Elements taken together. */
export const groups = {
  batch: m("batch", "self batch_size drop_remainder num_parallel_calls deterministic name", ((
    self: D,
    batch_size: unknown,
    drop_remainder: unknown = false,
    parallel: unknown = null,
    _d: unknown = null,
    _n: unknown = null,
  ) => {
    const n = int(batch_size);
    if (n < 1)
      throw new InvalidArgumentError(
        "{{function_node __wrapped__BatchDatasetV2_device_/job:localhost/replica:0/task:0/device:CPU:0}} Batch size must be greater than zero. [Op:BatchDatasetV2] name: ",
      );
    const drop = Boolean(drop_remainder);
    const c = self._parts.cardinality;
    return self._with(
      parallel === null ? "_BatchDataset" : "_ParallelBatchDataset",
      function* () {
        let items: Element[] = [];
        for (const x of self._each()) {
          items.push(x);
          if (items.length === n) {
            yield batched(items);
            items = [];
          }
        }
        if (items.length > 0 && !drop) yield batched(items);
      },
      {
        spec: withBatch(self._parts.spec, drop ? n : null),
        cardinality: known(c) ? (drop ? Math.floor(c / n) : Math.ceil(c / n)) : c,
      },
    );
  }) as never),
  padded_batch: m("padded_batch", "self batch_size padded_shapes padding_values drop_remainder name", ((
    self: D,
    batch_size: unknown,
    padded_shapes: unknown = null,
    padding_values: unknown = null,
    drop_remainder: unknown = false,
    _n: unknown = null,
  ) => {
    const n = int(batch_size);
    const drop = Boolean(drop_remainder);
    const specs = leaves(self._parts.spec) as TensorSpec[];
    const wanted =
      padded_shapes === null ? specs.map((s) => s._dims!) : shapesOf(padded_shapes, specs.length);
    const values =
      padding_values === null
        ? specs.map(() => null)
        : leaves(padding_values).length === specs.length
          ? leaves(padding_values)
          : specs.map(() => padding_values);
    const c = self._parts.cardinality;
    let k = 0;
    const spec = mapStructure(
      (s) => new TensorSpec([drop ? n : null, ...wanted[k++]!], (s as TensorSpec).dtype),
      self._parts.spec,
    );
    return self._with(
      "_PaddedBatchDataset",
      function* () {
        let items: Element[] = [];
        const pack = (list: Element[]): Element => {
          const rows = list.map(leaves);
          let i = 0;
          return zipLeaves(list[0], rows, (column) => {
            const at = i++;
            return padded(column as Tensor[], wanted[at]!, values[at]);
          });
        };
        for (const x of self._each()) {
          items.push(x);
          if (items.length === n) {
            yield pack(items);
            items = [];
          }
        }
        if (items.length > 0 && !drop) yield pack(items);
      },
      { spec, cardinality: known(c) ? (drop ? Math.floor(c / n) : Math.ceil(c / n)) : c },
    );
  }) as never),
  window: m("window", "self size shift stride drop_remainder name", ((
    self: D,
    size: unknown,
    shift: unknown = null,
    stride: unknown = 1,
    drop_remainder: unknown = false,
    _n: unknown = null,
  ) => {
    const [n, by, step] = [int(size), shift === null ? int(size) : int(shift), int(stride)];
    const c = self._parts.cardinality;
    const reach = (n - 1) * step + 1;
    return self._with(
      "_WindowDataset",
      function* () {
        const it = self._parts.make();
        const buffer: Element[] = [];
        let more = true;
        for (;;) {
          while (more && buffer.length < reach) {
            const r = it.next();
            if (r.done) more = false;
            else buffer.push(r.value);
          }
          if (buffer.length === 0 || (drop_remainder && buffer.length < reach)) return;
          const own = buffer.filter((_, i) => i % step === 0).slice(0, n);
          yield windowOf(own, self._parts.spec);
          for (let i = 0; i < by; i++) {
            if (buffer.length > 0) buffer.shift();
            else if (more && it.next().done) more = false;
          }
        }
      },
      {
        spec: mapStructure((s) => new DatasetSpec(s), self._parts.spec),
        cardinality: known(c)
          ? drop_remainder
            ? Math.max(0, Math.floor((c - reach) / by) + 1)
            : Math.ceil(c / by)
          : c,
      },
    );
  }) as never),
  rebatch: m("rebatch", "self batch_size drop_remainder name", ((
    self: D,
    batch_size: unknown,
    drop_remainder: unknown = false,
    _n: unknown = null,
  ) => {
    if (leaves(self._parts.spec).some((s) => (s as TensorSpec)._dims?.length === 0))
      throw new ValueError(
        "Invalid `batch_sizes`. Expected dataset with rank of >= 1 but found a dataset with scalar elements. Fix the issue by adding the `batch` transformation to the dataset.",
      );
    return (self.unbatch() as unknown as { batch(n: unknown, d: unknown): D }).batch(
      batch_size,
      drop_remainder,
    );
  }) as never),
  group_by_window: m("group_by_window", "self key_func reduce_func window_size window_size_func name", ((
    self: D,
    key_func: Fn,
    reduce_func: Fn,
    window_size: unknown = null,
    size_func: Fn | null = null,
    _n: unknown = null,
  ) => {
    const run = function* (): Generator<Element> {
      const groups = new Map<string, { key: Tensor; items: Element[] }>();
      const give = (g: { key: Tensor; items: Element[] }): D =>
        (reduce_func as (...a: unknown[]) => D)(g.key, windowOf(g.items, self._parts.spec));
      for (const x of self._each()) {
        const key = toTensor((key_func as (...a: unknown[]) => unknown)(...args(x)));
        const name = String(key.item());
        const g = groups.get(name) ?? { key, items: [] };
        groups.set(name, g);
        g.items.push(x);
        const n =
          window_size !== null
            ? int(window_size)
            : int((size_func as unknown as (k: Tensor) => unknown)(key));
        if (g.items.length === n) {
          groups.delete(name);
          yield* give(g)._each();
        }
      }
      for (const g of [...groups.values()].sort((a, b) => Number(a.key.item()) - Number(b.key.item())))
        yield* give(g)._each();
    };
    const first = run().next();
    return self._with("_GroupByWindowDataset", run, {
      spec: first.done ? self._parts.spec : mapStructure(specOf, first.value),
      cardinality: UNKNOWN,
    });
  }) as never),
  bucket_by_sequence_length: m(
    "bucket_by_sequence_length",
    "self element_length_func bucket_boundaries bucket_batch_sizes padded_shapes padding_values pad_to_bucket_boundary no_padding drop_remainder name",
    ((
      self: D,
      length_func: Fn,
      boundaries: readonly number[],
      sizes: readonly number[],
      padded_shapes: unknown = null,
      padding_values: unknown = null,
      _pad = false,
      no_padding = false,
      drop_remainder = false,
      _n: unknown = null,
    ) => {
      const bucket = (...x: unknown[]): number => {
        const n = int((length_func as (...a: unknown[]) => unknown)(...x));
        const i = boundaries.findIndex((b) => n < b);
        return i < 0 ? boundaries.length : i;
      };
      type Chain = {
        group_by_window(...a: unknown[]): D;
        batch(...a: unknown[]): D;
        padded_batch(...a: unknown[]): D;
      };
      return (self as unknown as Chain).group_by_window(
        (...x: unknown[]) => toTensor(bucket(...x), { dtype: int64 }),
        (k: Tensor, d: D) => {
          const n = sizes[int(k)]!;
          return no_padding
            ? (d as unknown as Chain).batch(n, drop_remainder)
            : (d as unknown as Chain).padded_batch(n, padded_shapes, padding_values, drop_remainder);
        },
        null,
        (k: Tensor) => sizes[int(k)]!,
      );
    }) as never,
  ),
  ragged_batch: m("ragged_batch", "self batch_size drop_remainder row_splits_dtype name", ((
    self: D,
    batch_size: unknown,
    drop_remainder: unknown = false,
    _t: unknown = null,
    _n: unknown = null,
  ) => (self as unknown as { batch(n: unknown, d: unknown): D }).batch(batch_size, drop_remainder)) as never),
};
