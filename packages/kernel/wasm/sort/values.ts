/*
 * Values sorted by the bits that vary among them, as unsigned keys (NaN as the largest, −0 as 0): three digits of the highest
 * ones, from the lowest digit on, and what they leave is inserted; where that is much, all digits.
 */

/** From this length on digits have eleven bits, else eight. */
const LONG: i32 = 20000;
/** Up to this length elements are only inserted. */
const SHORT: i32 = 40;
const COUNTS: i32 = 4 << 11;

/** Bytes of room for lines of n elements of `width` bytes. */
export function sort_values_room(n: i32, width: i32): i32 {
  return n * width + COUNTS + 64;
}

const SIGN64: u64 = 0x8000000000000000;
const INF64: u64 = 0x7ff0000000000000;
const NAN64: u64 = 0x7ff8000000000000;

// @ts-ignore: decorator
@inline
function at64(x: usize, i: i32): usize {
  return x + (<usize>i << 3);
}

/** Bits of which NaNs and zeros have one sort each. */
// @ts-ignore: decorator
@inline
function plain64(bits: u64): u64 {
  return bits == SIGN64 ? 0 : (bits & ~SIGN64) > INF64 ? NAN64 : bits;
}

/** Key of the bits of a number; `flip` holds the bits that negative ones turn: all but the sign of floats, none of integers. */
// @ts-ignore: decorator
@inline
function key64(raw: u64, flip: u64): u64 {
  const bits = flip ? plain64(raw) : raw;
  return bits ^ ((<u64>(<i64>bits >> 63) & flip) | SIGN64);
}

// @ts-ignore: decorator
@inline
function bits64(key: u64, flip: u64): u64 {
  return key ^ ((<u64>(~<i64>key >> 63) & flip) | SIGN64);
}

/** One pass: keys in the order of the digit above `shift`, equal ones in their old order. */
function pass64(from: usize, n: i32, to: usize, shift: u64, width: i32, counts: usize): void {
  const mask = <u64>((1 << width) - 1);
  memory.fill(counts, 0, 4 << width);
  for (let i = 0; i < n; i++) {
    const c = counts + (<usize>((load<u64>(at64(from, i)) >> shift) & mask) << 2);
    store<i32>(c, load<i32>(c) + 1);
  }
  let sum = 0;
  for (let c = counts; c < counts + (<usize>4 << width); c += 4) {
    const count = load<i32>(c);
    store<i32>(c, sum);
    sum += count;
  }
  for (let i = 0; i < n; i++) {
    const key = load<u64>(at64(from, i));
    const c = counts + (<usize>((key >> shift) & mask) << 2);
    const place = load<i32>(c);
    store<i32>(c, place + 1);
    store<u64>(at64(to, place), key);
  }
}

/** Inserts each key among those before; `false` where they were farther from their places than it pays. */
function insert64(x: usize, n: i32): bool {
  let budget = n << 3;
  for (let i = 1; i < n; i++) {
    const key = load<u64>(at64(x, i));
    let j = i - 1;
    for (; j >= 0; j--) {
      const other = load<u64>(at64(x, j));
      if (other <= key) break;
      store<u64>(at64(x, j), other, 8);
    }
    store<u64>(at64(x, j), key, 8);
    budget -= i - 1 - j;
    if (budget < 0) return false;
  }
  return true;
}

function line64(x: usize, n: i32, flip: u64, y: usize, room: usize): void {
  let from = room + COUNTS;
  let to = y;
  let all: u64 = ~0;
  let any: u64 = 0;
  for (let i = 0; i < n; i++) {
    const key = key64(load<u64>(at64(x, i)), flip);
    all &= key;
    any |= key;
    store<u64>(at64(from, i), key);
  }
  const varying = all ^ any;
  if (varying && (n > SHORT || !insert64(from, n))) {
    const low = <i32>ctz(varying);
    const high = 64 - <i32>clz(varying);
    const most = n < LONG ? 8 : 11;
    // Three digits of the highest bits leave little to insert, if anything.
    let bottom = max(low, high - 3 * most);
    let passes = (high - bottom + most - 1) / most;
    let width = (high - bottom + passes - 1) / passes;
    for (let round = 0; round < 2; round++) {
      for (let p = 0; p < passes; p++) {
        pass64(from, n, to, <u64>(bottom + p * width), min(width, high - bottom - p * width), room);
        const other = from;
        from = to;
        to = other;
      }
      if (bottom == low || insert64(from, n)) break;
      // Many share the highest bits: all digits, from the lowest on.
      bottom = low;
      passes = (high - low + 10) / 11;
      width = 11;
    }
  }
  for (let i = 0; i < n; i++) store<u64>(at64(y, i), bits64(load<u64>(at64(from, i)), flip));
}

/** Zeros of a sorted line in the order that they had, where some of them are −0. */
function zeros64(x: usize, n: i32, y: usize): void {
  let seen = false;
  for (let i = 0; i < n && !seen; i++) seen = load<u64>(at64(x, i)) == SIGN64;
  if (!seen) return;
  let low = 0;
  for (let high = n; low < high; ) {
    const mid = (low + high) >> 1;
    if (load<f64>(at64(y, mid)) < 0) low = mid + 1;
    else high = mid;
  }
  for (let i = 0; i < n; i++) {
    const bits = load<u64>(at64(x, i));
    if (bits << 1 == 0) store<u64>(at64(y, low++), bits);
  }
}

