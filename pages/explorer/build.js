// Bundles the explorer and the editor's workers from node_modules into files the server hands out: `npm run build`.

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("../static/built/", import.meta.url));
const settings = {
  bundle: true,
  minify: true,
  outdir: folder,
  target: "es2022",
  jsx: "automatic",
  loader: { ".ttf": "file", ".woff2": "file" },
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "linked",
  logLevel: "warning",
};

rmSync(folder, { recursive: true, force: true });
await build({ ...settings, format: "esm", entryPoints: { explorer: "pages/static/explorer/explorer.jsx" } });
await build({
  ...settings,
  format: "iife",
  entryPoints: {
    "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
    "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
    "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
  },
});
for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/.test(file))) {
  writeFileSync(`${folder}${name}.gz`, gzipSync(readFileSync(folder + name), { level: 9 }));
}
const { version } = JSON.parse(readFileSync("node_modules/graphiql/package.json", "utf8"));
writeFileSync(`${folder}built.json`, JSON.stringify({ graphiql: version })); // written last: its presence says the build is whole
