import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin, transform } from "esbuild";
import { expect, test } from "vitest";

// Bundlers for the web rename functions, classes and parameters. What is printed, raised and saved must not hang on them.

const PROGRAM = `
import * as torch from "@cognate/torch";
import * as keras from "@cognate/keras";
import * as tf from "@cognate/tf";
import * as tf1 from "@cognate/tf/v1";
import * as np from "@cognate/numpy";
import * as xgb from "@cognate/xgboost";
import * as svm from "@cognate/svm";
import * as Flux from "@cognate/flux";
import * as torch7 from "@cognate/torch7";
import { print, repr, type } from "@cognate/py";

const attempt = (f) => {
  try {
    print(f());
  } catch (e) {
    print(type(e), String(e), e.name, e.message);
  }
};
const shown = (module) =>
  Object.keys(module)
    .sort()
    .map((key) => {
      const value = module[key];
      try {
        if (typeof value !== "function" || !value.__name__) return key;
        return [key, value.__name__, repr(value).replace(/0x[0-9a-f]+/g, "0x")].join(" ");
      } catch (e) {
        return key + " " + e.message;
      }
    })
    .join("\\n");
for (const module of [torch, torch.nn, torch.optim, torch.distributions, keras, keras.layers, keras.losses, keras.metrics, keras.optimizers, tf, tf1, np, xgb, svm])
  print(shown(module));

torch.manual_seed(0);
const net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.LSTM(18, 4));
print(net, net.at(0).weight.sum(), torch.optim.Adam(net.parameters()), Object.keys(net.state_dict()));
print(torch.distributions.Normal(0, 1), torch.max(torch.tensor([[1, 2]]), 1));
attempt(() => torch.zeros(2, 3).matmul(torch.zeros(2, 3)));
attempt(() => torch.load(new Uint8Array([1, 2, 3])));
attempt(() => torch.nn.Linear(1));
const bytes = torch.save(net, undefined);
print(torch.load(bytes, { weights_only: false }));

keras.utils.set_random_seed(1);
const layers = Object.keys(keras.layers).sort();
for (const name of layers)
  attempt(() => {
    const layer = keras.layers[name]();
    return [name, layer.name, Object.entries(layer.get_config()).map(([k, v]) => k + "=" + JSON.stringify(v)).join(" ")];
  });
const images = np.arange(96, { dtype: "float32" }).reshape(2, 4, 4, 3);
for (const layer of [
  keras.layers.RandomFlip({ seed: 1 }),
  keras.layers.RandomBrightness(0.5, { seed: 1 }),
  keras.layers.Dropout(0.5, { seed: 1 }),
  keras.layers.GaussianNoise(0.1, { seed: 1 }),
  keras.layers.Solarization({ seed: 1 }),
  keras.layers.BatchNormalization(),
])
  print(layer.name, keras.ops.sum(layer(images)), keras.ops.sum(layer(images, { training: true })));
const model = keras.Sequential([keras.Input([4]), keras.layers.Dense(3, { activation: "relu" }), keras.layers.Dense(1)]);
model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
print(model.fit(np.ones([8, 4]), np.ones([8, 1]), { verbose: 0 }).history);
model.summary();
print(model.to_json());
attempt(() => model.predict(np.ones([2, 3]), { verbose: 0 }));

const x = tf1.placeholder("float32", [null, 2]);
const w = tf1.get_variable("w", [2, 1]);
const y = tf1.matmul(x, w);
print(x, w, y, tf1.gradients(y, w));
attempt(() => tf.matmul(tf.ones([2, 3]), tf.ones([2, 3])));
print(tf.Variable(1.5), tf.constant([1, 2]));

attempt(() => np.zeros([2, 3]).add(np.zeros([4])));
print(repr(np.float32(1.5)), np.dtype("float32"), np.sin);
print(xgb.XGBClassifier(), svm.SVC(), svm.preprocessing.StandardScaler());
attempt(() => svm.SVC().predict([[1]]));
attempt(() => xgb.train({ objective: "nonsense" }, xgb.DMatrix([[1]], { label: [1] })));
print(Flux.Chain(Flux.Dense([2, 3], Flux.relu), Flux.Dense([3, 1])));
print(torch7.nn.Sequential().add(torch7.nn.Linear(2, 3)).add(torch7.nn.Tanh()));
`;

/** The library's files with everything renamed that a minifier may rename. */
const renamed: Plugin = {
  name: "renamed",
  setup(b) {
    b.onLoad({ filter: /packages\/[^/]+\/src\/.*\.ts$/ }, async ({ path }) => ({
      contents: (
        await transform(readFileSync(path, "utf8"), {
          loader: "ts",
          target: "es2022",
          minifyIdentifiers: true,
        })
      ).code,
    }));
  },
};

async function printed(plugins: Plugin[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: PROGRAM, resolveDir: fileURLToPath(new URL("../", import.meta.url)) },
    bundle: true,
    ignoreAnnotations: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    conditions: ["@cognate/source"],
    write: false,
    plugins,
  });
  return execFileSync(process.execPath, ["--input-type=module", "-"], {
    input: outputFiles[0]!.text,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

test("A minified library prints and raises what the sources do", async () => {
  const [plain, small] = await Promise.all([printed([]), printed([renamed])]);
  expect(plain.split("\n").length).toBeGreaterThan(1000);
  expect(small).toBe(plain);
}, 60_000);
