import { repr, Tuple, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, float32, int64, string, type TypeLike } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { StringTensor } from "../core/strings.js";
import type { Tensor } from "../shared.js";
import { type Data, def, type Name, unaryOf } from "./make.js";
import { type Axis, axesFor } from "./reduce.js";

/* `tf.strings`. */

const texts = (x: unknown): Tensor => toTensor(x, isTensor(x) ? {} : { dtype: string });

export const join = def(
  "tensorflow.strings.join",
  "inputs separator name",
  (inputs: readonly unknown[], separator = "", name: Name = null): Tensor =>
    one("StringJoin", [[...inputs].map(texts)], { separator }, name),
);
export const lower = def(
  "tensorflow.strings.lower",
  "input encoding name",
  (input: unknown, encoding = "", name: Name = null): Tensor =>
    one("StringLower", [texts(input)], { encoding }, name),
);
export const upper = def(
  "tensorflow.strings.upper",
  "input encoding name",
  (input: unknown, encoding = "", name: Name = null): Tensor =>
    one("StringUpper", [texts(input)], { encoding }, name),
);
export const strip = unaryOf("strings.strip", "StringStrip", "input");
export const length = def(
  "tensorflow.strings.length",
  "input name unit",
  (input: unknown, name: Name = null, unit = "BYTE"): Tensor =>
    one("StringLength", [texts(input)], { unit }, name),
);
export const substr = def(
  "tensorflow.strings.substr",
  "input pos len name unit",
  (input: unknown, pos: Data, len: Data, _name: Name = null, unit = "BYTE"): Tensor =>
    one("Substr", [input, pos, len], { unit }),
);
export const as_string = def(
  "tensorflow.strings.as_string",
  "input precision scientific shortest width fill name",
  (
    input: Data,
    precision = -1,
    scientific = false,
    shortest = false,
    width = -1,
    fill = "",
    name: Name = null,
  ): Tensor => one("AsString", [toTensor(input)], { precision, scientific, shortest, width, fill }, name),
);
export const to_number = def(
  "tensorflow.strings.to_number",
  "input out_type name",
  (input: unknown, out_type: TypeLike = float32, _name: Name = null): Tensor =>
    one("StringToNumber", [input], { out_type: as_dtype(out_type) }),
);
export const regex_replace = def(
  "tensorflow.strings.regex_replace",
  "input pattern rewrite replace_global name",
  (input: unknown, pattern: unknown, rewrite: unknown, replace_global = true, name: Name = null): Tensor =>
    one("RegexReplace", [texts(input), texts(pattern), texts(rewrite)], { replace_global }, name),
);
export const regex_full_match = def(
  "tensorflow.strings.regex_full_match",
  "input pattern name",
  (input: unknown, pattern: unknown, name: Name = null): Tensor =>
    one("RegexFullMatch", [texts(input), texts(pattern)], {}, name),
);
export const reduce_join = def(
  "tensorflow.strings.reduce_join",
  "inputs axis keepdims separator name",
  (inputs: unknown, axis: Axis = null, keepdims = false, separator = "", name: Name = null): Tensor => {
    const x = texts(inputs);
    return one("ReduceJoin", [x, axesFor(x, axis)], { keep_dims: keepdims, separator }, name);
  },
);
export const to_hash_bucket_fast = def(
  "tensorflow.strings.to_hash_bucket_fast",
  "input num_buckets name",
  (input: unknown, num_buckets: number, name: Name = null): Tensor =>
    one("StringToHashBucketFast", [texts(input)], { num_buckets }, name),
);
export const to_hash_bucket = def(
  "tensorflow.strings.to_hash_bucket",
  "input num_buckets name",
  (input: unknown, num_buckets: number, name: Name = null): Tensor =>
    one("StringToHashBucket", [texts(input)], { num_buckets }, name),
);
export const to_hash_bucket_strong = def(
  "tensorflow.strings.to_hash_bucket_strong",
  "input num_buckets key name",
  (input: unknown, num_buckets: number, key: readonly number[], name: Name = null): Tensor =>
    one("StringToHashBucketStrong", [texts(input)], { num_buckets, key: [...key] }, name),
);
export const ragged = (what: string): ValueError =>
  new ValueError(
    `${what} gives a RaggedTensor, which is left out here: rows of different lengths have no tensor. Map over the elements instead.`,
  );
