/** Items whose text holds every typed word, best first: a word at the very start, then at the start of a word, then anywhere; shorter before longer. */
export function rank<T>(items: T[], typed: string, text: (item: T) => string): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return items
  const scored: { item: T; score: number; length: number }[] = []
  for (const item of items) {
    const whole = text(item).toLowerCase()
    let score = 0
    for (const word of words) {
      const at = whole.indexOf(word)
      if (at < 0) {
        score = -1
        break
      }
      score += at === 0 ? 0 : /[\s\-_/]/.test(whole[at - 1]!) ? 1 : 2
    }
    if (score >= 0) scored.push({ item, score, length: whole.length })
  }
  return scored.sort((a, b) => a.score - b.score || a.length - b.length).map((one) => one.item)
}
