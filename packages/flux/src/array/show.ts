import { castTo, cloneContiguous, type DType, float64, type Strided, toNested } from "@cognate/kernel";

/* Arrays as Julia shows them. */

const NAMES: Readonly<Record<string, string>> = {
  float32: "Float32",
  float64: "Float64",
  float16: "Float16",
  int64: "Int64",
  int32: "Int32",
  int16: "Int16",
  int8: "Int8",
  uint8: "UInt8",
  bool: "Bool",
};
/** Julia's name of an element type. */
export const typeName = (d: DType): string => NAMES[d.name] ?? d.name;

/** The shortest text that reads back as the same float of the type. */
function shortest(x: number, d: DType): string {
  if (d.name === "float64") return String(x);
  const digits = d.name === "float16" ? 5 : 9;
  for (let p = 1; p <= digits; p++) {
    const text = x.toPrecision(p);
    if (Math.fround(Number(text)) === x) return String(Number(text));
  }
  return String(x);
}

/** A number as Julia prints it: `1.0`, `1.0e-5` (with f for Float32), `NaN`, `Inf`. */
export function numberText(x: number, d: DType, inArray = true): string {
  if (d.kind === "bool") return inArray ? (x ? "1" : "0") : x ? "true" : "false";
  if (d.kind !== "float") return String(x);
  if (Number.isNaN(x)) return d.name === "float32" && !inArray ? "NaN32" : "NaN";
  if (!Number.isFinite(x)) return `${x < 0 ? "-" : ""}Inf${d.name === "float32" && !inArray ? "32" : ""}`;
  if (Object.is(x, -0)) return "-0.0";
  if (x === 0) return "0.0";
  const [mantissa, exponent] = shortest(x, d).includes("e")
    ? shortest(x, d).split("e")
    : [shortest(x, d), undefined];
  const m = Math.abs(Number(shortest(x, d)));
  if (m >= 1e-4 && m < 1e6) {
    const plain = exponent === undefined ? mantissa! : Number(shortest(x, d)).toFixed(20).replace(/0+$/, "");
    return plain.includes(".") ? plain : `${plain}.0`;
  }
  const [lead, power] = Number(shortest(x, d)).toExponential().split("e") as [string, string];
  return `${lead.includes(".") ? lead : `${lead}.0`}${d.name === "float32" ? "f" : "e"}${Number(power)}`;
}

const nested = (a: Strided): unknown =>
  toNested(castTo(cloneContiguous(a), float64), (x, p) => (x.data as Float64Array)[p]!);

/** `print(x)`: on one line, `Float32[1.0 2.0; 3.0 4.0]`. */
export function compactText(a: Strided): string {
  if (a.rank === 0) return numberText(nested(a) as number, a.dtype, false);
  const prefix = a.dtype.name === "float64" && a.size > 0 ? "" : typeName(a.dtype);
  if (a.rank === 1)
    return `${prefix}[${(nested(a) as number[]).map((x) => numberText(x, a.dtype)).join(", ")}]`;
  if (a.rank === 2) {
    const rows = (nested(a) as number[][]).map((row) => row.map((x) => numberText(x, a.dtype)).join(" "));
    return `${prefix}[${rows.join("; ")}${a.shape[1] === 1 ? ";;" : ""}]`;
  }
  return planes(a)
    .map(([, rows]) => rows.map((row) => row.map((x) => numberText(x, a.dtype)).join(" ")).join("; "))
    .reduce((all, plane, i) => all + (i === 0 ? "" : ";;; ") + plane, `${prefix}[`)
    .concat("]");
}

/** The matrices along the first two axes, the third running fastest. */
function planes(a: Strided): [number[], number[][]][] {
  const lead = a.shape.slice(2);
  const count = lead.reduce((n, len) => n * len, 1);
  return Array.from({ length: count }, (_, k) => {
    const at: number[] = [];
    let rest = k;
    for (const n of lead) {
      at.push(rest % n);
      rest = Math.floor(rest / n);
    }
    const offset = a.offset + at.reduce((s, i, axis) => s + i * a.strides[axis + 2]!, 0);
    const plane = a.view(a.shape.slice(0, 2), a.strides.slice(0, 2), offset);
    return [at.map((i) => i + 1), nested(plane) as number[][]];
  });
}

const KINDS = ["", "Vector", "Matrix"];
/** `3-element Vector{Float32}`, `2×3 Matrix{Float32}`, `2×3×4 Array{Float32, 3}`. */
export function headText(a: Strided): string {
  const type = typeName(a.dtype);
  if (a.rank === 0) return `0-dimensional Array{${type}, 0}`;
  const size = a.rank === 1 ? `${a.shape[0]}-element` : a.shape.join("×");
  return `${size} ${a.rank <= 2 ? `${KINDS[a.rank]}{${type}}` : `Array{${type}, ${a.rank}}`}`;
}

/** Columns lined up at the decimal point, two blanks between them. */
function aligned(rows: readonly (readonly number[])[], d: DType): string[] {
  const texts = rows.map((row) => row.map((x) => numberText(x, d)));
  const split = (t: string): [string, string] => {
    const dot = t.search(/[.e]/);
    return dot < 0 ? [t, ""] : [t.slice(0, dot), t.slice(dot)];
  };
  const widths = (texts[0] ?? []).map((_, j) => {
    const parts = texts.map((row) => split(row[j]!));
    return [Math.max(...parts.map(([l]) => l.length)), Math.max(...parts.map(([, r]) => r.length))] as const;
  });
  return texts.map((row) =>
    row
      .map((t, j) => {
        const [left, right] = split(t);
        return left.padStart(widths[j]![0]) + right.padEnd(widths[j]![1]);
      })
      .join("  ")
      .replace(/\s+$/, ""),
  );
}

/** What the REPL shows: size and type, then the elements in columns. */
export function displayText(a: Strided): string {
  const head = `${headText(a)}${a.size > 0 ? ":" : ""}`;
  if (a.size === 0) return head;
  if (a.rank === 0) return `${head}\n${numberText(nested(a) as number, a.dtype)}`;
  const rows = (m: readonly (readonly number[])[]): string =>
    aligned(m, a.dtype)
      .map((r) => `\n ${r}`)
      .join("");
  if (a.rank === 1) return head + rows((nested(a) as number[]).map((x) => [x]));
  if (a.rank === 2) return head + rows(nested(a) as number[][]);
  return `${head}\n${planes(a)
    .map(([at, plane]) => `[:, :, ${at.join(", ")}] =${rows(plane)}`)
    .join("\n\n")}`;
}
