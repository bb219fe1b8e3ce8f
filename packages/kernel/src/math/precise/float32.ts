// Float32 functions to the very bit of the C library of Linux (glibc from 2.28 on), whose normal numbers TensorFlow
// computes with. Polynomials are S. Nagy's ("Optimized Routines", Arm); everything is carried in float64 and rounded once.

const { fround } = Math;
const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

const OFFSET = 0x3f330000;
let table: Float64Array | undefined;

/** For sixteen intervals from 0.699 to 1.398: 1/c and log c of a c near the middle, exactly 1 where the interval has it. */
function makeTable(): Float64Array {
  const t = new Float64Array(32);
  const edge = (i: number): number => {
    u32[0] = OFFSET + (i << 19);
    return f32[0]!;
  };
  for (let i = 0; i < 16; i++) {
    const [low, high] = [edge(i), edge(i + 1)];
    // The interval after the one around 1 has its c a little below the middle.
    const c = low < 1 && high > 1 ? 1 : i === 10 ? 1.0534233323964795 : (low + high) / 2;
    t[2 * i] = 1 / c;
    t[2 * i + 1] = Math.log(c);
  }
  table = t;
  return t;
}

/** logf of a positive normal float32. */
export function logf(x: number): number {
  const t = table ?? makeTable();
  f32[0] = x;
  const bits = u32[0]!;
  const offset = (bits - OFFSET) | 0;
  const i = 2 * ((offset >>> 19) & 15);
  u32[0] = bits - (offset & 0xff800000);
  const r = f32[0]! * t[i]! - 1;
  const square = r * r;
  const rest = -0.25089342214237154 * square + (0.333456765744066 * r - 0.4999997485802103);
  return fround(rest * square + (t[i + 1]! + (offset >> 23) * Math.LN2 + r));
}

/** sinf(x) and cosf(x) for |x| < 120 into `out`. */
export function sinCosf(x: number, out: Float32Array | Float64Array): void {
  const n = Math.abs(x) < fround(Math.PI / 4) ? 0 : Math.floor(x * (2 / Math.PI) + 0.5);
  const r = x - n * (Math.PI / 2);
  const square = r * r;
  const cube = r * square;
  const fourth = square * square;
  const s =
    r +
    cube * -0.16666654943701084 +
    cube * square * (0.008332178146138854 + square * -0.00019517298981385725);
  const c =
    1 +
    square * -0.49999999725108224 +
    fourth * 0.041666623324344516 +
    fourth * square * (-0.001388676379437604 + square * 0.000024390450703564542);
  const q = n & 3;
  out[0] = fround(q === 0 ? s : q === 1 ? c : q === 2 ? -s : -c);
  out[1] = fround(q === 0 ? c : q === 1 ? -s : q === 2 ? -c : s);
}
