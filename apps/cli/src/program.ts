import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { convert } from "./commands/convert.js";
import { inspect } from "./commands/inspect.js";
import { predict } from "./commands/predict.js";
import { EXIT, explained } from "./exit.js";
import { json } from "./print/text.js";
import type { ProgressMode } from "./progress.js";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const CODES = `
Exit codes:
  0  done
  1  an error of cognate itself
  2  wrong usage
  3  a file cannot be opened, read or written
  4  a file is broken, or in a format that is not known
  5  a file asks for what is refused: a pickle that names other code
  6  not possible with this file: no model to predict with, no counterpart in the other format
  7  the input does not fit the model`;

function positive(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 1) throw new InvalidArgumentError("Expected a whole number from 1 on.");
  return n;
}

const collect = (value: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  value,
];

interface Common {
  readonly json: boolean;
  readonly progress: ProgressMode;
}

function program(say: (text: string) => void, warn: (text: string) => void): Command {
  const cognate = new Command("cognate")
    .description(
      "Looks into model files, predicts with them and converts them: PyTorch, Keras, NumPy, safetensors, HDF5.",
    )
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", CODES);
  const command = (name: string, description: string): Command =>
    cognate
      .command(name)
      .description(description)
      .option("--json", "print JSON on stdout, errors too as JSON on stderr", false)
      .addOption(
        new Option("--progress <when>", "progress on stderr; auto: of large files, in a terminal")
          .choices(["auto", "always", "never"])
          .default("auto"),
      );

  command(
    "inspect <file>",
    "Show what a file holds: its tensors, their shapes and types, and the model's architecture",
  )
    .option("--no-architecture", "leave the architecture out")
    .action(async (file: string, options: Common & { architecture: boolean }) => {
      say(await inspect(file, options));
    });

  command("predict <file>", "Run a model: a Keras file, or a whole PyTorch model of PyTorch's own layers")
    .requiredOption("-i, --input <file>", "a .npy or .npz; once for each input", collect)
    .option("-o, --output <file>", "write the result as .npy (or .npz) instead of printing it")
    .option("--batch-size <n>", "how many samples Keras takes at once", positive, 32)
    .action(
      async (file: string, options: Common & { input: string[]; output?: string; batchSize: number }) => {
        say(await predict(file, options));
      },
    );

  command("convert <in> <out>", "Write a file's tensors in the format that the other name ends with")
    .option("--dtype <type>", "write floating tensors as float16, bfloat16, float32 or float64")
    .option("--compressed", "compress a .npz", false)
    .addHelpText(
      "after",
      "\nFormats: .pt .pth .safetensors .npz .npy .h5 .weights.h5, and whole Keras models between .keras and .h5.",
    )
    .action(async (from: string, to: string, options: Common & { dtype?: string; compressed: boolean }) => {
      const { text, warnings } = await convert(from, to, options);
      for (const warning of warnings) warn(warning);
      say(text);
    });
  return cognate;
}

/** Runs the command line. @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const warn = (text: string): void => void process.stderr.write(`cognate: ${text}\n`);
  try {
    await program(say, warn).parseAsync([...args], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    // Commander has said what was wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { exit, message } = explained(error);
    if (args.includes("--json"))
      process.stderr.write(`${json({ error: { kind: exit, code: EXIT[exit], message } })}\n`);
    else warn(message);
    return EXIT[exit];
  }
}
