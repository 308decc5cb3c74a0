// Builds the page's script and style into the template, and writes down what they were built from.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cp, readFile, readdir, writeFile } from "node:fs/promises";

const PACKAGE = "../../"; // the Python package
const STATIC = `${PACKAGE}serving/template/static/`;
const WIDGETS = `${PACKAGE}widgets/static/`;
const AMD_ENDING = /define\(\["@jupyter-widgets\/base"\], (\w+)\);\s*$/;

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

const { metafile } = await build({
  metafile: true,
  entryPoints: { page: "main.js" },
  outdir: STATIC,
  bundle: true,
  minify: true,
  format: "iife",
  charset: "utf8",
  legalComments: "none", // every licence is written out below
  define: { "process.env.NODE_ENV": '"production"', "process.env": "{}", global: "globalThis" },
  alias: { path: "path-browserify" },
  external: ["ws"],
  loader: { ".svg": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl", ".eot": "dataurl" },
  plugins: [anywidgetAsModule],
});

const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
const licences = [];
for (const folder of [...packages].sort()) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  licences.push(`${name} ${version} (${license})\n\n${file ? (await readFile(`${folder}/${file}`, "utf8")).trim() : ""}\n`);
}
await writeFile(`${STATIC}page.LICENSES.txt`, licences.join(`\n${"-".repeat(72)}\n\n`));

const plotly = "node_modules/plotly.js-cartesian-dist-min/";
await cp(`${plotly}plotly-cartesian.min.js`, `${WIDGETS}plotly.min.js`);
await cp(`${plotly}LICENSE`, `${WIDGETS}plotly.LICENSE.txt`);

const sha256 = async (path) => createHash("sha256").update(await readFile(path)).digest("hex");
const record = async (folder, names) =>
  Object.fromEntries(await Promise.all(names.sort().map(async (name) => [name, await sha256(folder + name)])));
const sources = (await readdir(".")).filter((name) => /\.(m?js|json)$/.test(name));
const outputs = ["serving/template/static/page.js", "serving/template/static/page.css", "widgets/static/plotly.min.js"];
const bundles = { sources: await record("./", sources), outputs: await record(PACKAGE, outputs) };
await writeFile(`${STATIC}bundles.json`, `${JSON.stringify(bundles, null, 2)}\n`);
