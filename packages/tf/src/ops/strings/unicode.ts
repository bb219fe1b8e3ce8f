import { Tuple, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { int32, int64, string } from "../../core/dtypes.js";
import { one, op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { expand_dims } from "../array.js";
import { type Data, def, type Name } from "../make.js";
import { ragged } from "../strings.js";

/* Texts and their characters. More than one text has rows of several lengths, which are ragged tensors. */

const texts = (x: unknown): Tensor => toTensor(x, isTensor(x) ? {} : { dtype: string });

/** What a decoding operation gives for one text: its characters, and where they begin. */
function decoded(
  py: string,
  type: string,
  input: unknown,
  input_encoding: string,
  errors: string,
  replacement_char: number,
  replace_control_characters: boolean,
  name: Name,
): Tensor[] {
  const x = texts(input);
  if (x.shape.length > 0) throw ragged(`tf.strings.${py} of more than one text`);
  const attrs = { input_encoding, errors, replacement_char, replace_control_characters };
  return op(type, [one("Reshape", [x, toTensor([1], { dtype: int32 })])], attrs, name).slice(1);
}

/** The characters of a text as numbers: `input` is a scalar of bytes in `input_encoding`. */
export const unicode_decode = def(
  "tensorflow.strings.unicode_decode",
  "input input_encoding errors replacement_char replace_control_characters name",
  (
    input: unknown,
    encoding: string,
    errors = "replace",
    char = 65533,
    control = false,
    name: Name = null,
  ): Tensor => decoded("unicode_decode", "UnicodeDecode", input, encoding, errors, char, control, name)[0]!,
);
/** The characters of a text as numbers, and the bytes that they begin at. */
export const unicode_decode_with_offsets = def(
  "tensorflow.strings.unicode_decode_with_offsets",
  "input input_encoding errors replacement_char replace_control_characters name",
  (
    input: unknown,
    encoding: string,
    errors = "replace",
    char = 65533,
    control = false,
    name: Name = null,
  ): Tuple<Tensor> =>
    Tuple.of_(
      decoded(
        "unicode_decode_with_offsets",
        "UnicodeDecodeWithOffsets",
        input,
        encoding,
        errors,
        char,
        control,
        name,
      ),
    ),
);
const each = (codes: Tensor, encoding: string, errors: string, char: number): Tensor =>
  unicode_encode(expand_dims(codes, -1), encoding, errors, char);
/** The characters of a text as texts. */
export const unicode_split = def(
  "tensorflow.strings.unicode_split",
  "input input_encoding errors replacement_char name",
  (input: unknown, encoding: string, errors = "replace", char = 65533, name: Name = null): Tensor => {
    const [codes] = decoded("unicode_split", "UnicodeDecode", input, encoding, errors, char, false, name);
    return each(codes!, encoding, errors, char);
  },
);
/**
 * `tf.strings.unicode_split_with_offsets`: the characters of a text as texts, and the bytes that they begin at.
 *
 * @throws InvalidArgumentError for bytes that are no characters, where `errors` is "strict"
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * const [chars, starts] = tf.strings.unicode_split_with_offsets("né!", "UTF-8");
 * print(chars.numpy(), starts.numpy()); // prints [b'n' b'\xc3\xa9' b'!'] [0 1 3]
 * ```
 */
export const unicode_split_with_offsets = def(
  "tensorflow.strings.unicode_split_with_offsets",
  "input input_encoding errors replacement_char name",
  (input: unknown, encoding: string, errors = "replace", char = 65533, name: Name = null): Tuple<Tensor> => {
    const [codes, starts] = decoded(
      "unicode_split_with_offsets",
      "UnicodeDecodeWithOffsets",
      input,
      encoding,
      errors,
      char,
      false,
      name,
    );
    return Tuple.of_([each(codes!, encoding, errors, char), starts!]);
  },
);
/** Texts of characters' numbers, along the last axis. */
export const unicode_encode = def(
  "tensorflow.strings.unicode_encode",
  "input output_encoding errors replacement_char name",
  (
    input: Data,
    output_encoding: string,
    errors = "replace",
    replacement_char = 65533,
    name: Name = null,
  ): Tensor => {
    const x = toTensor(input, { hint: int32 });
    if (x.shape.length === 0) throw new ValueError("input_tensor's rank must be at least 1.");
    const rows = [...x.shape].slice(0, -1) as number[];
    const count = rows.reduce((a, b) => a * b, 1);
    const width = x.shape[x.shape.length - 1] as number;
    const splits = toTensor(
      Array.from({ length: count + 1 }, (_, i) => i * width),
      { dtype: int64 },
    );
    const flat = one("Reshape", [x, toTensor([-1], { dtype: int32 })]);
    const out = one("UnicodeEncode", [flat, splits], { output_encoding, errors, replacement_char }, name);
    return one("Reshape", [out, toTensor(rows, { dtype: int32 })]);
  },
);
/** Texts in another encoding: UTF-8, UTF-16-BE or UTF-32-BE, from these, their little-endian forms, ASCII or Latin-1. */
export const unicode_transcode = def(
  "tensorflow.strings.unicode_transcode",
  "input input_encoding output_encoding errors replacement_char replace_control_characters name",
  (
    input: unknown,
    input_encoding: string,
    output_encoding: string,
    errors = "replace",
    replacement_char = 65533,
    replace_control_characters = false,
    name: Name = null,
  ): Tensor =>
    one(
      "UnicodeTranscode",
      [texts(input)],
      { input_encoding, output_encoding, errors, replacement_char, replace_control_characters },
      name,
    ),
);
