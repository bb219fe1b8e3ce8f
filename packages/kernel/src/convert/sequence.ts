import { type DType, float64, int64 } from "../dtype/dtype.js";
import { castTo } from "../strided/copy.js";
import { storeIntegers } from "../strided/integers.js";
import { storeLine } from "../strided/lines.js";
import { Strided } from "../strided/strided.js";

/** A vector of numbers given one by one in float64, rounded to `dtype`. */
function vector(dtype: DType, n: number, at: (i: number) => number): Strided {
  const line = new Float64Array(n * dtype.lanes);
  for (let i = 0; i < n; i++) line[i * dtype.lanes] = at(i);
  if (dtype.kind === "float" || dtype.lanes === 2 || dtype.big) {
    const y = Strided.zeros(dtype, [n]);
    storeLine(y, 0, 1, line, n);
    return y;
  }
  return castTo(Strided.over(line, float64, [n]), dtype);
}

/** start, start + step, start + 2·step …, n numbers, each by one multiplication so that errors do not add up. */
export const arange = (
  dtype: DType,
  n: number,
  start: number | bigint = 0,
  step: number | bigint = 1,
): Strided => {
  if (typeof start !== "bigint" && typeof step !== "bigint") return vector(dtype, n, (i) => start + i * step);
  const y = Strided.zeros(int64, [n]);
  const data = y.data as BigInt64Array;
  for (let i = 0; i < n; i++) data[i] = BigInt(start) + BigInt(i) * BigInt(step);
  return castTo(y, dtype);
};

/**
 * n numbers from start to end, both included, computed from the nearer end, so that both ends are exact.
 *
 * @param round - rounds each operation as the library's own arithmetic does; float64 by default
 * @param base - gives its powers by these numbers instead of the numbers
 */
export function linspace(
  dtype: DType,
  n: number,
  start: number,
  end: number,
  round: (x: number) => number = (x) => x,
  base?: number,
): Strided {
  const step = n > 1 ? round(round(end - start) / (n - 1)) : 0;
  const half = n === 1 ? 1 : Math.floor(n / 2);
  const at = (i: number): number =>
    i < half ? round(start + round(step * i)) : round(end - round(step * (n - 1 - i)));
  return vector(dtype, n, base === undefined ? at : (i) => base ** at(i));
}

/** Ones on a diagonal of a matrix of zeros; k = 0 is the main one, positive ones lie above it. */
export function eye(dtype: DType, rows: number, columns = rows, k = 0): Strided {
  const y = Strided.zeros(dtype, [rows, columns]);
  const length = Math.max(Math.min(rows, columns, k >= 0 ? columns - k : rows + k), 0);
  const diagonal = y.view([length], [columns + 1], length === 0 ? 0 : k >= 0 ? k : -k * columns);
  const data = diagonal.data;
  const one = castTo(Strided.over(Float64Array.of(1), float64, [1]), dtype).data[0]!;
  for (let i = 0, p = diagonal.offset; i < length; i++, p += columns + 1) data[p * dtype.lanes] = one;
  return y;
}

/** Row and column numbers (int64 [2, n]) of the lower or upper triangle of a matrix, row by row. */
export function triangleIndices(rows: number, columns: number, k: number, lower: boolean): Strided {
  const [is, js]: [number[], number[]] = [[], []];
  for (let i = 0; i < rows; i++) {
    const edge = Math.min(Math.max(i + k + (lower ? 1 : 0), 0), columns);
    for (let j = lower ? 0 : edge; j < (lower ? edge : columns); j++) {
      is.push(i);
      js.push(j);
    }
  }
  const y = Strided.zeros(int64, [2, is.length]);
  storeIntegers(y, 0, 1, is, is.length);
  storeIntegers(y, is.length, 1, js, js.length);
  return y;
}
