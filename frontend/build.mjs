// Builds the styles, the scripts and the icon sprite into the Django package. `--watch` goes on building on every change.
import { execFile, spawn } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/jinlin/web/static/jinlin");
const packages = createRequire(import.meta.url);
const watching = process.argv.includes("--watch");

const tailwind = [
  join(dirname(packages.resolve("@tailwindcss/cli/package.json")), "dist/index.mjs"),
  "--input", join(here, "styles/jinlin.css"),
  "--output", join(out, "jinlin.css"),
  "--minify",
];

// Maps and charts are bundles of their own, fetched when somebody opens one.
const scripts = {
  entryPoints: {
    jinlin: "scripts/jinlin.ts",
    map: "scripts/map.ts",
    chart: "scripts/chart.ts",
    worker: "scripts/worker.ts",
  },
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
};

async function buildStyles() {
  if (watching) {
    spawn(process.execPath, [...tailwind, "--watch=always"], { stdio: "inherit", cwd: here });
    return;
  }
  await promisify(execFile)(process.execPath, tailwind, { cwd: here });
}

async function buildScripts() {
  if (!watching) {
    await esbuild.build(scripts);
    return;
  }
  const context = await esbuild.context(scripts);
  await context.watch();
}

/** Turns an icon's file into a symbol of the sprite: its shapes under its name, without size and colour. */
async function symbol(name) {
  const file = join(dirname(packages.resolve("lucide-static/package.json")), "icons", `${name}.svg`);
  const svg = await readFile(file, "utf8").catch(() => {
    throw new Error(`icons.txt names "${name}", which Lucide does not have. Look for another at lucide.dev/icons.`);
  });
  const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
}

async function buildSprite() {
  const names = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all(names.map(symbol));
  const sprite = `<!-- Lucide, ISC and MIT --><svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(join(out, "icons.svg"), sprite);
}

async function copyFiles() {
  await copyFile(join(here, "mark.svg"), join(out, "mark.svg"));
  await copyFile(packages.resolve("maplibre-gl/dist/maplibre-gl-worker.mjs"), join(out, "map-worker.js"));
}

await mkdir(out, { recursive: true });
await Promise.all([buildStyles(), buildScripts(), buildSprite(), copyFiles()]);
