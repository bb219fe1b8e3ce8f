import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BundleReader, dtypeOfNumber, type StringArray, saveBundle, TF_TYPES } from "@cognate/formats";
import { arrayOf, castTo, float64, type Strided } from "@cognate/kernel";
import * as np from "@cognate/numpy";
import { expect, test } from "vitest";
import { Checkpoint } from "../train/checkpoint.js";
import * as tf from "../v1/index.js";
import { Variable } from "../variable/variable.js";

// What is written here is opened again by TensorFlow with test-fixtures/tf/verify_written.py, where a folder is named.
const folder = process.env.COGNATE_WRITTEN ?? mkdtempSync(join(tmpdir(), "cognate-tf-"));
mkdirSync(folder, { recursive: true });

test("a checkpoint of the Saver and its graph", () => {
  tf.reset_default_graph();
  const x = tf.placeholder(tf.float32, [null, 2], { name: "x" });
  const [w, b] = tf.variable_scope("net", () => [
    tf.get_variable("w", {
      initializer: tf.constant([
        [1.5, 2.5, -3.5],
        [4.5, 5.5, 6.5],
      ]),
    }),
    tf.get_variable("b", { initializer: tf.constant([0.5, 0.25, -1]) }),
  ]) as never as [unknown, unknown];
  tf.get_variable("counter", { initializer: tf.constant(7, { dtype: tf.int64 }) });
  tf.get_variable("text", { initializer: tf.constant(["a", "ä", ""]) });
  tf.tanh(tf.add(tf.matmul(x, w) as never, b as never), { name: "y" });
  tf.Session((sess) => {
    sess.run(tf.global_variables_initializer());
    const saver = tf.train.Saver();
    expect(saver.save(sess as never, `${folder}/v1/model`, 7)).toBe(`${folder}/v1/model-7`);
  });
  const bundle = new BundleReader(`${folder}/v1/model-7`);
  expect(bundle.names).toEqual(["counter", "net/b", "net/w", "text"]);
  expect((bundle.get("text") as StringArray).texts).toEqual(["a", "ä", ""]);
});

test("every element type", () => {
  const values = castTo(arrayOf(np.array([1, 0, 1]))!, float64);
  const named = TF_TYPES.flatMap(([n, name]) => {
    const dtype = dtypeOfNumber(n);
    return dtype ? [[name, castTo(values, dtype)] as const] : [];
  });
  saveBundle(`${folder}/types`, named);
  const bundle = new BundleReader(`${folder}/types`);
  expect(bundle.names.length).toBe(named.length);
  for (const [name, a] of named) expect([...(bundle.get(name) as Strided).flat()]).toEqual([...a.flat()]);
});

test("a checkpoint of objects", () => {
  const root = Checkpoint({ step: Variable(5, { dtype: "int32" }), w: Variable([1.5, -2.5]) });
  expect(root.save(`${folder}/v2/ckpt`)).toBe(`${folder}/v2/ckpt-1`);
  const graph = new BundleReader(`${folder}/v2/ckpt-1`).objectGraph()!;
  expect(graph.nodes[0]!.children.map((c) => c.local_name).sort()).toEqual(["save_counter", "step", "w"]);
});

test("a SavedModel of TensorFlow 1 with tables, a frozen graph, and the graph as text", () => {
  tf.reset_default_graph();
  const words = tf.placeholder(tf.string, [null], { name: "words" });
  const table = tf.lookup.StaticHashTable(
    tf.lookup.KeyValueTensorInitializer(["a", "b", "c"], tf.constant([0, 1, 2], tf.int64) as never),
    3,
  ) as { lookup(x: unknown): unknown };
  const w = tf.get_variable("emb", { initializer: tf.constant([[1.5], [2.5], [3.5], [-4.5]]) });
  const rows = tf.gather(w as never, table.lookup(words) as never, { name: "rows" });
  const total = tf.reduce_sum(rows as never, { name: "total" } as never) as unknown;
  tf.Session((sess) => {
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()]);
    const builder = tf.saved_model.builder.SavedModelBuilder(`${folder}/sm1-${Date.now()}`);
    builder.add_meta_graph_and_variables(
      sess as never,
      ["serve"],
      {
        serving_default: tf.saved_model.signature_def_utils.predict_signature_def(
          { words } as never,
          { rows, total } as never,
        ) as never,
      },
      null,
      null,
      false,
      tf.tables_initializer() as never,
    );
    const path = builder.save();
    // The same name each time, so that Python finds it.
    rmSync(`${folder}/sm1`, { recursive: true, force: true });
    renameSync(path.replace(/\/saved_model.pb$/, ""), `${folder}/sm1`);
  });
  const again = tf.Graph() as never as { as_default(f: () => void): void };
  again.as_default(() => {
    tf.Session((sess) => {
      tf.saved_model.loader.load(sess as never, ["serve"], `${folder}/sm1`);
      const [r, t] = sess.run(["rows:0", "total:0"], { "words:0": ["c", "zzz"] } as never) as [
        { tolist(): unknown },
        unknown,
      ];
      expect(r.tolist()).toEqual([[3.5], [-4.5]]);
      expect(Number(t)).toBe(-1);
    });
  });
  tf.reset_default_graph();
  const x = tf.placeholder(tf.float32, [null, 2], { name: "x" });
  const v = tf.get_variable("v", { initializer: tf.constant([[1.5], [-2]]) });
  tf.nn.relu(tf.matmul(x, v) as never, { name: "out" } as never);
  tf.Session((sess) => {
    sess.run(tf.global_variables_initializer());
    const g = tf.get_default_graph();
    const frozen = tf.graph_util.convert_variables_to_constants(sess as never, g.as_graph_def(), ["out"]);
    expect(frozen.node.map((n) => n.op)).toEqual(["Placeholder", "Const", "Identity", "MatMul", "Relu"]);
    writeFileSync(`${folder}/frozen.pb`, frozen.SerializeToString());
    tf.train.write_graph(g, folder, "graph.pbtxt");
    tf.train.export_meta_graph(`${folder}/plain.meta`);
  });
});
