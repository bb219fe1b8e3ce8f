export { decode_predictions, preprocess_input } from "./mobilenet-v3.js";
