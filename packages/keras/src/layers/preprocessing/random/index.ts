export { AugMix } from "./aug-mix.js";
export { ContrastLimitedAdaptiveHistogramEqualization } from "./clahe.js";
export {
  RandomBrightness,
  RandomColorDegeneration,
  RandomContrast,
  RandomGrayscale,
  RandomHue,
  RandomInvert,
  RandomPosterization,
  RandomSaturation,
  RandomSharpness,
} from "./colors.js";
export { CutMix } from "./cut-mix.js";
export { AutoContrast, Equalization } from "./equalization.js";
export { MaxNumBoundingBoxes } from "./max-num-bounding-boxes.js";
export { MixUp } from "./mix-up.js";
export { RandomRotation, RandomTranslation, RandomZoom } from "./moves.js";
export { RandAugment } from "./rand-augment.js";
export { RandomColorJitter } from "./random-color-jitter.js";
export { RandomCrop } from "./random-crop.js";
export { RandomElasticTransform } from "./random-elastic-transform.js";
export { RandomErasing } from "./random-erasing.js";
export { RandomFlip } from "./random-flip.js";
export { RandomGaussianBlur } from "./random-gaussian-blur.js";
export { RandomPerspective } from "./random-perspective.js";
export { RandomShear } from "./random-shear.js";
export { Solarization } from "./solarization.js";
