import { BroadcastError, broadcastShapes, IndexRangeError, type Shape, type Strided } from "@cognate/kernel";
import { IndexError, RuntimeError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { scalarName } from "../promotion.js";
import { beyond } from "../words.js";
import { shown } from "./args.js";

/** What indexes each axis of a view, if anything does. */
export type Indices = readonly (Strided | null)[];

/** @throws IndexError where index tensors do not stretch to one shape */
export function checkTogether(indices: Indices): void {
  const shapes = indices.flatMap((ix) => (ix ? [ix.shape] : []));
  try {
    broadcastShapes("index", shapes);
  } catch (e) {
    if (!(e instanceof BroadcastError)) throw e;
    throw new IndexError(
      `shape mismatch: indexing tensors could not be broadcast together with shapes ${shapes.map(shown).join(", ")}`,
    );
  }
}

/** `f`'s value; a position out of range is told as PyTorch does, which counts only the axes that tensors index. */
export const inBounds = <T>(indices: Indices, f: () => T): T => ranged(f, boundsWords(indices));

/** The words of {@link inBounds}. */
export const boundsWords =
  (indices: Indices) =>
  (e: IndexRangeError): Error => {
    const dim = indices.slice(0, e.axis).filter((ix) => ix !== null).length;
    return new IndexError(beyond(e.index, dim, e.size));
  };

/** `f`'s value; a position out of range is told in `words`. */
export function ranged<T>(f: () => T, words: (e: IndexRangeError) => Error): T {
  try {
    return f();
  } catch (e) {
    throw e instanceof IndexRangeError ? words(e) : e;
  }
}

/** The shape that indexing a view by arrays gives. */
function indexedShape(view: Shape, indices: Indices): number[] {
  const at = indices.flatMap((ix, i) => (ix ? [i] : []));
  const together = broadcastShapes(
    "index",
    at.map((i) => indices[i]!.shape),
  );
  const neighbours = at.every((a, i) => i === 0 || a === at[i - 1]! + 1);
  const rest = view.map((_, i) => i).filter((i) => !indices[i]);
  const lead = neighbours ? rest.filter((i) => i < at[0]!) : [];
  const tail = rest.filter((i) => !lead.includes(i));
  return [...lead.map((i) => view[i]!), ...together, ...tail.map((i) => view[i]!)];
}

/** A value without leading axes of length 1, which do not count in assignments. */
export function withoutLead(src: Value): Value {
  const first = src.shape.findIndex((n) => n !== 1);
  const own = first < 0 ? [] : src.shape.slice(first);
  return own.length === src.shape.length ? src : (src.reshape({ shape: own }) as Value);
}

/** What is to be written at the indexed places of a view, in its type. @throws RuntimeError in PyTorch's words */
export function putSource(view: Value, indices: Indices, src: Value): Value {
  const typed = src.weak ? (src.cast({ dtype: view.dtype }) as Value) : src;
  if (typed.dtype !== view.dtype)
    throw new RuntimeError(
      `Index put requires the source and destination dtypes match, got ${scalarName(view.dtype)} for the destination and ${scalarName(src.dtype)} for the source.`,
    );
  const want = indexedShape(view.shape, indices);
  const own = withoutLead(typed);
  const lead = want.length - own.shape.length;
  if (lead < 0 || own.shape.some((n, i) => n !== 1 && n !== want[lead + i]))
    throw new RuntimeError(
      `shape mismatch: value tensor of shape ${shown(typed.shape)} cannot be broadcast to indexing result of shape ${shown(want)}`,
    );
  return own;
}
