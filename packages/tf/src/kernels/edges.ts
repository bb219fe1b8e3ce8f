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
/** Functions whose expansions end in ∞ − ∞ or ∞ · 0 there. */
const AT_THE_EDGE: Readonly<Record<string, readonly [KernelRow<void>, Edges]>> = {
  BesselI0: [ops.i0, ANY_INFINITY],
  BesselJ0: [ops.besselJ0, ANY_INFINITY],
  BesselJ1: [ops.besselJ1, ANY_INFINITY],
} as const;

/** A function with other numbers at some places. */
function atTheEdge(kernel: KernelRow<void>, places: Edges, x: Value): Value {
  let y = run(kernel, [x], undefined);
  const plain = x.detach() as Value;
  for (const [at, value] of places) {
    const there = plain.eq(at) as Value;
    y = Number.isNaN(value)
      ? (y.mul(plain.full(plain.shape, Number.NaN).where(there, plain.full(plain.shape, 1))) as Value)
      : (y.full(y.shape, value).where(there, y) as Value);
  }
  return y;
}

type Compute = (x: Value) => Value;
/** A function whose derivative is written as TensorFlow writes it, which tells at the poles. */
const sloped =
  (name: string, value: Compute, slope: Compute): Compute =>
  (x) =>
    withGradient(name, [x], value(x.detach() as Value), (gy) => [gy.mul(slope(x)) as Value]);
/** Functions with a pole at 0, and that number before it. */
const pastThePole =
  (kernel: KernelRow<void>, pole: number, far: Edges = []): Compute =>
  (x) => {
    const y = atTheEdge(kernel, far, x);
    return y.full(y.shape, pole).where(x.le(0) as Value, y) as Value;
  };
const ahead: Edges = [ANY_INFINITY[0]!];
const [up, down] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

const i0: Compute = (x) => atTheEdge(ops.i0, ANY_INFINITY, x);
const i1: Compute = sloped(
  "BesselI1",
  (x) => atTheEdge(ops.i1, ANY_INFINITY, x),
  (x) => {
    // TensorFlow says 1 at 0.
    const zero = x.eq(0) as Value;
    const safe = x.full(x.shape, 1).where(zero, x) as Value;
    return x.full(x.shape, 1).where(zero, i0(x).sub(i1(x).div(safe))) as Value;
  },
);
const k0: Compute = sloped("BesselK0", pastThePole(ops.besselK0, up), (x) => k1(x).neg() as Value);
const k1: Compute = sloped(
  "BesselK1",
  pastThePole(ops.besselK1, up),
  (x) => k0(x).neg().sub(k1(x).div(x)) as Value,
);
const k0e: Compute = sloped("BesselK0e", pastThePole(ops.besselK0e, up), (x) => k0e(x).sub(k1e(x)) as Value);
const k1e: Compute = sloped(
  "BesselK1e",
  pastThePole(ops.besselK1e, up),
  (x) => k1e(x).mul(x.reciprocal().rsub(1)).sub(k0e(x)) as Value,
);
const y0: Compute = sloped("BesselY0", pastThePole(ops.besselY0, down, ahead), (x) => y1(x).neg() as Value);
const y1: Compute = sloped(
  "BesselY1",
  pastThePole(ops.besselY1, down, ahead),
  (x) => y0(x).sub(y1(x).div(x)) as Value,
);
const AT_THE_POLE: Readonly<Record<string, Compute>> = {
  BesselI1: i1,
  BesselK0: k0,
  BesselK0e: k0e,
  BesselK1: k1,
  BesselK1e: k1e,
  BesselY0: y0,
  BesselY1: y1,
};

/** Rows with other numbers at the edge. */
export const edges: Readonly<Record<string, OpRow>> = {
  ...Object.fromEntries(
    Object.entries(AT_THE_EDGE).map(([name, [kernel, places]]) => [
      name,
      row(([x]) => atTheEdge(kernel, places, x!), same),
    ]),
  ),
  ...Object.fromEntries(Object.entries(AT_THE_POLE).map(([name, f]) => [name, row(([x]) => f(x!), same)])),
};
