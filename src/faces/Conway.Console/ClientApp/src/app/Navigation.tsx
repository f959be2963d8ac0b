import { useEffect, useRef } from 'react'
import type { FindingCounts } from '../api/types'
import { plural } from '../parts/format'
import { Shape } from '../parts/State'
import { Link } from './Link'
import { usePages } from './pages'

export function Navigation({ at, findings }: { at: string | null; findings: FindingCounts | undefined }) {
  // Where the list is a narrow strip, the present page is brought into it.
  const pages = usePages()
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [at, pages])
  return (
    <nav className="side" aria-label="Pages" ref={list}>
      <ul>
        {pages.map((page) => (
          <li key={page.path}>
            <Link href={`/${page.path}`} aria-current={page.path === at ? 'page' : undefined} title={`${page.question}  (g ${page.key})`}>
              {page.name}
              {page.path === 'findings' && findings && <Counts findings={findings} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Counts({ findings }: { findings: FindingCounts }) {
  if (findings.error) return <span className="side-count" aria-label={plural(findings.error, 'error')}><Shape state="error" size={9} />{findings.error}</span>
  if (findings.warning) return <span className="side-count" aria-label={plural(findings.warning, 'warning')}><Shape state="warning" size={9} />{findings.warning}</span>
  return null
}
