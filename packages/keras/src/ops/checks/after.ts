import { ValueError } from "@cognate/py";
import { unnamed } from "../../backend/eager-errors.js";
import { kernelError } from "../../backend/errors.js";
import { type Check, shapeOf, text, tupleText } from "./facts.js";
import { outsideIndex, size } from "./values.js";

const selected = (condition: unknown, a: unknown, b: unknown): Error | null => {
  const shapes = [condition, a, b].map(shapeOf);
  return shapes.some((s) => !s)
    ? null
    : kernelError(
        "SelectV2",
        `condition ${text(shapes[0]!)}, then ${text(shapes[1]!)}, and else ${text(shapes[2]!)} must be broadcastable`,
      );
};
/** Two shapes that do not fit, for a kernel of another name than the arithmetic's. */
const pairOf =
  (kernel: string): Check =>
  (x1: unknown, x2: unknown) => {
    const [a, b] = [shapeOf(x1), shapeOf(x2)];
    return a && b && a.length + b.length > 0 && !fits(a, b)
      ? kernelError(kernel, `Incompatible shapes: ${text(a)} vs. ${text(b)}`)
      : null;
  };
const fits = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((n, i) => {
    const m = b[b.length - a.length + i] ?? 1;
    return n === m || n === 1 || m === 1;
  });

/** Where the arithmetic failed: what TensorFlow says instead. */
export const AFTER: Readonly<Record<string, Check>> = {
  take: (x: unknown, indices: unknown, axis: unknown = null) => {
    const shape = shapeOf(x);
    if (!shape) return null;
    const n = axis === null ? size(shape) : shape.at(axis as number)!;
    const wrong = outsideIndex(indices, n);
    return wrong && kernelError("GatherV2", `indices${text(wrong[0])} = ${wrong[1]} is not in [0, ${n})`);
  },
  where: (c: unknown, a: unknown, b: unknown) => selected(c, a, b),
  heaviside: (a: unknown, b: unknown) => selected(a, a, b),
  floor_divide: pairOf("FloorDiv"),
  divide_no_nan: pairOf("DivNoNan"),
  ldexp: pairOf("Mul"),
  logical_xor: pairOf("LogicalOr"),
  transpose: (x: unknown, axes: unknown) => {
    const rank = shapeOf(x)?.length;
    return (
      Array.isArray(axes) &&
      rank !== undefined &&
      axes.length !== rank &&
      unnamed(
        "Transpose",
        `transpose expects a vector of size ${rank}. But input(1) is a vector of size ${axes.length}`,
      )
    );
  },
  reshape: (x: unknown, newshape: unknown) => {
    const shape = shapeOf(x);
    if (!shape || !Array.isArray(newshape) || !newshape.includes(-1)) return null;
    const known = -size(newshape as number[]);
    return unnamed(
      "Reshape",
      `Input to reshape is a tensor with ${size(shape)} values, but the requested shape requires a multiple of ${known}`,
    );
  },
  broadcast_to: (x: unknown, shape: unknown) => {
    const own = shapeOf(x);
    if (!own || !Array.isArray(shape)) return null;
    const negative = (shape as number[]).find((n) => n < 0);
    if (negative !== undefined) return unnamed("BroadcastTo", `Dimension ${negative} must be >= 0`);
    return fits(own, shape as number[])
      ? unnamed(
          "BroadcastTo",
          `Unable to broadcast tensor of shape ${text(own)} to tensor of shape ${text(shape)}`,
        )
      : null;
  },
  tril: (x: unknown) => {
    const shape = shapeOf(x);
    return (
      shape &&
      shape.length < 2 &&
      kernelError("MatrixBandPart", `input must be at least 2-dim, received shape: ${text(shape)}`)
    );
  },
  solve: (a: unknown, b: unknown) => {
    const [s, t] = [shapeOf(a), shapeOf(b)];
    return (
      s &&
      t &&
      s.length !== t.length &&
      kernelError("MatrixSolve", "All input tensors must have the same outer dimensions.")
    );
  },
};
for (const name of ["gcd", "lcm"])
  (AFTER as Record<string, Check>)[name] = (x1: unknown, x2: unknown) => {
    const [a, b] = [shapeOf(x1), shapeOf(x2)];
    return (
      a &&
      b &&
      new ValueError(
        `Incompatible shapes for broadcasting. Two shapes are compatible if for each dimension pair they are either equal or one of them is 1. Received: ${tupleText(a)} and ${tupleText(b)}.`,
      )
    );
  };
