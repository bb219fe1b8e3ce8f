// Python's arithmetic is glibc's, right to the last bit nearly always, which JavaScript's own functions are not.
export { preciseCos as cos, precisePow as pow } from "@cognate/kernel";
