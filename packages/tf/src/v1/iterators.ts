import { withGraph } from "../core/context.js";
import { constantDatum, datumOf, isTensor, tensorOf } from "../core/convert.js";
import { OutOfRangeError } from "../core/errors.js";
import type { Datum } from "../core/row.js";
import type { Deferred } from "../data/passes.js";
import { get_default_graph } from "../graph/current.js";
import { registerExecutors } from "../graph/executors.js";
import * as nest from "../graph/nest.js";
import type { Operation } from "../graph/operation.js";
import { RunProblem } from "../graph/run-problem.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import { get_seed } from "../ops/random/seeds.js";
import type { DType, Tensor } from "../shared.js";
import { v1 } from "./make.js";

/** What can be iterated over: a data set of TensorFlow 2, which computes its elements at once. */
interface Data extends Iterable<unknown> {
  readonly element_spec: unknown;
  readonly _parts?: { readonly deferred?: readonly Deferred[] };
}
interface Spec {
  readonly dtype: DType;
  readonly shape: unknown;
}
const isSpec = (x: unknown): x is Spec => typeof x === "object" && x !== null && "dtype" in x && "shape" in x;

/** Where a session's iteration stands. */
interface Position {
  iterator: Iterator<unknown> | null;
}

const leaves = (x: unknown, out: unknown[] = []): unknown[] => {
  if (Array.isArray(x) && !isTensor(x)) for (const item of x) leaves(item, out);
  else if (typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype)
    for (const k of Object.keys(x).sort()) leaves((x as Record<string, unknown>)[k], out);
  else out.push(x);
  return out;
};

const begin = (data: Data): Iterator<unknown> => withGraph(null, () => data[Symbol.iterator]());

registerExecutors({
  IteratorGetNext: (op) => (_inputs, run) => {
    const handle = op.attrs.iterator as DataIterator;
    const at = run.store.state(
      handle._op,
      (): Position => ({ iterator: handle._oneShot ? begin(handle._data) : null }),
    );
    if (!at.iterator)
      throw new RunProblem(
        "GetNext() failed because the iterator has not been initialized. Ensure that you have run the initializer operation for this iterator before getting the next element.",
      );
    const next = withGraph(null, () => at.iterator!.next());
    if (next.done) throw new RunProblem("End of sequence", OutOfRangeError);
    return leaves(next.value).map((x): Datum => (isTensor(x) ? datumOf(x as Tensor) : constantDatum(x)));
  },
  MakeIterator: (op) => (inputs, run) => {
    const handle = op.attrs.iterator as DataIterator;
    let k = 0;
    for (const d of handle._data._parts?.deferred ?? [])
      d.values = d.tensors.map(() => tensorOf(inputs[k++]!));
    run.store.state(handle._op, (): Position => ({ iterator: null })).iterator = begin(handle._data);
    return [];
  },
});

/** `tf.data.Iterator`: elements of a data set, one each time the graph runs. */
export class DataIterator {
  readonly _op: Operation;
  readonly initializer: Operation;
  constructor(
    readonly _data: Data,
    readonly _oneShot: boolean,
  ) {
    const g = get_default_graph();
    this._op = g.addOp({ type: "NoOp", name: _oneShot ? "OneShotIterator" : "IteratorV2" });
    this.initializer = _oneShot
      ? this._op
      : g.addOp({
          type: "MakeIterator",
          name: "MakeIterator",
          inputs: (_data._parts?.deferred ?? []).flatMap((d) => d.tensors) as unknown as GraphTensor[],
          attrs: { iterator: this },
        });
  }
  /** The next element, in the structure of the data set's. */
  get_next(name: string | null = null): unknown {
    const g = get_default_graph();
    const { element_spec } = this._data;
    const specs = leaves(element_spec).filter(isSpec);
    const op = g.addOp({
      type: "IteratorGetNext",
      name: name ?? "IteratorGetNext",
      attrs: { iterator: this },
      outputs: specs.map((s) => [s.dtype, dimsOf(s.shape)] as const),
    });
    let k = 0;
    const build = (x: unknown): unknown => {
      if (isSpec(x)) return op.outputs[k++] as GraphTensor;
      if (Array.isArray(x)) return nest.sameKind(x, x.map(build));
      const made = new Map(
        Object.keys(x as object)
          .sort()
          .map((key) => [key, build((x as Record<string, unknown>)[key])]),
      );
      return Object.fromEntries(Object.keys(x as object).map((key) => [key, made.get(key)]));
    };
    return build(element_spec);
  }
}

export const make_one_shot_iterator = v1(
  "make_one_shot_iterator",
  "dataset",
  (dataset: Data): DataIterator => {
    // The data set's own graph takes a seed from the graph around.
    get_seed(null);
    return new DataIterator(dataset, true);
  },
);
export const make_initializable_iterator = v1(
  "make_initializable_iterator",
  "dataset shared_name",
  (dataset: Data, _shared: string | null = null): DataIterator => new DataIterator(dataset, false),
);
