import { splatAt } from "../lanes";
import { sineAt, turn, turnMask, twiddled } from "./lanes";

/*
 * Stockham's self-sorting steps over rows of `s` bytes, one a factor: x [p, m, s] goes to y [m, p, s]. At `w` stand cosine and
 * sine of k·r·2π/(p·m) for r = 1 … p − 1, k after k.
 */

function pass2<T extends number>(x: usize, y: usize, m: i32, s: usize, w: usize, mask: v128): void {
  const far = <usize>m * s;
  for (let k = 0; k < m; k++) {
    const c1 = splatAt<T>(w, 0);
    const s1 = sineAt<T>(w, sizeof<T>(), mask);
    w += 2 * sizeof<T>();
    for (const end = x + s; x < end; x += 16, y += 16) {
      const a = v128.load(x);
      const b = v128.load(x + far);
      v128.store(y, v128.add<T>(a, b));
      v128.store(y + s, twiddled<T>(v128.sub<T>(a, b), c1, s1));
    }
    y += s;
  }
}

function pass3<T extends number>(x: usize, y: usize, m: i32, s: usize, w: usize, mask: v128): void {
  const far = <usize>m * s;
  const middle = v128.splat<T>(<T>0.5);
  const height = v128.splat<T>(<T>0.86602540378443864676);
  for (let k = 0; k < m; k++) {
    const c1 = splatAt<T>(w, 0);
    const s1 = sineAt<T>(w, sizeof<T>(), mask);
    const c2 = splatAt<T>(w, 2 * sizeof<T>());
    const s2 = sineAt<T>(w, 3 * sizeof<T>(), mask);
    w += 4 * sizeof<T>();
    for (const end = x + s; x < end; x += 16, y += 16) {
      const a = v128.load(x);
      const b = v128.load(x + far);
      const c = v128.load(x + 2 * far);
      const sum = v128.add<T>(b, c);
      const mid = v128.sub<T>(a, v128.mul<T>(sum, middle));
      const side = v128.mul<T>(turn<T>(v128.sub<T>(b, c), mask), height);
      v128.store(y, v128.add<T>(a, sum));
      v128.store(y + s, twiddled<T>(v128.add<T>(mid, side), c1, s1));
      v128.store(y + 2 * s, twiddled<T>(v128.sub<T>(mid, side), c2, s2));
    }
    y += 2 * s;
  }
}

// @ts-ignore: decorator
@inline
function putTurned<T extends number>(plain: bool, y: usize, x: v128, c: v128, s: v128): void {
  v128.store(y, plain ? x : twiddled<T>(x, c, s));
}

/** One k of {@link pass4}; `plain` where it is 0, which turns nothing. */
// @ts-ignore: decorator
@inline
function fours<T extends number>(plain: bool, x: usize, y: usize, far: usize, s: usize, w: usize, mask: v128): void {
  const c1 = splatAt<T>(w, 0);
  const s1 = sineAt<T>(w, sizeof<T>(), mask);
  const c2 = splatAt<T>(w, 2 * sizeof<T>());
  const s2 = sineAt<T>(w, 3 * sizeof<T>(), mask);
  const c3 = splatAt<T>(w, 4 * sizeof<T>());
  const s3 = sineAt<T>(w, 5 * sizeof<T>(), mask);
  for (const end = x + s; x < end; x += 16, y += 16) {
    const a = v128.load(x);
    const b = v128.load(x + far);
    const c = v128.load(x + 2 * far);
    const d = v128.load(x + 3 * far);
    const ac = v128.add<T>(a, c);
    const bd = v128.add<T>(b, d);
    const oc = v128.sub<T>(a, c);
    const od = turn<T>(v128.sub<T>(b, d), mask);
    v128.store(y, v128.add<T>(ac, bd));
    putTurned<T>(plain, y + s, v128.add<T>(oc, od), c1, s1);
    putTurned<T>(plain, y + 2 * s, v128.sub<T>(ac, bd), c2, s2);
    putTurned<T>(plain, y + 3 * s, v128.sub<T>(oc, od), c3, s3);
  }
}

