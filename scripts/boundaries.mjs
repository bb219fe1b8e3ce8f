// Checks the architecture: which package may import which, that no file imports itself in a circle, and that façade
// files hold no loops over elements, no typed arrays and no derivatives.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What each package may import; a façade imports no façade (tf.keras is the one exception). */
const BASE = ["kernel", "py"];
const FACADE = [...BASE, "tensor", "formats", "ndarray"];
const MAY = {
  py: [],
  kernel: [],
  tensor: ["kernel"],
  formats: ["kernel"],
  ndarray: BASE,
  numpy: FACADE,
  torch: FACADE,
  keras: FACADE,
  tf: [...FACADE, "keras"],
  flux: FACADE,
  torch7: FACADE,
  // cv and trees_to_dataframe give data frames.
  xgboost: [...BASE, "formats", "ndarray", "pandas"],
  svm: [...BASE, "formats", "ndarray"],
  onnx: FACADE,
  pandas: [...BASE, "ndarray"],
  scipy: [...BASE, "ndarray"],
};
const FACADES = ["torch", "keras", "tf", "numpy", "flux", "torch7"];
const problems = [];

const rooms = ["packages", "apps"].flatMap((dir) =>
  readdirSync(join(root, dir)).map((name) => join(dir, name)),
);
const files = rooms.flatMap((room) =>
  readdirSync(join(root, room, "src"), { recursive: true, encoding: "utf8" })
    .filter((f) => /\.tsx?$/.test(f))
    .map((f) => join(room, "src", f)),
);
/** A file's text without comments, whose examples import freely. */
const bare = (text) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
const source = new Map(files.map((f) => [f, bare(readFileSync(join(root, f), "utf8"))]));
const importsOf = (text) =>
  [...text.matchAll(/^(?:import|export)(?!\s+type\b)[^"';]*?from\s+"([^"]+)"|^import\s+"([^"]+)"/gm)]
    .filter((m) => !/^(?:import|export)\s*\{(\s*type\s+[\w$]+(\s+as\s+\w+)?\s*,?)+\}\s*from/.test(m[0]))
    .map((m) => m[1] ?? m[2]);
const allImportsOf = (text) =>
  [...text.matchAll(/from\s+"([^"]+)"|^import\s+"([^"]+)"/gm)].map((m) => m[1] ?? m[2]);

for (const [file, text] of source) {
  const [dir, own] = file.split("/");
  // Apps stand on top of everything; nothing can import them.
  if (dir === "apps" || own === "testing" || own === "port") continue;
  const test = /\.test(\.helper)?\.ts$/.test(file);
  const allowed = MAY[own];
  if (!allowed) {
    problems.push(`packages/${own} is not in the table of scripts/boundaries.mjs`);
    continue;
  }
  for (const spec of allImportsOf(text)) {
    const m = /^@cognate\/([^/]+)/.exec(spec);
    if (m && m[1] !== own && !test && !allowed.includes(m[1]))
      problems.push(`${file}: imports @cognate/${m[1]}`);
    if (m && m[1] === own && !test) problems.push(`${file}: imports its own package by name`);
    if (!test && spec.startsWith("node:"))
      problems.push(`${file}: imports ${spec} statically (browsers cannot)`);
  }
}

/** A module without its imports of rows that it only names for bundlers, in `uses`: nothing reads them. */
function withoutUses(text) {
  const rest = text.replace(/uses: \(\): Rows => \[[^\]]*\]/g, "");
  if (rest === text) return text;
  return rest.replace(/^import \{ (\w+) \} from "\.[^"]*";\n/gm, (line, name) =>
    rest.replace(line, "").match(new RegExp(`(?<![.\\w])${name}(?![\\w:])`)) ? line : "",
  );
}

const graph = new Map(
  [...source].map(([file, text]) => [
    file,
    importsOf(withoutUses(text))
      .filter((s) => s.startsWith("."))
      .map((s) => relative(root, resolve(root, dirname(file), s.replace(/\.js$/, ".ts")))),
  ]),
);
const state = new Map();
function visit(file, path) {
  if (state.get(file) === "done") return;
  if (state.get(file) === "open") {
    problems.push(`circle: ${[...path.slice(path.indexOf(file)), file].join(" → ")}`);
    return;
  }
  state.set(file, "open");
  for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
  state.set(file, "done");
}
for (const file of graph.keys()) visit(file, []);

const TYPED = /\bnew (?:Float(?:32|64)|Big(?:Int|Uint)64|U?[iI]nt(?:8|16|32)|Uint8Clamped)Array\b/;
for (const [file, text] of source) {
  const own = file.split("/")[1];
  if (!FACADES.includes(own) || file.endsWith(".test.ts")) continue;
  if (TYPED.test(text)) problems.push(`${file}: a façade allocates a typed array`);
  if (/\bvjps?\s*[:(]/.test(text)) problems.push(`${file}: a façade defines a derivative`);
}

if (problems.length) {
  console.error(problems.join("\n"));
  console.error(`${problems.length} boundary problems`);
  process.exit(1);
}
console.log(`boundaries: ${source.size} files, no problems`);
