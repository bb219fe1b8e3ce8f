import { preprocessing } from "./imagenet-utils.js";
import { vgg } from "./vgg.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("vgg16", "caffe");

/** `keras.applications.VGG16`: 13 convolutions and 3 dense layers. */
export const VGG16 = vgg(
  "VGG16",
  [2, 2, 3, 3, 3],
  ["64373286793e3c8b2b4e3219cbf3544b", "6d6bbae143d832006294945121d1f1fc"],
);
