import { CognateError } from "@cognate/kernel";

/** What went wrong on the tape; façades put it in their library's words. */
export type AutogradProblem =
  | { readonly kind: "freed"; readonly node: string }
  | {
      readonly kind: "modified";
      readonly dtype: string;
      readonly shape: readonly number[];
      readonly node: string;
      readonly output: number;
      readonly version: number;
      readonly expected: number;
    }
  | { readonly kind: "leaf-in-place" }
  | { readonly kind: "view-of-leaf-in-place" }
  | { readonly kind: "several-views-in-place"; readonly op: string; readonly output: number }
  | { readonly kind: "overlapping-write" }
  | { readonly kind: "no-graph"; readonly output: number }
  | { readonly kind: "no-derivative"; readonly op: string; readonly reason: string }
  | { readonly kind: "unused"; readonly input: number }
  | {
      readonly kind: "gradient-shape";
      readonly got: readonly number[];
      readonly want: readonly number[];
      readonly output: number;
    }
  | { readonly kind: "not-scalar"; readonly shape: readonly number[] };

const WORDS: {
  readonly [K in AutogradProblem["kind"]]: (p: Extract<AutogradProblem, { kind: K }>) => string;
} = {
  freed: (p) =>
    `backward: the graph behind ${p.node} was freed by an earlier backward; keep it with retainGraph.`,
  modified: (p) =>
    `backward: a value that ${p.node} saved ([${p.shape.join(", ")}] ${p.dtype}) was changed in place: it is at version ${p.version}, expected ${p.expected}.`,
  "leaf-in-place": () =>
    "in-place write: a leaf that wants a gradient cannot be written in place while recording.",
  "view-of-leaf-in-place": () =>
    "in-place write: a view of a leaf that wants a gradient cannot be written in place while recording.",
  "several-views-in-place": (p) =>
    `in-place write: this is output ${p.output} of ${p.op}, which gives several views at once; they cannot be written in place while recording.`,
  "overlapping-write": () => "in-place write: several elements share one place in memory; clone first.",
  "no-graph": (p) => `backward: output ${p.output} has no history and wants no gradient.`,
  "no-derivative": (p) => `backward: ${p.op} has no derivative (${p.reason}).`,
  unused: (p) => `grad: input ${p.input} was not used in the graph.`,
  "gradient-shape": (p) =>
    `backward: the gradient of output ${p.output} has shape [${p.got.join(", ")}], expected [${p.want.join(", ")}].`,
  "not-scalar": (p) => `backward: an output of shape [${p.shape.join(", ")}] needs a gradient to start from.`,
};

/** A mistake in the use of the tape. */
export class AutogradError extends CognateError {
  override readonly name = "AutogradError";
  override readonly code = "COGNATE_AUTOGRAD";
  constructor(readonly problem: AutogradProblem) {
    super((WORDS[problem.kind] as (p: AutogradProblem) => string)(problem));
  }
}
