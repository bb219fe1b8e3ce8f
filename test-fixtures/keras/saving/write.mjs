// Opens the files of this folder and writes each as `.keras`, `.h5` and `.weights.h5` into the folder given, for verify.py.
// Needs the built packages: `npm run build`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as keras from "../../../packages/keras/dist/esm/index.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2];
mkdirSync(out, { recursive: true });
const names = ["functional.keras", "recurrent.keras", "conv.keras", "shared.keras", "legacy3.h5"];
for (const name of [...names, "rnn2.h5", "conv2.h5", "functional2.h5", "archive2.keras", "old2.h5"]) {
  const model = keras.models.load_model(join(here, name));
  for (const kind of [".keras", ".h5"]) model.save(join(out, name + kind));
  model.save_weights(join(out, `${name}.weights.h5`));
}
