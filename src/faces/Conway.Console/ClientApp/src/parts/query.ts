/** A piece of a search as written: `-level:error` is a qualifier, `"card refused"` a phrase, everything else a word or the space between. */
export type QueryPart = { kind: 'space' | 'word' | 'phrase' | 'qualifier'; text: string; start: number; name?: string; value?: string; negated?: boolean }

const piece = /(\s+)|(-?)([A-Za-z_][\w.]*):("(?:[^"\\]|\\.)*"?|[^\s]*)|(-?)("(?:[^"\\]|\\.)*"?)|([^\s]+)/gy

/** Cuts a search into its parts, keeping every character, so that the parts in a row are the text again. */
export function partsOf(text: string): QueryPart[] {
  const parts: QueryPart[] = []
  piece.lastIndex = 0
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    const start = match.index
    const whole = match[0]
    if (match[1] !== undefined) parts.push({ kind: 'space', text: whole, start })
    else if (match[3] !== undefined) parts.push({ kind: 'qualifier', text: whole, start, name: match[3], value: match[4] ?? '', negated: match[2] === '-' })
    else if (match[6] !== undefined) parts.push({ kind: 'phrase', text: whole, start, value: match[6], negated: match[5] === '-' })
    else parts.push({ kind: 'word', text: whole, start, value: whole })
  }
  return parts
}

const quoted = (value: string) => (/[\s":]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value)

/** The search with `name:value` in it: replaces that qualifier where it stands, or adds it at the end. */
export function withQualifier(text: string, name: string, value: string): string {
  const added = `${name}:${quoted(value)}`
  const parts = partsOf(text)
  const present = parts.find((part) => part.kind === 'qualifier' && part.name === name && !part.negated)
  if (present) return parts.map((part) => (part === present ? added : part.text)).join('')
  const trimmed = text.trim()
  return trimmed ? `${trimmed} ${added}` : added
}

/** The search without that qualifier. */
export function withoutQualifier(text: string, name: string): string {
  return partsOf(text).filter((part) => !(part.kind === 'qualifier' && part.name === name)).map((part) => part.text).join('').replace(/\s+/g, ' ').trim()
}

/** The value a search asks of a qualifier, '' when it does not. */
export const qualifier = (text: string, name: string) => partsOf(text).find((part) => part.kind === 'qualifier' && part.name === name && !part.negated)?.value ?? ''

/** The words of a search that are to be marked in messages. */
export const wordsOf = (text: string) =>
  partsOf(text).filter((part) => (part.kind === 'word' || part.kind === 'phrase') && !part.negated && !part.text.startsWith('-')).map((part) => part.value!.replace(/^"|"$/g, '').toLowerCase()).filter((word) => word.length > 1)
