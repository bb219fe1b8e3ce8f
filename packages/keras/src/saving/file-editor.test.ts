import { print } from "@cognate/py";
import { fixturePath, golden, printed } from "@cognate/testing";
import { expect, test } from "vitest";
import { array, attempt } from "../arrays.test.helper.js";
import * as keras from "../index.js";

const { layers } = keras;
const path = fixturePath("keras/saving/editor/small.weights.h5");
// biome-ignore lint/suspicious/noExplicitAny: users' programs are written in JavaScript, without types.
type Untyped = any;

function model(units = 3, more = false): Untyped {
  keras.backend.clear_session();
  const x = keras.Input([4]);
  let y = layers.BatchNormalization({ name: "norm" })(layers.Dense(units, { name: "first" })(x));
  if (more) y = layers.Dense(5, { name: "extra" })(y);
  return keras.Model(x, layers.Dense(2, { name: "last" })(y));
}

const programs: Readonly<Record<string, () => void>> = {
  listing() {
    keras.saving.KerasFileEditor(path).summary();
  },
  comparing() {
    const e = keras.saving.KerasFileEditor(path);
    print(e.compare(model()));
    print(e.compare(model(6)));
    print(e.compare(model(3, true)));
  },
  editing() {
    const e = keras.saving.KerasFileEditor(path);
    e.rename_object("layers/dense_1", "dense_2");
    e.add_object("layers/dense_1", { 0: keras.ops.ones([3, 5]), 1: keras.ops.zeros([5]) });
    e.delete_weight("layers/dense", "1");
    e.add_weights("layers/dense", { 1: array([2, 2, 2]) });
    e.summary();
    e.delete_object("batch_normalization");
    e.summary();
    e.summary();
    attempt(() => e.rename_object("layers/dense_1", "a/b"));
    attempt(() => e.delete_object("layers/nothing"));
    attempt(() => e.delete_object("nothing"));
    attempt(() => e.delete_object("0"));
    attempt(() => e.delete_weight("layers/dense", "7"));
    attempt(() => e.add_weights("layers/dense", [1] as never));
    attempt(() => e.add_object("no/where", { 0: array([1, 1]) }));
    attempt(() => e.save("edited.h5"));
    attempt(() => keras.saving.KerasFileEditor("edited.txt"));
  },
};

test.each(golden("keras/saving/editor"))("$name", ({ name, out }) => {
  const text = printed(() => {
    programs[name as string]!();
  });
  expect(text.replaceAll(path, "small.weights.h5")).toBe(out);
});
