import { complex64, type DType, float16, float32, realOf, type Strided } from "@cognate/kernel";
import { Complex, floatRepr } from "@cognate/py";
import { elementOf } from "../array/base.js";
import { positional, scientific } from "./float-text.js";

const largest = (d: DType): number => (d === float16 ? 1e3 : d === float32 ? 1e6 : 1e16);

/** A float with the fewest digits, with an exponent where it is very large or small. */
function floatText(x: number, d: DType, trim: "0" | "-"): string {
  const size = Math.abs(x);
  if (x !== 0 && Number.isFinite(x) && (size < 1e-4 || size >= largest(d)))
    return scientific(x, { dtype: d, trim: "-" });
  return positional(x, { dtype: d, trim });
}

function complexText(c: Complex, d: DType): string {
  const part = realOf(d);
  const imag = `${floatText(c.imag, part, "-")}j`;
  if (Object.is(c.real, 0)) return imag;
  return `(${floatText(c.real, part, "-")}${/^[-]/.test(imag) ? "" : "+"}${imag})`;
}

/** The text of one element by itself: `0.5`, `(1+2j)`, `True`. */
export function scalarText(a: Strided, position = a.offset): string {
  const v = elementOf(a, position);
  if (typeof v === "boolean") return v ? "True" : "False";
  if (v instanceof Complex) return complexText(v, a.dtype === complex64 ? complex64 : a.dtype);
  if (a.dtype.kind !== "float") return String(v);
  return a.dtype.itemsize === 8 ? floatRepr(v as number) : floatText(v as number, a.dtype, "0");
}
