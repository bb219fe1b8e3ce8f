/*
 * Values sorted by digits of eight or eleven bits, from the lowest on: every digit is counted in one pass, digits that all
 * elements share are passed over, the first pass reads numbers as they are and the last one writes them so. Keys are the bits
 * in unsigned order, NaN as the largest and −0 as 0.
 */

/** From this length on digits have eleven bits. */
const LONG: i32 = 20000;
/** Up to this length elements are inserted one by one. */
const SHORT: i32 = 40;
const COUNTS: i32 = 8 * 256 * 4;
const LONG_COUNTS: i32 = 6 * 2048 * 4;

/** Bytes of room for lines of n elements of `width` bytes. */
export function sort_values_room(n: i32, width: i32): i32 {
  return n * width + (n < LONG ? COUNTS : LONG_COUNTS) + 64;
}

// @ts-ignore: decorator
@inline
function at8(x: usize, i: i32): usize {
  return x + (<usize>i << 3);
}

// @ts-ignore: decorator
@inline
function at4(x: usize, i: i32): usize {
  return x + (<usize>i << 2);
}

const SIGN: u64 = 0x8000000000000000;
const SIGN32: u32 = 0x80000000;

/** Key of the bits of a number; `flip` holds the bits that negative ones turn: all but the sign of floats, none of integers. */
// @ts-ignore: decorator
@inline
function key64(bits: u64, flip: u64): u64 {
  return bits ^ ((<u64>(<i64>bits >> 63) & flip) | SIGN);
}
// @ts-ignore: decorator
@inline
function bits64(key: u64, flip: u64): u64 {
  return key ^ ((<u64>(~<i64>key >> 63) & flip) | SIGN);
}
// @ts-ignore: decorator
@inline
function key32(bits: u32, flip: u32): u32 {
  return bits ^ ((<u32>(<i32>bits >> 31) & flip) | SIGN32);
}
// @ts-ignore: decorator
@inline
function bits32(key: u32, flip: u32): u32 {
  return key ^ ((<u32>(~<i32>key >> 31) & flip) | SIGN32);
}

/** Bits of which NaNs and zeros have one sort each. */
// @ts-ignore: decorator
@inline
function plain64(bits: u64): u64 {
  return bits == SIGN ? 0 : (bits & ~SIGN) > 0x7ff0000000000000 ? 0x7ff8000000000000 : bits;
}
// @ts-ignore: decorator
@inline
function plain32(bits: u32): u32 {
  return bits == SIGN32 ? 0 : (bits & ~SIGN32) > 0x7f800000 ? 0x7fc00000 : bits;
}

/** Counts of a digit become starts. */
// @ts-ignore: decorator
@inline
function accumulate(counts: usize, size: i32): void {
  let sum = 0;
  for (let c = counts; c < counts + (<usize>size << 2); c += 4) {
    const n = load<i32>(c);
    store<i32>(c, sum);
    sum += n;
  }
}

// @ts-ignore: decorator
@inline
function count(c: usize): void {
  store<i32>(c, load<i32>(c) + 1);
}

/** Where the next element of a digit goes. */
// @ts-ignore: decorator
@inline
function take(counts: usize, digit: u32): i32 {
  const c = counts + (<usize>digit << 2);
  const place = load<i32>(c);
  store<i32>(c, place + 1);
  return place;
}

function insert64(x: usize, n: i32, flip: u64, y: usize): void {
  for (let i = 0; i < n; i++) {
    let bits = load<u64>(at8(x, i));
    const key = <i64>key64(flip ? plain64(bits) : bits, flip) ^ SIGN;
    let j = i - 1;
    for (; j >= 0; j--) {
      const other = load<i64>(at8(y, j));
      if (other <= key) break;
      store<i64>(at8(y, j), other, 8);
    }
    store<i64>(at8(y, j), key, 8);
  }
  for (let i = 0; i < n; i++) store<u64>(at8(y, i), bits64(load<u64>(at8(y, i)) ^ SIGN, flip));
}

