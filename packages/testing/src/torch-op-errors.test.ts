import { describe, expect, test } from "vitest";
import { opErrors, raised } from "./torch-ops.js";
import { OTHER_WORDS } from "./torch-ops-exceptions.js";

describe("what torch's op database knows to be refused", () => {
  test.each(opErrors().map((e): [string, typeof e] => [e.name, e]))("%s", (name, e) => {
    const { got, want } = raised(e);
    if (OTHER_WORDS[name] === undefined) expect(got).toBe(want);
    else expect(got, "listed, but it holds").not.toBe(want);
  });
});
