// Resident memory over thousands of training steps without any call that frees: in Node, and in Chromium where CHROMIUM names one.
// `npm run memory -w @cognate/bench`, or a part of it: `npm run memory -w @cognate/bench -- chromium cnn await`. Writes
// results/memory.json and results/memory.md, where lines of other runs stay.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./facts.mjs";
import { PEERS } from "./libraries.mjs";

/** A loop with PyTorch's names over `loss()`. */
const torchLoop = (setup) => (steps, early, pause) =>
  `
  import * as torch from "@cognate/torch";
  const { nn } = torch;
  ${setup}
  const optimizer = torch.optim.SGD(model.parameters(), { lr: 1e-4 });
  for (let i = 1; i <= ${steps}; i++) {
    optimizer.zero_grad();
    loss().backward();
    optimizer.step();
    ${pause}
    if (i === ${early}) MARK("early");
  }
  MARK("late");
`;

/** One fit, which counts its batches. */
const kerasFit = (steps, early, pause) => `
  import * as keras from "@cognate/keras";
  const { layers } = keras;
  const model = keras.Sequential([
    layers.Input([28, 28, 1]), layers.Conv2D(8, 3, { activation: "relu" }), layers.MaxPooling2D(), layers.Dropout(0.2),
    layers.Flatten(), layers.Dense(32, { activation: "relu" }), layers.Dense(10, { activation: "softmax" }),
  ]);
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  const x = keras.random.normal([800, 28, 28, 1]);
  const y = keras.random.randint([800], 0, 10);
  let i = 0;
  const count = keras.callbacks.LambdaCallback({ on_train_batch_end: () => { if (++i === ${early}) MARK("early"); } });
  const options = { epochs: ${Math.round(steps / 100)}, batch_size: 8, verbose: 0, callbacks: [count] };
  ${pause ? "await model.fit_async(x, y, options)" : "model.fit(x, y, options)"};
  MARK("late");
`;

/** A loop of TensorFlow's own, with a tape. */
const tensorflowLoop = (steps, early, pause) => `
  import * as tf from "@cognate/tf";
  const w = tf.Variable(tf.random.normal([64, 256])), b = tf.Variable(tf.zeros([256]));
  const v = tf.Variable(tf.random.normal([256, 1]));
  const optimizer = tf.keras.optimizers.Adam(1e-3);
  for (let i = 1; i <= ${steps}; i++) {
    const x = tf.random.normal([32, 64]);
    const y = tf.reduce_sum(x, { axis: 1, keepdims: true });
    const [tape, loss] = tf.GradientTape((tape) => {
      const h = tf.nn.relu(tf.matmul(x, w).add(b));
      return [tape, tf.reduce_mean(tf.square(tf.matmul(h, v).sub(y)))];
    });
    const gradients = tape.gradient(loss, [w, b, v]);
    optimizer.apply_gradients([w, b, v].map((x, i) => [gradients[i], x]));
    ${pause}
    if (i === ${early}) MARK("early");
  }
  MARK("late");
`;

/** What is trained, for how many steps, by which program; what runs for 10,000 steps must hold its memory to 64 MB. */
const MODELS = [
  [
    "MNIST CNN, batch 4",
    10_000,
    torchLoop(
      `const model = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10));
       const [x, t] = [torch.randn(4, 1, 28, 28), torch.randint(0, 10, [4])];
       const loss = () => nn.functional.cross_entropy(model(x), t);`,
    ),
  ],
  [
    "MLP 2-8-1",
    10_000,
    torchLoop(
      `const model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1));
       const [x, t] = [torch.randn(4, 2), torch.randn(4, 1)];
       const loss = () => nn.functional.mse_loss(model(x), t);`,
    ),
  ],
  [
    "GRU and LSTM, 24 steps",
    3_000,
    torchLoop(
      `const gru = nn.GRU(16, 32), lstm = nn.LSTM(32, 32), last = nn.Linear(32, 4);
       const model = nn.ModuleList([gru, lstm, last]);
       const [x, t] = [torch.randn(24, 8, 16), torch.randint(0, 4, [8])];
       const loss = () => nn.functional.cross_entropy(last(lstm(gru(x)[0])[0].at(-1)), t);`,
    ),
  ],
  ["Keras fit of a CNN, batch 8", 3_000, kerasFit],
  ["TensorFlow's tape, 64-256-1, batch 32", 3_000, tensorflowLoop],
];
const stepsOf = (usual) => Number(process.env.STEPS ?? usual);
/** The step that growth counts from. */
const earlyOf = (steps) => Math.min(1000, Math.round(steps / 3));

