import { repr, str, TypeError, type as typeOfPy, ValueError } from "@cognate/py";
import { isGraphTensor } from "../core/context.js";
import { tensorOf, toTensor } from "../core/convert.js";
import { int32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { knownDatum } from "../graph/known.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { Tensor } from "../shared.js";
import { VariableImpl } from "../variable/variable.js";
import { broadcastSizes, filled, type Size, type Sizes } from "./sizes.js";
import { add } from "./values.js";

/* Numbers of rows and leading axes that operators without a matrix are told. */

/** The value that a graph's tensor surely has, `null` where only the run knows. */
function known(t: Tensor): unknown {
  const d = knownDatum(t as GraphTensor);
  return d ? tensorOf(d).numpy() : null;
}
function notVariable(x: unknown, name: string): void {
  if (x instanceof VariableImpl)
    throw new TypeError(`Argument ${name} cannot be reference type. Found: ${repr(typeOfPy(x))}.`);
}
/** A number of rows. @throws TypeError, ValueError */
export function rowsArgument(x: unknown, name: string): Size {
  notVariable(x, name);
  if (typeof x === "number" && Number.isInteger(x) && x >= 0) return x;
  const t = toTensor(x);
  if (!t.dtype.is_integer) throw new TypeError(`Argument ${name} must be integer type.  Found: ${str(t)}`);
  if (isGraphTensor(t) && known(t as Tensor) === null) return t as Tensor;
  const value = isGraphTensor(t) ? known(t) : t.numpy();
  if (t.shape.length !== 0)
    throw new ValueError(`Argument ${name} must be a 0-D Tensor.  Found: ${str(value)}`);
  if (Number(value) < 0) throw new ValueError(`Argument ${name} must be non-negative.  Found: ${str(value)}`);
  return Number(value);
}
/** Leading axes. @throws TypeError, ValueError */
export function batchArgument(x: unknown): Sizes | null {
  if (x === null || x === undefined) return null;
  notVariable(x, "batch_shape");
  const t = toTensor(x, Array.isArray(x) && x.length === 0 ? { dtype: int32 } : {});
  if (!t.dtype.is_integer)
    throw new TypeError(`Argument batch_shape must be integer type.  Found: ${str(t)}`);
  const value = isGraphTensor(t) ? known(t) : t.numpy();
  if (value !== null) {
    if (t.shape.length !== 1)
      throw new ValueError(`Argument batch_shape must be a 1-D Tensor.  Found: ${str(value)}`);
    const list = [...(value as Iterable<number | bigint>)].map(Number);
    if (list.some((n) => n < 0))
      throw new ValueError(`Argument batch_shape must be non-negative.  Found:${str(value)}`);
    return list;
  }
  const n = t.shape[0]!;
  return Array.from({ length: n }, (_, i) =>
    one("StridedSlice", [t, [i], [i + 1], [1]], { shrink_axis_mask: 1 }),
  );
}
/** `x` stretched to leading axes, where there are any. */
export function stretchedTo(x: Tensor, batch: Sizes | null): Tensor {
  if (batch === null) return x;
  const dims = [...x.shape] as (number | null)[];
  const want = broadcastSizes(
    dims.map((d) => d ?? 1),
    [...batch, 1, 1],
  );
  const same = dims.length === want.length && want.every((n, i) => n === dims[i]);
  return same ? x : add(x, filled(0, [...batch, 1, 1], x.dtype));
}
