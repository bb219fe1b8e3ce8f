import { leftOut } from "../left-out.js";

// What NumPy's tests ask about the machine, answered for this package.
export const BLAS_SUPPORTS_FPE = true;
export const HAS_LAPACK64 = true;
export const HAS_REFCOUNT = false;
export const IS_64BIT = true;
export const IS_EDITABLE = false;
export const IS_INSTALLED = true;
export const IS_MUSL = false;
export const IS_PYPY = false;
export const IS_PYSTON = false;
export const IS_WASM = true;
export const NOGIL_BUILD = false;
export const NUMPY_ROOT = "";
export const verbose = 0;
/** Whether the processor has ARM's scalable vectors. */
export const check_support_sve = (): boolean => false;

const PYTHON = "it works on Python's own machinery";
const WARNINGS = "warnings go to console.warn, which a test may replace";
const missing = (name: string, why: string): never => leftOut(`testing.${name}`, why);

export const TestCase = missing("TestCase", PYTHON);
export const assert_no_gc_cycles = missing("assert_no_gc_cycles", PYTHON);
export const assert_no_warnings = missing("assert_no_warnings", WARNINGS);
export const assert_warns = missing("assert_warns", WARNINGS);
export const break_cycles = missing("break_cycles", PYTHON);
export const clear_and_catch_warnings = missing("clear_and_catch_warnings", WARNINGS);
export const decorate_methods = missing("decorate_methods", PYTHON);
export const run_threaded = missing("run_threaded", PYTHON);
export const rundocs = missing("rundocs", PYTHON);
export const runstring = missing("runstring", PYTHON);
export const suppress_warnings = missing("suppress_warnings", WARNINGS);
export const tempdir = missing("tempdir", "use node:fs");
export const temppath = missing("temppath", "use node:fs");
