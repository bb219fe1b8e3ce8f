import { splatAt } from "../lanes";
import { conjMask, sineAt, turn, turnMask, twiddled } from "./lanes";
import { transformed } from "./passes";

/** What lines hold before and after: complex numbers, or real ones on one side (of which the first half of the spectrum suffices). */
const COMPLEX = 0;
const REAL_TO_HALF = 1;
const HALF_TO_REAL = 2;
const REAL_TO_FULL = 3;

// @ts-ignore: decorator
@inline
function move<T extends number>(from: usize, to: usize): void {
  if (sizeof<T>() == 8) v128.store(to, v128.load(from));
  else store<i64>(to, load<i64>(from));
}

/** Two float32 numbers each of two lines and of two rows, turned. */
// @ts-ignore: decorator
@inline
function exchange(a: usize, b: usize, toA: usize, toB: usize): void {
  const x = v128.load(a);
  const y = v128.load(b);
  v128.store(toA, i8x16.shuffle(x, y, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
  v128.store(toB, i8x16.shuffle(x, y, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
}

/**
 * Elements of `count` lines to rows of `width` numbers, or (`back`) the other way. The imaginary part lies `im` bytes behind the
 * real one, 0: there is none.
 */
function carry<T extends number>(
  back: bool,
  line: usize,
  n: i32,
  step: usize,
  next: usize,
  im: usize,
  count: i32,
  width: i32,
  row: usize,
): void {
  const size: usize = 2 * sizeof<T>();
  const s = <usize>width * size;
  const whole = im == sizeof<T>();
  if (!back && count < width) memory.fill(row, 0, <usize>n * s);
  let q = 0;
  if (sizeof<T>() == 4 && whole && step == size)
    for (; q + 2 <= count; q += 2) {
      let a = line + <usize>q * next;
      let b = a + next;
      let r = row + <usize>q * size;
      let j = 0;
      for (; j + 2 <= n; j += 2) {
        if (back) exchange(r, r + s, a, b);
        else exchange(a, b, r, r + s);
        a += 16;
        b += 16;
        r += 2 * s;
      }
      if (j < n) {
        move<T>(back ? r : a, back ? a : r);
        move<T>(back ? r + 8 : b, back ? b : r + 8);
      }
    }
  line += <usize>q * next;
  row += <usize>q * size;
  count -= q;
  if (count == 0) return;
  for (let j = 0; j < n; j++) {
    let p = line;
    let r = row;
    let c = count;
    if (whole) {
      if (sizeof<T>() == 4 && next == 8)
        for (; c >= 2; c -= 2) {
          v128.store(back ? p : r, v128.load(back ? r : p));
          p += 16;
          r += 16;
        }
      for (; c > 0; c--) {
        move<T>(back ? r : p, back ? p : r);
        p += next;
        r += size;
      }
    } else
      for (; c > 0; c--) {
        if (back) {
          store<T>(p, load<T>(r));
          if (im != 0) store<T>(p + im, load<T>(r, sizeof<T>()));
        } else {
          store<T>(r, load<T>(p));
          store<T>(r, im == 0 ? <T>0 : load<T>(p + im), sizeof<T>());
        }
        p += next;
        r += size;
      }
    line += step;
    row += s;
  }
}

// @ts-ignore: decorator
@inline
function gather<T extends number>(
  x: usize,
  n: i32,
  step: usize,
  next: usize,
  im: usize,
  count: i32,
  width: i32,
  y: usize,
): void {
  carry<T>(false, x, n, step, next, im, count, width, y);
}

// @ts-ignore: decorator
@inline
function scatter<T extends number>(
  x: usize,
  n: i32,
  step: usize,
  next: usize,
  im: usize,
  count: i32,
  width: i32,
  y: usize,
): void {
  carry<T>(true, y, n, step, next, im, count, width, x);
}

/** Spectra of m pairs of neighbours to the first m + 1 frequencies of 2m real numbers, at y. */
function joined<T extends number>(x: usize, y: usize, m: i32, s: usize, w: usize, forward: bool): void {
  const mask = turnMask<T>(forward);
  const conj = conjMask<T>();
  const half = v128.splat<T>(<T>0.5);
  const far = <usize>m * s;
  for (let k = 0; 2 * k <= m; k++) {
    const c = splatAt<T>(w, 0);
    const d = sineAt<T>(w, sizeof<T>(), mask);
    w += 2 * sizeof<T>();
    const at = <usize>k * s;
    // Frequency m is frequency 0 once more.
    const mirrored: usize = k == 0 ? 0 : far - at;
    // That of frequency m has no imaginary part: the zero keeps its sign.
    const back = k == 0 ? v128.xor(conj, conj) : conj;
    for (let q: usize = 0; q < s; q += 16) {
      const a = v128.load(x + at + q);
      const b = v128.xor(v128.load(x + mirrored + q), conj);
      const even = v128.mul<T>(half, v128.add<T>(a, b));
      const odd = twiddled<T>(turn<T>(v128.mul<T>(half, v128.sub<T>(a, b)), conj), c, d);
      v128.store(y + far - at + q, v128.xor(v128.sub<T>(even, odd), back));
      v128.store(y + at + q, v128.add<T>(even, odd));
    }
  }
}

/** The way back: m + 1 frequencies to what the transform of m pairs is taken of. Imaginary parts of the first and the last count as 0. */
function parted<T extends number>(x: usize, y: usize, m: i32, s: usize, w: usize, forward: bool): void {
  const mask = turnMask<T>(forward);
  const conj = conjMask<T>();
  // Times i, whatever the direction.
  const left = turnMask<T>(false);
  const far = <usize>m * s;
  const real = v128.not(sizeof<T>() == 8 ? i64x2(0, -1) : i32x4(0, -1, 0, -1));
  for (let q: usize = 0; q < s; q += 16) {
    v128.store(x + q, v128.and(v128.load(x + q), real));
    v128.store(x + far + q, v128.and(v128.load(x + far + q), real));
  }
  for (let k = 0; 2 * k <= m; k++) {
    const c = splatAt<T>(w, 0);
    const d = sineAt<T>(w, sizeof<T>(), mask);
    w += 2 * sizeof<T>();
    const at = <usize>k * s;
    for (let q: usize = 0; q < s; q += 16) {
      const a = v128.load(x + at + q);
      const b = v128.xor(v128.load(x + far - at + q), conj);
      const even = v128.add<T>(a, b);
      const odd = turn<T>(twiddled<T>(v128.sub<T>(a, b), c, d), left);
      if (k > 0) v128.store(y + far - at + q, v128.xor(v128.sub<T>(even, odd), conj));
      v128.store(y + at + q, v128.add<T>(even, odd));
    }
  }
}

/** Frequencies beyond the middle are the conjugates of those before it. */
function mirrored<T extends number>(x: usize, n: i32, s: usize): void {
  const conj = conjMask<T>();
  for (let k = n / 2 + 1; k < n; k++) {
    const to = x + <usize>k * s;
    const from = x + <usize>(n - k) * s;
    for (let q: usize = 0; q < s; q += 16) v128.store(to + q, v128.xor(v128.load(from + q), conj));
  }
}

/**
 * Transforms `outer` groups of `inner` lines of length n. Elements of a line are `Step` bytes apart, lines `Next`, groups `Outer`.
 * The plan is of length n, or of n/2 where real lines are even; `w` are then cosines and sines of k·2π/n. `width` lines are done
 * at once, in two blocks of memory at `room` of `block` bytes each.
 */
function lines<T extends number>(
  kind: i32,
  plan: usize,
  n: i32,
  x: usize,
  xStep: usize,
  xNext: usize,
  xOuter: usize,
  y: usize,
  yStep: usize,
  yNext: usize,
  yOuter: usize,
  outer: i32,
  inner: i32,
  scale: f64,
  forward: bool,
  w: usize,
  width: i32,
  room: usize,
  block: usize,
): void {
  const other = room + block;
  const part = sizeof<T>();
  const halves = kind != COMPLEX && (n & 1) == 0;
  const m = n / 2;
  for (let o = 0; o < outer; o++)
    for (let q = 0; q < inner; q += width) {
      const count = min(width, inner - q);
      // The last lines are no wider than they have to be.
      const wide = sizeof<T>() == 4 ? (count + 1) & ~1 : count;
      const s: usize = 2 * sizeof<T>() * <usize>wide;
      const from = x + <usize>o * xOuter + <usize>q * xNext;
      let rows = n;
      let at = room;
      if (kind == COMPLEX) gather<T>(from, n, xStep, xNext, part, count, wide, room);
      else if (kind == HALF_TO_REAL) {
        gather<T>(from, m + 1, xStep, xNext, part, count, wide, room);
        if (halves) {
          parted<T>(room, other, m, s, w, forward);
          at = other;
        } else {
          // The imaginary part of the first one counts as 0.
          for (let i = 0; i < wide; i++) store<T>(room + 2 * <usize>i * part, <T>0, part);
          mirrored<T>(room, n, s);
        }
      } else if (halves) gather<T>(from, m, 2 * xStep, xNext, xStep, count, wide, room);
      else gather<T>(from, n, xStep, xNext, 0, count, wide, room);
      at = transformed<T>(plan, at, at == room ? other : room, s, forward);
      if (kind == REAL_TO_HALF || kind == REAL_TO_FULL) {
        if (halves) {
          const to = at == room ? other : room;
          joined<T>(at, to, m, s, w, forward);
          at = to;
        }
        if (kind == REAL_TO_HALF) rows = m + 1;
        else if (halves) mirrored<T>(at, n, s);
      }
      if (kind == HALF_TO_REAL && halves) rows = m;
      if (scale != 1) {
        const f = v128.splat<T>(<T>scale);
        for (let p = at, end = at + <usize>rows * s; p < end; p += 16) v128.store(p, v128.mul<T>(v128.load(p), f));
      }
      const to = y + <usize>o * yOuter + <usize>q * yNext;
      if (kind != HALF_TO_REAL) scatter<T>(at, rows, yStep, yNext, part, count, wide, to);
      else if (halves) scatter<T>(at, m, 2 * yStep, yNext, yStep, count, wide, to);
      else scatter<T>(at, n, yStep, yNext, 0, count, wide, to);
    }
}

/** {@link lines} of float64 or float32 (`wide` 0). */
export function fft_lines(
  wide: i32,
  kind: i32,
  plan: usize,
  n: i32,
  x: usize,
  xStep: usize,
  xNext: usize,
  xOuter: usize,
  y: usize,
  yStep: usize,
  yNext: usize,
  yOuter: usize,
  outer: i32,
  inner: i32,
  scale: f64,
  forward: i32,
  w: usize,
  width: i32,
  room: usize,
  block: usize,
): void {
  if (wide != 0)
    lines<f64>(kind, plan, n, x, xStep, xNext, xOuter, y, yStep, yNext, yOuter, outer, inner, scale, forward != 0, w, width, room, block);
  else
    lines<f32>(kind, plan, n, x, xStep, xNext, xOuter, y, yStep, yNext, yOuter, outer, inner, scale, forward != 0, w, width, room, block);
}
