import { broadcastTo, castTo, int64, ops, type Strided, scalarArray } from "@cognate/kernel";
import { LuaError } from "../errors.js";
import { writeArray } from "../tensor/elements.js";
import { axis, TensorImpl } from "../tensor/tensor.js";
import { plain } from "./make.js";

/* Gathering and scattering by lists of positions (from 1) and by masks of bytes. */

/** Positions as the kernel counts them. */
const fromZero = (index: TensorImpl): Strided =>
  ops.sub.run([castTo(index._array, int64), scalarArray(1, int64)], undefined as never) as Strided;
const places = (x: TensorImpl, dim: number, index: TensorImpl, name: string): (Strided | null)[] => {
  const d = axis(x._array, dim, name);
  return Array.from({ length: d + 1 }, (_, i) => (i === d ? fromZero(index) : null));
};
const overwrite = (x: TensorImpl, y: Strided): TensorImpl => {
  writeArray(x._array, y);
  return x;
};
const put = (x: TensorImpl, indices: (Strided | null)[], from: Strided, accumulate: boolean): TensorImpl =>
  overwrite(
    x,
    ops.indexPut.run([x._array, castTo(from, x._array.dtype)], { indices, accumulate }) as Strided,
  );

/** `index(dim, list)`: the slices that a list of positions names, copied. */
export const index = plain(
  "index",
  (x: TensorImpl, dim: number, list: TensorImpl): TensorImpl =>
    new TensorImpl(ops.index.run([x._array], { indices: places(x, dim, list, "index") }) as Strided),
);
export const indexCopy = plain(
  "indexCopy",
  (x: TensorImpl, dim: number, list: TensorImpl, from: TensorImpl): TensorImpl =>
    put(x, places(x, dim, list, "indexCopy"), from._array, false),
);
export const indexAdd = plain(
  "indexAdd",
  (x: TensorImpl, dim: number, list: TensorImpl, from: TensorImpl): TensorImpl =>
    put(x, places(x, dim, list, "indexAdd"), from._array, true),
);
export const indexFill = plain(
  "indexFill",
  (x: TensorImpl, dim: number, list: TensorImpl, value: number): TensorImpl => {
    const shape = x._array.shape.map((n, i) => (i === dim - 1 ? list.nElement() : n));
    return put(
      x,
      places(x, dim, list, "indexFill"),
      broadcastTo(scalarArray(value, x._array.dtype), shape),
      false,
    );
  },
);
/** `gather(dim, index)`: elements by an index of their own along one axis. */
export const gather = plain(
  "gather",
  (x: TensorImpl, dim: number, list: TensorImpl): TensorImpl =>
    new TensorImpl(
      ops.gather.run([x._array, fromZero(list)], { dim: axis(x._array, dim, "gather") }) as Strided,
    ),
);
/** `scatter(dim, index, source or number)`, in place. */
export const scatter = plain(
  "scatter",
  (x: TensorImpl, dim: number, list: TensorImpl, from: TensorImpl | number): TensorImpl => {
    const source =
      from instanceof TensorImpl
        ? castTo(from._array, x._array.dtype)
        : broadcastTo(scalarArray(from, x._array.dtype), list._array.shape);
    return overwrite(
      x,
      ops.scatter.run([x._array, fromZero(list), source], { dim: axis(x._array, dim, "scatter") }) as Strided,
    );
  },
);
export const scatterAdd = plain(
  "scatterAdd",
  (x: TensorImpl, dim: number, list: TensorImpl, from: TensorImpl): TensorImpl =>
    overwrite(
      x,
      ops.scatterAdd.run([x._array, fromZero(list), castTo(from._array, x._array.dtype)], {
        dim: axis(x._array, dim, "scatterAdd"),
      }) as Strided,
    ),
);

/** Positions of the elements where a mask is not 0, one row each, from 1. */
const marked = (mask: TensorImpl): Strided => ops.nonzero.run([mask._array], undefined as never) as Strided;
const coordinates = (mask: TensorImpl): (Strided | null)[] => {
  const rows = marked(mask);
  return mask._array.shape.map(
    (_, i) =>
      ops.indexView.run([rows], {
        items: [
          { kind: "slice", start: 0, step: 1, length: rows.shape[0]! },
          { kind: "select", index: i },
        ],
      }) as Strided,
  );
};
const check = (x: TensorImpl, mask: TensorImpl, name: string): void => {
  if (x._array.size !== mask._array.size)
    throw new LuaError(`${name}: mask and tensor must have the same number of elements`);
};
export const maskedSelect = plain("maskedSelect", (x: TensorImpl, mask: TensorImpl): TensorImpl => {
  check(x, mask, "maskedSelect");
  return new TensorImpl(ops.index.run([x._array], { indices: coordinates(mask) }) as Strided);
});
export const maskedFill = plain(
  "maskedFill",
  (x: TensorImpl, mask: TensorImpl, value: number): TensorImpl => {
    check(x, mask, "maskedFill");
    const indices = coordinates(mask);
    return put(x, indices, broadcastTo(scalarArray(value, x._array.dtype), [indices[0]!.shape[0]!]), false);
  },
);
export const maskedCopy = plain(
  "maskedCopy",
  (x: TensorImpl, mask: TensorImpl, from: TensorImpl): TensorImpl => {
    check(x, mask, "maskedCopy");
    const indices = coordinates(mask);
    const n = indices[0]!.shape[0]!;
    if (from.nElement() < n) throw new LuaError("Number of elements of src < number of ones in mask");
    const flat = ops.reshape.run([from._array], { shape: [from._array.size] }) as Strided;
    return put(x, indices, ops.slice.run([flat], { dim: 0, start: 0, step: 1, length: n }) as Strided, false);
  },
);
export const nonzero = plain(
  "nonzero",
  (x: TensorImpl): TensorImpl =>
    new TensorImpl(
      ops.add.run([castTo(marked(x), int64), scalarArray(1, int64)], undefined as never) as Strided,
    ),
);
