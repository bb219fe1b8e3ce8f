import { castTo, contiguous, float32 } from "@cognate/kernel";
import { type ArrayLike, asStrided } from "@cognate/ndarray/core";
import { ValueError } from "@cognate/py";

function column(x: ArrayLike, rows: number): { values: Float32Array; columns: number } {
  const a = asStrided(x);
  const values = contiguous(castTo(a, float32)).flat() as Float32Array;
  const columns = Math.floor(values.length / rows);
  if (columns * rows !== values.length)
    throw new ValueError(`cannot reshape array of size ${values.length} into shape (${rows},${columns})`);
  return { values, columns };
}

/** Gradients and hessians as the engine takes them: pairs, row by row. @throws ValueError for other sizes */
export function gradientPairs(grad: ArrayLike, hess: ArrayLike, rows: number): Float32Array {
  const g = column(grad, rows);
  const h = column(hess, rows);
  if (g.values.length !== h.values.length)
    throw new ValueError(`Mismatched shape between the gradient and hessian`);
  const out = new Float32Array(2 * g.values.length);
  for (let i = 0; i < g.values.length; i++) {
    out[2 * i] = g.values[i]!;
    out[2 * i + 1] = h.values[i]!;
  }
  return out;
}
