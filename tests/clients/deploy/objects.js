'use strict';
// Reads every YAML document below a folder; answers {objects: [{file, object}], problems: [text]}.
// With a second folder, of Kubernetes' definitions and of CRDs, each object is validated against the schema of its kind with every object
// closed: a field that is not known is a problem, and so is a kind without a schema.
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const Ajv = require('ajv').default;
const yaml = require('js-yaml');

const [folder, schemas] = process.argv.slice(2);
const problems = [];
const objects = [];
for (const file of fs.readdirSync(folder).filter(name => name.endsWith('.yaml')).sort())
  for (const object of yaml.loadAll(fs.readFileSync(path.join(folder, file), 'utf8'))) objects.push({ file, object });

// Schema by schema: a property may itself be called 'properties' or 'format'.
const isObject = node => node !== null && typeof node === 'object' && !Array.isArray(node);
const each = map => Object.fromEntries(Object.entries(map).map(([key, value]) => [key, close(value)]));
const close = node => {
  if (!isObject(node)) return node;
  const closed = { ...node };
  for (const key of ['properties', 'patternProperties', 'definitions']) if (isObject(node[key])) closed[key] = each(node[key]);
  for (const key of ['items', 'additionalProperties', 'not']) if (isObject(node[key])) closed[key] = close(node[key]);
  // A flag of Go's expressions; what is generated is in lower case.
  if (typeof node.pattern === 'string') closed.pattern = node.pattern.replace('(?i)', '');
  // What stands in these says more of the same object, and must not close it again.
  if (node.format === 'int-or-string' || node['x-kubernetes-int-or-string']) { delete closed.type; delete closed.anyOf; closed.oneOf = [{ type: 'integer' }, { type: 'string' }]; }
  else if (isObject(node.properties) && node.additionalProperties === undefined && !node['x-kubernetes-preserve-unknown-fields']) closed.additionalProperties = false;
  return closed;
};
// Some CRDs leave out what every object has.
const whole = schema => ({ ...schema, properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, ...schema.properties } });
const make = () => { const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false }); return ajv; };
function* tar(bytes) {
  for (let at = 0; at + 512 <= bytes.length;) {
    const name = bytes.toString('utf8', at, at + 100).replace(/\0.*$/, '');
    if (!name) return;
    const size = parseInt(bytes.toString('ascii', at + 124, at + 136), 8) || 0;
    const start = at + 512;
    yield { name, text: () => bytes.toString('utf8', start, start + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

if (schemas) {
  const crds = new Map([...tar(zlib.gunzipSync(fs.readFileSync(path.join(schemas, 'crds.tar.gz'))))].map(entry => [entry.name.replace(/^\.\//, ''), entry]));
  for (const file of fs.readdirSync(schemas).filter(name => name.endsWith('-definitions.json.gz'))) {
    const { definitions } = close(JSON.parse(zlib.gunzipSync(fs.readFileSync(path.join(schemas, file))).toString()));
    const kinds = new Map();
    for (const [name, definition] of Object.entries(definitions)) for (const kind of definition['x-kubernetes-group-version-kind'] || []) kinds.set(`${kind.group ? kind.group + '/' : ''}${kind.version} ${kind.kind}`, name);
    const ajv = make();
    ajv.addSchema({ $id: 'k8s', definitions });
    const checks = new Map();
    for (const { file: from, object } of objects) {
      const key = `${object.apiVersion} ${object.kind}`;
      if (!checks.has(key)) {
        const [group, version] = object.apiVersion.split('/');
        const crd = crds.get(`crds/${group}/${object.kind.toLowerCase()}_${version}.json`);
        checks.set(key, kinds.has(key) ? ajv.compile({ $ref: `k8s#/definitions/${kinds.get(key)}` }) : crd ? make().compile(close(whole(JSON.parse(crd.text())))) : null);
      }
      const check = checks.get(key);
      if (!check) problems.push(`${from} ${key}: no schema in ${file}`);
      else if (!check(object)) problems.push(...check.errors.map(e => `${from} ${object.kind} ${object.metadata && object.metadata.name} ${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`));
    }
  }
}
process.stdout.write(JSON.stringify({ objects, problems }));
