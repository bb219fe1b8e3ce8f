/* Many words of random engines at once; states as the classes of `src/rng/engines` hold them. */

/** Upper half of a product of 64 bits each. */
function high(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const cross = a0 * b1;
  const middle = ((a0 * b0) >> 32) + (cross & 0xffffffff) + a1 * b0;
  return a1 * b1 + (cross >> 32) + (middle >> 32);
}

/** `n` words of PCG-XSL-RR 128/64; state and increment at `state`. */
export function pcg64_words(state: usize, out: usize, n: i32): void {
  let lo = load<u64>(state);
  let hi = load<u64>(state, 8);
  const plusLo = load<u64>(state, 16);
  const plusHi = load<u64>(state, 24);
  const end = out + (<usize>n << 3);
  for (; out < end; out += 8) {
    const product = lo * 0x4385df649fccf645;
    const next = product + plusLo;
    hi =
      high(lo, 0x4385df649fccf645) +
      lo * 0x2360ed051fc65da4 +
      hi * 0x4385df649fccf645 +
      plusHi +
      <u64>(next < product);
    lo = next;
    store<u64>(out, rotr<u64>(hi ^ lo, hi >> 58));
  }
  store<u64>(state, lo);
  store<u64>(state, hi, 8);
}

/** `n` words of SFC64; a, b, c and the counter at `state`. */
export function sfc64_words(state: usize, out: usize, n: i32): void {
  let a = load<u64>(state);
  let b = load<u64>(state, 8);
  let c = load<u64>(state, 16);
  let count = load<u64>(state, 24);
  const end = out + (<usize>n << 3);
  for (; out < end; out += 8) {
    const word = a + b + count++;
    a = b ^ (b >> 11);
    b = c + (c << 3);
    c = rotl<u64>(c, 24) + word;
    store<u64>(out, word);
  }
  store<u64>(state, a);
  store<u64>(state, b, 8);
  store<u64>(state, c, 16);
  store<u64>(state, count, 24);
}

/** `n` blocks of four words of Philox4x64-10; counter (which goes up before each) and key at `state`. */
export function philox64_words(state: usize, out: usize, n: i32): void {
  for (; n > 0; n--, out += 32) {
    for (let i: usize = 0; i < 32; i += 8) {
      const digit = load<u64>(state + i) + 1;
      store<u64>(state + i, digit);
      if (digit != 0) break;
    }
    let x = load<u64>(state);
    let y = load<u64>(state, 8);
    let z = load<u64>(state, 16);
    let w = load<u64>(state, 24);
    let k = load<u64>(state, 32);
    let l = load<u64>(state, 40);
    for (let round = 0; round < 10; round++) {
      const top = high(z, 0xca5a826395121157) ^ y ^ k;
      y = z * 0xca5a826395121157;
      z = high(x, 0xd2e7470ee14c6c93) ^ w ^ l;
      w = x * 0xd2e7470ee14c6c93;
      x = top;
      k += 0x9e3779b97f4a7c15;
      l += 0xbb67ae8584caa73b;
    }
    store<u64>(out, x);
    store<u64>(out, y, 8);
    store<u64>(out, z, 16);
    store<u64>(out, w, 24);
  }
}

/** Four words of the next block from neighbours and from those further on. */
// @ts-ignore: decorator
@inline
function twist4(at: usize, far: usize): void {
  const y = v128.or(
    v128.and(v128.load(at), i32x4.splat(0x80000000)),
    v128.and(v128.load(at, 4), i32x4.splat(0x7fffffff)),
  );
  const odd = i32x4.neg(v128.and(y, i32x4.splat(1)));
  const x = v128.xor(v128.load(far), i32x4.shr_u(y, 1));
  v128.store(at, v128.xor(x, v128.and(odd, i32x4.splat(0x9908b0df))));
}

function twist1(key: usize, i: i32, next: i32, far: i32): void {
  const y = (load<u32>(key + (i << 2)) & 0x80000000) | (load<u32>(key + (next << 2)) & 0x7fffffff);
  store<u32>(key + (i << 2), load<u32>(key + (far << 2)) ^ (y >> 1) ^ (y & 1 ? 0x9908b0df : 0));
}

