import { toTensor } from "../../core/convert.js";
import { as_dtype, string, type TypeLike } from "../../core/dtypes.js";
import { UnimplementedError } from "../../core/errors.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { convert_image_dtype } from "./batch.js";

const contentsOf = (contents: Data): Tensor => toTensor(contents, { dtype: string });

/** The bytes of PNG files of images [..., height, width, channels] of 8 or 16 bits. */
export const encode_png = def(
  "tensorflow.image.encode_png",
  "image compression name",
  (image: Data, compression = -1, name: Name = null): Tensor =>
    one("EncodePng", [image], { compression }, name),
);
/** The image [height, width, channels] of a file; 0 channels are those of the file. */
export const decode_png = def(
  "tensorflow.image.decode_png",
  "contents channels dtype name",
  (contents: Data, channels = 0, dtype: TypeLike = "uint8", name: Name = null): Tensor =>
    one("DecodePng", [contentsOf(contents)], { channels, dtype: as_dtype(dtype) }, name),
);
export const decode_bmp = def(
  "tensorflow.image.decode_bmp",
  "contents channels name",
  (contents: Data, channels = 0, name: Name = null): Tensor =>
    one("DecodeBmp", [contentsOf(contents)], { channels }, name),
);
/** The frames [frames, height, width, 3] of an animation. */
export const decode_gif = def(
  "tensorflow.image.decode_gif",
  "contents name",
  (contents: Data, name: Name = null): Tensor => one("DecodeGif", [contentsOf(contents)], {}, name),
);
/** The image of a PNG, BMP or GIF file. */
export const decode_image = def(
  "tensorflow.image.decode_image",
  "contents channels dtype name expand_animations",
  (
    contents: Data,
    channels: number | null = null,
    dtype: TypeLike = "uint8",
    name: Name = null,
    expand_animations = true,
  ): Tensor => {
    const to = as_dtype(dtype);
    const own = ["float32", "uint8", "uint16"].includes(to.name) ? to : as_dtype("uint16");
    const attrs = { channels: channels ?? 0, dtype: own, expand_animations };
    const x = one("DecodeImage", [contentsOf(contents)], attrs, name);
    return own === to ? x : convert_image_dtype(x, to);
  },
);
/** Whether bytes begin as JPEG files do. */
export const is_jpeg = def(
  "tensorflow.image.is_jpeg",
  "contents name",
  (contents: Data, name: Name = null): Tensor =>
    one(
      "Equal",
      [
        one("Substr", [contentsOf(contents), 0, 3]),
        toTensor(Uint8Array.of(0xff, 0xd8, 0xff) as unknown as Data, { dtype: string }),
      ],
      {},
      name,
    ),
);

/** What no codec is here for, with an error that says so. */
const refused = (py: string, format: string) =>
  def(`tensorflow.image.${py}`, "...args", (..._args: unknown[]): Tensor => {
    throw new UnimplementedError(
      `tf.image.${py}: ${format} is neither read nor written here; PNG, BMP and GIF are (tf.image.decode_png, decode_bmp, decode_gif).`,
    );
  });
export const adjust_jpeg_quality = refused("adjust_jpeg_quality", "JPEG");
export const random_jpeg_quality = refused("random_jpeg_quality", "JPEG");
export const stateless_random_jpeg_quality = refused("stateless_random_jpeg_quality", "JPEG");
export const decode_jpeg = refused("decode_jpeg", "JPEG");
export const decode_and_crop_jpeg = refused("decode_and_crop_jpeg", "JPEG");
export const encode_jpeg = refused("encode_jpeg", "JPEG");
export const extract_jpeg_shape = refused("extract_jpeg_shape", "JPEG");
export const decode_webp = refused("decode_webp", "WebP");
export const decode_jxl = refused("decode_jxl", "JPEG XL");
