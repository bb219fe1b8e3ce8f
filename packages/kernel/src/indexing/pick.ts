import { type DType, int32, int64, type NumericData } from "../dtype/dtype.js";
import { IndexRangeError } from "../errors/errors.js";
import { Strided, sizeOf } from "../strided/strided.js";
import { abandon, begin, end, give, take } from "../wasm/call.js";
import { wasm } from "../wasm/instance.js";
import { runFast } from "../wasm/registry.js";

/** Below so many elements a call into WASM costs more than it saves. */
const LEAST = 200;

/** The elements of x whose flags (bool, of x's shape) are set, in order; `null` where the layout is not for this. */
export function compressed(x: Strided, flags: Strided): Strided | null {
  if (!x.contiguous || !flags.contiguous || x.dtype.itemsize > 8) return null;
  const n = x.size;
  let y: Strided | null = null;
  if (n >= LEAST)
    runFast(() => {
      y = compressFast(x, flags, n);
      return y !== null;
    });
  return y ?? compressSmall(x, flags, n);
}

function compressFast(x: Strided, flags: Strided, n: number): Strided | null {
  const e = wasm();
  if (!e) return null;
  begin();
  const cond = take(flags);
  const from = cond && take(x);
  if (!from) {
    abandon();
    return null;
  }
  const count = e.count_u8(cond, n);
  const y = Strided.zeros(x.dtype, [count]);
  const to = count > 0 ? give(y) : 0;
  if (to) e.compress(x.dtype.itemsize, from, cond, to, count);
  else if (count > 0) {
    abandon();
    return null;
  }
  end();
  return y;
}

function compressSmall(x: Strided, flags: Strided, n: number): Strided {
  const cond = flags.peek;
  let count = 0;
  for (let i = 0; i < n; i++) count += cond[flags.offset + i] ? 1 : 0;
  const y = Strided.zeros(x.dtype, [count]);
  const { lanes } = x.dtype;
  const to = y.peek as NumericData;
  const from = x.peek as NumericData;
  for (let i = 0, k = 0; k < count; i++)
    if (cond[flags.offset + i]) {
      for (let c = 0; c < lanes; c++) to[k * lanes + c] = from[(x.offset + i) * lanes + c]!;
      k++;
    }
  return y;
}

const isIndex = (d: DType): boolean => d === int64 || d === int32;

/**
 * Rows of x (single elements of a vector) by their numbers, negative ones from the end: [...index, ...x without axis 0];
 * `null` where the layout is not for this.
 *
 * @throws IndexRangeError
 */
export function takenRows(op: string, x: Strided, index: Strided): Strided | null {
  const { dtype } = x;
  if (x.rank === 0 || !x.contiguous || !index.contiguous || !isIndex(index.dtype)) return null;
  const size = x.shape[0]!;
  const inner = x.shape.slice(1);
  const bytes = sizeOf(inner) * dtype.itemsize;
  const n = index.size;
  if (n * bytes === 0) return null;
  const y = Strided.zeros(dtype, inner.length === 0 ? index.shape : [...index.shape, ...inner]);
  let done = -1;
  if (n * bytes >= LEAST * 8)
    runFast(() => {
      const e = wasm();
      if (!e) return false;
      begin();
      const at = take(index);
      const from = at && take(x);
      const to = from && give(y);
      if (!to) return abandon();
      done = e.take_rows(from, size, bytes, at, index.dtype.itemsize, n, to);
      end();
      return true;
    });
  if (done < 0) {
    if (inner.length > 0 || dtype.itemsize > 8) return null;
    done = takeSmall(x, size, index, y);
  }
  if (done < n) throw new IndexRangeError(op, numberAt(index, done), 0, size);
  return y;
}

function numberAt(index: Strided, k: number): number {
  return Number(index.peek[index.offset + k]);
}

function takeSmall(x: Strided, size: number, index: Strided, y: Strided): number {
  const { lanes } = x.dtype;
  const from = x.peek as NumericData;
  const to = y.peek as NumericData;
  const at = index.peek as NumericData;
  const n = index.size;
  for (let k = 0; k < n; k++) {
    let i = Number(at[index.offset + k]!);
    if (i < 0) i += size;
    if (!(i >= 0 && i < size)) return k;
    for (let c = 0; c < lanes; c++) to[k * lanes + c] = from[(x.offset + i) * lanes + c]!;
  }
  return n;
}
