export { decode_predictions, preprocess_input } from "./imagenet-utils.js";
