import { along } from "../engines/lines.js";
import type { Value } from "../value.js";
import { type CumulateParams, course } from "./cumsum.js";

/** Running products along an axis. The gradient is right where elements are zero. */
export const cumprod = along<CumulateParams, "y", "x">({
  name: "cumprod",
  dtype: "accumulate",
  reference: (x, [y], p) => {
    const [start, step] = course(x.length, p);
    let s = 1;
    for (let k = 0, i = start; k < x.length; k++, i += step) {
      const next = s * x[i]!;
      y![i] = p.exclusive ? s : next;
      s = next;
    }
  },
  integer: (x, [y], p) => {
    const [start, step] = course(x.length, p);
    const to = y as BigInt64Array;
    let s = 1n;
    for (let k = 0, i = start; k < x.length; k++, i += step) {
      const next = BigInt.asIntN(64, s * BigInt(x[i]!));
      to[i] = p.exclusive ? s : next;
      s = next;
    }
  },
  bigint: (x, [y], p) => {
    const [start, step] = course(x.length, p);
    const to = y as BigInt64Array;
    let s = 1n;
    for (let k = 0, i = start; k < x.length; k++, i += step) {
      const next = BigInt.asIntN(64, s * x[i]!);
      to[i] = p.exclusive ? s : next;
      s = next;
    }
  },
  complex: (x, [y], p) => {
    const n = x.length / 2;
    const [start, step] = course(n, p);
    let [re, im] = [1, 0];
    for (let k = 0, i = start; k < n; k++, i += step) {
      const [a, b] = [x[2 * i]!, x[2 * i + 1]!];
      const [nr, ni] = [re * a - im * b, re * b + im * a];
      y![2 * i] = p.exclusive ? re : nr;
      y![2 * i + 1] = p.exclusive ? im : ni;
      [re, im] = [nr, ni];
    }
  },
  saves: ["x"],
  // ∂yᵢ/∂xₖ = (product before k)·(product from k+1 to i): a running product times a recurrence, nothing divided.
  vjp: (gy, { x }, { params }) => {
    const { dim, reverse = false, exclusive = false } = params;
    if (x.shape.length === 0) return { x: exclusive ? gy.mul(0) : gy };
    const g = exclusive ? ahead(gy, dim, reverse) : gy;
    const before = x.cumprod({ dim, reverse, exclusive: true });
    const after = ahead(x, dim, reverse).conj().recurrence(g, { dim, reverse: !reverse });
    return { x: before.conj().mul(after) };
  },
  samples: [
    { inputs: [[3, 4]], params: { dim: 1 } },
    { inputs: [{ shape: [4], values: [1.5, 0, 2, 0] }], params: { dim: 0 } },
    { inputs: [[3, 4]], params: { dim: 0, reverse: true } },
    { inputs: [[3, 4]], params: { dim: -1, exclusive: true } },
    { inputs: [[3, 4]], params: { dim: -1, exclusive: true, reverse: true } },
    { inputs: [[]], params: { dim: 0 } },
    { inputs: [{ shape: [3], dtype: "complex128" }], params: { dim: 0 } },
  ],
});

/** Each element's successor in the direction of the scan, 0 after the last. */
export function ahead(x: Value, dim: number, reverse: boolean): Value {
  const axis = dim < 0 ? dim + x.shape.length : dim;
  const n = x.shape[axis]!;
  if (n === 0) return x;
  const rest = x.slice({ dim: axis, start: reverse ? 0 : 1, step: 1, length: n - 1 });
  const last = x.full(
    x.shape.map((m, i) => (i === axis ? 1 : m)),
    0,
  );
  return reverse ? last.cat([rest], { dim: axis }) : rest.cat([last], { dim: axis });
}
