import { int64, Strided, storeIntegers } from "@cognate/kernel";

/** 0, 1, …, n − 1 as int64. */
export function counting(n: number): Strided {
  const y = Strided.zeros(int64, [n]);
  const numbers = new Int32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  storeIntegers(y, 0, 1, numbers, n);
  return y;
}
