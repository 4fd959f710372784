// Writes the licence notices of every package that may be in the bundle beside it.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const NOTICES = /^(licen[cs]e|copying|notice|thirdpartynotices|ofl)/i;
const OUTPUT = "../../graph_api/web/assets/graphiql/LICENCES.txt";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const bundled = Object.entries(lock.packages).filter(
  ([folder, entry]) => folder && !entry.dev && !entry.optional && !entry.peer,
);

const sections = bundled.map(([folder, { version }]) => {
  const { name, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const notices = readdirSync(folder).filter((file) => NOTICES.test(file)).sort();
  const texts = notices.map((file) => readFileSync(`${folder}/${file}`, "utf8").replaceAll("\r\n", "\n").trim());
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
});

writeFileSync(OUTPUT, `${sections.join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
