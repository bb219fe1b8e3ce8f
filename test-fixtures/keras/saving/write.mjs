// Opens the files of this folder and of `more` and writes each as `.keras`, `.h5` and `.weights.h5` into the folder given,
// for verify.py. Needs the built packages: `npm run build`.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as keras from "../../../packages/keras/dist/esm/index.js";

const here = process.argv[3] ?? fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2];
mkdirSync(out, { recursive: true });

class Scale extends keras.layers.Layer {
  constructor({ by = 2, ...options } = {}) {
    super(options);
    this.by = by;
  }
  build(input_shape) {
    this.gain = this.add_weight({ shape: [input_shape.at(-1)], initializer: "ones", name: "gain" });
  }
  call(x) {
    return x.mul(this.gain).mul(this.by);
  }
  get_config() {
    return { ...super.get_config(), by: this.by };
  }
}
class Net extends keras.Model {
  constructor({ units = 3, ...options } = {}) {
    super(options);
    this.units = units;
    this.first = keras.layers.Dense(units, { activation: "tanh" });
    this.rest = [keras.layers.Dense(2), new Scale({ by: 0.5 })];
  }
  call(x) {
    return this.rest.reduce((y, layer) => layer(y), this.first(x));
  }
  get_config() {
    return { ...super.get_config(), units: this.units };
  }
}
const double = (x) => x.mul(2);
const squared = (y, p) => keras.ops.square(keras.ops.subtract(y, p));
const custom_objects = { Scale, Net, double, squared };

for (const folder of ["", "more"]) {
  const cases = readFileSync(join(here, folder, "cases.json"), "utf8");
  for (const [, name] of cases.matchAll(/^\{"name":"([^"]*)"/gm)) {
    // Files of weights alone need the layers that they belong to.
    if (name.endsWith(".weights.h5") || name === "plain2.h5") continue;
    const model = keras.models.load_model(join(here, folder, name), custom_objects);
    // `.h5` files are for graphs of layers.
    for (const kind of name.startsWith("subclass") ? [".keras"] : [".keras", ".h5"])
      model.save(join(out, name + kind));
    model.save_weights(join(out, `${name}.weights.h5`));
  }
}
