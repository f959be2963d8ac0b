import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post } from './client'
import type { Comparison, ConsoleParts, Explanation, Finding, FindingHistory, Graph, JourneyList, Metric, MetricSeries, ModelOverview, ModelChange, Red, Rule, ServiceDetail, ServiceInfo, SystemInfo, TelemetryOverview, TelemetryRunDetail, Trace, TracePage } from './types'

/** What this console shows: it does not change while it runs. */
export const useParts = () => useQuery({ queryKey: ['console'], staleTime: Infinity, queryFn: ({ signal }) => get<ConsoleParts>('/console', {}, signal) })
const useHasSystem = (): boolean => useParts().data?.system ?? false

export const useSystem = () => useQuery({ queryKey: ['system'], enabled: useHasSystem(), queryFn: ({ signal }) => get<SystemInfo>('/system', {}, signal) })
export const useServices = () => useQuery({ queryKey: ['services'], enabled: useHasSystem(), queryFn: ({ signal }) => get<ServiceInfo[]>('/services', {}, signal) })
export const useGraph = () => useQuery({ queryKey: ['graph'], queryFn: ({ signal }) => get<Graph>('/graph', { windowMs: 60_000 }, signal) })
export const useJourneys = () => useQuery({ queryKey: ['journeys'], queryFn: ({ signal }) => get<JourneyList>('/journeys', {}, signal), refetchInterval: 5_000 })
export const useTelemetry = () => useQuery({ queryKey: ['telemetry'], queryFn: ({ signal }) => get<TelemetryOverview>('/telemetry', {}, signal), refetchInterval: 10_000 })
export const useFindings = () => useQuery({ queryKey: ['findings'], enabled: useHasSystem(), queryFn: async ({ signal }) => (await get<{ findings: Finding[] }>('/findings', {}, signal)).findings })
export const useFindingHistory = () => useQuery({ queryKey: ['findings', 'history'], enabled: useHasSystem(), queryFn: ({ signal }) => get<FindingHistory>('/findings/history', {}, signal) })
export const useModel = () => useQuery({ queryKey: ['model'], enabled: useHasSystem(), queryFn: ({ signal }) => get<ModelOverview>('/model', {}, signal) })
/** What the last edit of the model did; only ever told by the event stream. */
export const useModelChange = () => useQuery<ModelChange>({ queryKey: ['model-change'], enabled: false, queryFn: () => Promise.reject(new Error('told, never asked')) })

export const useService = (name: string | null) =>
  useQuery({ queryKey: ['service', name], enabled: name !== null, refetchInterval: 5_000, queryFn: ({ signal }) => get<ServiceDetail>(`/services/${encodeURIComponent(name!)}`, {}, signal) })

export const useRule = (code: string | null) =>
  useQuery({ queryKey: ['rule', code], enabled: code !== null, staleTime: Infinity, queryFn: ({ signal }) => get<Rule>(`/findings/rules/${encodeURIComponent(code!)}`, {}, signal) })

export const useExplanation = (path: string | null) =>
  useQuery({ queryKey: ['explain', path], enabled: !!path, queryFn: ({ signal }) => get<Explanation>('/model/explain', { path }, signal) })

/** The newest traces first; whoever asks for older ones is no longer shown newer ones, which would push them down. */
export const useTraces = (query: string, run: string, paused: boolean) =>
  useInfiniteQuery({
    queryKey: ['traces', query, run], placeholderData: keepPreviousData,
    refetchInterval: (asked) => (paused || run || (asked.state.data?.pages.length ?? 0) > 1 ? false : 5_000),
    initialPageParam: '', getNextPageParam: (last: TracePage) => last.before,
    queryFn: ({ pageParam, signal }) => get<TracePage>('/traces', { query, run, limit: 100, before: pageParam }, signal),
  })

export const useTrace = (id: string | null, run: string) =>
  useQuery({ queryKey: ['trace', id, run], enabled: id !== null, queryFn: ({ signal }) => get<Trace>(`/traces/${encodeURIComponent(id!)}`, { run }, signal) })

/** One service with its routes; or, when none is named, all services without theirs: of hundreds of services the routes would be most of the answer. Without a window: the whole of an earlier run. */
export const useRed = (windowMs: number | null, run: string, service: string) =>
  useQuery({ queryKey: ['red', windowMs, run, service], placeholderData: keepPreviousData, refetchInterval: run ? false : 5_000, queryFn: ({ signal }) => get<Red>('/metrics/red', { windowMs, run, service, routes: service ? null : 'false' }, signal) })

/** Read from the stored spans of two runs: asked for once, and again when somebody says so. */
export const useComparison = (run: string, other: string, windowMs: number | null) =>
  useQuery({ queryKey: ['compare', run, other, windowMs], enabled: other !== '', staleTime: 60_000, retry: false, queryFn: ({ signal }) => get<Comparison>('/metrics/compare', { run, with: other, windowMs }, signal) })

export const useRun = (run: string) =>
  useQuery({ queryKey: ['run', run], enabled: run !== '', retry: false, queryFn: ({ signal }) => get<TelemetryRunDetail>(`/telemetry/runs/${encodeURIComponent(run)}`, {}, signal) })

export const useMetrics = (service: string | null, run: string) =>
  useQuery({ queryKey: ['metrics', service, run], enabled: service !== null, queryFn: async ({ signal }) => (await get<{ metrics: Metric[] }>('/metrics', { service, run }, signal)).metrics })

export const useSeries = (service: string | null, name: string | null, windowMs: number, run: string) =>
  useQuery({
    queryKey: ['series', service, name, windowMs, run], enabled: service !== null && name !== null, placeholderData: keepPreviousData, refetchInterval: run ? false : 5_000,
    queryFn: ({ signal }) => {
      const until = Date.now()
      const range = run ? {} : { from: new Date(until - windowMs).toISOString(), until: new Date(until).toISOString() }
      return get<MetricSeries>('/metrics/series', { service, name, points: 60, run, ...range }, signal)
    },
  })

export type ServiceVerb = 'start' | 'stop' | 'restart' | 'rebuild'

export function useServiceVerb(name: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (verb: ServiceVerb) => post<ServiceInfo>(`/services/${encodeURIComponent(name)}/${verb}`),
    onSettled: () => cache.invalidateQueries({ queryKey: ['service', name] }),
  })
}

export const useKill = (service: string) => useMutation({ mutationFn: (replica: string) => post<unknown>(`/services/${encodeURIComponent(service)}/replicas/${encodeURIComponent(replica)}/kill`) })
export function useJourneyVerb() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ name, verb }: { name: string; verb: 'start' | 'stop' }) => post<unknown>(`/journeys/${encodeURIComponent(name)}/${verb}`),
    onSettled: () => cache.invalidateQueries({ queryKey: ['journeys'] }),
  })
}
export const useStopSystem = () => useMutation({ mutationFn: () => post<unknown>('/stop') })
