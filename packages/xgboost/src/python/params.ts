import { isPlainObject, str, Tuple, ValueError } from "@cognate/py";

/** Parameters by name, or as pairs where one may come twice. */
export type Params =
  | Readonly<Record<string, unknown>>
  | ReadonlyMap<string, unknown>
  | readonly (readonly [string, unknown])[];

export type Pair = readonly [name: string, value: unknown];

export const pairsOf = (params: Params | null | undefined): Pair[] => {
  if (params === null || params === undefined) return [];
  if (params instanceof Map) return [...params];
  if (Array.isArray(params)) return [...(params as readonly Pair[])];
  return Object.entries(params as Readonly<Record<string, unknown>>);
};

/** A parameter's value as XGBoost's core reads it: Python's text of it. */
export function paramText(value: unknown): string {
  const v =
    typeof value === "object" && value !== null && "tolist" in value
      ? (value as { tolist(): unknown }).tolist()
      : value;
  return str(v);
}

const notAll = (): ValueError =>
  new ValueError("Constrained features are not a subset of training data feature names");

/** `{ name: ±1 }` as one number a feature. @throws ValueError for unknown names */
function monotone(value: unknown, names: readonly string[]): unknown {
  if (!isPlainObject(value) && !(value instanceof Map)) return value;
  const given = new Map(pairsOf(value as Params));
  for (const name of given.keys()) if (!names.includes(name)) throw notAll();
  return Tuple.of_(names.map((n) => given.get(n) ?? 0));
}

/** Groups of names as groups of numbers. @throws ValueError for unknown names */
function interaction(value: unknown, names: readonly string[]): unknown {
  if (typeof value === "string" || !Array.isArray(value)) return value;
  return (value as readonly (readonly string[])[]).map((group) =>
    [...group].map((name) => {
      const at = names.indexOf(name);
      if (at < 0) throw notAll();
      return at;
    }),
  );
}

/** Parameters with `eval_metric` once for each metric, and constraints by numbers instead of names. */
export function configured(params: Params | null | undefined, names: readonly string[]): Pair[] {
  const list = pairsOf(params);
  const single = list.filter(([k, v]) => !(k === "eval_metric" && Array.isArray(v)));
  const metrics = list
    .filter(([k, v]) => k === "eval_metric" && Array.isArray(v))
    .flatMap(([, v]) => (v as readonly unknown[]).map((m): Pair => ["eval_metric", m]));
  return [...single, ...metrics].map(([k, v]): Pair => {
    if (v === null || v === undefined) return [k, v];
    if (k === "monotone_constraints") return [k, monotone(v, names)];
    if (k === "interaction_constraints") return [k, interaction(v, names)];
    return [k, v];
  });
}
