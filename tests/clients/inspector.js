// graphql-inspector. Ends with 1 where something is wrong, and says what.
// Usage: node inspector.js validate     operations/ and what Relay sends, against schema.graphql
//        node inspector.js diff FILE    from schema.graphql to the schema in the file
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { diff, validate } from "@graphql-inspector/core";
import { Source, buildSchema } from "graphql";

const [task, file] = process.argv.slice(2);
const read = (path) => readFileSync(path, "utf8");
const schema = buildSchema(read("../../schema.graphql"));

const tasks = {
  async validate() {
    const ours = readdirSync("operations").map((name) => new Source(read(join("operations", name)), name));
    const relays = Object.values(JSON.parse(read("build/relay-operations.json"))).map(
      (text) => new Source(text, `Relay: ${text.split(/[\s(]/, 2).join(" ")}`),
    );
    // Each of Relay's brings its own fragments, ours share theirs: names need be unique only among the latter.
    const invalid = [...validate(schema, ours), ...relays.flatMap((source) => validate(schema, [source]))];
    console.log(`${ours.length} documents and ${relays.length} of Relay`);
    return invalid.map(({ source, errors, deprecated }) => `${source.name}: ${[...errors, ...deprecated].join("\n")}`);
  },
  async diff() {
    const changes = await diff(schema, buildSchema(read(file)));
    return changes.map(({ criticality, message }) => `${criticality.level} ${message}`);
  },
};

const found = await tasks[task]();
for (const line of found) console.log(line);
process.exitCode = found.length ? 1 : 0;
