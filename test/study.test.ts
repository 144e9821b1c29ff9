import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { randomStream } from '#statistics'
import { studyVerbs } from '../src/command/study-verbs.ts'
import { readSettings } from '../src/settings.ts'
import { testFolder } from './house.ts'

const folder = testFolder('study')
mkdirSync(folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tables = join(import.meta.dirname, 'tables')
const table = (name: string) => join(tables, `${name}.csv`)

/** What the verb answers, as a script would read it. */
async function study(words: string, ...given: readonly string[]) {
  const options: Record<string, string> = {}
  const flags = new Set<string>()
  for (const one of given) {
    const [, name = '', , value] = /^--([a-z-]+)(=(.*))?$/s.exec(one) ?? []
    if (value === undefined) flags.add(name)
    else options[name] = value
  }
  const settings = readSettings({}, {})
  if ('problem' in settings) return expect.unreachable(settings.problem)
  const answer = await studyVerbs.study?.run({ words: [words], options, flags, settings })
  if (!answer) return expect.unreachable('no verb')
  return { code: answer.code, text: answer.text ?? '', json: JSON.parse(JSON.stringify(answer.json ?? {})) }
}

const lalonde = [
  '--treated=treat',
  '--covariates=age,educ,black,hispan,married,nodegree,re74,re75',
  '--outcome=re78',
]
const write = (name: string, lines: readonly string[]) => {
  const file = join(folder, name)
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}
const shuffled = (name: string, seed: number) => {
  const [heading = '', ...lines] = readFileSync(table(name), 'utf8').trim().split('\n')
  const { uniform } = randomStream(seed)
  const order = lines.map((line) => [uniform(), line] as const).sort(([a], [b]) => a - b)
  return [heading, ...order.map(([, line]) => line)]
}
const keysOf = (value: object) => Object.keys(value).sort().join(' ')

describe('study match', () => {
  it('gives the published answer for lalonde, with its balance, its adjusted answer and its range over ties', async () => {
    const { code, json, text } = await study(
      'match',
      `--file=${table('lalonde')}`,
      ...lalonde,
      '--caliper=0.2',
      '--orders=20',
    )
    expect(code).toBe(0)
    expect(json).toMatchObject({ matchedTreated: 113, matchedControls: 113, unmatchedTreated: 72, rows: 614 })
    expect(json.effect.value).toBeCloseTo(1571.744, 3)
    expect(json.caliper).toBeCloseTo(0.0580627, 7)
    expect(json.largestDifference).toBeCloseTo(0.1557, 4)
    expect(json.tieRange.low).toBeLessThanOrEqual(json.effect.value)
    expect(json.tieRange.high).toBeGreaterThan(1800)
    expect([json.tieRange.fewestMatched, json.tieRange.mostMatched]).toEqual([113, 113])
    expect(keysOf(json)).toBe(
      'adjustedEffect balance caliper caliperOf denominatorOf distance effect effectiveControls largestDifference leftOut matchedControls matchedTreated orderedBy peakMb pool rows scale seconds spread tieRange treated unmatchedTreated warnings',
    )
    expect(keysOf(json.effect)).toBe('high low method standardError value')
    expect(keysOf(json.balance[0])).toBe(
      'controlMean denominator differenceAfter differenceBefore largestGap meanGap name pooledDenominator treatedMean varianceRatio',
    )
    expect(text).toContain(
      'Differences before and after are divided by the standard deviation of all treated',
    )
  })

  it('with --id gives the same bytes in any order of rows; without it says that the file’s order breaks ties', async () => {
    const answers = []
    for (const seed of [1, 2, 3]) {
      const file = write(`shuffled-${seed}.csv`, shuffled('lalonde', seed))
      const found = await study(
        'match',
        `--file=${file}`,
        ...lalonde,
        '--id=id',
        '--ratio=2',
        '--caliper=0.3',
        '--orders=5',
      )
      answers.push(JSON.stringify({ ...found.json, seconds: 0, peakMb: 0 }))
    }
    expect(new Set(answers).size).toBe(1)
    const { json } = await study('match', `--file=${table('lalonde')}`, ...lalonde, '--orders=0')
    expect(json.orderedBy).toBe('the order of the file')
    expect(json.warnings[0]).toContain('give --id')
    expect(json.tieRange).toBeNull()
  })

  it('reads a table that is packed, and leaves out and counts a row with an empty cell', async () => {
    const lines = readFileSync(table('lalonde'), 'utf8').trim().split('\n')
    const file = join(folder, 'packed.csv.gz')
    writeFileSync(file, gzipSync([...lines, 'x,0,,12,1,0,1,0,0,0,5'].join('\n')))
    const { json } = await study('match', `--file=${file}`, ...lalonde, '--orders=0', '--id=id')
    expect(json).toMatchObject({ rows: 614, leftOut: 1 })
    expect(json.warnings.join(' ')).toContain('1 row was left out')
  })

  it('exact keys, replacement, Mahalanobis and the logit scale each do what they say', async () => {
    const run = async (...more: string[]) =>
      (await study('match', `--file=${table('lalonde')}`, ...lalonde, '--orders=0', ...more)).json
    const exact = await run('--exact=married,black')
    expect(exact.matchedTreated).toBe(116)
    expect(exact.balance.find((line: { name: string }) => line.name === 'married').differenceAfter).toBe(0)
    const replaced = await run('--replace')
    expect([replaced.matchedTreated, replaced.matchedControls]).toEqual([185, 80])
    expect(replaced.effect.method).toContain('and person')
    expect((await run('--distance=mahalanobis')).effect.value).toBeCloseTo(516.6367, 4)
    expect((await run('--scale=logit', '--caliper=0.2')).matchedTreated).toBe(117)
  })

  const bad = (rows: readonly string[]) => ['id,t,x,y,w', ...rows]
  it.each([
    ['a file that is not there', 'none.csv', [], '--covariates=x', 'There is no file'],
    [
      'a column that is not there',
      'a.csv',
      bad(['1,1,2,3,a', '2,0,3,4,b']),
      '--covariates=z',
      'There is no column called z',
    ],
    [
      'a covariate of words',
      'b.csv',
      bad(['1,1,2,3,a', '2,0,3,4,b']),
      '--covariates=w',
      'The column w is not a number in 2 rows',
    ],
    [
      'a covariate that never changes',
      'c.csv',
      bad(['1,1,2,3,a', '2,0,2,4,b']),
      '--covariates=x',
      'The column x is the same in every row',
    ],
    ['an empty column', 'd.csv', bad(['1,1,,3,a', '2,0,,4,b']), '--covariates=x', 'The column x is empty'],
    ['a table without rows', 'e.csv', bad([]), '--covariates=x', 'no rows'],
    ['everybody treated', 'f.csv', bad(['1,1,2,3,a', '2,1,3,4,b']), '--covariates=x', 'Everybody is treated'],
    ['nobody treated', 'g.csv', bad(['1,0,2,3,a', '2,0,3,4,b']), '--covariates=x', 'Nobody is treated'],
    [
      'a treatment that is not 0 or 1',
      'h.csv',
      bad(['1,2,2,3,a', '2,0,3,4,b']),
      '--covariates=x',
      'must be 0 or 1: it is something else in 1 row',
    ],
    [
      'groups told apart without error',
      'i.csv',
      bad(['1,1,9,3,a', '2,1,8,3,a', '3,1,7,3,a', '4,0,3,4,b', '5,0,2,4,b', '6,0,1,4,b']),
      '--covariates=x',
      'tell the treated from the others without error',
    ],
    [
      'an id that repeats',
      'j.csv',
      bad(['1,1,2,3,a', '1,0,3,4,b', '3,0,4,4,b']),
      '--covariates=x',
      'The column id is no id: 1 row repeat',
    ],
    [
      'the outcome as a covariate',
      'k.csv',
      bad(['1,1,2,3,a', '2,0,3,4,b']),
      '--covariates=x,y',
      'The column y is asked for twice',
    ],
    [
      'fewer rows than columns',
      'l.csv',
      bad(['1,1,2,3,a', '2,0,3,4,b']),
      '--covariates=x',
      '2 rows are too few',
    ],
    ['a file that is no table', 'm.docx', ['x'], '--covariates=x', 'neither CSV'],
  ])('refuses %s in one sentence', async (_, name, lines, covariates, sentence) => {
    const file = lines.length > 0 ? write(name, lines) : join(folder, name)
    const { code, json } = await study(
      'match',
      `--file=${file}`,
      '--treated=t',
      '--outcome=y',
      '--id=id',
      covariates,
    )
    expect([code, json.refused]).toEqual([1, expect.stringContaining(sentence)])
  })

  it('answers an option of another study with its usage', async () => {
    expect((await study('match', '--horizon=3')).code).toBe(2)
    expect((await study('dance')).code).toBe(2)
  })
})

describe('the other studies', () => {
  it('study spc gives the published limits of the Nile, and begins anew only by a dated decision', async () => {
    const nile = [`--file=${table('nile')}`, '--value=flow', '--at=year']
    const { json } = await study('spc', ...nile, '--better=up', '--target=300')
    expect(keysOf(json)).toBe('better chart series target')
    const [one] = json.series
    expect(keysOf(one)).toBe('assurance name points rebase segments signals variation')
    expect(keysOf(one.points[0])).toBe(
      'at high isFloored low mean nearHigh nearLow segment signals trend value',
    )
    expect([one.points[0].low, one.points[0].high]).toEqual([
      expect.closeTo(564.898, 3),
      expect.closeTo(1273.802, 3),
    ])
    expect(one.assurance).toBe('met every time')
    const decided = ['--rebase=1899', '--decided-on=2026-01-02', '--decided-by=A Person']
    const without = await study('spc', ...nile, ...decided)
    expect(without.json.refused).toContain('Give the reason')
    const rebased = await study('spc', ...nile, ...decided, '--reason=The dam')
    expect(rebased.json.series[0].segments).toHaveLength(2)
    expect(rebased.json.series[0].rebase).toMatchObject({ at: 28, decidedBy: 'A Person', reason: 'The dam' })
  })

  it('study spc draws many series at once, and p and g charts', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 3},${Math.floor(i / 3)},${(i * 7) % 10},20`)
    const file = write('series.csv', ['ward,month,falls,beds', ...rows])
    const many = await study(
      'spc',
      `--file=${file}`,
      '--value=falls',
      '--at=month',
      '--by=ward',
      '--chart=p-prime',
      '--of=beds',
    )
    expect(
      many.json.series.map((one: { name: string; points: object[] }) => [one.name, one.points.length]),
    ).toEqual([
      ['0', 20],
      ['1', 20],
      ['2', 20],
    ])
    expect((await study('spc', `--file=${file}`, '--value=falls', '--at=month')).json.refused).toContain(
      'same value twice',
    )
    expect((await study('spc', `--file=${file}`, '--value=falls', '--chart=g')).code).toBe(0)
    expect((await study('spc', `--file=${file}`, '--value=falls', '--chart=p')).json.refused).toContain(
      'needs --of',
    )
  })

  it('study survival agrees with R on lung: medians, test and hazard ratios', async () => {
    const { json } = await study(
      'survival',
      `--file=${table('lung')}`,
      '--time=time',
      '--event=died',
      '--by=male',
      '--covariates=age',
      '--horizon=500',
    )
    expect(keysOf(json)).toBe('cox difference groups horizon leftOut logRank rows')
    expect(json.groups.map((one: { median: { value: number } }) => one.median.value)).toEqual([426, 270])
    expect(json.logRank.chiSquare).toBeCloseTo(10.3267, 4)
    expect(keysOf(json.cox.terms[0])).toBe('hazardRatio name proportionality')
    const competing = await study(
      'survival',
      `--file=${table('mgus')}`,
      '--time=time',
      '--event=status',
      '--competing',
      '--horizon=300',
    )
    expect(keysOf(competing.json.groups[0].incidenceAtHorizon)).toBe('high low method value')
    const bad = await study('survival', `--file=${table('mgus')}`, '--time=time', '--event=status')
    expect(bad.json.refused).toContain('must be 0 or 1')
  })

  it('study funnel compares units without ranks', async () => {
    const file = write('funnel.csv', [
      'practice,seen,people',
      ...Array.from({ length: 9 }, (_, i) => `P${i},${10 + i * 3},100`),
    ])
    const { json, text } = await study(
      'funnel',
      `--file=${file}`,
      '--unit=practice',
      '--events=seen',
      '--of=people',
      '--overdispersion=add',
    )
    expect(keysOf(json)).toBe('isOverdispersed kind overdispersion phi target tauSquared units')
    expect(keysOf(json.units[0])).toBe('distance events limits95 limits998 of place unit value')
    expect(text).not.toMatch(/worse|rank/i)
  })

  it('study rates gives exact limits, ratios, standardised rates and a model', async () => {
    const { json } = await study(
      'rates',
      `--file=${table('epil')}`,
      '--events=seizures',
      '--by=treated',
      '--covariates=treated,lbase',
      '--cluster=subject',
      '--per=1',
    )
    expect(keysOf(json)).toBe('groups leftOut model per reference rows')
    expect(json.groups[0]).toMatchObject({
      group: '0',
      ratio: null,
      standardised: null,
      events: 961,
      people: 112,
    })
    expect(json.groups[1].ratio.value).toBeCloseTo(987 / 124 / (961 / 112), 10)
    expect(keysOf(json.model)).toBe('isPoisson ratios repeats theta')
    const file = write('bands.csv', [
      'g,b,e,p,s',
      'a,young,2,100,3',
      'a,old,5,50,1',
      'b,young,1,80,3',
      'b,old,9,60,1',
    ])
    const bands = await study(
      'rates',
      `--file=${file}`,
      '--events=e',
      '--exposure=p',
      '--by=g',
      '--band=b',
      '--standard=s',
      '--per=1000',
    )
    expect(bands.json.groups[0].standardised.value).toBeCloseTo(1000 * (0.75 * 0.02 + 0.25 * 0.1), 8)
  })

  it('study power, regression-to-the-mean and e-value answer from numbers alone', async () => {
    const power = await study('power', '--enrolled=200', '--fall=20')
    expect(power.json.detectableFallPercent).toBeCloseTo(28.2, 1)
    expect(power.text).toContain('report it as learning, not effect')
    expect(
      (await study('power', '--enrolled=64', '--kind=mean', '--controls=1')).json.detectableDifference,
    ).toBeCloseTo(0.4953, 3)
    const fall = await study('regression-to-the-mean', '--at-least=2', '--mean=0.25', '--shape=0.5')
    expect(fall.json.expected.changePercent).toBeCloseTo(-59.7, 1)
    const file = write('counts.csv', [
      'a,b',
      ...Array.from({ length: 200 }, (_, i) => `${i % 4 === 0 ? 3 : 0},${i % 3}`),
    ])
    const seen = await study(
      'regression-to-the-mean',
      '--at-least=2',
      `--file=${file}`,
      '--count=a',
      '--next=b',
    )
    expect(seen.json.observed).toMatchObject({ people: 50, before: 3 })
    const value = await study('e-value', '--value=3.9', '--low=1.8', '--high=8.7')
    expect(value.json.eValue).toBeCloseTo(7.263, 3)
    const hazard = await study('e-value', '--value=0.7', '--kind=common-hazard-ratio')
    expect(hazard.json).toMatchObject({ eValueOfLimit: null, eValue: expect.closeTo(1.88, 1) })
    expect((await study('power', '--enrolled=few')).json.refused).toContain('Give --enrolled as a number')
  })
})
