import { readGraphDef } from "@cognate/formats";
import { arrayOf } from "@cognate/kernel";
import { fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import * as tf from "../v1/index.js";
import { importNodes } from "./import.js";
import { loadSavedModel } from "./saved-model.js";

const ROOT = "formats/tensorflow";
const cases = golden(ROOT, { array: (a: GoldenArray) => a });

/** Numbers within float32's rounding. */
function close(got: unknown, want: unknown): void {
  const [a, b] = [arrayOf(got)!, (want as GoldenArray).array];
  expect([...a.shape]).toEqual([...b.shape]);
  expect(a.dtype).toBe(b.dtype);
  const [x, y] = [[...a.flat()].map(Number), [...b.flat()].map(Number)];
  x.forEach((v, i) => {
    expect(v).toBeCloseTo(y[i]!, 5);
  });
}

test.each(cases.filter((c) => c.signature))("signature $signature of $name", (c) => {
  const model = loadSavedModel(fixturePath(`${ROOT}/${c.name}`));
  const inputs = Object.fromEntries(
    Object.entries(c.inputs as object).map(([k, v]) => [k, (v as GoldenArray).array]),
  );
  const out = model.signatures[c.signature as string]!(inputs) as Record<string, unknown>;
  expect(Object.keys(out).sort()).toEqual(Object.keys(c.outputs as object).sort());
  for (const [k, v] of Object.entries(c.outputs as object)) close(out[k], v);
});

test("a frozen graph", () => {
  const c = cases.find((x) => x.fetches)!;
  tf.reset_default_graph();
  importNodes(tf.get_default_graph(), readGraphDef(fixturePath(`${ROOT}/${c.name}`)));
  const feeds = new Map(Object.entries(c.feeds as object).map(([k, v]) => [k, (v as GoldenArray).array]));
  tf.Session((sess) => {
    for (const [name, want] of Object.entries(c.fetches as object)) close(sess.run(name, feeds), want);
  });
});

test("a checkpoint of TensorFlow 1's Saver", () => {
  const c = cases.find((x) => x.name === "v1/many")!;
  tf.reset_default_graph();
  const names = Object.keys(c.values as object);
  for (const n of names) tf.get_variable(n, [2]);
  tf.Session((sess) => {
    const saver = tf.train.Saver();
    saver.restore(sess as never, fixturePath(`${ROOT}/v1/many`));
    for (const n of names) close(sess.run(`${n}:0`), (c.values as Record<string, unknown>)[n]);
  });
});

test("the graph of a meta file, its variables restored", () => {
  tf.reset_default_graph();
  const saver = tf.train.import_meta_graph(fixturePath(`${ROOT}/v1/model.ckpt-130.meta`));
  expect(tf.global_variables().length).toBeGreaterThan(10);
  expect(saver).toBeDefined();
});

test("a SavedModel in a session of TensorFlow 1", () => {
  const c = cases.find((x) => x.signature === "serving_default" && x.name === "saved/net")!;
  tf.reset_default_graph();
  tf.Session((sess) => {
    const meta = tf.saved_model.load(
      sess as never,
      ["serve"],
      fixturePath(`${ROOT}/saved/net`),
    ) as unknown as {
      signature_def: Map<string, Record<"inputs" | "outputs", Map<string, { name: string }>>>;
    };
    const { inputs, outputs } = meta.signature_def.get("serving_default")!;
    const feed = { [inputs.get("x")!.name]: (c.inputs as { x: GoldenArray }).x.array };
    for (const [k, want] of Object.entries(c.outputs as object))
      close(sess.run(outputs.get(k)!.name, feed), want);
  });
});
