'use strict';
// Reads files of HCL. Standard input: {name: text}; answers {name: object}, and ends with 1 when one is none.
const { parse } = require('@cdktf/hcl2json');

(async () => {
  const read = {};
  for (const [name, text] of Object.entries(JSON.parse(require('fs').readFileSync(0, 'utf8')))) read[name] = await parse(name, text);
  process.stdout.write(JSON.stringify(read));
})().catch(error => { console.error(String(error)); process.exit(1); });
