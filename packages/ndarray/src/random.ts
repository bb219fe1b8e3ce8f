/**
 * Where `np.random`'s global stream can be found by packages that draw from it when no seed is given; `null` as long as
 * `@cognate/numpy` is not loaded.
 */
export const globalRandom: { sampler: unknown } = { sampler: null };
