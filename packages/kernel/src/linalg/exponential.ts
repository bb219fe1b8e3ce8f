import { factorLu, solveLu } from "./lu.js";
import { type Lanes, multiply, unit } from "./vector.js";

/** Coefficients of the (13, 13) Padé approximant of eˣ. */
const PADE = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
];

/** The largest 1-norm that the approximant takes without halving first. */
const THETA = 5.371920351148152;

/** e^A by scaling and squaring. Source: Higham, The Scaling and Squaring Method for the Matrix Exponential Revisited, 2005. */
export function exponential(lanes: Lanes, n: number, matrix: Float64Array): Float64Array {
  let norm = 0;
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++)
      sum +=
        lanes === 1
          ? Math.abs(matrix[i * n + j]!)
          : Math.hypot(matrix[2 * (i * n + j)]!, matrix[2 * (i * n + j) + 1]!);
    if (!(sum <= norm)) norm = sum;
  }
  if (!Number.isFinite(norm)) return new Float64Array(matrix.length).fill(Number.NaN);
  const halvings = norm > THETA ? Math.ceil(Math.log2(norm / THETA)) : 0;
  const a = matrix.map((v) => v / 2 ** halvings);
  const mul = (x: Float64Array, y: Float64Array): Float64Array => multiply(lanes, n, n, n, x, y);
  const one = unit(lanes, n, n);
  const a2 = mul(a, a);
  const a4 = mul(a2, a2);
  const a6 = mul(a4, a2);
  const combine = (c6: number, c4: number, c2: number, c0: number): Float64Array =>
    a6.map((v, i) => c6 * v + c4 * a4[i]! + c2 * a2[i]! + c0 * one[i]!);
  const b = PADE as readonly number[];
  const sum = (x: Float64Array, y: Float64Array): Float64Array => x.map((v, i) => v + y[i]!);
  const u = mul(a, sum(mul(a6, combine(b[13]!, b[11]!, b[9]!, 0)), combine(b[7]!, b[5]!, b[3]!, b[1]!)));
  const v = sum(mul(a6, combine(b[12]!, b[10]!, b[8]!, 0)), combine(b[6]!, b[4]!, b[2]!, b[0]!));
  const [denominator, numerator] = [v.map((x, i) => x - u[i]!), sum(v, u)];
  const pivots = new Int32Array(n);
  factorLu(lanes, n, n, denominator, pivots);
  solveLu(lanes, n, n, denominator, pivots, numerator);
  let y = numerator;
  for (let k = 0; k < halvings; k++) y = mul(y, y);
  return y;
}
