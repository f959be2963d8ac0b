import { useMemo } from 'react'
import type { Architecture, Finding, MapContext, MapDependency, MapRelation } from '../../api/types'
import { Link } from '../../app/Link'
import { plural } from '../../parts/format'
import { Diagram, type DiagramBox, type DiagramLine } from './Diagram'
import { FindingNote } from './FindingNote'
import { linesOf } from './place'
import { kinds, patterns } from './words'

/** Beyond so many lines the picture is read by what is declared; the rest comes when a context is chosen. */
const drawnMax = 40
const servicesShown = 6
const without = '(no context)'

type Props = { of: Architecture; at: string; go: (change: Record<string, string>) => string; direction: 'RIGHT' | 'DOWN' }

export type Border = { id: string; from: string; to: string; relation: MapRelation | null; there: MapDependency | undefined; back: MapDependency | undefined; findings: Finding[] }

/** Every pair of contexts that relate or depend: by a relation, seen from downstream, else by a dependency that is on no map. */
export function bordersOf(of: Architecture): Border[] {
  const dependency = new Map(of.dependencies.map((one) => [`${one.from}>${one.to}`, one]))
  const findings = (a: string, b: string) => [...(dependency.get(`${a}>${b}`)?.findings ?? []), ...(dependency.get(`${b}>${a}`)?.findings ?? [])]
  const related = new Set<string>()
  const borders = of.relations.map((relation, index): Border => {
    const first = !related.has(`${relation.downstream}>${relation.upstream}`)
    related.add(`${relation.downstream}>${relation.upstream}`).add(`${relation.upstream}>${relation.downstream}`)
    return {
      id: `${relation.downstream}>${relation.upstream}${of.relations.findIndex((one) => one.downstream === relation.downstream && one.upstream === relation.upstream) === index ? '' : `>${index}`}`,
      from: relation.downstream, to: relation.upstream, relation, there: dependency.get(`${relation.downstream}>${relation.upstream}`), back: dependency.get(`${relation.upstream}>${relation.downstream}`),
      findings: first ? findings(relation.downstream, relation.upstream) : [],
    }
  })
  return [...borders, ...of.dependencies.filter((one) => !related.has(`${one.from}>${one.to}`)).map((one): Border => ({ id: `${one.from}>${one.to}`, from: one.from, to: one.to, relation: null, there: one, back: undefined, findings: one.findings }))]
}

