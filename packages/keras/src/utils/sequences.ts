import { arrayOf, dtypeNamed, ops, Strided } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray";
import { def, repr, Tuple, type, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { valueOf } from "../backend/create.js";
import { type DTypeLike, kernelType } from "../backend/dtype.js";
import { type TensorLike, wrap } from "../backend/tensor.js";
import { apply } from "../ops/make.js";

type Side = "pre" | "post";

/**
 * `keras.utils.pad_sequences`: sequences brought to one length, cut or filled with a value.
 *
 * @param maxlen - the length, that of the longest if left out
 * @param padding - where values are filled in, `pre` or `post`
 * @param truncating - where longer sequences are cut, `pre` or `post`
 * @returns `[sequences, maxlen, …]`
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.utils.pad_sequences([[1], [2, 3], [4, 5, 6]], { maxlen: 2 }));
 * // prints
 * // [[0 1]
 * //  [2 3]
 * //  [5 6]]
 * ```
 */
export const pad_sequences = def(
  "keras.utils.pad_sequences",
  "sequences maxlen dtype padding truncating value",
  (
    sequences: Iterable<TensorLike>,
    maxlen: number | null = null,
    dtype: DTypeLike = "int32",
    padding: Side = "pre",
    truncating: Side = "pre",
    value: number | string = 0,
  ): ndarray => {
    if (typeof sequences !== "object" || !(Symbol.iterator in sequences))
      throw new ValueError("`sequences` must be iterable.");
    const kernel = kernelType(dtype);
    if (typeof value === "string")
      throw new ValueError(
        `\`dtype\` ${String(dtype)} is not compatible with \`value\`'s type: ${repr(type(value))}\nYou should set \`dtype=object\` for variable length strings.`,
      );
    const items = [...sequences].map((s) => {
      const isList =
        arrayOf(s) !== undefined || (typeof s === "object" && s !== null && Symbol.iterator in s);
      if (!isList)
        throw new ValueError(`\`sequences\` must be a list of iterables. Found non-iterable: ${String(s)}`);
      return valueOf(arrayOf(s) === undefined ? [...(s as Iterable<TensorLike>)] : s, kernel);
    });
    const most = maxlen ?? Math.max(0, ...items.map((v) => v.shape[0]!));
    const inner = items.find((v) => v.shape[0]! > 0)?.shape.slice(1) ?? [];
    if (truncating !== "pre" && truncating !== "post" && items.some((v) => v.shape[0]! > 0))
      throw new ValueError(`Truncating type "${String(truncating)}" not understood`);
    if (padding !== "pre" && padding !== "post" && items.some((v) => v.shape[0]! > 0))
      throw new ValueError(`Padding type "${String(padding)}" not understood`);
    const lines = items.map((v, i) => {
      const n = v.shape[0]!;
      const filled = (length: number): Value =>
        new Value(Strided.zeros(kernel, [])).full([length, ...inner], value) as Value;
      if (n === 0) return filled(most);
      if (v.shape.length - 1 !== inner.length || v.shape.slice(1).some((d, k) => d !== inner[k]))
        throw new ValueError(
          `Shape of sample ${repr(Tuple.of_(v.shape.slice(1)))} of sequence at position ${i} is different from expected shape ${repr(Tuple.of_(inner))}`,
        );
      const length = Math.min(n, most);
      const start = truncating === "pre" ? n - length : 0;
      const kept = apply(ops.slice, [v], { dim: 0, start, step: 1, length });
      if (length === most) return kept;
      const rest = filled(most - length);
      return apply(ops.cat, padding === "post" ? [kept, rest] : [rest, kept], { dim: 0 });
    });
    if (lines.length === 0) return wrap(valueOf([], dtypeNamed(kernel.name)!)).numpy();
    return wrap(apply(ops.stack, lines, { dim: 0 })).numpy();
  },
);
