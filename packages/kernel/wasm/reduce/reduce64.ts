/*
 * Reductions of x [outer, n, inner] over its middle axis: float64 in NumPy's order of additions (pairwise along lines, row
 * by row across them), so that results are equal to the reference to the last bit; integers, which wrap.
 */

/** Σ of n neighbours by halves down to blocks of 128 with eight running sums. */
export function pairwise_f64(x: usize, n: i32): f64 {
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
function pick(larger: bool, a: v128, b: v128): v128 {
  return larger ? f64x2.max(a, b) : f64x2.min(a, b);
}

// @ts-ignore: decorator
@inline
function extreme(larger: bool, x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      let v = v128.load64_splat(x);
      let w = v;
      let i = 0;
      for (; i + 4 <= n; i += 4) {
        v = pick(larger, v, v128.load(x));
        w = pick(larger, w, v128.load(x, 16));
        x += 32;
      }
      for (; i < n; i++) {
        v = pick(larger, v, v128.load64_splat(x));
        x += 8;
      }
      v = pick(larger, v, w);
      v = pick(larger, v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
      store<f64>(y, f64x2.extract_lane(v, 0));
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
  extreme(true, x, outer, n, inner, y);
}
/** Smallest elements; NaN where there is one. */
export function amin_f64(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  extreme(false, x, outer, n, inner, y);
}

// @ts-ignore: decorator
@inline
function total<T>(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  for (let o = 0; o < outer; o++) {
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

// @ts-ignore: decorator
@inline
function first<T>(larger: bool, x: usize, n: i32): i32 {
  let best = load<T>(x);
  let at = 0;
  for (let i = 0; i < n; i++) {
    const v = load<T>(x + <usize>i * sizeof<T>());
    if (v != v) return i;
    if (larger ? v > best : v < best) {
      best = v;
      at = i;
    }
  }
  return at;
}

/** The position of the first largest (or smallest) of n neighbours, of the first NaN if there is one; kinds: 0 f32, 1 f64, 2 i32, 3 i64. */
export function position(kind: i32, larger: i32, x: usize, outer: i32, n: i32, y: usize): void {
  for (let o = 0; o < outer; o++) {
    let at: i32;
    if (kind == 0) at = larger ? first<f32>(true, x, n) : first<f32>(false, x, n);
    else if (kind == 1) at = larger ? first<f64>(true, x, n) : first<f64>(false, x, n);
    else if (kind == 2) at = larger ? first<i32>(true, x, n) : first<i32>(false, x, n);
    else at = larger ? first<i64>(true, x, n) : first<i64>(false, x, n);
    store<i64>(y, at);
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
