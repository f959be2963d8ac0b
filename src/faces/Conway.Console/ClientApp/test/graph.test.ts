import { describe, expect, it } from 'vitest'
import type { Graph, GraphEdge, GraphNode } from '../src/api/types'
import { changesOf, foldStores, kindOf, structureOf, widthOf } from '../src/pages/system/shape'

const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({ id, kind: 'service', state: 'healthy', context: 'a', team: 't', replicas: 1, healthy: 1, requestsPerSecond: null, errorRatio: null, p99Ms: null, ...more })
const edge = (from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge => ({ from, to, declared: true, observed: true, required: false, protocol: 'http', requestsPerSecond: 1, errorRatio: 0, retriesPerSecond: 0, p50Ms: 1, p99Ms: 2, ...more })
const graph = (nodes: GraphNode[], edges: GraphEdge[]): Graph => ({ windowMs: 60_000, nodes, edges })

describe('the graph', () => {
  it('keeps its layout while only numbers, states and undeclared traffic change', () => {
    const before = graph([node('a'), node('b')], [edge('a', 'b')])
    const after = graph([node('b', { state: 'failed', requestsPerSecond: 9 }), node('a')], [edge('a', 'b', { observed: false, requestsPerSecond: null }), edge('b', 'a', { declared: false })])
    expect(structureOf(after, 'context', 'RIGHT')).toBe(structureOf(before, 'context', 'RIGHT'))
  })

  it('is laid out anew when a service, a declared call or the grouping changes', () => {
    const before = graph([node('a'), node('b')], [edge('a', 'b')])
    const of = (one: Graph, grouping: 'context' | 'team' = 'context') => structureOf(one, grouping, 'RIGHT')
    expect(of(graph([node('a'), node('b'), node('c')], [edge('a', 'b')]))).not.toBe(of(before))
    expect(of(graph([node('a'), node('b')], [edge('b', 'a')]))).not.toBe(of(before))
    expect(of(graph([node('a'), node('b', { context: 'z' })], [edge('a', 'b')]))).not.toBe(of(before))
    expect(of(before, 'team')).not.toBe(of(before))
  })

  it('tells declared, unexercised and undeclared calls apart', () => {
    expect(kindOf(edge('a', 'b'))).toBe('exercised')
    expect(kindOf(edge('a', 'b', { observed: false, requestsPerSecond: null }))).toBe('unexercised')
    expect(kindOf(edge('a', 'b', { declared: false }))).toBe('drift')
  })

  it('draws a store in the box of its one owner, and a shared one by itself', () => {
    const nodes = [node('a'), node('b'), node('own', { kind: 'store' }), node('shared', { kind: 'store' })]
    const folded = foldStores(graph(nodes, [edge('a', 'own'), edge('a', 'shared'), edge('b', 'shared')]))
    expect(folded.graph.nodes.map((one) => one.id)).toEqual(['a', 'b', 'shared'])
    expect(folded.graph.edges).toHaveLength(2)
    expect([...folded.stores]).toEqual([['a', ['own']]])
  })

  it('says what changed in words', () => {
    const before = graph([node('a'), node('gone')], [])
    const after = graph([node('a', { state: 'failed' }), node('b')], [edge('a', 'b', { declared: false })])
    expect(changesOf(before, after)).toEqual(['a is failed', 'b was added', 'gone was removed', 'a calls b, which is not declared'])
    expect(changesOf(undefined, after)).toEqual([])
    expect(changesOf(after, after)).toEqual([])
  })

  it('draws busier calls wider, within bounds', () => {
    expect(widthOf(null)).toBe(1.2)
    expect(widthOf(0.01)).toBe(1.2)
    expect(widthOf(100)).toBeGreaterThan(widthOf(1))
    expect(widthOf(1e9)).toBe(3.5)
  })
})
