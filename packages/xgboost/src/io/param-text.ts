import type { ModelObject } from "@cognate/formats";
import { singleText } from "@cognate/formats";
import { general } from "../dump/number.js";
import type { Field } from "../params/field.js";
import type { ParamSet } from "../params/param-set.js";

/** Lists that XGBoost keeps as JSON rather than as a tuple. */
const AS_JSON: readonly string[] = ["quantile_alpha", "base_score"];

/** 2^64 − 1 and its like, which a float64 cannot hold. */
const UNSIGNED = 2 ** 63;

function textOf(set: ParamSet, f: Field): string {
  const { name } = f;
  switch (f.type) {
    case "string":
      return set.text(name);
    case "bool":
      return set.bool(name) ? "1" : "0";
    case "enum":
      return set.choice(name);
    case "int": {
      const v = set.number(name);
      return v >= UNSIGNED ? String(BigInt(v) - 1n) : String(v);
    }
    case "float":
      return general(set.number(name), 9);
    case "double":
      return general(set.number(name), 17);
    default: {
      const list = set.list(name);
      if (AS_JSON.includes(name)) return `[${list.map(singleText).join(",")}]`;
      const items = list.map((v) => general(v, 9));
      return `(${items.join(",")}${items.length === 1 ? "," : ""})`;
    }
  }
}

/** A group's parameters as texts, each under all of its names. */
export function paramObject(set: ParamSet, without: readonly string[] = []): ModelObject {
  const out: Record<string, string> = {};
  for (const f of set.fields) {
    if (without.includes(f.name) || !set.has(f.name)) continue;
    for (const name of [f.name, ...(f.aliases ?? [])]) out[name] = textOf(set, f);
  }
  return out;
}
