/** `tf.dtypes`. */

export {
  as_dtype,
  bfloat16,
  bool,
  complex64,
  complex128,
  float16,
  float16 as half,
  float32,
  float64,
  float64 as double,
  int8,
  int16,
  int32,
  int64,
  qint8,
  qint16,
  qint32,
  quint8,
  quint16,
  resource,
  string,
  uint8Type as uint8,
  uint16,
  uint32,
  uint64,
  variant,
} from "../core/dtypes.js";
export { cast, complex, saturate_cast } from "../ops/math.js";
export { DType } from "../shared.js";
