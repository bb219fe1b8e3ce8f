export { CategoryEncoding } from "./category-encoding.js";
export { Discretization } from "./discretization.js";
export { CenterCrop, Resizing } from "./image.js";
export { Normalization } from "./normalization.js";
export * from "./random/index.js";
export { Rescaling } from "./rescaling.js";
export * from "./text/index.js";
