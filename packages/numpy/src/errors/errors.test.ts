import { callTests } from "../golden.test.helper.js";

const OWN = "NumPy's words name a function behind the one that was called";
const KEYS = "NumPy's functions in C count their arguments in words of their own";

callTests("errors", [
  { call: "add(1)", reason: KEYS },
  { call: "fromiter([1, 2])", reason: KEYS },
  { call: "ndarray.nonzero(float64[2,3], 1)", reason: KEYS },
  { call: "ndarray.std(float64[2,3], nonsense=1)", reason: OWN },
  { call: "ndarray.mean(float64[2,3], 0, null, null, false, 7)", reason: OWN },
  { call: "apply_along_axis()", reason: "a function with free arguments is called as in JavaScript" },
  {
    call: 'can_cast("nonsense", "int8")',
    reason: "NumPy says that None is not accepted, though none was given",
  },
]);