function pass4<T extends number>(x: usize, y: usize, m: i32, s: usize, w: usize, mask: v128): void {
  const far = <usize>m * s;
  fours<T>(true, x, y, far, s, w, mask);
  for (let k = 1; k < m; k++) {
    x += s;
    y += 4 * s;
    w += 6 * sizeof<T>();
    fours<T>(false, x, y, far, s, w, mask);
  }
}

function pass5<T extends number>(x: usize, y: usize, m: i32, s: usize, w: usize, mask: v128): void {
  const far = <usize>m * s;
  // Cosines and sines of 2π/5 and 4π/5.
  const a1 = v128.splat<T>(<T>0.30901699437494742410);
  const a2 = v128.splat<T>(<T>-0.80901699437494742410);
  const b1 = v128.splat<T>(<T>0.95105651629515357212);
  const b2 = v128.splat<T>(<T>0.58778525229247312917);
  for (let k = 0; k < m; k++) {
    const c1 = splatAt<T>(w, 0);
    const s1 = sineAt<T>(w, sizeof<T>(), mask);
    const c2 = splatAt<T>(w, 2 * sizeof<T>());
    const s2 = sineAt<T>(w, 3 * sizeof<T>(), mask);
    const c3 = splatAt<T>(w, 4 * sizeof<T>());
    const s3 = sineAt<T>(w, 5 * sizeof<T>(), mask);
    const c4 = splatAt<T>(w, 6 * sizeof<T>());
    const s4 = sineAt<T>(w, 7 * sizeof<T>(), mask);
    for (const end = x + s; x < end; x += 16, y += 16) {
      const a = v128.load(x);
      let b = v128.load(x + far);
      let c = v128.load(x + 2 * far);
      let d = v128.load(x + 3 * far);
      let e = v128.load(x + 4 * far);
      const p = v128.add<T>(b, e);
      const q = v128.add<T>(c, d);
      const u = turn<T>(v128.sub<T>(b, e), mask);
      const v = turn<T>(v128.sub<T>(c, d), mask);
      v128.store(y, v128.add<T>(a, v128.add<T>(p, q)));
      const f = v128.add<T>(a, v128.add<T>(v128.mul<T>(a1, p), v128.mul<T>(a2, q)));
      const g = v128.add<T>(a, v128.add<T>(v128.mul<T>(a2, p), v128.mul<T>(a1, q)));
      const h = v128.add<T>(v128.mul<T>(b1, u), v128.mul<T>(b2, v));
      const j = v128.sub<T>(v128.mul<T>(b2, u), v128.mul<T>(b1, v));
      b = v128.add<T>(f, h);
      c = v128.add<T>(g, j);
      d = v128.sub<T>(g, j);
      e = v128.sub<T>(f, h);
      v128.store(y + s, twiddled<T>(b, c1, s1));
      v128.store(y + 2 * s, twiddled<T>(c, c2, s2));
      v128.store(y + 3 * s, twiddled<T>(d, c3, s3));
      v128.store(y + 4 * s, twiddled<T>(e, c4, s4));
    }
    w += 8 * sizeof<T>();
    y += 4 * s;
  }
}

