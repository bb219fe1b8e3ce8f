export { Cropping1D, Cropping2D, Cropping3D } from "./cropping.js";
export { Flatten } from "./flatten.js";
export { Permute } from "./permute.js";
export { RepeatVector } from "./repeat-vector.js";
export { Reshape } from "./reshape.js";
export { UpSampling1D, UpSampling2D, UpSampling3D } from "./up-sampling.js";
export { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D } from "./zero-padding.js";
