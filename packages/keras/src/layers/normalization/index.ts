export { BatchNormalization } from "./batch-normalization.js";
export { GroupNormalization } from "./group-normalization.js";
export { LayerNormalization } from "./layer-normalization.js";
export { RMSNormalization } from "./rms-normalization.js";
export { SpectralNormalization } from "./spectral-normalization.js";
export { UnitNormalization } from "./unit-normalization.js";
