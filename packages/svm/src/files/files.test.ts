import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromStrided, type ndarray } from "@cognate/ndarray/core";
import { repr } from "@cognate/py";
import { fixtureBytes, fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { afterAll, describe, expect, test, vi } from "vitest";
import { floats, type MatrixLike } from "../base/arrays.js";
import * as svm from "../index.js";

vi.spyOn(console, "warn").mockImplementation(() => {});

interface FileCase {
  readonly name: string;
  readonly file: string;
  readonly X: ndarray;
  readonly repr: string;
  readonly out: {
    readonly predict: ndarray | readonly string[];
    readonly decision?: ndarray;
    readonly proba?: ndarray;
  };
}

const array = (a: GoldenArray): ndarray => fromStrided(a.array);
const cases = ["1.3", "1.5", "1.9"].flatMap(
  (v) => golden("svm/files", { array }, `cases.${v}.json`) as unknown as FileCase[],
);

type Fitted = Record<"predict" | "decision_function" | "predict_proba", (X: MatrixLike) => ndarray>;

const far = (a: ndarray, b: ndarray): number => {
  const [x, y] = [floats(a), floats(b)];
  expect(x.length).toBe(y.length);
  return Math.max(0, ...x.map((v, i) => Math.abs(v - y[i]!)));
};

function checkPredictions(m: Fitted, c: FileCase): void {
  const p = m.predict(c.X);
  if (Array.isArray(c.out.predict)) expect(p.tolist()).toEqual(c.out.predict);
  else expect(far(p, c.out.predict as ndarray)).toBeLessThan(1e-9);
  if (c.out.decision) expect(far(m.decision_function(c.X), c.out.decision)).toBeLessThan(1e-9);
  if (c.out.proba) expect(far(m.predict_proba(c.X), c.out.proba)).toBeLessThan(1e-9);
}

describe.each(cases)("$name", (c) => {
  const open = (): Fitted => svm.joblib.load<Fitted>(fixtureBytes(`svm/files/${c.file}`));
  test("opens and predicts as in Python", () => {
    checkPredictions(open(), c);
    // Before 1.9 `probability` was false by default, which shows here.
    if (c.name.includes("1.9")) expect(repr(open())).toBe(c.repr);
  });
  test("is written as it is read", () => {
    checkPredictions(svm.pickle.loads<Fitted>(svm.pickle.dumps(open())), c);
  });
});

test("a pickle that wants more is refused", () => {
  const evil = Uint8Array.from("cos\nsystem\n(S'true'\ntR.", (ch) => ch.charCodeAt(0));
  expect(() => svm.pickle.loads(evil)).toThrow(/os\.system|posix/);
});

// Tests need no Python; where COGNATE_SKLEARN names one with scikit-learn, it opens what is written here.
const python = process.env.COGNATE_SKLEARN ?? "";

const square = [
  [0, 1],
  [1, 0],
  [2, 2],
  [3, 1],
];

describe.runIf(existsSync(python))("Python opens what is written", () => {
  const folder = mkdtempSync(join(tmpdir(), "cognate-svm-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  test("estimators of every kind", () => {
    const list = cases.filter((c) => c.name.endsWith(".1.9"));
    const script = ["import pickle, joblib, json, numpy as np", "out = {}"];
    for (const c of list) {
      const path = join(folder, `${c.name}.pkl`);
      svm.pickle.dump(svm.pickle.load(fixtureBytes(`svm/files/${c.file}`)), path);
      script.push(
        `m = joblib.load(${JSON.stringify(path)}) if len(${JSON.stringify(c.name)}) % 2 else pickle.load(open(${JSON.stringify(path)}, 'rb'))`,
        `p = m.predict(np.array(${JSON.stringify(c.X.tolist())}))`,
        `out[${JSON.stringify(c.name)}] = [p.tolist(), repr(m)]`,
      );
    }
    const fresh = {
      text: svm.SVC({ C: 3 }).fit(square, ["b", "b", "a", "a"]),
      steps: svm
        .make_pipeline(svm.preprocessing.MinMaxScaler(), svm.LinearSVC({ random_state: 0 }))
        .fit(square, [0, 0, 1, 1]),
      regression: svm.SVR({ kernel: "linear" }).fit(square, [1, 2, 3, 4.5]),
      sparse: svm
        .SVC()
        .fit({ data: [1, 1, 2], indices: [0, 1, 0], indptr: [0, 1, 2, 3], shape: [3, 2] }, [0, 0, 1]),
    };
    const probe = [
      [0.5, 1],
      [2.5, 1],
    ];
    for (const [name, m] of Object.entries(fresh)) {
      const path = join(folder, `${name}.pkl`);
      svm.joblib.dump(m, path);
      script.push(
        `m = joblib.load(${JSON.stringify(path)})`,
        `out["${name}"] = [m.predict(np.array(${JSON.stringify(probe)})).tolist(), repr(m)]`,
      );
    }
    script.push("print(json.dumps(out))");
    const text = execFileSync(python, ["-W", "ignore", "-c", script.join("\n")], {
      encoding: "utf8",
      timeout: 50_000,
    });
    const out = JSON.parse(text) as Record<string, readonly [unknown[], string]>;
    const same = (a: readonly unknown[], b: readonly unknown[]): void => {
      a.forEach((v, i) => {
        if (typeof v === "string") expect(b[i]).toBe(v);
        else expect(b[i] as number).toBeCloseTo(v as number, 9);
      });
    };
    for (const c of list) {
      expect(out[c.name]![1]).toBe(c.repr);
      const p = c.out.predict;
      same(Array.isArray(p) ? p : ((p as ndarray).tolist() as unknown[]), out[c.name]![0]);
    }
    for (const [name, m] of Object.entries(fresh)) {
      expect(out[name]![1]).toBe(repr(m));
      same((m as unknown as Fitted).predict(probe).tolist() as unknown[], out[name]![0]);
    }
  });
});

interface LibsvmCase {
  readonly name: string;
  readonly options: string;
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly t: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly values: ndarray;
  readonly file: string;
}

describe.each(golden("svm/files", { array }, "libsvm.json") as unknown as LibsvmCase[])(
  "LIBSVM $name",
  (c) => {
    const check = (m: svm.svm_model): void => {
      const [labels, , values] = svm.svm_predict([], c.t, m, "-q") as unknown as [
        number[],
        unknown,
        number[][],
      ];
      labels.forEach((v, i) => {
        expect(v).toBeCloseTo(Number(c.labels[i]), 5);
      });
      expect(Math.max(...values.flat().map((v, i) => Math.abs(v - floats(c.values)[i]!)))).toBeLessThan(1e-6);
    };
    test("its model opens and predicts the same", () => {
      check(svm.svm_load_model(fixturePath(`svm/files/${c.file}`)));
    });
    test("the same model is trained", () => {
      check(svm.svm_train(c.y, c.x, c.options));
    });
    test("the same file is written", () => {
      const words = (bytes: Uint8Array): string[] =>
        new TextDecoder()
          .decode(bytes)
          .trim()
          .split(/[\s:]+/);
      const own = words(svm.svm_save_model(null, svm.svm_train(c.y, c.x, c.options))!);
      const real = words(fixtureBytes(`svm/files/${c.file}`));
      expect(own.length).toBe(real.length);
      own.forEach((w, i) => {
        if (Number.isNaN(Number(w))) expect(w).toBe(real[i]);
        else expect(Number(w)).toBeCloseTo(Number(real[i]), 6);
      });
    });
  },
);

test("a fitted SVC as LIBSVM's model", () => {
  const { data, target } = svm.datasets.load_iris();
  const clf = svm.SVC().fit(data, target);
  const m = svm.svm_load_model(svm.svm_save_model(null, clf)!);
  const [labels] = svm.svm_predict(target, data, m, "-q") as unknown as [number[]];
  expect(labels).toEqual(clf.predict(data).tolist());
});
