import { preprocessing } from "./imagenet-utils.js";
import { resnet } from "./resnet.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("resnet_v2", "tf");

/** `keras.applications.ResNet50V2`: residual blocks that normalise before they convolve, 50 layers deep. */
export const ResNet50V2 = resnet("ResNet50V2", [3, 4, 6, 3], true, [
  "3ef43a0b657b3be2300d5770ece849e0",
  "fac2f116257151a9d068a22e544a4917",
]);
/** `keras.applications.ResNet101V2`: {@link ResNet50V2}, 101 layers deep. */
export const ResNet101V2 = resnet("ResNet101V2", [3, 4, 23, 3], true, [
  "6343647c601c52e1368623803854d971",
  "c0ed64b8031c3730f411d2eb4eea35b5",
]);
/** `keras.applications.ResNet152V2`: {@link ResNet50V2}, 152 layers deep. */
export const ResNet152V2 = resnet("ResNet152V2", [3, 8, 36, 3], true, [
  "a49b44d1979771252814e80f8ec446f9",
  "ed17cf2e0169df9d443503ef94b23b33",
]);
