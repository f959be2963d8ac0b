import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
// @ts-expect-error a script without types
import { typesOf } from '../scripts/types.mjs'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')

it('has types made from the document as it is now; else: npm run types', () => {
  expect(read('src/api/types.ts')).toBe(typesOf(JSON.parse(read('openapi.json'))))
})
