/* Elements picked by flags or by numbers. */

/** How many of n bytes are not 0. */
export function count_u8(p: usize, n: i32): i32 {
  let found = 0;
  let i = 0;
  for (; i + 16 <= n; i += 16) found += popcnt<i32>(i8x16.bitmask(i8x16.ne(v128.load(p + i), i8x16.splat(0))));
  for (; i < n; i++) found += load<u8>(p + i) != 0 ? 1 : 0;
  return found;
}

// @ts-ignore: decorator
@inline
function kept<T>(x: usize, cond: usize, y: usize, end: usize): void {
  // Each element is written where the next one belongs, and stays if its flag is set: no branch to guess.
  while (y < end) {
    store<T>(y, load<T>(x));
    y += load<u8>(cond++) != 0 ? sizeof<T>() : 0;
    x += sizeof<T>();
  }
}

/** The elements of 1, 2, 4 or 8 bytes whose flags are set, of which there are `count`. */
export function compress(bytes: i32, x: usize, cond: usize, y: usize, count: i32): void {
  const end = y + <usize>(count * bytes);
  if (bytes == 8) kept<u64>(x, cond, y, end);
  else if (bytes == 4) kept<u32>(x, cond, y, end);
  else if (bytes == 2) kept<u16>(x, cond, y, end);
  else kept<u8>(x, cond, y, end);
}

// @ts-ignore: decorator
@inline
function taken<I, T>(x: usize, size: i32, at: usize, n: i32, y: usize): i32 {
  for (let k = 0; k < n; k++) {
    let i = <i64>load<I>(at);
    if (i < 0) i += size;
    if (<u64>i >= <u64>size) return k;
    store<T>(y, load<T>(x + <usize>i * sizeof<T>()));
    at += sizeof<I>();
    y += sizeof<T>();
  }
  return n;
}

// @ts-ignore: decorator
@inline
function rows<I>(x: usize, size: i32, bytes: i32, at: usize, n: i32, y: usize): i32 {
  if (bytes == 8) return taken<I, u64>(x, size, at, n, y);
  if (bytes == 4) return taken<I, u32>(x, size, at, n, y);
  for (let k = 0; k < n; k++) {
    let i = <i64>load<I>(at);
    if (i < 0) i += size;
    if (<u64>i >= <u64>size) return k;
    memory.copy(y, x + <usize>i * <usize>bytes, bytes);
    at += sizeof<I>();
    y += bytes;
  }
  return n;
}

/** Rows of `bytes` bytes of x, of which there are `size`, by n numbers of `width` bytes; how many were taken before one past the ends. */
export function take_rows(x: usize, size: i32, bytes: i32, at: usize, width: i32, n: i32, y: usize): i32 {
  return width == 8 ? rows<i64>(x, size, bytes, at, n, y) : rows<i32>(x, size, bytes, at, n, y);
}
