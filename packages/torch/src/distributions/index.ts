/** `torch.distributions`: random variables with their densities. */
export * as constraints from "./constraints.js";
export { Cauchy, Exponential, Gumbel, Laplace, LogNormal, Normal, Uniform } from "./continuous.js";
export { Binomial, Multinomial, NegativeBinomial } from "./counts.js";
export { Bernoulli, Categorical, Geometric, OneHotCategorical, Poisson } from "./discrete.js";
export { DistributionImpl as Distribution } from "./distribution.js";
export { HalfCauchy, HalfNormal, InverseGamma, Kumaraswamy, Pareto, Weibull } from "./from-base.js";
export { Beta, Chi2, Dirichlet, Gamma, StudentT } from "./gamma.js";
export { GeneralizedPareto } from "./generalized-pareto.js";
export { Independent } from "./independent.js";
export { kl_divergence, register_kl } from "./kl.js";
export { LogisticNormal } from "./logistic-normal.js";
export { LKJCholesky, Wishart } from "./matrices.js";
export { FisherSnedecor, LowRankMultivariateNormal, MixtureSameFamily } from "./mixtures.js";
export { MultivariateNormal } from "./multivariate.js";
export { biject_to, type ConstraintRegistry, transform_to } from "./registry.js";
export {
  ContinuousBernoulli,
  OneHotCategoricalStraightThrough,
  RelaxedBernoulli,
  RelaxedOneHotCategorical,
} from "./relaxed.js";
export { TransformedDistribution } from "./transformed.js";
export * as transforms from "./transforms.js";
export {
  AbsTransform,
  AffineTransform,
  CatTransform,
  ComposeTransform,
  CorrCholeskyTransform,
  CumulativeDistributionTransform,
  ExpTransform,
  IndependentTransform,
  identity_transform,
  LowerCholeskyTransform,
  PositiveDefiniteTransform,
  PowerTransform,
  ReshapeTransform,
  SigmoidTransform,
  SoftmaxTransform,
  SoftplusTransform,
  StackTransform,
  StickBreakingTransform,
  TanhTransform,
  TransformImpl as Transform,
} from "./transforms.js";
export { VonMises } from "./von-mises.js";
