import { nest } from "@cognate/keras/tensorflow";
import { rng } from "@cognate/kernel";
import { def, isPlainObject, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { as_dtype, int64, type TypeLike } from "../core/dtypes.js";
import { InvalidArgumentError } from "../core/errors.js";
import { TensorSpec } from "../function/specs.js";
import { get_seed } from "../ops/random.js";
import type { Tensor } from "../shared.js";
import { DatasetImpl, INFINITE, known, UNKNOWN } from "./dataset.js";
import { type D, int } from "./methods.js";
import { slices } from "./passes.js";
import { leaves, mapStructure, specOf, tensors, tupled, withoutBatch } from "./structure.js";

const slicesOf = (x: unknown): D => {
  const given = tensors(x);
  const list = leaves(given) as Tensor[];
  if (list.some((t) => t.shape.length === 0))
    throw new ValueError("Unbatching a tensor is only supported for rank >= 1");
  const n = list[0]!.shape[0]!;
  const odd = list.find((t) => t.shape[0] !== n);
  if (odd) throw new ValueError(`Dimensions ${n} and ${odd.shape[0]} are not compatible`);
  return new DatasetImpl({
    kind: "_TensorSliceDataset",
    spec: withoutBatch(mapStructure(specOf, given)),
    cardinality: n,
    make: () => slices(given),
  });
};

/** How data sets are made. */
export const makers = {
  from_tensor_slices: def(
    "Dataset.from_tensor_slices",
    "tensors:dict name",
    (x: unknown, _n: unknown = null): D => slicesOf(x),
  ),
  from_tensors: def("Dataset.from_tensors", "tensors:dict name", (x: unknown, _n: unknown = null): D => {
    const given = tensors(x);
    return new DatasetImpl({
      kind: "_TensorDataset",
      spec: mapStructure(specOf, given),
      cardinality: 1,
      make: () => [given][Symbol.iterator](),
    });
  }),
  range: def(
    "Dataset.range",
    "...args output_type name",
    (list: readonly unknown[], output_type: TypeLike = int64, _n: unknown = null): D => {
      const [a, b, c] = list.map(int);
      const [start, stop, step] = list.length === 1 ? [0, a!, 1] : [a!, b!, c ?? 1];
      if (step === 0)
        throw new InvalidArgumentError(
          "{{function_node __wrapped__RangeDataset_device_/job:localhost/replica:0/task:0/device:CPU:0}} step must be a non-zero integer. [Op:RangeDataset] name: ",
        );
      const n = Math.max(0, Math.ceil((stop - start) / step));
      const type = as_dtype(output_type);
      return new DatasetImpl({
        kind: "_RangeDataset",
        spec: new TensorSpec([], type),
        cardinality: n,
        make: function* () {
          for (let i = 0; i < n; i++) yield toTensor(start + i * step, { dtype: type });
        },
      });
    },
  ),
  from_generator: def(
    "Dataset.from_generator",
    "generator output_types output_shapes args output_signature name",
    (
      generator: (...a: unknown[]) => Iterable<unknown>,
      output_types: unknown = null,
      output_shapes: unknown = null,
      given: readonly unknown[] = [],
      output_signature: unknown = null,
      _n: unknown = null,
    ): D => {
      if (typeof generator !== "function") throw new TypeError("`generator` must be a Python callable.");
      if (output_signature === null && output_types === null)
        throw new TypeError("Either `output_signature` or `output_types` must be specified.");
      const spec = output_signature ?? mapTypes(output_types, output_shapes);
      const signature = tupled(spec);
      const specs = leaves(signature) as TensorSpec[];
      return new DatasetImpl({
        kind: "_FlatMapDataset",
        spec: signature,
        cardinality: UNKNOWN,
        make: function* () {
          for (const item of generator(...given)) {
            let k = 0;
            const flat: unknown[] = isStructureLike(signature)
              ? nest.flatten(item).length === specs.length
                ? nest.flatten(item)
                : [...(item as Iterable<unknown>)]
              : [item];
            yield mapStructure(() => {
              const i = k++;
              const s = specs[i]!;
              let t: Tensor;
              try {
                t = toTensor(flat[i], { dtype: s.dtype });
              } catch {
                throw new InvalidArgumentError(
                  `TypeError: \`generator\` yielded an element that could not be converted to the expected type. The expected type was ${s.dtype.name}, but the yielded element was ${repr(item)}.`,
                );
              }
              if (!s.shape.is_compatible_with(t.shape as never))
                throw new InvalidArgumentError(
                  `TypeError: \`generator\` yielded an element of shape ${String(t.shape)} where an element of shape ${String(s.shape)} was expected.`,
                );
              return t;
            }, signature);
          }
        },
      });
    },
  ),
  zip: def(
    "Dataset.zip",
    "...args datasets name",
    (list: readonly unknown[], datasets: unknown = null, _n: unknown = null): D => {
      const given = list.length > 1 ? Tuple.of_(list) : (list[0] ?? datasets);
      const structure = given instanceof DatasetImpl ? Tuple.of_([given]) : tupled(given);
      const all = leaves(structure) as D[];
      if (all.some((d) => !(d instanceof DatasetImpl)))
        throw new TypeError(
          `Invalid \`datasets\`. \`datasets\` is expected to be a (nested) structure of \`tf.data.Dataset\` objects. Python \`list\` is not supported and you should use \`tuple\` instead.`,
        );
      const sizes = all.map((d) => d._parts.cardinality);
      const finite = sizes.filter(known);
      let k = 0;
      const spec = mapStructure(() => all[k++]!._parts.spec, structure);
      const deferred = all.flatMap((d) => d._parts.deferred ?? []);
      return new DatasetImpl({
        ...(deferred.length > 0 ? { deferred } : {}),
        kind: "_ZipDataset",
        spec,
        cardinality: sizes.includes(UNKNOWN) ? UNKNOWN : finite.length === 0 ? INFINITE : Math.min(...finite),
        make: function* () {
          const its = all.map((d) => d._parts.make());
          for (;;) {
            const next = its.map((it) => it.next());
            if (next.some((r) => r.done)) return;
            let i = 0;
            yield mapStructure(() => next[i++]!.value, structure);
          }
        },
      });
    },
  ),
  counter: def(
    "Dataset.counter",
    "start step dtype name",
    (start: unknown = 0, step: unknown = 1, dtype: TypeLike = int64, _n: unknown = null): D => {
      const type = as_dtype(dtype);
      return new DatasetImpl({
        kind: "_CounterDataset",
        spec: new TensorSpec([], type),
        cardinality: INFINITE,
        make: function* () {
          for (let i = int(start); ; i += int(step)) yield toTensor(i, { dtype: type });
        },
      });
    },
  ),
  random: def(
    "Dataset.random",
    "seed rerandomize_each_iteration name",
    (seed: number | null = null, _again: unknown = null, _n: unknown = null): D => {
      const [a, b] = get_seed(seed);
      return new DatasetImpl({
        kind: "_RandomDataset",
        spec: new TensorSpec([], int64),
        cardinality: INFINITE,
        make: function* () {
          const words = new rng.SingleWords(rng.Philox4x32.fromSeeds(BigInt(a), BigInt(b)));
          for (;;) yield toTensor(words.next(), { dtype: int64 });
        },
      });
    },
  ),
  choose_from_datasets: def(
    "Dataset.choose_from_datasets",
    "datasets choice_dataset stop_on_empty_dataset",
    (datasets: readonly D[], choice: D, stop_on_empty = true): D =>
      datasets[0]!._with(
        "_DirectedInterleaveDataset",
        function* () {
          const its = datasets.map((d) => d._parts.make());
          const ended = its.map(() => false);
          for (const c of choice._each()) {
            const k = int(c);
            if (ended[k]) continue;
            const r = its[k]!.next();
            if (r.done) {
              ended[k] = true;
              if (stop_on_empty || !ended.includes(false)) return;
              continue;
            }
            yield r.value;
          }
        },
        { cardinality: UNKNOWN },
      ),
  ),
};
const isStructureLike = (x: unknown): boolean =>
  x instanceof Tuple || (isPlainObject(x) && !(x instanceof TensorSpec));
const mapTypes = (types: unknown, shapes: unknown): unknown => {
  if (Array.isArray(types))
    return Tuple.of_(types.map((t, i) => mapTypes(t, shapes === null ? null : (shapes as unknown[])[i])));
  if (isPlainObject(types) && !("as_datatype_enum" in types))
    return Object.fromEntries(
      Object.entries(types).map(([k, t]) => [
        k,
        mapTypes(t, shapes === null ? null : (shapes as Record<string, unknown>)[k]),
      ]),
    );
  return new TensorSpec(shapes as never, types as TypeLike);
};
