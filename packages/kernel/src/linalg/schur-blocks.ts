import { type Lanes, sizeAt } from "./vector.js";

const EPS = 2 ** -52;
const SMALL = 2 ** -1022;

/** Where the last coupled block of the rows low…i of a Hessenberg matrix starts. */
export function blockStart(
  lanes: Lanes,
  n: number,
  h: Float64Array,
  low: number,
  high: number,
  i: number,
): number {
  const tiny = SMALL * (n / EPS);
  const size = (r: number, c: number): number => sizeAt(lanes, h, r * n + c);
  const real = (r: number, c: number): number => Math.abs(h[(r * n + c) * lanes]!);
  for (let k = i; k > low; k--) {
    const sub = size(k, k - 1);
    if (sub <= tiny) return k;
    const own = size(k, k);
    let near = size(k - 1, k - 1) + own;
    if (near === 0) {
      if (k - 2 >= low) near += real(k - 1, k - 2);
      if (k + 1 < high) near += real(k + 1, k);
    }
    if (real(k, k - 1) > EPS * near) continue;
    const sup = size(k - 1, k);
    const [ab, ba] = [Math.max(sub, sup), Math.min(sub, sup)];
    let gap = 0;
    for (let l = 0; l < lanes; l++)
      gap += Math.abs(h[(k - 1) * (n + 1) * lanes + l]! - h[k * (n + 1) * lanes + l]!);
    const [aa, bb] = [Math.max(own, gap), Math.min(own, gap)];
    const s = aa + ab;
    if (ba * (ab / s) <= Math.max(tiny, EPS * (bb * (aa / s)))) return k;
  }
  return low;
}
