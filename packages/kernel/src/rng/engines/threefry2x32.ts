const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;

/**
 * Threefry2x32-20: writes two words that are a keyed mixture of two others.
 *
 * Source: J. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011).
 */
export function threefry2x32(k0: number, k1: number, x0: number, x1: number, out: Uint32Array, at = 0): void {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  const keys = [k0 | 0, k1 | 0, k2];
  let a = (x0 + k0) | 0;
  let b = (x1 + k1) | 0;
  for (let group = 0; group < 5; group++) {
    const first = 4 * (group & 1);
    for (let j = 0; j < 4; j++) {
      const by = ROTATIONS[first + j]!;
      a = (a + b) | 0;
      b = ((b << by) | (b >>> (32 - by))) ^ a;
    }
    a = (a + keys[(group + 1) % 3]!) | 0;
    b = (b + keys[(group + 2) % 3]! + group + 1) | 0;
  }
  out[at] = a;
  out[at + 1] = b;
}

/**
 * How an array of words comes out of Threefry blocks; n words, h = ⌈n/2⌉ blocks.
 *
 * - `split`: block i mixes the numbers i and h + i (0 past the end); all first words, then all second ones.
 * - `wide`: block i mixes the halves (lower first) of the 64-bit number counter + i and gives words 2i and 2i + 1.
 * - `folded`: n blocks of the halves (upper first) of i; word i is the exclusive or of the block's two.
 */
export type ThreefryLayout = "split" | "wide" | "folded";

/** Fills words from a 64-bit key (lower half first) and, in the `wide` layout, a 64-bit counter. */
export function fillThreefry(
  out: Uint32Array,
  layout: ThreefryLayout,
  key: readonly [number, number],
  counter: readonly [number, number] = [0, 0],
): Uint32Array {
  const n = out.length;
  const [k0, k1] = key;
  const block = new Uint32Array(2);
  if (layout === "folded") {
    for (let i = 0; i < n; i++) {
      threefry2x32(k0, k1, Math.floor(i / 4294967296), i >>> 0, block);
      out[i] = block[0]! ^ block[1]!;
    }
    return out;
  }
  const half = Math.ceil(n / 2);
  for (let i = 0; i < half; i++) {
    if (layout === "wide") {
      const sum = counter[0] + i;
      threefry2x32(k0, k1, sum >>> 0, (counter[1] + Math.floor(sum / 4294967296)) >>> 0, block);
      out[2 * i] = block[0]!;
      if (2 * i + 1 < n) out[2 * i + 1] = block[1]!;
    } else {
      threefry2x32(k0, k1, i, half + i < n ? half + i : 0, block);
      out[i] = block[0]!;
      if (half + i < n) out[half + i] = block[1]!;
    }
  }
  return out;
}
