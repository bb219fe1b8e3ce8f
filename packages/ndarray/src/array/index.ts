import {
  arrayOf,
  bool,
  broadcastTwo,
  castTo,
  compressed,
  copyInto,
  type IndexItem,
  IndexRangeError,
  int32,
  int64,
  integersOf,
  isInteger,
  ops,
  planIndex,
  type Strided,
  sameShape,
  sizeOf,
  type ViewItem,
} from "@cognate/kernel";
import { IndexError, parseEntry, Slice, Tuple, TypeError, ValueError } from "@cognate/py";
import { shapeText } from "../errors/classes.js";
import { inNumpyWords, reword } from "../errors/words.js";
import { ArrayBase } from "./base.js";
import { counting } from "./counting.js";
import { asStrided } from "./create.js";
import { fromStrided, viewOf } from "./ndarray.js";
import { itemAt, itemOf } from "./scalars.js";
import type { ArrayLike, Index, Item } from "./types.js";

const POLICY = { integersJoin: true, negativeStep: true } as const;

const invalid = (): IndexError =>
  new IndexError(
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices",
  );

/** One entry between brackets as the kernel takes it. */
function entryOf(raw: Index): IndexItem {
  if (typeof raw === "number") {
    if (!Number.isInteger(raw)) throw invalid();
    return raw;
  }
  if (typeof raw === "bigint") return Number(raw);
  if (raw === null || raw === undefined) return null;
  if (typeof raw === "boolean") return asStrided(raw, bool);
  const e = parseEntry(raw as unknown) as Slice | "..." | ArrayLike;
  if (e === "..." || e instanceof Slice) return e as "..." | Slice;
  if (e instanceof Number) throw invalid();
  const a = asStrided(e);
  // A list without elements is a float array, yet indexes.
  if (a.size === 0 && a.dtype.kind === "float" && Array.isArray(e)) return castTo(a, int64);
  if (a.dtype !== bool && !isInteger(a.dtype)) {
    if (a.rank === 0 || !arrayOf(e)) throw invalid();
    throw new IndexError("arrays used as indices must be of integer (or boolean) type");
  }
  // Integers without axes are integers, not arrays.
  return a.rank === 0 && a.dtype !== bool ? integersOf(a)[0]! : a;
}

/** Where an index reads and writes: a view, and what remains to be gathered from it. */
export interface Place {
  readonly view: Strided;
  readonly indices: readonly (Strided | null)[] | null;
  readonly items: readonly ViewItem[];
  /** Every axis was named by an integer, so that there is one element and no array around it. */
  readonly element: boolean;
}

/** Finds the place that an index names. @throws IndexError in NumPy's words */
export function locate(a: Strided, index: readonly Index[]): Place {
  const given = index.length === 1 && index[0] instanceof Tuple ? (index[0] as readonly Index[]) : index;
  return inNumpyWords(() => {
    const entries = given.map(entryOf);
    const { items, indices } = planIndex(a.shape, entries, POLICY);
    const view = ops.indexView.run([a], { items }) as Strided;
    if (indices) checkBroadcast(indices);
    return {
      view,
      items,
      indices,
      element: entries.length === a.rank && entries.every((e) => typeof e === "number"),
    };
  });
}

/** @throws IndexError where arrays of the index do not stretch to a common shape */
function checkBroadcast(indices: readonly (Strided | null)[]): readonly number[] {
  const arrays = indices.filter((x): x is Strided => x !== null);
  let shape: readonly number[] = [];
  for (const x of arrays) {
    const next = broadcastTwo(shape, x.shape);
    if (!next)
      throw new IndexError(
        `shape mismatch: indexing arrays could not be broadcast together with shapes ${arrays
          .filter((y) => y.rank > 0)
          .map((y) => `${shapeText(y.shape)} `)
          .join("")}`,
      );
    shape = next;
  }
  return shape;
}

/** The position of the element that integers name, or −1 where the index is anything else. */
function elementPosition(a: Strided, index: readonly Index[]): number {
  const n = a.shape.length;
  if (index.length !== n || n === 0) return -1;
  let at = a.offset;
  for (let axis = 0; axis < n; axis++) {
    const i = index[axis];
    if (typeof i !== "number" || !Number.isInteger(i)) return -1;
    const size = a.shape[axis]!;
    if (i < -size || i >= size)
      throw new IndexError(`index ${i} is out of bounds for axis ${axis} with size ${size}`);
    at += (i < 0 ? i + size : i) * a.strides[axis]!;
  }
  return at;
}

/** `x[mask]` and `x[numbers]` by an array alone; `undefined` where more is to be looked at. */
function byOne(x: ArrayBase, entry: Index): Item | undefined {
  if (!(entry instanceof ArrayBase)) return undefined;
  const [a, by] = [x._a, entry._a];
  if (by.rank === 0 || a.rank === 0) return undefined;
  if (by.dtype === bool) {
    const y = sameShape(a.shape, by.shape) ? compressed(a, by) : null;
    return y ? (fromStrided(y) as Item) : undefined;
  }
  if (!by.contiguous || (by.dtype !== int64 && by.dtype !== int32)) return undefined;
  try {
    return fromStrided(ops.index.run([a], { indices: [by] }) as Strided) as Item;
  } catch (e) {
    throw reword(e);
  }
}

/** `x[index]`: a view, a gathered copy, or an element. */
export function getItem(x: ArrayBase, index: readonly Index[]): Item {
  const at = elementPosition(x._a, index);
  if (at >= 0) return itemAt(x._a, at);
  const quick = index.length === 1 ? byOne(x, index[0]!) : undefined;
  if (quick) return quick;
  const place = locate(x._a, index);
  const { view, element } = place;
  if (place.indices) return gathered(x, place);
  return element ? itemAt(view, view.offset) : (viewOf(x, view) as Item);
}

