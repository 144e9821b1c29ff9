import { describe, expect, it } from 'vitest'
import { boundsOf, boundsWords, sureOf } from './unanswered.ts'

describe('what those who answered say of everybody who was asked', () => {
  it.each([
    ['all answered', 0.8, 100, 100, 80, 80, 'Sure'],
    ['half answered, four in five content', 0.8, 50, 100, 40, 90, 'Cannot tell yet'],
    ['nine in ten answered, four in five content', 0.8, 90, 100, 72, 82, 'Sure'],
    ['nine in ten answered, one in five content', 0.2, 90, 100, 18, 28, 'Sure'],
    ['just half of everybody content', 1, 50, 100, 50, 100, 'Cannot tell yet'],
    ['nobody answered', 0, 0, 100, 0, 100, 'Cannot tell yet'],
    ['nobody was asked', 0.8, 0, 0, 0, 100, 'Cannot tell yet'],
    ['more answers than were due', 0.8, 12, 10, 80, 80, 'Sure'],
  ])('%s', (_, share, answered, asked, low, high, sure) => {
    const told = { share, answered, asked }
    expect(boundsWords(told)).toBe(`of everybody asked it may be anything from ${low} to ${high} of 100`)
    expect(sureOf(told)).toBe(sure)
  })

  it('is told as no narrower than it is', () => {
    const told = { share: 2 / 3, answered: 5, asked: 7 }
    const { low, high } = boundsOf(told)
    expect([low, high].map((one) => Math.round(1000 * one))).toEqual([476, 762])
    expect(boundsWords(told)).toContain('from 47 to 77 of 100')
  })

  it('HZ45 of how many it is is not known: nobody can tell', () => {
    expect(sureOf(undefined)).toBe('Cannot tell yet')
  })
})
