import { AttributeError, ValueError } from "@cognate/py";
import { typeText } from "./facts.js";

const SHAPE = new Set(
  "transpose diagonal split vander glu softmax max_pool average_pool adaptive_average_pool adaptive_max_pool conv multi_hot batch_normalization psnr unfold segment_sum segment_max segment_min segment_prod resize affine_transform perspective_transform elastic_transform extract_patches extract_patches_3d".split(
    " ",
  ),
);
const DTYPE = new Set(
  "clip corrcoef moments layer_normalization rms_normalization stft saturate_cast dtype".split(" "),
);
/** Functions that never promote types with Keras's table. */
const PLAIN = new Set(
  "abs absolute exp expm1 fabs negative sign square round reciprocal bitwise_not bitwise_invert sum prod max min amax amin std argmax argmin logsumexp ptp cumsum cumprod sort relu relu6 sigmoid".split(
    " ",
  ),
);

/** Something that is no tensor where one is wanted: what Python says of it in the function's first lines. */
export function notATensor(name: string, args: readonly unknown[]): Error | null {
  const wrong = args.find((a) => a === null || typeof a === "string");
  if (wrong === undefined) return null;
  if (SHAPE.has(name) || DTYPE.has(name))
    return new AttributeError(
      `'${typeText(wrong)}' object has no attribute '${SHAPE.has(name) ? "shape" : "dtype"}'`,
    );
  return typeof wrong === "string" && !PLAIN.has(name)
    ? new ValueError("dtype='string' is not a valid dtype for Keras type promotion.")
    : null;
}
