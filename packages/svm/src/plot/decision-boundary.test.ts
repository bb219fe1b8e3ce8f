import { describe, expect, test } from "vitest";
import { datasets, decision_boundary, NotFittedError, OneClassSVM, SVC } from "../index.js";
import { levelLines } from "./contours.js";

const count = (svg: string, what: RegExp): number => [...svg.matchAll(what)].length;

describe("decision_boundary", () => {
  const [X, y] = datasets.make_blobs({ n_samples: 60, centers: 2, random_state: 3 }) as unknown as [
    never,
    never,
  ];

  test("shows regions, samples, margins and support vectors", () => {
    const clf = SVC({ kernel: "linear", class_weight: { 1: 10 } }).fit(X, y);
    const svg = decision_boundary(clf, X, y, { title: "two & two" });
    expect(count(svg, /class="region"/g)).toBe(2);
    expect(count(svg, /class="sample"/g)).toBe(60);
    expect(count(svg, /class="support"/g)).toBe(clf.support_.size);
    expect(count(svg, /class="boundary" /g)).toBe(1);
    expect(count(svg, /class="margin" /g)).toBe(2);
    expect(svg).toContain("two &amp; two");
  });

  test("the line of a linear kernel is where its weights say", () => {
    const clf = SVC({ kernel: "linear" }).fit(X, y);
    const [a, b] = (clf.coef_ as { tolist(): unknown }).tolist() as number[][] as unknown as [
      number[],
      number,
    ];
    void b;
    const svg = decision_boundary(clf, X, y, { width: 640, height: 480 });
    const d = /class="boundary"[^>]* d="M([^"]+)"/.exec(svg)![1]!;
    const points = d.split("L").map((p) => p.split(" ").map(Number) as [number, number]);
    // In pixels the line is straight: all points lie on the one through its ends.
    const [[x0, y0], [x1, y1]] = [points[0]!, points[points.length - 1]!];
    const length = Math.hypot(x1 - x0, y1 - y0);
    for (const [x, v] of points)
      expect(Math.abs((x1 - x0) * (y0 - v) - (x0 - x) * (y1 - y0)) / length).toBeLessThan(0.05);
    expect(a.length).toBe(2);
  });

  test("several classes have regions, not lines", () => {
    const iris = datasets.load_iris();
    const two = iris.data.at(":", ":2");
    const svg = decision_boundary(SVC().fit(two, iris.target), two, iris.target);
    expect(count(svg, /class="region"/g)).toBe(3);
    expect(count(svg, /class="boundary"/g)).toBe(0);
  });

  test("outliers", () => {
    expect(count(decision_boundary(OneClassSVM({ nu: 0.2 }).fit(X), X), /class="region"/g)).toBe(2);
  });

  test("errors", () => {
    expect(() => decision_boundary(SVC(), X, y)).toThrow(NotFittedError);
    const iris = datasets.load_iris();
    expect(() => decision_boundary(SVC().fit(iris.data, iris.target), iris.data)).toThrow(
      "a picture has two features",
    );
  });
});

test("level lines close around a hill", () => {
  const n = 21;
  const values = Float64Array.from(
    { length: n * n },
    (_, i) => 50 - ((i % n) - 10) ** 2 - (Math.floor(i / n) - 10) ** 2,
  );
  const lines = levelLines(values, n, n, 0);
  expect(lines.length).toBe(1);
  const line = lines[0]!;
  expect(line[0]).toEqual(line[line.length - 1]);
  for (const [c, r] of line) expect(Math.hypot(c - 10, r - 10)).toBeCloseTo(Math.sqrt(50), 1);
});
