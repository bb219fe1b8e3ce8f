import { writeZip, ZipArchive } from "@cognate/formats";
import { Value } from "@cognate/tensor";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";

const array = ({ array }: GoldenArray): torch.Tensor => new torch.Tensor(new Value(array));

/** The floating-point tensors of a nested result, summed with a weight for each element, as the generator does. */
function weighted(x: unknown): torch.Tensor[] {
  if (x instanceof torch.Tensor) {
    if (!x.requires_grad) return [];
    const weights = Array.from({ length: x.numel() }, (_, i) => ((i % 7) + 1) / 8);
    return [x.mul(torch.tensor(weights, { dtype: x.dtype }).view(x.shape)).sum()];
  }
  if (typeof x !== "object" || x === null) return [];
  return (Array.isArray(x) ? [...x] : Object.values(x)).flatMap(weighted);
}

const CLOSE = { rtol: 1e-5, atol: 1e-5 };

describe("torch.jit.load", () => {
  test.each(golden("torch/jit", { array }))("$name", (g) => {
    const loaded = torch.jit.load(fixtureBytes(`torch/jit/${g.file as string}`));
    expect(String(loaded)).toBe(g.print);
    expect(loaded.training).toBe(g.training);
    torch.manual_seed(3);
    const f = g.method === null ? loaded : loaded[g.method as string];
    const out: unknown = f(...(g.inputs as unknown[]), g.keywords);
    expect(out).toMatchGolden(g.out, CLOSE);
    const sums = weighted(out);
    if (sums.length > 0) sums.reduce((a, b) => a.add(b)).backward();
    const gradients = Object.fromEntries(
      [...(loaded as torch.nn.Module).named_parameters()].flatMap(([n, p]) => (p.grad ? [[n, p.grad]] : [])),
    );
    expect(gradients).toMatchGolden(g.gradients, CLOSE);
    expect(Object.keys(loaded.state_dict())).toEqual(Object.keys(g.state as object));
    expect(loaded.state_dict()).toMatchGolden(g.state, CLOSE);
  });
});

test("a program in another file, errors of calls, and what cannot be pickled", () => {
  const bytes = fixtureBytes("torch/jit/vae.pt");
  // torch.load hands programs on where everything is allowed.
  const loaded = torch.load(bytes, { weights_only: false });
  expect(String(loaded)).toContain("original_name=Vae");
  expect(() => torch.load(bytes)).toThrow("Cannot use ``weights_only=True`` with TorchScript archives");
  expect(() => torch.save(loaded)).toThrow("ScriptModules cannot be deepcopied using copy.deepcopy");
  expect(() => loaded()).toThrow("forward() missing 1 required positional argument: 'x'");
  expect(() => loaded(torch.zeros(1, 6), 2)).toThrow(
    "forward() takes 2 positional arguments but 3 were given",
  );
  // Its weights are those of any module.
  const state = torch.load(torch.save(loaded.state_dict()));
  expect(loaded.load_state_dict(state).missing_keys).toEqual([]);
  expect(loaded.double()(torch.zeros(1, 6, { dtype: torch.float64 }))[0].dtype).toBe(torch.float64);
});

test("files that were saved with a program", () => {
  const extra: Record<string, string> = { "labels.txt": "", "none.txt": "kept" };
  torch.jit.load(fixtureBytes("formats/torch/script/program.pt"), { _extra_files: extra });
  expect(extra).toEqual({ "labels.txt": "no\nyes", "none.txt": "kept" });
});

test("operators that do not exist here are listed when they are needed", () => {
  const text = new TextEncoder().encode(
    "class Vae(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n  def forward(self: __torch__.Vae, x: Tensor) -> Tensor:\n    y = ops.torchvision.nms(x, x, 0.5)\n    return torch.nothing_of_that_name(y)\n",
  );
  const zip = new ZipArchive(fixtureBytes("torch/jit/vae.pt"));
  const changed = writeZip(
    zip.names.map((name) => ({ name, data: name.endsWith("code/__torch__.py") ? text : zip.read(name) })),
  );
  const loaded = torch.jit.load(changed);
  expect(() => loaded(torch.zeros(1))).toThrow("torchvision::nms, aten::nothing_of_that_name");
});
