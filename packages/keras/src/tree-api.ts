/** `keras.tree`: nested lists, tuples and dicts. */
import { def, isPlainObject, repr, Tuple, ValueError } from "@cognate/py";
import * as tree from "./tree.js";

export { isNested as is_nested, mapShapes as map_shape_structure } from "./tree.js";

/** The leaves from left to right, those of dicts by sorted keys. */
export const flatten = (structure: unknown): unknown[] => tree.flatten(structure);

/** The leaves with what leads to them. */
export const flatten_with_path = (structure: unknown): Tuple<unknown>[] =>
  tree.flattenWithPath(structure).map(([path, leaf]) => Tuple.of_<unknown>([Tuple.of_([...path]), leaf]));

/**
 * The structure with `func` of each leaf, with others beside it of the leaves at the same places.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.tree.map_structure((x) => x + 1, { a: [1, 2], b: 3 })); // prints {'a': [2, 3], 'b': 4}
 * ```
 */
export function map_structure(func: (...leaves: never[]) => unknown, ...structures: unknown[]): unknown {
  const [first, ...others] = structures;
  for (const other of others) assert_same_structure(first, other);
  return tree.map(func, first, ...others);
}

/** Leaves in the shape of a structure. @throws ValueError for another number of leaves */
export const pack_sequence_as = def(
  "keras.tree.pack_sequence_as",
  "structure:dict flat_sequence",
  (structure: unknown, flat_sequence: readonly unknown[]): unknown => {
    const wanted = tree.flatten(structure).length;
    if (wanted !== flat_sequence.length)
      throw new ValueError(
        `The target structure has ${wanted} atoms, but the flat sequence has ${flat_sequence.length}. Received: structure=${repr(structure)}, flat_sequence=${repr(flat_sequence)}`,
      );
    return tree.pack(structure, flat_sequence);
  },
);

/** @throws ValueError where two structures differ in their lists, dicts or keys */
export function assert_same_structure(a: unknown, b: unknown): void {
  if (!tree.sameStructure(a, b))
    throw new ValueError(
      `\`a\` and \`b\` don't have the same structure. Received: structure of a=${repr(tree.map(() => "*", a))}, structure of b=${repr(tree.map(() => "*", b))}`,
    );
}

/** The structure with tuples in place of lists. */
export function lists_to_tuples(structure: unknown): unknown {
  if (Array.isArray(structure)) return Tuple.of_(structure.map(lists_to_tuples));
  if (!isPlainObject(structure)) return structure;
  return Object.fromEntries(Object.entries(structure).map(([key, x]) => [key, lists_to_tuples(x)]));
}
