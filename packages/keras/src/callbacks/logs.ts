import { asFloat, isPlainObject } from "@cognate/py";
import type { Logs } from "./callback.js";

/** A value as a number, where it is one. */
const numberOf = (value: unknown): unknown => {
  if (typeof value === "number" || value instanceof Number) return asFloat(Number(value));
  const size = (value as { size?: unknown } | null)?.size;
  if (typeof value === "object" && value !== null && size === 1) return asFloat(Number(value));
  return value;
};

/** Logs as numbers, by sorted names. */
export function plainLogs(logs: Readonly<Record<string, unknown>> | null | undefined): Logs {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(logs ?? {}).sort()) {
    const value = logs![key];
    if (isPlainObject(value)) Object.assign(out, plainLogs(value as Record<string, unknown>));
    else out[key] = numberOf(value);
  }
  return out as Logs;
}
