import { repr } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, type GoldenError, golden } from "@cognate/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { clear_session } from "../../../backend/global-state.js";
import { Tensor, wrap } from "../../../backend/tensor.js";
import * as keras from "../../../index.js";

const array = ({ array }: GoldenArray): Tensor => wrap(new Value(array));
type Layer = ((x: unknown) => unknown) & {
  adapt(data: unknown): void;
  set_vocabulary(words: unknown): void;
  get_vocabulary(): unknown[];
  get_config(): Record<string, unknown>;
  constructor: { from_config(config: object): Layer };
};
const make = (name: unknown, kwargs: unknown): Layer =>
  (keras.layers as unknown as Record<string, (kwargs: unknown) => Layer>)[name as string]!(kwargs);

describe("keras.layers: text", () => {
  beforeEach(() => clear_session());
  test.each(golden("keras/layers/text", { array }).map((g) => [g.name, g] as const))("%s", (_name, g) => {
    const layer = make(g.layer, g.kwargs);
    if (g.adapt !== null) layer.adapt(g.adapt);
    if (g.set !== null) layer.set_vocabulary(g.set);
    const y = layer(g.inputs);
    if (g.out instanceof Tensor) expect(y).toMatchGolden(g.out, { rtol: 1e-6, atol: 1e-7 });
    else expect(y).toEqual(g.out);
    expect(repr(layer.get_config())).toBe(g.config);
    if (g.vocabulary !== null) expect(layer.get_vocabulary()).toEqual(g.vocabulary);
    // A vocabulary that was learnt lies in the layer's assets.
    if (g.adapt !== null && g.layer === "TextVectorization") return;
    const again = layer.constructor.from_config(layer.get_config());
    expect(repr(again.get_config())).toBe(g.config);
  });
  test.each(golden("keras/layers/text", { array }, "errors.json").map((g) => [g.name, g] as const))(
    "refused: %s",
    (_name, g) => {
      const { type, message } = g.error as GoldenError;
      let found: unknown;
      try {
        make(g.layer, g.kwargs);
      } catch (e) {
        found = e;
      }
      expect([(found as Error)?.name, (found as Error)?.message]).toEqual([type, message]);
    },
  );
});
