import { depth } from "./array/tape.js";

/** Whether a gradient is being taken: layers that differ in training ask this unless they were told. */
export const isTraining = (): boolean => depth() > 0;

const everywhere = (
  x: unknown,
  f: (layer: { active: boolean | null }) => void,
  seen = new Set<object>(),
): void => {
  if ((typeof x !== "object" && typeof x !== "function") || x === null || seen.has(x)) return;
  seen.add(x);
  if (Object.hasOwn(x, "active")) f(x as { active: boolean | null });
  for (const v of Object.values(x)) everywhere(v, f, seen);
};
/** `testmode!(m)`: layers behave as in use; `"auto"` lets them decide again. */
export function testmode_<M>(model: M, mode: boolean | "auto" = true): M {
  everywhere(model, (layer) => {
    layer.active = mode === "auto" ? null : !mode;
  });
  return model;
}
/** `trainmode!(m)` */
export function trainmode_<M>(model: M, mode: boolean | "auto" = true): M {
  return testmode_(model, mode === "auto" ? "auto" : !mode);
}
