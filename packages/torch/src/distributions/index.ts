/** `torch.distributions`: random variables with their densities. */
export * as constraints from "./constraints.js";
export { Cauchy, Exponential, Gumbel, Laplace, LogNormal, Normal, Uniform } from "./continuous.js";
export { Bernoulli, Categorical, Geometric, OneHotCategorical, Poisson } from "./discrete.js";
export { DistributionImpl as Distribution } from "./distribution.js";
export { Beta, Chi2, Dirichlet, Gamma, StudentT } from "./gamma.js";
export { kl_divergence, register_kl } from "./kl.js";
export { Independent, MultivariateNormal } from "./multivariate.js";
export { TransformedDistribution } from "./transformed.js";
export * as transforms from "./transforms.js";
export {
  AbsTransform,
  AffineTransform,
  ComposeTransform,
  ExpTransform,
  PowerTransform,
  SigmoidTransform,
  SoftplusTransform,
  TanhTransform,
  TransformImpl as Transform,
} from "./transforms.js";
