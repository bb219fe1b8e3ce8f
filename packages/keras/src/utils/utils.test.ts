import { kw } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden, printed } from "@cognate/testing";
import { afterAll, describe, expect, test } from "vitest";
import * as keras from "../index.js";

interface Files {
  mkdtempSync(prefix: string): string;
  readdirSync(path: string): string[];
  readFileSync(path: string, encoding: "utf8"): string;
  rmSync(path: string, options: { recursive: boolean }): void;
}
interface Runtime {
  process: { getBuiltinModule(name: string): unknown };
}
const builtin = (name: string): unknown => (globalThis as unknown as Runtime).process.getBuiltinModule(name);
const { mkdtempSync, readdirSync, readFileSync, rmSync } = builtin("node:fs") as Files;
const { tmpdir } = builtin("node:os") as { tmpdir(): string };

const array = ({ array: a }: GoldenArray): keras.Tensor => new keras.Tensor(new Value(a));
const cases = golden("keras/utils", { array });
type Options = Record<string, unknown>;
const { utils, layers, callbacks } = keras;
const numpy = (x: unknown): unknown => (x instanceof keras.Tensor ? x.numpy() : x);

describe("keras.utils", () => {
  test.each(cases.filter((g) => g.f))("$name", (g) => {
    const f = (utils as unknown as Record<string, (...args: unknown[]) => unknown>)[g.f as string]!;
    expect(f(...(g.args as unknown[]).map(numpy), kw(g.options as Options))).toMatchGolden(g.value);
  });

  const series = utils.timeseries_dataset_from_array as unknown as (...args: unknown[]) => Iterable<unknown>;
  test.each(cases.filter((g) => g.series))("$name", (g) => {
    expect([...series(g.series, g.targets, kw(g.options as Options))]).toMatchGolden(g.batches);
  });

  const split = utils.split_dataset as unknown as (...args: unknown[]) => Iterable<unknown>[];
  const thirds = Array.from({ length: 10 }, (_, i) => i * 3);
  test.each(cases.filter((g) => g.split))("$name", (g) => {
    const [left, right] = split(thirds, kw(g.split as Options));
    expect([...left!].map(Number)).toEqual(g.left);
    expect([...right!].map(Number)).toEqual(g.right);
  });

  const long = keras.ops.ones([12, 2]);
  const errors: Record<string, () => unknown> = {
    length: () => series(long, null, 3, { sampling_rate: 20 }),
    start: () => series(long, null, 3, { start_index: -1 }),
    iterable: () => utils.pad_sequences([1, 2]),
    padding: () => utils.pad_sequences([[1]], { padding: "left" as never }),
    shapes: () => utils.pad_sequences([[[1, 2]], [[1]]]),
    sizes: () => split(thirds.slice(0, 4)),
    share: () => split(thirds.slice(0, 4), { left_size: 1.5 }),
  };
  test.each(cases.filter((g) => g.error))("$name", (g) => {
    let message = "";
    try {
      errors[g.name.replace("error ", "")]!();
    } catch (e) {
      message = `${(e as Error).name}: ${(e as Error).message}`;
    }
    expect(message).toBe(`${g.error as string}: ${g.message as string}`);
  });
});

describe("callbacks that write files", () => {
  const folder = mkdtempSync(`${tmpdir()}/callbacks-`);
  afterAll(() => rmSync(folder, { recursive: true }));
  const named = (name: string) => cases.find((g) => g.name === name)!;
  const model = () => {
    keras.utils.clear_session();
    keras.utils.set_random_seed(2);
    const m = keras.Sequential([keras.Input([3]), layers.Dense(1)]);
    m.compile({ optimizer: keras.optimizers.SGD(0.2), loss: "mse" });
    return m;
  };
  const x = keras.random.normal([20, 3], { seed: 3 });
  const y = x.at(":", ":1").mul(0.5);
  const fit = (m: ReturnType<typeof model>, epochs: number, ...own: unknown[]) =>
    m.fit(x, y, { epochs, verbose: 0, callbacks: own });

  test("CSVLogger", () => {
    const path = `${folder}/log.csv`;
    fit(model(), 2, callbacks.CSVLogger(path, { separator: ";" }));
    fit(model(), 1, callbacks.CSVLogger(path, { separator: ";", append: true }));
    const rows = readFileSync(path, "utf8")
      .split("\r\n")
      .map((row) => row.split(";"));
    expect([rows[0], rows.map((r) => r[0]), rows[1]![2]]).toEqual(named("table").table);
    expect(Number(rows[1]![1])).toBe(Number(rows[3]![1]));
  });
  test("ModelCheckpoint", () => {
    const wanted = named("checkpoints");
    const text = printed(() => {
      const filepath = `${folder}/m-{epoch:02d}.keras`;
      fit(
        model(),
        3,
        callbacks.ModelCheckpoint(filepath, { monitor: "loss", save_best_only: true, verbose: 1 }),
      );
    });
    const shape = (t: string): string => t.replaceAll(folder, "DIR").replace(/\d+\.\d{5}/g, "N");
    expect(shape(text)).toBe(shape(wanted.text as string));
    expect(readdirSync(folder).filter((f) => f.startsWith("m-"))).toEqual(wanted.files);
    const loaded = keras.saving.load_model(`${folder}/m-03.keras`) as ReturnType<typeof model>;
    expect(Number(loaded.optimizer.iterations)).toBe(3);
  });
  test("BackupAndRestore goes on where a run broke off", () => {
    const dir = `${folder}/backup`;
    const whole = fit(model(), 4).history.loss!.map(Number);
    const stop = callbacks.LambdaCallback({
      on_epoch_begin: (epoch) => {
        if (epoch === 2) throw new Error("broken off");
      },
    });
    expect(() => fit(model(), 4, callbacks.BackupAndRestore(dir), stop)).toThrow("broken off");
    const rest = fit(model(), 4, callbacks.BackupAndRestore(dir));
    expect(rest.epoch).toEqual([2, 3]);
    expect(rest.history.loss!.map(Number)).toMatchGolden(whole.slice(2), { rtol: 1e-6, atol: 0 });
    expect(readdirSync(folder)).not.toContain("backup");
  });
  test("RemoteMonitor sends the values of an epoch", () => {
    const sent: [unknown, unknown][] = [];
    const before = globalThis.fetch;
    globalThis.fetch = ((url: unknown, init: { body: unknown }) => {
      sent.push([url, String(init.body)]);
      return Promise.resolve(new Response());
    }) as never;
    try {
      const { history } = fit(
        model(),
        1,
        callbacks.RemoteMonitor({ root: "http://here", send_as_json: true }),
      );
      expect(sent).toEqual([
        ["http://here/publish/epoch/end/", JSON.stringify({ epoch: 0, loss: Number(history.loss![0]) })],
      ]);
    } finally {
      globalThis.fetch = before;
    }
  });
});
