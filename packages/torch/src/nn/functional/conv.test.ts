import { checkCalls } from "./calls.test.helper.js";
import * as functions from "./conv.js";

checkCalls("torch/nn/functional/conv", functions);
