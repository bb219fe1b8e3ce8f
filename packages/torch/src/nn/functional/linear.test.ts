import { checkCalls } from "./calls.test.helper.js";
import * as functions from "./linear.js";

checkCalls("torch/nn/functional/linear", functions);
