import { Complex, float, list, NotImplementedError, Slice, slice } from "@cognate/py";
import { dtype } from "../dtype.js";
import { einsum } from "../ops/products.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Operators, table } from "./operator.js";

/** The largest integer of a slice, "to the end". */
const END = 2 ** 53;
const place = (x: number | bigint | null, otherwise: number): number => (x === null ? otherwise : Number(x));

function sliced(
  x: Tensor | readonly unknown[] | string,
  dim: number | null = 0,
  start: number | null = null,
  end: number | bigint | null = null,
  step = 1,
): unknown {
  if (typeof x === "string" || Array.isArray(x)) {
    // Lists have no axis: their arguments begin with the start.
    const [from, to, by] = [dim, start as number | bigint | null, end] as const;
    return slice(
      x as never,
      new Slice(place(from, 0), to === null ? null : place(to, END), place(by, 1)) as never,
    );
  }
  const t = x as Tensor;
  const axis = Number(dim) < 0 ? Number(dim) + t.ndim : Number(dim);
  const to = place(end, END);
  const at = `${place(start, 0)}:${to >= END ? "" : to}:${step}`;
  return t.at(...(Array.from({ length: axis }, () => ":") as never[]), at);
}

/** Index tensors with gaps as an index: gaps are whole axes. */
const indices = (at: readonly (Tensor | null)[]): never[] => at.map((i) => i ?? ":") as never[];

function put(x: Tensor, at: readonly (Tensor | null)[], values: Tensor, accumulate = false): Tensor {
  if (accumulate && at.every((i) => i !== null)) return x.index_put_(at as readonly Tensor[], values, true);
  if (accumulate)
    throw new NotImplementedError("aten::index_put with accumulate=True and whole axes does not exist here");
  x.set(indices(at), values);
  return x;
}

/** Parts with memory of their own, which may be written in place. */
const apart = (parts: Iterable<Tensor>): Tensor[] => [...parts].map((t) => t.clone());

const settle = (x: unknown): unknown => (x instanceof Complex ? x : float(x as number));

/** Views, indexing and conversions as the native operators have them. */
export const SHAPES: Operators = table({
  "slice self dim start end step": sliced,
  "size self dim": (x: Tensor, dim: number | null = null) => (dim === null ? list(x.shape) : x.size(dim)),
  "sym_size self dim": (x: Tensor, dim: number | null = null) => (dim === null ? list(x.shape) : x.size(dim)),
  "sym_stride self dim": (x: Tensor, dim: number | null = null) =>
    dim === null ? list(x.stride() as never) : x.stride(dim),
  "sym_numel self": (x: Tensor) => x.numel(),
  "sym_storage_offset self": (x: Tensor) => x.storage_offset(),
  "len x": (x: Tensor) => x.shape[0]!,
  "index self indices": (x: Tensor, at: readonly (Tensor | null)[]) => x.at(...indices(at)),
  "index_put_ self indices values accumulate": put,
  "index_put self indices values accumulate": (
    x: Tensor,
    at: readonly (Tensor | null)[],
    v: Tensor,
    accumulate = false,
  ) => put(x.clone(), at, v, accumulate),
  "_unsafe_index self indices": (x: Tensor, at: readonly (Tensor | null)[]) => x.at(...indices(at)),
  "expand self size * implicit": (x: Tensor, size: number[], _implicit = false) => x.expand(size),
  "unfold self dimension size step": (x: Tensor, dim: number, size: number, step: number) =>
    x.unfold(dim, size, step),
  "alias self": (x: Tensor) => x.view(x.shape),
  "lift x": (x: Tensor) => x,
  "lift_fresh x": (x: Tensor) => x,
  "lift_fresh_copy x": (x: Tensor) => x.clone(),
  "_unsafe_view self size": (x: Tensor, size: number[]) => x.reshape(size),
  "_reshape_alias self size stride": (x: Tensor, size: number[], _stride: unknown) => x.reshape(size),
  "numpy_T self": (x: Tensor) => x.T,
  "matrix_H self": (x: Tensor) => x.mH,
  "mT self": (x: Tensor) => x.mT,
  "mH self": (x: Tensor) => x.mH,
  "T self": (x: Tensor) => x.T,
  "real self": (x: Tensor) => x.real,
  "imag self": (x: Tensor) => x.imag,
  "einsum equation tensors * path": (equation: string, tensors: readonly Tensor[], _path: unknown = null) =>
    einsum(equation, ...tensors),
  "item self": (x: Tensor) => {
    const value = x.item();
    return x.dtype.is_floating_point ? settle(value) : value;
  },
  "_local_scalar_dense self": (x: Tensor) => {
    const value = x.item();
    return x.dtype.is_floating_point ? settle(value) : value;
  },
  "detach self": (x: Tensor) => x.detach(),
  "data self": (x: Tensor) => x.detach(),
  "contiguous self * memory_format": (x: Tensor, _format: unknown = null) => x.contiguous(),
  "is_contiguous self * memory_format": (x: Tensor, _format: unknown = null) => x.is_contiguous(),
  "type_as self other": (x: Tensor, other: Tensor) => x.type_as(other),
  "result_type tensor other": (a: Tensor, b: Tensor) => a.add(b).dtype,
  "_to_copy self * dtype layout device pin_memory non_blocking memory_format": (
    x: Tensor,
    kind: dtype | null = null,
  ) => (kind === null ? x.clone() : x.to(kind, { copy: true })),
  "to self dtype layout device pin_memory non_blocking copy memory_format": (
    x: Tensor,
    ...targets: readonly unknown[]
  ) => converted(x, targets),
  "_shape_as_tensor self": (x: Tensor) => x.new_tensor([...x.shape]).long(),
  "unbind self dim": (x: Tensor, dim = 0) => list(x.unbind(dim)),
  "split self split_size dim": (x: Tensor, size: number | number[], dim = 0) =>
    list(x.split(size as never, dim)),
  "split_with_sizes self split_sizes dim": (x: Tensor, sizes: number[], dim = 0) => list(x.split(sizes, dim)),
  "unsafe_split self split_size dim": (x: Tensor, size: number, dim = 0) => apart(x.split(size, dim)),
  "chunk self chunks dim": (x: Tensor, chunks: number, dim = 0) => list(x.chunk(chunks, dim)),
  "unsafe_chunk self chunks dim": (x: Tensor, chunks: number, dim = 0) => apart(x.chunk(chunks, dim)),
  "tensor_split self sections dim": (x: Tensor, sections: never, dim = 0) =>
    list(x.tensor_split(sections, dim)),
  "masked_fill self mask value": (x: Tensor, mask: Tensor, value: never) => x.masked_fill(mask, value),
  "copy self src * non_blocking": (x: Tensor, from: Tensor) => from.to(x.dtype).expand_as(x).clone(),
  "fill self value": (x: Tensor, value: never) => x.clone().fill_(value),
  "numel self": (x: Tensor) => x.numel(),
  "dim self": (x: Tensor) => x.ndim,
});

/** `to` in all its native forms: what matters among the arguments is an element type or a tensor that has one. */
function converted(x: Tensor, targets: readonly unknown[]): Tensor {
  const other = targets.find((t): t is Tensor => typeof t === "object" && t !== null && "ndim" in t);
  const kind = other?.dtype ?? targets.find((t): t is dtype => t instanceof dtype);
  return kind === undefined ? x : x.to(kind);
}
