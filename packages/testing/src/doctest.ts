import { setOutput } from "@cognate/py";
import { transform } from "esbuild";

/** An example of a doc comment and what it says it prints. */
export interface Example {
  readonly line: number;
  readonly code: string;
  readonly prints: string;
}

/** The ```ts blocks after `@example` in a source's doc comments. */
export function examplesOf(source: string): Example[] {
  const out: Example[] = [];
  for (const m of source.matchAll(/@example\s*\n\s*\* ```ts\n([\s\S]*?)\n\s*\* ```/g)) {
    const code = m[1]!.replace(/^\s*\* ?/gm, "");
    out.push({ line: source.slice(0, m.index).split("\n").length, code, prints: printsOf(code) });
  }
  return out;
}

/** The ```ts blocks of a Markdown text that say what they print. */
export function examplesOfMarkdown(text: string): Example[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)\n```/gm)]
    .map((m) => ({
      line: text.slice(0, m.index).split("\n").length,
      code: m[1]!,
      prints: printsOf(m[1]!),
    }))
    .filter((example) => /\/\/ prints/.test(example.code));
}

/** `print(x); // prints …` on one line, or `// prints` followed by comment lines. */
function printsOf(code: string): string {
  const lines: string[] = [];
  let block = false;
  for (const line of code.split("\n")) {
    const tail = /\/\/ prints(?: (.*))?$/.exec(line);
    if (tail) {
      if (tail[1] !== undefined) lines.push(tail[1]);
      block = tail[1] === undefined;
    } else if (block) {
      const more = /^\s*\/\/ ?(.*)$/.exec(line);
      if (more) lines.push(more[1]!);
      else block = false;
    }
  }
  return lines.join("\n");
}

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<void>;

/** Runs the example with its imports resolved to the packages' sources; returns what it printed. */
export async function runExample(code: string): Promise<string> {
  const { code: js } = await transform(code, { loader: "ts", format: "esm", target: "es2022" });
  const body = js
    .replace(/import \* as (\w+) from "([^"]+)";/g, 'const $1 = await load("$2");')
    .replace(/import \{([^}]+)\} from "([^"]+)";/g, (_, names: string, from: string) => {
      return `const {${names.replace(/ as /g, ": ")}} = await load("${from}");`;
    });
  let text = "";
  const before = setOutput((s) => {
    text += s;
  });
  try {
    await new AsyncFunction("load", body)((name: string) => import(/* @vite-ignore */ name));
  } finally {
    setOutput(before);
  }
  return text;
}
