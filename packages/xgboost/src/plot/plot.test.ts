import { expect, test } from "vitest";
import { bst3, D, xgb } from "../python/snippets.test.helper.js";

const count = (svg: string, what: string): number => svg.split(what).length - 1;

test("importance as bars, the largest on top", () => {
  const svg = xgb.plot_importance(bst3, { importance_type: "cover", title: "<cover>" });
  const names = [...svg.matchAll(/class="name"[^>]* y="([\d.]+)"[^>]*>(\w+)</g)].map(
    (m) => [m[2]!, Number(m[1])] as const,
  );
  const scores = bst3.get_score({ importance_type: "cover" }) as Record<string, number>;
  const order = Object.keys(scores).sort((a, b) => Number(scores[b]) - Number(scores[a]));
  expect([...names].sort((a, b) => a[1] - b[1]).map(([n]) => n)).toEqual(order);
  const widths = [...svg.matchAll(/class="bar"[^>]* width="([\d.]+)"/g)].map((m) => Number(m[1]));
  const [least, most] = [Math.min(...widths), Math.max(...widths)];
  const values = Object.values(scores).map(Number);
  expect(least / most).toBeCloseTo(Math.min(...values) / Math.max(...values), 2);
  expect(svg).toContain("&lt;cover&gt;");
  expect(count(xgb.plot_importance(bst3, { max_num_features: 1, show_values: false }), 'class="bar"')).toBe(
    1,
  );
  expect(count(xgb.plot_importance(bst3, { values_format: "{v:.1f} x" }), " x</text>")).toBe(names.length);
});

test("a tree as a picture: nodes and edges, children below their parents", () => {
  const svg = xgb.plot_tree(bst3, { tree_idx: 1, with_stats: true });
  const dump = bst3.get_dump()[1]!;
  expect(count(svg, 'class="leaf"')).toBe(count(dump, "leaf="));
  expect(count(svg, 'class="split"')).toBe(count(dump, "yes="));
  expect(count(svg, 'class="edge"')).toBe(2 * count(dump, "yes="));
  for (const [, y1, y2] of svg.matchAll(/class="edge"[^>]* y1="([\d.]+)"[^>]* y2="([\d.]+)"/g))
    expect(Number(y2)).toBeGreaterThan(Number(y1));
  expect(svg).toContain("f0&lt;4.5");
});

test("graphs take their style", () => {
  const { source } = xgb.to_graphviz(bst3, {
    yes_color: "#00FF00",
    rankdir: "LR",
    leaf_node_params: { shape: "box" },
  });
  expect(source).toContain('color="#00FF00"');
  expect(source).toContain('graph [ rankdir="LR" ]');
  expect(source).toContain('shape="box" ]');
  expect(xgb.to_graphviz(xgb.XGBRegressor({ n_estimators: 1 }).fit([[1], [2]], [1, 2])).source).toContain(
    "digraph",
  );
  expect(D.num_row()).toBe(8);
});
