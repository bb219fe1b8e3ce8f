import { className, def, NotImplementedError } from "@cognate/py";
import type { Tensor } from "../tensor/tensor.js";
import type { DistributionImpl } from "./distribution.js";

type Class = new (...args: never[]) => DistributionImpl;
type Divergence = (p: DistributionImpl, q: DistributionImpl) => Tensor;

const known: { readonly p: Class; readonly q: Class; readonly f: Divergence }[] = [];

/** Says how the divergence of two classes is computed; the last one said counts. */
export function register_kl(p: unknown, q: unknown): (f: Divergence) => Divergence {
  return (f) => {
    known.unshift({ p: p as Class, q: q as Class, f });
    return f;
  };
}
/** Says how two classes are compared. */
export const pair = <P, Q>(p: unknown, q: unknown, f: (p: P, q: Q) => Tensor): void => {
  register_kl(p, q)(f as unknown as Divergence);
};

/** Classes of exponential families. */
export const families: unknown[] = [];

/** Σ p·log(p/q): how far q is from p. @throws NotImplementedError for classes that nobody said how to compare */
export const kl_divergence = def(
  "torch.distributions.kl_divergence",
  "p q",
  (p: DistributionImpl, q: DistributionImpl): Tensor => {
    const found = known.find((k) => p instanceof k.p && q instanceof k.q);
    if (found) return found.f(p, q);
    if ([p, q].every((d) => families.some((C) => d instanceof (C as Class))))
      throw new NotImplementedError(
        "The cross KL-divergence between different exponential families cannot                             be computed using Bregman divergences",
      );
    throw new NotImplementedError(
      `No KL(p || q) is implemented for p type ${className(p.constructor)} and q type ${className(q.constructor)}`,
    );
  },
);
