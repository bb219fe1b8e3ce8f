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
  if (to === from) return !src.contiguous && rearrange(dst, src);
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

/** Elements of four or eight bytes whose rows do not lie side by side. */
function rearrange(dst: Strided, src: Strided): boolean {
  const { itemsize, lanes } = src.dtype;
  if (lanes !== 1 || (itemsize !== 4 && itemsize !== 8)) return false;
  // Long rows are copied well enough as they are, and blocks that settled on the JavaScript heap would be copied twice.
  if (src.strides[src.rank - 1] === 1 || !src.storage.movable || !wasm()) return false;
  begin();
  const from = take(src);
  const to = from && give(dst);
  if (!to) return abandon();
  copyNest(src.shape, src.strides, from, itemsize, to);
  end();
  return true;
}
