/** `tf.dtypes`. */

import { frozenset } from "@cognate/py";
import { qint8, qint16, qint32, quint8, quint16 } from "../core/public-dtypes.js";

export * from "../core/public-dtypes.js";
export { cast, complex, saturate_cast } from "../ops/math.js";
export { DType } from "../shared.js";
/** Types of quantized numbers, which no operation computes with here. */
export const QUANTIZED_DTYPES = frozenset([qint8, quint8, qint32, qint16, quint16]);
