import { isGraphTensor, withGraph } from "../../core/context.js";
import { toTensor } from "../../core/convert.js";
import { FailedPreconditionError } from "../../core/errors.js";
import { UNKNOWN } from "../../data/dataset.js";
import { DatasetImpl, Dataset as DatasetOf } from "../../data/index.js";
import type { Deferred } from "../../data/passes.js";
import { leaves, mapStructure } from "../../data/structure.js";
import { TensorSpec } from "../../function/specs.js";
import { get_default_graph } from "../../graph/current.js";
import { dimsOf } from "../../graph/shape.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { withSeedsOf } from "../../ops/random/seeds.js";
import { DataIterator, make_initializable_iterator, make_one_shot_iterator } from "../iterators.js";

/* `tf.data`: data sets compute their elements at once; iterators bring them into graphs. */

/** A data set of tensors of a graph, whose values are known when its iterator is initialized. */
function deferred(kind: string, given: unknown, slices: boolean, make: (x: unknown) => unknown): DatasetImpl {
  const tensors = leaves(given).filter(isGraphTensor) as unknown as GraphTensor[];
  const own: Deferred = { tensors: tensors as never, values: null };
  const specs = mapStructure((x) => {
    const t = x as GraphTensor;
    const dims = isGraphTensor(x) ? t._dims : dimsOf(toTensor(x).shape);
    return new TensorSpec((slices ? (dims?.slice(1) ?? null) : dims) as never, toTensor(x).dtype);
  }, given);
  return new DatasetImpl({
    kind,
    spec: specs,
    cardinality: slices ? UNKNOWN : 1,
    deferred: [own],
    make: () => {
      if (own.values === null)
        throw new FailedPreconditionError(
          "A data set of placeholders begins with its iterator's initializer.",
        );
      let k = 0;
      const filled = mapStructure((x) => (isGraphTensor(x) ? own.values![k++] : x), given);
      return withGraph(null, () => (make(filled) as DatasetImpl)._parts.make());
    },
  });
}

/** Makers of data sets, which compute also where a graph is being built. */
export const Dataset = new Proxy(DatasetOf, {
  get: (target, key, receiver) => {
    const made = Reflect.get(target, key, receiver) as unknown;
    if (typeof made !== "function" || key === "prototype") return made;
    if (key === "from_tensor_slices" || key === "from_tensors")
      return (...args: unknown[]): unknown => {
        const call = (...a: unknown[]): unknown =>
          withGraph(null, () => (made as (...b: unknown[]) => unknown)(...a));
        const slices = key === "from_tensor_slices";
        return leaves(args[0]).some(isGraphTensor)
          ? deferred(slices ? "_TensorSliceDataset" : "_TensorDataset", args[0], slices, (x) => call(x))
          : call(...args);
      };
    return (...args: unknown[]): unknown => {
      const graph = get_default_graph();
      return withGraph(null, () => withSeedsOf(graph, () => (made as (...a: unknown[]) => unknown)(...args)));
    };
  },
});
Object.defineProperties(DatasetImpl.prototype, {
  make_one_shot_iterator: {
    value(this: DatasetImpl) {
      return make_one_shot_iterator(this as never);
    },
    configurable: true,
  },
  make_initializable_iterator: {
    value(this: DatasetImpl) {
      return make_initializable_iterator(this as never);
    },
    configurable: true,
  },
});

export { FixedLengthRecordDataset, TextLineDataset, TFRecordDataset } from "../../data/files.js";
export { DataIterator as Iterator, make_initializable_iterator, make_one_shot_iterator };
