// The C library of Linux computes with fused multiply-add where the processor has it, and JavaScript has none: the bits
// of its functions follow from where a product was rounded and where it was not.

const SPLITTER = 134217729; // 2²⁷ + 1

/**
 * a·b + c rounded once, for factors below 2⁹⁹⁶ whose product is no subnormal number.
 *
 * Source: S. Boldo, G. Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd"
 * (2008), with the odd rounding replaced by a look at ties.
 */
export function fma(a: number, b: number, c: number): number {
  const p = a * b;
  const ca = SPLITTER * a;
  const ah = ca - (ca - a);
  const al = a - ah;
  const cb = SPLITTER * b;
  const bh = cb - (cb - b);
  const bl = b - bh;
  const e = al * bl - (p - ah * bh - al * bh - ah * bl);
  const s = p + c;
  const t = s - p;
  const u = p - (s - t) + (c - t);
  // p + c = s + u and a·b = p + e, so that the result is s + (u + e).
  const v = u + e;
  const y = s + v;
  const d = v - (y - s);
  if (d !== 0) {
    const other = y + 2 * d;
    if (other - y === 2 * d) {
      // Halfway: what u + e lost decides.
      const t2 = v - u;
      const w = u - (v - t2) + (e - t2);
      if (w !== 0 && w > 0 === d > 0) return other;
    }
  }
  return y;
}