function insert32(x: usize, n: i32, flip: u32, y: usize): void {
  for (let i = 0; i < n; i++) {
    let bits = load<u32>(at4(x, i));
    const key = key32(flip ? plain32(bits) : bits, flip);
    let j = i - 1;
    for (; j >= 0; j--) {
      const other = load<u32>(at4(y, j));
      if (other <= key) break;
      store<u32>(at4(y, j), other, 4);
    }
    store<u32>(at4(y, j), key, 4);
  }
  for (let i = 0; i < n; i++) store<u32>(at4(y, i), bits32(load<u32>(at4(y, i)), flip));
}

/** One line; whether it holds a −0. */
// @ts-ignore: decorator
@inline
function line64(x: usize, n: i32, flip: u64, y: usize, room: usize, bits: i32, digits: i32): void {
  const size = 1 << bits;
  const mask = <u64>(size - 1);
  const counts = room;
  const spare = room + <usize>((digits << bits) << 2);
  memory.fill(counts, 0, (digits << bits) << 2);
  let special = false;
  for (let i = 0; i < n; i++) {
    const raw = load<u64>(at8(x, i));
    const own = flip ? plain64(raw) : raw;
    special = special || own != raw;
    let key = key64(own, flip);
    let c = counts;
    count(c + (<usize>(key & mask) << 2));
    count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
    count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
    count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
    count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
    count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
    if (digits == 6) continue;
    count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
    count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
  }
  const first = key64(flip ? plain64(load<u64>(x)) : load<u64>(x), flip);
  let passes = 0;
  for (let d = 0; d < digits; d++)
    if (load<i32>(counts + (<usize>((<u32>((first >> (d * bits)) & mask)) | (d << bits)) << 2)) != n) passes++;
  // One pass reads numbers and another writes them.
  let alone = passes == 1;
  if (alone) passes = 2;
  let from = x;
  let to = passes & 1 ? y : spare;
  if (special || passes == 0) {
    from = passes & 1 ? spare : y;
    for (let i = 0; i < n; i++) {
      const raw = load<u64>(at8(x, i));
      store<u64>(at8(from, i), flip ? plain64(raw) : raw);
    }
  }
  let pass = 0;
  for (let d = 0; d < digits; d++) {
    const shift = <u64>(d * bits);
    const places = counts + <usize>((d << bits) << 2);
    if (load<i32>(places + (<usize>((first >> shift) & mask) << 2)) == n) {
      if (!alone) continue;
      alone = false;
    }
    accumulate(places, size);
    pass++;
    if (pass == 1)
      for (let i = 0; i < n; i++) {
        const key = key64(load<u64>(at8(from, i)), flip);
        store<u64>(at8(to, take(places, <u32>((key >> shift) & mask))), key);
      }
    else if (pass < passes)
      for (let i = 0; i < n; i++) {
        const key = load<u64>(at8(from, i));
        store<u64>(at8(to, take(places, <u32>((key >> shift) & mask))), key);
      }
    else
      for (let i = 0; i < n; i++) {
        const key = load<u64>(at8(from, i));
        store<u64>(at8(to, take(places, <u32>((key >> shift) & mask))), bits64(key, flip));
      }
    from = to;
    to = to == y ? spare : y;
  }
}

