'use strict';
// Reads a PlantUML text on standard input; prints what an independent parser made of it, or fails with what it did not understand.
const fs = require('fs');
const { parse } = require('plantuml-parser');
console.log(JSON.stringify(parse(fs.readFileSync(0, 'utf8'))));
