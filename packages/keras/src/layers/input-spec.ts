import { isPlainObject, pyClass, repr, TypeError, type, ValueError } from "@cognate/py";
import { type DTypeLike, standardizeDType } from "../backend/dtype.js";
import { type Shape, type ShapeTuple, shapeText, standardizeShape } from "../backend/shape.js";
import * as tree from "../tree.js";

class InputSpecImpl {
  readonly dtype: string | null;
  readonly shape: ShapeTuple | null;
  readonly ndim: number | null;
  readonly axes: Readonly<Record<string, number | null>>;

  constructor(
    dtype: DTypeLike | null = null,
    shape: Shape | null = null,
    ndim: number | null = null,
    readonly max_ndim: number | null = null,
    readonly min_ndim: number | null = null,
    axes: Readonly<Record<string, number | null>> | null = null,
    readonly allow_last_axis_squeeze: boolean = false,
    readonly name: string | null = null,
    readonly optional: boolean = false,
  ) {
    this.dtype = dtype === null ? null : standardizeDType(dtype);
    this.shape = shape === null ? null : standardizeShape(shape);
    this.ndim = this.shape === null ? ndim : this.shape.length;
    this.axes = axes ?? {};
    const keys = Object.keys(this.axes).map(Number);
    if (keys.some((k) => !Number.isInteger(k)))
      throw new TypeError(`Argument \`axes\` must be a dict with integer keys. Received: axes=${repr(axes)}`);
    const lengths = this.ndim ?? max_ndim;
    if (keys.length > 0 && lengths !== null && Math.max(...keys) > lengths - 1)
      throw new ValueError(
        `Axis ${Math.max(...keys)} is greater than the maximum allowed value: ${lengths - 1}`,
      );
  }

  get_config(): Record<string, unknown> {
    const { dtype, shape, ndim, max_ndim, min_ndim, axes, optional } = this;
    return { dtype, shape, ndim, max_ndim, min_ndim, axes, optional };
  }
  __repr__(): string {
    const { dtype, shape, ndim, max_ndim, min_ndim } = this;
    const parts = [
      dtype ? `dtype=${dtype}` : "",
      shape?.length ? `shape=${repr(shape)}` : "",
      ndim ? `ndim=${ndim}` : "",
      max_ndim ? `max_ndim=${max_ndim}` : "",
      min_ndim ? `min_ndim=${min_ndim}` : "",
      Object.keys(this.axes).length > 0 ? `axes=${axesText(this.axes)}` : "",
    ];
    return `InputSpec(${parts.filter(Boolean).join(", ")})`;
  }
  toString(): string {
    return this.__repr__();
  }
}

const axesText = (axes: Readonly<Record<string, number | null>>): string =>
  `{${Object.entries(axes)
    .map(([k, v]) => `${k}: ${v ?? "None"}`)
    .join(", ")}}`;

/**
 * `keras.InputSpec`: what a layer asks of the shape and type of an input.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.InputSpec({ min_ndim: 2, axes: { [-1]: 8 } })); // prints InputSpec(min_ndim=2, axes={-1: 8})
 * ```
 */
export const InputSpec = pyClass(
  "keras.src.layers.input_spec.InputSpec",
  "dtype shape ndim max_ndim min_ndim axes:dict allow_last_axis_squeeze name optional",
  InputSpecImpl,
);
export type InputSpec = InputSpecImpl;

/** One specification, several in a list or dict, or none. */
export type InputSpecs = InputSpec | null | readonly InputSpecs[] | { readonly [key: string]: InputSpecs };

interface Shaped {
  readonly shape: Shape;
  readonly dtype: unknown;
}

/** The inputs in the order of the specifications. */
function inOrder(specs: readonly (InputSpec | null)[], inputs: unknown): unknown[] {
  if (!isPlainObject(inputs)) return tree.flatten(inputs);
  const names = specs.map((s) => s?.name ?? null);
  if (!names.every((n): n is string => Boolean(n))) return tree.flatten(inputs);
  return names.flatMap((name) => {
    if (!(name in inputs))
      throw new ValueError(
        `Missing data for input "${name}". You passed a data dictionary with keys ${repr(Object.keys(inputs))}. Expected the following keys: ${repr(names)}`,
      );
    return tree.flatten(inputs[name]);
  });
}

