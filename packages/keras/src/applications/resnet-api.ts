export { decode_predictions, preprocess_input, ResNet50, ResNet101, ResNet152 } from "./resnet.js";
