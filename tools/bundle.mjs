// Bundles the widgets, one standard ES module per kind, all of a page's as one script, and the slides' scripts, classic
// ones since a page that is opened from a folder may not load modules. `--check` compares instead of writing.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const widgets = join(root, "course", "kommune3", "widgets");
const kinds = ["scenario", "quiz", "sorter", "table", "citizen_map", "comparison", "assessment", "reflection", "hand_in", "language", "plan"];

const site = join(root, "course", "kommune3", "site");
const slides = join(root, "course", "kommune3", "slides");

/** @param {string} room @param {string[]} names @param {"esm" | "iife"} format */
async function bundled(room, names, format) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => join(room, "js", `${name}.js`)),
    outdir: join(room, "dist"),
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  return result.outputFiles;
}

const files = await Promise.all([
  bundled(widgets, kinds, "esm"),
  bundled(site, ["exercises"], "iife"),
  bundled(slides, ["deck", "notes"], "iife"),
]);
let stale = 0;
for (const file of files.flat()) {
  if (process.argv.includes("--check")) {
    const shipped = await readFile(file.path, "utf8").catch(() => "");
    if (shipped !== file.text) {
      console.error(`${file.path} does not match its sources. Run: npm run bundle`);
      stale += 1;
    }
  } else {
    await writeFile(file.path, file.text, "utf8");
    console.log(`${file.path}: ${file.contents.length} bytes`);
  }
}
process.exitCode = stale ? 1 : 0;
