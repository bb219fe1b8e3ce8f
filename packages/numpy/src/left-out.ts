import { NotImplementedError } from "@cognate/py";

const DATES = "arrays here hold no dates and times";
const TEXT = "arrays here hold no text";
const RECORDS = "arrays here hold no records; use one array a field, or a plain object of arrays";
const OBJECTS = "arrays here hold numbers only; use a list";
const LONG = "numbers here have 64 bits at most; use float64";
const LONG_COMPLEX = "numbers here have 64 bits at most; use complex128";
const MATRIX = "use a two-dimensional array, whose `matmul` is the matrix product";
const MASKED = "use boolean masks and the nan-functions";
const NATIVE = "there is no C or Fortran code here";

const OWN_TESTS = "this package has tests of its own";

/** What stands for a part of NumPy that this package leaves out: whatever is done with it raises. */
export function leftOut(name: string, why: string): never {
  const fail = (): never => {
    throw new NotImplementedError(`numpy.${name} is left out: ${why}`);
  };
  const get = (_: unknown, key: string | symbol): unknown => (typeof key === "symbol" ? undefined : fail());
  return new Proxy(fail, { get, apply: fail, construct: fail }) as never;
}

export const busday_count = leftOut("busday_count", DATES);
export const busday_offset = leftOut("busday_offset", DATES);
export const busdaycalendar = leftOut("busdaycalendar", DATES);
export const datetime64 = leftOut("datetime64", DATES);
export const datetime_as_string = leftOut("datetime_as_string", DATES);
export const datetime_data = leftOut("datetime_data", DATES);
export const is_busday = leftOut("is_busday", DATES);
export const isnat = leftOut("isnat", DATES);
export const timedelta64 = leftOut("timedelta64", DATES);
export const bytes_ = leftOut("bytes_", TEXT);
export const str_ = leftOut("str_", TEXT);
export const rec = leftOut("rec", RECORDS);
export const recarray = leftOut("recarray", RECORDS);
export const record = leftOut("record", RECORDS);
export const void_ = leftOut("void", RECORDS);
export const object_ = leftOut("object_", OBJECTS);
export const longdouble = leftOut("longdouble", LONG);
export const float128 = leftOut("float128", LONG);
export const clongdouble = leftOut("clongdouble", LONG_COMPLEX);
export const complex256 = leftOut("complex256", LONG_COMPLEX);
export const asmatrix = leftOut("asmatrix", MATRIX);
export const bmat = leftOut("bmat", MATRIX);
export const matrix = leftOut("matrix", MATRIX);
export const ma = leftOut("ma", MASKED);
export const ctypeslib = leftOut("ctypeslib", NATIVE);
export const f2py = leftOut("f2py", NATIVE);
export const get_include = leftOut("get_include", NATIVE);
export const nested_iters = leftOut("nested_iters", "walk with one nditer inside another");
export const test = leftOut("test", OWN_TESTS);
export { void_ as void };
