import type { Operation } from "./operation.js";
import type { Exec, PlanFacts } from "./plan.js";

/** Makes what computes an operation, once for each plan that it is part of. */
export type MakeExec = (op: Operation, facts: PlanFacts) => Exec;

/** Operations that need more than their inputs: variables, branches, gradients, random states. */
export const EXECUTORS: Record<string, MakeExec> = {};

/** Adds executors; modules of their own call it, which the plan must not import. */
export function registerExecutors(table: Readonly<Record<string, MakeExec>>): void {
  Object.assign(EXECUTORS, table);
}
