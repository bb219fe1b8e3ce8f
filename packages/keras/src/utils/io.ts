import { ValueError, write } from "@cognate/py";
import {
  disable_interactive_logging,
  enable_interactive_logging,
  is_interactive_logging_enabled,
} from "../backend/config.js";

export { disable_interactive_logging, enable_interactive_logging, is_interactive_logging_enabled };

const LEVELS = ["FATAL", "ERROR", "WARNING", "INFO", "DEBUG"] as const;
let level: (typeof LEVELS)[number] = "WARNING";

/** How much is logged where interactive logging is off. @throws ValueError for another level */
export function set_logging_verbosity(name: string): void {
  const found = LEVELS.find((l) => l === name);
  if (!found)
    throw new ValueError(
      `Please pass a valid level for logging verbosity. Expected one of: {${LEVELS.map((l) => `'${l}'`).join(", ")}}. Received: ${name}`,
    );
  level = found;
}

/** Prints a message where `print` prints; where interactive logging is off, it is logged instead. */
export function printMessage(message: string, line_break = true): void {
  if (is_interactive_logging_enabled()) write(line_break ? `${message}\n` : message);
  else if (level === "INFO" || level === "DEBUG") console.error(message);
}
