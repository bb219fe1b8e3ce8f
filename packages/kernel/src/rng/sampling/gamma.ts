import { log } from "../../math/precise/log.js";

/** Where uniform and normal numbers come from. */
export interface GammaSource {
  /** A uniform number of [0, 1). */
  readonly uniform: () => number;
  readonly normal: () => number;
}

/**
 * A number of the gamma distribution of shape `alpha` and rate 1, by G. Marsaglia and W. Tsang, "A simple method for
 * generating gamma variables" (2000). Logarithms are only compared: the last bit of the C library's own is not needed.
 */
export function gammaNumber({ uniform, normal }: GammaSource, alpha: number): number {
  let scale = 1;
  let shape = alpha;
  if (alpha < 1) {
    if (alpha === 0) return 0;
    scale = (1 - uniform()) ** (1 / alpha);
    shape += 1;
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    let x: number;
    let y: number;
    do {
      x = normal();
      y = 1 + c * x;
    } while (y <= 0);
    const v = y * y * y;
    const u = 1 - uniform();
    const xx = x * x;
    if (u < 1 - 0.0331 * xx * xx) return scale * d * v;
    if (log(u) < 0.5 * xx + d * (1 - v + log(v))) return scale * d * v;
  }
}
