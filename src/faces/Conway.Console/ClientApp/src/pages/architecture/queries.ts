import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get } from '../../api/client'
import type { Architecture } from '../../api/types'

/** What can be looked at beside the model, and how it is called on the page. */
export const looks: [string, string][] = [['traces', 'Traffic'], ['code', 'Source'], ['git', 'History'], ['manifests', 'Manifests']]

/** The address says nothing: the traffic of this run. `model`: nothing beside the model. */
export const lookOf = (parameter: string): string[] => (parameter === '' ? ['traces'] : parameter === 'model' ? [] : looks.map(([word]) => word).filter((word) => parameter.split(',').includes(word)))
export const parameterOf = (look: string[]): string => (look.length === 0 ? 'model' : look.length === 1 && look[0] === 'traces' ? '' : look.join(','))

/** Looked at once, and again when the model changes or somebody says so: reading source or a run is no small thing. */
export const useArchitecture = (look: string[]) =>
  useQuery({ queryKey: ['architecture', look.join(',')], staleTime: Infinity, retry: false, placeholderData: keepPreviousData, queryFn: ({ signal }) => get<Architecture>('/architecture', { look: look.join(',') }, signal) })
