// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

import { arrays } from "./arrays.js";
import { control } from "./control.js";
import { image } from "./image.js";
import { linalg } from "./linalg.js";
import { math } from "./math.js";
import { nn } from "./nn.js";
import { random } from "./random.js";
import { state } from "./state.js";
import { strings } from "./strings.js";

export { TYPE_SETS } from "./type-sets.js";

/** name (`!` stateful, `~` commutative, `+` aggregate) | inputs | outputs | attributes. */
export const OP_DEFS = [state, control, random, strings, image, nn, linalg, arrays, math].join("\n");
