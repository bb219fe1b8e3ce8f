// Functions of `np.random`: methods of one global RandomState.

import { globalRandom } from "@cognate/ndarray/core";
import { def, type Method } from "@cognate/py";
import type { Seed } from "./bit-generators.js";
import * as common from "./distributions.js";
import * as own from "./random-state.js";

/** The state behind the functions of the module. */
export const _rand: own.RandomState = own.RandomState();
globalRandom.sampler = _rand.sampler;

type AnyMethod = (this: unknown, ...args: never[]) => unknown;

/** A method of the global state as a function. */
function bound<K extends string, D>(name: K, _d: D): Method<D> {
  const f = (_rand as unknown as Readonly<Record<string, AnyMethod>>)[name]!;
  return Object.assign((...args: never[]) => f.apply(_rand, args), {
    __name__: name,
  }) as unknown as Method<D>;
}

/** Begins the global stream again. */
export const seed = def("numpy.random.seed", "seed", (s: Seed = null): null => _rand.seed(s));
/** The state of the global stream. */
export const get_state = def("numpy.random.get_state", "legacy", (legacy = true) => _rand.get_state(legacy));
/** Goes back to a state of the global stream. */
export const set_state = (state: Parameters<typeof _rand.set_state>[0]): null => _rand.set_state(state);

export const normal = bound("normal", common.normal);
export const uniform = bound("uniform", common.uniform);
export const exponential = bound("exponential", common.exponential);
export const gamma = bound("gamma", common.gamma);
export const beta = bound("beta", common.beta);
export const f = bound("f", common.f);
export const noncentral_f = bound("noncentral_f", common.noncentral_f);
export const chisquare = bound("chisquare", common.chisquare);
export const noncentral_chisquare = bound("noncentral_chisquare", common.noncentral_chisquare);
export const standard_cauchy = bound("standard_cauchy", common.standard_cauchy);
export const standard_t = bound("standard_t", common.standard_t);
export const vonmises = bound("vonmises", common.vonmises);
export const pareto = bound("pareto", common.pareto);
export const weibull = bound("weibull", common.weibull);
export const power = bound("power", common.power);
export const laplace = bound("laplace", common.laplace);
export const gumbel = bound("gumbel", common.gumbel);
export const logistic = bound("logistic", common.logistic);
export const lognormal = bound("lognormal", common.lognormal);
export const rayleigh = bound("rayleigh", common.rayleigh);
export const wald = bound("wald", common.wald);
export const triangular = bound("triangular", common.triangular);
export const binomial = bound("binomial", common.binomial);
export const negative_binomial = bound("negative_binomial", common.negative_binomial);
export const poisson = bound("poisson", common.poisson);
export const zipf = bound("zipf", common.zipf);
export const geometric = bound("geometric", common.geometric);
export const logseries = bound("logseries", common.logseries);
export const hypergeometric = bound("hypergeometric", common.hypergeometric);
export const random_sample = bound("random_sample", own.random_sample);
export const rand = bound("rand", own.rand);
export const randn = bound("randn", own.randn);
export const randint = bound("randint", own.randint);
export const random_integers = bound("random_integers", own.random_integers);
export const bytes = bound("bytes", own.bytes);
export const choice = bound("choice", own.choice);
export const shuffle: Method<typeof own.shuffle> = bound("shuffle", own.shuffle);
export const permutation: Method<typeof own.permutation> = bound("permutation", own.permutation);
export const standard_normal = bound("standard_normal", own.standard_normal);
export const standard_exponential = bound("standard_exponential", own.standard_exponential);
export const standard_gamma = bound("standard_gamma", own.standard_gamma);
export const multivariate_normal = bound("multivariate_normal", own.multivariate_normal);
export const multinomial = bound("multinomial", own.multinomial);
export const dirichlet = bound("dirichlet", own.dirichlet);
export const random = random_sample;
export const ranf = random_sample;
export const sample = random_sample;