/** One k of {@link pass8}; `plain` where it is 0, which turns nothing. */
// @ts-ignore: decorator
@inline
function eights<T extends number>(plain: bool, x: usize, y: usize, far: usize, s: usize, w: usize, mask: v128): void {
  const h = v128.splat<T>(<T>0.70710678118654752440);
  const c1 = splatAt<T>(w, 0);
  const s1 = sineAt<T>(w, sizeof<T>(), mask);
  const c2 = splatAt<T>(w, 2 * sizeof<T>());
  const s2 = sineAt<T>(w, 3 * sizeof<T>(), mask);
  const c3 = splatAt<T>(w, 4 * sizeof<T>());
  const s3 = sineAt<T>(w, 5 * sizeof<T>(), mask);
  const c4 = splatAt<T>(w, 6 * sizeof<T>());
  const s4 = sineAt<T>(w, 7 * sizeof<T>(), mask);
  const c5 = splatAt<T>(w, 8 * sizeof<T>());
  const s5 = sineAt<T>(w, 9 * sizeof<T>(), mask);
  const c6 = splatAt<T>(w, 10 * sizeof<T>());
  const s6 = sineAt<T>(w, 11 * sizeof<T>(), mask);
  const c7 = splatAt<T>(w, 12 * sizeof<T>());
  const s7 = sineAt<T>(w, 13 * sizeof<T>(), mask);
  const half = far << 2;
  const over = s << 2;
  for (const end = x + s; x < end; x += 16, y += 16) {
    // Addresses go on by additions: V8 multiplies anew at each access.
    let p = x;
    let q = x + half;
    let a = v128.load(p);
    let b = v128.load(q);
    const e0 = v128.add<T>(a, b);
    const d0 = v128.sub<T>(a, b);
    a = v128.load((p += far));
    b = v128.load((q += far));
    const e1 = v128.add<T>(a, b);
    const d1 = v128.sub<T>(a, b);
    a = v128.load((p += far));
    b = v128.load((q += far));
    const e2 = v128.add<T>(a, b);
    const d2 = turn<T>(v128.sub<T>(a, b), mask);
    a = v128.load(p + far);
    b = v128.load(q + far);
    const e3 = v128.add<T>(a, b);
    const d3 = v128.sub<T>(a, b);
    a = v128.add<T>(e0, e2);
    b = v128.add<T>(e1, e3);
    p = y;
    q = y + over;
    v128.store(p, v128.add<T>(a, b));
    putTurned<T>(plain, q, v128.sub<T>(a, b), c4, s4);
    const sum = v128.add<T>(d1, d3);
    const dif = v128.sub<T>(d1, d3);
    a = v128.add<T>(d0, d2);
    b = v128.mul<T>(h, v128.add<T>(dif, turn<T>(sum, mask)));
    p += s;
    q += s;
    putTurned<T>(plain, p, v128.add<T>(a, b), c1, s1);
    putTurned<T>(plain, q, v128.sub<T>(a, b), c5, s5);
    a = v128.sub<T>(e0, e2);
    b = turn<T>(v128.sub<T>(e1, e3), mask);
    p += s;
    q += s;
    putTurned<T>(plain, p, v128.add<T>(a, b), c2, s2);
    putTurned<T>(plain, q, v128.sub<T>(a, b), c6, s6);
    a = v128.sub<T>(d0, d2);
    b = turn<T>(v128.mul<T>(h, v128.add<T>(sum, turn<T>(dif, mask))), mask);
    putTurned<T>(plain, p + s, v128.add<T>(a, b), c3, s3);
    putTurned<T>(plain, q + s, v128.sub<T>(a, b), c7, s7);
  }
}

function pass8<T extends number>(x: usize, y: usize, m: i32, s: usize, w: usize, mask: v128): void {
  const far = <usize>m * s;
  eights<T>(true, x, y, far, s, w, mask);
  for (let k = 1; k < m; k++) {
    x += s;
    y += 8 * s;
    w += 14 * sizeof<T>();
    eights<T>(false, x, y, far, s, w, mask);
  }
}

// @ts-ignore: decorator
@inline
function put<T extends number>(y: usize, x: v128, w: usize, mask: v128): void {
  v128.store(y, twiddled<T>(x, splatAt<T>(w, 0), sineAt<T>(w, sizeof<T>(), mask)));
}

