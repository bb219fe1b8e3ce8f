import "./linear.js";
import "./transfer.js";
import "./shape.js";
import "./convolution.js";
import "./normalization.js";
import "./tables.js";
import "./containers.js";
import "./criterion.js";
import { Jacobian } from "./jacobian.js";
import { nn } from "./module.js";

Object.assign(nn, { Jacobian });

export type { Criterion } from "./criterion.js";
export { type Module, nn } from "./module.js";
