import { bytesOf } from "@cognate/formats";
import { XGBoostError } from "../errors.js";
import type { Learner } from "../learner/learner.js";

export type FeatureKind = "i" | "q" | "int" | "float" | "c";
const KINDS: readonly string[] = ["i", "q", "int", "float", "c"];

/** Names and kinds of the features, as dumps show them. */
export interface FeatureMap {
  readonly names: readonly string[];
  readonly kinds: readonly FeatureKind[];
}

function kindOf(text: string): FeatureKind {
  if (!KINDS.includes(text))
    throw new XGBoostError("unknown feature type, use i for indicator and q for quantity");
  return text as FeatureKind;
}

/** Reads a file of lines `number name kind`. @throws XGBoostError */
function fromFile(text: string): FeatureMap {
  const words = text.split(/\s+/).filter((w) => w !== "");
  const names: string[] = [];
  const kinds: FeatureKind[] = [];
  for (let i = 0; i + 2 < words.length && /^[+-]?\d/.test(words[i]!); i += 3) {
    const id = Number.parseInt(words[i]!, 10);
    if (id !== names.length)
      throw new XGBoostError(
        `Check failed: fid == static_cast<int>(names_.size()) (${id} vs. ${names.length}) : `,
      );
    names.push(words[i + 1]!);
    kinds.push(kindOf(words[i + 2]!));
  }
  return { names, kinds };
}

/** The map of a file (a path or its bytes), or the model's own names and kinds. @throws XGBoostError */
export function featureMap(learner: Learner, file: string | Uint8Array = ""): FeatureMap {
  const n = learner.numFeature;
  if (file !== "") {
    const map = fromFile(new TextDecoder().decode(bytesOf(file)));
    if (map.names.length !== n)
      throw new XGBoostError(
        `Check failed: feature_map.Size() == n_features (${map.names.length} vs. ${n}) : `,
      );
    return map;
  }
  const { featureNames, featureTypes } = learner;
  if (featureNames.length > 0 && featureNames.length !== n)
    throw new XGBoostError(
      `Check failed: feature_names.size() == n_features (${featureNames.length} vs. ${n}) : Incorrect number of feature names.`,
    );
  if (featureTypes.length > 0 && featureTypes.length !== n)
    throw new XGBoostError(
      `Check failed: feature_types.size() == n_features (${featureTypes.length} vs. ${n}) : Incorrect number of feature types.`,
    );
  return {
    names: Array.from({ length: n }, (_, i) => featureNames[i] ?? `f${i}`),
    kinds: Array.from({ length: n }, (_, i) => kindOf(featureTypes[i] ?? "q")),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A name as dumps write it: escaped as in JSON. */
export const escaped = (name: string): string =>
  name.replaceAll(/\\(?!u)|["\p{Cc}]/gu, (c) =>
    c === "\\"
      ? "\\\\"
      : (ESCAPES[c] ?? (c < " " ? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}` : c)),
  );
