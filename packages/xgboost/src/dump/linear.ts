import { XGBoostError } from "../errors.js";
import type { Learner } from "../learner/learner.js";
import { general } from "./number.js";

/** The weights of booster gblinear as `get_dump` has them. @throws XGBoostError for other formats */
export function linearText(learner: Learner, format: string): string {
  const groups = learner.outputs;
  const features = learner.numFeature;
  const { weights } = learner.linear;
  const shown = Array.from(weights, (w) => general(w, 6));
  const bias = shown.slice(features * groups);
  const rest = shown.slice(0, features * groups);
  if (format === "text")
    return `bias:\n${bias.map((w) => `${w}\n`).join("")}weight:\n${rest.map((w) => `${w}\n`).join("")}`;
  if (format !== "json")
    throw new XGBoostError(`Dump format \`${format}\` is not supported by the gblinear model.`);
  const list = (items: readonly string[]): string => items.map((w) => `      ${w}`).join(",\n");
  return `  { "bias": [\n${list(bias)}\n    ],\n    "weight": [\n${list(rest)}\n    ]\n  }`;
}
