import { int64, Strided } from "@cognate/kernel";

/** 0, 1, …, n − 1 as int64. */
export function counting(n: number): Strided {
  const y = Strided.zeros(int64, [n]);
  const data = y.data as BigInt64Array;
  for (let i = 0; i < n; i++) data[i] = BigInt(i);
  return y;
}
