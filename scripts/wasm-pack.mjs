// How WASM code is written into a TypeScript module: packages/kernel/src/wasm/code.ts reads it.
import { lzma } from "./lzma.mjs";

export const plain = (bytes) => Buffer.from(bytes).toString("base64");
/** All parts one after the other, compressed, as base64. */
export const packed = (parts) => plain(lzma(Buffer.concat(parts)));

const SHORTEST = 4;
const KEY = 8;
const NEAR = [0, 1, -1, 2, -2, 3, -3];

/**
 * What turns `base` into `next`, over and over: a count of new bytes and these, then how far the copy begins from where the last one ended, and its length.
 * Numbers stand as in LEB128, with the sign in the lowest bit.
 */
export function difference(base, next) {
  const places = new Map();
  for (let i = 0; i + KEY <= base.length; i++) {
    const key = base.toString("latin1", i, i + KEY);
    const list = places.get(key);
    if (list) list.push(i);
    else places.set(key, [i]);
  }
  const out = [];
  const number = (n) => {
    let rest = n < 0 ? -2 * n - 1 : 2 * n;
    for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest & 127) | 128);
    out.push(rest);
  };
  const equalBytes = (i, at) => {
    let n = 0;
    while (i + n < next.length && at + n < base.length && next[i + n] === base[at + n]) n++;
    return n;
  };
  let fresh = 0;
  let last = 0;
  const write = (end, at, length) => {
    number(end - fresh);
    for (let i = fresh; i < end; i++) out.push(next[i]);
    number(at - last);
    number(length);
    last = at + length;
    fresh = end + length;
  };
  for (let i = 0; i < next.length; ) {
    const beside = last + i - fresh;
    let at = 0;
    let length = 0;
    for (const place of [
      ...NEAR.map((d) => beside + d),
      ...(places.get(next.toString("latin1", i, i + KEY)) ?? []),
    ]) {
      if (place < 0) continue;
      const n = equalBytes(i, place);
      // A jump costs some bytes itself.
      if (n > length + (length ? SHORTEST : 0)) [at, length] = [place, n];
    }
    if (length >= SHORTEST) {
      write(i, at, length);
      i += length;
    } else i++;
  }
  write(next.length, last, 0);
  return Buffer.from(out);
}
