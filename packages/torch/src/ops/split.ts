import { integersOf } from "@cognate/kernel";
import { def, RuntimeError, Tuple } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { noAxes } from "../words.js";
import { axis, type Int, type Ints, int, ints, named, shown, valueOf } from "./args.js";
import { INVALID, misfit } from "./signatures.js";
import { selectOf, sliceOf } from "./views.js";

/** Several views of one tensor as PyTorch names them; they may not be written in place while recording. */
function several(ys: readonly Value[], op: string): Tuple<Tensor> {
  ys.forEach((y, output) => {
    named(y, `${op}Backward0`);
    if (y.view && !op.startsWith("Unsafe")) y.view.several = { op, output };
  });
  return Tuple.of_(ys.map(wrap));
}

/** Neighbouring parts of the given lengths. */
function parts(x: Value, dim: number, lengths: readonly number[]): Value[] {
  let start = 0;
  return lengths.map((n) => {
    start += n;
    return sliceOf(x, dim, start - n, n);
  });
}

/** As many equal lengths as fit in n, and the rest. @throws RuntimeError */
function equalLengths(n: number, size: number): number[] {
  if (size < 0)
    throw new RuntimeError(`split expects split_size be non-negative, but got split_size=${size}`);
  if (size === 0 && n !== 0)
    throw new RuntimeError(`split_size can only be 0 if dimension size is 0, but got dimension size of ${n}`);
  const count = size === 0 ? 1 : Math.max(Math.ceil(n / size), 1);
  return Array.from({ length: count }, (_, i) => Math.min(size, n - i * size));
}

function requireAxis(name: string, x: Value): void {
  if (x.shape.length === 0) throw new RuntimeError(`${name} expects at least a 1-dimensional tensor`);
}

const splitting = (name: string, prefix: string) =>
  def(
    `torch.${name}`,
    "tensor|input split_size_or_sections|split_size|split_sizes dim",
    (tensor: TensorLike, split_size_or_sections: Ints, dim: Int = 0): Tuple<Tensor> => {
      const x = valueOf(tensor);
      requireAxis("split", x);
      const d = axis(dim, x.shape.length);
      const n = x.shape[d]!;
      if (!Array.isArray(split_size_or_sections))
        return several(parts(x, d, equalLengths(n, int(split_size_or_sections as Int))), `${prefix}Split`);
      const lengths = ints([split_size_or_sections]);
      if (lengths.some((len) => len < 0))
        throw new RuntimeError(
          `split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=${shown(lengths)}`,
        );
      if (lengths.reduce((sum, len) => sum + len, 0) !== n)
        throw new RuntimeError(
          `split_with_sizes expects split_sizes to sum exactly to ${n} (input tensor's size at dimension ${d}), but got split_sizes=${shown(lengths)}`,
        );
      return several(parts(x, d, lengths), `${prefix}SplitWithSizes`);
    },
  );

/** Parts along an axis, each of a length, or of the lengths listed; views. */
export const split = splitting("split", "");
/** {@link split}, whose parts may be written in place. */
export const unsafe_split = splitting("unsafe_split", "Unsafe");

/** Parts of the lengths listed along an axis; views. */
export const split_with_sizes = def(
  "torch.split_with_sizes",
  "input split_sizes dim",
  (input: TensorLike, split_sizes: readonly Int[], dim: Int = 0): Tuple<Tensor> =>
    split(input, split_sizes, dim),
);

const chunking = (name: string, prefix: string) =>
  def(`torch.${name}`, "input chunks dim", (input: TensorLike, chunks: Int, dim: Int = 0): Tuple<Tensor> => {
    const x = valueOf(input);
    requireAxis("chunk", x);
    const count = int(chunks);
    if (count < 1) throw new RuntimeError(`chunk expects \`chunks\` to be greater than 0, got: ${count}`);
    const d = axis(dim, x.shape.length);
    const n = x.shape[d]!;
    const size = Math.ceil(n / count);
    const lengths = size === 0 ? new Array<number>(count).fill(0) : equalLengths(n, size);
    return several(parts(x, d, lengths), size === 0 ? `${prefix}SplitWithSizes` : `${prefix}Split`);
  });

