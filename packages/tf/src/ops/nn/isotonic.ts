import { Tuple } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { as_dtype, int32 } from "../../core/dtypes.js";
import { InvalidArgumentError } from "../../core/errors.js";
import { one, op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def } from "../make.js";
import { negative } from "../math.js";

const OUT: Readonly<Record<string, string>> = {
  float32: "float32",
  float16: "float16",
  bfloat16: "bfloat16",
  int8: "float32",
  int16: "float32",
};
/** The closest monotone sequence along an axis, and the block of equal values that each element belongs to. */
export const isotonic_regression = def(
  "tensorflow.nn.isotonic_regression",
  "inputs decreasing axis",
  (inputs: Data, decreasing = true, axis = -1): Tuple<Tensor> => {
    const x = toTensor(inputs);
    const n = x.shape.length;
    if (axis < -n || axis >= n)
      throw new InvalidArgumentError(
        `\`dim\` must be in the range [${-n}, ${n}) where ${n} is the number of dimensions in the input. Received: dim=${axis}`,
      );
    const at = axis < 0 ? axis + n : axis;
    const swap = Array.from({ length: n }, (_, i) => (i === at ? n - 1 : i === n - 1 ? at : i));
    const perm = toTensor(swap, { dtype: int32 });
    const turned = (t: Tensor): Tensor => (at === n - 1 ? t : one("Transpose", [t, perm]));
    const output_dtype = as_dtype(OUT[x.dtype.name] ?? "float64");
    const [y, segments] = op("IsotonicRegression", [decreasing ? turned(x) : negative(turned(x))], {
      output_dtype,
    }) as [Tensor, Tensor];
    return Tuple.of_([turned(decreasing ? y : negative(y)), turned(segments)]);
  },
);
