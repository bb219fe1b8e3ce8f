import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";

/*
 * What an einsum equation says about scales: which axes they reduce, and how they come to lie beside the output's.
 * Source: Keras 3.15, `einsum_dense.py`.
 */

/** How the scales of one operand become factors of the output. */
export interface ScaleAxes {
  /** The operand's axes that are summed over. */
  readonly reduced: readonly number[];
  readonly transpose: readonly number[];
  readonly expand: readonly number[];
  readonly squeeze: readonly number[];
}
export interface EinsumScales {
  readonly input: ScaleAxes;
  readonly kernel: ScaleAxes;
  /** The equation of the input's gradient. */
  readonly gradient: string;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The labels of input, kernel and output, those of the ellipsis too. */
function labels(equation: string, rank: number): [string, string, string] {
  const [, left, kernel, right] = /^(.*),(.*)->(.*)$/.exec(equation) as unknown as [
    string,
    string,
    string,
    string,
  ];
  const named = left.replace("...", "");
  const free = [...LETTERS]
    .filter((c) => !(named + kernel + right).includes(c))
    .slice(0, rank - named.length);
  const more = left.startsWith("...") ? [...free].reverse().join("") : free.join("");
  return [left.replace("...", more), kernel, right.replace("...", more)];
}

function scaleAxes(own: string, output: string): ScaleAxes {
  const reduced = [...own].flatMap((c, i) => (output.includes(c) ? [] : [i]));
  const expand = [...output].flatMap((c, i) => (own.includes(c) ? [] : [i]));
  const transpose = [...output].flatMap((c) => (own.includes(c) ? [own.indexOf(c)] : []));
  const squeeze: number[] = [];
  let at = 0;
  for (const axis of reduced) {
    const next = expand.shift();
    if (next === undefined) squeeze.push(axis);
    else at = next;
    transpose.splice(at, 0, axis);
  }
  return { reduced, transpose, expand, squeeze };
}

export function einsumScales(equation: string, rank: number): EinsumScales {
  const [input, kernel, output] = labels(equation, rank);
  return {
    input: scaleAxes(input, output),
    kernel: scaleAxes(kernel, output),
    gradient: `${output},${kernel}->${input}`,
  };
}

/** Scales of an operand beside the output. */
export function adjusted(scale: Tensor, { transpose, expand, squeeze }: ScaleAxes): Tensor {
  let s = transpose.length > 0 ? (K.transpose(scale, transpose) as Tensor) : scale;
  if (expand.length > 0) s = K.expand_dims(s, expand) as Tensor;
  return squeeze.length > 0 ? (K.squeeze(s, squeeze) as Tensor) : s;
}
/** Scales beside the output back beside their operand. */
export function restored(scale: Tensor, { transpose, expand, squeeze }: ScaleAxes): Tensor {
  let s = squeeze.length > 0 ? (K.expand_dims(scale, squeeze) as Tensor) : scale;
  if (expand.length > 0) s = K.squeeze(s, expand) as Tensor;
  const back = transpose.map((_, i) => transpose.indexOf(i));
  return K.transpose(s, back) as Tensor;
}
