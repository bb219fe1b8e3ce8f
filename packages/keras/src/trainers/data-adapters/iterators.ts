import { repr, Tuple, ValueError } from "@cognate/py";
import type { TensorLike } from "../../backend/tensor.js";
import * as tree from "../../tree.js";
import type { Dataset } from "../../utils/dataset.js";
import { type ClassWeight, classWeights, toTensors } from "./arrays.js";
import { type Batch, type DataAdapter, isArray } from "./data-adapter.js";

const convert = (batch: unknown): Batch => {
  const nested = tree.isNested(batch) && !isArray(batch);
  return nested && Array.isArray(batch) ? Tuple.of_(batch.map(toTensors)) : toTensors(batch);
};

/** Batches of a generator, which is run through once; its first two batches come again in every epoch. */
export class GeneratorAdapter implements DataAdapter {
  readonly num_batches = null;
  private readonly _first: unknown[] = [];
  constructor(private readonly _source: Iterator<unknown>) {
    for (let i = 0; i < 2; i++) {
      const { done, value } = this._source.next();
      if (done) break;
      this._first.push(value);
    }
    if (this._first.length === 0)
      throw new ValueError(
        "When passing a Python generator to a Keras model, the generator must yield at least one batch. Received an empty generator.",
      );
    if (!Array.isArray(this._first[0]))
      throw new ValueError(
        `When passing a Python generator to a Keras model, the generator must return a tuple, either (input,) or (inputs, targets) or (inputs, targets, sample_weights). Received: ${repr(this._first[0])}`,
      );
  }
  *batches(): Generator<Batch> {
    for (const batch of this._first) yield convert(batch);
    for (;;) {
      const { done, value } = this._source.next();
      if (done) return;
      yield convert(value);
    }
  }
  on_epoch_begin(): void {}
  on_epoch_end(): void {}
}

/** Batches of a {@link Dataset}, from the beginning in every epoch. */
export class DatasetAdapter implements DataAdapter {
  readonly num_batches: number | null;
  constructor(
    private readonly _dataset: Dataset,
    private readonly _class_weight: ClassWeight | null,
  ) {
    this.num_batches = _dataset.count;
  }
  *batches(): Generator<Batch> {
    for (const element of this._dataset) {
      const batch = convert(element);
      if (this._class_weight === null || !Array.isArray(batch) || batch.length !== 2) yield batch;
      else yield Tuple.of_([...batch, classWeights(batch[1] as TensorLike, this._class_weight)]);
    }
  }
  on_epoch_begin(): void {}
  on_epoch_end(): void {}
}
