import { POWERS } from "../precise/tables";
import { panel_dots, rbf_line } from "../rows/panels";

/** Where the powers for `exp` have to stand. */
export function powers_f64(): usize {
  return POWERS;
}

/** Rows computed at a time, so that products are still in the cache when they are needed. */
const PIECE: i32 = 256;

// @ts-ignore: decorator
@inline
function storeWhole(out: usize, v: v128): void {
  v128.store(out, f64x2.convert_low_i32x4_s(v));
  v128.store(
    out,
    f64x2.convert_low_i32x4_s(i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)),
    16,
  );
}

/**
 * out[j − from] = ⟨row i, row j⟩ for from ≤ j < to, both multiples of eight, of whole numbers: panels of eight rows, two features
 * after another. No sum leaves 32 bits, so that it is what floating point gives in any order.
 */
function whole_dots(data: usize, pairs: i32, i: i32, from: i32, to: i32, out: usize): void {
  const size = <usize>pairs << 5;
  const own = data + <usize>(i >> 3) * size + (<usize>(i & 7) << 2);
  let p = data + <usize>(from >> 3) * size;
  for (let j = from; j < to; j += 16) {
    // Behind the last panel a second one is computed from anything and not stored.
    const q = p + size;
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let k: usize = 0; k < size; k += 32) {
      const v = v128.load32_splat(own + k);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v, v128.load(p + k)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v, v128.load(p + k, 16)));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v, v128.load(q + k)));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v, v128.load(q + k, 16)));
    }
    storeWhole(out, a);
    storeWhole(out + 32, b);
    if (j + 8 < to) {
      storeWhole(out + 64, c);
      storeWhole(out + 96, d);
    }
    p = q + size;
    out += 128;
  }
}

/**
 * out[j − from] = K(xᵢ, xⱼ) for from ≤ j < to, float32, of `width` features in panels of eight rows; of whole numbers of 16 bits if `whole`.
 * Gaussian where `squares` is given. There is room for a piece of float64 at `work`.
 */
export function kernel_row(
  data: usize,
  width: i32,
  whole: i32,
  i: i32,
  from: i32,
  to: i32,
  out: usize,
  squares: usize,
  gamma: f64,
  work: usize,
): void {
  for (let begin = from; begin < to; ) {
    const end = min((begin & ~7) + PIECE, to);
    let line = work;
    if (whole) {
      whole_dots(data, (width + 1) >> 1, i, begin & ~7, (end + 7) & ~7, work);
      line += <usize>(begin & 7) << 3;
    } else panel_dots(data, width, i, begin, end, work);
    if (squares)
      rbf_line(line, end - begin, load<f64>(squares + (<usize>i << 3)), squares + (<usize>begin << 3), gamma);
    let j = begin;
    for (; j + 2 <= end; j += 2) {
      v128.store64_lane(out, f32x4.demote_f64x2_zero(v128.load(line)), 0);
      line += 16;
      out += 8;
    }
    if (j < end) {
      store<f32>(out, <f32>load<f64>(line));
      out += 4;
    }
    begin = end;
  }
}
