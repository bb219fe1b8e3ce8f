import { softsign as softsignOp } from "../ops/math.js";
import { recorded } from "./make.js";

export const softsign = recorded(softsignOp);
