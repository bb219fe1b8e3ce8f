/** The losses of torch.nn.functional. */
export * from "./loss/classification.js";
export * from "./loss/ctc.js";
export * from "./loss/likelihood.js";
export * from "./loss/margin.js";
export * from "./loss/regression.js";
