type Axes = readonly number[] | null;

const product = (lengths: readonly number[]): number => lengths.reduce((n, d) => n * d, 1);

/** How many inputs and outputs a unit has, from the shape of its weights: the last two axes times those of a window. */
export function fansOf(
  shape: readonly number[],
  inputAxes: Axes = null,
  outputAxes: Axes = null,
): [fanIn: number, fanOut: number] {
  const length = (axis: number): number => shape.at(axis)!;
  if (inputAxes && outputAxes) return [product(inputAxes.map(length)), product(outputAxes.map(length))];
  if (shape.length === 0) return [1, 1];
  if (shape.length === 1) return [shape[0]!, shape[0]!];
  const field = product(shape.slice(0, -2));
  return [length(-2) * field, length(-1) * field];
}