const SIGN32: u32 = 0x80000000;
const INF32: u32 = 0x7f800000;
const NAN32: u32 = 0x7fc00000;

// @ts-ignore: decorator
@inline
function at32(x: usize, i: i32): usize {
  return x + (<usize>i << 2);
}

/** Bits of which NaNs and zeros have one sort each. */
// @ts-ignore: decorator
@inline
function plain32(bits: u32): u32 {
  return bits == SIGN32 ? 0 : (bits & ~SIGN32) > INF32 ? NAN32 : bits;
}

/** Key of the bits of a number; `flip` holds the bits that negative ones turn: all but the sign of floats, none of integers. */
// @ts-ignore: decorator
@inline
function key32(raw: u32, flip: u32): u32 {
  const bits = flip ? plain32(raw) : raw;
  return bits ^ ((<u32>(<i32>bits >> 31) & flip) | SIGN32);
}

// @ts-ignore: decorator
@inline
function bits32(key: u32, flip: u32): u32 {
  return key ^ ((<u32>(~<i32>key >> 31) & flip) | SIGN32);
}

/** One pass: keys in the order of the digit above `shift`, equal ones in their old order. */
function pass32(from: usize, n: i32, to: usize, shift: u32, width: i32, counts: usize): void {
  const mask = <u32>((1 << width) - 1);
  memory.fill(counts, 0, 4 << width);
  for (let i = 0; i < n; i++) {
    const c = counts + (<usize>((load<u32>(at32(from, i)) >> shift) & mask) << 2);
    store<i32>(c, load<i32>(c) + 1);
  }
  let sum = 0;
  for (let c = counts; c < counts + (<usize>4 << width); c += 4) {
    const count = load<i32>(c);
    store<i32>(c, sum);
    sum += count;
  }
  for (let i = 0; i < n; i++) {
    const key = load<u32>(at32(from, i));
    const c = counts + (<usize>((key >> shift) & mask) << 2);
    const place = load<i32>(c);
    store<i32>(c, place + 1);
    store<u32>(at32(to, place), key);
  }
}

/** Inserts each key among those before; `false` where they were farther from their places than it pays. */
function insert32(x: usize, n: i32): bool {
  let budget = n << 3;
  for (let i = 1; i < n; i++) {
    const key = load<u32>(at32(x, i));
    let j = i - 1;
    for (; j >= 0; j--) {
      const other = load<u32>(at32(x, j));
      if (other <= key) break;
      store<u32>(at32(x, j), other, 4);
    }
    store<u32>(at32(x, j), key, 4);
    budget -= i - 1 - j;
    if (budget < 0) return false;
  }
  return true;
}

function line32(x: usize, n: i32, flip: u32, y: usize, room: usize): void {
  let from = room + COUNTS;
  let to = y;
  let all: u32 = ~0;
  let any: u32 = 0;
  for (let i = 0; i < n; i++) {
    const key = key32(load<u32>(at32(x, i)), flip);
    all &= key;
    any |= key;
    store<u32>(at32(from, i), key);
  }
  const varying = all ^ any;
  if (varying && (n > SHORT || !insert32(from, n))) {
    const low = <i32>ctz(varying);
    const high = 32 - <i32>clz(varying);
    const most = n < LONG ? 8 : 11;
    // Three digits of the highest bits leave little to insert, if anything.
    let bottom = max(low, high - 3 * most);
    let passes = (high - bottom + most - 1) / most;
    let width = (high - bottom + passes - 1) / passes;
    for (let round = 0; round < 2; round++) {
      for (let p = 0; p < passes; p++) {
        pass32(from, n, to, <u32>(bottom + p * width), min(width, high - bottom - p * width), room);
        const other = from;
        from = to;
        to = other;
      }
      if (bottom == low || insert32(from, n)) break;
      // Many share the highest bits: all digits, from the lowest on.
      bottom = low;
      passes = (high - low + 10) / 11;
      width = 11;
    }
  }
  for (let i = 0; i < n; i++) store<u32>(at32(y, i), bits32(load<u32>(at32(from, i)), flip));
}

/** Zeros of a sorted line in the order that they had, where some of them are −0. */
function zeros32(x: usize, n: i32, y: usize): void {
  let seen = false;
  for (let i = 0; i < n && !seen; i++) seen = load<u32>(at32(x, i)) == SIGN32;
  if (!seen) return;
  let low = 0;
  for (let high = n; low < high; ) {
    const mid = (low + high) >> 1;
    if (load<f32>(at32(y, mid)) < 0) low = mid + 1;
    else high = mid;
  }
  for (let i = 0; i < n; i++) {
    const bits = load<u32>(at32(x, i));
    if (bits << 1 == 0) store<u32>(at32(y, low++), bits);
  }
}

/** Lines of n > 0 sorted from x into y. Kinds: 0 f32, 1 f64, 2 i32, 3 i64. */
export function sort_values(kind: i32, x: usize, lines: i32, n: i32, y: usize, room: usize): void {
  for (let l = 0; l < lines; l++) {
    if (kind & 1) {
      line64(x, n, kind == 1 ? ~SIGN64 : 0, y, room);
      if (kind == 1) zeros64(x, n, y);
      x = at64(x, n);
      y = at64(y, n);
    } else {
      line32(x, n, kind == 0 ? ~SIGN32 : 0, y, room);
      if (kind == 0) zeros32(x, n, y);
      x = at32(x, n);
      y = at32(y, n);
    }
  }
}
