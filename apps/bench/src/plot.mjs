import { summary } from "./report.mjs";

const COLORS = [
  "#2a6f97",
  "#61a5c2",
  "#014f86",
  "#bc6c25",
  "#dda15e",
  "#6a994e",
  "#a7c957",
  "#9d4edd",
  "#c1121f",
  "#e5989b",
  "#6c757d",
];
const escape = (s) => s.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Bars of every library's time over Cognate's, on a logarithmic scale; shorter is faster. */
export function plot({ title, samples, machine, date }, workloads) {
  const libraries = Object.keys(samples);
  const works = workloads.filter((w) => samples.Cognate?.[w.name]?.length);
  const [left, width, bar, gap] = [330, 560, 11, 16];
  const parts = [];
  let y = 60;
  const scale = (ratio) => left + (width * (Math.log10(Math.min(Math.max(ratio, 0.05), 2000)) + 1.31)) / 4.62;
  for (const work of works) {
    const ours = summary(samples.Cognate[work.name]).median;
    const rows = libraries.filter((l) => samples[l][work.name]?.length);
    parts.push(
      `<text x="${left - 10}" y="${y + (rows.length * bar) / 2 + 4}" text-anchor="end">${escape(work.title)}</text>`,
    );
    for (const library of rows) {
      const ratio = summary(samples[library][work.name]).median / ours;
      const x = scale(ratio);
      parts.push(
        `<rect x="${left}" y="${y}" width="${(x - left).toFixed(1)}" height="${bar - 1}" fill="${COLORS[libraries.indexOf(library) % COLORS.length]}"><title>${escape(library)}: ${ratio.toPrecision(3)}×</title></rect>`,
        `<text x="${(x + 4).toFixed(1)}" y="${y + bar - 2}" class="s">${ratio.toPrecision(2)}×</text>`,
      );
      y += bar;
    }
    y += gap;
  }
  const legend = libraries.map(
    (l, i) =>
      `<rect x="${20 + (i % 6) * 160}" y="${y + 10 + Math.floor(i / 6) * 18}" width="10" height="10" fill="${COLORS[i % COLORS.length]}"/><text x="${34 + (i % 6) * 160}" y="${y + 19 + Math.floor(i / 6) * 18}" class="s">${escape(l)}</text>`,
  );
  const height = y + 60;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="${height}" viewBox="0 0 1000 ${height}" font-family="sans-serif" font-size="12"><style>.s{font-size:9px}</style><rect width="100%" height="100%" fill="#fff"/><text x="20" y="24" font-size="15">${escape(title)}: time over Cognate's (one thread), logarithmic: shorter is faster</text><text x="20" y="42" class="s">${escape(machine)}, ${date}</text><line x1="${scale(1)}" x2="${scale(1)}" y1="52" y2="${y}" stroke="#bbb"/>${parts.join("")}${legend.join("")}</svg>\n`;
}
