import { parseEntry, Slice, Tuple, ValueError } from "@cognate/py";
import { isTensor } from "../core/convert.js";
import { broadcast_to } from "../ops/array.js";
import { ones } from "../ops/create.js";
import { indexed } from "../ops/operators.js";
import { IdentityImpl } from "./identity.js";
import { LinearOperatorImpl } from "./operator.js";
import { broadcastSizes, sizesOf, vectorOf } from "./sizes.js";
import type { Held } from "./values.js";

/* `operator[…]`: some of a batch of operators. */

type Entry = unknown;
const entryOf = (e: unknown): Entry => (typeof e === "string" ? parseEntry(e as never) : e);

/** An index for a parameter whose leading axes of length one stand for all: those are kept. */
function fitted(entries: readonly Entry[], wanted: readonly number[], own: readonly number[]): Entry[] {
  const at = entries.indexOf("...");
  if (at >= 0 && entries.indexOf("...", at + 1) >= 0) throw new ValueError("Found multiple `...` in slices");
  let axis = 0;
  return entries.map((e, i) => {
    if (e === null) return e;
    if (e === "...") {
      axis = -entries.slice(i + 1).filter((x) => x !== null).length;
      return e;
    }
    const k = axis < 0 ? wanted.length + axis : axis;
    axis++;
    if (!(wanted[k]! > own[k]!)) return e;
    return e instanceof Slice ? new Slice(null, null, null) : 0;
  });
}
function sliced(
  param: unknown,
  ndims: number,
  entries: readonly Entry[],
  wanted: readonly number[],
): unknown {
  if (Array.isArray(param) && !isTensor(param)) return param.map((p) => sliced(p, ndims, entries, wanted));
  if (param instanceof LinearOperatorImpl) return sliceOf(param, entries, wanted);
  const sizes = sizesOf(param as Held) as readonly number[];
  const lead = sizes.slice(0, sizes.length - ndims);
  if (wanted.length > 0 && lead.length === 0) return param;
  const full = broadcastSizes(
    lead,
    wanted.map(() => 1),
  ) as readonly number[];
  const wide = broadcast_to(param as never, vectorOf([...full, ...sizes.slice(lead.length)]));
  const index = fitted(entries, wanted, full);
  if (!index.includes("...")) index.push("...");
  return indexed(wide, [...index, ...Array.from({ length: ndims }, () => ":")]);
}
function sliceOf(
  o: LinearOperatorImpl,
  entries: readonly Entry[],
  wanted: readonly number[],
): LinearOperatorImpl {
  const params = { ...o._parameters } as Record<string, unknown>;
  if (o instanceof IdentityImpl || o._kind === "zeros") {
    if (params["batch_shape"] !== null)
      params["batch_shape"] = [...indexed(ones(vectorOf(o._batch())), [...entries]).shape];
  } else
    for (const [name, n] of Object.entries(o._batched()))
      if (params[name] !== null && params[name] !== undefined)
        params[name] = sliced((o as unknown as Record<string, unknown>)[name], n, entries, wanted);
  const C = o.constructor as unknown as (options: Record<string, unknown>) => LinearOperatorImpl;
  return C(params);
}
Object.defineProperty(LinearOperatorImpl.prototype, "at", {
  value(this: LinearOperatorImpl, ...index: unknown[]): LinearOperatorImpl {
    const given = index.length === 1 && index[0] instanceof Tuple ? [...(index[0] as unknown[])] : index;
    const entries = given.map(entryOf);
    return sliceOf(this, entries, this._batch() as readonly number[]);
  },
  writable: true,
  configurable: true,
});