const words = (t: Tensor): readonly string[] => (t as StringTensor)._strings.data;
export const split = def(
  "tensorflow.strings.split",
  "input sep maxsplit name",
  (input: unknown, sep: unknown = null, maxsplit = -1, _name: Name = null): Tensor => {
    const x = texts(input);
    if (x.shape.length > 0) throw ragged("tf.strings.split of more than one text");
    const [, values] = op("StringSplitV2", [one("Reshape", [x, [1]]), texts(sep ?? "")], { maxsplit });
    return values!;
  },
);
export const bytes_split = def(
  "tensorflow.strings.bytes_split",
  "input name",
  (input: unknown, _name: Name = null): Tensor => {
    const x = texts(input);
    if (x.shape.length > 0) throw ragged("tf.strings.bytes_split of more than one text");
    return toTensor(
      [...words(x)[0]!].map((c) => Uint8Array.of(c.charCodeAt(0))),
      { dtype: string },
    );
  },
);
export const ngrams = def(
  "tensorflow.strings.ngrams",
  "data ngram_width separator pad_values padding_width preserve_short_sequences name",
  (
    data: unknown,
    ngram_width: number | readonly number[],
    separator = " ",
    pad_values: string | readonly [string, string] | null = null,
    padding_width: number | null = null,
    preserve_short_sequences = false,
    _name: Name = null,
  ): Tensor => {
    const x = texts(data);
    const widths = typeof ngram_width === "number" ? [ngram_width] : [...ngram_width];
    if (widths.some((w) => w < 1))
      throw new ValueError(`All ngram_widths must be greater than 0. Got ${repr(ngram_width)}`);
    const pad =
      typeof pad_values === "string" ? ([pad_values, pad_values] as const) : (pad_values ?? ["", ""]);
    const pad_width = pad_values === null ? 0 : (padding_width ?? -1);
    const n = x.shape[0]!;
    return op("StringNGrams", [x, toTensor([0, n], { dtype: int64 })], {
      separator,
      ngram_widths: widths,
      left_pad: pad[0],
      right_pad: pad[1],
      pad_width,
      preserve_short_sequences,
    })[0]!;
  },
);
export const unsorted_segment_join = def(
  "tensorflow.strings.unsorted_segment_join",
  "inputs segment_ids num_segments separator name",
  (
    inputs: unknown,
    segment_ids: Data,
    num_segments: number | Tensor,
    separator = "",
    name: Name = null,
  ): Tensor => one("UnsortedSegmentJoin", [texts(inputs), segment_ids, num_segments], { separator }, name),
);
/** Tensors in a text, in full where there are few of their elements. */
export const format = def(
  "tensorflow.strings.format",
  "template inputs placeholder summarize name",
  (template: string, inputs: unknown, placeholder = "{}", summarize = 3, name: Name = null): Tensor => {
    const list =
      inputs instanceof Tuple || (Array.isArray(inputs) && (inputs.length === 0 || inputs.some(isTensor)))
        ? [...(inputs as unknown[])]
        : [inputs];
    if (template.split(placeholder).length - 1 !== list.length)
      throw new ValueError(
        `The template expects ${template.split(placeholder).length - 1} tensors, but the inputs only has ${list.length}. Please ensure the number of placeholders in template matches inputs length.`,
      );
    return one("StringFormat", [list.map((x) => toTensor(x))], { template, placeholder, summarize }, name);
  },
);
