import { checkCalls } from "./calls.test.helper.js";
import * as functions from "./pool.js";

checkCalls("torch/nn/functional/pool", functions);
