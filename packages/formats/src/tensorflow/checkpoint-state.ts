import { type ByteInput, withSource } from "../bytes/source.js";
import { CheckpointState } from "./messages-bundle.js";
import { parseMessage, quoted } from "./proto-text.js";

/**
 * Reads the file named `checkpoint`: which checkpoints a directory holds, and the latest.
 *
 * @throws FormatError where the text cannot be read.
 */
export const readCheckpointState = (input: ByteInput): CheckpointState =>
  parseMessage(
    CheckpointState,
    withSource(input, (s) => new TextDecoder().decode(s.read(0, s.size))),
  );

/** A number as Python's `repr` prints a float. */
const float = (x: number): string => (Number.isInteger(x) && Math.abs(x) < 1e16 ? `${x}.0` : String(x));

/** The text of the file named `checkpoint`. */
export function writeCheckpointState(state: Partial<CheckpointState>): string {
  const lines = [`model_checkpoint_path: ${quoted(state.model_checkpoint_path ?? "")}`];
  for (const path of state.all_model_checkpoint_paths ?? [])
    lines.push(`all_model_checkpoint_paths: ${quoted(path)}`);
  for (const time of state.all_model_checkpoint_timestamps ?? [])
    lines.push(`all_model_checkpoint_timestamps: ${float(time)}`);
  if (state.last_preserved_timestamp !== undefined)
    lines.push(`last_preserved_timestamp: ${float(state.last_preserved_timestamp)}`);
  return `${lines.join("\n")}\n`;
}
