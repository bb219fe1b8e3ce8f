import { elementAt } from "@cognate/kernel";
import { fmt } from "@cognate/py";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { reshape, size } from "./tools.js";

/** Numbers as texts, by C's formats. */
export function formatted(x: Value, a: Attrs): StringArray {
  const [precision, width, fill] = [a.int("precision"), a.int("width"), a.text("fill")];
  const [scientific, short] = [a.bool("scientific"), a.bool("shortest")];
  const float = x.dtype.kind === "float" || x.dtype.kind === "complex";
  if (scientific && short) throw new KernelProblem("Cannot select both scientific and shortest notation");
  if (!float && precision >= 0)
    throw new KernelProblem("Precision not supported for datatype " + x.dtype.name);
  const kind = !float ? "d" : scientific ? "e" : short ? "g" : "f";
  const format = `%${fill}${width >= 0 ? width : ""}${float && precision >= 0 ? `.${precision}` : ""}${kind}`;
  const flat = reshape(x, [size(x.shape)]).array;
  const texts = Array.from({ length: flat.size }, (_, i) => {
    const v = elementAt(flat, flat.offset + i * (flat.strides[0] ?? 1));
    if (typeof v === "boolean") return v ? "true" : "false";
    if (typeof v === "object") return `(${fmt(format, v.re)},${fmt(format, v.im)})`;
    // Zeros do not fill what is no number.
    if (fill === "0" && !Number.isFinite(Number(v))) return fmt(format.replace("0", ""), v);
    return fmt(format, v);
  });
  return new StringArray(x.shape, texts);
}
