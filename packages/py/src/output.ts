/** Where printed text goes. */
export type Output = (text: string) => void;

interface Stdout {
  write(text: string): void;
}

let pending = "";

/** Standard output in Node; elsewhere the console, which takes whole lines. */
const standard: Output = (text) => {
  const stdout = (globalThis as { process?: { stdout?: Stdout } }).process?.stdout;
  if (stdout?.write) {
    stdout.write(text);
    return;
  }
  const lines = (pending + text).split("\n");
  pending = lines.pop()!;
  for (const line of lines) console.log(line);
};

let output: Output = standard;

/** Writes text where `print` writes. */
export const write = (text: string): void => output(text);

/**
 * Sends printed text elsewhere (a page, a test) and returns what took it before.
 *
 * @example
 * ```ts
 * import { print, setOutput } from "@cognate/py";
 * const lines: string[] = [];
 * const before = setOutput((text) => lines.push(text));
 * print("kept");
 * setOutput(before);
 * print(lines); // prints ['kept\n']
 * ```
 */
export function setOutput(next: Output): Output {
  const before = output;
  output = next;
  return before;
}
