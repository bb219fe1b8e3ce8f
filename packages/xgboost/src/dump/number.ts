/** A number as C's `%.{digits}g` writes it. */
export function general(x: number, digits = 9): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (x === 0) return Object.is(x, -0) ? "-0" : "0";
  const scientific = x.toExponential(digits - 1);
  const at = scientific.indexOf("e");
  const exponent = Number(scientific.slice(at + 1));
  if (exponent < -4 || exponent >= digits) {
    const sign = exponent < 0 ? "-" : "+";
    return `${trimmed(scientific.slice(0, at))}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  return trimmed(x.toFixed(digits - 1 - exponent));
}

const trimmed = (s: string): string => (s.includes(".") ? s.replace(/\.?0+$/, "") : s);

/** One number, or the list of a leaf with several: the longer ones shortened. */
export function generalList(values: ArrayLike<number>, most = 3): string {
  if (values.length === 1) return general(values[0]!);
  const n = Math.min(values.length - 1, most - 1);
  const first = Array.from({ length: n }, (_, i) => `${general(values[i]!)}, `).join("");
  const gap = values.length > most ? "..., " : "";
  return `[${first}${gap}${general(values[values.length - 1]!)}]`;
}
