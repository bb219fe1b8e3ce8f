import { type Value as KernelValue, ops } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { castValue } from "./create.js";
import { run } from "./record.js";

/** Rows of a table that were read: their numbers, and the gradient of what was read. */
export interface SlicedRead {
  readonly ids: Value;
  readonly gy: Value;
}

/**
 * The gradient of a table of which rows were read. TensorFlow keeps one slice a row that was read (`IndexedSlices`), and
 * Keras's optimizers square the slices before they are added up: a row that was read twice counts g₁² + g₂² in their means
 * of squares, not (g₁ + g₂)².
 */
export class SlicedGradient extends Value {
  constructor(
    whole: Value,
    private readonly reads: readonly SlicedRead[],
  ) {
    super(whole.array);
  }

  override square = (): KernelValue => {
    const rows = this.shape[0]!;
    const spread = (x: KernelValue, ids: Value): Value =>
      run(ops.embeddingWeight, [castValue(x as Value, this.dtype), ids], { rows });
    let rest: KernelValue = new Value(this.array);
    let squares: KernelValue | null = null;
    for (const { ids, gy } of this.reads) {
      rest = rest.sub(spread(gy, ids));
      const own = spread(castValue(gy, this.dtype).square(), ids);
      squares = squares ? squares.add(own) : own;
    }
    // What the table was used for besides is one slice more.
    const other = rest.square();
    return squares ? squares.add(other) : other;
  };
}
