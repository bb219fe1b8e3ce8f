import { bool, type DType, float32, float64 } from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { broadcastShapes, broadcastTo, sameShape } from "../../strided/broadcast.js";
import { copyInto } from "../../strided/copy.js";
import { collapse, forEachRun } from "../../strided/iterate.js";
import { Strided } from "../../strided/strided.js";
import { fastKernel } from "../../wasm/registry.js";
import { defineOp, type Operand, type OpRow, type Scalar } from "../row.js";
import { scalarArray } from "../scalar.js";

/** a where cond holds, else b; all three broadcast. */
export const where: OpRow<void> = defineOp({
  name: "where",
  inputs: ["a", "cond", "b"],
  dtype: "same",
  broadcasts: true,
  run: ([a, cond, b]) => {
    const c = cond as Strided;
    if (c.dtype !== bool) throw new DTypeError("where", "cond", c.dtype.name, "bool");
    const type = typeOf(a!) ?? typeOf(b!);
    if (!type) throw new DTypeError("where", "a", "a scalar", "an array on at least one side");
    const x = arrayOf(a!, type);
    const y = arrayOf(b!, type);
    if (x.dtype !== y.dtype) throw new DTypeError("where", "b", y.dtype.name, `${x.dtype.name} like a`);
    if (c.contiguous && fits(x, c) && fits(y, c) && c.size < SMALL) return choose(x, c, y);
    const shape = broadcastShapes("where", [c.shape, x.shape, y.shape]);
    if (type === float32 || type === float64) {
      const fast = Strided.zeros(type, shape);
      if (fastKernel(where, type)?.([x, c, y], fast, undefined)) return fast;
    }
    const out = copyInto(Strided.zeros(type, shape), y);
    select(out, broadcastTo(c, shape), broadcastTo(x, shape));
    return out;
  },
  saves: ["cond"],
  vjp: (gy, { cond }, { needs }) => ({
    a: needs(0) ? gy.where(cond, 0) : null,
    b: needs(2) ? gy.where(cond.logicalNot(), 0) : null,
  }),
  simd: "f32 f64",
  samples: [
    { inputs: [[2, 3], { shape: [2, 3], values: [1, 0, 1, 1, 0, 0], dtype: "bool" }, [2, 3]] },
    { inputs: [[3], { shape: [2, 1], values: [1, 0], dtype: "bool" }, [2, 3]] },
  ],
});

/** Below so many elements kernels are not asked. */
const SMALL = 200;

/** Whether x lies as the condition does, or is a number of one lane. */
const fits = (x: Strided, c: Strided): boolean =>
  x.dtype.lanes === 1 && x.contiguous && (x.rank === 0 || sameShape(x.shape, c.shape));

function choose(x: Strided, c: Strided, y: Strided): Strided {
  const out = Strided.zeros(x.dtype, c.shape);
  const to = out.peek;
  const [a, flags, b] = [x.peek, c.peek, y.peek];
  const [i, j] = [x.rank === c.rank ? 1 : 0, y.rank === c.rank ? 1 : 0];
  for (let k = 0; k < out.size; k++)
    to[k] = flags[c.offset + k] ? a[x.offset + k * i]! : b[y.offset + k * j]!;
  return out;
}

const typeOf = (x: Operand): DType | undefined => (x instanceof Strided ? x.dtype : undefined);
const arrayOf = (x: Operand, type: DType): Strided =>
  x instanceof Strided ? x : scalarArray(x as Scalar, type);

function select(out: Strided, cond: Strided, x: Strided): void {
  const nest = collapse(out.shape, [out.strides, cond.strides, x.strides]);
  const last = nest.shape.length - 1;
  const n = nest.shape[last]!;
  const [so, sc, sx] = nest.strides.map((s) => s[last]!) as [number, number, number];
  const { lanes } = out.dtype;
  const to = out.peek;
  const flags = cond.peek;
  const from = x.peek;
  forEachRun(nest, [out.offset, cond.offset, x.offset], ([o, c, i]) => {
    for (let k = 0; k < n; k++)
      if (flags[c! + k * sc])
        for (let lane = 0; lane < lanes; lane++)
          to[(o! + k * so) * lanes + lane] = from[(i! + k * sx) * lanes + lane]!;
  });
}
