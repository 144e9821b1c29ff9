import type { Furniture } from '#ui'

/**
 * What a page of looks and openings says of its times where the installation has a day of its own: they are evidence,
 * and stay the wall clock's. Nothing where everybody is real: there is no other clock.
 */
export const realClockWords = ({ synthetic }: Furniture): string =>
  synthetic ? ' Times are of the real clock, not of the made-up town’s day.' : ''