/** A step of any odd factor p. Before the twiddles stand cosine and sine of 2πj/p; `room` has space for p + 1 vectors. */
function passOdd<T extends number>(
  p: i32,
  x: usize,
  y: usize,
  m: i32,
  s: usize,
  w: usize,
  mask: v128,
  room: usize,
): void {
  const far = <usize>m * s;
  const circle = w;
  w += 2 * <usize>p * sizeof<T>();
  for (let k = 0; k < m; k++) {
    for (const end = x + s; x < end; x += 16, y += 16) {
      const a = v128.load(x);
      let all = a;
      for (let j = 1; 2 * j < p; j++) {
        const b = v128.load(x + <usize>j * far);
        const c = v128.load(x + <usize>(p - j) * far);
        const sum = v128.add<T>(b, c);
        all = v128.add<T>(all, sum);
        v128.store(room + (j << 5), sum);
        v128.store(room + (j << 5), turn<T>(v128.sub<T>(b, c), mask), 16);
      }
      v128.store(y, all);
      for (let r = 1; 2 * r < p; r++) {
        let even = a;
        let odd = v128.splat<T>(<T>0);
        for (let j = 1, t = r; 2 * j < p; j++) {
          const at = circle + 2 * <usize>t * sizeof<T>();
          even = v128.add<T>(even, v128.mul<T>(v128.load(room + (j << 5)), splatAt<T>(at, 0)));
          odd = v128.add<T>(odd, v128.mul<T>(v128.load(room + (j << 5), 16), splatAt<T>(at, sizeof<T>())));
          t += r;
          if (t >= p) t -= p;
        }
        put<T>(y + <usize>r * s, v128.add<T>(even, odd), w + 2 * <usize>(r - 1) * sizeof<T>(), mask);
        put<T>(y + <usize>(p - r) * s, v128.sub<T>(even, odd), w + 2 * <usize>(p - r - 1) * sizeof<T>(), mask);
      }
    }
    w += 2 * <usize>(p - 1) * sizeof<T>();
    y += <usize>(p - 1) * s;
  }
}

/** Rows of y = rows of x times a complex number each, its conjugate backward. */
function timesRows<T extends number>(x: usize, y: usize, n: i32, s: usize, w: usize, mask: v128): void {
  for (let j = 0; j < n; j++) {
    const c = splatAt<T>(w, 0);
    const d = sineAt<T>(w, sizeof<T>(), mask);
    w += 2 * sizeof<T>();
    for (const end = x + s; x < end; x += 16, y += 16) v128.store(y, twiddled<T>(v128.load(x), c, d));
  }
}

/** A plan's words: length, length of the convolution (0: none), number of factors, chirp, its spectrum, room; then factor and twiddles of each. */
// @ts-ignore: decorator
@inline
function word(plan: usize, i: i32): i32 {
  return load<i32>(plan + (i << 2));
}

function factors<T extends number>(plan: usize, length: i32, x: usize, y: usize, s: usize, forward: bool): usize {
  const mask = turnMask<T>(forward);
  const count = word(plan, 2);
  const room = <usize>word(plan, 5);
  for (let i = 0; i < count; i++) {
    const p = word(plan, 8 + 2 * i);
    const w = <usize>word(plan, 9 + 2 * i);
    const m = (length /= p);
    if (p == 8) pass8<T>(x, y, m, s, w, mask);
    else if (p == 4) pass4<T>(x, y, m, s, w, mask);
    else if (p == 2) pass2<T>(x, y, m, s, w, mask);
    else if (p == 3) pass3<T>(x, y, m, s, w, mask);
    else if (p == 5) pass5<T>(x, y, m, s, w, mask);
    else passOdd<T>(p, x, y, m, s, w, mask, room);
    s *= p;
    const t = x;
    x = y;
    y = t;
  }
  return x;
}

/** Transforms rows at x, which y is as long as; gives where the result lies, x or y. */
export function transformed<T extends number>(plan: usize, x: usize, y: usize, s: usize, forward: bool): usize {
  const n = word(plan, 0);
  const size = word(plan, 1);
  if (size == 0) return factors<T>(plan, n, x, y, s, forward);
  const mask = turnMask<T>(forward);
  const chirp = <usize>word(plan, 3);
  timesRows<T>(x, x, n, s, chirp, mask);
  memory.fill(x + <usize>n * s, 0, <usize>(size - n) * s);
  const a = factors<T>(plan, size, x, y, s, forward);
  timesRows<T>(a, a, size, s, <usize>word(plan, 4), mask);
  const b = factors<T>(plan, size, a, a == x ? y : x, s, !forward);
  timesRows<T>(b, b, n, s, chirp, mask);
  return b;
}
