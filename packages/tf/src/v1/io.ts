import * as ioModule from "../namespaces/io.js";
import { recorded } from "./make.js";

/* `tf.io`: what computes is recorded, files are read and written at once. */
const { gfile, TFRecordWriter, read_file, write_file, matching_files, ...operations } = ioModule;
export const {
  decode_base64,
  decode_bmp,
  decode_gif,
  decode_image,
  decode_jpeg,
  decode_png,
  decode_raw,
  encode_base64,
  encode_jpeg,
  encode_png,
  is_jpeg,
  parse_tensor,
  serialize_tensor,
} = recorded(operations);
export { tf_record_iterator } from "../io/records.js";
export { gfile, matching_files, read_file, TFRecordWriter, write_file };
