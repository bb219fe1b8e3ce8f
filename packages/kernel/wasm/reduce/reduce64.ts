/*
 * Reductions of x [outer, n, inner] over its middle axis: float64 in NumPy's order of additions (pairwise along lines, row
 * by row across them), so that results are equal to the reference to the last bit; integers, which wrap.
 */

/** Σ of n neighbours by halves down to blocks of 128 with eight running sums. */
function pairwise_f64(x: usize, n: i32): f64 {
  if (n < 8) {
    let s: f64 = 0;
    for (let i = 0; i < n; i++) s += load<f64>(x + (<usize>i << 3));
    return s;
  }
  if (n <= 128) {
    let a = v128.load(x);
    let b = v128.load(x, 16);
    let c = v128.load(x, 32);
    let d = v128.load(x, 48);
    let i = 8;
    x += 64;
    for (; i < n - (n & 7); i += 8) {
      a = f64x2.add(a, v128.load(x));
      b = f64x2.add(b, v128.load(x, 16));
      c = f64x2.add(c, v128.load(x, 32));
      d = f64x2.add(d, v128.load(x, 48));
      x += 64;
    }
    let s =
      f64x2.extract_lane(a, 0) +
      f64x2.extract_lane(a, 1) +
      (f64x2.extract_lane(b, 0) + f64x2.extract_lane(b, 1)) +
      (f64x2.extract_lane(c, 0) +
        f64x2.extract_lane(c, 1) +
        (f64x2.extract_lane(d, 0) + f64x2.extract_lane(d, 1)));
    for (; i < n; i++) {
      s += load<f64>(x);
      x += 8;
    }
    return s;
  }
  const half = n >> 1;
  const left = half - (half & 7);
  return pairwise_f64(x, left) + pairwise_f64(x + (<usize>left << 3), n - left);
}

/** Sums divided by `count`. */
export function sum_f64(x: usize, outer: i32, n: i32, inner: i32, count: f64, y: usize): void {
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      store<f64>(y, pairwise_f64(x, n));
      x += <usize>n << 3;
    } else {
      memory.fill(y, 0, <usize>inner << 3);
      for (let i = 0; i < n; i++) {
        let j = 0;
        let p = y;
        for (; j + 2 <= inner; j += 2) {
          v128.store(p, f64x2.add(v128.load(p), v128.load(x)));
          p += 16;
          x += 16;
        }
        if (j < inner) {
          store<f64>(p, load<f64>(p) + load<f64>(x));
          x += 8;
        }
      }
    }
    if (count != 1)
      for (let j = 0; j < inner; j++) {
        const at = y + (<usize>j << 3);
        store<f64>(at, load<f64>(at) / count);
      }
    y += <usize>inner << 3;
  }
}

// @ts-ignore: decorator
@inline
function better<T>(larger: bool, a: v128, b: v128): v128 {
  if (isFloat<T>()) return larger ? v128.pmax<T>(a, b) : v128.pmin<T>(a, b);
  if (sizeof<T>() == 4) return larger ? v128.max<T>(a, b) : v128.min<T>(a, b);
  return v128.bitselect(b, a, larger ? v128.gt<T>(b, a) : v128.lt<T>(b, a));
}

/** The position of the first extreme, or of the first NaN, looked at one by one. */
// @ts-ignore: decorator
@inline
function search<T>(larger: bool, x: usize, from: i32, n: i32): i32 {
  let best = load<T>(x + <usize>from * sizeof<T>());
  let at = from;
  for (let i = from; i < n; i++) {
    const v = load<T>(x + <usize>i * sizeof<T>());
    if (isFloat<T>() && v != v) return i;
    if (larger ? v > best : v < best) {
      best = v;
      at = i;
    }
  }
  return at;
}

/** Elements in a block of {@link first}. */
const BLOCK: i32 = 64;

