import { repr, Tuple, ValueError } from "@cognate/py";
import { standardizeTuple } from "../arguments.js";

/*
 * How much is added or taken at either end of each spatial axis.
 */

/** A number for all ends, one an axis, or two an axis. */
export type Edges = number | readonly (number | readonly number[])[];

const WORDS = ["1st", "2nd", "3rd"];
const FORMS: Readonly<Record<number, string>> = {
  2: "an int, a tuple of 2 ints (symmetric_height_crop, symmetric_width_crop), or a tuple of 2 tuples of 2 ints ((top_crop, bottom_crop), (left_crop, right_crop))",
  3: "an int, a tuple of 3 ints (symmetric_dim1_crop, symmetric_dim2_crop, symmetric_dim3_crop), or a tuple of 3 tuples of 2 ints ((left_dim1_crop, right_dim1_crop), (left_dim2_crop, right_dim2_crop), (left_dim3_crop, right_dim2_crop))",
};
const FORMS_PADDING: Readonly<Record<number, string>> = {
  2: FORMS[2]!,
  3: "an int, a tuple of 3 ints (symmetric_dim1_pad, symmetric_dim2_pad, symmetric_dim3_pad), or a tuple of 3 tuples of 2 ints ((left_dim1_pad, right_dim1_pad), (left_dim2_pad, right_dim2_pad), (left_dim3_pad, right_dim2_pad))",
};

/** Both ends of each axis. @throws ValueError */
export function edgesOf(value: Edges, rank: number, name: "padding" | "cropping"): Tuple<Tuple<number>> {
  if (rank === 1) return Tuple.of_([standardizeTuple(value, 2, name, true)]);
  if (typeof value === "number") return Tuple.of_(new Array(rank).fill(Tuple.of_([value, value])));
  if (!Array.isArray(value))
    throw new ValueError(
      `\`${name}\` should be either ${(name === "padding" ? FORMS_PADDING : FORMS)[rank]}. Received: ${name}=${repr(value)}.`,
    );
  if (value.length !== rank)
    throw new ValueError(
      `\`${name}\` should have ${rank === 2 ? "two" : "3"} elements. Received: ${name}=${repr(value)}.`,
    );
  return Tuple.of_(value.map((v, i) => standardizeTuple(v, 2, `${WORDS[i]} entry of ${name}`, true)));
}
