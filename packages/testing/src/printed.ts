import { setOutput } from "@cognate/py";

/** What a program prints. */
export function printed(program: () => void): string {
  let text = "";
  const before = setOutput((s) => {
    text += s;
  });
  try {
    program();
  } finally {
    setOutput(before);
  }
  return text;
}
