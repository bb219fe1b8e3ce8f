import { bytesOf } from "@cognate/formats";
import { arrayOf } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray";
import { def, Tuple, ValueError } from "@cognate/py";
import { floatx, image_data_format } from "../backend/config.js";
import { KerasTensor } from "../backend/keras-tensor.js";
import { shapeText } from "../backend/shape.js";
import { Tensor, type TensorLike } from "../backend/tensor.js";
import * as K from "../ops/index.js";
import { files } from "../utils/files.js";
import { get_file } from "../utils/get-file.js";

/* What the models of `keras.applications` want to see, and what their predictions mean. */

/** How pixels are brought into the range that a model was trained on. */
export type Mode = "caffe" | "tf" | "torch";
const MEAN_BGR = [103.939, 116.779, 123.68];
const MEAN_RGB = [0.485, 0.456, 0.406];
const DEVIATION_RGB = [0.229, 0.224, 0.225];

type Image = TensorLike | KerasTensor;

function prepared(x: Tensor, first: boolean, mode: Mode): Tensor {
  if (mode === "tf") return K.subtract(K.divide(x, 127.5), 1);
  const axis = first ? x.ndim - 3 : x.ndim - 1;
  const along = (values: readonly number[]): Tensor =>
    K.reshape(
      K.array([...values], x.dtype as never),
      Array.from({ length: x.ndim }, (_, i) => (i === axis ? 3 : 1)),
    );
  if (mode === "torch") return K.divide(K.subtract(K.divide(x, 255), along(MEAN_RGB)), along(DEVIATION_RGB));
  return K.subtract(K.flip(x, axis), along(MEAN_BGR));
}

function preprocess(x: Image, data_format: string | null, mode: Mode): unknown {
  if (!["caffe", "tf", "torch"].includes(mode))
    throw new ValueError(`Expected mode to be one of \`caffe\`, \`tf\` or \`torch\`. Received: mode=${mode}`);
  const format = data_format ?? image_data_format();
  if (format !== "channels_first" && format !== "channels_last")
    throw new ValueError(
      `Expected data_format to be one of \`channels_first\` or \`channels_last\`. Received: data_format=${format}`,
    );
  const first = format === "channels_first";
  if (x instanceof KerasTensor || x instanceof Tensor) return prepared(x as Tensor, first, mode);
  const array = arrayOf(x);
  const own = K.array(x, (array?.dtype.kind === "float" ? array.dtype.name : floatx()) as never);
  return prepared(own, first, mode).numpy();
}

/**
 * `keras.applications.imagenet_utils.preprocess_input`: images as the models were trained on them.
 *
 * `"tf"` scales to −1 … 1, `"torch"` to 0 … 1 and then by the channels' means and deviations, `"caffe"` turns RGB into BGR
 * and takes the means off. An array gives an array, a tensor a tensor.
 *
 * @throws ValueError for another mode or data format
 */
export const preprocess_input = def(
  "keras.applications.imagenet_utils.preprocess_input",
  "x data_format mode",
  (x: Image, data_format: string | null = null, mode: Mode = "caffe") =>
    preprocess(x, data_format, mode) as never,
);

/** `preprocess_input` of one family of models. */
export const preprocessing = (module: string, mode: Mode | null) =>
  def(
    `keras.applications.${module}.preprocess_input`,
    "x data_format",
    (x: Image, data_format: string | null = null) =>
      (mode === null ? x : preprocess(x, data_format, mode)) as never,
  );

/** Classes by number: `{"0": ["n01440764", "tench"], …}`. */
export type ClassIndex = Readonly<Record<string, readonly string[]>>;
let classIndex: ClassIndex | null = null;

/** The classes of ImageNet: from a path, bytes or an object, or from Keras's folder of files. */
function classesOf(given: string | Uint8Array | ClassIndex | null): ClassIndex {
  if (given instanceof Uint8Array) return JSON.parse(new TextDecoder().decode(bytesOf(given))) as ClassIndex;
  if (typeof given === "string") return JSON.parse(files().readFileSync(given, "utf8")) as ClassIndex;
  if (given !== null) return given;
  classIndex ??= JSON.parse(
    files().readFileSync(
      get_file("imagenet_class_index.json", `${HOST}/data/imagenet_class_index.json`, {
        cache_subdir: "models",
        file_hash: "c2c37ea517e94d9795004a39431a14cb",
      }),
      "utf8",
    ),
  ) as ClassIndex;
  return classIndex;
}
const HOST = "https://storage.googleapis.com/download.tensorflow.org";

/**
 * `keras.applications.imagenet_utils.decode_predictions`: the likeliest classes of predictions by name.
 *
 * @param class_index - the classes by number, where they are not in Keras's folder of files: a path, bytes or an object
 * @returns for each image a list of `(number in WordNet, name, score)`
 * @throws ValueError for anything but `(samples, 1000)`
 */
export const decode_predictions = def(
  "keras.applications.imagenet_utils.decode_predictions",
  "preds top * class_index:dict",
  (
    preds: Tensor | ndarray,
    top = 5,
    class_index: string | Uint8Array | ClassIndex | null = null,
  ): Tuple<string | number>[][] => {
    const { shape } = preds;
    if (shape.length !== 2 || shape[1] !== 1000)
      throw new ValueError(
        `\`decode_predictions\` expects a batch of predictions (i.e. a 2D array of shape (samples, 1000)). Received array with shape: ${shapeText([...shape])}`,
      );
    const classes = classesOf(class_index);
    const scores = K.array(preds as never);
    const order = K.argsort(scores, -1).numpy().tolist() as unknown as number[][];
    const rows = [...scores.numpy()] as unknown as ndarray[];
    return order.map((line, i) =>
      (top === 0 ? line : line.slice(-top))
        .reverse()
        .map((k) =>
          Tuple.of_([...classes[String(k)]!, (rows[i] as unknown as { at(k: number): number }).at(k)]),
        ),
    );
  },
);
