import { className, NotImplementedError } from "@cognate/py";
import type { Tensor } from "../tensor/tensor.js";
import type { DistributionImpl } from "./distribution.js";

type Class = new (...args: never[]) => DistributionImpl;
type Divergence = (p: DistributionImpl, q: DistributionImpl) => Tensor;

interface Known {
  readonly p: Class;
  readonly q: Class;
  readonly f: Divergence;
}
const known: Known[] = [];

/** What two classes of this library have between them. */
export const pair = <P, Q>(p: unknown, q: unknown, f: (p: P, q: Q) => Tensor): void => {
  known.unshift({ p: p as Class, q: q as Class, f: f as unknown as Divergence });
};

/** What users said, the last one first. */
const said: Known[] = [];

/** Says how the divergence of two classes is computed; the last one said counts. */
export function register_kl(p: unknown, q: unknown): (f: Divergence) => Divergence {
  return (f) => {
    said.unshift({ p: p as Class, q: q as Class, f });
    return f;
  };
}

const fits = (p: DistributionImpl, q: DistributionImpl) => (k: Known) => p instanceof k.p && q instanceof k.q;

/** Classes of exponential families. */
export const families: unknown[] = [];

/** {@link kl_divergence} by what is known so far. */
export function divergence(p: DistributionImpl, q: DistributionImpl): Tensor {
  const found = said.find(fits(p, q)) ?? known.find(fits(p, q));
  if (found) return found.f(p, q);
  if ([p, q].every((d) => families.some((C) => d instanceof (C as Class))))
    throw new NotImplementedError(
      "The cross KL-divergence between different exponential families cannot                             be computed using Bregman divergences",
    );
  throw new NotImplementedError(
    `No KL(p || q) is implemented for p type ${className(p.constructor)} and q type ${className(q.constructor)}`,
  );
}
