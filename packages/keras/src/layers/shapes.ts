import { ValueError } from "@cognate/py";
import { KerasTensor } from "../backend/keras-tensor.js";
import { type ShapeTuple, standardizeShape } from "../backend/shape.js";
import { parametersOf } from "../call-signature.js";
import * as tree from "../tree.js";
import type { CallSpec } from "./call-spec.js";

/* Shapes of a call's tensors, as `build` and `compute_output_shape` take them. */

/** A shape, or those of several tensors. */
export type Shapes = ShapeTuple | null | readonly Shapes[] | { readonly [key: string]: Shapes };
/** Shapes by the parameters of `build`. */
export type BuildShapes = Readonly<Record<string, unknown>>;

const shapeOrNone = (x: unknown): ShapeTuple | null =>
  x === null || x === undefined
    ? null
    : standardizeShape([...(x as { shape: Iterable<number | null> }).shape]);

/** The shapes of all tensors of a call but masks: `inputs_shape`. */
export function shapesOf(spec: CallSpec): Record<string, Shapes> {
  const shapes: Record<string, Shapes> = {};
  for (const [name, value] of spec.tensors) {
    if (name === "mask" || name === "kwargs" || name === "args") continue;
    shapes[`${name}_shape`] = (
      spec.nested.has(name) ? tree.map(shapeOrNone, value) : shapeOrNone(value)
    ) as Shapes;
  }
  return shapes;
}

/**
 * The shapes at the places where a method takes them: a method of one parameter takes that of the first tensor, one of
 * several says by its parameters' names which it takes.
 *
 * @throws ValueError for a parameter whose name belongs to no argument
 */
export function shapesFor(
  f: Function,
  method: string,
  shapes: Readonly<Record<string, Shapes>>,
  spec: CallSpec,
  layer: string,
): unknown[] {
  const names = parametersOf(f).parameters.map((p) => p.name);
  if (names.length <= 1) return [Object.values(shapes)[0] ?? null];
  const preamble = `For a \`${method}()\` method with more than one argument, all arguments should have a \`_shape\` suffix and match an argument from \`call()\`. E.g. \`${method}(self, foo_shape, bar_shape)\` `;
  return names.map((name) => {
    if (!name.endsWith("_shape"))
      throw new ValueError(
        `${preamble} For layer '${layer}', Received \`${method}()\` argument \`${name}\`, which does not end in \`_shape\`.`,
      );
    const argument = name.slice(0, -"_shape".length);
    if (!spec.has(argument))
      throw new ValueError(
        `${preamble} For layer '${layer}', received \`${method}()\` argument \`${name}\`, but \`call()\` does not have argument \`${argument}\`.`,
      );
    return shapes[name];
  });
}

/** Symbolic tensors of the shapes that `compute_output_shape` gave. @throws ValueError for no shape */
export function outputSpec(shape: unknown, dtype: string, layer: string, record: boolean): unknown {
  const given = typeof shape === "object" && shape !== null && Symbol.iterator in shape ? shape : null;
  if (given === null && (typeof shape !== "object" || shape === null))
    throw new ValueError(
      `Method \`compute_output_shape()\` of layer ${layer} is returning a type that cannot be interpreted as a shape. It should return a shape tuple. Received: ${String(shape)}`,
    );
  return tree.mapShapes(
    (s) => new KerasTensor(s, dtype, null, record),
    Array.isArray(shape) || !given ? shape : [...(given as Iterable<unknown>)],
  );
}
