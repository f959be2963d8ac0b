import { useEffect, useMemo, useState } from 'react'
import type { Graph } from '../../api/types'
import { keepLayout, keptLayout, layOut, type Layout } from './layout'
import { structureOf, type Grouping } from './shape'

/** The layout for this structure: from an earlier visit when there is one, else laid out once and kept. */
export function useLayout(graph: Graph | undefined, system: string | undefined, grouping: Grouping, direction: 'RIGHT' | 'DOWN', stores: ReadonlyMap<string, string[]>): { layout: Layout | null; failed: boolean } {
  const structure = useMemo(() => (graph ? structureOf(graph, grouping, direction, stores) : null), [graph, grouping, direction, stores])
  const [made, setMade] = useState<{ structure: string; layout: Layout } | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    if (!graph || !structure || !system || made?.structure === structure) return
    const kept = keptLayout(system, structure)
    if (kept) {
      setMade({ structure, layout: kept })
      return
    }
    let current = true
    layOut(graph, grouping, direction, stores).then(
      (layout) => {
        if (!current) return
        keepLayout(system, structure, layout)
        setMade({ structure, layout })
        setFailed(false)
      },
      () => current && setFailed(true),
    )
    return () => {
      current = false
    }
    // The graph itself changes every two seconds; only its structure asks for a new layout.
  }, [structure, system])

  return { layout: made?.layout ?? null, failed }
}
