import { BroadcastError, ShapeError } from "../errors/errors.js";
import type { Shape, Strided } from "./strided.js";

/** The shape that `a` and `b` stretch to (axes align at the end; length 1 stretches), or `null`. */
export function broadcastTwo(a: Shape, b: Shape): number[] | null {
  const rank = Math.max(a.length, b.length);
  const out = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const m = i <= a.length ? a[a.length - i]! : 1;
    const n = i <= b.length ? b[b.length - i]! : 1;
    if (m !== n && m !== 1 && n !== 1) return null;
    out[rank - i] = m === 1 ? n : m;
  }
  return out;
}

/** {@link broadcastTwo} over any number of shapes. @throws ShapeError naming the first that does not fit. */
export function broadcastShapes(op: string, shapes: readonly Shape[]): number[] {
  let out: number[] = [];
  for (let i = 0; i < shapes.length; i++) {
    const next = broadcastTwo(out, shapes[i]!);
    if (!next) throw new BroadcastError(op, `operand ${i}`, out, shapes[i]!);
    out = next;
  }
  return out;
}

export const sameShape = (a: Shape, b: Shape): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** `x` stretched to `shape` by zero strides. */
export function broadcastTo(x: Strided, shape: Shape): Strided {
  if (sameShape(x.shape, shape)) return x;
  const lead = shape.length - x.rank;
  const fits = lead >= 0 && x.shape.every((n, i) => n === shape[lead + i] || n === 1);
  if (!fits)
    throw new ShapeError("broadcastTo", "x", x.shape, `a shape that stretches to [${shape.join(", ")}]`);
  return x.view(
    shape,
    shape.map((n, i) => (i < lead || (x.shape[i - lead] === 1 && n !== 1) ? 0 : x.strides[i - lead]!)),
  );
}
