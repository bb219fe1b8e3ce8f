/** `tf.io`. */
import { def } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, string, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { bytesAt, folders, matchingPaths } from "../io/file-system.js";
import type { Data, Name } from "../ops/make.js";
import type { Tensor } from "../shared.js";

export { decode_csv } from "../io/csv.js";
export * as gfile from "../io/gfile.js";
export {
  FixedLenFeature,
  FixedLenSequenceFeature,
  parse_example,
  parse_single_example,
  VarLenFeature,
} from "../io/parsing.js";
export { TFRecordWriter } from "../io/records.js";
export {
  decode_and_crop_jpeg,
  decode_bmp,
  decode_gif,
  decode_image,
  decode_jpeg,
  decode_png,
  encode_jpeg,
  encode_png,
  is_jpeg,
} from "../ops/image.js";

const textOf = (x: Data): string => {
  const v = toTensor(x, { dtype: string }).numpy() as unknown;
  return v instanceof Uint8Array ? new TextDecoder().decode(v) : String(v);
};
/** The bytes of a file. */
export const read_file = def(
  "tensorflow.io.read_file",
  "filename name",
  (filename: Data, _name: Name = null): Tensor =>
    toTensor(bytesAt(isTensor(filename) ? textOf(filename) : String(filename)) as never, { dtype: string }),
);
export const write_file = def(
  "tensorflow.io.write_file",
  "filename contents name",
  (filename: Data, contents: Data, _name: Name = null): void => {
    const v = toTensor(contents, { dtype: string }).numpy() as unknown as Uint8Array;
    folders().writeFileSync(isTensor(filename) ? textOf(filename) : String(filename), v);
  },
);
export const matching_files = def(
  "tensorflow.io.matching_files",
  "pattern name",
  (pattern: string | readonly string[], _name: Name = null): Tensor =>
    toTensor((typeof pattern === "string" ? [pattern] : [...pattern]).flatMap(matchingPaths), {
      dtype: string,
    }),
);
const stringOp = (py: string, type: string) =>
  def(
    `tensorflow.io.${py}`,
    "input name",
    (input: Data, name: Name = null): Tensor => one(type, [input], {}, name),
  );
export const encode_base64 = stringOp("encode_base64", "EncodeBase64");
export const decode_base64 = stringOp("decode_base64", "DecodeBase64");
export const serialize_tensor = def(
  "tensorflow.io.serialize_tensor",
  "tensor name",
  (tensor: Data, name: Name = null): Tensor => one("SerializeTensor", [tensor], {}, name),
);
export const parse_tensor = def(
  "tensorflow.io.parse_tensor",
  "serialized out_type name",
  (serialized: Data, out_type: TypeLike, name: Name = null): Tensor =>
    one("ParseTensor", [serialized], { out_type: as_dtype(out_type) }, name),
);
export const decode_raw = def(
  "tensorflow.io.decode_raw",
  "input_bytes out_type little_endian fixed_length name",
  (
    input_bytes: Data,
    out_type: TypeLike,
    little_endian = true,
    _length: unknown = null,
    name: Name = null,
  ): Tensor => one("DecodeRaw", [input_bytes], { out_type: as_dtype(out_type), little_endian }, name),
);
