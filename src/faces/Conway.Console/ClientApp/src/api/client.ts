/** An answer that was not the wanted one, in words a person can act on. */
export class Problem extends Error {
  readonly status: number
  readonly title: string
  readonly detail: string
  /** Where in the sent query the trouble is, in characters from 0; null when it is not about a query. */
  readonly position: number | null

  constructor(status: number, title: string, detail: string, position: number | null = null) {
    super(detail || title)
    this.status = status
    this.title = title
    this.detail = detail
    this.position = position
  }
}

type Parameters = Record<string, string | number | null | undefined>

export function address(path: string, parameters: Parameters = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const query = search.toString()
  return `/api/v1${path}${query ? `?${query}` : ''}`
}

async function ask<T>(method: string, url: string, signal?: AbortSignal, sent?: unknown): Promise<T> {
  let answer: Response
  try {
    const body = sent === undefined ? null : JSON.stringify(sent)
    answer = await fetch(url, { method, body, signal: signal ?? null, credentials: 'same-origin', headers: { accept: 'application/json', ...(body === null ? {} : { 'content-type': 'application/json' }) } })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new Problem(0, 'Conway does not answer', 'It could not be reached. It may have been stopped; start it again as you did before.')
  }

  const text = await answer.text()
  const body: unknown = readJson(text)
  if (answer.ok) return body as T

  const problem = (body ?? {}) as { title?: string; detail?: string; position?: number }
  throw new Problem(answer.status, problem.title ?? `Answer ${answer.status}`, problem.detail ?? '', problem.position ?? null)
}

function readJson(text: string): unknown {
  if (!text) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const get = <T>(path: string, parameters?: Parameters, signal?: AbortSignal) => ask<T>('GET', address(path, parameters), signal)
export const post = <T>(path: string, body?: unknown) => ask<T>('POST', address(path), undefined, body)