/** Blocks are compared by their extremes; the first that has the best, or a NaN, is searched. */
// @ts-ignore: decorator
@inline
function first<T>(larger: bool, x: usize, n: i32): i32 {
  if (n < BLOCK) return search<T>(larger, x, 0, n);
  let best = load<T>(x);
  let from = 0;
  let i = 0;
  let p = x;
  for (; i + BLOCK <= n; i += BLOCK) {
    let u = v128.load(p);
    let v = v128.load(p, 16);
    let w = v128.load(p, 32);
    let z = v128.load(p, 48);
    let odd = i64x2.splat(0);
    const end = p + <usize>BLOCK * sizeof<T>();
    while (p < end) {
      const a = v128.load(p);
      const b = v128.load(p, 16);
      const c = v128.load(p, 32);
      const d = v128.load(p, 48);
      u = better<T>(larger, u, a);
      v = better<T>(larger, v, b);
      w = better<T>(larger, w, c);
      z = better<T>(larger, z, d);
      if (isFloat<T>())
        odd = v128.or(odd, v128.or(v128.ne<T>(a, a), v128.or(v128.ne<T>(b, b), v128.or(v128.ne<T>(c, c), v128.ne<T>(d, d)))));
      p += 64;
    }
    if (isFloat<T>() && v128.any_true(odd)) return search<T>(larger, x, i, i + BLOCK);
    u = better<T>(larger, better<T>(larger, u, v), better<T>(larger, w, z));
    u = better<T>(larger, u, i8x16.shuffle(u, u, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    if (sizeof<T>() == 4)
      u = better<T>(larger, u, i8x16.shuffle(u, u, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
    const top = v128.extract_lane<T>(u, 0);
    if (larger ? top > best : top < best) {
      best = top;
      from = i;
    }
  }
  if (i < n) {
    const at = search<T>(larger, x, i, n);
    const v = load<T>(x + <usize>at * sizeof<T>());
    if ((isFloat<T>() && v != v) || (larger ? v > best : v < best)) return at;
  }
  return search<T>(larger, x, from, from + BLOCK);
}

// @ts-ignore: decorator
@inline
function pick(larger: i32, a: v128, b: v128): v128 {
  return larger ? f64x2.max(a, b) : f64x2.min(a, b);
}

// @ts-ignore: decorator
@inline
function extreme(larger: i32, x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      store<f64>(y, load<f64>(x + (<usize>place(1, larger, x, n) << 3)));
      x += <usize>n << 3;
      y += 8;
      continue;
    }
    memory.copy(y, x, <usize>inner << 3);
    x += <usize>inner << 3;
    for (let i = 1; i < n; i++) {
      let j = 0;
      let p = y;
      for (; j + 2 <= inner; j += 2) {
        v128.store(p, pick(larger, v128.load(p), v128.load(x)));
        p += 16;
        x += 16;
      }
      if (j < inner) {
        store<f64>(p, f64x2.extract_lane(pick(larger, v128.load64_splat(p), v128.load64_splat(x)), 0));
        x += 8;
      }
    }
    y += <usize>inner << 3;
  }
}

/** Largest elements; NaN where there is one. */
export function amax_f64(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  extreme(1, x, outer, n, inner, y);
}
/** Smallest elements; NaN where there is one. */
export function amin_f64(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  extreme(0, x, outer, n, inner, y);
}

// @ts-ignore: decorator
@inline
function total<T>(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      let s: i64 = 0;
      for (let i = 0; i < n; i++) {
        s += <i64>load<T>(x);
        x += sizeof<T>();
      }
      store<i64>(y, s);
      y += 8;
      continue;
    }
    memory.fill(y, 0, <usize>inner << 3);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < inner; j++) {
        const at = y + (<usize>j << 3);
        store<i64>(at, load<i64>(at) + <i64>load<T>(x));
        x += sizeof<T>();
      }
    y += <usize>inner << 3;
  }
}

// @ts-ignore: decorator
@inline
function most<T>(larger: bool, x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      const at = place(sizeof<T>() == 8 ? 3 : 2, larger ? 1 : 0, x, n);
      store<T>(y, load<T>(x + <usize>at * sizeof<T>()));
      x += <usize>n * sizeof<T>();
      y += sizeof<T>();
      continue;
    }
    memory.copy(y, x, <usize>inner * sizeof<T>());
    x += <usize>inner * sizeof<T>();
    for (let i = 1; i < n; i++) {
      let at = y;
      for (let j = 0; j < inner; j++) {
        const v = load<T>(x);
        const w = load<T>(at);
        store<T>(at, larger == v > w ? v : w);
        x += sizeof<T>();
        at += sizeof<T>();
      }
    }
    y += <usize>inner * sizeof<T>();
  }
}

export function sum_i64(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  total<i64>(x, outer, n, inner, y);
}
export function sum_i32(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  total<i32>(x, outer, n, inner, y);
}
export function sum_u8(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  total<u8>(x, outer, n, inner, y);
}
export function amax_i64(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  most<i64>(true, x, outer, n, inner, y);
}
export function amin_i64(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  most<i64>(false, x, outer, n, inner, y);
}
export function amax_i32(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  most<i32>(true, x, outer, n, inner, y);
}
export function amin_i32(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  most<i32>(false, x, outer, n, inner, y);
}

function place(kind: i32, larger: i32, x: usize, n: i32): i32 {
  if (kind == 0) return larger ? first<f32>(true, x, n) : first<f32>(false, x, n);
  if (kind == 1) return larger ? first<f64>(true, x, n) : first<f64>(false, x, n);
  if (kind == 2) return larger ? first<i32>(true, x, n) : first<i32>(false, x, n);
  return larger ? first<i64>(true, x, n) : first<i64>(false, x, n);
}

/** The position of the first largest (or smallest) of n neighbours, of the first NaN if there is one; kinds: 0 f32, 1 f64, 2 i32, 3 i64. */
export function position(kind: i32, larger: i32, x: usize, outer: i32, n: i32, y: usize): void {
  for (let o = 0; o < outer; o++) {
    store<i64>(y, place(kind, larger, x, n));
    y += 8;
    x += <usize>n << (kind & 1 ? 3 : 2);
  }
}

// @ts-ignore: decorator
@inline
function running<T, S>(x: usize, outer: i32, n: i32, inner: i32, y: usize, room: usize): void {
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      let s: S = 0;
      for (let i = 0; i < n; i++) {
        s += <S>load<T>(x);
        store<T>(y, <T>s);
        x += sizeof<T>();
        y += sizeof<T>();
      }
      continue;
    }
    memory.fill(room, 0, <usize>inner << 3);
    for (let i = 0; i < n; i++) {
      let at = room;
      for (let j = 0; j < inner; j++) {
        const s = load<S>(at) + <S>load<T>(x);
        store<S>(at, s);
        store<T>(y, <T>s);
        at += 8;
        x += sizeof<T>();
        y += sizeof<T>();
      }
    }
  }
}

/** Running sums along the middle axis. `room` holds `inner` numbers of eight bytes. */
export function cumsum_f64(x: usize, outer: i32, n: i32, inner: i32, y: usize, room: usize): void {
  running<f64, f64>(x, outer, n, inner, y, room);
}
export function cumsum_f32(x: usize, outer: i32, n: i32, inner: i32, y: usize, room: usize): void {
  running<f32, f64>(x, outer, n, inner, y, room);
}
export function cumsum_i64(x: usize, outer: i32, n: i32, inner: i32, y: usize, room: usize): void {
  running<i64, i64>(x, outer, n, inner, y, room);
}
