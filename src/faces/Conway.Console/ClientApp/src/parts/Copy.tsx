import { useState } from 'react'

/** An id or address in monospace that is copied by one click. */
export function Copy({ text, children, label }: { text: string; children?: string; label?: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1200)
  }
  return (
    <button type="button" className="copy mono" onClick={() => void copy()} title={`Copy ${text}`}>
      {copied ? 'copied' : (children ?? text)}<span className="sr">{label ? `, copy ${label}` : ', copy'}</span>
    </button>
  )
}
