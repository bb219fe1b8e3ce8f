// Resident memory over 10,000 training steps without any call that frees: in Node, and in Chromium where CHROMIUM names one.
// `npm run memory -w @cognate/bench`, or a part of it: `npm run memory -w @cognate/bench -- chromium cnn await`. Writes
// results/memory.json and results/memory.md, where lines of other runs stay.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./facts.mjs";
import { PEERS } from "./libraries.mjs";

const MODELS = new Map([
  [
    "MNIST CNN, batch 4",
    `const model = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10));
     const [x, t] = [torch.randn(4, 1, 28, 28), torch.randint(0, 10, [4])];
     const loss = () => nn.functional.cross_entropy(model(x), t);`,
  ],
  [
    "MLP 2-8-1",
    `const model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1));
     const [x, t] = [torch.randn(4, 2), torch.randn(4, 1)];
     const loss = () => nn.functional.mse_loss(model(x), t);`,
  ],
]);
const STEPS = Number(process.env.STEPS ?? 10_000);

/** The loop; `mark` is called at step 1,000 and at the end. */
const program = (setup, asynchronous) => `
  import * as torch from "@cognate/torch";
  const { nn } = torch;
  ${setup}
  const optimizer = torch.optim.SGD(model.parameters(), { lr: 1e-4 });
  for (let i = 1; i <= ${STEPS}; i++) {
    optimizer.zero_grad();
    loss().backward();
    optimizer.step();
    ${asynchronous ? "await null;" : ""}
    if (i === ${STEPS / 10}) MARK("early");
  }
  MARK("late");
`;

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

/** Resident memory and its peak so far in MB of the browser's processes that draw pages, from /proc. */
function renderers() {
  const sum = [0, 0];
  for (const pid of readdirSync("/proc").filter((p) => /^\d+$/.test(p)))
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      if (!command.includes("--type=renderer")) continue;
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      ["VmRSS", "VmHWM"].forEach((name, i) => {
        sum[i] += Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024;
      });
    } catch {}
  return sum.map(Math.round);
}

async function inChromium(code) {
  const { chromium } = await import(join(PEERS, "node_modules/playwright-core/index.mjs"));
  // The loop holds the page's only thread, so the page tells the server by a synchronous request.
  const mark = `const MARK = (at) => { const r = new XMLHttpRequest(); r.open("GET", "/mark/" + at, false); r.send(); };\n`;
  const text = bundle(mark + code);
  const seen = {};
  let finished;
  let failed;
  const done = new Promise((resolve, reject) => {
    finished = resolve;
    failed = reject;
  });
  const server = createServer((request, response) => {
    const at = request.url.split("/mark/")[1];
    if (at) {
      seen[at] = renderers();
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
  for (const [title, setup] of MODELS)
    for (const asynchronous of [false, true]) {
      const name = `${place} | ${title} | ${asynchronous ? "await between steps" : "synchronous"}`;
      if (!words.every((w) => name.toLowerCase().includes(w))) continue;
      const { early, late } = await measure(program(setup, asynchronous));
      if (!(late[1] - early[1] < 64)) failures.push(name);
      rows[name] = { steps: STEPS, early, late };
      console.log(`${name}: ${early} MB (now, peak) at step ${STEPS / 10}, ${late} MB at step ${STEPS}`);
      save();
    }

function save() {
  const sorted = Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(`${OUT}.json`, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
  const lines = [
    "# Memory over many training steps",
    "",
    "Nothing is freed by hand; resident memory in MB at a tenth of the way and at the end, at the moment and at its highest so far",
    "(`npm run memory -w @cognate/bench`). At the moment it goes up and down with the collections of garbage; what counts is the peak.",
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

if (failures.length > 0) {
  console.error(`Memory grew by 64 MB or more: ${failures.join("; ")}`);
  process.exit(1);
}
