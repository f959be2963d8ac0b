import type { CSSProperties } from 'react'

/** A service by its colour and its name. */
export function ServiceName({ name, hues }: { name: string; hues: Map<string, number> }) {
  return <span className="service-name"><span className="service-dot" style={hueOf(name, hues)} aria-hidden="true" />{name}</span>
}

export const hueOf = (name: string, hues: Map<string, number>) => ({ '--hue': hues.get(name) ?? 0 }) as CSSProperties
