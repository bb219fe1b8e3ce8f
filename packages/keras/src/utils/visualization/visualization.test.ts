import { expect, test } from "vitest";
import * as keras from "../../index.js";

const { layers: L } = keras;
interface Files {
  mkdtempSync(prefix: string): string;
  readFileSync(path: string, encoding: "utf8"): string;
}
declare const process: { getBuiltinModule(name: string): unknown };
const { mkdtempSync, readFileSync } = process.getBuiltinModule("node:fs") as Files;
const { tmpdir } = process.getBuiltinModule("node:os") as { tmpdir(): string };

function branches(): keras.Model {
  const x = keras.Input([4], { name: "x" });
  const inner = keras.Sequential([keras.Input([4]), L.Dense(3, { activation: "relu", name: "in" })], {
    name: "inner",
  });
  const y = L.Add({ name: "sum" })([inner(x), L.Dense(3, { name: "side" })(x)]);
  return keras.Model(x, y, { name: "branches" });
}

test("the text for Graphviz", () => {
  const text = String(
    keras.utils.model_to_dot(branches(), { show_shapes: true, show_layer_activations: true }),
  );
  expect(text).toContain("digraph G {");
  expect(text).toContain("<b>side</b> (Dense)");
  expect(text).toContain("Activation: <b>linear</b>");
  expect(text).toContain("Output shape: <b>(None, 3)</b>");
  const names = [...text.matchAll(/^(\d+) \[label.*?<b>(\w+)<\/b> \(/gm)].map(([, id, name]) => [id, name]);
  const id = Object.fromEntries(names.map(([i, n]) => [n, i]));
  const edges = [...text.matchAll(/^(\d+) -> (\d+)/gm)].map(([, a, b]) => `${a}>${b}`).sort();
  expect(edges).toEqual(
    [`${id.x}>${id.inner}`, `${id.x}>${id.side}`, `${id.inner}>${id.sum}`, `${id.side}>${id.sum}`].sort(),
  );
});
test("models in models", () => {
  const text = String(keras.utils.model_to_dot(branches(), { expand_nested: true }));
  expect(text).toContain('subgraph "cluster_inner"');
  expect([...text.matchAll(/ -> /g)]).toHaveLength(5);
});
test("SVG: boxes do not overlap, and arrows go down", () => {
  const svg = keras.utils.plot_model(branches(), {
    show_shapes: true,
    show_layer_names: true,
    show_trainable: true,
  });
  const frames = [
    ...svg.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="34" fill="black"/g),
  ];
  const boxes = frames.map((m) => m.slice(1).map(Number)) as [number, number, number][];
  expect(boxes).toHaveLength(4);
  for (const [i, [x, y, w]] of boxes.entries())
    for (const [p, q] of boxes.slice(i + 1)) expect(q !== y || p >= x + w || p + 1 <= x).toBe(true);
  for (const [, y1, y2] of svg.matchAll(/<path d="M [\d.-]+ ([\d.-]+) C .* ([\d.-]+)" fill="none"/g))
    expect(Number(y2)).toBeGreaterThan(Number(y1));
  expect(svg).toContain('fill="forestgreen"');
});
test("files, and what cannot be one", () => {
  const folder = mkdtempSync(`${tmpdir()}/cognate-plot-`);
  const svg = keras.utils.plot_model(branches(), `${folder}/m.svg`);
  expect(readFileSync(`${folder}/m.svg`, "utf8")).toBe(svg);
  expect(() => keras.utils.plot_model(branches(), "m.png")).toThrow(/written as \.svg/);
  expect(() => keras.utils.plot_model(keras.Sequential([L.Dense(2)]))).toThrow(/has not yet been built/);
});
