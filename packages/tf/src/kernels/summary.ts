import { elementAt } from "@cognate/kernel";
import type { Datum } from "../core/row.js";
import { fromBytes, StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";

/* Tensors as TensorFlow's kernels write them into texts. */

/** A number as C++ streams write it with so many digits. */
export function shortest(x: number, digits: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (x === 0) return Object.is(x, -0) ? "-0" : "0";
  const e = Number(x.toExponential(digits - 1).split("e")[1]);
  if (e < -5 || e >= digits || e < -4) {
    const [m, p] = x.toExponential(digits - 1).split("e") as [string, string];
    const n = Number(p);
    return `${m.includes(".") ? m.replace(/\.?0+$/, "") : m}e${n < 0 ? "-" : "+"}${String(Math.abs(n)).padStart(2, "0")}`;
  }
  const fixed = x.toFixed(Math.max(0, digits - 1 - e));
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
}
const DIGITS: Readonly<Record<string, number>> = { float32: 9, float64: 17, float16: 5, bfloat16: 4 };

/** Few digits where they give the same number of single or double precision back, else all. */
function floatText(x: number, type: string): string {
  const most = DIGITS[type] ?? 9;
  if (type === "float32" || type === "float64") {
    const t = shortest(x, type === "float32" ? 6 : 15);
    const back = Number(t);
    return (type === "float32" ? Math.fround(back) : back) === x ? t : shortest(x, most);
  }
  return shortest(x, 6);
}

function elementText(d: Datum, i: number): string {
  if (d instanceof StringArray) return `"${fromBytes(d.data[i]!)}"`;
  const v = d as Value;
  const a = v.array;
  let rest = i;
  let position = a.offset;
  for (let k = a.rank - 1; k >= 0; k--) {
    position += (rest % a.shape[k]!) * a.strides[k]!;
    rest = Math.floor(rest / a.shape[k]!);
  }
  const x = elementAt(a, position);
  if (typeof x === "boolean") return x ? "1" : "0";
  if (typeof x === "object") return `(${floatText(x.re, "float32")},${floatText(x.im, "float32")})`;
  return typeof x === "bigint" || v.dtype.kind !== "float" ? String(x) : floatText(x, v.dtype.name);
}

/** A tensor as TensorFlow's kernels summarise it: so many entries at both ends of each axis. */
export function summary(d: Datum, entries: number): string {
  const shape = (d as Value).shape;
  if (shape.length === 0) return elementText(d, 0);
  const render = (axis: number, offset: number, indent: string): string => {
    const n = shape[axis]!;
    const inner = shape.slice(axis + 1).reduce((p, v) => p * v, 1);
    const all = entries < 0 || n <= 2 * entries;
    const picks = all
      ? Array.from({ length: n }, (_, i) => i)
      : [
          ...Array.from({ length: entries }, (_, i) => i),
          -1,
          ...Array.from({ length: entries }, (_, i) => n - entries + i),
        ];
    const last = axis === shape.length - 1;
    const parts = picks.map((i) =>
      i < 0 ? "..." : last ? elementText(d, offset + i) : render(axis + 1, offset + i * inner, `${indent} `),
    );
    const between = last ? " " : `${"\n".repeat(shape.length - 1 - axis)}${indent} `;
    return `[${parts.join(between)}]`;
  };
  return render(0, 0, "");
}
