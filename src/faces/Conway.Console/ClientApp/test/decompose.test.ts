import { expect, it } from 'vitest'
import { change, cost, differences, fate, hues, isServiceName } from '../src/pages/decompose/words'

const service = (name: string) => ({ name, codeLines: 0, cohesion: 1, tables: [], entryPoints: [] })
const part = (name: string, share: number, weight = 1) => ({ part: name, share, weight })

it('says dearer, cheaper and no difference with three digits and a sign', () => {
  expect([0.0142, -0.0142, 0.0004, -0.0004, 0].map(change)).toEqual(['+0.014', '−0.014', '±0', '±0', '±0'])
  expect([0.0142, -0.0142, 0.0004].map(fate)).toEqual(['dearer', 'cheaper', 'same'])
})

it('tells the parts that differ, greatest first, in what they add to the price', () => {
  const found = differences([part('joins', 0.2, 0.5), part('size', 0.1, 0.25), part('modularity', 0.4, -1)], [part('joins', 0.3, 0.5), part('size', 0.1, 0.25), part('modularity', 0.3, -1)])
  expect(found.map((one) => `${one.part} ${change(one.change)}`)).toEqual(['modularity +0.100', 'joins +0.050'])
  expect(cost(part('modularity', 0.4, -1))).toBe(-0.4)
})

it('gives each service a hue of its own that another order does not change much', () => {
  const names = Array.from({ length: 40 }, (_, index) => `service-${index}`)
  const found = hues(names.map(service))
  expect(new Set(found.values()).size).toBe(40)
  expect(hues([service('orders'), service('stock')]).get('orders')).toBe(hues([service('orders')]).get('orders'))
})

it('takes for a service what a line of constraints takes', () => {
  expect(['orders', 'a1-b', 'Orders', '1st', '', 'a b', `a${'b'.repeat(63)}`].map(isServiceName)).toEqual([true, true, false, false, false, false, false])
})
