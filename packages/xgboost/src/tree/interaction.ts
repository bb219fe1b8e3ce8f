import { XGBoostError } from "../errors.js";

/** Which features may follow which along a path (`interaction_constraints`). */
export class InteractionConstraints {
  private readonly groups: readonly ReadonlySet<number>[];
  private readonly allowed: (ReadonlySet<number> | null)[] = [null];
  private readonly used: ReadonlySet<number>[] = [new Set()];
  readonly enabled: boolean;

  constructor(text: string) {
    this.enabled = text !== "";
    this.groups = this.enabled ? parse(text).map((g) => new Set(g)) : [];
  }
  allows(node: number, feature: number): boolean {
    if (!this.enabled) return true;
    const set = this.allowed[node];
    return set === null || set!.has(feature);
  }
  split(node: number, feature: number, left: number, right: number): void {
    if (!this.enabled) return;
    const used = new Set(this.used[node]!).add(feature);
    const allowed = new Set(used);
    for (const group of this.groups)
      if ([...used].every((f) => group.has(f))) for (const f of group) allowed.add(f);
    for (const child of [left, right]) {
      this.used[child] = used;
      this.allowed[child] = allowed;
    }
  }
}

function parse(text: string): number[][] {
  try {
    const groups = JSON.parse(
      text
        .replaceAll("(", "[")
        .replaceAll(")", "]")
        .replace(/,\s*\]/g, "]"),
    ) as number[][];
    if (groups.every((g) => g.every((f) => Number.isInteger(f)))) return groups;
  } catch {
    // Told below in XGBoost's words.
  }
  throw new XGBoostError(`Failed to parse feature interaction constraint:\n${text}\nWith error:\n`);
}
