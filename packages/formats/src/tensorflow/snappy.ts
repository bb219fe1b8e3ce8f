import type { Cursor } from "../bytes/cursor.js";
import { varsize } from "./proto.js";

/**
 * Unpacks one block of Snappy: the unpacked length, then literals and copies of what came before.
 *
 * Memory is taken as the data arrives, at most 64 times the packed length (a copy of 3 bytes gives 64).
 *
 * @throws FormatError for lengths that do not fit and copies from before the beginning.
 */
export function unsnappy(c: Cursor): Uint8Array {
  const length = varsize(c, "the unpacked length");
  const most = 64 * (c.remaining + 1);
  if (length > most) throw c.fail("the unpacked length", length, `at most ${most} for so few bytes`);
  const out = new Uint8Array(length);
  let n = 0;
  while (c.remaining > 0) {
    const at = c.pos;
    const tag = c.u8();
    const kind = tag & 3;
    let size = (tag >> 2) + 1;
    let back = 0;
    if (kind === 0) {
      if (size > 60) size = c.uint(size - 60) + 1;
    } else if (kind === 1) {
      size = ((tag >> 2) & 7) + 4;
      back = ((tag >> 5) << 8) | c.u8();
    } else back = kind === 2 ? c.u16() : c.u32();
    if (size > length - n) throw c.fail("a piece", `${size} bytes`, `at most ${length - n}`, at);
    if (kind === 0) out.set(c.view(size, "a literal"), n);
    else {
      if (back < 1 || back > n) throw c.fail("a copy's distance", back, `1 to ${n}`, at);
      for (let i = 0; i < size; i++) out[n + i] = out[n - back + i]!;
    }
    n += size;
  }
  if (n !== length) throw c.fail("the unpacked data", `${n} bytes`, `${length} bytes`);
  return out;
}
