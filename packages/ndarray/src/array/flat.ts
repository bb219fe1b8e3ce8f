import { contiguous, copyInto, ops, type Strided } from "@cognate/kernel";
import { nameClass } from "@cognate/py";
import type { ArrayBase } from "./base.js";
import { asStrided } from "./create.js";
import { entriesOf, locateFlat } from "./index.js";
import { fromStrided, type ndarray } from "./ndarray.js";
import { itemAt, itemOf } from "./scalars.js";
import type { ArrayLike, Index, Item } from "./types.js";

/**
 * `np.flatiter`: an array's elements in row-major order, to walk through, index and assign.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const a = np.array([[1, 2], [3, 4]]);
 * a.flat.set([":2"], 0);
 * print(a.flat.at(3), [...a.flat]); // prints 4 [0, 0, 3, 4]
 * ```
 */
export class flatiter {
  constructor(readonly base: ArrayBase) {}

  get length(): number {
    return this.base.size;
  }
  __len__(): number {
    return this.base.size;
  }

  private line(): Strided {
    return ops.reshape.run([this.base._a], { shape: [this.base.size] }) as Strided;
  }
  private positions(index: Index | readonly Index[]): {
    at: Int32Array | Float64Array;
    shape: readonly number[];
  } {
    const line = this.line();
    const { positions, shape } = locateFlat(line.view([line.size], [1], 0), entriesOf(index));
    return { at: positions, shape };
  }

  at(index: Index): Item {
    const line = contiguous(this.line());
    const { at, shape } = this.positions(index);
    if (shape.length === 0) return itemAt(line, line.offset + at[0]!);
    return itemOf(ops.index.run([line], { indices: [asStrided([...at])] }) as Strided);
  }

  /** Writes at positions in row-major order; too few values are repeated. */
  set(index: Index | readonly Index[], value: ArrayLike): void {
    const { at } = this.positions(index);
    const target = this.base._a;
    const values = contiguous(asStrided(value, target.dtype));
    if (at.length === 0 || values.size === 0) return;
    const line = this.line();
    const order = asStrided(Array.from(at, (_, k) => k % values.size));
    const src = ops.index.run([values.view([values.size], [1])], { indices: [order] }) as Strided;
    const y = ops.indexPut.run([line, src], { indices: [asStrided([...at])] }, line) as Strided;
    if (y.storage !== target.storage)
      copyInto(target, ops.reshape.run([y], { shape: target.shape }) as Strided);
    target.storage.version++;
  }

  /** All elements as an array of one axis. */
  copy(): ndarray {
    return fromStrided(ops.cast.run([this.line()], { dtype: this.base._a.dtype }) as Strided);
  }

  *[Symbol.iterator](): Generator<Item> {
    const line = contiguous(this.line());
    for (let i = 0; i < line.size; i++) yield itemAt(line, line.offset + i);
  }
}
nameClass("numpy.flatiter", flatiter);