/** `n` words of 32 bits of the Mersenne Twister, of whose key `position` words were handed out; gives the new position. */
export function mt19937_words(key: usize, position: i32, out: usize, n: i32): i32 {
  while (n > 0) {
    if (position == 624) {
      let i = 0;
      for (; i < 224; i += 4) twist4(key + (i << 2), key + ((i + 397) << 2));
      for (; i < 227; i++) twist1(key, i, i + 1, i + 397);
      for (; i < 623; i += 4) twist4(key + (i << 2), key + ((i - 227) << 2));
      twist1(key, 623, 0, 396);
      position = 0;
    }
    const count = min(n, 624 - position);
    let from = key + (position << 2);
    for (let i = 0; i < count; i += 4) {
      let y = v128.load(from);
      y = v128.xor(y, i32x4.shr_u(y, 11));
      y = v128.xor(y, v128.and(i32x4.shl(y, 7), i32x4.splat(0x9d2c5680)));
      y = v128.xor(y, v128.and(i32x4.shl(y, 15), i32x4.splat(0xefc60000)));
      y = v128.xor(y, i32x4.shr_u(y, 18));
      if (i + 4 <= count) v128.store(out, y);
      else {
        store<i32>(out, i32x4.extract_lane(y, 0));
        if (i + 1 < count) store<i32>(out, i32x4.extract_lane(y, 1), 4);
        if (i + 2 < count) store<i32>(out, i32x4.extract_lane(y, 2), 8);
      }
      from += 16;
      out += <usize>min(4, count - i) << 2;
    }
    position += count;
    n -= count;
  }
  return position;
}

/**
 * Words become numbers of [0, 1) in place: the upper 53 bits of one of 64 bits (0); 27 and 26 bits of two of 32 (1); the lower 53
 * bits of two, the upper first (2); in float32 the upper 24 bits of one of 32 (3), or the lower ones (4).
 */
export function words_uniform(kind: i32, x: usize, n: i32): void {
  const tiny: f64 = 1.0 / 9007199254740992.0;
  if (kind >= 3) {
    const mask = i32x4.splat(0xffffff);
    for (let i = 0; i < n; i += 4, x += 16) {
      // Up to three words behind the last are read and written as they were.
      const w = v128.load(x);
      const v = kind == 3 ? i32x4.shr_u(w, 8) : v128.and(w, mask);
      const y = f32x4.mul(f32x4.convert_i32x4_s(v), f32x4.splat(<f32>5.9604644775390625e-8));
      if (i + 4 <= n) v128.store(x, y);
      else {
        store<f32>(x, f32x4.extract_lane(y, 0));
        if (i + 1 < n) store<f32>(x, f32x4.extract_lane(y, 1), 4);
        if (i + 2 < n) store<f32>(x, f32x4.extract_lane(y, 2), 8);
      }
    }
    return;
  }
  for (const end = x + (<usize>n << 3); x < end; x += 8) {
    if (kind == 0) store<f64>(x, <f64>(<i64>(load<u64>(x) >> 11)) * tiny);
    else {
      const a = load<u32>(x);
      const b = load<u32>(x, 4);
      if (kind == 1) store<f64>(x, (<f64>(a >> 5) * 67108864.0 + <f64>(b >> 6)) * tiny);
      else store<f64>(x, (<f64>(a & 0x1fffff) * 4294967296.0 + <f64>b) * tiny);
    }
  }
}

/**
 * Integers base … base + max from words of 32 bits, written as 64 (`wide`) or 32 bits: by a mask and another try beyond `max`, or
 * (mask 0) the upper half of a product and another try below the threshold. Gives how many there are.
 */
export function words_bounded(
  words: usize,
  n: i32,
  mask: u32,
  max: u32,
  threshold: u32,
  base: i64,
  wide: i32,
  out: usize,
): i32 {
  let made = 0;
  for (const end = words + (<usize>n << 2); words < end; words += 4) {
    let v = load<u32>(words);
    if (mask != 0) {
      v &= mask;
      if (v > max) continue;
    } else {
      const product = <u64>v * (<u64>max + 1);
      if (<u32>product < threshold) continue;
      v = <u32>(product >> 32);
    }
    if (wide != 0) {
      store<i64>(out, base + <i64>v);
      out += 8;
    } else {
      store<i32>(out, <i32>base + <i32>v);
      out += 4;
    }
    made++;
  }
  return made;
}
