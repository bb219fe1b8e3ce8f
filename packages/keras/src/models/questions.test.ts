import { setOutput } from "@cognate/py";
import { golden } from "@cognate/testing";
import { expect, test } from "vitest";
import { rounded } from "../arrays.test.helper.js";
import * as keras from "../index.js";
import { sessionEnds } from "../trainers/text.test.helper.js";
import { trainingQuestions } from "./questions-training.test.helper.js";
import { valueQuestions } from "./questions-values.test.helper.js";

const programs = { ...trainingQuestions, ...valueQuestions };
const cases = golden("keras/models/questions");

test("every program has its transcript", () =>
  expect(Object.keys(programs).sort()).toEqual(cases.map((c) => c.name).sort()));

test.each(cases)("$name", ({ name, out }) => {
  keras.backend.clear_session();
  keras.utils.set_random_seed(1);
  let text = "";
  const before = setOutput((s) => {
    text += s;
  });
  try {
    programs[name as string]!();
  } finally {
    setOutput(before);
  }
  expect(rounded(sessionEnds(text))).toBe(rounded(out as string));
});
