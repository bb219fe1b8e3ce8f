import type { DType } from "@cognate/kernel";
import { nameClass, TypeError, ValueError } from "@cognate/py";

/** `np.exceptions.AxisError`: an axis that the array does not have. */
export class AxisError extends ValueError {
  /** The axis, or the whole message. */
  constructor(
    readonly axis: number | string,
    readonly ndim: number | null = null,
    prefix: string | null = null,
  ) {
    super(
      ndim === null
        ? String(axis)
        : `${prefix === null ? "" : `${prefix}: `}axis ${axis} is out of bounds for array of dimension ${ndim}`,
    );
  }
}
nameClass("numpy.exceptions.AxisError", AxisError);

/** `np.exceptions.ComplexWarning` and its like are categories of `warn`; this is what ufuncs raise about types. */
export class UFuncTypeError extends TypeError {}
nameClass("numpy._core._exceptions.UFuncTypeError", UFuncTypeError);

const shown = (d: DType): string => `dtype('${d.name}')`;

/** An input or the result of a ufunc cannot be converted under the casting rule. */
export const castError = (
  ufunc: string,
  which: string,
  from: DType,
  to: DType,
  casting: string,
): UFuncTypeError =>
  new UFuncTypeError(
    `Cannot cast ufunc '${ufunc}' ${which} from ${shown(from)} to ${shown(to)} with casting rule '${casting}'`,
  );

const DTYPE_CLASS = (name: string): string =>
  `<class 'numpy.dtypes.${name[0]!.toUpperCase()}${name.slice(1)}DType'>`;

/** What NumPy calls the type of an operand: a dtype's class, or that of a Python number. */
export function operandClass(dtype: DType | null, weak: string | null): string {
  if (dtype) {
    const { name } = dtype;
    return DTYPE_CLASS(name.startsWith("uint") ? `UInt${name.slice(4)}` : name);
  }
  const python = weak === "int" ? "Long" : weak === "float" ? "Float" : "Complex";
  return `<class 'numpy.dtypes._Py${python}DType'>`;
}

/** No loop of a ufunc has a signature of these types. */
export const noSignatureError = (
  ufunc: string,
  classes: readonly string[],
  result = "None",
): UFuncTypeError =>
  new UFuncTypeError(
    `ufunc '${ufunc}' did not contain a loop with signature matching types ${classes.length === 1 ? classes[0] : `(${classes.join(", ")})`} -> ${result}`,
  );

/** No loop of a ufunc gives the type that the caller asks for. */
export const noResultError = (ufunc: string): TypeError =>
  new TypeError(`No loop matching the specified signature and casting was found for ufunc ${ufunc}`);

/** No loop of a ufunc takes the operands' types. */
export const noLoopError = (ufunc: string): TypeError =>
  new TypeError(
    `ufunc '${ufunc}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );

/** A shape as NumPy's C code writes it in messages: `(2,3)`, `(2,)`. */
export const shapeText = (shape: readonly number[]): string =>
  `(${shape.join(",")}${shape.length === 1 ? "," : ""})`;

/** A shape as Python prints a tuple: `(2, 3)`, `(2,)`. */
export const tupleText = (shape: readonly number[]): string =>
  `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

/** Operands whose shapes do not stretch to a common one. */
export const broadcastError = (shapes: readonly (readonly number[])[]): ValueError =>
  new ValueError(
    `operands could not be broadcast together with shapes ${shapes.map((s) => `${shapeText(s)} `).join("")}`,
  );

/** The same for operands whose axes were brought into line before: texts of their shapes, and the shape asked for. */
export const remappedError = (shapes: readonly string[], requested?: readonly number[]): ValueError =>
  new ValueError(
    `operands could not be broadcast together with remapped shapes [original->remapped]: ${shapes.map((s) => `${s} `).join("")}${requested ? ` and requested shape ${shapeText(requested)}` : ""}`,
  );

/** The same for the arguments at two places, `[place, shape]` each, of functions that only look at shapes. */
export const mismatchError = (...args: readonly (readonly [number, readonly number[]])[]): ValueError =>
  new ValueError(
    `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between ${args.map(([at, shape]) => `arg ${at} with shape ${tupleText(shape)}`).join(" and ")}.`,
  );
