import type { Datum } from "../core/row.js";
import { numbers } from "../kernels/tools.js";
import { Value } from "../shared.js";
import type { GraphTensor } from "./tensor.js";

/** What shape inference of TensorFlow complains about where the rows would first do so when they run. */
export function shapeProblem(
  type: string,
  inputs: readonly GraphTensor[],
  known: (i: number) => Datum | undefined,
): string | undefined {
  if (type === "ConcatV2") return concatProblem(inputs, known(inputs.length - 1));
  return undefined;
}

function concatProblem(inputs: readonly GraphTensor[], axisValue: Datum | undefined): string | undefined {
  if (!(axisValue instanceof Value)) return undefined;
  const shapes = inputs.slice(0, -1).map((t) => t._dims);
  const first = shapes.find((s) => s !== null);
  if (!first) return undefined;
  const axis = numbers(axisValue)[0]!;
  const at = axis < 0 ? axis + first.length : axis;
  for (const s of shapes) {
    if (s === null) continue;
    if (s.length !== first.length)
      return `Shapes must be equal rank, but are ${first.length} and ${s.length}`;
    const others = (d: readonly (number | null)[]): (number | null)[] => d.filter((_, i) => i !== at);
    const [a, b] = [others(first), others(s)];
    const wrong = a.findIndex((d, i) => d !== null && b[i] !== null && d !== b[i]);
    const shown = (d: readonly (number | null)[]): string => `[${d.map((n) => n ?? "?").join(",")}]`;
    if (wrong >= 0)
      return `Dimension ${wrong} in both shapes must be equal, but are ${a[wrong]} and ${b[wrong]}. Shapes are ${shown(a)} and ${shown(b)}.`;
  }
  return undefined;
}

/** A row's words in those of TensorFlow's shape inference. */
export function inferenceWords(type: string, words: string, known: (i: number) => Datum | undefined): string {
  const m = /^Input to reshape is a tensor with (\d+) values, but the requested shape has (\d+)$/.exec(words);
  const wanted = known(1);
  if (type === "Reshape" && m && wanted instanceof Value)
    return `Cannot reshape a tensor with ${m[1]} elements to shape [${numbers(wanted).join(",")}] (${m[2]} elements)`;
  return words;
}
