/** cos and sin of 2π·k/n at `at` of `out`, from an angle of at most π/4, so that no digit is lost. */
export function rootAt(k: number, n: number, out: Float64Array | Float32Array, at: number): void {
  let eighths = 8 * k;
  let octant = 0;
  if (eighths >= 4 * n) {
    eighths -= 4 * n;
    octant += 4;
  }
  if (eighths >= 2 * n) {
    eighths -= 2 * n;
    octant += 2;
  }
  const mirrored = eighths > n;
  const angle = ((mirrored ? 2 * n - eighths : eighths) * Math.PI) / (4 * n);
  let c = mirrored ? Math.sin(angle) : Math.cos(angle);
  let s = mirrored ? Math.cos(angle) : Math.sin(angle);
  if (octant & 2) {
    const t = c;
    c = -s;
    s = t;
  }
  out[at] = octant & 4 ? -c : c;
  out[at + 1] = octant & 4 ? -s : s;
}

/** cos and sin of 2π·k/n for k < n, one after the other. */
export function roots(n: number): Float64Array {
  const w = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) rootAt(k, n, w, 2 * k);
  return w;
}

/** cos and sin of π·k²/n for k < n; k² is taken modulo 2n so that the angle stays exact. */
export function chirp(n: number): Float64Array {
  const c = new Float64Array(2 * n);
  for (let k = 0, square = 0; k < n; k++) {
    rootAt(square, 2 * n, c, 2 * k);
    square = (square + 2 * k + 1) % (2 * n);
  }
  return c;
}

/** Factors of a length: eights, fours and a two, then odd primes. */
export function factorsOf(n: number): number[] {
  const out: number[] = [];
  let twos = 0;
  while (n % 2 === 0) {
    twos++;
    n /= 2;
  }
  for (; twos === 3 || twos > 4; twos -= 3) out.push(8);
  for (; twos >= 2; twos -= 2) out.push(4);
  if (twos === 1) out.push(2);
  for (let p = 3; p * p <= n; p += 2)
    while (n % p === 0) {
      out.push(p);
      n /= p;
    }
  if (n > 1) out.push(n);
  return out;
}

/** Beyond this prime factor a convolution is faster than the sum itself. */
const DIRECT = 50;

/** The length of the convolution that stands in for a transform of length n with a large prime factor; 0 if there is none. */
export function convolutionLength(n: number): number {
  if (factorsOf(n).every((p) => p <= DIRECT)) return 0;
  // The least product of twos, at most two threes and a five that is long enough.
  let best = Number.POSITIVE_INFINITY;
  for (const odd of [1, 3, 5, 9, 15, 45]) {
    let size = odd;
    while (size < 2 * n - 1) size *= 2;
    best = Math.min(best, size);
  }
  return best;
}
