import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ticksUpTo } from './axis.ts'
import { dots100 } from './dots-100.tsx'
import { barParts, type HundredBar, hundredBar } from './hundred-bar.tsx'
import { lovePlot } from './love-plot.tsx'
import { monthLines } from './month-lines.tsx'
import { quadrants } from './quadrants.tsx'

const bar: HundredBar = {
  name: '100 emergency admissions in the year before joining',
  stillHappened: 52,
  fewerExpected: 41,
  fewerByService: 7,
  fewerByServiceLow: -1,
  fewerByServiceHigh: 14,
  events: 480,
}
const months = {
  name: 'Emergency admissions per 100 people a month',
  monthsBefore: 2,
  indexWords: 'joined',
  helped: { words: '397 helped', values: [20, 33, null, 9] },
  matched: { words: '1,164 matched', values: [20, 32, 16, 9.7] },
  says: ['Both groups fall.'],
  events: 480,
}
const charts = {
  'the bar of 100': hundredBar(bar),
  'the months': monthLines(months),
  'the love plot': lovePlot({
    name: 'Difference between helped and matched people',
    rows: [
      { words: 'Age', before: 0.33, after: 0.04 },
      { words: 'Frailty', before: null, after: 0.2 },
    ],
    alikeUnder: 0.1,
  }),
  'the four quarters': quadrants({
    name: 'Admissions and cost together',
    across: 'Admissions',
    up: 'Pounds',
    draws: [
      [-40, 20],
      [-60, -5],
      [10, 4],
    ],
    found: [-30, 6],
    description: 'Most often fewer and dearer.',
    quarters: [
      { words: 'Fewer, dearer', inHundred: 62, side: 'left', half: 'top' },
      { words: 'More, cheaper', inHundred: 0.4, side: 'right', half: 'bottom' },
    ],
  }),
  'the dots': dots100({ name: 'Admitted, of 100 like this', count: 42 }),
}

describe.each(Object.entries(charts))('%s', (_, chart) => {
  const html = renderToStaticMarkup(chart)

  test('has a name and a description, and its table has the same name', () => {
    const name = html.match(/<title[^>]*>([^<]*)<\/title>/)?.[1]
    expect(name).toBeTruthy()
    expect(html).toMatch(/<desc[^>]*>[^<]+<\/desc>/)
    expect(html.match(/<caption[^>]*>([^<]*)<\/caption>/)?.[1]).toBe(name)
    expect(html.match(/<figcaption[^>]*>([^<]*)<\/figcaption>/)?.[1]).toBe(name)
  })

  test('is told to a screen reader as one picture with both', () => {
    const named = html.match(/role="img" aria-labelledby="(\S+) (\S+)"/)
    expect(html).toContain(`<title id="${named?.[1]}"`)
    expect(html).toContain(`<desc id="${named?.[2]}"`)
  })

  test('holds its figures in a table on the page, behind “Show as a table”', () => {
    expect(html).toContain('Show as a table')
    expect(html.match(/<tr/g)?.length).toBeGreaterThan(2)
  })

  test('draws with classes only, so that no style is written into the page', () => {
    expect(html).not.toMatch(/\sstyle=/)
  })
})

describe('the love plot', () => {
  test('parts a long fact in two lines, so that no word runs under the marks', () => {
    const words = 'Lives alone, when the records were loaded'
    const rows = [{ words, before: 0.15, after: 0.05 }]
    const html = renderToStaticMarkup(lovePlot({ name: 'Difference', rows, alikeUnder: 0.1 }))
    const lines = [...html.matchAll(/<text class="kw-chart__label"[^>]*>([^<]*)</g)].map(([, line]) => line)
    expect(lines).toEqual(['Lives alone, when the', 'records were loaded'])
  })
})

