import { float32, float64 } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { cloneContiguous } from "../../strided/copy.js";
import { viewStrides } from "../../strided/reshape.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { fastKernel } from "../../wasm/registry.js";
import { add } from "../elementwise/add.js";
import { conjugate } from "../engines/complex-parts.js";
import { defineOp, type OpRow } from "../row.js";
import type { Value } from "../value.js";
import { matmul } from "./matmul.js";

/** y[…, o] = Σ x[…, i]·w[o, i] + b[o]: the last axis of x taken through a matrix `[out, in]` of any strides. */
export const linear: OpRow<void> = defineOp({
  name: "linear",
  inputs: ["x", "w", "b"],
  optional: ["b"],
  dtype: "same",
  run: ([operand, weight, bias]) => {
    const [x, w, b] = [operand as Strided, weight as Strided, bias as Strided | null];
    if (w.rank !== 2) throw new ShapeError("linear", "w", w.shape, "[out, in]");
    const [out, n] = w.shape as readonly [number, number];
    if (x.rank < 1 || x.shape[x.rank - 1] !== n)
      throw new ShapeError("linear", "x", x.shape, `last axis ${n} (w is [${w.shape.join(", ")}])`);
    if (w.dtype !== x.dtype) throw unlike("w", w, x);
    if (b && b.dtype !== x.dtype) throw unlike("b", b, x);
    if (b && (b.rank > 1 || (b.size !== out && b.size !== 1)))
      throw new ShapeError("linear", "b", b.shape, `[${out}]`);
    const lead = x.shape.slice(0, -1);
    const rows = x.rank === 2 ? x : flat(x, [sizeOf(lead), n]);
    if (rows.size * out < 2048 && (x.dtype === float32 || x.dtype === float64)) {
      lead.push(out);
      const y = Strided.zeros(x.dtype, lead);
      smallLinear(rows, w, b, y);
      return y;
    }
    const fast = rows.size * out >= 2048 ? Strided.zeros(x.dtype, [rows.shape[0]!, out]) : null;
    if (fast && fastKernel(linear, x.dtype)?.([rows, w, b], fast, undefined))
      return fast.view([...lead, out], [...flatStrides(lead, out), 1]);
    const y = matmul.run([rows, w.view([n, out], [w.strides[1]!, w.strides[0]!])], undefined) as Strided;
    if (b) add.run([y, b], undefined, y);
    return y.view([...lead, out], [...flatStrides(lead, out), 1]);
  },
  simd: "f32 f64",
  saves: ["x", "w"],
  saveIf: { x: "w", w: "x" },
  vjp: (gy, { x, w }, { needs, shape }) => ({
    x: needs(0) ? gy.linear(turned(conjugate(w)), null) : null,
    w: needs(1) ? turned(matrix(gy)).matmul(matrix(conjugate(x))) : null,
    b: needs(2) ? gy.sumTo(shape(2)) : null,
  }),
  samples: [
    { inputs: [[2, 3], [4, 3], [4]] },
    { inputs: [[2, 2, 3], [2, 3], null] },
    { inputs: [[3], [2, 3], [2]] },
  ],
});

const unlike = (name: string, v: Strided, x: Strided): DTypeError =>
  new DTypeError("linear", name, v.dtype.name, `${x.dtype.name} like x`);

/** A small matrix, where every preparation would cost more than the product. */
function smallLinear(x: Strided, w: Strided, b: Strided | null, y: Strided): void {
  const [from, to] = [x.peek as Float64Array, y.peek as Float64Array];
  const weights = w.peek as Float64Array;
  const biases = b ? (b.peek as Float64Array) : null;
  const [rows, n] = x.shape as readonly [number, number];
  const out = w.shape[0]!;
  const [xr, xc, wr, wc] = [x.strides[0]!, x.strides[1]!, w.strides[0]!, w.strides[1]!];
  const step = b && b.size > 1 ? b.strides[0]! : 0;
  let o = y.offset;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < out; j++) {
      let sum = 0;
      let s = x.offset + i * xr;
      let t = w.offset + j * wr;
      for (let p = 0; p < n; p++, s += xc, t += wc) sum += from[s]! * weights[t]!;
      to[o++] = biases ? sum + biases[b!.offset + j * step]! : sum;
    }
}

/** x as a matrix, copied only if its strides force it. */
function flat(x: Strided, shape: readonly [number, number]): Strided {
  const strides = viewStrides(x, shape);
  return strides ? x.view(shape, strides) : cloneContiguous(x).view(shape, [shape[1], 1]);
}

/** Row-major strides of leading axes before a last one of length n. */
function flatStrides(lead: readonly number[], n: number): number[] {
  let step = Math.max(n, 1);
  return lead.reduceRight<number[]>((strides, length) => {
    strides.unshift(step);
    step *= Math.max(length, 1);
    return strides;
  }, []);
}

const turned = (w: Value): Value => w.permute({ axes: [1, 0] });
const matrix = (x: Value): Value => {
  const n = x.shape[x.shape.length - 1]!;
  return x.shape.length === 2
    ? x
    : x.reshape({ shape: [n === 0 ? sizeOf(x.shape.slice(0, -1)) : x.size / n, n] });
};
