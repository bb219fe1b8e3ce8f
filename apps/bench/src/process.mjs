import { spawn } from "node:child_process";

/** One turn of one library: until it ends, or a workload takes longer than `limit` seconds. */
function turn({ command, args, env }, asked, limit, note) {
  return new Promise((done) => {
    const child = spawn(command, [...args, JSON.stringify(asked)], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [text, errors, running, stopped] = ["", "", null, false];
    const stop = () => {
      stopped = true;
      child.kill("SIGKILL");
    };
    let timer = setTimeout(stop, limit * 1000);
    child.stderr.setEncoding("utf8").on("data", (chunk) => {
      errors = (errors + chunk).slice(-4000);
    });
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      const lines = (text + chunk).split("\n");
      text = lines.pop();
      for (const line of lines) {
        if (!line.startsWith("@{")) continue;
        const message = JSON.parse(line.slice(1));
        clearTimeout(timer);
        timer = setTimeout(stop, limit * 1000);
        running = message.begin ?? null;
        if (message.name) note(message);
      }
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      const reason = stopped
        ? `took longer than ${limit} s`
        : errors.trim().split("\n").slice(-3).join(" | ");
      done({ status, running, stopped, reason });
    });
  });
}

/** Samples by workload of one library; a workload that hangs or kills the process is left out and the others go on. */
export async function measureLibrary(library, { only, seconds, limit }) {
  const samples = {};
  const problems = {};
  let left = only;
  for (;;) {
    const end = await turn(library, { only: left, seconds }, limit, ({ name, samples: list, error }) => {
      if (error) problems[name] = error;
      else samples[name] = list;
    });
    if (end.status === 0) break;
    if (!end.running) {
      problems["the process"] = end.reason;
      break;
    }
    problems[end.running] = end.reason;
    left = left.slice(left.indexOf(end.running) + 1);
  }
  return { samples, problems };
}
