import { useMemo } from 'react'
import { useParts } from '../api/queries'

/** The pages in the order of the navigation. Each answers one question, which is its title, and is there when what it tells of is. */
export const pages = [
  { path: 'system', name: 'System', key: 's', needs: 'system', question: 'Is the system well?' },
  { path: 'services', name: 'Services', key: 'v', needs: 'system', question: 'Which services run, and how are they?' },
  { path: 'logs', name: 'Logs', key: 'l', needs: 'system', question: 'What are the services saying?' },
  { path: 'traces', name: 'Traces', key: 't', needs: 'system', question: 'Where did the time go?' },
  { path: 'metrics', name: 'Metrics', key: 'm', needs: 'system', question: 'How busy, how broken, how slow?' },
  { path: 'architecture', name: 'Architecture', key: 'a', needs: 'system', question: 'What is it meant to be, and is it?' },
  { path: 'findings', name: 'Findings', key: 'f', needs: 'system', question: 'What should be mended?' },
  { path: 'model', name: 'Model', key: 'o', needs: 'system', question: 'What is declared, and what was made of it?' },
  { path: 'decompose', name: 'Decompose', key: 'd', needs: 'decomposition', question: 'How could this be cut into services?' },
] as const

export type Page = (typeof pages)[number]
export type PageName = Page['path']

/** Those of this console; none until it has said what it shows. */
export function usePages(): Page[] {
  const parts = useParts().data
  return useMemo(() => (parts ? pages.filter((page) => parts[page.needs]) : []), [parts])
}
