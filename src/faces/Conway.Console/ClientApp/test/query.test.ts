import { describe, expect, it } from 'vitest'
import { partsOf, qualifier, withQualifier, withoutQualifier, wordsOf } from '../src/parts/query'

describe('a search', () => {
  it.each(['', 'level:error', '  a  "b c" -d:e ', 'service:orders duration:>100ms', '"never closed', 'a:"x \\" y" b', ':: -: "', 'http.route:/orders/{id}'])('is cut without losing a character: %s', (text) => {
    const parts = partsOf(text)
    expect(parts.map((part) => part.text).join('')).toBe(text)
    parts.forEach((part) => expect(text.startsWith(part.text, part.start)).toBe(true))
  })

  it('tells qualifiers, phrases and words apart', () => {
    expect(partsOf('-level:error "card refused" o-17').filter((part) => part.kind !== 'space').map((part) => [part.kind, part.name, part.value, part.negated])).toEqual([
      ['qualifier', 'level', 'error', true],
      ['phrase', undefined, '"card refused"', false],
      ['word', undefined, 'o-17', undefined],
    ])
  })

  it('gets a qualifier at its end, or changed where it stands', () => {
    expect(withQualifier('card', 'service', 'orders')).toBe('card service:orders')
    expect(withQualifier('service:a card', 'service', 'orders')).toBe('service:orders card')
    expect(withQualifier('-service:a', 'service', 'b')).toBe('-service:a service:b')
    expect(withQualifier('', 'name', 'two words')).toBe('name:"two words"')
  })

  it('loses a qualifier without leaving a hole', () => {
    expect(withoutQualifier('a level:error b', 'level')).toBe('a b')
    expect(qualifier('a level:error b', 'level')).toBe('error')
    expect(qualifier('-level:error', 'level')).toBe('')
  })

  it('marks only what is searched for as text', () => {
    expect(wordsOf('level:error "Card Refused" -"not this" o x')).toEqual(['card refused'])
  })
})
