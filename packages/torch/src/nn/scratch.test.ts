import { test } from "vitest";
import * as torch from "../index.js";
import * as nn from "./index.js";
import { print, repr } from "@cognate/py";
test("x", () => {
  const x = torch.tensor([[-0.5, 1.8, -1.3], [-6.9, 2.2, 6.3]], { dtype: torch.float64 });
  const w = torch.tensor([4.27, -4.9, -4.78], { dtype: torch.float64 });
  const t = torch.tensor([1, 2]);
  for (const reduction of ["none", "sum", "mean"])
  print(nn.functional.cross_entropy(x, t, { weight: w, reduction } as never), nn.functional.nll_loss(nn.functional.log_softmax(x, 1), t, { weight: w, reduction } as never));
});
