'use strict';
// Reads the catalogue in a folder as Backstage does: from catalog-info.yaml along its locations, and teams.yaml. Answers
// {entities: [entity], asyncapi: {name: [{action, address, message, hasPayload}]}, problems: [text]}.
const fs = require('fs');
const path = require('path');
const yaml = require('js-yaml');
const model = require('@backstage/catalog-model');
const { Parser, fromFile, DiagnosticSeverity } = require('@asyncapi/parser');
const { AvroSchemaParser } = require('@asyncapi/avro-schema-parser');
const { ProtoBuffSchemaParser } = require('@asyncapi/protobuf-schema-parser');

const folder = process.argv[2];
const problems = [];
const policy = model.EntityPolicies.allOf([
  new model.SchemaValidEntityPolicy(), new model.DefaultNamespaceEntityPolicy(), new model.NoForeignRootFieldsEntityPolicy(), new model.FieldFormatEntityPolicy()]);
const kinds = {
  API: model.apiEntityV1alpha1Validator, Component: model.componentEntityV1alpha1Validator, Domain: model.domainEntityV1alpha1Validator, Group: model.groupEntityV1alpha1Validator,
  Location: model.locationEntityV1alpha1Validator, Resource: model.resourceEntityV1alpha1Validator, System: model.systemEntityV1alpha1Validator };
// Which kind a reference leads to when it does not say so.
const relations = {
  owner: 'group', system: 'system', domain: 'domain', subcomponentOf: 'component', parent: 'group', children: 'group', providesApis: 'api', consumesApis: 'api', dependsOn: undefined };

const read = [];
const seen = new Set();
function load(file) {
  if (seen.has(file)) return void problems.push(`${file} is reached twice`);
  seen.add(file);
  for (const entity of yaml.loadAll(fs.readFileSync(file, 'utf8'))) {
    read.push({ file, entity });
    if (entity.kind === 'Location') for (const target of entity.spec.targets) load(path.join(path.dirname(file), target));
  }
}

async function main() {
  load(path.join(folder, 'catalog-info.yaml'));
  load(path.join(folder, 'teams.yaml'));
  const known = new Map();
  const asyncapi = {};
  const parser = new Parser();
  parser.registerSchemaParser(AvroSchemaParser());
  parser.registerSchemaParser(ProtoBuffSchemaParser());
  for (const { file, entity } of read) {
    const name = `${entity.kind}:${entity.metadata.name}`;
    const text = entity.spec.definition && entity.spec.definition.$text;
    if (text !== undefined) {
      const document = path.join(path.dirname(file), text);
      if (!fs.existsSync(document)) problems.push(`${name}: ${text} is not there`);
      else entity.spec.definition = fs.readFileSync(document, 'utf8');
      if (entity.spec.type === 'asyncapi') {
        const { document: parsed, diagnostics } = await fromFile(parser, document).parse();
        for (const one of diagnostics) if (one.severity <= DiagnosticSeverity.Warning) problems.push(`${name}: ${one.path.join('/')} ${one.message}`);
        asyncapi[entity.metadata.name] = !parsed ? [] : parsed.operations().all().map(operation => ({
          action: operation.action(), address: operation.channels().all()[0].address(), message: operation.messages().all()[0].name(),
          hasPayload: operation.messages().all()[0].hasPayload(), payload: operation.messages().all()[0].hasPayload() ? operation.messages().all()[0].payload().json() : null }));
      }
    }
    try {
      await policy.enforce(entity);
      if (!(await kinds[entity.kind].check(entity))) problems.push(`${name} is no ${entity.kind}`);
    } catch (error) { problems.push(`${name}: ${error.message}`); }
    const reference = model.stringifyEntityRef(entity).toLowerCase();
    if (known.has(reference)) problems.push(`${reference} is there twice`);
    known.set(reference, entity);
  }
  for (const { entity } of read)
    for (const [key, kind] of Object.entries(relations))
      for (const one of [entity.spec[key]].flat().filter(text => text !== undefined)) {
        const to = model.stringifyEntityRef(model.parseEntityRef(one, { defaultKind: kind, defaultNamespace: 'default' })).toLowerCase();
        if (!known.has(to)) problems.push(`${entity.kind}:${entity.metadata.name}: ${key} leads to ${to}, which is not there`);
      }
  console.log(JSON.stringify({ entities: read.map(one => one.entity), asyncapi, problems }));
}
main();
