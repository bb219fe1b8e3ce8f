/** Where each kind of probability begins in the one table of all; `scripts/lzma.mjs` counts with the same. */
export const AT = {
  match: 0,
  rep: 12,
  rep0: 24,
  rep1: 36,
  rep2: 48,
  rep0Long: 60,
  lengths: 72,
  repLengths: 346,
  slots: 620,
  distances: 876,
  align: 992,
  literals: 1008,
  count: 1008 + 8 * 0x300,
} as const;

/** The share by which a probability follows what it sees. */
const FOLLOW = 4;

/**
 * The bytes of a stream of LZMA's kind without header: matches and literals, each choice written with the probability
 * that it had so far. Literals are told apart by the upper three bits of the byte before, positions are not.
 */
export function unlzma(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  const chances = new Uint16Array(AT.count).fill(1024);
  // Below 2³¹, so that engines hold them as small integers.
  let range = 0x7fffffff;
  let code = 0;
  let at = 0;
  while (at < 4) code = (code << 8) | packed[at++]!;

  const bit = (i: number): number => {
    const chance = chances[i]!;
    const bound = (range >>> 11) * chance;
    let b = 0;
    if (code < bound) {
      range = bound;
      chances[i] = chance + ((2048 - chance) >> FOLLOW);
    } else {
      b = 1;
      range -= bound;
      code -= bound;
      chances[i] = chance - (chance >> FOLLOW);
    }
    if (range < 0x800000) {
      range <<= 8;
      code = (code << 8) | packed[at++]!;
    }
    return b;
  };
  /** A number of some bits, the highest first. */
  const tree = (base: number, bits: number): number => {
    let node = 1;
    for (let i = 0; i < bits; i++) node = 2 * node + bit(base + node);
    return node - (1 << bits);
  };
  /** A number of some bits, the lowest first. */
  const reverse = (base: number, bits: number): number => {
    let [node, n] = [1, 0];
    for (let i = 0; i < bits; i++) {
      const b = bit(base + node);
      node = 2 * node + b;
      n |= b << i;
    }
    return n;
  };
  const length = (base: number): number => {
    if (bit(base) === 0) return 2 + tree(base + 2, 3);
    if (bit(base + 1) === 0) return 10 + tree(base + 10, 3);
    return 18 + tree(base + 18, 8);
  };
  const distance = (long: number): number => {
    const slot = tree(AT.slots + 64 * Math.min(long - 2, 3), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) << bits;
    if (slot < 14) return high + reverse(AT.distances + high - slot, bits);
    let direct = 0;
    for (let i = 4; i < bits; i++) {
      range >>= 1;
      direct *= 2;
      if (code >= range) {
        code -= range;
        direct++;
      }
      if (range < 0x800000) {
        range <<= 8;
        code = (code << 8) | packed[at++]!;
      }
    }
    return high + 16 * direct + reverse(AT.align, 4);
  };

  let state = 0;
  const reps = [0, 0, 0, 0];
  for (let i = 0; i < size; ) {
    if (bit(AT.match + state) === 0) {
      const base = AT.literals + 0x300 * ((i > 0 ? out[i - 1]! : 0) >> 5);
      let node = 1;
      // After a match the byte that would have gone on with it is known, and likely wrong.
      if (state >= 7)
        for (let other = out[i - reps[0]! - 1]!; node < 256; ) {
          const expected = (other >> 7) & 1;
          other <<= 1;
          const b = bit(base + 256 * (1 + expected) + node);
          node = 2 * node + b;
          if (b !== expected) break;
        }
      while (node < 256) node = 2 * node + bit(base + node);
      out[i++] = node;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let long = 1;
    if (bit(AT.rep + state) === 0) {
      long = length(AT.lengths);
      reps.pop();
      reps.unshift(distance(long));
      state = state < 7 ? 7 : 10;
    } else {
      let which = 0;
      if (bit(AT.rep0 + state) === 1) which = bit(AT.rep1 + state) === 0 ? 1 : 2 + bit(AT.rep2 + state);
      const short = which === 0 && bit(AT.rep0Long + state) === 0;
      reps.unshift(...reps.splice(which, 1));
      if (!short) long = length(AT.repLengths);
      state = short ? (state < 7 ? 9 : 11) : state < 7 ? 8 : 11;
    }
    for (const end = i + long; i < end; i++) out[i] = out[i - reps[0]! - 1]!;
  }
  return out;
}
