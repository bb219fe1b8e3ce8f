import { float32 } from "../../dtype/dtype.js";
import type { Strided } from "../../strided/strided.js";
import { runRanges, threadsFor } from "../../threads/pool.js";
import { abandon, begin, end, give, giveAndTake, takeRows } from "../call.js";
import { wasm } from "../instance.js";

/** Ranges of threads begin where lines of the cache do. */
const LINES = [64, 64] as const;

/** Options of a step of Adam; see `adam_f32` in `packages/kernel/wasm/optim`. */
export interface AdamStep {
  readonly beta1: number;
  readonly beta2: number;
  /** lr / (1 − β₁ᵗ). */
  readonly size: number;
  /** √(1 − β₂ᵗ). */
  readonly correction: number;
  readonly eps: number;
  /** Added to the gradient, times the parameter. */
  readonly decay: number;
  /** What the parameter is multiplied by first: 1 − lr·decay where decay is decoupled. */
  readonly shrink: number;
  readonly maximize: boolean;
}

/** Options of a step of gradient descent. */
export interface DescentStep {
  readonly lr: number;
  readonly momentum: number;
  /** 1 − dampening. */
  readonly rest: number;
  readonly decay: number;
  readonly nesterov: boolean;
  readonly maximize: boolean;
}

const takes = (arrays: readonly (Strided | null)[], size: number): boolean =>
  arrays.every((x) => !x || (x.dtype === float32 && x.contiguous && x.size === size));

/** Up to here a loop in JavaScript is done sooner than a call. */
const SMALL = 512;

const flat = (x: Strided): Float32Array => {
  const data = x.peek as Float32Array;
  return x.size === data.length ? data : data.subarray(x.offset, x.offset + x.size);
};

function changed(...arrays: readonly (Strided | null)[]): true {
  for (const x of arrays) if (x) x.storage.version++;
  return true;
}

/**
 * A step of Adam that writes p, m, v (and the largest v, `most`) in place. `false` if it does not take the arrays: then
 * nothing was done.
 */
export function adamInPlace(
  p: Strided,
  g: Strided,
  m: Strided,
  v: Strided,
  most: Strided | null,
  o: AdamStep,
): boolean {
  const n = p.size;
  if (n === 0 || !takes([p, g, m, v, most], n)) return false;
  const [rest1, rest2, sign] = [1 - o.beta1, 1 - o.beta2, o.maximize ? -1 : 1];
  if (n <= SMALL && !most) {
    const [w, d, mean, square] = [flat(p), flat(g), flat(m), flat(v)];
    for (let i = 0; i < n; i++) {
      const grad = d[i]! * sign + o.decay * w[i]!;
      const a = (mean[i] = mean[i]! + (grad - mean[i]!) * rest1);
      const b = (square[i] = square[i]! * o.beta2 + rest2 * grad * grad);
      w[i] = w[i]! * o.shrink - (o.size * a) / (Math.sqrt(b) / o.correction + o.eps);
    }
    return changed(p, m, v);
  }
  const e = wasm();
  if (!e) return false;
  begin();
  const pg = takeRows(g);
  const pp = pg && giveAndTake(p);
  const pm = pp && giveAndTake(m);
  const pv = pm && giveAndTake(v);
  const top = most ? giveAndTake(most) : 0;
  if (!pv || (most && !top)) return abandon();
  const options = [rest1, o.beta2, rest2, o.size, o.correction, o.eps, o.decay, o.shrink, sign];
  runRanges("adam_f32", n, threadsFor(n), LINES, (i, j) => [
    ...[pp + i * 4, pg + i * 4, pm + i * 4, pv + i * 4, top && top + i * 4, j - i],
    ...options,
  ]);
  end();
  return changed(p, m, v, most);
}

/** A step of gradient descent that writes p and the buffer (if there is one) in place; `false` as in {@link adamInPlace}. */
export function descendInPlace(p: Strided, g: Strided, buffer: Strided | null, o: DescentStep): boolean {
  const n = p.size;
  if (n === 0 || !takes([p, g, buffer], n)) return false;
  const sign = o.maximize ? -1 : 1;
  if (n <= SMALL) {
    const [w, d] = [flat(p), flat(g)];
    const buf = buffer && flat(buffer);
    for (let i = 0; i < n; i++) {
      let step = d[i]! * sign + o.decay * w[i]!;
      if (buf) {
        const next = (buf[i] = buf[i]! * o.momentum + step * o.rest);
        step = o.nesterov ? step + o.momentum * next : next;
      }
      w[i] = w[i]! - o.lr * step;
    }
    return changed(p, buffer);
  }
  const e = wasm();
  if (!e) return false;
  begin();
  const pg = takeRows(g);
  const pp = pg && giveAndTake(p);
  const pb = buffer ? giveAndTake(buffer) : 0;
  if (!pp || (buffer && !pb)) return abandon();
  const options = [o.lr, o.momentum, o.rest, o.decay, o.nesterov ? 1 : 0, sign];
  runRanges("sgd_f32", n, threadsFor(n), LINES, (i, j) => [
    ...[pp + i * 4, pg + i * 4, pb && pb + i * 4, j - i],
    ...options,
  ]);
  end();
  return changed(p, buffer);
}

/** What `adamStep` gives as new arrays q, n, w, or declines. */
export function fastAdamStep(
  [p, g, m, v]: readonly Strided[],
  [q, n, w]: readonly Strided[],
  o: { readonly share1: number; readonly share2: number; readonly rate: number; readonly epsilon: number },
): boolean {
  const size = p!.size;
  if (size <= SMALL || ![p, g, m, v].every((x) => x!.dtype === float32)) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const from = [p!, m!, v!].map(takeRows);
  const pg = takeRows(g!);
  const to = [q!, n!, w!].map(give);
  if (!pg || ![...from, ...to].every(Boolean)) return abandon();
  const { share1, share2, rate, epsilon } = o;
  const [pp, pm, pv] = from as [number, number, number];
  e.adam_step_f32(pp, pg, pm, pv, to[0]!, to[1]!, to[2]!, size, share1, share2, rate, epsilon);
  end();
  return true;
}