describe('the bar of 100', () => {
  test('parts that happened, were expected and could be the service add up to 100', () => {
    const { parts, end } = barParts(bar)
    expect(parts.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['still', 0, 52],
      ['expected', 52, 93],
      ['service', 93, 100],
    ])
    expect(end).toBe(101)
  })

  test('the bracket runs past the end when there may have been more', () => {
    expect(barParts(bar).bracket).toEqual({ from: 86, to: 101 })
    expect(renderToStaticMarkup(hundredBar(bar))).toContain(
      '7 fewer could be the service: from 14 fewer to 1 more',
    )
  })

  test('more than expected is drawn as more and never called the service', () => {
    const worse = {
      ...bar,
      stillHappened: 65,
      fewerByService: -6,
      fewerByServiceLow: -12,
      fewerByServiceHigh: 3,
    }
    expect(barParts(worse).parts.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['still', 0, 59],
      ['more', 59, 65],
      ['expected', 65, 100],
    ])
    expect(barParts(worse).bracket).toEqual({ from: 53, to: 68 })
    const html = renderToStaticMarkup(hundredBar(worse))
    expect(html).toContain('6 more than expected: from 3 fewer to 12 more')
    expect(html).not.toContain('could be the service')
  })

  test('a rise that was to be expected makes the bar longer than 100', () => {
    const rise = {
      ...bar,
      stillHappened: 90,
      fewerExpected: -10,
      fewerByService: 20,
      fewerByServiceLow: 5,
      fewerByServiceHigh: 34,
    }
    const { parts, end } = barParts(rise)
    expect(parts.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['still', 0, 90],
      ['service', 90, 110],
    ])
    expect(end).toBe(110)
    expect(renderToStaticMarkup(hundredBar(rise))).toContain('10 more, expected with no service')
  })

  test('under 10 admissions there is no drawing, and the table is open', () => {
    const html = renderToStaticMarkup(hundredBar({ ...bar, events: 9 }))
    expect(html).not.toContain('<svg')
    expect(html).toMatch(/<details[^>]*open=""/)
    expect(html).toContain('10 are needed')
  })
})

describe('the months', () => {
  const html = renderToStaticMarkup(monthLines(months))

  test('a month that is not known is a gap in the line and words in the table', () => {
    expect(html.match(/<line class="kw-line kw-line--helped"[^>]*%/g)).toHaveLength(1)
    expect(html.match(/<line class="kw-line kw-line--matched"[^>]*%/g)).toHaveLength(3)
    expect(html).toContain('Not known')
  })

  test('the two groups differ by line and mark, not by colour alone', () => {
    expect(html).toContain('<circle class="kw-mark kw-mark--helped"')
    expect(html).toContain('<rect class="kw-mark kw-mark--matched"')
  })

  test('under 10 events there is no drawing', () => {
    expect(renderToStaticMarkup(monthLines({ ...months, events: 9 }))).not.toContain('role="img"')
  })
})

describe('the four quarters', () => {
  const html = renderToStaticMarkup(charts['the four quarters'])

  test('draw every draw and what was found, and never call a rare quarter empty', () => {
    expect(html.match(/kw-draw" cx="[\d.]+%"/g)).toHaveLength(3)
    expect(html.match(/kw-mark--worse/g)).toHaveLength(2)
    expect(html).toContain('under 1 of 100')
  })
})

describe('the dots', () => {
  test('fill as many as they say', () => {
    const html = renderToStaticMarkup(dots100({ name: 'x', count: 42 }))
    expect(html.match(/kw-dot--filled/g)).toHaveLength(42)
    expect(html.match(/<circle/g)).toHaveLength(100)
  })

  test.each([-1, 101, 4.5, Number.NaN])('refuse %d, which is our mistake', (count) => {
    expect(() => dots100({ name: 'x', count })).toThrow(RangeError)
  })
})

describe('an axis', () => {
  test.each([
    [33, [0, 10, 20, 30, 40]],
    [1, [0, 0.25, 0.5, 0.75, 1]],
    [0, [0, 0.25, 0.5, 0.75, 1]],
    [100, [0, 25, 50, 75, 100]],
    [7, [0, 2, 4, 6, 8]],
    [0.3, [0, 0.1, 0.2, 0.3]],
  ])('up to %d has round numbers from 0', (largest, ticks) => {
    expect(ticksUpTo(largest)).toEqual(ticks)
  })
})
