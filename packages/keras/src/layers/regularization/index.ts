export { ActivityRegularization } from "./activity-regularization.js";
export { Dropout } from "./dropout.js";
export { AlphaDropout, GaussianDropout, GaussianNoise } from "./noise.js";
export { SpatialDropout1D, SpatialDropout2D, SpatialDropout3D } from "./spatial-dropout.js";
