import type { ReactNode } from 'react'

type Tone = 'good' | 'wait' | 'warn' | 'bad' | 'off'

/** Each state has a shape of its own, so that it is read without colour: disc, ring, triangle, cross, empty square. */
const shapes: Record<string, { tone: Tone; shape: ReactNode }> = {
  healthy: { tone: 'good', shape: <circle cx="6" cy="6" r="4.5" fill="currentColor" /> },
  running: { tone: 'good', shape: <circle cx="6" cy="6" r="4.5" fill="currentColor" /> },
  succeeded: { tone: 'good', shape: <path d="M2 6.5 4.8 9.3 10 3" fill="none" stroke="currentColor" strokeWidth="2" /> },
  starting: { tone: 'wait', shape: <><circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" /><path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" /></> },
  building: { tone: 'wait', shape: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3 2" /> },
  waiting: { tone: 'wait', shape: <path d="M2.5 2h7L6 6zM2.5 10h7L6 6z" fill="currentColor" /> },
  stopping: { tone: 'off', shape: <><rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" strokeWidth="1.5" /><rect x="4.5" y="4.5" width="3" height="3" fill="currentColor" /></> },
  degraded: { tone: 'warn', shape: <path d="M6 1.2 11.2 10.5H.8z" fill="currentColor" /> },
  unhealthy: { tone: 'warn', shape: <path d="M6 1.2 11.2 10.5H.8z" fill="currentColor" /> },
  ejected: { tone: 'warn', shape: <path d="M6 1.2 11.2 10.5H.8z" fill="none" stroke="currentColor" strokeWidth="1.5" /> },
  failed: { tone: 'bad', shape: <path d="m2 2 8 8m0-8-8 8" stroke="currentColor" strokeWidth="2.4" /> },
  error: { tone: 'bad', shape: <path d="m2 2 8 8m0-8-8 8" stroke="currentColor" strokeWidth="2.4" /> },
  warning: { tone: 'warn', shape: <path d="M6 1.2 11.2 10.5H.8z" fill="currentColor" /> },
  info: { tone: 'off', shape: <path d="M6 1.5v2M6 5v5.5" stroke="currentColor" strokeWidth="2" /> },
  stopped: { tone: 'off', shape: <rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" strokeWidth="1.5" /> },
  none: { tone: 'off', shape: <path d="M2 6h8" stroke="currentColor" strokeWidth="1.6" /> },
}

export const toneOf = (state: string): Tone => shapes[state]?.tone ?? 'off'

export function Shape({ state, size = 10 }: { state: string; size?: number }) {
  return <svg className={`shape tone-${toneOf(state)}`} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">{(shapes[state] ?? shapes.none)!.shape}</svg>
}

/** Shape, colour and word together. */
export function State({ state, children }: { state: string; children?: ReactNode }) {
  return <span className="state"><Shape state={state} /><span className={`tone-${toneOf(state)}`}>{children ?? state}</span></span>
}
