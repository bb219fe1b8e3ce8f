/*
 * Values sorted by the bits that vary among them, as unsigned keys (NaN as the largest, −0 as 0): three digits of the highest
 * ones (two wider ones where there are some hundreds of elements), from the lowest digit on, and what they leave is inserted; where
 * that is much, all digits.
 */

/** From this length on digits have eleven bits, else eight. */
const LONG: i32 = 20000;
/** Between these lengths two digits do, of ten bits, beyond another length of eleven. */
const SOME: i32 = 200;
const MORE: i32 = 4000;
const MANY: i32 = 8000;
/** Up to this length elements are only inserted. */
const SHORT: i32 = 40;
const COUNTS: i32 = 4 << 11;

/** Bytes of room for lines of n elements of `width` bytes. */
export function sort_values_room(n: i32, width: i32): i32 {
  return n * width + COUNTS + 64;
}

/* Constants of either width: U is u64 or u32. */

// @ts-ignore: decorator
@inline
function sign<U>(): U {
  return <U>(sizeof<U>() == 8 ? 0x8000000000000000 : 0x80000000);
}
// @ts-ignore: decorator
@inline
function infinity<U>(): U {
  return <U>(sizeof<U>() == 8 ? 0x7ff0000000000000 : 0x7f800000);
}
// @ts-ignore: decorator
@inline
function nan<U>(): U {
  return <U>(sizeof<U>() == 8 ? 0x7ff8000000000000 : 0x7fc00000);
}

// @ts-ignore: decorator
@inline
function at<U>(x: usize, i: i32): usize {
  return x + <usize>i * sizeof<U>();
}

/** All bits set where a key's highest one is, else none. */
// @ts-ignore: decorator
@inline
function spread<U>(bits: U): U {
  return sizeof<U>() == 8 ? <U>(<i64>bits >> 63) : <U>(<i32>bits >> 31);
}

/** Bits of which NaNs and zeros have one sort each. */
// @ts-ignore: decorator
@inline
function plain<U>(bits: U): U {
  return bits == sign<U>() ? 0 : (bits & ~sign<U>()) > infinity<U>() ? nan<U>() : bits;
}

/** Key of the bits of a number; `flip` holds the bits that negative ones turn: all but the sign of floats, none of integers. */
// @ts-ignore: decorator
@inline
function keyOf<U>(raw: U, flip: U): U {
  const bits = flip ? plain<U>(raw) : raw;
  return bits ^ ((spread<U>(bits) & flip) | sign<U>());
}

// @ts-ignore: decorator
@inline
function bitsOf<U>(key: U, flip: U): U {
  return key ^ ((spread<U>(~key) & flip) | sign<U>());
}

/** One pass: keys in the order of the digit above `shift`, equal ones in their old order. */
function pass<U>(from: usize, n: i32, to: usize, shift: U, width: i32, counts: usize): void {
  const mask = <U>((1 << width) - 1);
  memory.fill(counts, 0, 4 << width);
  for (let i = 0; i < n; i++) {
    const c = counts + (<usize>((load<U>(at<U>(from, i)) >> shift) & mask) << 2);
    store<i32>(c, load<i32>(c) + 1);
  }
  let sum = 0;
  for (let c = counts; c < counts + (<usize>4 << width); c += 4) {
    const count = load<i32>(c);
    store<i32>(c, sum);
    sum += count;
  }
  for (let i = 0; i < n; i++) {
    const key = load<U>(at<U>(from, i));
    const c = counts + (<usize>((key >> shift) & mask) << 2);
    const place = load<i32>(c);
    store<i32>(c, place + 1);
    store<U>(at<U>(to, place), key);
  }
}

/** Inserts each key among those before; `false` where they were farther from their places than it pays. */
function insert<U>(x: usize, n: i32): bool {
  let budget = n << 3;
  for (let i = 1; i < n; i++) {
    const key = load<U>(at<U>(x, i));
    let j = i - 1;
    for (; j >= 0; j--) {
      const other = load<U>(at<U>(x, j));
      if (other <= key) break;
      store<U>(at<U>(x, j), other, sizeof<U>());
    }
    store<U>(at<U>(x, j), key, sizeof<U>());
    budget -= i - 1 - j;
    if (budget < 0) return false;
  }
  return true;
}

/** Sorts a line; returns whether the sign alone stands in it, which is −0 among floats. */
function line<U>(x: usize, n: i32, flip: U, y: usize, room: usize): bool {
  let from = room + COUNTS;
  let to = y;
  let all = ~<U>0;
  let any: U = 0;
  let signs = 0;
  for (let i = 0; i < n; i++) {
    const bits = load<U>(at<U>(x, i));
    signs |= i32(bits == sign<U>());
    const key = keyOf<U>(bits, flip);
    all &= key;
    any |= key;
    store<U>(at<U>(from, i), key);
  }
  const varying = all ^ any;
  if (varying && (n > SHORT || !insert<U>(from, n))) {
    const low = <i32>ctz(varying);
    const high = <i32>(8 * sizeof<U>()) - <i32>clz(varying);
    const two = n >= SOME && n < MANY;
    const most = two ? (n < MORE ? 10 : 11) : n < LONG ? 8 : 11;
    // So many of the highest bits leave little to insert, if anything.
    let bottom = max(low, high - (two ? 2 : 3) * most);
    let passes = (high - bottom + most - 1) / most;
    let width = (high - bottom + passes - 1) / passes;
    for (let round = 0; round < 2; round++) {
      for (let p = 0; p < passes; p++) {
        pass<U>(from, n, to, <U>(bottom + p * width), min(width, high - bottom - p * width), room);
        const other = from;
        from = to;
        to = other;
      }
      if (bottom == low || insert<U>(from, n)) break;
      // Many share the highest bits: all digits, from the lowest on.
      bottom = low;
      passes = (high - low + 10) / 11;
      width = 11;
    }
  }
  for (let i = 0; i < n; i++) store<U>(at<U>(y, i), bitsOf<U>(load<U>(at<U>(from, i)), flip));
  return signs != 0;
}

// @ts-ignore: decorator
@inline
function negative<U>(x: usize): bool {
  return sizeof<U>() == 8 ? load<f64>(x) < 0 : load<f32>(x) < 0;
}

/** Puts the zeros of a sorted line into the order that they had. */
function zeros<U>(x: usize, n: i32, y: usize): void {
  let low = 0;
  for (let high = n; low < high; ) {
    const mid = (low + high) >> 1;
    if (negative<U>(at<U>(y, mid))) low = mid + 1;
    else high = mid;
  }
  for (let i = 0; i < n; i++) {
    const bits = load<U>(at<U>(x, i));
    if (bits << 1 == 0) store<U>(at<U>(y, low++), bits);
  }
}

/** Lines of n > 0 elements of either width, floats or integers. */
function sorted<U>(floats: bool, x: usize, lines: i32, n: i32, y: usize, room: usize): void {
  for (let l = 0; l < lines; l++) {
    const minus = line<U>(x, n, floats ? ~sign<U>() : 0, y, room);
    if (floats && minus) zeros<U>(x, n, y);
    x = at<U>(x, n);
    y = at<U>(y, n);
  }
}

/** Lines of n > 0 sorted from x into y. Kinds: 0 f32, 1 f64, 2 i32, 3 i64. */
export function sort_values(kind: i32, x: usize, lines: i32, n: i32, y: usize, room: usize): void {
  if (kind & 1) sorted<u64>(kind == 1, x, lines, n, y, room);
  else sorted<u32>(kind == 0, x, lines, n, y, room);
}
