// Reads {name: HTML} as JSON, and writes as JSON what mail programs of Google and
// Microsoft don't do of it: {feature: {program: "none" or "partial"}}.
import { readFileSync } from "node:fs";
import { caniemail } from "caniemail";

const mails = JSON.parse(readFileSync(0, "utf8"));
const found = {};
for (const html of Object.values(mails)) {
  const { issues } = caniemail({ clients: ["gmail.*", "outlook.*"], html });
  for (const [program, lacking] of [...issues.warnings, ...issues.errors]) {
    for (const { title, support } of lacking) {
      (found[title] ??= {})[program] = support;
    }
  }
}
process.stdout.write(JSON.stringify(found));
