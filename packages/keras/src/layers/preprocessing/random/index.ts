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
export { RandomRotation, RandomTranslation, RandomZoom } from "./moves.js";
export { RandomCrop } from "./random-crop.js";
export { RandomFlip } from "./random-flip.js";
