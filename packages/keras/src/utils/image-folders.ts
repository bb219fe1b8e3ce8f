import { converted, type Pixels, readImage } from "@cognate/formats";
import { Strided, uint8 } from "@cognate/kernel";
import { def, repr, Tuple, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type Tensor, wrap } from "../backend/tensor.js";
import * as K from "../ops/index.js";
import { type DataFormat, isLast } from "../ops/nn/windows.js";
import type { Dataset } from "./dataset.js";
import {
  checkLabels,
  checkSplit,
  type FileKind,
  type FolderOptions,
  folderDatasets,
  type LabelMode,
  type Labels,
  type Subset,
} from "./directories.js";

const ENDINGS = [".bmp", ".gif", ".jpeg", ".jpg", ".png"];
const KIND: FileKind = {
  name: "image",
  samples: "images",
  the: "",
  endings: ENDINGS,
  none: (part, directory) =>
    `No ${part}images found in directory ${directory}. Allowed formats: ${repr(Tuple.of_(ENDINGS))}`,
};
const MODES = { rgb: "RGB", rgba: "RGBA", grayscale: "L" } as const;
const INTERPOLATIONS = [
  "bilinear",
  "nearest",
  "bicubic",
  "area",
  "lanczos3",
  "lanczos5",
  "gaussian",
  "mitchellcubic",
];

const tensorOf = ({ height, width, mode, data }: Pixels): Tensor =>
  wrap(new Value(Strided.over(data as Uint8Array, uint8, [height, width, mode.length])));

interface Sizing {
  readonly size: readonly [number, number];
  readonly interpolation: string;
  readonly data_format: DataFormat;
  readonly crop: boolean;
  readonly pad: boolean;
}
/** An image that fits into a size, with zeros around. Source: TensorFlow's `resize_with_pad`. */
function padded(x: Tensor, { size: [height, width], interpolation }: Sizing): Tensor {
  const ratio = Math.max(x.shape[1]! / width, x.shape[0]! / height);
  const [h, w] = [x.shape[0]! / ratio, x.shape[1]! / ratio];
  const [rows, columns] = [Math.floor(h), Math.floor(w)];
  const [top, left] = [(height - h) / 2, (width - w) / 2].map((n) => Math.max(0, Math.floor(n))) as [
    number,
    number,
  ];
  const y = K.image.resize(x, [rows, columns], {
    interpolation: interpolation as never,
    data_format: "channels_last",
  });
  return K.pad(y, [
    [top, height - rows - top],
    [left, width - columns - left],
    [0, 0],
  ]);
}
/** An image brought to a size, as TensorFlow does it. */
function sized(x: Tensor, s: Sizing): Tensor {
  const [interpolation, size] = [s.interpolation as never, [...s.size]];
  // TensorFlow's resizing gives floats, but for the nearest pixels.
  const own = s.interpolation === "nearest" ? x : K.cast(x, "float32");
  const y = s.pad
    ? padded(own, s)
    : K.image.resize(own, size, {
        interpolation,
        crop_to_aspect_ratio: s.crop,
        data_format: "channels_last",
      });
  return isLast(s.data_format) ? y : K.transpose(y, [2, 0, 1]);
}

/**
 * `keras.utils.image_dataset_from_directory`: batches of images (PNG, BMP) with labels by the folders that they lie in.
 *
 * @param label_mode - labels as numbers, as lines with a one, as 0 and 1 for two classes, or none
 * @param image_size - height and width that all images are brought to
 * @param subset - `"training"`, `"validation"` or `"both"` of what `validation_split` divides
 * @throws ValueError for arguments that do not go together, and where there are no images
 */
export const image_dataset_from_directory = def(
  "keras.utils.image_dataset_from_directory",
  "directory labels label_mode class_names color_mode batch_size image_size shuffle seed validation_split subset interpolation follow_links crop_to_aspect_ratio pad_to_aspect_ratio data_format format verbose",
  (
    directory: string,
    labels: Labels = "inferred",
    label_mode: LabelMode = "int",
    class_names: readonly string[] | null = null,
    color_mode: keyof typeof MODES = "rgb",
    batch_size: number | null = 32,
    image_size: number | readonly number[] = [256, 256],
    shuffle = true,
    seed: number | null = null,
    validation_split: number | null = null,
    subset: Subset = null,
    given_interpolation = "bilinear",
    _follow_links = false,
    crop_to_aspect_ratio = false,
    pad_to_aspect_ratio = false,
    data_format: DataFormat = null,
    format = "tf",
    verbose = true,
  ): Dataset | Dataset[] => {
    const o: FolderOptions = {
      directory,
      labels,
      label_mode,
      class_names,
      batch_size,
      shuffle,
      seed,
      validation_split,
      subset,
      verbose,
    };
    checkLabels(o, KIND);
    const mode = MODES[color_mode];
    if (!mode)
      throw new ValueError(
        `\`color_mode\` must be one of {"rgb", "rgba", "grayscale"}. Received: color_mode=${String(color_mode)}`,
      );
    const size = typeof image_size === "number" ? [image_size, image_size] : image_size;
    if (!Array.isArray(size) || size.length !== 2)
      throw new ValueError(
        `Invalid \`image_size\` value. Expected a tuple of 2 integers. Received: image_size=${repr(image_size)}`,
      );
    const interpolation = given_interpolation.toLowerCase();
    if (!INTERPOLATIONS.includes(interpolation))
      throw new ValueError(
        `Argument \`interpolation\` should be one of ${repr(Tuple.of_(INTERPOLATIONS))}. Received: interpolation=${interpolation}`,
      );
    if (format !== "tf" && format !== "grain")
      throw new ValueError(`\`format\` should be either "tf" or "grain". Received: format=${format}`);
    checkSplit(o);
    if (crop_to_aspect_ratio && pad_to_aspect_ratio)
      throw new ValueError("Only one of `pad_to_aspect_ratio`, `crop_to_aspect_ratio` can be set to `True`.");
    const s: Sizing = {
      size: size as [number, number],
      interpolation,
      data_format,
      crop: crop_to_aspect_ratio,
      pad: pad_to_aspect_ratio,
    };
    return folderDatasets(
      o,
      KIND,
      (path) => sized(tensorOf(converted(readImage(path), mode, false)), s),
      (elements) => (batch_size === null ? elements : elements.batch(batch_size)),
    );
  },
);
