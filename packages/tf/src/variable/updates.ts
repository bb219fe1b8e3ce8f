import { def, method, ValueError } from "@cognate/py";
import { datumOf, toTensor } from "../core/convert.js";
import { framed, KernelProblem, OutOfRangeError } from "../core/errors.js";
import { one } from "../core/execute.js";
import { scatterRows } from "../graph/state-executors.js";
import type { Tensor, Value } from "../shared.js";
import { loosely, shapeText, VariableImpl } from "./variable.js";

/* Updates of variables that few programs make. */

interface Slices {
  readonly values: unknown;
  readonly indices: unknown;
}
/** Rows combined one after another, so that a row named twice changes twice. */
const scatterInTurn = (name: "mul" | "div") =>
  method(
    def(
      `Variable.scatter_${name}`,
      "self sparse_delta use_locking name",
      (
        self: VariableImpl,
        delta: Slices,
        _locking: unknown = false,
        _name: string | null = null,
      ): VariableImpl => {
        const indices = toTensor(delta.indices);
        const values = toTensor(delta.values, { dtype: self.dtype });
        self._put(
          scatterRows(self._cell.value as Value, datumOf(indices) as Value, datumOf(values) as Value, name),
        );
        return self._unread();
      },
    ),
  );

Object.assign(VariableImpl.prototype, {
  scatter_mul: scatterInTurn("mul"),
  scatter_div: scatterInTurn("div"),
  batch_scatter_update(this: VariableImpl, delta: Slices): VariableImpl {
    const indices = toTensor(delta.indices);
    const n = indices.shape.length;
    // Every index behind the numbers of the batches that it belongs to.
    const grid = Array.from({ length: n - 1 }, (_, i) => {
      const shape = indices.shape.map((d, k) => (k === i ? d : 1));
      const row = one("Reshape", [one("Range", [0, indices.shape[i], 1]), shape]);
      return one("Mul", [one("Cast", [row], { DstT: indices.dtype }), one("OnesLike", [indices])]);
    });
    const places = one("Pack", [[...grid, indices]], { axis: -1 });
    const values = toTensor(delta.values, { dtype: this.dtype });
    this._put(datumOf(one("TensorScatterUpdate", [this._as_tensor(), places, values])));
    return this._unread();
  },
  count_up_to(this: VariableImpl, limit: number): Tensor {
    const before = this._as_tensor();
    if (Number(before.item()) >= limit)
      throw framed(
        "ResourceCountUpTo",
        "",
        new KernelProblem(`Reached limit of ${limit}`, OutOfRangeError),
        " name: ",
      );
    this._put(datumOf(one("AddV2", [before, 1])));
    return before;
  },
  set_shape(this: VariableImpl, shape: readonly (number | null)[]): void {
    const own = this._dims;
    if (own !== null && !loosely(own, [...shape]))
      throw new ValueError(`Shapes ${shapeText(own)} and ${shapeText([...shape])} are not compatible`);
    Object.assign(this, { _dims: shape.map((d, i) => d ?? own?.[i] ?? null) });
  },
});
