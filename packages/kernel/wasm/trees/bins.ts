/* Values to bins: the first bin whose end is above the value, the last one where none is. */

// @ts-ignore: decorator
@inline
function search(cuts: usize, begin: i32, end: i32, value: f32): i32 {
  let base = begin;
  let len = end - begin;
  while (len > 1) {
    const half = len >> 1;
    base = select(base + half, base, load<f32>(cuts + ((<usize>(base + half - 1)) << 2)) <= value);
    len -= half;
  }
  base = select(base + 1, base, load<f32>(cuts + ((<usize>base) << 2)) <= value);
  return min(base, end - 1);
}

/**
 * `count` rows of `cols` float32 to doubled bins of 16 or 32 bits and, by columns, to bins counted within the feature in 8 bits.
 * (none where `columns` is 0). Missing values (NaN) get `missing`, and within the feature its number of bins. `kinds` marks features whose values are categories.
 */
export function bin_rows(
  values: usize,
  count: i32,
  cols: i32,
  cuts: usize,
  ptrs: usize,
  kinds: usize,
  bins: usize,
  wide: i32,
  missing: i32,
  columns: usize,
  stride: i32,
): void {
  for (let f = 0; f < cols; f++) {
    const begin = load<i32>(ptrs + ((<usize>f) << 2));
    const end = load<i32>(ptrs + ((<usize>f) << 2), 4);
    const categorical = load<u8>(kinds + <usize>f) != 0;
    let at = values + ((<usize>f) << 2);
    let out = bins + (<usize>f << (wide ? 2 : 1));
    let column = columns + <usize>f * <usize>stride;
    const step = (<usize>cols) << (wide ? 2 : 1);
    for (let i = 0; i < count; i++) {
      const v = load<f32>(at);
      let b = missing;
      let own = end - begin;
      if (v == v) {
        const k = categorical ? begin + min(<i32>v, end - begin - 1) : search(cuts, begin, end, v);
        b = k << 1;
        own = k - begin;
      }
      if (wide) store<u32>(out, b);
      else store<u16>(out, <u16>b);
      if (columns != 0) store<u8>(column, <u8>own);
      at += (<usize>cols) << 2;
      out += step;
      column++;
    }
  }
}
