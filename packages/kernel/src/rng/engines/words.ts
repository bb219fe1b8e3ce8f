// 64- and 128-bit integers as 32-bit words in doubles: bigints would be allocated one by one in the innermost loops.

/** Upper 32 bits of the product of two unsigned 32-bit integers, from products of halves. */
export function multiplyHigh(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const middle = ah * bl + ((al * bl) >>> 16);
  const other = al * bh + (middle & 0xffff);
  return ah * bh + (middle >>> 16) + (other >>> 16);
}

/** Bits `32·i … 32·i + 31` of a non-negative bigint. */
export const wordOf = (v: bigint, i: number): number => Number((v >> BigInt(32 * i)) & 0xffffffffn);

/** The bigint whose 32-bit words, lowest first, are these. */
export function fromWords(words: ArrayLike<number>, from = 0, count = words.length - from): bigint {
  let v = 0n;
  for (let i = count - 1; i >= 0; i--) v = (v << 32n) | BigInt(words[from + i]! >>> 0);
  return v;
}

/** Writes `count` 32-bit words of a bigint, lowest first; bits beyond are dropped. */
export function toWords(v: bigint, out: Uint32Array, from: number, count: number): void {
  const rest = BigInt.asUintN(32 * count, v);
  for (let i = 0; i < count; i++) out[from + i] = wordOf(rest, i);
}

/** The 32-bit words of a non-negative integer, lowest first and as few as hold it; 0 has one. */
export function wordsOf(v: bigint): number[] {
  const words: number[] = [];
  do {
    words.push(wordOf(v, 0));
    v >>= 32n;
  } while (v > 0n);
  return words;
}
