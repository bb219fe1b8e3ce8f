/*
 * Stable sorting by digits of eleven bits, from the lowest on. Every type becomes unsigned keys in its order: NaN as the largest,
 * both zeros alike; descending order turns the bits.
 */

const BITS: i32 = 11;
const SIZE: i32 = 1 << BITS;

/** Bytes of room for n elements of `width` bytes. */
export function sort_room(n: i32, width: i32): i32 {
  return n * (width == 8 ? 32 : 16) + 6 * SIZE * 4 + 64;
}

// @ts-ignore: decorator
@inline
function key64(floating: bool, bits: u64): u64 {
  if (floating) {
    if ((bits & 0x7fffffffffffffff) > 0x7ff0000000000000) return 0xffffffffffffffff;
    if (bits == 0x8000000000000000) return bits;
    return bits >> 63 ? ~bits : bits | 0x8000000000000000;
  }
  return bits ^ 0x8000000000000000;
}

// @ts-ignore: decorator
@inline
function key32(floating: bool, bits: u32): u32 {
  if (floating) {
    if ((bits & 0x7fffffff) > 0x7f800000) return 0xffffffff;
    if (bits == 0x80000000) return bits;
    return bits >> 31 ? ~bits : bits | 0x80000000;
  }
  return bits ^ 0x80000000;
}

/** Where the elements of each digit begin; `false` if all have the same one. */
// @ts-ignore: decorator
@inline
function starts(counts: usize, n: i32): bool {
  let sum = 0;
  for (let d = 0; d < SIZE; d++) {
    const at = counts + (<usize>d << 2);
    const c = load<i32>(at);
    if (c == n) return false;
    store<i32>(at, sum);
    sum += c;
  }
  return true;
}

/** Lines of n sorted into y, and where each element stood into `index` (int64), each if its address is not 0. */
// @ts-ignore: decorator
@inline
function sort64(floating: bool, x: usize, lines: i32, n: i32, turn: u64, y: usize, index: usize, room: usize): void {
  const counts = room;
  for (let l = 0; l < lines; l++) {
    let from = room + 6 * SIZE * 4;
    let to = from + (<usize>n << 4);
    memory.fill(counts, 0, 6 * SIZE * 4);
    for (let i = 0; i < n; i++) {
      const key = key64(floating, load<u64>(x + (<usize>i << 3))) ^ turn;
      const at = from + (<usize>i << 4);
      store<u64>(at, key);
      store<u64>(at, i, 8);
      for (let d = 0; d < 6; d++) {
        const c = counts + ((((d << BITS) | <i32>((key >> (d * BITS)) & (SIZE - 1)))) << 2);
        store<i32>(c, load<i32>(c) + 1);
      }
    }
    for (let d = 0; d < 6; d++) {
      const bases = counts + (<usize>d << (BITS + 2));
      if (!starts(bases, n)) continue;
      const shift = d * BITS;
      for (let i = 0; i < n; i++) {
        const v = v128.load(from + (<usize>i << 4));
        const at = bases + (<usize>(((<u64>i64x2.extract_lane(v, 0)) >> <u64>shift) & (SIZE - 1)) << 2);
        const place = load<i32>(at);
        store<i32>(at, place + 1);
        v128.store(to + (<usize>place << 4), v);
      }
      const other = from;
      from = to;
      to = other;
    }
    for (let i = 0; i < n; i++) {
      const at = load<u64>(from + (<usize>i << 4), 8);
      if (y) store<u64>(y + (<usize>i << 3), load<u64>(x + (<usize>at << 3)));
      if (index) store<u64>(index + (<usize>i << 3), at);
    }
    x += <usize>n << 3;
    if (y) y += <usize>n << 3;
    if (index) index += <usize>n << 3;
  }
}

// @ts-ignore: decorator
@inline
function sort32(floating: bool, x: usize, lines: i32, n: i32, turn: u32, y: usize, index: usize, room: usize): void {
  const counts = room;
  for (let l = 0; l < lines; l++) {
    let from = room + 6 * SIZE * 4;
    let to = from + (<usize>n << 3);
    memory.fill(counts, 0, 3 * SIZE * 4);
    for (let i = 0; i < n; i++) {
      const key = key32(floating, load<u32>(x + (<usize>i << 2))) ^ turn;
      store<u64>(from + (<usize>i << 3), (<u64>i << 32) | key);
      for (let d = 0; d < 3; d++) {
        const c = counts + (((d << BITS) | ((key >> (d * BITS)) & (SIZE - 1))) << 2);
        store<i32>(c, load<i32>(c) + 1);
      }
    }
    for (let d = 0; d < 3; d++) {
      const bases = counts + (<usize>d << (BITS + 2));
      if (!starts(bases, n)) continue;
      const shift = d * BITS;
      for (let i = 0; i < n; i++) {
        const v = load<u64>(from + (<usize>i << 3));
        const at = bases + ((((<u32>v) >> shift) & (SIZE - 1)) << 2);
        const place = load<i32>(at);
        store<i32>(at, place + 1);
        store<u64>(to + (<usize>place << 3), v);
      }
      const other = from;
      from = to;
      to = other;
    }
    for (let i = 0; i < n; i++) {
      const at = load<u64>(from + (<usize>i << 3)) >> 32;
      if (y) store<u32>(y + (<usize>i << 2), load<u32>(x + (<usize>at << 2)));
      if (index) store<u64>(index + (<usize>i << 3), at);
    }
    x += <usize>n << 2;
    if (y) y += <usize>n << 2;
    if (index) index += <usize>n << 3;
  }
}

/** Kinds: 0 f32, 1 f64, 2 i32, 3 i64. */
export function sort_lines(
  kind: i32,
  x: usize,
  lines: i32,
  n: i32,
  descending: i32,
  y: usize,
  index: usize,
  room: usize,
): void {
  if (kind & 1) sort64(kind == 1, x, lines, n, descending ? 0xffffffffffffffff : 0, y, index, room);
  else sort32(kind == 0, x, lines, n, descending ? 0xffffffff : 0, y, index, room);
}
