import type { ReactNode } from 'react'
import { Problem } from '../api/client'

/** What stands where there is nothing yet: one sentence, and the next thing to do. */
export function Empty({ children, command }: { children: ReactNode; command?: string }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {command && <pre className="command"><code>{command}</code></pre>}
    </div>
  )
}

/** What happened, what still works, and what to do. */
export function Failure({ error, onRetry, still }: { error: unknown; onRetry?: () => void; still?: string }) {
  const title = error instanceof Problem ? error.title : 'This could not be shown'
  const detail = error instanceof Error ? error.message : ''
  return (
    <div className="failure" role="alert">
      <p><strong>{title}.</strong> {detail !== title && detail}</p>
      {still && <p className="quiet">{still}</p>}
      {onRetry && <button type="button" className="button" onClick={onRetry}>Try again</button>}
    </div>
  )
}

/** Says what is being waited for; appears only after a moment, so that quick answers do not flicker. */
export function Waiting({ children }: { children: ReactNode }) {
  return <p className="waiting" role="status">{children}</p>
}

export function Page({ question, answer, children, tools, fill }: { question: string; answer: ReactNode; children: ReactNode; tools?: ReactNode; fill?: boolean }) {
  return (
    <div className={fill ? 'page page-fill' : 'page'}>
      <header className="page-head">
        <div className="page-words">
          <h1>{question}</h1>
          <div className="answer">{answer}</div>
        </div>
        {tools && <div className="page-tools">{tools}</div>}
      </header>
      {children}
    </div>
  )
}
