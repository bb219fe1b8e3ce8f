// Sums of two doubles, the second below half a unit of the first: about 106 bits, enough to round powers and lengths
// correctly. JavaScript's own `**` and `Math.hypot` are a unit off for several percent of arguments.

export type DD = readonly [high: number, low: number];

const quickTwoSum = (a: number, b: number): DD => {
  const s = a + b;
  return [s, b - (s - a)];
};

const twoSum = (a: number, b: number): DD => {
  const s = a + b;
  const t = s - a;
  return [s, a - (s - t) + (b - t)];
};

const SPLITTER = 2 ** 27 + 1;

const split = (a: number): DD => {
  const t = SPLITTER * a;
  const high = t - (t - a);
  return [high, a - high];
};

/** The exact product; factors below 2^996. */
export function twoProduct(a: number, b: number): DD {
  const p = a * b;
  const [ah, al] = split(a);
  const [bh, bl] = split(b);
  return [p, ah * bh - p + ah * bl + al * bh + al * bl];
}

export function addDD(a: DD, b: DD): DD {
  const [s, e] = twoSum(a[0], b[0]);
  const [t, f] = twoSum(a[1], b[1]);
  const [u, g] = quickTwoSum(s, e + t);
  return quickTwoSum(u, g + f);
}

export function mulDD(a: DD, b: DD): DD {
  const [p, e] = twoProduct(a[0], b[0]);
  return quickTwoSum(p, e + (a[0] * b[1] + a[1] * b[0]));
}

export function divDD(a: DD, b: DD): DD {
  const q1 = a[0] / b[0];
  const r1 = addDD(a, mulDD(b, [-q1, 0]));
  const q2 = r1[0] / b[0];
  const r2 = addDD(r1, mulDD(b, [-q2, 0]));
  return addDD(quickTwoSum(q1, q2), [r2[0] / b[0], 0]);
}

// ln 2 as two doubles: the second holds what the first leaves over.
const LN2: DD = [Math.LN2, 2.3190468138462996e-17];
const HALVINGS = 9;

/** 2^k · (1 + e), returned as the pair of k and 1 + e. */
export function expDD(x: DD): { factor: DD; exponent: number } {
  const k = Math.round(x[0] / LN2[0]);
  const r = addDD(x, mulDD(LN2, [-k, 0]));
  const small: DD = [r[0] / 2 ** HALVINGS, r[1] / 2 ** HALVINGS];
  // e^r − 1 by its series, then doubled: (1 + e)² − 1 = 2e + e².
  let term = small;
  let sum = small;
  for (let n = 2; n < 12; n++) {
    term = divDD(mulDD(term, small), [n, 0]);
    sum = addDD(sum, term);
  }
  for (let i = 0; i < HALVINGS; i++) sum = addDD([2 * sum[0], 2 * sum[1]], mulDD(sum, sum));
  return { factor: addDD([1, 0], sum), exponent: k };
}

/** The natural logarithm of a positive normal double. */
export function logDD(x: number): DD {
  let k = 0;
  while (x < 2 ** -1000) {
    x *= 2 ** 500;
    k -= 500;
  }
  const e = Math.floor(Math.log2(x) + 0.5);
  // In two steps, as 2^−1023 would lose bits.
  const f = e > 1000 ? (x * 2 ** -1000) / 2 ** (e - 1000) : x / 2 ** e;
  const guess = Math.log(f);
  // Newton's step: ln f = g + ln(f · e^−g), whose argument is 1 + r with a tiny r.
  const { factor, exponent } = expDD([-guess, 0]);
  const product = mulDD([f, 0], [factor[0] * 2 ** exponent, factor[1] * 2 ** exponent]);
  const r = addDD(product, [-1, 0]);
  const correction = addDD(r, mulDD(mulDD(r, r), [-0.5, 0]));
  return addDD(mulDD(LN2, [e + k, 0]), addDD([guess, 0], correction));
}
