import { XGBoostError } from "../errors.js";
import type { Field, FieldValue } from "./field.js";
import { GROUPS, type GroupName } from "./table.js";

/** The parameters of one group with their present values. */
export class ParamSet {
  private readonly values = new Map<string, FieldValue>();
  readonly fields: readonly Field[];

  constructor(readonly group: GroupName) {
    this.fields = GROUPS[group];
    for (const f of this.fields) if (f.default !== undefined) this.values.set(f.name, read(f, f.default));
  }

  /** Takes what it knows (by name or alias) and leaves the rest. */
  update(args: Iterable<readonly [string, string]>): void {
    for (const [key, value] of args) {
      const f = this.fields.find((x) => x.name === key || x.aliases?.includes(key));
      if (f) this.values.set(f.name, read(f, value));
    }
  }
  copyFrom(other: ParamSet): void {
    for (const [name, value] of other.values) this.values.set(name, value);
  }
  knows(key: string): boolean {
    return this.fields.some((x) => x.name === key || x.aliases?.includes(key));
  }
  number(name: string): number {
    return this.get(name) as number;
  }
  bool(name: string): boolean {
    return this.get(name) as boolean;
  }
  text(name: string): string {
    return this.get(name) as string;
  }
  list(name: string): readonly number[] {
    return this.get(name) as readonly number[];
  }
  has(name: string): boolean {
    return this.values.has(name);
  }
  set(name: string, value: FieldValue): void {
    this.values.set(name, value);
  }
  /** An enum's value by its name. */
  choice(name: string): string {
    const names = this.fields.find((f) => f.name === name)!.names!;
    const value = this.get(name);
    return Object.keys(names).find((k) => names[k] === value)!;
  }
  /** Names and values as texts that `update` reads. */
  texts(): [string, string][] {
    return this.fields.filter((f) => this.values.has(f.name)).map((f) => [f.name, this.textOf(f)]);
  }
  private textOf(f: Field): string {
    const value = this.values.get(f.name)!;
    if (f.type === "enum") return this.choice(f.name);
    if (typeof value === "boolean") return value ? "1" : "0";
    return Array.isArray(value) ? `[${value.join(",")}]` : String(value);
  }
  private get(name: string): FieldValue {
    const value = this.values.get(name);
    if (value === undefined)
      throw new XGBoostError(`Required parameter ${name} of ${this.group} is not presented`);
    return value;
  }
}

const FLOAT = /^\s*[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|inf(inity)?|nan)\s*$/i;

function toNumber(text: string): number {
  const t = text.trim().toLowerCase();
  if (/^[+-]?inf/.test(t)) return t.startsWith("-") ? -Infinity : Infinity;
  return t === "nan" ? Number.NaN : Number(t);
}

const invalid = (f: Field, kind: string, value: string): XGBoostError =>
  new XGBoostError(`Invalid Parameter format for ${f.name} expect ${kind} but value='${value}'`);

function read(f: Field, value: string): FieldValue {
  switch (f.type) {
    case "string":
      return value;
    case "bool": {
      const low = value.toLowerCase();
      if (low === "true" || value === "1") return true;
      if (low === "false" || value === "0") return false;
      throw invalid(f, "boolean", value);
    }
    case "enum": {
      const found = f.names![value];
      if (found === undefined)
        throw new XGBoostError(
          `Invalid Input: '${value}', valid values are: {${Object.keys(f.names!)
            .sort()
            .map((n) => `'${n}'`)
            .join(", ")}}`,
        );
      return found;
    }
    case "intlist":
    case "floatlist": {
      const inner = value.trim().replace(/^[([]|[)\]]$/g, "");
      const items = inner.split(/[\s,]+/).filter((s) => s !== "");
      const numbers = items.map((s) => {
        if (!FLOAT.test(s)) throw invalid(f, "list", value);
        return f.type === "intlist" ? Math.trunc(toNumber(s)) : Math.fround(toNumber(s));
      });
      return numbers;
    }
    case "int": {
      const whole = Number(value);
      const wide = f.name === "seed" || Number(f.default) > INT_MOST;
      if (!/^\s*[+-]?\d+\s*$/.test(value) || (!wide && Math.abs(whole) > INT_MOST))
        throw invalid(f, f.name === "seed" ? "long" : "int", value);
      return inRange(f, whole);
    }
    default: {
      if (!FLOAT.test(value)) throw invalid(f, f.type, value);
      const v = toNumber(value);
      return inRange(f, f.type === "float" ? Math.fround(v) : v);
    }
  }
}

const INT_MOST = 2147483647;

// NaN passes, as it does there.
function inRange(f: Field, value: number): number {
  const { min, max } = f;
  if (min !== undefined && max !== undefined && (value < min || value > max))
    throw new XGBoostError(`value ${value} for Parameter ${f.name} exceed bound [${min},${max}]`);
  if (min !== undefined && value < min)
    throw new XGBoostError(`value ${value} for Parameter ${f.name} should be greater equal to ${min}`);
  return value;
}
