// PyTorch's functions that are no methods of tensors.

export * from "./buffers.js";
export * from "./creation.js";
export * from "./gradient.js";
export * from "./histogram-dd.js";
export * from "./in-place-functions.js";
export * from "./joining.js";
export * from "./native.js";
export * from "./native-norms.js";
export * from "./nn.js";
export * from "./parts.js";
export * from "./products.js";
export * from "./root-extras.js";
export * from "./search.js";
export * from "./view-copies.js";
export * from "./windows.js";
