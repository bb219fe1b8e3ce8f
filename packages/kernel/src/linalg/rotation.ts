/** Angles that turn one number of a pair into zero, and the closed forms for matrices of two rows. */
const EPS = 2 ** -53;

/** |x| with y's sign. */
export const withSign = (x: number, y: number): number =>
  y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x);

export interface Angle {
  c: number;
  s: number;
  r: number;
}

/** c, s with c·f + s·g = r and c·g − s·f = 0; c ≥ 0. */
export function givens(f: number, g: number, out: Angle): Angle {
  if (g === 0) {
    out.c = 1;
    out.s = 0;
    out.r = f;
  } else if (f === 0) {
    out.c = 0;
    out.s = withSign(1, g);
    out.r = Math.abs(g);
  } else {
    const d = Math.hypot(f, g);
    out.c = Math.abs(f) / d;
    out.r = withSign(d, f);
    out.s = g / out.r;
  }
  return out;
}

/** Eigenvalues of [[a, b], [b, c]], larger in size first, and the unit eigenvector (c, s) of the first. */
export function symmetricPair(
  a: number,
  b: number,
  c: number,
): { first: number; second: number; c: number; s: number } {
  const [sum, df, tb] = [a + c, a - c, b + b];
  const ab = Math.abs(tb);
  const [big, small] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a];
  const rt = Math.hypot(df, tb);
  let [first, second, sign1] = [rt / 2, -rt / 2, 1];
  if (sum !== 0) {
    sign1 = sum < 0 ? -1 : 1;
    first = (sum + sign1 * rt) / 2;
    second = (big / first) * small - (b / first) * b;
  }
  const sign2 = df >= 0 ? 1 : -1;
  const cs = df + sign2 * rt;
  let [cos, sin] = [1, 0];
  if (Math.abs(cs) > ab) {
    const ct = -tb / cs;
    sin = 1 / Math.sqrt(1 + ct * ct);
    cos = ct * sin;
  } else if (ab !== 0) {
    const tn = -cs / tb;
    cos = 1 / Math.sqrt(1 + tn * tn);
    sin = tn * cos;
  }
  return sign1 === sign2 ? { first, second, c: -sin, s: cos } : { first, second, c: cos, s: sin };
}

/** The smaller singular value of [[f, g], [0, h]]. */
export function smallerSingular(f: number, g: number, h: number): number {
  const [fa, ga, ha] = [Math.abs(f), Math.abs(g), Math.abs(h)];
  const [low, high] = [Math.min(fa, ha), Math.max(fa, ha)];
  if (low === 0) return 0;
  const [as, at] = [1 + low / high, (high - low) / high];
  if (ga < high) {
    const au = (ga / high) ** 2;
    return low * (2 / (Math.sqrt(as * as + au) + Math.sqrt(at * at + au)));
  }
  const au = high / ga;
  if (au === 0) return (low * high) / ga;
  return 2 * (low * (1 / (Math.sqrt(1 + (as * au) ** 2) + Math.sqrt(1 + (at * au) ** 2))) * au);
}

/** The singular value decomposition of [[f, g], [0, h]]: signed values and the two angles. */
export interface TriangularPair {
  larger: number;
  smaller: number;
  cl: number;
  sl: number;
  cr: number;
  sr: number;
}

export function triangularPair(f: number, g: number, h: number): TriangularPair {
  let [ft, fa, ht, ha] = [f, Math.abs(f), h, Math.abs(h)];
  const swapped = ha > fa;
  let most = 1;
  if (swapped) {
    most = 3;
    [ft, ht, fa, ha] = [ht, ft, ha, fa];
  }
  const ga = Math.abs(g);
  let [smaller, larger, clt, crt, slt, srt] = [ha, fa, 1, 1, 0, 0];
  if (ga !== 0) {
    if (ga > fa) most = 2;
    if (ga > fa && fa / ga < EPS) {
      larger = ga;
      smaller = ha > 1 ? fa / (ga / ha) : (fa / ga) * ha;
      slt = ht / g;
      srt = 1;
      crt = ft / g;
    } else {
      const d = fa - ha;
      let l = d === fa ? 1 : d / fa;
      const m = g / ft;
      let u = 2 - l;
      const mm = m * m;
      const s = Math.sqrt(u * u + mm);
      const r = l === 0 ? Math.abs(m) : Math.sqrt(l * l + mm);
      const a = (s + r) / 2;
      smaller = ha / a;
      larger = fa * a;
      if (mm !== 0) u = (m / (s + u) + m / (r + l)) * (1 + a);
      else if (l === 0) u = withSign(2, ft) * withSign(1, g);
      else u = g / withSign(d, ft) + m / u;
      l = Math.sqrt(u * u + 4);
      crt = 2 / l;
      srt = u / l;
      clt = (crt + srt * m) / a;
      slt = ((ht / ft) * srt) / a;
    }
  }
  const [cl, sl, cr, sr] = swapped ? [srt, crt, slt, clt] : [clt, slt, crt, srt];
  const sign =
    most === 1
      ? withSign(1, cr) * withSign(1, cl) * withSign(1, f)
      : most === 2
        ? withSign(1, sr) * withSign(1, cl) * withSign(1, g)
        : withSign(1, sr) * withSign(1, sl) * withSign(1, h);
  return {
    larger: withSign(larger, sign),
    smaller: withSign(smaller, sign * withSign(1, f) * withSign(1, h)),
    cl,
    sl,
    cr,
    sr,
  };
}
