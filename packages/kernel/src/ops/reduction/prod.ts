import { type AccumulateParams, reduction } from "../engines/lines.js";
import type { Value } from "../value.js";
import { keptAxes } from "./sum.js";

/** Π x along the axes; 1 for no elements. The gradient is right where elements are zero. */
export const prod = reduction<AccumulateParams, "x">({
  name: "prod",
  dtype: "accumulate",
  reference: (x) => {
    let p = 1;
    for (let i = 0; i < x.length; i++) p *= x[i]!;
    return p;
  },
  integer: (x) => {
    let p = 1;
    for (let i = 0; i < x.length; i++) {
      const next = p * x[i]!;
      if (Math.abs(next) > Number.MAX_SAFE_INTEGER) return bigProduct(x.subarray(i), BigInt(p));
      p = next;
    }
    return p;
  },
  bigint: (x) => {
    let p = 1n;
    for (let i = 0; i < x.length; i++) p = BigInt.asIntN(64, p * x[i]!);
    return p;
  },
  complex: (x) => {
    let [re, im] = [1, 0];
    for (let i = 0; i < x.length; i += 2) {
      const [a, b] = [x[i]!, x[i + 1]!];
      [re, im] = [re * a - im * b, re * b + im * a];
    }
    return [re, im];
  },
  saves: ["x"],
  vjp: (gy, { x }, { params }) => {
    if (x.shape.length === 0) return { x: gy };
    const rank = x.shape.length;
    const axes = (params?.dims ?? x.shape.map((_, i) => i)).map((d) => (d < 0 ? d + rank : d));
    const g = keptAxes(gy, x.shape, params?.dims, params?.keepdim);
    // The product of all others, from both sides, so that nothing is divided by zero.
    const lined = linesLast(x, axes);
    const others = lined.value
      .cumprod({ dim: -1, exclusive: true })
      .mul(lined.value.cumprod({ dim: -1, exclusive: true, reverse: true }));
    return { x: g.mul(lined.back(others).conj()) };
  },
  samples: [
    { inputs: [[2, 3]] },
    { inputs: [{ shape: [2, 3], values: [1.5, 0, 2, 0.5, -1, 3] }], params: { dims: [1] } },
    { inputs: [{ shape: [2, 3], values: [1.5, 0, 0, 0.5, -1, 3] }], params: { dims: [-1], keepdim: true } },
    { inputs: [[2, 3, 2]], params: { dims: [0, 2] } },
    { inputs: [[]] },
    { inputs: [[0]] },
    { inputs: [{ shape: [3], dtype: "complex128" }] },
  ],
});

function bigProduct(x: Float64Array, start: bigint): bigint {
  let p = start;
  for (let i = 0; i < x.length; i++) p = BigInt.asIntN(64, p * BigInt(x[i]!));
  return p;
}

/** The given axes of x laid out as one last axis, and the way back. */
export function linesLast(x: Value, axes: readonly number[]): { value: Value; back: (v: Value) => Value } {
  const { shape } = x;
  const others = shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const order = [...others, ...axes];
  const moved = order.some((a, i) => a !== i) ? x.permute({ axes: order }) : x;
  const lengths = others.map((i) => shape[i]!);
  const n = axes.reduce((size, i) => size * shape[i]!, 1);
  const inverse = new Array<number>(order.length);
  order.forEach((a, i) => {
    inverse[a] = i;
  });
  return {
    value: moved.reshape({ shape: [...lengths, n] }),
    back: (v) => v.reshape({ shape: order.map((i) => shape[i]!) }).permute({ axes: inverse }),
  };
}
