import { golden, printed } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { rounded } from "../arrays.test.helper.js";
import * as keras from "../index.js";
import { sessionEnds } from "../trainers/text.test.helper.js";
import { layerPrograms } from "./programs-layers.test.helper.js";
import { trainingPrograms } from "./programs-training.test.helper.js";
import { valuePrograms } from "./programs-values.test.helper.js";
import { trainingQuestions } from "./questions-training.test.helper.js";
import { valueQuestions } from "./questions-values.test.helper.js";

/** Programs as users of Keras write them, and short ones of the kind that people ask about. */
const GROUPS = {
  programs: { ...layerPrograms, ...trainingPrograms, ...valuePrograms },
  questions: { ...trainingQuestions, ...valueQuestions },
};

describe.each(Object.entries(GROUPS))("%s", (group, programs: Readonly<Record<string, () => void>>) => {
  const cases = golden(`keras/models/${group}`);

  test("every program has its transcript", () =>
    expect(Object.keys(programs).sort()).toEqual(cases.map((c) => c.name).sort()));

  test.each(cases)("$name", ({ name, out }) => {
    keras.backend.clear_session();
    keras.utils.set_random_seed(1);
    const text = printed(programs[name as string]!);
    expect(rounded(sessionEnds(text))).toBe(rounded(out as string));
  });
});
