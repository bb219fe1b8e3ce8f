import { EOFError, TypeError, ValueError } from "../exceptions.js";
import { write } from "../output.js";
import { intOf, scalarOf, toIndex } from "../protocol/convert.js";
import { typeName } from "../protocol/type-name.js";
import { textOf } from "../text/repr.js";
import { sleep } from "./sleep.js";

/** Python's `chr`: the character of a code point. */
export function chr(code: number): string {
  const n = toIndex(code);
  if (n < 0 || n > 0x10ffff) throw new ValueError("chr() arg not in range(0x110000)");
  return String.fromCodePoint(n);
}

/** Python's `ord`: the code point of a character. */
export function ord(c: string | Uint8Array): number {
  if (typeof c !== "string" && !(c instanceof Uint8Array))
    throw new TypeError(`ord() expected string of length 1, but ${typeName(c)} found`);
  const points = [...c];
  if (points.length !== 1)
    throw new TypeError(`ord() expected a character, but string of length ${points.length} found`);
  return typeof c === "string" ? c.codePointAt(0)! : c[0]!;
}

function inRadix(x: unknown, radix: number, prefix: string): string {
  const n = intOf(x) ?? intOf(scalarOf(x, "__index__"));
  if (n === undefined) throw new TypeError(`'${typeName(x)}' object cannot be interpreted as an integer`);
  const digits = (n < 0 ? -BigInt(n) : BigInt(n)).toString(radix);
  return `${n < 0 ? "-" : ""}${prefix}${digits}`;
}

/** Python's `hex`: `0xff`. */
export const hex = (x: unknown): string => inRadix(x, 16, "0x");
/** Python's `oct`: `0o17`. */
export const oct = (x: unknown): string => inRadix(x, 8, "0o");
/** Python's `bin`: `0b101`. */
export const bin = (x: unknown): string => inRadix(x, 2, "0b");

interface FileSystem {
  readSync(fd: number, into: Uint8Array): number;
}

/** The next byte of standard input, or −1 at its end; waits where nothing has come yet. */
function nextByte(fs: FileSystem): number {
  const byte = new Uint8Array(1);
  for (;;)
    try {
      return fs.readSync(0, byte) === 1 ? byte[0]! : -1;
    } catch (e) {
      const { code } = e as { code?: unknown };
      if (code === "EOF") return -1;
      if (code !== "EAGAIN") throw e;
      sleep(0.02);
    }
}

/** One line of standard input in Node; elsewhere what the page's prompt gives. */
function readLine(prompt: string): string | null {
  const host = globalThis as {
    process?: { getBuiltinModule?(name: string): FileSystem | undefined };
    prompt?(text: string): string | null;
  };
  const fs = host.process?.getBuiltinModule?.("node:fs");
  if (!fs) return host.prompt?.(prompt) ?? null;
  write(prompt);
  const bytes: number[] = [];
  let byte = nextByte(fs);
  for (; byte >= 0 && byte !== 0x0a; byte = nextByte(fs)) bytes.push(byte);
  return byte < 0 && bytes.length === 0 ? null : new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Python's `input`: a line of standard input, in a page of its prompt. @throws EOFError at the input's end */
export function input(prompt: unknown = ""): string {
  const line = readLine(textOf(prompt));
  if (line === null) throw new EOFError("EOF when reading a line");
  return line.replace(/\r$/, "");
}
