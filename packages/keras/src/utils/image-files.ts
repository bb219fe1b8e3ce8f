import {
  type Box,
  bytesOf,
  converted,
  type ImageMode,
  type Pixels,
  type Resampling,
  readImage,
  resampled,
  writeFileAtomic,
  writePng,
} from "@cognate/formats";
import { Strided, uint8, uint16 } from "@cognate/kernel";
import { fromStrided, type ndarray } from "@cognate/ndarray";
import { def, repr, TypeError, type, ValueError, warn } from "@cognate/py";
import type { TensorLike } from "../backend/tensor.js";
import type { DataFormat } from "../ops/nn/windows.js";
import { array_to_img } from "./images.js";

/** An image in a file as an array of bytes (16 bits where the file has them): `[height, width]`, or with channels last. */
const arrayOf = ({ height, width, mode, bits, data }: Pixels): ndarray =>
  fromStrided(
    Strided.over(
      data as never,
      bits === 16 ? uint16 : uint8,
      mode === "L" ? [height, width] : [height, width, mode.length],
    ),
  );
/** An array of bytes as an image. */
function pixelsOf(image: ndarray): Pixels {
  const [height, width, channels = 1] = image.shape as unknown as number[];
  const mode = (["L", "LA", "RGB", "RGBA"] as const)[channels - 1]!;
  return { height: height!, width: width!, mode, bits: 8, data: image.data as Uint8Array };
}

const MODES: Readonly<Record<string, ImageMode>> = { grayscale: "L", rgb: "RGB", rgba: "RGBA" };
const METHODS: readonly Resampling[] = ["nearest", "bilinear", "bicubic", "hamming", "box", "lanczos"];

/** The middle part of an image that has the shape of the target. */
function middle({ width, height }: Pixels, wide: number, high: number): Box {
  const rows = Math.min(height, Math.floor((width * high) / wide));
  const columns = Math.min(width, Math.floor((height * wide) / high));
  const [top, left] = [Math.floor((height - rows) / 2), Math.floor((width - columns) / 2)];
  return [left, top, left + columns, top + rows];
}

/**
 * `keras.utils.load_img`: an image from a PNG or BMP file, by its path or its bytes, as an array of bytes:
 * `[height, width, channels]`, `[height, width]` where it is grey.
 *
 * @param color_mode - `"grayscale"`, `"rgb"` or `"rgba"`
 * @param target_size - height and width that it is brought to, as Pillow does it
 * @param keep_aspect_ratio - whether only the middle of the image is taken, so that nothing is stretched
 * @throws ValueError for another mode or interpolation, FormatError for other formats and broken files
 */
export const load_img = def(
  "keras.utils.load_img",
  "path color_mode target_size interpolation keep_aspect_ratio",
  (
    path: string | Uint8Array | ArrayBuffer,
    color_mode = "rgb",
    target_size: readonly number[] | null = null,
    interpolation: Resampling = "nearest",
    keep_aspect_ratio = false,
  ): ndarray => {
    if (typeof path !== "string" && !(path instanceof Uint8Array) && !(path instanceof ArrayBuffer))
      throw new TypeError(`path should be path-like or io.BytesIO, not ${repr(type(path))}`);
    let image = readImage(typeof path === "string" ? path : bytesOf(path));
    const mode = MODES[color_mode];
    if (!mode) throw new ValueError('color_mode must be "grayscale", "rgb", or "rgba"');
    if (!(mode === "L" && image.mode === "L")) image = converted(image, mode);
    if (target_size === null) return arrayOf(image);
    const [height, width] = target_size as [number, number];
    if (height === image.height && width === image.width) return arrayOf(image);
    if (!METHODS.includes(interpolation))
      throw new ValueError(
        `Invalid interpolation method ${interpolation} specified. Supported methods are ${METHODS.join(", ")}`,
      );
    const narrow = converted(image, mode);
    const box = keep_aspect_ratio ? middle(narrow, width, height) : undefined;
    return arrayOf(resampled(narrow, width, height, interpolation, box));
  },
);

/**
 * `keras.utils.save_img`: writes an image as a PNG file; without a path gives its bytes.
 *
 * @param scale - whether the values are stretched to 0 … 255
 * @throws ValueError for formats other than PNG
 */
export const save_img = def(
  "keras.utils.save_img",
  "path x data_format file_format scale **kwargs",
  (
    path: string | null,
    x: TensorLike,
    data_format: DataFormat = null,
    file_format: string | null = null,
    scale = true,
    _options: Readonly<Record<string, unknown>> = {},
  ): Uint8Array | undefined => {
    const ending = /\.([^./]*)$/.exec(path ?? "")?.[1]?.toLowerCase();
    const format = (file_format ?? ending ?? "png").toLowerCase();
    if (format !== "png")
      throw new ValueError(`Images are written as PNG here. Received: file_format=${format}`);
    let image = array_to_img(x, { data_format, scale });
    if (String(image.dtype) === "int32") {
      warn("Grey values above 255 are cut off at 255 in a PNG image of 8 bits.");
      image = (image as unknown as { clip(a: number, b: number): { astype(t: string): ndarray } })
        .clip(0, 255)
        .astype("uint8");
    }
    const bytes = writePng(pixelsOf(image));
    if (path === null) return bytes;
    writeFileAtomic(path, bytes);
    return undefined;
  },
);
