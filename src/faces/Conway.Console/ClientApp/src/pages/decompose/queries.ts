import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post } from '../../api/client'
import type { DecompositionBoard, DecompositionBoundary, DecompositionEdit, DecompositionMove, DecompositionOverview, DecompositionUnit } from '../../api/types'

const at = (cut: string) => `/decomposition/alternatives/${encodeURIComponent(cut)}`

/** Asked for again when a person comes back from the editor: the file of constraints may have been written there. */
export const useOverview = () => useQuery({ queryKey: ['decomposition'], refetchOnWindowFocus: true, queryFn: ({ signal }) => get<DecompositionOverview>('/decomposition', {}, signal) })

export const useBoard = (cut: string, revision: number) =>
  useQuery({ queryKey: ['decomposition-board', cut, revision], enabled: cut !== '', staleTime: Infinity, gcTime: 30_000, placeholderData: keepPreviousData, queryFn: ({ signal }) => get<DecompositionBoard>(at(cut), {}, signal) })

const unitQuery = (cut: string, revision: number, unit: number | null) => ({
  queryKey: ['decomposition-unit', cut, revision, unit], enabled: unit !== null, staleTime: Infinity, gcTime: 60_000,
  queryFn: ({ signal }: { signal: AbortSignal }) => get<DecompositionUnit>(`${at(cut)}/units/${unit}`, {}, signal),
})

/** With the price of every move of it, so that choosing a target needs no further answer. */
export const useUnit = (cut: string, revision: number, unit: number | null) => useQuery(unitQuery(cut, revision, unit))

export function usePrefetchUnit(cut: string, revision: number) {
  const cache = useQueryClient()
  return (unit: number) => void cache.prefetchQuery(unitQuery(cut, revision, unit))
}

export const useBoundary = (cut: string, revision: number, a: string, b: string) =>
  useQuery({ queryKey: ['decomposition-boundary', cut, revision, a, b], staleTime: Infinity, gcTime: 60_000, queryFn: ({ signal }) => get<DecompositionBoundary>(`${at(cut)}/boundary`, { a, b }, signal) })

/** Moves, edits and undo all answer with what is proposed then. */
export function useChange() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (change: { move: DecompositionMove } | { edit: DecompositionEdit } | { undo: true }) =>
      'move' in change ? post<DecompositionOverview>('/decomposition/moves', change.move) : 'edit' in change ? post<DecompositionOverview>('/decomposition/edits', change.edit) : post<DecompositionOverview>('/decomposition/undo'),
    onSuccess: (now) => cache.setQueryData(['decomposition'], now),
    onError: () => void cache.invalidateQueries({ queryKey: ['decomposition'] }),
  })
}
