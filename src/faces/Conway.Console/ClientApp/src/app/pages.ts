/** The pages in the order of the navigation. Each answers one question, which is its title. */
export const pages = [
  { path: 'system', name: 'System', key: 's', question: 'Is the system well?' },
  { path: 'services', name: 'Services', key: 'v', question: 'Which services run, and how are they?' },
  { path: 'logs', name: 'Logs', key: 'l', question: 'What are the services saying?' },
  { path: 'traces', name: 'Traces', key: 't', question: 'Where did the time go?' },
  { path: 'metrics', name: 'Metrics', key: 'm', question: 'How busy, how broken, how slow?' },
  { path: 'findings', name: 'Findings', key: 'f', question: 'What should be mended?' },
  { path: 'model', name: 'Model', key: 'o', question: 'What is declared, and what was made of it?' },
] as const

export type PageName = (typeof pages)[number]['path']
