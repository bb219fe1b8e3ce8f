export { Activation } from "./activation.js";
export { ELU } from "./elu.js";
export { LeakyReLU } from "./leaky-relu.js";
export { PReLU } from "./prelu.js";
export { ReLU } from "./relu.js";
export { Softmax } from "./softmax.js";
