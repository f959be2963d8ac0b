// Makes src/api/types.ts from openapi.json: one type for each schema, required means always there.
import { readFileSync, writeFileSync } from 'node:fs'

const here = new URL('..', import.meta.url)

export function typesOf(document) {
  const schemas = Object.entries(document.components.schemas).filter(([name]) => name !== 'ProblemDetails').sort(([a], [b]) => a.localeCompare(b))
  const lines = schemas.map(([name, schema]) => `export type ${name} = ${typeOf(schema, '')}`)
  return `// Made from openapi.json by 'npm run types'; edits here are lost.\n\n${lines.join('\n\n')}\n`
}

function typeOf(schema, indent) {
  if (schema.$ref) return schema.$ref.split('/').at(-1)
  if (schema.enum) return schema.enum.map((value) => (value === null ? 'null' : `'${value}'`)).join(' | ')
  const union = schema.oneOf ?? schema.anyOf
  if (union) return union.map((one) => typeOf(one, indent)).sort((a, b) => (a === 'null') - (b === 'null')).join(' | ')
  const types = [schema.type ?? 'unknown'].flat()
  const made = types.filter((type) => type !== 'null').map((type) => basic(type, schema, indent))
  return [...made, ...(types.includes('null') ? ['null'] : [])].join(' | ')
}

function basic(type, schema, indent) {
  switch (type) {
    case 'integer': case 'number': return 'number'
    case 'string': return 'string'
    case 'boolean': return 'boolean'
    case 'array': {
      const item = typeOf(schema.items, indent)
      return item.includes(' ') ? `(${item})[]` : `${item}[]`
    }
    case 'object': {
      if (!schema.properties) return schema.additionalProperties ? `Record<string, ${typeOf(schema.additionalProperties, indent)}>` : 'Record<string, unknown>'
      const required = new Set(schema.required ?? [])
      const fields = Object.entries(schema.properties).map(([name, one]) => `${indent}  ${name}${required.has(name) ? '' : '?'}: ${typeOf(one, `${indent}  `)}`)
      return `{\n${fields.join('\n')}\n${indent}}`
    }
    default: return 'unknown'
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL('src/api/types.ts', here), typesOf(JSON.parse(readFileSync(new URL('openapi.json', here), 'utf8'))))
}
