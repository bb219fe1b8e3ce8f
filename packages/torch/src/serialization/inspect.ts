import { type ByteInput, inertGlobal, readTorch, torchContainer, withSource } from "@cognate/formats";
import { ValueError } from "@cognate/py";
import { inLoadWords } from "./errors.js";
import { safeGlobals } from "./safe-globals.js";

/**
 * The classes and functions that a file names and that `torch.load` would refuse. Nothing is made of them.
 *
 * @param f - a path (Node) or the bytes
 * @throws ValueError for a file that is no zip archive of `torch.save`
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const bytes = torch.save(torch.nn.ReLU());
 * print(torch.serialization.get_unsafe_globals_in_checkpoint(bytes)); // prints ['torch.nn.modules.activation.ReLU']
 * ```
 */
export function get_unsafe_globals_in_checkpoint(f: ByteInput): string[] {
  const found = new Set<string>();
  const asked = { weightsOnly: false, head: () => [], size: () => 0 };
  inLoadWords(asked, () =>
    withSource(f, (source) => {
      const container = torchContainer(source);
      if (container === "torchscript")
        throw new ValueError(
          "Expected input to be a checkpoint returned by torch.save but got a torchscript checkpoint",
        );
      if (container !== "zip")
        throw new ValueError("Expected input to be a checkpoint returned by torch.save");
      readTorch(source, {
        weightsOnly: true,
        hooks: {
          findClass(module, name) {
            found.add(`${module}.${name}`);
            return inertGlobal(module, name);
          },
          attributes: () => {},
        },
      });
    }),
  );
  const safe = safeGlobals();
  return [...found].filter((path) => !safe.has(path));
}
