import { describe, expect, it } from 'vitest'
import { checkedWords } from './checked-words.ts'

const bin = (risk: number, observed: number, events = 300) => ({ risk, observed, people: 1130, events })
const top = (threshold: number, ppv: number, people: number, events = 80) => ({
  threshold,
  people,
  events,
  ppv: { value: ppv },
})
const figures = {
  bins: [bin(0.02, 0.02), bin(0.19, 0.2), bin(0.48, 0.43)],
  cuts: [top(0.72, 0.715, 113), top(0.61, 0.63, 226), top(0.29, 0.43, 1130)],
}

describe('what happened to people who were given about as much', () => {
  it.each([
    [0.21, 'Of 1,130 people given about 19 a year before, 20 in 100 were admitted.'],
    [0.46, 'Of 1,130 people given about 48 a year before, 43 in 100 were admitted.'],
    // 48 is not about 77: those at the very top are told of.
    [0.77, 'Of 113 people given 72 or more a year before, 72 in 100 were admitted.'],
    [0.65, 'Of 226 people given 61 or more a year before, 63 in 100 were admitted.'],
    [0.11, ''],
  ])('given %s', (risk, words) => {
    expect(checkedWords(risk, figures, 'were admitted')).toBe(words)
  })

  it('says nothing of fewer than 10 admitted', () => {
    expect(
      checkedWords(0.77, { bins: [bin(0.77, 0.5, 9)], cuts: [top(0.7, 0.5, 9, 5)] }, 'were admitted'),
    ).toBe('')
  })
})
