const { fround } = Math;

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
