import { useState } from 'react'

/** The plan in use, as a tree that opens where one looks. */
export function Plan({ plan }: { plan: unknown }) {
  return (
    <div className="plan mono" role="region" aria-label="The plan">
      <p className="quiet plan-note">Everything that was decided from the model before anything was started. <code>conway run --plan</code> prints the same.</p>
      <Value value={plan} depth={0} />
    </div>
  )
}

function Value({ value, depth }: { value: unknown; depth: number }) {
  if (value === null || typeof value !== 'object') return <span className={value === null ? 'quiet' : typeof value === 'string' ? 'yaml-string' : undefined}>{value === null ? 'not set' : String(value)}</span>
  const entries = Array.isArray(value) ? value.map((item, index): [string, unknown] => [nameOf(item) ?? String(index), item]) : Object.entries(value)
  if (entries.length === 0) return <span className="quiet">none</span>
  return <ul>{entries.map(([name, item], index) => <Entry key={`${name} ${index}`} name={name} value={item} depth={depth} />)}</ul>
}

function Entry({ name, value, depth }: { name: string; value: unknown; depth: number }) {
  const nested = value !== null && typeof value === 'object' && Object.keys(value).length > 0
  const [open, setOpen] = useState(depth < 1)
  if (!nested) return <li><span className="plan-name">{name}</span> <Value value={value} depth={depth + 1} /></li>
  return (
    <li>
      <button type="button" className="plan-toggle" aria-expanded={open} onClick={() => setOpen(!open)}><span aria-hidden="true">{open ? '−' : '+'}</span><span className="plan-name">{name}</span>{!open && <span className="quiet"> {Object.keys(value).length}</span>}</button>
      {open && <Value value={value} depth={depth + 1} />}
    </li>
  )
}

const nameOf = (item: unknown): string | null => {
  if (item === null || typeof item !== 'object') return null
  const { name, id } = item as { name?: unknown; id?: unknown }
  return typeof name === 'string' ? name : typeof id === 'string' ? id : null
}
