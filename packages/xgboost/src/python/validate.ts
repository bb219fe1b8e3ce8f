import { repr, ValueError } from "@cognate/py";

type Names = readonly string[] | null;

/** The data's features must be the model's, by name and order. @throws ValueError */
export function validateFeatures(own: Names, given: Names): void {
  if (own === null) return;
  if (given === null)
    throw new ValueError(
      `data did not contain feature names, but the following fields are expected: ${own.join(", ")}`,
    );
  if (own.length === given.length && own.every((n, i) => n === given[i])) return;
  const missing = own.filter((n) => !given.includes(n));
  const unknown = given.filter((n) => !own.includes(n));
  let text = `feature_names mismatch: ${repr([...own])} ${repr([...given])}`;
  if (missing.length > 0) text += `\nexpected ${missing.join(", ")} in input data`;
  if (unknown.length > 0) text += `\ntraining data did not have the following fields: ${unknown.join(", ")}`;
  throw new ValueError(text);
}