function wrongCount(
  specs: readonly (InputSpec | null)[],
  inputs: readonly unknown[],
  layerName: string,
): ValueError {
  const names = specs.filter((s) => s !== null).map((s) => s.name);
  if (names.length === specs.length && names.every(Boolean))
    return new ValueError(
      `Layer "${layerName}" expects ${specs.length} named input(s) with keys ${repr(names)}, but it received ${inputs.length} input tensors. Pass inputs as a dict, e.g. \`layer({${names.map((n) => `'${n}': ...`).join(", ")}})\`.`,
    );
  return new ValueError(
    `Layer "${layerName}" expects ${specs.length} input(s), but it received ${inputs.length} input tensors. Inputs received: ${repr(inputs)}`,
  );
}

const without1 = (shape: Shape): Shape => (shape[shape.length - 1] === 1 ? shape.slice(0, -1) : shape);

/** @throws ValueError where an input is not what the layer asks for, in Keras's words */
export function assertInputCompatibility(specs: InputSpecs, inputs: unknown, layerName: string): void {
  if (specs === null || specs === undefined) return;
  const flat = (specs instanceof InputSpecImpl ? [specs] : tree.flatten(specs)) as (InputSpec | null)[];
  if (flat.length === 0) return;
  const given = inOrder(flat, inputs);
  if (given.length !== flat.length) throw wrongCount(flat, given, layerName);
  flat.forEach((spec, i) => {
    if (spec && !(given[i] === null && spec.optional)) assertOne(spec, given[i], i, layerName);
  });
}

function assertOne(spec: InputSpec, x: unknown, index: number, layerName: string): void {
  if (x === null || x === undefined || (x as Partial<Shaped>).shape === undefined)
    throw new ValueError(
      `Inputs to a layer should be tensors. Got '${x === null || x === undefined ? "None" : String(x)}' (of type ${repr(type(x))}) as input for layer '${layerName}'.`,
    );
  const given = (x as Shaped).shape;
  const fail = (what: string): ValueError =>
    new ValueError(
      `Input ${index} with name '${spec.name ?? "None"}' of layer '${layerName}' is incompatible with the layer: ${what}`,
    );
  const full = (): string => `Full shape received: ${shapeText(given)}`;
  const ndim = given.length;
  if (spec.ndim !== null && !spec.allow_last_axis_squeeze && ndim !== spec.ndim)
    throw fail(`expected ndim=${spec.ndim}, found ndim=${ndim}. ${full()}`);
  if (spec.max_ndim !== null && ndim > spec.max_ndim)
    throw fail(`expected max_ndim=${spec.max_ndim}, found ndim=${ndim}`);
  if (spec.min_ndim !== null && ndim < spec.min_ndim)
    throw fail(`expected min_ndim=${spec.min_ndim}, found ndim=${ndim}. ${full()}`);
  if (spec.dtype !== null) {
    const dtype = standardizeDType((x as Shaped).dtype as DTypeLike);
    if (dtype !== spec.dtype) throw fail(`expected dtype=${spec.dtype}, found dtype=${dtype}`);
  }
  const { axes } = spec;
  for (const axis in axes) {
    const value = axes[axis]!;
    const length = given[Number(axis) < 0 ? Number(axis) + ndim : Number(axis)];
    if (value !== null && length !== value && length !== null)
      throw fail(
        `expected axis ${axis} of input shape to have value ${value}, but received input with shape ${shapeText(given)}`,
      );
  }
  if (spec.shape === null) return;
  const squeeze = spec.allow_last_axis_squeeze;
  const shape = squeeze ? without1(given) : given;
  const wanted = squeeze ? without1(spec.shape) : spec.shape;
  for (let i = 0; i < Math.min(shape.length, wanted.length); i++)
    if (wanted[i] !== null && shape[i] !== null && wanted[i] !== shape[i])
      throw fail(`expected shape=${repr(spec.shape)}, found shape=${shapeText(shape)}`);
}
