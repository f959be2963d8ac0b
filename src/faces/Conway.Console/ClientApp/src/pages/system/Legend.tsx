import { Shape } from '../../parts/State'

/** Open where there is room for it beside the picture. */
export function Legend({ open }: { open: boolean }) {
  return (
    <details className="legend" open={open}>
      <summary>Legend</summary>
      <ul>
        <li><Line kind="exercised" width={2.4} />declared and used; wider is busier</li>
        <li><Line kind="unexercised" width={1.2} />declared, not used in the last 60 s</li>
        <li><Line kind="drift" width={2} />used, but not declared</li>
        <li><Line kind="exercised" width={2.4} failing />some calls fail</li>
      </ul>
      <ul className="legend-states">
        {['healthy', 'starting', 'waiting', 'unhealthy', 'failed', 'stopped'].map((state) => <li key={state}><Shape state={state} size={10} />{state}</li>)}
      </ul>
      <p>In a box: requests/s, errors, p99, last 60 s</p>
    </details>
  )
}

const Line = ({ kind, width, failing }: { kind: string; width: number; failing?: boolean }) => (
  <svg width="34" height="8" aria-hidden="true"><path d="M1 4h32" className={`call call-${kind}${failing ? ' call-failing' : ''}`} style={{ strokeWidth: width }} /></svg>
)
