/** Functions of arrays of texts under their older name, NumPy's `numpy.char`. */

import { mapTexts, type TextArray, textArray, textsOf } from "@cognate/ndarray/core";
import { def } from "@cognate/py";
import type { Texts } from "./index.js";

export * from "./index.js";

/** The characters of each text with a separator between them. */
export const join = def(
  "numpy.char.join",
  "sep seq",
  (sep: Texts, seq: Texts): TextArray =>
    textsOf(mapTexts([textArray(sep), textArray(seq)], (s, t) => [...t].join(s))),
);
/** An array of texts. */
export const array = def("numpy.char.array", "obj", (obj: Texts): TextArray => textArray(obj));
/** An array of texts. */
export const asarray = def("numpy.char.asarray", "obj", (obj: Texts): TextArray => textArray(obj));
