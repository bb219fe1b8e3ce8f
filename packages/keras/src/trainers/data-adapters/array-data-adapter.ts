import { rng } from "@cognate/kernel";
import { repr, ValueError } from "@cognate/py";
import type { Tensor } from "../../backend/tensor.js";
import { graphEngine } from "../../random/state.js";
import * as tree from "../../tree.js";
import {
  type ClassWeight,
  checkCardinality,
  classWeights,
  lengthsOf,
  orderOf,
  part,
  rows,
  slices,
  toTensors,
} from "./arrays.js";
import type { Batch, DataAdapter } from "./data-adapter.js";
import { pack_x_y_sample_weight } from "./data-adapter.js";

/** How rows are put in order: all of them anew, those of each batch among themselves, or not at all. */
export type Shuffle = boolean | "batch";

/** Batches of arrays, shuffled anew for each epoch as Keras's data pipeline on TensorFlow does. */
export class ArrayDataAdapter implements DataAdapter {
  readonly num_batches: number;
  private readonly _data: unknown;
  private readonly _count: number;
  private readonly _batch: number;

  constructor(
    x: unknown,
    y: unknown,
    sample_weight: unknown,
    batch_size: number | null,
    steps: number | null,
    private readonly _shuffle: Shuffle,
    class_weight: ClassWeight | null,
  ) {
    const [inputs, targets] = [toTensors(x), toTensors(y)];
    const weights = weightsFor(targets, sample_weight, class_weight);
    const parts = weights === null ? [inputs, targets] : [inputs, targets, weights];
    checkCardinality(parts);
    this._data = pack_x_y_sample_weight(inputs, targets, weights);
    this._count = lengthsOf(parts)[0] ?? 0;
    this._batch = batch_size || (steps ? Math.ceil(this._count / steps) : 32);
    this.num_batches = Math.ceil(this._count / this._batch);
  }

  *batches(): Generator<Batch> {
    const n = this._count;
    const size = this._batch;
    // Every iterator starts its random operation anew from the same seed.
    const engine = this._shuffle ? graphEngine() : null;
    const all = engine && this._shuffle !== "batch" ? orderOf(rng.philoxPermutation(engine.copy(), n)) : null;
    for (let start = 0; start < n; start += size) {
      const stop = Math.min(start + size, n);
      if (all) yield rows(this._data, part(all, start, stop));
      else if (engine) {
        const own = rng.philoxPermutation(engine.copy(), stop - start);
        // Each batch takes a stretch of the stream that its length tells.
        engine.skip(Math.ceil((stop - start) / 4));
        yield rows(slices(this._data, start, stop), orderOf(own));
      } else yield slices(this._data, start, stop);
    }
  }
  on_epoch_begin(): void {}
  on_epoch_end(): void {}
}

/** Weights in the structure of the targets. @throws ValueError */
function weightsFor(y: unknown, sample_weight: unknown, class_weight: ClassWeight | null): unknown {
  if (class_weight !== null) {
    if (sample_weight !== null)
      throw new ValueError("You cannot `class_weight` and `sample_weight` at the same time.");
    if (tree.isNested(y))
      throw new ValueError("`class_weight` is only supported for Models with a single output.");
    return classWeights(y as Tensor, class_weight);
  }
  if (sample_weight === null) return null;
  const weights = toTensors(sample_weight);
  if (!tree.isNested(y)) return weights;
  if (tree.isNested(weights)) {
    if (tree.sameStructure(y, weights)) return weights;
    throw new ValueError(
      `You should provide one \`sample_weight\` array per output in \`y\`. The two structures did not match:\n- y: ${repr(y)}\n- sample_weight: ${repr(weights)}\n`,
    );
  }
  const { shape } = (weights as Tensor)._value;
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1))
    throw new ValueError(
      "For a model with multiple outputs, when providing a single `sample_weight` array, it should only have one scalar score per sample (i.e. shape `(num_samples,)`). If you want to use non-scalar sample weights, pass a `sample_weight` argument with one array per model output.",
    );
  return tree.map(() => weights, y);
}
