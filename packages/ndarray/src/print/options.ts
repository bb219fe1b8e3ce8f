import { context, def, ValueError } from "@cognate/py";

/** How floats are given digits: see `np.set_printoptions`. */
export type FloatMode = "fixed" | "unique" | "maxprec" | "maxprec_equal";
export type Sign = "-" | "+" | " ";
/** Texts of single elements by kind of type: `{ float_kind: x => … }`. */
export type Formatters = Readonly<Record<string, (x: unknown) => string>>;

/** What `np.set_printoptions` sets. */
export interface PrintOptions {
  readonly edgeitems: number;
  readonly threshold: number;
  readonly floatmode: FloatMode;
  readonly precision: number;
  readonly suppress: boolean;
  readonly linewidth: number;
  readonly nanstr: string;
  readonly infstr: string;
  readonly sign: Sign;
  readonly formatter: Formatters | null;
  readonly legacy: false;
  readonly override_repr: null;
}

let options: PrintOptions = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: "nan",
  infstr: "inf",
  sign: "-",
  formatter: null,
  floatmode: "maxprec",
  legacy: false,
  override_repr: null,
};

/** The options as printing reads them. */
export const currentOptions = (): PrintOptions => options;

export type PrintChanges = { readonly [K in keyof PrintOptions]?: PrintOptions[K] | null };

const MODES: readonly unknown[] = ["fixed", "unique", "maxprec", "maxprec_equal"];
const SIGNS: readonly unknown[] = ["-", "+", " "];

/** The present options with those that are given replaced. @throws ValueError for values that mean nothing */
export function withChanges(changes: PrintChanges): PrintOptions {
  const given = Object.entries(changes).filter(([, v]) => v !== null && v !== undefined);
  const next = { ...options, ...Object.fromEntries(given) } as PrintOptions;
  if (!MODES.includes(next.floatmode))
    throw new ValueError('floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"');
  if (!SIGNS.includes(next.sign)) throw new ValueError("sign option must be one of ' ', '+', or '-'");
  if (Number.isNaN(next.threshold))
    throw new ValueError("threshold must be non-NAN, try sys.maxsize for untruncated representation");
  return next;
}

const signature =
  "precision threshold edgeitems linewidth suppress nanstr infstr formatter:dict sign floatmode * legacy override_repr";

const changes = (
  precision: number | null = null,
  threshold: number | null = null,
  edgeitems: number | null = null,
  linewidth: number | null = null,
  suppress: boolean | null = null,
  nanstr: string | null = null,
  infstr: string | null = null,
  formatter: Formatters | null = null,
  sign: Sign | null = null,
  floatmode: FloatMode | null = null,
  _legacy: unknown = null,
  _override_repr: unknown = null,
): PrintOptions => ({
  ...withChanges({ precision, threshold, edgeitems, linewidth, suppress, nanstr, infstr, sign, floatmode }),
  formatter,
});

/**
 * Sets how arrays print: digits, when to summarise, line width, exponents.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * np.set_printoptions({ precision: 3, suppress: true });
 * print(np.array([1e-7, 0.123456]));
 * np.set_printoptions({ precision: 8, suppress: false });
 * print(np.array([1e-7, 0.123456]));
 * // prints
 * // [0.    0.123]
 * // [1.00000e-07 1.23456e-01]
 * ```
 */
export const set_printoptions = def(
  "numpy.set_printoptions",
  signature,
  (...args: Parameters<typeof changes>): void => {
    options = changes(...args);
  },
);

/** The present print options, by name. */
export const get_printoptions = (): PrintOptions => ({ ...options });

const enter = def("numpy.printoptions", signature, changes);

/**
 * Other print options inside a callback or a `using` block.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * np.printoptions({ precision: 2 }, () => print(np.array([2 / 3]))); // prints [0.67]
 * ```
 */
export const printoptions = context((...args: Parameters<typeof enter>) => {
  let before = options;
  return {
    enter: (): PrintOptions => {
      before = options;
      options = enter(...args);
      return get_printoptions();
    },
    exit: (): void => {
      options = before;
    },
  };
});
