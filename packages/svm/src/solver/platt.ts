/**
 * Fits P(y = 1 | f) = 1 / (1 + exp(A f + B)) to decision values by Newton's method with backtracking.
 *
 * Source: H.-T. Lin, C.-J. Lin, R. Weng, "A Note on Platt's Probabilistic Outputs for Support Vector Machines" (2007).
 */
export function fitSigmoid(values: Float64Array, y: Float64Array): readonly [A: number, B: number] {
  const n = values.length;
  let positives = 0;
  for (const v of y) if (v > 0) positives++;
  const negatives = n - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const target = Float64Array.from(y, (v) => (v > 0 ? high : low));
  const loss = (a: number, b: number): number => {
    let f = 0;
    for (let i = 0; i < n; i++) {
      const z = values[i]! * a + b;
      f +=
        z >= 0
          ? target[i]! * z + Math.log(1 + Math.exp(-z))
          : (target[i]! - 1) * z + Math.log(1 + Math.exp(z));
    }
    return f;
  };
  let a = 0;
  let b = Math.log((negatives + 1) / (positives + 1));
  let current = loss(a, b);
  for (let iteration = 0; iteration < 100; iteration++) {
    // The diagonal's small addition keeps the Hessian positive definite.
    let [h11, h22, h21, g1, g2] = [1e-12, 1e-12, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const f = values[i]!;
      const z = f * a + b;
      const e = Math.exp(-Math.abs(z));
      const [p, q] = z >= 0 ? [e / (1 + e), 1 / (1 + e)] : [1 / (1 + e), e / (1 + e)];
      const d2 = p * q;
      h11 += f * f * d2;
      h22 += d2;
      h21 += f * d2;
      const d1 = target[i]! - p;
      g1 += f * d1;
      g2 += d1;
    }
    if (Math.abs(g1) < 1e-5 && Math.abs(g2) < 1e-5) break;
    const det = h11 * h22 - h21 * h21;
    const da = -(h22 * g1 - h21 * g2) / det;
    const db = -(-h21 * g1 + h11 * g2) / det;
    const slope = g1 * da + g2 * db;
    let step = 1;
    for (; step >= 1e-10; step /= 2) {
      const next = loss(a + step * da, b + step * db);
      if (next < current + 0.0001 * step * slope) {
        a += step * da;
        b += step * db;
        current = next;
        break;
      }
    }
    if (step < 1e-10) break;
  }
  return [a, b];
}

/** The fitted probability of a decision value. */
export function sigmoidAt(value: number, a: number, b: number): number {
  const z = value * a + b;
  // Written so that small probabilities keep their digits.
  return z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));
}

/**
 * Class probabilities from those of pairs, pair[i·k + j] = P(i | i or j).
 *
 * Source: T.-F. Wu, C.-J. Lin, R. Weng, "Probability Estimates for Multi-class Classification by Pairwise Coupling"
 * (2004), the second method.
 */
export function coupled(k: number, pair: Float64Array): Float64Array {
  const p = new Float64Array(k).fill(1 / k);
  const q = new Float64Array(k * k);
  for (let t = 0; t < k; t++)
    for (let j = 0; j < k; j++) {
      if (j === t) continue;
      const r = pair[j * k + t]!;
      q[t * k + t]! += r * r;
      q[t * k + j] = j < t ? q[j * k + t]! : -r * pair[t * k + j]!;
    }
  const qp = new Float64Array(k);
  for (let iteration = 0; iteration < Math.max(100, k); iteration++) {
    let energy = 0;
    for (let t = 0; t < k; t++) {
      qp[t] = 0;
      for (let j = 0; j < k; j++) qp[t]! += q[t * k + j]! * p[j]!;
      energy += p[t]! * qp[t]!;
    }
    if (qp.every((v) => Math.abs(v - energy) < 0.005 / k)) break;
    for (let t = 0; t < k; t++) {
      const own = q[t * k + t]!;
      const d = (-qp[t]! + energy) / own;
      p[t]! += d;
      energy = (energy + d * (d * own + 2 * qp[t]!)) / (1 + d) / (1 + d);
      for (let j = 0; j < k; j++) {
        qp[j] = (qp[j]! + d * q[t * k + j]!) / (1 + d);
        p[j]! /= 1 + d;
      }
    }
  }
  return p;
}
