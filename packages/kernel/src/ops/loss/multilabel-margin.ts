import type { DType } from "../../dtype/dtype.js";
import { IndexRangeError, ShapeError } from "../../errors/errors.js";
import { sameShape } from "../../strided/broadcast.js";
import { integersOf } from "../../strided/integers.js";
import { Strided } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import type { Value } from "../value.js";
import { scores } from "./nll.js";

/** The classes of each row up to the first negative entry: how many, and for each class whether it is among them. */
function targetsOf(op: string, x: Strided, target: Operand) {
  const labels = target as Strided;
  if (x.rank !== 2) throw new ShapeError(op, "x", x.shape, "[batch, classes]");
  if (!sameShape(x.shape, labels.shape)) throw new ShapeError(op, "target", labels.shape, "the shape of x");
  const [rows, classes] = x.shape as readonly [number, number];
  const ids = integersOf(labels);
  const counts = new Int32Array(rows);
  const wanted = new Uint8Array(rows * classes);
  for (let n = 0; n < rows; n++) {
    let k = 0;
    for (; k < classes; k++) {
      const t = ids[n * classes + k]!;
      if (t < 0) break;
      if (t >= classes) throw new IndexRangeError(op, t, 1, classes);
      wanted[n * classes + t] = 1;
    }
    counts[n] = k;
  }
  return { rows, classes, ids, counts, wanted };
}

/** Calls `each` for every class asked for and every other one that comes within the margin of it. */
function forEachClose(
  op: string,
  operand: Operand,
  target: Operand,
  each: (row: number, asked: number, other: number, gap: number) => void,
): { type: DType; rows: number; classes: number } {
  const x = scores(op, operand);
  const { rows, classes, ids, counts, wanted } = targetsOf(op, x, target);
  const v = packed(x);
  for (let n = 0; n < rows; n++)
    for (let k = 0; k < counts[n]!; k++) {
      const t = ids[n * classes + k]!;
      for (let c = 0; c < classes; c++) {
        if (wanted[n * classes + c]) continue;
        const gap = 1 - v[n * classes + t]! + v[n * classes + c]!;
        if (gap > 0) each(n, t, c, gap);
      }
    }
  return { type: (operand as Strided).dtype, rows, classes };
}

/**
 * Σ max(0, 1 − x[t] + x[c])/classes over the classes t asked for in a row and the others c; a row of target lists class
 * indices and ends at the first negative entry.
 */
export const multilabelMargin = defineOp({
  name: "multilabelMargin",
  inputs: ["x", "target"],
  dtype: "float",
  run: ([operand, target]) => {
    const sums = new Float64Array((operand as Strided).shape[0]!);
    const { type, rows, classes } = forEachClose("multilabelMargin", operand!, target!, (n, _t, _c, gap) => {
      sums[n]! += gap;
    });
    return unpack(
      sums.map((s) => s / classes),
      Strided.zeros(type, [rows]),
    );
  },
  saves: ["x", "target"],
  uses: (): Rows => [multilabelMarginGrad],
  vjp: (gy, { x, target }, context) => ({
    x: context.higherOrder
      ? context.through(([u]) => [byParts(u!, target)], [x], [gy])[0]!
      : gy.multilabelMarginGrad(x, target),
  }),
  samples: [
    {
      inputs: [[2, 4], { shape: [2, 4], values: [3, 0, -1, 1, 2, -1, 0, 0], dtype: "int64" }],
    },
  ],
});

/** The gradient of {@link multilabelMargin}: each pair within the margin pulls its classes apart. */
export const multilabelMarginGrad = defineOp({
  name: "multilabelMarginGrad",
  inputs: ["gy", "x", "target"],
  dtype: "float",
  run: ([gy, operand, target]) => {
    const g = packed(gy as Strided);
    const { shape } = operand as Strided;
    const classes = shape[1]!;
    const out = new Float64Array(shape[0]! * classes);
    const { type } = forEachClose("multilabelMarginGrad", operand!, target!, (n, t, c) => {
      out[n * classes + t]! -= g[n]! / classes;
      out[n * classes + c]! += g[n]! / classes;
    });
    return unpack(out, Strided.zeros(type, shape));
  },
  noGradient: "derivatives of derivatives go through the parts of multilabelMargin",
});

function byParts(x: Value, target: Value): Value {
  const [rows, classes] = x.shape as readonly [number, number];
  const asked = target.ge(0).cast({ dtype: x.dtype }).cumprod({ dim: 1 });
  const ids = target.mul(asked.cast({ dtype: target.dtype }));
  const others = x.full(x.shape, 0).scatterAdd(ids, asked, { dim: 1 }).eq(0).cast({ dtype: x.dtype });
  const gap = x
    .reshape({ shape: [rows, 1, classes] })
    .sub(x.gather(ids, { dim: 1 }).reshape({ shape: [rows, classes, 1] }))
    .add(1)
    .clampMin(0);
  const share = asked
    .reshape({ shape: [rows, classes, 1] })
    .mul(others.reshape({ shape: [rows, 1, classes] }));
  return gap
    .mul(share)
    .sum({ dims: [1, 2] })
    .div(classes);
}
