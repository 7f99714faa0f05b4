// Bundles the widgets: one standard ES module per kind. `--check` compares instead of writing.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const widgets = join(root, "course", "kommune3", "widgets");
const kinds = ["scenario", "quiz", "sorter", "table", "citizen_map", "comparison", "assessment", "reflection", "hand_in", "language", "plan"];

const result = await build({
  absWorkingDir: root,
  entryPoints: kinds.map((kind) => join(widgets, "js", `${kind}.js`)),
  outdir: join(widgets, "dist"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  write: false,
  logLevel: "warning",
});

let stale = 0;
for (const file of result.outputFiles) {
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
