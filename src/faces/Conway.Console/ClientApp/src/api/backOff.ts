/** How long to wait before attempt `attempt` (from 0), in milliseconds: 0.5, 1, 2, 4, 8, then 10 s, each up to a fifth shorter by chance,
 *  so that many open pages do not come back in the same instant. */
export function backOffMs(attempt: number, chance: number = Math.random()): number {
  const whole = Math.min(10_000, 500 * 2 ** Math.min(attempt, 10))
  return Math.round(whole * (1 - chance * 0.2))
}
