import { preprocessing } from "./imagenet-utils.js";
import { vgg } from "./vgg.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("vgg19", "caffe");

/** `keras.applications.VGG19`: 16 convolutions and 3 dense layers. */
export const VGG19 = vgg(
  "VGG19",
  [2, 2, 4, 4, 4],
  ["cbe5617147190e668d6c5d5026f83318", "253f8cb515780f3b799900260a226db6"],
);
