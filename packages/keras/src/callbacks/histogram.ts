import { type Pixels, writePng } from "@cognate/formats";
import { image_data_format } from "../backend/config.js";
import type { Tensor } from "../backend/tensor.js";
import * as K from "../ops/index.js";

/* Weights as TensorBoard shows them. */

const BUCKETS = 30;

/**
 * How many values lie in each of 30 buckets of one width: left end, right end, count. Values that are all alike are in the
 * last of 30 buckets without width.
 */
export function bucketsOf(given: Tensor): Tensor {
  const x = K.reshape(K.cast(given, "float64"), [-1]);
  const n = x.shape[0]!;
  if (n === 0) return K.zeros([BUCKETS, 3], "float64");
  const [low, high] = [K.min(x), K.max(x)];
  const ends = K.linspace(low, high, BUCKETS + 1, true, false, "float64");
  const width = K.divide(K.subtract(high, low), BUCKETS);
  const alike = Number(width) === 0;
  const places = alike
    ? K.full([n], BUCKETS - 1, "int32")
    : K.minimum(K.cast(K.floor(K.divide(K.subtract(x, low), width)), "int32"), BUCKETS - 1);
  const counts = K.sum(K.one_hot(places, BUCKETS, -1, "float64"), 0);
  const last = K.reshape(high, [1]);
  return K.stack([ends.at(":-1"), K.concatenate([ends.at("1:-1"), last]), counts], 1);
}

/** A weight as images `[count, height, width, channels]`; `null` for one of more axes. */
function asImages(weight: Tensor): Tensor | null {
  let x = K.squeeze(weight) as Tensor;
  if (x.ndim === 1) return K.reshape(x, [1, x.shape[0]!, 1, 1]);
  if (x.ndim === 2) {
    if (x.shape[0]! > x.shape[1]!) x = K.transpose(x);
    return K.reshape(x, [1, ...x.shape, 1]);
  }
  if (x.ndim === 3) {
    if (image_data_format() === "channels_last") x = K.transpose(x, [2, 0, 1]);
    return K.reshape(x, [...x.shape, 1]);
  }
  return x.ndim === 4 && [1, 3, 4].includes(x.shape[3]!) ? x : null;
}
const MODES = { 1: "L", 3: "RGB", 4: "RGBA" } as const;
/** How many images TensorBoard keeps of one summary. */
const MOST = 3;

/** A weight as PNG images, values from 0 to 1 as bytes. */
export function pngsOf(weight: Tensor): { width: number; height: number; pngs: Uint8Array[] } | null {
  const x = asImages(weight);
  if (x === null) return null;
  const [count, height, width, channels] = x.shape as unknown as [number, number, number, 1 | 3 | 4];
  const bytes = K.cast(K.clip(K.multiply(K.cast(x, "float32"), 255.5), 0, 255), "uint8");
  const pngs = Array.from({ length: Math.min(count, MOST) }, (_, i) => {
    const data = bytes.at(i).numpy().data as Uint8Array;
    return writePng({ width, height, mode: MODES[channels], bits: 8, data } satisfies Pixels);
  });
  return { width, height, pngs };
}
