import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { post } from '../api/client'
import { useServices, useSystem } from '../api/queries'
import { Dialog } from './Dialog'
import { pages } from './pages'
import { chooseTheme } from './theme'
import { link, navigate } from './url'
import { rank } from './rank'

type Command = { name: string; group: string; run: () => void }

export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const services = useServices()
  const system = useSystem()
  const cache = useQueryClient()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)

  const commands = useMemo<Command[]>(() => {
    const names = (services.data ?? []).map((service) => service.name)
    const act = (name: string, verb: string) => () => void post(`/services/${name}/${verb}`).finally(() => cache.invalidateQueries({ queryKey: ['service', name] }))
    return [
      ...pages.map((page) => ({ name: page.name, group: 'Page', run: () => navigate(`/${page.path}`) })),
      ...names.map((name) => ({ name, group: 'Service', run: () => navigate(link('/services', { service: name })) })),
      ...names.map((name) => ({ name: `Logs of ${name}`, group: 'Logs', run: () => navigate(link('/logs', { query: `service:${name}` })) })),
      ...names.map((name) => ({ name: `Traces of ${name}`, group: 'Traces', run: () => navigate(link('/traces', { query: `service:${name}` })) })),
      ...names.map((name) => ({ name: `Restart ${name}`, group: 'Action', run: act(name, 'restart') })),
      { name: 'Dark', group: 'Theme', run: () => chooseTheme('dark') },
      { name: 'Light', group: 'Theme', run: () => chooseTheme('light') },
      { name: 'As the system', group: 'Theme', run: () => chooseTheme('system') },
      { name: 'Keys', group: 'Help', run: onHelp },
      { name: `Stop ${system.data?.name ?? 'the system'}`, group: 'Action', run: () => { if (confirm(`Stop ${system.data?.name ?? 'the system'} and everything in it?`)) void post('/stop') } },
    ]
  }, [services.data, system.data?.name, cache, onHelp])

  const found = useMemo(() => rank(commands, text, (command) => `${command.name} ${command.group}`).slice(0, 12), [commands, text])
  const choose = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else if (event.key === 'Enter') choose(found[at])
    else return
    event.preventDefault()
  }

  return (
    <Dialog label="Find a page, service or action" className="palette" onClose={onClose}>
      <input autoFocus type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant={found[at] ? `palette-${at}` : undefined} aria-label="Find a page, service or action"
        placeholder="Find a page, service or action" spellCheck={false} value={text} onChange={(event) => { setText(event.target.value); setAt(0) }} onKeyDown={pressed} />
      <ul id="palette-list" role="listbox" aria-label="Found">
        {found.map((command, index) => (
          <li key={`${command.group} ${command.name}`} id={`palette-${index}`} role="option" aria-selected={index === at} onMouseMove={() => setAt(index)} onClick={() => choose(command)}>
            {command.name}<span className="quiet">{command.group}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet palette-none">Nothing is called that.</p>}
    </Dialog>
  )
}
