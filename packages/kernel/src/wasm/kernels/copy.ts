import { bool, type DType, float32, float64, int32, int64, uint8 } from "../../dtype/dtype.js";
import type { Strided } from "../../strided/strided.js";
import { abandon, begin, copyNest, end, give, take, takeRows } from "../call.js";
import { CASTS } from "../exports.js";
import { wasm } from "../instance.js";

const NAMES = new Map<DType, string>([
  [float32, "f32"],
  [float64, "f64"],
  [int32, "i32"],
  [int64, "i64"],
  [bool, "u8"],
  [uint8, "u8"],
]);

/** Conversion between types by name, where there is one. */
const casts = new Map<string, (typeof CASTS)[number]>(CASTS.map((name) => [name, name]));

/** src converted or rearranged into dst, which has its shape and no gaps. */
export function copy(dst: Strided, src: Strided): boolean {
  const [to, from] = [dst.dtype, src.dtype];
  if (to === from) return rearrange(dst, src);
  const name = casts.get(`${NAMES.get(from)}_${NAMES.get(to)}`);
  if (!name || (!src.contiguous && from.itemsize === 1) || src.size !== dst.size) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const x = takeRows(src);
  const y = x && give(dst);
  if (!y) return abandon();
  e[`cast_${name}`](x, y, dst.size);
  end();
  return true;
}

/** Blocks of fewer bytes are copied well enough where they lie if they have no gaps. */
const LEAST = 1 << 16;

/** Elements of four or eight bytes under any strides. */
function rearrange(dst: Strided, src: Strided): boolean {
  const { itemsize } = src.dtype;
  if ((itemsize !== 4 && itemsize !== 8) || (src.contiguous && src.size * itemsize < LEAST)) return false;
  // Blocks that settled on the JavaScript heap would be copied twice.
  if (!src.storage.movable || !dst.storage.movable || !wasm()) return false;
  begin();
  const from = take(src);
  const to = from && give(dst);
  if (!to) return abandon();
  copyNest(src.shape, src.strides, from, itemsize, to);
  end();
  return true;
}
