// Float32 logarithm, sine and cosine to the bit of PyTorch's vectorised kernels (AVX2 with fused multiply-add), which
// make the normal numbers of arrays. The polynomials are those of S. Moshier's Cephes library (logf, sinf, cosf).

const { fround } = Math;
const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

/** a·b + c rounded once: the product of two float32 is exact in float64. */
const fma = (a: number, b: number, c: number): number => fround(a * b + c);

const SQRT_HALF = fround(Math.SQRT1_2);
const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(fround) as readonly number[];
const LN2_LOW = fround(-2.1219444e-4);
const LN2_HIGH = 0.693359375;

/** log x of a positive normal float32. */
export function vectorLogf(x: number): number {
  f32[0] = x;
  const bits = u32[0]!;
  let e = (bits >>> 23) - 126;
  u32[0] = (bits & 0x7fffff) | 0x3f000000;
  let m = f32[0]!;
  if (m < SQRT_HALF) {
    e -= 1;
    m = fround(m - 1 + m);
  } else m = fround(m - 1);
  const square = fround(m * m);
  let y = LOG[0]!;
  for (let i = 1; i < 9; i++) y = fma(y, m, LOG[i]!);
  y = fround(y * m);
  y = fma(y, square, fround(e * LN2_LOW));
  y = fround(y - square * 0.5);
  return fround(fround(m + y) + e * LN2_HIGH);
}

const FOUR_OVER_PI = fround(1.27323954473516);
const QUARTER_1 = -0.78515625;
const QUARTER_2 = fround(-2.4187564849853516e-4);
const QUARTER_3 = fround(-3.774894977445941e-8);
const [SIN_0, SIN_1, SIN_2] = [fround(-1.9515295891e-4), fround(8.3321608736e-3), fround(-1.6666654611e-1)];
const [COS_0, COS_1, COS_2] = [
  fround(2.443315711809948e-5),
  fround(-1.388731625493765e-3),
  fround(4.166664568298827e-2),
];

/** sin x and cos x of a non-negative float32 below 8192 into `out`. */
export function vectorSinCosf(x: number, out: Float32Array): void {
  const j = (Math.trunc(fround(x * FOUR_OVER_PI)) + 1) & ~1;
  let r = fma(j, QUARTER_1, x);
  r = fma(j, QUARTER_2, r);
  r = fma(j, QUARTER_3, r);
  const z = fround(r * r);
  let c = fma(COS_0, z, COS_1);
  c = fma(c, z, COS_2);
  c = fround(c * z);
  c = fma(c, z, -z * 0.5);
  c = fround(c + 1);
  let s = fma(SIN_0, z, SIN_1);
  s = fma(s, z, SIN_2);
  s = fround(s * z);
  s = fma(s, r, r);
  const swap = (j & 2) !== 0;
  const sine = swap ? c : s;
  const cosine = swap ? s : c;
  out[0] = j & 4 ? -sine : sine;
  out[1] = (j - 2) & 4 ? cosine : -cosine;
}
