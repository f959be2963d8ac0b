export type Piece = { kind: 'key' | 'text' | 'comment' | 'string' | 'mark'; text: string }

const token = /(#.*$)|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|([A-Za-z_][\w.-]*)(?=\s*:(?:\s|$))|([{}[\],:]|-(?=\s))|(\s+|[^\s#"'{}[\],:]+|.)/g

/** A line of YAML in coloured pieces: good enough to read by; the reader of models is elsewhere. Nothing of the line is lost. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = []
  let last = ''
  for (const match of line.matchAll(token)) {
    const text = match[0]
    // A # inside a word is no comment.
    const comment = match[1] !== undefined && (last === '' || /\s$/.test(last))
    const kind = comment ? 'comment' : match[2] !== undefined ? 'string' : match[3] !== undefined ? 'key' : match[4] !== undefined ? 'mark' : 'text'
    pieces.push({ kind, text })
    last = text
  }
  return pieces
}

/** The model path of the first key of a line, from the indents above it: `services.orders.calls.catalog`. Null where a line has no key of its own. */
export function pathAtLine(lines: string[], index: number): string | null {
  const own = keyOf(lines[index]!)
  if (!own) return null
  const path = [own.key]
  let indent = own.indent
  for (let at = index - 1; at >= 0 && indent > 0; at--) {
    const above = lines[at]!
    if (/^\s*(#|$)/.test(above)) continue
    const depth = above.length - above.trimStart().length
    if (depth >= indent) continue
    // Inside a list the path has an index that text alone does not tell safely.
    if (above.trimStart().startsWith('- ')) return null
    const key = keyOf(above)
    if (!key) return null
    path.unshift(key.key)
    indent = depth
  }
  return path.join('.')
}

function keyOf(line: string): { key: string; indent: number } | null {
  const match = /^(\s*)([A-Za-z_][\w.-]*)\s*:(?:\s|$)/.exec(line)
  return match ? { key: match[2]!, indent: match[1]!.length } : null
}
