import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as tf from "../index.js";

test("checkpoints_iterator gives each checkpoint once, and ends when the time is up", () => {
  const folder = mkdtempSync(join(tmpdir(), "cognate-checkpoints-"));
  const checkpoint = tf.train.Checkpoint({ v: tf.Variable(1) } as never) as { save(path: string): string };
  const found: string[] = [];
  let asked = 0;
  const first = checkpoint.save(join(folder, "a"));
  let second = "";
  for (const path of tf.train.checkpoints_iterator(folder, 0, 0.1, () => ++asked > 2)) {
    found.push(path);
    if (found.length === 1) second = checkpoint.save(join(folder, "a"));
  }
  expect(found).toEqual([first, second]);
  expect(asked).toBe(3);
});
