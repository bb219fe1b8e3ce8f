/** Amounts that the four words of a round turn by. */
const TURNS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;
/** Steps from one 32-bit word of a block to the next, and where each round begins. */
const ORDER = [
  [1, 0],
  [5, 1],
  [3, 5],
  [7, 0],
] as const;

let sines: Int32Array | undefined;

/**
 * The MD5 sum of bytes, 16 bytes: good for names and seeds, not for secrets.
 *
 * Source: R. Rivest, RFC 1321.
 *
 * @example
 * ```ts
 * import { md5 } from "@cognate/formats";
 * import { print } from "@cognate/py";
 * print([...md5(new TextEncoder().encode("abc")).subarray(0, 4)]); // prints [144, 1, 80, 152]
 * ```
 */
export function md5(bytes: Uint8Array): Uint8Array {
  sines ??= Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);
  const padded = new Uint8Array((((bytes.length + 8) >>> 6) + 1) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, bytes.length << 3, true);
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 2 ** 29), true);
  const state = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476);
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d] = state as unknown as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed =
        round === 0
          ? (b & c) | (~b & d)
          : round === 1
            ? (d & b) | (~d & c)
            : round === 2
              ? b ^ c ^ d
              : c ^ (b | ~d);
      const [by, from] = ORDER[round]!;
      const word = view.getInt32(block + 4 * ((by * i + from) & 15), true);
      const sum = (a + mixed + sines[i]! + word) | 0;
      const turn = TURNS[round]![i & 3]!;
      [a, d, c, b] = [d, c, b, (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0];
    }
    state[0]! += a;
    state[1]! += b;
    state[2]! += c;
    state[3]! += d;
  }
  return new Uint8Array(state.buffer.slice(0));
}
