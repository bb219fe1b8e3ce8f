import { isPlainObject, len, NotImplementedError, pyClass, repr, Tuple, type, ValueError } from "@cognate/py";
import type { TensorLike } from "../../backend/tensor.js";
import { pythonRandom } from "../../random/state.js";
import { type ClassWeight, classWeights, toTensors } from "./arrays.js";
import { type Batch, type DataAdapter, isArray } from "./data-adapter.js";

/** Batches by their number, as a class of one's own. */
export class PyDatasetImpl {
  workers: number;
  use_multiprocessing: boolean;
  max_queue_size: number;
  constructor(workers = 1, use_multiprocessing = false, max_queue_size = 10) {
    this.workers = workers;
    this.use_multiprocessing = use_multiprocessing;
    this.max_queue_size = max_queue_size;
  }
  __getitem__(_index: number): Batch {
    throw new NotImplementedError();
  }
  /** How many batches there are, `null` for endlessly many. @throws NotImplementedError unless a subclass says */
  get num_batches(): number | null {
    if ("__len__" in this || "length" in this) return len(this as never);
    throw new NotImplementedError(
      "You need to implement the `num_batches` property:\n\n@property\ndef num_batches(self):\n  return ...",
    );
  }
  on_epoch_begin(): void {}
  on_epoch_end(): void {}
  *[Symbol.iterator](): Generator<Batch> {
    const { num_batches: n } = this;
    for (let i = 0; n === null || i < n; i++) yield this.__getitem__(i);
  }
}
/**
 * `keras.utils.PyDataset`: batches by their number, for data that does not fit in memory: extend it with `__len__()` and
 * `__getitem__(index)`, which gives a tuple of inputs and targets.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print, tuple } from "@cognate/py";
 * class Squares extends keras.utils.PyDataset {
 *   __len__() {
 *     return 3;
 *   }
 *   override __getitem__(index: number) {
 *     return tuple([keras.ops.array([[index]]), keras.ops.array([[index * index]])]);
 *   }
 * }
 * const model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1)]);
 * model.compile({ loss: "mse" });
 * print(model.fit(new Squares(), { verbose: 0 }).epoch); // prints [0]
 * ```
 */
export const PyDataset = pyClass(
  "keras.src.trainers.data_adapters.py_dataset_adapter.PyDataset",
  "workers use_multiprocessing max_queue_size",
  PyDatasetImpl,
);
export type PyDataset = PyDatasetImpl;

/** Batches of a {@link PyDataset}; shuffled by Python's generator, as Keras does. */
export class PyDatasetAdapter implements DataAdapter {
  private _peeked = false;
  constructor(
    private readonly _dataset: PyDatasetImpl,
    private readonly _shuffle: boolean,
    private readonly _class_weight: ClassWeight | null,
  ) {}

  get num_batches(): number | null {
    return this._dataset.num_batches;
  }

  private _batch(index: number): Batch {
    const given = this._dataset.__getitem__(index);
    if (isPlainObject(given)) return toTensors(given);
    const batch: unknown[] = isArray(given) ? [given] : Array.isArray(given) ? [...given] : [];
    if (batch.length < 1 || batch.length > 3)
      throw new ValueError(
        `PyDataset.__getitem__() must return a tuple or a dict. If a tuple, it must be ordered either (input,) or (inputs, targets) or (inputs, targets, sample_weights). Received: ${repr(given).slice(0, 100)}... of type ${repr(type(given))}`,
      );
    if (this._class_weight !== null) {
      if (batch.length === 3)
        throw new ValueError("You cannot specify `class_weight` and `sample_weight` at the same time.");
      if (batch.length === 2) batch.push(classWeights(batch[1] as TensorLike, this._class_weight));
    }
    return Tuple.of_(batch.map(toTensors));
  }
  /** Keras looks at the first two batches to learn their shapes. */
  private _peek(): void {
    if (this._peeked) return;
    this._peeked = true;
    const n = Math.min(this.num_batches ?? 2, 2);
    if (n === 0) throw new ValueError("The PyDataset has length 0");
    for (let i = 0; i < n; i++) this._dataset.__getitem__(i);
  }
  *batches(): Generator<Batch> {
    this._peek();
    const n = this.num_batches;
    if (n === null) for (let i = 0; ; i++) yield this._batch(i);
    const order = Array.from({ length: n }, (_, i) => i);
    if (this._shuffle) pythonRandom().shuffle(order);
    for (const i of order) yield this._batch(i);
  }
  on_epoch_begin(): void {
    this._dataset.on_epoch_begin();
  }
  on_epoch_end(): void {
    this._dataset.on_epoch_end();
  }
}
