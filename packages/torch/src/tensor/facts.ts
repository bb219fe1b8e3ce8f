import { def, Tuple } from "@cognate/py";
import { axis, type Int } from "../ops/args.js";
import { Size } from "../size.js";
import type { Tensor } from "./tensor.js";

/** The lengths of the axes, or of one. */
export const size = def("size", "self dim", (self: Tensor, dim: Int | null = null): Size | number => {
  const { shape } = self._value;
  if (dim === null) return new Size(shape);
  if (shape.length === 0) axis(dim, 0);
  return shape[axis(dim, shape.length)]!;
});

/** Distances in memory between neighbours along the axes, or along one. */
export const stride = def(
  "stride",
  "self dim",
  (self: Tensor, dim: Int | null = null): Tuple<number> | number => {
    const { strides, rank } = self._value.array;
    return dim === null ? Tuple.of_(strides) : strides[axis(dim, rank)]!;
  },
);

/** Number of axes. */
export const dim = def("dim", "self", (self: Tensor): number => self._value.shape.length);
/** {@link dim}. */
export const ndimension = def("ndimension", "self", (self: Tensor): number => self._value.shape.length);
/** Number of elements. */
export const nelement = def("nelement", "self", (self: Tensor): number => self._value.size);
/** Bytes an element. */
export const element_size = def("element_size", "self", (self: Tensor): number => self._value.dtype.itemsize);
/** Place of the first element in the storage. */
export const storage_offset = def(
  "storage_offset",
  "self",
  (self: Tensor): number => self._value.array.offset,
);
/** Address of the first element: equal for tensors that start at the same place of one storage. */
export const data_ptr = def("data_ptr", "self", (self: Tensor): number => {
  const { storage, offset, dtype } = self._value.array;
  return storage.address + offset * dtype.itemsize;
});
/** Whether elements lie row-major without gaps. */
export const is_contiguous = def(
  "is_contiguous",
  "self memory_format",
  (self: Tensor, memory_format: unknown = null): boolean => {
    void memory_format;
    return self._value.array.contiguous;
  },
);
/** Whether the type has a sign. */
export const is_signed = def("is_signed", "self", (self: Tensor): boolean => self.dtype.is_signed);
/** Whether another tensor has the same lengths. */
export const is_same_size = def("is_same_size", "self other", (self: Tensor, other: Tensor): boolean => {
  const [a, b] = [self._value.shape, other._value.shape];
  return a.length === b.length && a.every((n, i) => n === b[i]);
});
/** Whether two tensors look at the very same elements. */
export const is_set_to = def("is_set_to", "self tensor", (self: Tensor, tensor: Tensor): boolean => {
  const [a, b] = [self._value.array, tensor._value.array];
  return (
    a.storage === b.storage &&
    a.offset === b.offset &&
    is_same_size(self, tensor) &&
    a.strides.every((s, i) => s === b.strides[i])
  );
});
