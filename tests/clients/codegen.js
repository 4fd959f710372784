// GraphQL Code Generator as its client preset and its typescript plugin run it, over schema.graphql and operations/.
// Through its core, because its command line needs a newer Node than Debian has.
// Usage: node codegen.js FOLDER, where the files go.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import { preset } from "@graphql-codegen/client-preset";
import * as typescript from "@graphql-codegen/typescript";
import { buildSchema, parse } from "graphql";

const folder = process.argv[2];
const text = readFileSync("../../schema.graphql", "utf8");
const schemaAst = buildSchema(text);
const schema = parse(text);
const documents = readdirSync("operations").map((name) => {
  const location = join("operations", name);
  const rawSDL = readFileSync(location, "utf8");
  return { location, rawSDL, document: parse(rawSDL) };
});
const config = {
  // A scalar that is not named here is an error.
  strictScalars: true,
  scalars: { Date: "string", DateTime: "string", Decimal: "string", Duration: "string", JSON: "unknown" },
  useTypeImports: true,
};

const client = await preset.buildGeneratesSection({
  baseOutputDir: join(folder, "client/"),
  presetConfig: {},
  config,
  schema,
  schemaAst,
  documents,
  pluginMap: {},
  plugins: [],
  pluginContext: {},
  profiler: { run: (work) => work(), collect: () => [] },
});
// Every type of the schema, whether an operation asks for it or not.
const whole = {
  filename: join(folder, "schema.ts"),
  schema,
  schemaAst,
  documents: [],
  config,
  plugins: [{ typescript: {} }],
  pluginMap: { typescript },
};

for (const section of [...client, whole]) {
  const content = await codegen(section);
  mkdirSync(dirname(section.filename), { recursive: true });
  writeFileSync(section.filename, content);
  console.log(`${section.filename}: ${content.length} characters`);
}
