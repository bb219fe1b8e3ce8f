import { sessionAttribute, setSessionAttribute } from "../backend/global-state.js";

/** The outermost call of a layer that runs now, and what its layers inside take over from it. */
export interface CallContext {
  readonly entryLayer: object;
  readonly values: Map<string, unknown>;
}

const KEY = "callContext";

/** The context of the calls that run now. */
export const callContext = (): CallContext | null => sessionAttribute<CallContext | null>(KEY, () => null);

export const enterCallContext = (entryLayer: object): CallContext => {
  const context = { entryLayer, values: new Map<string, unknown>() };
  setSessionAttribute(KEY, context);
  return context;
};
export const leaveCallContext = (): void => setSessionAttribute(KEY, null);
