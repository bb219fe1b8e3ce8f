import { arange, int32, type Strided } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import type { Datum, OpRow } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import { Value } from "../shared.js";
import { numbers } from "./tools.js";

/**
 * A row that moves elements, for texts too: the texts are numbered, their numbers are moved, and each number becomes its
 * text again. What is new in the result (padding, absent pieces) is the empty text.
 */
export function moving(r: OpRow): OpRow {
  return {
    ...r,
    run: (inputs, attrs) =>
      inputs.some((x) => x instanceof StringArray) ? lifted(r, inputs, attrs) : r.run(inputs, attrs),
  };
}

function lifted(r: OpRow, inputs: readonly Datum[], attrs: Attrs): Datum | readonly Datum[] {
  // Number 0 is what an operation fills in.
  const words: string[] = [""];
  const numbered = inputs.map((x) => {
    if (!(x instanceof StringArray)) return x;
    const ids = arange(int32, x.size, words.length).view(x.shape, rowMajor(x.shape), 0) as Strided;
    words.push(...x.data);
    return new Value(ids);
  });
  const out = r.run(numbered, attrs);
  const back = (d: Datum): Datum => {
    const v = d as Value;
    return new StringArray(
      v.shape,
      numbers(v).map((i) => words[i]!),
    );
  };
  return Array.isArray(out) ? (out as readonly Datum[]).map(back) : back(out as Datum);
}

const rowMajor = (shape: readonly number[]): number[] => {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i]!;
  }
  return strides;
};
