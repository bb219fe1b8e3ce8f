import { fixtureFiles } from "./golden.js";
import { type Aspect, opCases, opErrors, raised, tryCase } from "./torch-ops.js";
import { EXPECTED, OTHER_WORDS, WIDER } from "./torch-ops-exceptions.js";

/** What became of one aspect of an op: every sample holds, some do not, or there is none. */
export type Outcome = "yes" | "no" | "";

/** A row of the table of PyTorch's op database. */
export interface OpOutcome {
  readonly op: string;
  readonly samples: number;
  readonly dtypes: readonly string[];
  readonly forward: Outcome;
  readonly gradient: Outcome;
  readonly inPlace: Outcome;
  readonly out: Outcome;
  /** How many of the op's known refusals come in PyTorch's words, of how many. */
  readonly errors: readonly [number, number];
  /** Why something does not hold. */
  readonly why: string;
}

const PARTS: Readonly<Record<"forward" | "gradient" | "inPlace" | "out", readonly Aspect[]>> = {
  forward: ["call", "method"],
  gradient: ["gradient", "grad_fn"],
  inPlace: ["in place"],
  out: ["out"],
};

/** Runs every case of the database's fixtures, and its refusals. */
export function opOutcomes(): OpOutcome[] {
  const refusals = new Map<string, [number, number]>();
  for (const e of opErrors()) {
    const file = e.name.slice(0, e.name.lastIndexOf(" ")).replace(":", ".");
    const { got, want } = raised(e);
    const [held, all] = refusals.get(file) ?? [0, 0];
    refusals.set(file, [held + Number(got === want), all + 1]);
  }
  return fixtureFiles("torch/ops/cases").map((file) => {
    const { op, cases } = opCases(`${file}.json`);
    const failing = new Set<Aspect>();
    const reasons = new Set<string>();
    const tried = new Set<Aspect>();
    for (const c of cases) {
      const result = tryCase(op, c, WIDER[`${file} ${c.dtype}`]);
      for (const aspect of result.tried) tried.add(aspect);
      for (const aspect of result.failures.keys()) {
        failing.add(aspect);
        reasons.add(EXPECTED[`${file} ${c.dtype} ${aspect}`] ?? `${c.dtype} ${aspect} fails`);
      }
    }
    const outcome = (part: keyof typeof PARTS): Outcome => {
      const all = PARTS[part].filter((a) => tried.has(a));
      return all.length === 0 ? "" : all.some((a) => failing.has(a)) ? "no" : "yes";
    };
    const full = op.variant ? `${op.name}:${op.variant}` : op.name;
    for (const [name, why] of Object.entries(OTHER_WORDS))
      if (name.slice(0, name.lastIndexOf(" ")) === full) reasons.add(why);
    return {
      op: full,
      samples: cases.length,
      dtypes: [...new Set(cases.map((c) => c.dtype))],
      forward: outcome("forward"),
      gradient: outcome("gradient"),
      inPlace: outcome("inPlace"),
      out: outcome("out"),
      errors: refusals.get(file) ?? [0, 0],
      why: [...reasons].join("; "),
    };
  });
}
