import { useIsFetching } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useState, type ComponentType } from 'react'
import { useParts, useSystem } from '../api/queries'
import type { Live } from '../api/live'
import { Problem } from '../api/client'
import { Failure, Waiting } from '../parts/Notes'
import { Boundary } from './Boundary'
import { Connection } from './Connection'
import { Header } from './Header'
import { Help } from './Help'
import { useKeys } from './keys'
import { LockedOut } from './LockedOut'
import { Navigation } from './Navigation'
import { pages as allPages, usePages, type PageName } from './pages'
import { Palette } from './Palette'
import { NotFound } from './NotFound'
import { usePath } from './url'

const bodies: Record<PageName, ComponentType> = {
  system: lazy(() => import('../pages/system/SystemPage')),
  services: lazy(() => import('../pages/services/ServicesPage')),
  logs: lazy(() => import('../pages/logs/LogsPage')),
  traces: lazy(() => import('../pages/traces/TracesPage')),
  metrics: lazy(() => import('../pages/metrics/MetricsPage')),
  architecture: lazy(() => import('../pages/architecture/ArchitecturePage')),
  findings: lazy(() => import('../pages/findings/FindingsPage')),
  model: lazy(() => import('../pages/model/ModelPage')),
  decompose: lazy(() => import('../pages/decompose/DecomposePage')),
}

export function App({ live }: { live: Live }) {
  const path = usePath()
  const parts = useParts()
  const pages = usePages()
  const system = useSystem()
  // Busy while something is awaited for the first time; what is only asked for again is already shown.
  const busy = useIsFetching({ predicate: (query) => query.state.data === undefined }) > 0
  const [opened, setOpened] = useState<'help' | 'palette' | null>(null)

  useKeys(useMemo(() => ({
    help: () => setOpened('help'),
    palette: () => setOpened('palette'),
    escape: () => {
      const close = document.querySelector<HTMLElement>('[data-close]')
      close?.click()
      return close !== null || history.length < 2
    },
  }), []), pages)

  const shown = parts.data
  useEffect(() => {
    if (shown?.system) live.start()
  }, [shown?.system, live])

  // A page that the address names is begun at once, not only when the console has said what it shows: it asks before events come.
  const page = (shown ? pages : allPages).find((one) => one.path === (path[0] ?? pages[0]?.path))
  const name = system.data?.name ?? shown?.name ?? 'Conway'
  useEffect(() => {
    if (shown) document.title = `${page?.name ?? 'Not found'} · ${name}`
  }, [page, name, shown])

  if ([parts.error, system.error].some((error) => error instanceof Problem && error.status === 401)) return <LockedOut />

  const Body = page ? bodies[page.path] : NotFound
  return (
    <>
      <a className="skip" href="#main">Skip to the page</a>
      <Header name={name} system={system.data} onHelp={() => setOpened('help')} onPalette={() => setOpened('palette')} />
      <Connection live={live} />
      <div className="frame">
        <Navigation at={page?.path ?? null} findings={system.data?.findings} />
        <main id="main" tabIndex={-1} aria-busy={busy}>
          {parts.error && !shown && <div className="page"><Failure error={parts.error} onRetry={() => void parts.refetch()} /></div>}
          {(shown || page) && <Boundary key={page?.path}><Suspense fallback={<Waiting>Loading the page</Waiting>}><Body /></Suspense></Boundary>}
        </main>
      </div>
      {opened === 'help' && <Help onClose={() => setOpened(null)} />}
      {opened === 'palette' && <Palette onClose={() => setOpened(null)} onHelp={() => setOpened('help')} />}
    </>
  )
}
