import { bool, int64 } from "../../dtype/dtype.js";
import { castTo, contiguous } from "../../strided/copy.js";
import { storeIntegers } from "../../strided/integers.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

/** Where the flags are set. */
function positionsIn(flags: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i] !== 0 ? 1 : 0;
  const found = new Int32Array(count);
  // Every position is written where the next one belongs, and stays if its flag is set: no branch to guess.
  for (let i = 0, k = 0; k < count; i++) {
    found[k] = i;
    k += flags[i] !== 0 ? 1 : 0;
  }
  return found;
}

/** For each axis the coordinates of the elements that are not zero, row-major. */
export function coordinatesOf(x: Strided): Int32Array[] {
  const flags = contiguous(castTo(x, bool));
  const found = positionsIn(flags.peekFlat() as Uint8Array);
  const { shape, rank } = flags;
  if (rank === 1) return [found];
  const axes: Int32Array[] = [];
  let stride = 1;
  for (let axis = rank - 1; axis >= 0; axis--) {
    const n = shape[axis]!;
    const line = new Int32Array(found.length);
    for (let k = 0; k < line.length; k++) line[k] = Math.floor(found[k]! / stride) % n;
    axes.unshift(line);
    stride *= n;
  }
  return axes;
}

/** Coordinates of the elements that are not zero, row-major: int64 [count, rank]. */
export const nonzero = defineOp({
  name: "nonzero",
  inputs: ["x"],
  dtype: "index",
  run: ([operand]) => {
    const x = operand as Strided;
    const { rank } = x;
    if (rank === 0) return Strided.zeros(int64, [coordinatesOf(x.view([1], [1]))[0]!.length, 0]);
    const axes = coordinatesOf(x);
    const count = axes[0]!.length;
    const y = Strided.zeros(int64, [count, rank]);
    axes.forEach((line, axis) => {
      storeIntegers(y, axis, rank, line, count);
    });
    return y;
  },
  noGradient: "the result is positions",
  samples: [{ inputs: [{ shape: [2, 3], values: [0, 1, 0, 2, 0, 3] }] }],
});
