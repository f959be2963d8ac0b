'use strict';
// Three renderings of one model. Reads {folder, values: {NAME: values}, asksForNotes} on standard input: a folder with `kubernetes`, and `helm/CHART` or
// `kustomize/overlay` where they are to be looked at. Answers {plain, lint, helm, kustomize, cases}: how each differs from the plain manifests, as
// lines `Kind name path: plain -> other`; for each case of values (an object, or a text of YAML) how what helm gives differs, or what helm said when it refused.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFile } = require('child_process');
const yaml = require('js-yaml');
const tool = require('./tools.js');

const run = (program, args, cwd, env) => new Promise(resolve => execFile(tool(program), args, { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 28 }, (error, stdout, stderr) => resolve({ code: error ? error.code ?? 1 : 0, stdout, stderr })));
const read = text => yaml.loadAll(text).filter(one => one);
const key = one => `${one.kind} ${one.kind === 'Namespace' ? '' : one.metadata.namespace ? one.metadata.namespace + '/' : ''}${one.metadata.name}`;
const index = objects => {
  const map = new Map();
  for (const one of objects) {
    if (map.has(key(one))) throw new Error(`${key(one)} is there twice.`);
    map.set(key(one), one);
  }
  return map;
};
const isObject = node => node !== null && typeof node === 'object' && !Array.isArray(node);
function* differences(a, b, where) {
  if (isObject(a) && isObject(b)) for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) yield* differences(a[name], b[name], `${where}/${name}`);
  else if (Array.isArray(a) && Array.isArray(b)) for (let i = 0; i < Math.max(a.length, b.length); i++) yield* differences(a[i], b[i], `${where}/${i}`);
  else if (JSON.stringify(a) !== JSON.stringify(b)) yield `${where}: ${JSON.stringify(a)} -> ${JSON.stringify(b)}`;
}
function compare(plain, other) {
  const [one, two] = [index(plain), index(other)];
  return [...new Set([...one.keys(), ...two.keys()])].sort().flatMap(name => !two.has(name) ? [`${name}: is missing`] : !one.has(name) ? [`${name}: is too many`] : [...differences(one.get(name), two.get(name), `${name} `)]);
}

let input = '';
process.stdin.on('data', chunk => { input += chunk; });
process.stdin.on('end', async () => {
  const { folder, values = {}, asksForNotes = false } = JSON.parse(input);
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'conway-renderings-'));
  try {
    const env = { HOME: home, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home };
    const answer = { plain: 0, lint: [], helm: null, kustomize: null, cases: {}, notes: '', said: '' };
    const plain = fs.readdirSync(path.join(folder, 'kubernetes')).flatMap(file => read(fs.readFileSync(path.join(folder, 'kubernetes', file), 'utf8')));
    answer.plain = plain.length;
    if (fs.existsSync(path.join(folder, 'helm'))) {
      const chart = path.join(folder, 'helm', fs.readdirSync(path.join(folder, 'helm'))[0]);
      const lint = await run('helm', ['lint', '--strict', chart], home, env);
      answer.lint = lint.code === 0 ? [] : (lint.stdout + lint.stderr).split('\n');
      const given = await run('helm', ['template', 'it', chart], home, env);
      answer.helm = given.code === 0 ? compare(plain, read(given.stdout)) : [given.stderr];
      for (const [name, value] of Object.entries(values)) {
        const file = path.join(home, 'values.yaml');
        fs.writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
        const one = await run('helm', ['template', 'it', chart, '-f', file], home, env);
        answer.cases[name] = one.code === 0 ? compare(plain, read(one.stdout)) : one.stderr.split('\n').map(line => line.trim()).filter(line => line);
      }
      const notes = asksForNotes ? await run('helm', ['install', 'it', chart, '--dry-run=client'], home, env) : { code: 0, stdout: '' };
      answer.notes = notes.code === 0 ? notes.stdout.slice(notes.stdout.indexOf('\nNOTES:') + 8) : notes.stderr;
    }
    if (fs.existsSync(path.join(folder, 'kustomize'))) {
      const given = await run('kubectl', ['kustomize', path.join(folder, 'kustomize', 'overlay')], home, env);
      answer.kustomize = given.code === 0 ? compare(plain, read(given.stdout)) : [given.stderr];
      answer.said = given.stderr;
    }
    process.stdout.write(JSON.stringify(answer));
  } finally {
    fs.rmSync(home, { recursive: true });
  }
});
