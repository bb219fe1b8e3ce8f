import { nest } from "@cognate/keras/tensorflow";
import { isPlainObject, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, int32, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { type Data, def, type Name } from "./make.js";

/* What belongs nowhere else. */

export const histogram_fixed_width = def(
  "tensorflow.histogram_fixed_width",
  "values value_range nbins dtype name",
  (values: Data, value_range: Data, nbins = 100, dtype: TypeLike = int32, _name: Name = null): Tensor => {
    const v = toTensor(values);
    return one("HistogramFixedWidth", [v, toTensor(value_range, { dtype: v.dtype }), nbins], {
      dtype: as_dtype(dtype),
    });
  },
);
export const histogram_fixed_width_bins = def(
  "tensorflow.histogram_fixed_width_bins",
  "values value_range nbins dtype name",
  (
    values: Data,
    value_range: readonly number[],
    nbins = 100,
    dtype: TypeLike = int32,
    _name: Name = null,
  ): Tensor => {
    const v = toTensor(values);
    const [low, high] = value_range as [number, number];
    const scaled = one("RealDiv", [
      one("Sub", [v, toTensor(low, { dtype: v.dtype })]),
      toTensor(high - low, { dtype: v.dtype }),
    ]);
    const at = one("Cast", [one("Floor", [one("Mul", [scaled, toTensor(nbins, { dtype: v.dtype })])])], {
      DstT: as_dtype(dtype),
      SrcT: v.dtype,
    });
    return one("ClipByValue", [
      at,
      toTensor(0, { dtype: at.dtype }),
      toTensor(nbins - 1, { dtype: at.dtype }),
    ]);
  },
);
export const is_tensor = def("tensorflow.is_tensor", "x", (x: unknown): boolean => isTensor(x));
export const is_symbolic_tensor = def(
  "tensorflow.is_symbolic_tensor",
  "x",
  (x: unknown): boolean => isTensor(x) && typeof (x as { numpy?: unknown }).numpy !== "function",
);
export const get_static_value = def(
  "tensorflow.get_static_value",
  "tensor partial",
  (tensor: unknown, _partial = false): unknown => (isTensor(tensor) ? toTensor(tensor).numpy() : null),
);
export const timestamp = def(
  "tensorflow.timestamp",
  "name",
  (_name: Name = null): Tensor => toTensor(Date.now() / 1000, { dtype: as_dtype("float64") }),
);
/** `tf.nondifferentiable_batch_function` and others that call Python: the function itself. */
export const py_function = def(
  "tensorflow.py_function",
  "func inp Tout name",
  (func: (...a: never[]) => unknown, inp: readonly unknown[], Tout: unknown, _name: Name = null): unknown => {
    const out = func(...(inp.map((x) => toTensor(x)) as never[]));
    const types = Array.isArray(Tout) ? Tout : null;
    if (types)
      return (out as unknown[]).map((x, i) => toTensor(x, { dtype: as_dtype(types[i] as TypeLike) }));
    return toTensor(out, { dtype: as_dtype(Tout as TypeLike) });
  },
);
export const numpy_function = def(
  "tensorflow.numpy_function",
  "func inp Tout stateful name",
  (
    func: (...a: never[]) => unknown,
    inp: readonly unknown[],
    _t: unknown = null,
    _s = true,
    _name: Name = null,
  ): unknown => {
    const out = func(...(inp.map((x) => toTensor(x).numpy()) as never[]));
    return Array.isArray(out) ? out.map((x) => toTensor(x)) : toTensor(out);
  },
);

/** `tf.nest`: structures of lists, tuples and dicts, dicts by their sorted keys. */
export const flatten = def(
  "tensorflow.nest.flatten",
  "structure:dict expand_composites",
  (structure: unknown, _e = false): unknown[] => nest.flatten(structure),
);
export const is_nested = def(
  "tensorflow.nest.is_nested",
  "structure:dict",
  (x: unknown): boolean => (Array.isArray(x) || isPlainObject(x)) && !isTensor(x),
);
export const map_structure = def(
  "tensorflow.nest.map_structure",
  "func ...structure expand_composites",
  (func: (...a: never[]) => unknown, structure: readonly unknown[], _e = false): unknown => {
    if (typeof func !== "function") throw new TypeError(`func must be callable, got: ${repr(func)}`);
    if (structure.length === 0) throw new ValueError("Must provide at least one structure");
    for (const other of structure.slice(1)) assert_same_structure(structure[0], other);
    return nest.map(func as never, structure[0], ...structure.slice(1));
  },
);
export const pack_sequence_as = def(
  "tensorflow.nest.pack_sequence_as",
  "structure:dict flat_sequence expand_composites",
  (structure: unknown, flat: readonly unknown[], _e = false): unknown => {
    const n = nest.flatten(structure).length;
    if (!Array.isArray(structure) && !isPlainObject(structure)) {
      if (flat.length !== 1)
        throw new ValueError(
          `The target structure is of type \`${repr(structure)}\`\nHowever the input is a sequence (${repr(typeof flat)}) of length ${flat.length}.`,
        );
      return flat[0];
    }
    if (n !== flat.length)
      throw new ValueError(
        `Could not pack sequence. Structure had ${n} atoms, but flat_sequence had ${flat.length} items.  Structure: ${repr(structure)}, flat_sequence: ${repr(flat)}.`,
      );
    return nest.pack(structure, flat);
  },
);
const shapeOf = (x: unknown): string =>
  Array.isArray(x)
    ? `[${x.map(shapeOf).join()}]`
    : isPlainObject(x)
      ? `{${Object.keys(x)
          .sort()
          .map((k) => `${k}:${shapeOf(x[k])}`)
          .join()}}`
      : ".";
export const assert_same_structure = def(
  "tensorflow.nest.assert_same_structure",
  "nest1:dict nest2:dict check_types expand_composites",
  (a: unknown, b: unknown, check_types = true, _e = false): void => {
    const name = (x: unknown): string =>
      x instanceof Tuple
        ? "tuple"
        : Array.isArray(x)
          ? "list"
          : isPlainObject(x)
            ? "dict"
            : typeof x === "number"
              ? "int"
              : typeof x;
    if (shapeOf(a) !== shapeOf(b) || (check_types && name(a) !== name(b) && Array.isArray(a)))
      throw new (shapeOf(a) !== shapeOf(b) ? ValueError : TypeError)(
        `The two structures don't have the same nested structure.\n\nFirst structure: type=${name(a)} str=${repr(a)}\n\nSecond structure: type=${name(b)} str=${repr(b)}`,
      );
  },
);
