// PyTorch's functions that are methods of tensors too, apart from the pointwise ones.
export * from "./arrange.js";
export * from "./contraction.js";
export * from "./copying.js";
export * from "./diagonal.js";
export * from "./indexing.js";
export * from "./matrices.js";
export * from "./quantile.js";
export * from "./reduction.js";
export * from "./scan.js";
export * from "./shape.js";
export * from "./softmax.js";
export * from "./sorting.js";
export * from "./spectral.js";
export * from "./split.js";
export * from "./statistics.js";
