import { repr } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, type GoldenCase, golden } from "@cognate/testing";
import { beforeEach, expect, test } from "vitest";
import { clear_session } from "../../backend/global-state.js";
import { type Tensor, wrap } from "../../backend/tensor.js";
import { layers } from "../../index.js";
import type { LayerImpl } from "../layer.js";

const array = ({ array }: GoldenArray): Tensor => wrap(new Value(array));
const classes = layers as unknown as Record<
  string,
  (kwargs: unknown) => LayerImpl & { adapt(data: unknown): void }
>;
const cases = golden("keras/layers/preprocessing", { array }, "adapt.json");

beforeEach(() => clear_session());

test.each(cases.map((g) => [g.name, g] as const))("learnt by %s", (_name, g: GoldenCase) => {
  const layer = classes[g.layer as string]!(g.kwargs);
  const data = g.data as Tensor;
  layer.adapt(g.batches ? Array.from({ length: data.shape[0]! }, (_, i) => data.at(i)) : data);
  expect((layer as unknown as (x: Tensor) => Tensor)(g.inputs as Tensor)).toMatchGolden(g.out);
  expect(layer.weights.map((w) => w.value)).toMatchGolden(g.weights);
  expect(repr(layer.get_config())).toBe(g.config);
});
