/*
 * Sums of gradient pairs by bin. A pair is two float32, a sum two float64; a bin's number is doubled in the index, so that
 * eight times it is the address of its sums. Rows are added in their order: sums are those of one thread.
 */

// @ts-ignore: decorator
@inline
function add(at: usize, pair: v128): void {
  v128.store(at, f64x2.add(v128.load(at), pair));
}

// @ts-ignore: decorator
@inline
function pairOf(gpair: usize, row: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(gpair + (row << 3)));
}

/** Dense rows of `cols` bins of 16 bits. */
export function hist_dense16(
  hist: usize,
  gpair: usize,
  rows: usize,
  count: i32,
  bins: usize,
  cols: i32,
): void {
  const width = (<usize>cols) << 1;
  const four = width & ~7;
  for (let i = 0; i < count; i++) {
    const row = <usize>load<u32>(rows + ((<usize>i) << 2));
    const pair = pairOf(gpair, row);
    let p = bins + row * width;
    const end = p + width;
    const end4 = p + four;
    while (p < end4) {
      add(hist + ((<usize>load<u16>(p)) << 3), pair);
      add(hist + ((<usize>load<u16>(p, 2)) << 3), pair);
      add(hist + ((<usize>load<u16>(p, 4)) << 3), pair);
      add(hist + ((<usize>load<u16>(p, 6)) << 3), pair);
      p += 8;
    }
    while (p < end) {
      add(hist + ((<usize>load<u16>(p)) << 3), pair);
      p += 2;
    }
  }
}

/** Dense rows of `cols` bins of 32 bits. */
export function hist_dense32(
  hist: usize,
  gpair: usize,
  rows: usize,
  count: i32,
  bins: usize,
  cols: i32,
): void {
  const width = (<usize>cols) << 2;
  for (let i = 0; i < count; i++) {
    const row = <usize>load<u32>(rows + ((<usize>i) << 2));
    const pair = pairOf(gpair, row);
    const end = bins + (row + 1) * width;
    for (let p = end - width; p < end; p += 4) add(hist + ((<usize>load<u32>(p)) << 3), pair);
  }
}

/** Sparse rows of 16-bit bins; a row's are `rowPtr[row] … rowPtr[row + 1]`. */
export function hist_sparse16(
  hist: usize,
  gpair: usize,
  rows: usize,
  count: i32,
  bins: usize,
  rowPtr: usize,
): void {
  for (let i = 0; i < count; i++) {
    const row = <usize>load<u32>(rows + ((<usize>i) << 2));
    const pair = pairOf(gpair, row);
    const end = bins + ((<usize>load<u32>(rowPtr + (row << 2), 4)) << 1);
    for (let p = bins + ((<usize>load<u32>(rowPtr + (row << 2))) << 1); p < end; p += 2)
      add(hist + ((<usize>load<u16>(p)) << 3), pair);
  }
}

/** Sparse rows of 32-bit bins. */
export function hist_sparse32(
  hist: usize,
  gpair: usize,
  rows: usize,
  count: i32,
  bins: usize,
  rowPtr: usize,
): void {
  for (let i = 0; i < count; i++) {
    const row = <usize>load<u32>(rows + ((<usize>i) << 2));
    const pair = pairOf(gpair, row);
    const end = bins + ((<usize>load<u32>(rowPtr + (row << 2), 4)) << 2);
    for (let p = bins + ((<usize>load<u32>(rowPtr + (row << 2))) << 2); p < end; p += 4)
      add(hist + ((<usize>load<u32>(p)) << 3), pair);
  }
}

/** out = a − b over `count` float64, an even number. */
export function hist_subtract(out: usize, a: usize, b: usize, count: i32): void {
  const end = (<usize>count) << 3;
  for (let k: usize = 0; k < end; k += 16) v128.store(out + k, f64x2.sub(v128.load(a + k), v128.load(b + k)));
}

/** Rows of one node to its two children, in their order: `left` says for each local bin whether it goes left. Gives how many do. */
export function partition8(rows: usize, spare: usize, count: i32, column: usize, left: usize): i32 {
  let l = rows;
  let r = spare;
  for (let i = 0; i < count; i++) {
    const row = load<u32>(rows + ((<usize>i) << 2));
    const goes = (<usize>load<u8>(left + <usize>load<u8>(column + <usize>row))) << 2;
    store<u32>(l, row);
    store<u32>(r, row);
    l += goes;
    r += 4 - goes;
  }
  memory.copy(l, spare, r - spare);
  return <i32>((l - rows) >> 2);
}
