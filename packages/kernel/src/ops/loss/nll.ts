import { type DType, float32, type NumericData } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { castTo } from "../../strided/copy.js";
import { type Shape, Strided } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import { type ClassParams, checkWeight, classIndices, classPlaces, withoutClasses } from "./classes.js";

/**
 * −w[t]·x[t] at every position of scores x `[batch, classes, …]` with class indices t `[batch, …]` and weights `[classes]`,
 * and the sum of the weights that took part.
 */
export const nll = defineOp({
  name: "nll",
  inputs: ["x", "target", "weight"],
  optional: ["weight"],
  outputs: ["y", "total"],
  dtype: "float",
  run: ([operand, classes, weight], p: ClassParams) => {
    const x = scores("nll", operand!);
    const { base, step, classes: count } = classPlaces(x);
    checkWeight("nll", weight as Strided | null, count);
    const shape = withoutClasses(x.shape);
    const targets = classIndices("nll", classes as Strided, shape, count, p.ignoreIndex);
    const w = weight && packed(weight as Strided);
    const data = x.data as NumericData;
    const each = new Float64Array(base.length);
    let total = 0;
    for (let k = 0; k < base.length; k++) {
      const t = targets[k]!;
      if (t < 0) continue;
      const share = w ? w[t]! : 1;
      each[k] = -share * data[base[k]! + t * step]!;
      total += share;
    }
    return reduced(each, total, p, (operand as Strided).dtype, shape);
  },
  saves: ["target", "weight", "total"],
  uses: (): Rows => [nllInput],
  vjps: ({ y }, { target, weight, total }, { params, shape, given }) => ({
    x: y?.nllInput(target, given(2) ? weight : null, total, { ...params, classes: shape(0)[1]! }),
  }),
  samples: [
    {
      inputs: [
        [2, 3, 2],
        { shape: [2, 2], values: [2, 0, 1, 9], dtype: "int64" },
        { shape: [3], range: [0.5, 2] },
      ],
      params: { reduction: "none", ignoreIndex: 9 },
      constant: ["weight"],
    },
    {
      inputs: [[3, 3], { shape: [3], values: [2, 0, 1], dtype: "int64" }, { shape: [3], range: [0.5, 2] }],
      params: { reduction: "mean" },
      constant: ["weight"],
    },
    { inputs: [[2, 3], { shape: [2], values: [2, 0], dtype: "int64" }, null], params: { reduction: "sum" } },
  ],
});

/** Scores as floats that are computed with. @throws DTypeError, ShapeError */
export function scores(op: string, x: Operand): Strided {
  const array = x as Strided;
  if (array.dtype.kind !== "float") throw new DTypeError(op, "x", array.dtype.name, "a floating type");
  if (array.rank < 2) throw new ShapeError(op, "x", array.shape, "[batch, classes, …]");
  return array.dtype.half ? castTo(array, float32) : array;
}

/** The losses of all positions as a reduction leaves them, and what `mean` divides by. */
export function reduced(
  each: Float64Array,
  total: number,
  { reduction }: ClassParams,
  type: DType,
  shape: Shape,
): Strided[] {
  const number = (v: number): Strided => unpack(Float64Array.of(v), Strided.zeros(type, []));
  let sum = 0;
  for (let k = 0; k < each.length; k++) sum += each[k]!;
  const y =
    reduction === "none"
      ? unpack(each, Strided.zeros(type, shape))
      : number(reduction === "mean" ? sum / total : sum);
  return [y, number(total)];
}

/** The gradient of each of n positions' losses from that of what {@link reduced} gave. */
export function unreduced(gy: Strided, total: Strided, { reduction }: ClassParams, n: number): Float64Array {
  const each = packed(gy);
  if (reduction === "none") return each;
  return new Float64Array(n).fill(each[0]! * (reduction === "mean" ? 1 / packed(total)[0]! : 1));
}

export interface NllInputParams extends ClassParams {
  readonly classes: number;
}

/** The transpose of {@link nll}: −w[t]·gy laid to class t of every position, zeros elsewhere. */
export const nllInput = defineOp({
  name: "nllInput",
  inputs: ["gy", "target", "weight", "total"],
  optional: ["weight"],
  dtype: "float",
  run: ([grad, target, weight, total], p: NllInputParams) => {
    const [gy, classes] = [grad as Strided, target as Strided];
    const shape = [classes.shape[0]!, p.classes, ...classes.shape.slice(1)];
    const type = gy.dtype.half ? float32 : gy.dtype;
    const y = Strided.zeros(type, shape);
    const { base, step } = classPlaces(y);
    const targets = classIndices("nllInput", classes, classes.shape, p.classes, p.ignoreIndex);
    const w = weight && packed(weight as Strided);
    const each = unreduced(gy, total as Strided, p, base.length);
    const out = y.data as NumericData;
    for (let k = 0; k < base.length; k++) {
      const t = targets[k]!;
      if (t < 0) continue;
      out[base[k]! + t * step] = -(w ? w[t]! : 1) * each[k]!;
    }
    return castTo(y, gy.dtype);
  },
  saves: ["target", "weight"],
  uses: (): Rows => [nll],
  vjp: (g, { target, weight }, { params: { classes: _, ...params }, given }) => ({
    gy: g.nll(target, given(2) ? weight : null, params)[0]!,
  }),
  samples: [
    {
      inputs: [
        [2, 2],
        { shape: [2, 2], values: [2, 0, 1, 9], dtype: "int64" },
        { shape: [3], range: [0.5, 2] },
        { shape: [], range: [1, 1] },
      ],
      params: { reduction: "none", ignoreIndex: 9, classes: 3 },
      constant: ["weight", "total"],
    },
  ],
});
