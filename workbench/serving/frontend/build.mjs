// Builds the page's script and style and its Plotly, and writes down what they were built from.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";

const PACKAGE = "../../"; // the Python package
const STATIC = `${PACKAGE}serving/template/static/`;
const WIDGETS = `${PACKAGE}widgets/static/`;
const FIGURE = `${PACKAGE}widgets/figure.js`; // the widget's own module draws the figures of the first look too
const AMD_ENDING = /define\(\["@jupyter-widgets\/base"\], (\w+)\);\s*$/;
const SHARED = {
  metafile: true,
  bundle: true,
  minify: true,
  format: "iife",
  charset: "utf8",
  legalComments: "none", // every licence is written out below
};

// anywidget is published as an AMD module only; the last line is all that makes it one.
const anywidgetAsModule = {
  name: "anywidget-as-module",
  setup(builder) {
    builder.onLoad({ filter: /anywidget\/dist\/index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!AMD_ENDING.test(text)) throw new Error("anywidget ends in another way than expected");
      return { contents: text.replace(AMD_ENDING, "export default $1;") };
    });
  },
};

async function writeLicences(metafile, place) {
  const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
  const licences = [];
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    licences.push(`${name} ${version} (${license})\n\n${file ? (await readFile(`${folder}/${file}`, "utf8")).trim() : ""}\n`);
  }
  await writeFile(place, licences.join(`\n${"-".repeat(72)}\n\n`));
}

const page = await build({
  ...SHARED,
  entryPoints: { page: "main.js" },
  outdir: STATIC,
  define: { "process.env.NODE_ENV": '"production"', "process.env": "{}", global: "globalThis" },
  alias: { path: "path-browserify" },
  external: ["ws"],
  loader: { ".svg": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl", ".eot": "dataurl" },
  plugins: [anywidgetAsModule],
});
await writeLicences(page.metafile, `${STATIC}page.LICENSES.txt`);

const { version, license } = JSON.parse(await readFile("node_modules/plotly.js/package.json", "utf8"));
const plotly = await build({
  ...SHARED,
  banner: { js: `/* plotly.js v${version} (${license}), the parts that the figures use; licences in plotly.LICENSE.txt */` },
  entryPoints: { "plotly.min": "plotly.js" },
  outdir: WIDGETS,
  globalName: "Plotly",
  target: "es2016",
  define: { global: "window", "define.amd": "false" },
  loader: { ".css": "empty" }, // of maps, which are not in it
});
await writeLicences(plotly.metafile, `${WIDGETS}plotly.LICENSE.txt`);

const sha256 = async (path) => createHash("sha256").update(await readFile(path)).digest("hex");
const record = async (folder, names) =>
  Object.fromEntries(await Promise.all(names.sort().map(async (name) => [name, await sha256(folder + name)])));
const sources = [...(await readdir(".")).filter((name) => /\.(m?js|json)$/.test(name)), FIGURE];
const outputs = ["serving/template/static/page.js", "serving/template/static/page.css", "widgets/static/plotly.min.js"];
const bundles = { sources: await record("./", sources), outputs: await record(PACKAGE, outputs) };
await writeFile(`${STATIC}bundles.json`, `${JSON.stringify(bundles, null, 2)}\n`);
