import { InvalidArgumentError, KernelProblem, NotFoundError } from "../core/errors.js";
import type { Datum } from "../core/row.js";
import { fromBytes, toBytes } from "../core/strings.js";
import { folders } from "../io/file-system.js";
import type { DType } from "../shared.js";
import { datumFrom } from "./table.js";

const WHOLE_LINE = -2;
const LINE_NUMBER = -1;

/** Keys and values from the columns of a text file, its lines, or their numbers. */
export function readTable(
  path: string,
  keyType: DType,
  valueType: DType,
  attrs: Readonly<Record<string, unknown>>,
): [Datum, Datum] {
  const file = fromBytes(path);
  const fs = folders();
  if (!fs.existsSync(file)) throw new KernelProblem(`${file}; No such file or directory`, NotFoundError);
  const text = new TextDecoder().decode(fs.readFileSync(file));
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const wanted = Number(attrs["vocab_size"] ?? -1);
  if (wanted > 0 && lines.length < wanted)
    throw new KernelProblem(
      `Invalid vocab_size in ${file}: expected ${wanted} but got ${lines.length}`,
      InvalidArgumentError,
    );
  const kept = wanted > 0 ? lines.slice(0, wanted) : lines;
  const separator = String(attrs["delimiter"] ?? "\t");
  const offset = Number(attrs["offset"] ?? 0);
  const column = (at: number, type: DType, shift: number): unknown[] =>
    kept.map((line, i) => {
      if (at === LINE_NUMBER) return i + shift;
      const parts = at === WHOLE_LINE ? [line] : line.split(separator);
      const index = at === WHOLE_LINE ? 0 : at;
      if (index >= parts.length)
        throw new KernelProblem(
          `Invalid number of columns in ${file} line ${i} (${line}) : expected at least ${index + 1} got ${parts.length}`,
          InvalidArgumentError,
        );
      return parsed(parts[index]!, type, i);
    });
  const keys = column(Number(attrs["key_index"]), keyType, 0);
  const values = column(Number(attrs["value_index"]), valueType, offset);
  return [datumFrom(keys, [keys.length], keyType), datumFrom(values, [values.length], valueType)];
}

function parsed(text: string, type: DType, at: number): unknown {
  if (type.name === "string") return toBytes(text);
  const n = type.is_integer ? (/^\s*[+-]?\d+\s*$/.test(text) ? BigInt(text.trim()) : null) : Number(text);
  if (n === null || Number.isNaN(n))
    throw new KernelProblem(`Field ${text} in line ${at} is not a valid ${type.name}.`, InvalidArgumentError);
  return n;
}
