export { Dense } from "./dense.js";
export { EinsumDense } from "./einsum-dense.js";
export { Embedding } from "./embedding.js";
export { Identity } from "./identity.js";
export { Lambda } from "./lambda.js";
export { Masking } from "./masking.js";
export { ReversibleEmbedding } from "./reversible-embedding.js";
export { Wrapper } from "./wrapper.js";
