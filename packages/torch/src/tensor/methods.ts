// Methods of tensors that are no functions of `torch`.
export * from "./convert.js";
export * from "./facts.js";
export * from "./gradients.js";
export * from "./in-place.js";
export * from "./memory.js";
export * from "./new.js";
export * from "./numpy.js";
export * from "./products.js";
export * from "./protocol.js";
export * from "./state.js";
export * from "./views.js";