/** At most `chunks` parts of equal length along an axis, the last perhaps shorter; views. */
export const chunk = chunking("chunk", "");
/** {@link chunk}, whose parts may be written in place. */
export const unsafe_chunk = chunking("unsafe_chunk", "Unsafe");

/** The parts between cuts, or so many parts as equal as can be. */
function cut(x: Value, sections: Ints | Tensor, d: number): Value[] {
  const n = x.shape[d]!;
  const cuts = Array.isArray(sections)
    ? ints([sections])
    : sections instanceof Tensor && sections.ndim === 1
      ? Array.from(integersOf(sections._value.array))
      : null;
  if (cuts === null) {
    const count = int(sections as Int);
    if (count < 1) throw new RuntimeError(`number of sections must be larger than 0, got ${count}`);
    const [least, longer] = [Math.floor(n / count), n % count];
    return parts(
      x,
      d,
      Array.from({ length: count }, (_, i) => least + (i < longer ? 1 : 0)),
    );
  }
  const bound = (i: number): number => Math.min(Math.max(i < 0 ? i + n : i, 0), n);
  const ends = [...cuts.map(bound), n];
  return ends.map((end, i) => {
    const start = i === 0 ? 0 : ends[i - 1]!;
    return sliceOf(x, d, start, end - start);
  });
}

/** Parts along an axis: so many as equal as can be, or those between the places listed; views. */
export const tensor_split = def(
  "torch.tensor_split",
  "input indices_or_sections|indices|sections dim",
  (input: TensorLike, indices_or_sections: Ints | Tensor, dim: Int = 0): Tuple<Tensor> => {
    const x = valueOf(input);
    if (x.shape.length === 0)
      throw new RuntimeError(
        "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims",
      );
    return Tuple.of_(cut(x, indices_or_sections, axis(dim, x.shape.length)).map(wrap));
  },
);

const along = (name: string, least: number, axisOf: (rank: number) => number) =>
  def(
    `torch.${name}`,
    "input indices_or_sections|indices|sections",
    (input: TensorLike, indices_or_sections: Ints): Tuple<Tensor> => {
      const x = valueOf(input);
      const rank = x.shape.length;
      if (rank < least)
        throw new RuntimeError(
          `torch.${name} requires a tensor with at least ${least} dimension, but got a tensor with ${rank} dimensions!`,
        );
      const d = axisOf(rank);
      if (typeof indices_or_sections === "string")
        throw misfit(
          name,
          [wrap(x), indices_or_sections],
          ["int sections", "tuple of ints indices"]
            .map((p) => ` * (Tensor input, ${p})\n${INVALID}(Tensor, !str!)\n`)
            .join(""),
        );
      if (!Array.isArray(indices_or_sections)) {
        const count = int(indices_or_sections as Int);
        if (count === 0 || x.shape[d]! % count !== 0)
          throw new RuntimeError(
            `torch.${name} attempted to split along dimension ${d}, but the size of the dimension ${x.shape[d]} is not divisible by the split_size ${count}!`,
          );
      }
      return Tuple.of_(cut(x, indices_or_sections, d).map(wrap));
    },
  );

/** Parts side by side: along axis 1, of a vector along axis 0. */
export const hsplit = along("hsplit", 1, (rank) => (rank === 1 ? 0 : 1));
/** Parts one below the other: along axis 0. */
export const vsplit = along("vsplit", 2, () => 0);
/** Parts one behind the other: along axis 2. */
export const dsplit = along("dsplit", 3, () => 2);

/** Every place along an axis, which goes; views. */
export const unbind = def("torch.unbind", "input dim", (input: TensorLike, dim: Int = 0): Tuple<Tensor> => {
  const x = valueOf(input);
  if (x.shape.length === 0) throw noAxes(0);
  const d = axis(dim, x.shape.length);
  return several(
    Array.from({ length: x.shape[d]! }, (_, i) => selectOf(x, d, i)),
    "Unbind",
  );
});
