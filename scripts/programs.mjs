// Three programs as users write them, bundled from the built packages: what a bundler leaves out decides about their size.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));

const network = (nn) =>
  `${nn}.Sequential(${nn}.Conv2d(1, 32, 3), ${nn}.ReLU(), ${nn}.MaxPool2d(2), ${nn}.Flatten(), ${nn}.Linear(5408, 10))`;
const step = (loss) => `
  const [x, t] = [torch.randn(4, 1, 28, 28), torch.tensor([1, 2, 3, 4])];
  const loss = ${loss}(net(x), t);
  optimizer.zero_grad();
  loss.backward();
  optimizer.step();
  console.log(loss.item().toFixed(4));`;

/**
 * Source, what it prints, and the budget in kB, minified and compressed. What is `outside` is not counted, and such a
 * bundle does not run by itself.
 */
export const PROGRAMS = {
  "kernel, tensor and torch with every row": {
    code: `import { tensor } from "@cognate/torch"; import * as ops from "@cognate/kernel/ops"; console.log(tensor([1, 2]).add(1), ops);`,
    outside: ["@cognate/py", "@cognate/ndarray"],
    sizeLimit: 230,
  },
  "a sum of two tensors": {
    code: `import { tensor } from "@cognate/torch"; console.log(String(tensor([1, 2]).add(1)));`,
    prints: "tensor([2, 3])",
    sizeLimit: 242,
  },
  "training of a small CNN, by import * as torch": {
    code: `import * as torch from "@cognate/torch";
  torch.manual_seed(1);
  const net = ${network("torch.nn")};
  const optimizer = torch.optim.Adam(net.parameters(), { lr: 1e-3 });${step("torch.nn.functional.cross_entropy")}`,
    prints: "2.3476",
    sizeLimit: 358,
  },
  "training of a small CNN, by imports of subpaths": {
    code: `import * as torch from "@cognate/torch";
  import * as nn from "@cognate/torch/nn";
  import { cross_entropy } from "@cognate/torch/nn/functional";
  import { Adam } from "@cognate/torch/optim";
  torch.manual_seed(1);
  const net = ${network("nn")};
  const optimizer = Adam(net.parameters(), { lr: 1e-3 });${step("cross_entropy")}`,
    prints: "2.3476",
    sizeLimit: 272,
  },
};

const gzipped = (text) => gzipSync(text, { level: 9 }).length / 1024;

/** Sizes in kB of all programs, and whether each prints what it shall: a bundler may have left out too much. */
export function programSizes() {
  return Object.entries(PROGRAMS).map(([name, { code, prints, outside = [], sizeLimit }]) => {
    const text = buildSync({
      stdin: { contents: code, resolveDir: `${root}apps/bench` },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      external: outside,
      write: false,
      logLevel: "silent",
    }).outputFiles[0].text;
    if (prints === undefined) return { name, kb: gzipped(text), sizeLimit, works: true };
    const printed = execFileSync(process.execPath, ["--input-type=module", "-"], {
      input: text,
      encoding: "utf8",
      maxBuffer: 1 << 26,
    }).trim();
    return { name, kb: gzipped(text), sizeLimit, works: printed === prints, printed };
  });
}