/** `f`'s value; an index past the ends is named by the array's own axis, which new axes move. */
function inOwnAxes<T>({ items }: Place, f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (!(e instanceof IndexRangeError)) throw reword(e);
    const before = items.filter((item) => item.kind !== "select").slice(0, e.axis);
    const axis = before.filter((item) => item.kind === "slice").length;
    throw new IndexError(`index ${e.index} is out of bounds for axis ${axis} with size ${e.size}`);
  }
}

function gathered(x: ArrayBase, place: Place): Item {
  const { view, indices } = place;
  const y = inOwnAxes(place, () => ops.index.run([view], { indices: indices! }) as Strided);
  return y.rank === 0 ? itemOf(y) : (viewOf(x, y) as Item);
}

/** `x[index] = value`. @throws ValueError, IndexError in NumPy's words */
export function setItem(x: ArrayBase, index: readonly Index[], value: ArrayLike): void {
  const { dtype } = x._a;
  const place = locate(x._a, index);
  const { view, indices } = place;
  const src = sourceFor(value, dtype, view, indices, index);
  if (indices) put(place, src, index);
  else {
    const fitting = trimLeading(src, view.rank);
    checkFits(fitting.shape, view.shape);
    copyInto(view, fitting);
  }
  view.storage.version++;
}

function sourceFor(
  value: ArrayLike,
  dtype: Strided["dtype"],
  view: Strided,
  indices: Place["indices"],
  index: readonly Index[],
): Strided {
  // Python numbers must fit; arrays are converted as the hardware does.
  if (view.rank === 0 && !indices && Array.isArray(value) && index.length > 0)
    throw dtype.kind === "int" || dtype.kind === "uint"
      ? new TypeError("int() argument must be a string, a bytes-like object or a real number, not 'list'")
      : new ValueError("setting an array element with a sequence.");
  const src = asStrided(value, dtype);
  if (view.rank === 0 && !indices && src.rank > 0 && src.size !== 1)
    throw new ValueError("setting an array element with a sequence.");
  return src;
}

/** Axes of length 1 in front do not count when values are assigned. */
function trimLeading(src: Strided, rank: number): Strided {
  let lead = 0;
  while (src.rank - lead > rank && src.shape[lead] === 1) lead++;
  return lead === 0 ? src : src.view(src.shape.slice(lead), src.strides.slice(lead));
}

function checkFits(from: readonly number[], to: readonly number[]): void {
  if (stretches(from, to)) return;
  throw new ValueError(
    `could not broadcast input array from shape ${shapeText(from)} into shape ${shapeText(to)}`,
  );
}

function stretches(from: readonly number[], to: readonly number[]): boolean {
  for (let i = 1; i <= from.length; i++) {
    const n = from[from.length - i]!;
    if (n !== 1 && (i > to.length || to[to.length - i] !== n)) return false;
  }
  return true;
}

function put(place: Place, src: Strided, index: readonly Index[]): void {
  const { view } = place;
  const indices = place.indices!;
  const shape = indexedShape(view, indices);
  if (!stretches(src.shape, shape)) throw misfit(src, shape, index, view);
  const values = trimLeading(src, shape.length);
  inOwnAxes(place, () => {
    const y = ops.indexPut.run([view, values], { indices }, view) as Strided;
    if (y !== view) copyInto(view, y);
  });
}

function misfit(src: Strided, shape: readonly number[], index: readonly Index[], view: Strided): Error {
  const only = index.length === 1 ? index[0] : undefined;
  if (
    typeof only === "object" &&
    only !== null &&
    !(only instanceof Tuple) &&
    isMask(only as ArrayLike, view)
  ) {
    if (src.rank === 1)
      return new ValueError(
        `NumPy boolean array indexing assignment cannot assign ${src.size} input values to the ${sizeOf(shape)} output values where the mask is true`,
      );
    return new TypeError(
      `NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has ${src.rank} dimensions`,
    );
  }
  return new ValueError(
    `shape mismatch: value array of shape ${shapeText(src.shape)} could not be broadcast to indexing result of shape ${shapeText(shape)}`,
  );
}

const isMask = (e: ArrayLike, view: Strided): boolean => {
  const a = asStrided(e);
  return a.dtype === bool && a.rank === view.rank;
};

/** The shape that {@link ops.index} gives. */
function indexedShape(view: Strided, indices: readonly (Strided | null)[]): number[] {
  const shape = checkBroadcast(indices);
  const axes = indices.flatMap((x, i) => (x ? [i] : []));
  const rest = view.shape.map((_, i) => i).filter((i) => !indices[i]);
  const neighbours = axes.every((a, i) => i === 0 || a === axes[i - 1]! + 1);
  const lead = neighbours ? rest.filter((i) => i < axes[0]!).length : 0;
  const lengths = rest.map((i) => view.shape[i]!);
  return [...lengths.slice(0, lead), ...shape, ...lengths.slice(lead)];
}

/** The elements that an index names, as positions in row-major order, and the shape in which it names them. */
export function locateFlat(
  a: Strided,
  index: readonly Index[],
): { positions: Int32Array | Float64Array; shape: readonly number[] } {
  const numbers = ops.reshape.run([counting(a.size)], { shape: a.shape }) as Strided;
  const { view, indices } = locate(numbers, index);
  const found = indices ? inNumpyWords(() => ops.index.run([view], { indices }) as Strided) : view;
  return { positions: integersOf(found), shape: found.shape };
}

/** The entries of `x.set(index, …)`: a list of them, or one. */
export const entriesOf = (index: Index | readonly Index[]): readonly Index[] =>
  Array.isArray(index) && !(index instanceof Tuple) ? (index as readonly Index[]) : [index as Index];
