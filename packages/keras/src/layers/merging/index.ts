export { Add, add } from "./add.js";
export { Average, average } from "./average.js";
export { Concatenate, concatenate } from "./concatenate.js";
export { Dot, dot } from "./dot.js";
export { Maximum, maximum } from "./maximum.js";
export { Minimum, minimum } from "./minimum.js";
export { Multiply, multiply } from "./multiply.js";
export { Subtract, subtract } from "./subtract.js";
