import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { post } from '../api/client'
import { useFindings, useModel, useServices, useSystem, type ServiceVerb } from '../api/queries'
import type { ServiceInfo } from '../api/types'
import { Dialog } from './Dialog'
import { usePages } from './pages'
import { chooseTheme } from './theme'
import { link, navigate } from './url'
import { rank } from './rank'

type Command = { name: string; group: string; run: () => void }

export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const pages = usePages()
  const services = useServices()
  const system = useSystem()
  const model = useModel()
  const findings = useFindings()
  const cache = useQueryClient()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)

  const running = system.data?.name
  const commands = useMemo<Command[]>(() => {
    const known = services.data ?? []
    const names = known.map((service) => service.name)
    const act = (name: string, verb: ServiceVerb) => () => void post(`/services/${encodeURIComponent(name)}/${verb}`).finally(() => cache.invalidateQueries({ queryKey: ['service', name] }))
    return [
      ...pages.map((page) => ({ name: page.name, group: 'Page', run: () => navigate(`/${page.path}`) })),
      ...names.map((name) => ({ name, group: 'Service', run: () => navigate(link('/services', { service: name })) })),
      ...routesOf(model.data?.plan).map((route) => ({ name: `${route.path} → ${route.to}`, group: 'Route', run: () => navigate(link('/services', { service: route.to })) })),
      ...(findings.data ?? []).map((finding) => ({ name: `${finding.code} ${finding.message}`, group: finding.severity === 'info' ? 'Finding' : `Finding, ${finding.severity}`, run: () => navigate(link('/findings', { rule: finding.code })) })),
      ...names.map((name) => ({ name: `Logs of ${name}`, group: 'Logs', run: () => navigate(link('/logs', { query: `service:${name}` })) })),
      ...names.map((name) => ({ name: `Traces of ${name}`, group: 'Traces', run: () => navigate(link('/traces', { query: `service:${name}` })) })),
      ...names.map((name) => ({ name: `Metrics of ${name}`, group: 'Metrics', run: () => navigate(link('/metrics', { service: name })) })),
      ...names.map((name) => ({ name: `Show ${name} in the system`, group: 'Page', run: () => navigate(link('/system', { at: name })) })),
      ...known.flatMap((service) => verbsOf(service).map((verb) => ({ name: `${verb[0]!.toUpperCase()}${verb.slice(1)} ${service.name}`, group: 'Action', run: act(service.name, verb) }))),
      { name: 'Dark', group: 'Theme', run: () => chooseTheme('dark') },
      { name: 'Light', group: 'Theme', run: () => chooseTheme('light') },
      { name: 'As the system', group: 'Theme', run: () => chooseTheme('system') },
      { name: 'Keys', group: 'Help', run: onHelp },
      ...(running ? [{ name: `Stop ${running}`, group: 'Action', run: () => { if (confirm(`Stop ${running} and everything in it?`)) void post('/stop') } }] : []),
    ]
  }, [pages, services.data, running, model.data?.plan, findings.data, cache, onHelp])

  const found = useMemo(() => [...(running ? tracesOf(text) : []), ...rank(commands, text, (command) => `${command.name} ${command.group}`).slice(0, 12), ...(running ? searchesOf(text) : [])], [commands, text, running])
  const choose = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(at + 1 < found.length ? at + 1 : 0)
    else if (event.key === 'ArrowUp') setAt(at > 0 ? at - 1 : found.length - 1)
    else if (event.key === 'Enter') choose(found[at])
    else return
    event.preventDefault()
  }

  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])

  return (
    <Dialog label="Find a page, service, route, finding, trace id or action" className="palette" onClose={onClose}>
      <input autoFocus type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant={found[at] ? `palette-${at}` : undefined} aria-label="Find a page, service, route, finding, trace id or action"
        placeholder="Page, service, route, finding, trace, action" spellCheck={false} value={text} onChange={(event) => { setText(event.target.value); setAt(0) }} onKeyDown={pressed} />
      <ul id="palette-list" ref={list} role="listbox" aria-label="Found">
        {found.map((command, index) => (
          <li key={`${index} ${command.group} ${command.name}`} id={`palette-${index}`} role="option" aria-selected={index === at} onMouseMove={() => setAt(index)} onClick={() => choose(command)}>
            <span className="palette-name">{command.name}</span><span className="quiet">{command.group}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** What can be done to a service as it is now. */
function verbsOf(service: ServiceInfo): ServiceVerb[] {
  if (service.state === 'stopped' || service.state === 'stopping') return ['start']
  return service.kind === 'project' ? ['restart', 'stop', 'rebuild'] : ['restart', 'stop']
}

/** The routes of the gateway as they were planned. */
function routesOf(plan: unknown): { path: string; to: string }[] {
  const routes = (plan as { routes?: unknown } | undefined)?.routes
  return Array.isArray(routes) ? (routes as { route?: { path?: string; to?: string } }[]).flatMap(({ route }) => (route?.path && route.to ? [{ path: route.path, to: route.to }] : [])) : []
}

/** A trace, when its id was typed or pasted: 32 hexadecimal digits, alone or as the second part of a `traceparent`. */
function tracesOf(text: string): Command[] {
  const id = /^(?:00-)?([0-9a-f]{32})(?:-[0-9a-f]{16}-[0-9a-f]{2})?$/.exec(text.trim().toLowerCase())?.[1]
  return id ? [{ name: `Trace ${id}`, group: 'Trace', run: () => navigate(`/traces/${id}`) }] : []
}

/** Whatever was typed can be searched for. */
function searchesOf(text: string): Command[] {
  const words = text.trim()
  if (!words) return []
  return [
    { name: `Search the logs for ${words}`, group: 'Logs', run: () => navigate(link('/logs', { query: words })) },
    { name: `Search the traces for ${words}`, group: 'Traces', run: () => navigate(link('/traces', { query: words })) },
  ]
}