function inNode(code) {
  const mark = `const MARK = (at) => console.log(at, Math.round(process.memoryUsage().rss / 2 ** 20), Math.round(process.resourceUsage().maxRSS / 1024));\n`;
  const text = bundle(mark + code, { platform: "node" });
  const out = execFileSync(process.execPath, ["--input-type=module", "-"], {
    input: text,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const [early, earlyPeak, late, latePeak] = out.match(/\d+/g).map(Number);
  return { early: [early, earlyPeak], late: [late, latePeak] };
}

/** Resident memory in MB of the page's process, from /proc: of those that draw pages the largest. */
function page() {
  let largest = 0;
  for (const pid of readdirSync("/proc").filter((p) => /^\d+$/.test(p)))
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer")) continue;
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      largest = Math.max(largest, Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024));
    } catch {}
  return largest;
}

async function inChromium(code) {
  const { chromium } = await import(join(PEERS, "node_modules/playwright-core/index.mjs"));
  // The loop holds the page's only thread, so the page tells the server by a synchronous request.
  const mark = `const MARK = (at) => { const r = new XMLHttpRequest(); r.open("GET", "/mark/" + at, false); r.send(); };\n`;
  const text = bundle(mark + code);
  const seen = {};
  // Browsers set the peak that the system keeps back now and then: it is looked for here.
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, page());
  }, 40);
  let finished;
  let failed;
  const done = new Promise((resolve, reject) => {
    finished = resolve;
    failed = reject;
  });
  const server = createServer((request, response) => {
    const at = request.url.split("/mark/")[1];
    if (at) {
      const now = page();
      peak = Math.max(peak, now);
      seen[at] = [now, peak];
      response.end("ok");
      if (at === "late") finished();
    } else if (request.url === "/program.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(text);
    } else {
      response.setHeader("content-type", "text/html");
      response.end(`<!doctype html><script type="module" src="/program.js"></script>`);
    }
  });
  await new Promise((f) => server.listen(0, "127.0.0.1", f));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    const page = await browser.newPage();
    page.on("pageerror", failed);
    page.on("crash", () => failed(new Error("The page crashed.")));
    // A page has loaded when its modules have run: here, at the end.
    await page.goto(`http://127.0.0.1:${server.address().port}/`, { waitUntil: "commit" });
    await done;
  } finally {
    clearInterval(watch);
    await browser.close();
    server.close();
  }
  return seen;
}

const OUT = fileURLToPath(new URL("../results/memory", import.meta.url));
const rows = existsSync(`${OUT}.json`) ? JSON.parse(readFileSync(`${OUT}.json`, "utf8")) : {};
const words = process.argv.slice(2).map((w) => w.toLowerCase());
const failures = [];
const places = [["Node", inNode], ...(process.env.CHROMIUM ? [["Chromium", inChromium]] : [])];
for (const [place, measure] of places)
  for (const [title, usual, program] of MODELS)
    for (const asynchronous of [false, true]) {
      const name = `${place} | ${title} | ${asynchronous ? "await between steps" : "synchronous"}`;
      if (!words.every((w) => name.toLowerCase().includes(w))) continue;
      const steps = stepsOf(usual);
      const { early, late } = await measure(
        program(steps, earlyOf(steps), asynchronous ? "await null;" : ""),
      );
      if (usual === 10_000 && !(late[1] - early[1] < 64)) failures.push(name);
      rows[name] = { steps, early, late };
      console.log(`${name}: ${early} MB (now, peak) at step ${earlyOf(steps)}, ${late} MB at step ${steps}`);
      save();
    }

function save() {
  const sorted = Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(`${OUT}.json`, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
  const lines = [
    "# Memory over many training steps",
    "",
    "Nothing is freed by hand; resident memory in MB after 1,000 steps and at the end, at the moment and at its highest so far",
    "(`npm run memory -w @cognate/bench`). At the moment it goes up and down with the collections of garbage; what counts is the peak.",
    "In Node the dead are found within a loop; in pages up to 256 MB stay in WASM memory, and what was moved out of it waits for the",
    "browser's collector, so that peaks there differ by a hundred MB from run to run, whatever the number of steps.",
    "",
    "| where | model | loop | steps | early | late | peak, early | peak, late | growth of the peak |",
    "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...sorted.map(
      ([name, { steps, early, late }]) =>
        `| ${name} | ${steps.toLocaleString("en")} | ${early[0]} | ${late[0]} | ${early[1]} | ${late[1]} | ${late[1] - early[1]} |`,
    ),
    "",
  ];
  writeFileSync(`${OUT}.md`, lines.join("\n"));
}

save();
if (failures.length > 0) {
  console.error(`Memory grew by 64 MB or more: ${failures.join("; ")}`);
  process.exit(1);
}
