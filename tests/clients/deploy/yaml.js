'use strict';
// Reads [text] on standard input; answers for each the values of its documents.
const yaml = require('js-yaml');
let input = '';
process.stdin.on('data', chunk => { input += chunk; });
process.stdin.on('end', () => process.stdout.write(JSON.stringify(JSON.parse(input).map(text => yaml.loadAll(text)))));
