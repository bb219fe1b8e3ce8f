import { afterEach, expect, test, vi } from "vitest";
import * as torch from "../index.js";

const { autograd } = torch;
afterEach(() => torch.set_anomaly_enabled(false));

/** √−1, whose slope is NaN. */
const loss = (): torch.Tensor => {
  const x = torch.tensor([-1, 4], { dtype: torch.float32, requires_grad: true });
  return x.sqrt().sum();
};

test("backward names the function whose gradient is NaN", () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const words = "Function 'SqrtBackward0' returned nan values in its 0th output.";
  expect(() => autograd.detect_anomaly(() => loss().backward())).toThrow(words);
  expect(torch.is_anomaly_enabled()).toBe(false);
  const guard = autograd.set_detect_anomaly(true);
  expect([torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()]).toEqual([true, true]);
  expect(() => loss().backward()).toThrow(words);
  guard.exit();
  loss().backward();
  autograd.detect_anomaly({ check_nan: false }, () => {
    expect(torch.is_anomaly_check_nan_enabled()).toBe(false);
    loss().backward();
  });
  vi.restoreAllMocks();
});
