import { FormatError } from "../bytes/errors.js";

/** The numbers by which LIBSVM's files name things. */
export const LIBSVM_TYPES = ["c_svc", "nu_svc", "one_class", "epsilon_svr", "nu_svr"] as const;
export const LIBSVM_KERNELS = ["linear", "polynomial", "rbf", "sigmoid", "precomputed"] as const;

/** A model as LIBSVM's text file holds it. */
export interface LibsvmModelText {
  readonly svmType: (typeof LIBSVM_TYPES)[number];
  readonly kernelType: (typeof LIBSVM_KERNELS)[number];
  readonly degree?: number;
  readonly gamma?: number;
  readonly coef0?: number;
  /** Number of classes; 2 for regression. */
  readonly classes: number;
  readonly rho: readonly number[];
  readonly labels?: readonly number[];
  readonly probA?: readonly number[];
  readonly probB?: readonly number[];
  /** How many support vectors each class has. */
  readonly counts?: readonly number[];
  /** Coefficients of each support vector, one a class but one. */
  readonly coefficients: readonly (readonly number[])[];
  /** The support vectors' entries, [index, value] with indices from 1 (precomputed kernels: [0, serial number]). */
  readonly vectors: readonly (readonly (readonly [index: number, value: number])[])[];
}

/** A number with 17 significant digits in the shortest of C's notations, as `%.17g` prints it. */
export function seventeenDigits(x: number): string {
  return significant(x, 17);
}

/** C's `%.{digits}g`. */
export function significant(x: number, digits: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (x === 0) return Object.is(x, -0) ? "-0" : "0";
  const [mantissa, power] = x.toExponential(digits - 1).split("e") as [string, string];
  const e = Number(power);
  const bare = (t: string): string => (t.includes(".") ? t.replace(/\.?0+$/, "") : t);
  if (e < -4 || e >= digits)
    return `${bare(mantissa)}e${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;
  return bare(x.toFixed(Math.max(0, digits - 1 - e)));
}

/** The text of a model file, as `svm_save_model` writes it. */
export function writeLibsvmModel(m: LibsvmModelText): string {
  const list = (values: readonly number[]): string => values.map(seventeenDigits).join(" ");
  const head = [
    `svm_type ${m.svmType}`,
    `kernel_type ${m.kernelType}`,
    ...(m.degree !== undefined ? [`degree ${m.degree}`] : []),
    ...(m.gamma !== undefined ? [`gamma ${seventeenDigits(m.gamma)}`] : []),
    ...(m.coef0 !== undefined ? [`coef0 ${seventeenDigits(m.coef0)}`] : []),
    `nr_class ${m.classes}`,
    `total_sv ${m.vectors.length}`,
    `rho ${list(m.rho)}`,
    ...(m.labels ? [`label ${m.labels.join(" ")}`] : []),
    ...(m.probA ? [`probA ${list(m.probA)}`] : []),
    ...(m.probB ? [`probB ${list(m.probB)}`] : []),
    ...(m.counts ? [`nr_sv ${m.counts.join(" ")}`] : []),
    "SV",
  ];
  const lines = m.vectors.map((entries, i) => {
    const own = m.coefficients[i]!.map((c) => `${seventeenDigits(c)} `).join("");
    if (m.kernelType === "precomputed") return `${own}0:${entries[0]![1]} `;
    return own + entries.map(([k, v]) => `${k}:${significant(v, 8)} `).join("");
  });
  return `${[...head, ...lines].join("\n")}\n`;
}

/** Reads the text of a model file. @throws FormatError with the line */
export function readLibsvmModel(text: string): LibsvmModelText {
  const lines = text.split(/\r?\n/);
  const fail = (line: number, found: string, wanted: string): FormatError =>
    new FormatError({ format: "libsvm", what: `line ${line + 1}`, found: JSON.stringify(found), wanted });
  const head = new Map<string, string[]>();
  let at = 0;
  for (; at < lines.length && lines[at]!.trim() !== "SV"; at++) {
    const [key = "", ...values] = lines[at]!.trim().split(/\s+/);
    if (key === "") continue;
    if (!HEADS.includes(key)) throw fail(at, lines[at]!, "a line of the header, or SV");
    head.set(key, values);
  }
  if (at >= lines.length) throw fail(lines.length - 1, "the end", "a line SV");
  const one = <T extends string>(key: string, allowed: readonly T[]): T => {
    const value = head.get(key)?.[0] as T | undefined;
    if (value === undefined || !allowed.includes(value))
      throw fail(0, value ?? "nothing", `${key}: ${allowed.join(", ")}`);
    return value;
  };
  const numbers = (key: string): number[] | undefined =>
    head.get(key)?.map((word) => {
      const v = cNumber(word);
      if (v === undefined) throw fail(0, word, `a number after ${key}`);
      return v;
    });
  const classes = numbers("nr_class")?.[0] ?? 2;
  const total = numbers("total_sv")?.[0] ?? 0;
  const rows = lines.slice(at + 1).filter((l) => l.trim() !== "");
  if (rows.length !== total)
    throw fail(at, `${rows.length} support vectors`, `${total} of them, as total_sv says`);
  const coefficients: number[][] = [];
  const vectors: (readonly [number, number])[][] = [];
  rows.forEach((row, r) => {
    const words = row.trim().split(/\s+/);
    const own = words.slice(0, classes - 1).map(cNumber);
    if (own.length < classes - 1 || own.some((v) => v === undefined))
      throw fail(at + 1 + r, row, `${classes - 1} coefficients`);
    coefficients.push(own as number[]);
    vectors.push(
      words.slice(classes - 1).map((word) => {
        const [k, v, ...more] = word.split(":");
        const [index, value] = [Number(k), cNumber(v ?? "")];
        if (more.length > 0 || !Number.isInteger(index) || index < 0 || value === undefined)
          throw fail(at + 1 + r, word, "index:value");
        return [index, value] as const;
      }),
    );
  });
  const [degree, gamma, coef0] = [numbers("degree")?.[0], numbers("gamma")?.[0], numbers("coef0")?.[0]];
  const [labels, probA, probB, counts] = [
    numbers("label"),
    numbers("probA"),
    numbers("probB"),
    numbers("nr_sv"),
  ];
  return {
    svmType: one("svm_type", LIBSVM_TYPES),
    kernelType: one("kernel_type", LIBSVM_KERNELS),
    ...(degree !== undefined && { degree }),
    ...(gamma !== undefined && { gamma }),
    ...(coef0 !== undefined && { coef0 }),
    classes,
    rho: numbers("rho") ?? [],
    ...(labels && { labels }),
    ...(probA && { probA }),
    ...(probB && { probB }),
    ...(counts && { counts }),
    coefficients,
    vectors,
  };
}

const HEADS = [
  "svm_type",
  "kernel_type",
  "degree",
  "gamma",
  "coef0",
  "nr_class",
  "total_sv",
  "rho",
  "label",
  "probA",
  "probB",
  "prob_density_marks",
  "nr_sv",
];

function cNumber(word: string): number | undefined {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) return Number(word);
  if (/^[+-]?inf(inity)?$/i.test(word)) return word.startsWith("-") ? -Infinity : Infinity;
  return /^[+-]?nan$/i.test(word) ? Number.NaN : undefined;
}
