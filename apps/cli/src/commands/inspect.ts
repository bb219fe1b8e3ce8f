import { sizeOf } from "@cognate/kernel";
import { bytesOfEntry, type Contents } from "../files/contents.js";
import { openFile } from "../files/open.js";
import { bytesText, countText, json, valueText } from "../print/text.js";
import { tree } from "../print/tree.js";
import { Progress, type ProgressMode } from "../progress.js";

export interface InspectOptions {
  readonly json: boolean;
  readonly progress: ProgressMode;
  /** Leave the architecture out. */
  readonly architecture: boolean;
}

/** Numbers and texts that are shown; JSON has all of them. */
const MOST_VALUES = 20;

/** `cognate inspect FILE`: what the command prints. */
export async function inspect(path: string, options: InspectOptions): Promise<string> {
  const contents = openFile(path, { data: false }, new Progress(options.progress));
  try {
    const [architecture, problem] = options.architecture ? await architectureOf(contents) : [];
    return options.json ? asJson(contents, architecture, problem) : asText(contents, architecture, problem);
  } finally {
    contents.close();
  }
}

/** The architecture, or why it cannot be shown: what else is in the file is worth showing all the same. */
async function architectureOf(contents: Contents): Promise<[string?, string?]> {
  try {
    return [await contents.architecture?.()];
  } catch (error) {
    return [undefined, error instanceof Error ? error.message : String(error)];
  }
}

function totals({ entries }: Contents): { tensors: number; elements: number; bytes: number } {
  const sum = (f: (e: Contents["entries"][number]) => number): number =>
    entries.reduce((n, e) => n + f(e), 0);
  return { tensors: entries.length, elements: sum((e) => sizeOf(e.shape)), bytes: sum(bytesOfEntry) };
}

function asJson(contents: Contents, architecture?: string, problem?: string): string {
  const { path, format, title, size, entries, metadata, values } = contents;
  const tensors = entries.map((e) => ({
    name: e.name,
    shape: e.shape,
    dtype: e.dtype.name,
    bytes: bytesOfEntry(e),
  }));
  return json(
    {
      file: path,
      format,
      title,
      bytes: size,
      tensors,
      totals: totals(contents),
      metadata,
      values,
      architecture: architecture ?? null,
      ...(problem === undefined ? {} : { architecture_error: problem }),
    },
    2,
  );
}

function asText(contents: Contents, architecture?: string, problem?: string): string {
  const { path, title, size, entries, metadata, values } = contents;
  const lines = [`${path}: ${title}, ${bytesText(size)}`];
  for (const [name, value] of Object.entries(metadata)) lines.push(`${name}: ${valueText(value)}`);
  if (architecture !== undefined) lines.push("", architecture.trimEnd());
  if (problem !== undefined) lines.push("", `The architecture cannot be shown: ${problem}`);
  if (entries.length) lines.push("", ...tree(entries));
  const rest = Object.entries(values);
  if (rest.length) {
    lines.push("", "Values:");
    for (const [name, value] of rest.slice(0, MOST_VALUES))
      lines.push(`  ${name === "" ? "(the value itself)" : name} = ${valueText(value)}`);
    if (rest.length > MOST_VALUES) lines.push(`  … and ${rest.length - MOST_VALUES} more (--json shows all)`);
  }
  const { tensors, elements, bytes } = totals(contents);
  const what = tensors === 1 ? "tensor" : "tensors";
  lines.push("", `${tensors} ${what}, ${countText(elements)} elements, ${bytesText(bytes)}`);
  return lines.join("\n");
}