export function ContextMap({ of, at, go, direction }: Props) {
  const borders = useMemo(() => bordersOf(of), [of])
  const loose = useMemo(() => of.services.filter((service) => !of.contexts.some((context) => context.name === service.context)).map((service) => service.name), [of])
  const many = borders.length > drawnMax
  const boxes: DiagramBox[] = [...of.contexts, ...(loose.length > 0 ? [{ name: without, kind: null, capability: null, team: null, description: null, services: loose, language: [] } satisfies MapContext] : [])].map((context) => {
    const width = 216
    const extra = context.services.length > servicesShown ? 1 : 0
    const nameLines = linesOf(context.name, width - 92, 9, 8)
    const rows = context.services.slice(0, servicesShown).reduce((sum, service) => sum + linesOf(service, width - 30, 9, 7), 0)
    return {
      id: context.name, width, height: 18 + nameLines * 19 + linesOf(context.team ?? 'nobody owns it', width - 30, 9, 6.8) * 17 + 8 + (rows + extra + (context.services.length === 0 ? 1 : 0)) * 18, className: `context context-${context.kind ?? 'unknown'}`,
      href: go({ at: context.name }), chosen: context.name === at,
      content: (
        <>
          <span className="context-head"><span className="sr">context </span><strong>{context.name}</strong>{context.kind && <span className={`kind kind-${context.kind}`}>{context.kind}</span>}</span>
          <span className="quiet context-team">{context.name === without ? 'in no context' : (context.team ?? 'nobody owns it')}</span>
          <span className="context-services">{context.services.slice(0, servicesShown).map((service) => <span key={service}>{service}</span>)}{extra > 0 && <span className="quiet">and {context.services.length - servicesShown} more</span>}{context.services.length === 0 && <span className="quiet">no service</span>}</span>
        </>
      ),
    }
  })

  const lines = borders.flatMap((border): DiagramLine[] => {
    const near = border.from === at || border.to === at || border.id === at
    const grave = border.findings.some((finding) => finding.severity === 'error')
    const offMap = border.relation === null
    if (offMap && many && !near && !grave) return []
    const pattern = border.relation ? patterns[border.relation.as] : null
    const marked = border.findings.length > 0
    const what = pattern?.name ?? (of.relations.length > 0 ? 'not on the map' : amount(border))
    return [{
      id: border.id, from: border.from, to: border.to, href: go({ at: border.id }), chosen: border.id === at, placed: !(offMap && many),
      tone: grave ? 'bad' : marked || (offMap && of.relations.length > 0) ? 'warn' : near ? 'plain' : 'quiet', arrow: offMap,
      ...(offMap ? { dash: 'long' as const } : border.relation!.as === 'separateWays' ? { dash: 'dots' as const } : {}),
      label: (offMap && many) || (many && !near && !marked) ? undefined : `${grave ? '✕ ' : marked ? '▲ ' : ''}${what}${marked && pattern ? ` · ${verdict(border)}` : ''}`,
      ends: pattern && pattern.down ? [pattern.down, pattern.up] : undefined,
      spoken: `${border.from} ${border.relation && !border.relation.mutual ? 'is downstream of' : border.relation ? 'and' : 'depends on'} ${border.to}`,
    }]
  })
  return <Diagram boxes={boxes} lines={lines} direction={direction} name="Context map" />
}

export const amount = (border: Border) => [border.there, border.back].reduce((sum, one) => sum + (one?.calls ?? 0), 0) + [border.there, border.back].reduce((sum, one) => sum + (one?.events ?? 0), 0) === 0 ? 'no call'
  : [[border.there, border.back].reduce((sum, one) => sum + (one?.calls ?? 0), 0), [border.there, border.back].reduce((sum, one) => sum + (one?.events ?? 0), 0)].map((value, index) => (value > 0 ? plural(value, index === 0 ? 'call' : 'event') : '')).filter(Boolean).join(', ')

const verdict = (border: Border) => (border.findings.some((finding) => finding.code === 'CW7104' || finding.code === 'CW3303') ? 'crossed' : border.findings.some((finding) => finding.code === 'CW3305') ? 'against the map' : plural(border.findings.length, 'finding'))

export function MapPanel({ of, at, go, close }: { of: Architecture; at: string; go: Props['go']; close: () => void }) {
  const border = bordersOf(of).find((one) => one.id === at)
  const context = of.contexts.find((one) => one.name === at)
  if (border) return <BorderPanel border={border} go={go} close={close} mapped={of.relations.length > 0} />
  if (context) return <ContextPanel of={of} context={context} go={go} close={close} />
  if (at !== without) return null
  return (
    <aside className="panel" aria-label="Services in no context">
      <div className="panel-head"><h2>In no context</h2><button type="button" className="button plain" data-close="" onClick={close}>Close</button></div>
      <div className="section"><p>Nobody has said which language these services speak. Write <code>context:</code> in each.</p></div>
      <div className="section"><ul className="plain-list">{of.services.filter((service) => !of.contexts.some((one) => one.name === service.context)).map((service) => <li key={service.name}><Link href={go({ view: 'c4', level: 'component', at: service.name })}>{service.name}</Link></li>)}</ul></div>
    </aside>
  )
}

