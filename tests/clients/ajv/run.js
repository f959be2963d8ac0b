'use strict';
// Reads {schema, draft, models: [{name, yaml}]} on standard input; answers [{name, valid, errors}].
// The schema is 2020-12; with draft 7 it is what yaml-language-server makes of it.
const Ajv2020 = require('ajv/dist/2020').default;
const Ajv7 = require('ajv').default;
const yaml = require('js-yaml');

let input = '';
process.stdin.on('data', chunk => { input += chunk; });
process.stdin.on('end', () => {
  const { schema, draft, models } = JSON.parse(input);
  const ajv = draft === 7 ? new Ajv7({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true }) : new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true });
  if (draft === 7) delete schema.$schema;
  const validate = ajv.compile(schema);
  const answers = models.map(({ name, yaml: text }) => {
    let model;
    try {
      model = yaml.load(text, { schema: yaml.CORE_SCHEMA });
    } catch (error) {
      return { name, valid: null, errors: [String(error.message)] };
    }
    const valid = validate(model);
    return { name, valid, errors: (validate.errors || []).map(e => `${e.instancePath} ${e.message}`) };
  });

  // Every example and default must be valid where it stands.
  const visit = (node, path) => {
    if (node === null || typeof node !== 'object') return;
    const values = [...(node.examples || []), ...('default' in node ? [node.default] : [])];
    for (const value of values) {
      const { examples, default: _, ...bare } = node;
      const check = ajv.compile({ ...bare, $defs: schema.$defs });
      if (!check(value)) answers.push({ name: path, valid: false, errors: [`${JSON.stringify(value)}: ${ajv.errorsText(check.errors)}`] });
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'examples' && key !== 'default' && key !== 'enum') visit(child, `${path}/${key}`);
  };
  visit(schema, '#');
  process.stdout.write(JSON.stringify(answers));
});
