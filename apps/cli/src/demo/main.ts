import { mkdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as np from "@cognate/numpy";
import { difference, EPOCHS, type Expected, expectedOf, TRAIN } from "./expected.js";
import { KerasPart } from "./keras-part.js";
import { Report } from "./report.js";
import { type OnStep, type Opened, TorchPart } from "./torch-part.js";
import { verify } from "./verify.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(root, "test-fixtures/cli/demo");
const out = process.argv[2] ?? join(root, "out");
const report = new Report(process.stdout);
/** Of the largest output, in float32. */
const TOLERANCE = 1e-5;
const TOLERANCE64 = 1e-10;
/** Of the losses. */
const CURVE = 1e-4;
const problems: string[] = [];

function check(what: string, value: number, limit: number): string {
  if (!(value <= limit)) problems.push(`${what}: ${value}, more than ${limit}`);
  return value.toExponential(1);
}

function show(kind: string, library: string, opened: Opened, expected: Expected): void {
  const name = basename(opened.file);
  report.heading(`${name}: ${kind}`);
  report.line(opened.print);
  if (opened.print !== expected.print) problems.push(`${name}: not printed as ${library} prints it`);
  const off = check(name, difference(opened.predictions, expected.predictions), TOLERANCE);
  report.line(
    `Predictions of ${opened.predictions.shape[0]} digits: largest difference from ${library} ${off}`,
  );
  if (!opened.predictions64 || !expected.predictions64) return;
  const off64 = check(
    `${name} in float64`,
    difference(opened.predictions64, expected.predictions64),
    TOLERANCE64,
  );
  report.line(`The same in float64: ${off64}`);
}

interface Trained {
  readonly predictions: np.ndarray;
  readonly accuracy: number;
}

function train(
  library: string,
  expected: Expected,
  theirAccuracy: number,
  run: (step: OnStep) => Trained,
  save: (path: string) => void,
  file: string,
): void {
  report.heading(`Training ${file} on: ${EPOCHS} epochs of ${TRAIN} digits`);
  const training = report.training(library, expected.losses);
  const { predictions, accuracy } = run(training.step);
  training.stop();
  check(`losses of ${file}`, training.worst, CURVE);
  const off = check(`${file} after training`, difference(predictions, expected.after), TOLERANCE);
  report.line(`Predictions afterwards: largest difference from ${library} ${off}`);
  report.line(
    `Accuracy on the other digits: ${accuracy.toFixed(4)} (${library} ${theirAccuracy.toFixed(4)})`,
  );
  const path = join(out, file);
  save(path);
  np.save(`${path}.npy`, predictions);
  report.line(`Saved ${relative(process.cwd(), path)}`);
}

function pytorch(): void {
  const expected = expectedOf(folder, "torch.json") as Record<"cnn" | "mlp" | "gru", Expected>;
  const part = new TorchPart(folder);
  show("a PyTorch state dict", "PyTorch", part.cnn(), expected.cnn);
  show("a whole pickled PyTorch model", "PyTorch", part.mlp(), expected.mlp);
  show("PyTorch weights in safetensors", "PyTorch", part.gru(), expected.gru);
  train("PyTorch", expected.cnn, expected.cnn.accuracy!, part.train, part.save, "cnn.pt");
  if (!verify("torch", folder, out, report)) problems.push("cnn.pt: PyTorch does not agree");
}

function keras(): void {
  const expected = expectedOf(folder, "keras.json") as Record<"cnn" | "rnn", Expected>;
  const part = new KerasPart(folder);
  show("a Keras 3 model", "Keras", part.cnn(), expected.cnn);
  show("a Keras 2 model in HDF5", "Keras 2", part.rnn(), expected.rnn);
  train("Keras", expected.cnn, expected.cnn.evaluation![1]!, part.train, part.save, "cnn.keras");
  if (!verify("keras", folder, out, report)) problems.push("cnn.keras: Keras does not agree");
}

function main(): void {
  const start = performance.now();
  mkdirSync(out, { recursive: true });
  pytorch();
  keras();

  report.line(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length ? 1 : 0;
}

main();
