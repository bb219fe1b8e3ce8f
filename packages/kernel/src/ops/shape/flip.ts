import { normalizeAxis } from "../../strided/axes.js";
import { cloneContiguous, copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

/** x with the order along some axes reversed. */
export const flip = defineOp({
  name: "flip",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], { dims }: { dims: readonly number[] }) => {
    const x = operand as Strided;
    const strides = [...x.strides];
    let { offset } = x;
    for (const dim of dims) {
      const d = normalizeAxis("flip", dim, x.rank);
      if (x.rank === 0 || x.shape[d] === 0) continue;
      offset += (x.shape[d]! - 1) * strides[d]!;
      strides[d] = -strides[d]!;
    }
    return cloneContiguous(x.view(x.shape, strides, offset));
  },
  vjp: (gy, _saved, { params }) => ({ x: gy.flip(params) }),
  samples: [
    { inputs: [[2, 3]], params: { dims: [0, -1] } },
    { inputs: [[]], params: { dims: [] } },
  ],
});

export interface RollParams {
  readonly shifts: readonly number[];
  readonly dims: readonly number[];
}

/** x moved along axes, what leaves at one end coming in at the other. */
export const roll = defineOp({
  name: "roll",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], { shifts, dims }: RollParams) => {
    let x = operand as Strided;
    if (dims.length === 0) return cloneContiguous(x);
    dims.forEach((dim, i) => {
      const d = normalizeAxis("roll", dim, x.rank);
      const n = x.rank === 0 ? 0 : x.shape[d]!;
      const y = Strided.zeros(x.dtype, x.shape);
      const shift = n === 0 ? 0 : ((shifts[i]! % n) + n) % n;
      const part = (v: Strided, from: number, length: number): Strided =>
        v.view(
          v.shape.map((m, k) => (k === d ? length : m)),
          v.strides,
          v.offset + from * v.strides[d]!,
        );
      if (shift === 0) copyInto(y, x);
      else {
        copyInto(part(y, shift, n - shift), part(x, 0, n - shift));
        copyInto(part(y, 0, shift), part(x, n - shift, shift));
      }
      x = y;
    });
    return x;
  },
  vjp: (gy, _saved, { params }) => ({
    x: gy.roll({ shifts: params.shifts.map((s) => -s), dims: params.dims }),
  }),
  samples: [
    { inputs: [[2, 3]], params: { shifts: [1], dims: [1] } },
    { inputs: [[2, 3]], params: { shifts: [-1, 4], dims: [0, -1] } },
  ],
});
