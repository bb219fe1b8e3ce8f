// PyTorch's functions that are no methods of tensors.
export * from "./creation.js";
export * from "./joining.js";
export * from "./nn.js";
export * from "./parts.js";
export * from "./products.js";
export * from "./search.js";
export * from "./view-copies.js";
export * from "./windows.js";
