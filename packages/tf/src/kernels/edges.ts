import { run } from "@cognate/keras/tensorflow";
import { type OpRow as KernelRow, ops } from "@cognate/kernel";
import { CustomNode } from "@cognate/tensor";
import { type OpRow, row } from "../core/row.js";
import { Value } from "../shared.js";
import { same } from "./tools.js";

/* Where TensorFlow's kernels and derivatives are its own: numbers at infinity, complex derivatives without conjugates. */

/** y as it is, with the derivative in `inputs` that `back` gives. */
export function withGradient(
  name: string,
  inputs: readonly Value[],
  y: Value,
  back: (gy: Value) => readonly (Value | null)[],
): Value {
  if (!inputs.some((x) => x.requiresGrad)) return y;
  const out = new Value(y.array);
  const meta = [{ shape: y.shape, dtype: y.dtype }];
  const node = new CustomNode(name, inputs, meta, ([gy]) => back((gy ?? y.full(y.shape, 0)) as Value));
  out.setNode(node, 0);
  return out;
}

/** The identity, whose derivative conjugates. */
const turned = (x: Value): Value => withGradient("Conj", [x], x, (gy) => [gy.conj() as Value]);

/** A function whose derivative TensorFlow writes without the conjugate that complex numbers need. */
export const unconjugated =
  (f: (...xs: Value[]) => Value) =>
  (...xs: Value[]): Value =>
    xs[0]!.dtype.kind === "complex" ? turned(f(...xs.map(turned))) : f(...xs);

type Edges = readonly (readonly [at: number, value: number])[];
const ANY_INFINITY: Edges = [
  [Number.POSITIVE_INFINITY, Number.NaN],
  [Number.NEGATIVE_INFINITY, Number.NaN],
];
/** No logarithm of a negative number is taken: all of them lie before the pole. */
const BEFORE_THE_POLE: Edges = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]];

/** Functions whose expansions end in ∞ − ∞ or ∞ · 0 there. */
const AT_THE_EDGE: Readonly<Record<string, readonly [KernelRow<void>, Edges]>> = {
  BesselI0: [ops.i0, ANY_INFINITY],
  BesselI1: [ops.i1, ANY_INFINITY],
  BesselJ0: [ops.besselJ0, ANY_INFINITY],
  BesselJ1: [ops.besselJ1, ANY_INFINITY],
  BesselY0: [ops.besselY0, [ANY_INFINITY[0]!, [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]]],
  BesselY1: [ops.besselY1, [ANY_INFINITY[0]!, [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]]],
  BesselK0: [ops.besselK0, BEFORE_THE_POLE],
  BesselK0e: [ops.besselK0e, BEFORE_THE_POLE],
  BesselK1: [ops.besselK1, BEFORE_THE_POLE],
  BesselK1e: [ops.besselK1e, BEFORE_THE_POLE],
} as const;

/** Rows with other numbers at the edge. */
export const edges: Readonly<Record<string, OpRow>> = Object.fromEntries(
  Object.entries(AT_THE_EDGE).map(([name, [kernel, places]]) => [
    name,
    row(([x]) => {
      let y = run(kernel, [x!], undefined);
      const plain = x!.detach() as Value;
      for (const [at, value] of places) {
        const there = plain.eq(at) as Value;
        y = Number.isNaN(value)
          ? (y.mul(plain.full(plain.shape, Number.NaN).where(there, plain.full(plain.shape, 1))) as Value)
          : (y.full(y.shape, value).where(there, y) as Value);
      }
      return y;
    }, same),
  ]),
);