// @ts-ignore: decorator
@inline
function line32(x: usize, n: i32, flip: u32, y: usize, room: usize, bits: i32, digits: i32): void {
  const size = 1 << bits;
  const mask = <u32>(size - 1);
  const counts = room;
  const spare = room + <usize>((digits << bits) << 2);
  memory.fill(counts, 0, (digits << bits) << 2);
  let special = false;
  for (let i = 0; i < n; i++) {
    const raw = load<u32>(at4(x, i));
    const own = flip ? plain32(raw) : raw;
    special = special || own != raw;
    let key = key32(own, flip);
    let c = counts;
    count(c + (<usize>(key & mask) << 2));
    count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
    count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
    if (digits == 4) count((c += size << 2) + (<usize>((key >>= bits) & mask) << 2));
  }
  const first = key32(flip ? plain32(load<u32>(x)) : load<u32>(x), flip);
  let passes = 0;
  for (let d = 0; d < digits; d++)
    if (load<i32>(counts + (<usize>(((first >> (d * bits)) & mask) | (d << bits)) << 2)) != n) passes++;
  // One pass reads numbers and another writes them.
  let alone = passes == 1;
  if (alone) passes = 2;
  let from = x;
  let to = passes & 1 ? y : spare;
  if (special || passes == 0) {
    from = passes & 1 ? spare : y;
    for (let i = 0; i < n; i++) {
      const raw = load<u32>(at4(x, i));
      store<u32>(at4(from, i), flip ? plain32(raw) : raw);
    }
  }
  let pass = 0;
  for (let d = 0; d < digits; d++) {
    const shift = <u32>(d * bits);
    const places = counts + <usize>((d << bits) << 2);
    if (load<i32>(places + (<usize>((first >> shift) & mask) << 2)) == n) {
      if (!alone) continue;
      alone = false;
    }
    accumulate(places, size);
    pass++;
    if (pass == 1)
      for (let i = 0; i < n; i++) {
        const key = key32(load<u32>(at4(from, i)), flip);
        store<u32>(at4(to, take(places, (key >> shift) & mask)), key);
      }
    else if (pass < passes)
      for (let i = 0; i < n; i++) {
        const key = load<u32>(at4(from, i));
        store<u32>(at4(to, take(places, (key >> shift) & mask)), key);
      }
    else
      for (let i = 0; i < n; i++) {
        const key = load<u32>(at4(from, i));
        store<u32>(at4(to, take(places, (key >> shift) & mask)), bits32(key, flip));
      }
    from = to;
    to = to == y ? spare : y;
  }
}

/** Zeros of a sorted line in the order that they had, where some of them are −0. */
function zeros64(x: usize, n: i32, y: usize): void {
  let seen = false;
  for (let i = 0; i < n && !seen; i++) seen = load<u64>(at8(x, i)) == SIGN;
  if (!seen) return;
  let low = 0;
  for (let high = n; low < high; ) {
    const mid = (low + high) >> 1;
    if (load<f64>(at8(y, mid)) < 0) low = mid + 1;
    else high = mid;
  }
  for (let i = 0; i < n; i++) {
    const bits = load<u64>(at8(x, i));
    if (bits << 1 == 0) store<u64>(at8(y, low++), bits);
  }
}

function zeros32(x: usize, n: i32, y: usize): void {
  let seen = false;
  for (let i = 0; i < n && !seen; i++) seen = load<u32>(at4(x, i)) == SIGN32;
  if (!seen) return;
  let low = 0;
  for (let high = n; low < high; ) {
    const mid = (low + high) >> 1;
    if (load<f32>(at4(y, mid)) < 0) low = mid + 1;
    else high = mid;
  }
  for (let i = 0; i < n; i++) {
    const bits = load<u32>(at4(x, i));
    if (bits << 1 == 0) store<u32>(at4(y, low++), bits);
  }
}

/** Lines of n > 0 sorted from x into y. Kinds: 0 f32, 1 f64, 2 i32, 3 i64. */
export function sort_values(kind: i32, x: usize, lines: i32, n: i32, y: usize, room: usize): void {
  const floating = kind < 2;
  for (let l = 0; l < lines; l++) {
    if (kind & 1) {
      const flip: u64 = floating ? ~SIGN : 0;
      if (n <= SHORT) insert64(x, n, flip, y);
      else if (n < LONG) line64(x, n, flip, y, room, 8, 8);
      else line64(x, n, flip, y, room, 11, 6);
      if (floating) zeros64(x, n, y);
      x = at8(x, n);
      y = at8(y, n);
    } else {
      const flip: u32 = floating ? ~SIGN32 : 0;
      if (n <= SHORT) insert32(x, n, flip, y);
      else if (n < LONG) line32(x, n, flip, y, room, 8, 4);
      else line32(x, n, flip, y, room, 11, 3);
      if (floating) zeros32(x, n, y);
      x = at4(x, n);
      y = at4(y, n);
    }
  }
}
