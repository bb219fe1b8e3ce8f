/** log(1 + eˣ) without overflow, accurate in both tails. */
export const softplusOf = (x: number): number =>
  x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
