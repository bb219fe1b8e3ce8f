import type { ComplexOut } from "../ops/engines/elementwise.js";

/** (ar + ai·i) / (br + bi·i) by Smith's scaling, which neither overflows nor underflows needlessly. */
export function complexDiv(ar: number, ai: number, br: number, bi: number, out: ComplexOut): void {
  if (Math.abs(br) >= Math.abs(bi)) {
    if (br === 0 && bi === 0) {
      out.re = ar / br;
      out.im = ai / br;
      return;
    }
    const r = bi / br;
    const d = br + bi * r;
    out.re = (ar + ai * r) / d;
    out.im = (ai - ar * r) / d;
  } else {
    const r = br / bi;
    const d = br * r + bi;
    out.re = (ar * r + ai) / d;
    out.im = (ai * r - ar) / d;
  }
}
