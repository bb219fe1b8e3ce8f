import { isPlainObject, repr, Tuple } from "@cognate/py";

/** The widest line, the most parameters, and the most characters, as scikit-learn prints estimators. */
const WIDTH = 80;
const MOST = 30;
const CHARACTERS = 700;

interface Part {
  readonly head: string;
  readonly value: unknown;
}

const short = (x: unknown): string => repr(x).replace(/\s*\n\s*/g, " ");

/** Items in lines as long as they may be, `indent` before all but the first. */
function filled(parts: readonly Part[], indent: number, allowance: number): string {
  let out = "";
  let between = "";
  const newline = `,\n${" ".repeat(indent)}`;
  let most = WIDTH - indent + 1;
  let room = most;
  for (const [i, { head, value }] of parts.entries()) {
    if (i === MOST) return `${out}, ...`;
    const last = i === parts.length - 1;
    if (last) {
      most -= allowance;
      room -= allowance;
    }
    const text = head + short(value);
    const need = text.length + 2;
    if (room < need) {
      room = most;
      if (between) between = newline;
    }
    if (room >= need) {
      room -= need;
      out += between + text;
      between = ", ";
      continue;
    }
    out += between + head + broken(value, indent + head.length, last ? allowance : 1);
    between = newline;
  }
  return out;
}

function broken(x: unknown, indent: number, allowance: number): string {
  if (short(x).length <= WIDTH - indent - allowance) return short(x);
  if (Array.isArray(x)) {
    const [open, close] = x instanceof Tuple ? ["(", ")"] : ["[", "]"];
    return (
      open +
      filled(
        [...x].map((value) => ({ head: "", value })),
        indent + 1,
        allowance + 1,
      ) +
      close
    );
  }
  if (isPlainObject(x)) {
    const parts = Object.entries(x).map(([k, value]) => ({ head: `${repr(k)}: `, value }));
    return `{${filled(parts, indent + 1, allowance + 1)}}`;
  }
  return repr(x);
}

/** Where the n-th character that is no blank ends. */
function nthEnd(text: string, n: number): number {
  let seen = 0;
  for (let i = 0; i < text.length; i++) if (!/\s/.test(text[i]!) && ++seen === n) return i + 1;
  return text.length;
}

/** A text that is too long keeps its two ends. */
function shortened(text: string): string {
  if (text.replace(/\s/g, "").length <= CHARACTERS) return text;
  const half = CHARACTERS / 2;
  const left = nthEnd(text, half);
  const reversed = [...text].reverse().join("");
  let right = nthEnd(reversed, half);
  if (text.slice(left, text.length - right).includes("\n")) right = reversed.indexOf("\n", right) + 1;
  if (left + 3 >= text.length - right) return text;
  return `${text.slice(0, left)}...${text.slice(text.length - right)}`;
}

/** An estimator with the parameters that are not the defaults of its class. */
export function estimatorText(name: string, params: readonly (readonly [string, unknown])[]): string {
  const line = `${name}(${params.map(([k, v]) => `${k}=${short(v)}`).join(", ")})`;
  if (line.length <= WIDTH) return shortened(line);
  const parts = params.map(([k, value]) => ({ head: `${k}=`, value }));
  return shortened(`${name}(${filled(parts, name.length + 1, 1)})`);
}
