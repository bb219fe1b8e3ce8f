const ESCAPE = String.fromCharCode(27);
const BOLD_TIME = new RegExp(`${ESCAPE}\\[1m[\\d:]+s${ESCAPE}\\[0m`, "g");

/** What a terminal shows after a run: what was written over is gone, times are masked. */
export function sessionEnds(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.includes("\r") ? line.slice(line.lastIndexOf("\r") + 1).trimEnd() : line))
    .join("\n")
    .replace(/\d+(\.\d+)?(ms|us|s)\/step/g, "T/step")
    .replace(/- \d+s -/g, "- T -")
    .replace(BOLD_TIME, "T");
}
