import { useEffect, useRef, useState } from 'react'
import { partsOf } from './query'

type Props = {
  value: string; onSubmit: (value: string) => void; label: string; placeholder: string; hints: { text: string; means: string }[]
  /** Where the sent search could not be read, and why. What was typed stays. */
  error?: { message: string; position: number | null } | null
}

/** A search in the console's grammar: qualifiers are coloured, a mistake is underlined where it stands, Enter or a short rest sends it. */
export function QueryInput({ value, onSubmit, label, placeholder, hints, error }: Props) {
  const [text, setText] = useState(value)
  const [focused, setFocused] = useState(false)
  const paint = useRef<HTMLDivElement>(null)
  const sent = useRef(value)

  // The address changed by something else (a click on a filter, going back): show that.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])

  const submit = (next: string) => {
    if (next === sent.current) return
    sent.current = next
    onSubmit(next)
  }
  useEffect(() => {
    const timer = setTimeout(() => submit(text), 400)
    return () => clearTimeout(timer)
  })

  const errorAt = error?.position ?? null
  return (
    <div className="query">
      <div className={error ? 'query-box query-bad' : 'query-box'}>
        <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" /><path d="m10.5 10.5 4 4" stroke="currentColor" strokeWidth="1.5" /></svg>
        <div className="query-field">
          <div className="query-paint" ref={paint} aria-hidden="true">
            {partsOf(text).map((part) => {
              const bad = errorAt !== null && errorAt >= part.start && errorAt < part.start + Math.max(1, part.text.length) && part.kind !== 'space'
              return <span key={part.start} className={`query-${part.kind}${bad ? ' query-mistake' : ''}`}>
                {part.kind === 'qualifier' ? <><span className="query-name">{part.text.slice(0, part.text.length - part.value!.length)}</span>{part.value}</> : part.text}
              </span>
            })}
          </div>
          <input
            data-search="" type="text" spellCheck={false} autoComplete="off" autoCapitalize="off" aria-label={label} aria-invalid={!!error} placeholder={placeholder} value={text}
            onChange={(event) => setText(event.target.value)} onFocus={() => setFocused(true)} onBlur={() => setFocused(false)}
            onScroll={(event) => { if (paint.current) paint.current.scrollLeft = event.currentTarget.scrollLeft }}
            onKeyDown={(event) => { if (event.key === 'Enter') submit(text) }}
          />
        </div>
        {text ? <button type="button" className="query-clear" aria-label="Clear the search" onClick={() => { setText(''); submit('') }}>Clear</button> : <kbd>/</kbd>}
      </div>
      {error && <p className="query-error" role="alert">{error.message}</p>}
      {focused && !text && (
        <ul className="query-hints" aria-label="Examples">
          {hints.map((hint) => (
            <li key={hint.text}>
              <button type="button" onMouseDown={(event) => { event.preventDefault(); setText(hint.text) }}><code>{hint.text}</code><span>{hint.means}</span></button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
