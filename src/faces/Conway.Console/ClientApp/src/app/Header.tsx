import { useEffect, useState } from 'react'
import type { SystemInfo } from '../api/types'
import { Copy } from '../parts/Copy'
import { duration } from '../parts/format'
import { State } from '../parts/State'
import { Link } from './Link'
import { chooseTheme, useTheme, type Theme } from './theme'

const next: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' }
const themeName: Record<Theme, string> = { system: 'Auto', dark: 'Dark', light: 'Light' }

export function Header({ name, system, onHelp, onPalette }: { name: string; system: SystemInfo | undefined; onHelp: () => void; onPalette: () => void }) {
  const theme = useTheme()
  return (
    <header className="top">
      <Link href="/" className="brand" aria-label="Conway, to the first page"><Mark /></Link>
      <strong className="top-name">{name}</strong>
      {system && <State state={system.state} />}
      {system?.environment && <span className="quiet">{system.environment}</span>}
      {system && <span className="top-run"><span className="quiet">run</span> <Copy text={system.run} /> <span className="quiet"><Uptime since={system.startedAt} /></span></span>}
      <span className="top-space" />
      {system?.gatewayUrl && <span className="top-gateway"><span className="quiet">gateway</span> <a className="mono" href={system.gatewayUrl} target="_blank" rel="noreferrer">{system.gatewayUrl.replace('http://', '')}</a></span>}
      <button type="button" className="button plain top-find" onClick={onPalette}>Find <kbd>Ctrl K</kbd></button>
      <button type="button" className="button plain" onClick={() => chooseTheme(next[theme])} title="Change between automatic, dark and light"><span className="sr">Theme: </span>{themeName[theme]}</button>
      <button type="button" className="button plain top-keys" onClick={onHelp} aria-label="Show the keys"><kbd>?</kbd></button>
    </header>
  )
}

function Uptime({ since }: { since: string }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return <>for {duration(Math.max(0, Math.floor((now - Date.parse(since)) / 60_000)) * 60_000 || 1000 * Math.max(1, Math.round((now - Date.parse(since)) / 1000)))}</>
}

const Mark = () => (
  <svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M6 12h6m0 0 6-6m-6 6 6 6" fill="none" stroke="currentColor" strokeWidth="1.6" />
    <circle cx="5" cy="12" r="3" fill="currentColor" /><circle cx="12" cy="12" r="2.2" fill="currentColor" /><circle cx="19" cy="5.5" r="2.6" fill="currentColor" /><circle cx="19" cy="18.5" r="2.6" fill="currentColor" />
  </svg>
)
