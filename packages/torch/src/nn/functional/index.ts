/**
 * `torch.nn.functional`: layers without state.
 *
 * @packageDocumentation
 */
export * from "./activation.js";
export * from "./attention.js";
export * from "./conv.js";
export { cosine_similarity, pairwise_distance, pdist } from "./distance.js";
export * from "./dropout.js";
export * from "./embedding.js";
export * from "./linear.js";
export * from "./loss.js";
export * from "./norm.js";
export * from "./pad.js";
export * from "./pool.js";
export { log_softmax, softmax, softmin } from "./softmax.js";
export * from "./vision.js";
