/** Images in torch.nn.functional: resizing, sampling, patches, shuffles. */
export * from "./vision/fold.js";
export * from "./vision/grid.js";
export * from "./vision/interpolate.js";
export * from "./vision/shuffle.js";
