'use strict';
// Reads a SARIF log on standard input; answers what the official schema says is wrong with it, one line each.
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv-draft-04').default;
const addFormats = require('ajv-formats').default;

const schema = JSON.parse(fs.readFileSync(path.join(path.dirname(require.resolve('@microsoft/jest-sarif/package.json')), 'lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(schema);
const log = JSON.parse(fs.readFileSync(0, 'utf8'));
if (!validate(log)) for (const e of validate.errors) console.log(`${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
