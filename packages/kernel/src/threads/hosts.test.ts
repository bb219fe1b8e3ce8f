/// <reference types="node" />
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { wasmBuild } from "../wasm/instance.js";

/* Threads where programs run: in a process of Node's, and in pages of a real browser. */

/** What a program sees of its threads: how many there were, whether they took parts, and whether results were the same. */
interface Seen {
  readonly isolated: boolean;
  readonly threads: number;
  readonly helped: boolean;
  readonly same: boolean;
  /** What it heard of errors and warnings. */
  readonly told: readonly string[];
}

const PROGRAM = `
  import { attention, conv, exp, matmul } from "./ops/table.js";
  import { helpedParts, parts, setThreads } from "./threads/pool.js";
  import { random } from "./wasm/testing.js";
  const told = [];
  for (const name of ["warn", "error"]) console[name] = (...args) => told.push(args.join(" "));
  globalThis.addEventListener?.("error", (e) => told.push(e.message));
  globalThis.addEventListener?.("unhandledrejection", (e) => told.push(String(e.reason)));
  const [a, b, x, w, q] = [random([150, 200]), random([200, 130]), random([4, 12, 30, 31]), random([24, 12, 3, 3]), random([6, 130, 24])];
  const p = { stride: [1, 1], padding: [[1, 1], [1, 1]], dilation: [1, 1], groups: 1 };
  const numbers = () => [
    matmul.run([a, b], undefined), conv.run([x, w, null], p), attention.run([q, q, q, null, null], { scale: 0.2 }), exp.run([x], undefined),
  ].map((y) => [...y.data]);
  const isolated = globalThis.crossOriginIsolated ?? true;
  setThreads(1);
  const alone = JSON.stringify(numbers());
  setThreads(3);
  const until = performance.now() + (isolated ? 20_000 : 300);
  while (parts() !== 3 && performance.now() < until) await new Promise((f) => setTimeout(f, 20));
  let same = true;
  for (let i = 0; same && i < 200 && (i === 0 || (parts() > 1 && helpedParts() === 0)); i++) same = JSON.stringify(numbers()) === alone;
  REPORT(JSON.stringify({ isolated, threads: parts(), helped: helpedParts() > 0, same, told }));
`;

const bundled = (report: string, platform: "node" | "browser"): string =>
  buildSync({
    stdin: {
      contents: `const REPORT = ${report};\n${PROGRAM}`,
      resolveDir: fileURLToPath(new URL("../", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform,
    target: "es2022",
    write: false,
    logLevel: "silent",
  }).outputFiles[0]!.text;

// Skipped where WASM is off: there are no threads then.
test.skipIf(wasmBuild() === "off")("a process of Node's ends though its threads wait for work", () => {
  const text = execFileSync(process.execPath, ["--input-type=module", "-"], {
    input: bundled("console.log", "node"),
    encoding: "utf8",
    timeout: 45_000,
  });
  expect(JSON.parse(text)).toEqual({ isolated: true, threads: 3, helped: true, same: true, told: [] });
});

const BROWSER = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (file) => file !== undefined && existsSync(file),
);

/** What the program reports from a page, which is cross-origin isolated or not. */
async function inPage(isolated: boolean): Promise<Seen> {
  const text = bundled(`(text) => fetch("/report", { method: "POST", body: text })`, "browser");
  const send = (response: ServerResponse, type: string, body: string): void => {
    response.setHeader("content-type", type);
    if (isolated) {
      response.setHeader("cross-origin-opener-policy", "same-origin");
      response.setHeader("cross-origin-embedder-policy", "require-corp");
    }
    response.end(body);
  };
  let reported: (seen: Seen) => void;
  const seen = new Promise<Seen>((f) => {
    reported = f;
  });
  const server = createServer(async (request, response) => {
    if (request.url === "/program.js") return send(response, "text/javascript", text);
    if (request.url === "/")
      return send(response, "text/html", `<!doctype html><script type="module" src="/program.js"></script>`);
    let body = "";
    for await (const chunk of request) body += chunk;
    send(response, "text/plain", "");
    if (request.url === "/report") reported(JSON.parse(body) as Seen);
  });
  await new Promise<void>((f) => server.listen(0, "127.0.0.1", f));
  const folder = mkdtempSync(join(tmpdir(), "cognate-page-"));
  const browser = spawn(
    BROWSER!,
    [
      ...["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", `--user-data-dir=${folder}`],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ],
    { stdio: "ignore" },
  );
  const gone = new Promise<never>((_, fail) => {
    browser.on("error", fail);
    browser.on("exit", () => fail(new Error("The browser ended before the page said anything.")));
  });
  try {
    return await Promise.race([seen, gone]);
  } finally {
    const ended = gone.catch(() => undefined);
    browser.kill();
    await ended;
    server.close();
    // The browser's other processes write there for a moment.
    for (let i = 0; i < 25; i++)
      try {
        rmSync(folder, { recursive: true, force: true });
        break;
      } catch {
        await new Promise((f) => setTimeout(f, 200));
      }
  }
}

// Skipped where WASM is off, and on machines without Chromium (CHROMIUM names another place).
describe.skipIf(wasmBuild() === "off" || !BROWSER)(
  "in a browser (where there is one: CHROMIUM names it)",
  () => {
    test("an isolated page has threads, which give the same results", async () => {
      expect(await inPage(true)).toEqual({ isolated: true, threads: 3, helped: true, same: true, told: [] });
    });
    test("a page that is not isolated has one, and hears nothing of it", async () => {
      expect(await inPage(false)).toEqual({
        isolated: false,
        threads: 1,
        helped: false,
        same: true,
        told: [],
      });
    });
  },
);
