export type Block = { kind: 'heading'; level: number; text: string } | { kind: 'code'; text: string } | { kind: 'list'; items: string[] } | { kind: 'paragraph'; text: string }
export type Inline = { kind: 'text' | 'code' | 'strong' | 'emphasis'; text: string }

/** The few blocks that the pages of rules are written in. What is not understood is shown as it stands. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = []
  const lines = markdown.replace(/\r/g, '').split('\n')
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!
    const heading = /^(#{1,6})\s+(.*)$/.exec(line)
    if (line.startsWith('```')) {
      const end = lines.findIndex((one, index) => index > at && one.startsWith('```'))
      const until = end < 0 ? lines.length : end
      blocks.push({ kind: 'code', text: lines.slice(at + 1, until).join('\n') })
      at = until + 1
    } else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]!.length, text: heading[2]! })
      at++
    } else if (/^[-*] /.test(line)) {
      const items: string[] = []
      for (; at < lines.length && (/^[-*] /.test(lines[at]!) || /^ {2,}\S/.test(lines[at]!)); at++) {
        if (/^[-*] /.test(lines[at]!)) items.push(lines[at]!.slice(2))
        else items[items.length - 1] += ` ${lines[at]!.trim()}`
      }
      blocks.push({ kind: 'list', items })
    } else if (line.trim() === '') {
      at++
    } else {
      const start = at
      while (at < lines.length && lines[at]!.trim() !== '' && !/^(#{1,6}\s|```|[-*] )/.test(lines[at]!)) at++
      blocks.push({ kind: 'paragraph', text: lines.slice(start, at).join(' ') })
    }
  }
  return blocks
}

/** Code, strong and emphasis in a line; links keep their words. */
export function inlineOf(text: string): Inline[] {
  const pieces: Inline[] = []
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\([^)]*\)/g
  let last = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > last) pieces.push({ kind: 'text', text: text.slice(last, match.index) })
    pieces.push(match[1] !== undefined ? { kind: 'code', text: match[1] } : match[2] !== undefined ? { kind: 'strong', text: match[2] } : match[3] !== undefined ? { kind: 'emphasis', text: match[3] } : { kind: 'text', text: match[4]! })
    last = match.index + match[0].length
  }
  if (last < text.length) pieces.push({ kind: 'text', text: text.slice(last) })
  return pieces
}