function ContextPanel({ of, context, go, close }: { of: Architecture; context: MapContext; go: Props['go']; close: () => void }) {
  const borders = bordersOf(of).filter((one) => one.from === context.name || one.to === context.name)
  return (
    <aside className="panel" aria-label={`Context ${context.name}`}>
      <div className="panel-head"><h2>{context.name}</h2><button type="button" className="button plain" data-close="" onClick={close}>Close</button></div>
      <div className="section">
        {context.description && <p>{context.description}</p>}
        <dl className="facts">
          <dt>Kind</dt><dd>{context.kind ? `${context.kind}: ${kinds[context.kind]}` : 'the model does not say'}</dd>
          <dt>Team</dt><dd>{context.team ?? <span className="tone-warn">nobody owns it</span>}</dd>
          {context.capability && <><dt>Capability</dt><dd>{context.capability}</dd></>}
        </dl>
      </div>
      <div className="section"><h3>{plural(context.services.length, 'service')}</h3><ul className="plain-list">{context.services.map((service) => <li key={service}><Link data-row="" href={go({ view: 'c4', level: 'component', at: service })}>{service}</Link></li>)}</ul></div>
      {borders.length > 0 && <div className="section"><h3>Borders</h3><ul className="plain-list">{borders.map((border) => <li key={border.id}><Link data-row="" href={go({ at: border.id })}>{border.from === context.name ? `→ ${border.to}` : `← ${border.from}`}</Link> <span className={border.findings.length > 0 || (!border.relation && of.relations.length > 0) ? 'tone-warn' : 'quiet'}>{border.relation ? patterns[border.relation.as].name : 'not on the map'}{border.findings.length > 0 && `, ${plural(border.findings.length, 'finding')}`}</span></li>)}</ul></div>}
      {context.language.length > 0 && <div className="section"><h3>Language</h3><dl className="facts">{context.language.map((term) => <div key={term.name} className="facts-pair"><dt>{term.name}</dt><dd>{term.meaning}</dd></div>)}</dl></div>}
    </aside>
  )
}

function BorderPanel({ border, go, close, mapped }: { border: Border; go: Props['go']; close: () => void; mapped: boolean }) {
  const pattern = border.relation ? patterns[border.relation.as] : null
  return (
    <aside className="panel" aria-label={`Border of ${border.from} and ${border.to}`}>
      <div className="panel-head"><h2>{border.from} {border.relation?.mutual ? '–' : '→'} {border.to}</h2><button type="button" className="button plain" data-close="" onClick={close}>Close</button></div>
      <div className="section">
        {pattern ? <p><strong>{pattern.name}.</strong> {pattern.means}</p> : <p className={mapped ? 'tone-warn' : undefined}><strong>Not on the map.</strong> Nobody has said how the two relate.</p>}
        {border.relation && !border.relation.mutual && <dl className="facts"><dt>Downstream</dt><dd><Link href={go({ at: border.from })}>{border.from}</Link></dd><dt>Upstream</dt><dd><Link href={go({ at: border.to })}>{border.to}</Link></dd></dl>}
        {border.relation && <p className="quiet">Declared at <Link className="mono" href={`/model?path=${encodeURIComponent(border.relation.modelPath)}`}>{border.relation.modelPath}</Link></p>}
      </div>
      {border.findings.length > 0 && <div className="section notes">{border.findings.map((finding, index) => <FindingNote key={`${finding.code} ${index}`} finding={finding} />)}</div>}
      {[border.there, border.back].map((one) => one && one.crossings.length > 0 && (
        <div className="section" key={one.from}><h3>{one.from} depends on {one.to} by</h3><ul className="plain-list">{one.crossings.map((crossing) => <li key={crossing.modelPath}><Link href={`/model?path=${encodeURIComponent(crossing.modelPath)}`}>{crossing.depends} → {crossing.on}</Link> <span className="quiet">{crossing.event ? crossing.says : 'call'}</span></li>)}</ul></div>
      ))}
      {!border.there?.crossings.length && !border.back?.crossings.length && <div className="section"><p className="quiet">No declared call or event crosses it.</p></div>}
    </aside>
  )
}
