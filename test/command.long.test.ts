import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testFolder } from './house.ts'
import { stopDatabaseIn } from './processes.ts'

const root = resolve(import.meta.dirname, '..')
const folder = testFolder('command')
const data = join(folder, 'data')
const town = join(folder, 'town')
mkdirSync(folder, { recursive: true })
afterAll(() => {
  stopDatabaseIn(data)
  rmSync(folder, { recursive: true, force: true })
})

function keyworker(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'run.mjs'), ...args, '--json'], {
    cwd: root,
    encoding: 'utf8',
  })
  return { code: status, said: stderr, json: stdout.trim() ? JSON.parse(stdout) : undefined }
}

describe('the command line', () => {
  it('makes a town, loads it, and says what was read, taken and refused', () => {
    const made = keyworker('town', '--people', '300', '--seed', '1', '--out', town)
    expect(made).toMatchObject({ code: 0, json: { out: town, rows: { people: expect.any(Number) } } })
    const loaded = keyworker('load', town, '--data', data)
    expect(loaded.code).toBe(0)
    expect(Object.keys(loaded.json).sort()).toEqual(
      [
        'coveredTo',
        'files',
        'indexOn',
        'kind',
        'leftOut',
        'loadId',
        'people',
        'read',
        'reasons',
        'refused',
        'seconds',
        'taken',
      ].sort(),
    )
    expect(loaded.json.read).toBe(loaded.json.taken + loaded.json.refused)
    expect(loaded.json).toMatchObject({ kind: 'synthetic', indexOn: '2026-04-01', coveredTo: '2026-03-31' })
  })

  it('takes in no alerts where no kit is written down, and says in one sentence what does not fit a file', () => {
    const file = join(folder, 'alerts.csv')
    writeFileSync(
      file,
      'message_id,product,serial,happened_at,level,words\n1,W,S,2026-03-31T08:00Z,RED,Low\n',
    )
    expect(keyworker('alerts', file, '--data', data)).toMatchObject({
      code: 1,
      json: { refused: expect.stringContaining('No kit is written down yet') },
    })
    writeFileSync(file, Buffer.from([0xff, 0xfe, 0x31]))
    expect(keyworker('alerts', file, '--data', data)).toMatchObject({
      code: 1,
      json: { refused: 'alerts.csv is no file of text saved as UTF-8.' },
    })
    expect(keyworker('alerts', join(folder, 'none.csv'), '--data', data)).toMatchObject({
      code: 1,
      json: { refused: 'There is no file none.csv.' },
    })
    expect(keyworker('alerts', '--data', data).code).toBe(2)
  })

  it('ranks, moves the day forward and never back', () => {
    expect(keyworker('rank', '--data', data)).toMatchObject({ code: 0, json: { ranked: true } })
    expect(keyworker('day', '--to', '2026-04-08', '--data', data)).toMatchObject({
      code: 0,
      json: { day: '2026-04-08' },
    })
    const back = keyworker('day', '--to', '2026-04-02', '--data', data)
    expect(back).toMatchObject({ code: 1, json: { refused: expect.stringContaining('forward only') } })
  })

  it('refuses to train a model on too few people, in one sentence, and has none to validate', () => {
    const trained = keyworker('train', '--quick', '--data', data)
    expect(trained).toMatchObject({
      code: 1,
      json: { refused: expect.stringMatching(/^Not trained: .*The rule ranking stays in use\.$/) },
    })
    expect(keyworker('validate', '--data', data)).toMatchObject({
      code: 1,
      json: { refused: 'Not validated: no model has been trained here.' },
    })
  })

  it('writes who was enrolled, and the town goes on from it', () => {
    const file = join(folder, 'enrolment.csv')
    expect(keyworker('export', 'enrolment', file, '--data', data)).toMatchObject({
      code: 0,
      json: { contacts: 0 },
    })
    expect(existsSync(file)).toBe(true)
    const on = keyworker('town', 'advance', town, '--days', '30', '--enrolled', file, '--effect', 'none')
    expect(on).toMatchObject({ code: 0, json: { until: '2026-04-30' } })
  })

  it('writes no report of a programme that has no answer, and asks which where there are several', () => {
    const paper = join(folder, 'paper.pdf')
    const many = keyworker('export', 'report', paper, '--data', data)
    expect(many).toMatchObject({
      code: 1,
      json: { refused: expect.stringMatching(/^Say which programme: --programme /) },
    })
    const key = /--programme (\S+)/.exec(many.json.refused)?.[1] ?? ''
    for (const what of ['report', 'board-page'])
      expect(keyworker('export', what, paper, '--programme', key, '--data', data)).toMatchObject({
        code: 1,
        json: { refused: expect.stringMatching(/^There is no answer for .* yet/) },
      })
    expect(keyworker('export', 'minutes', paper, '--data', data).code).toBe(2)
    expect(existsSync(paper)).toBe(false)
  })

  it('checks a town against England, figure by figure', () => {
    const checked = keyworker('town', 'check', town)
    expect(checked.json.rows.length).toBeGreaterThan(80)
    expect(checked.code).toBe(checked.json.isEngland ? 0 : 1)
    expect(new Set(checked.json.rows.map((row: { outcome: string }) => row.outcome)).size).toBeGreaterThan(1)
  })

  it.each([
    ['a folder that is already there', ['town', '--people', '300', '--out', town], 1, 'already something'],
    ['too few people', ['town', '--people', '3', '--out', join(folder, 'few')], 1, '100 to 5,000,000'],
    ['a folder that is no town', ['town', 'check', folder], 1, 'not a town'],
    ['a day of another century', ['day', '--to', '2062-04-08', '--data', data], 1, 'by 10 years or fewer'],
    ['a log nobody ever sealed', ['verify-audit', '--data', data], 1, 'Nothing was ever sealed in'],
    ['an empty folder', ['load', join(folder, 'nothing'), '--data', data], 1, ''],
  ] as const)('refuses %s in one sentence, with exit 1', (_, args, code, sentence) => {
    mkdirSync(join(folder, 'nothing'), { recursive: true })
    const answer = keyworker(...args)
    expect(answer.code).toBe(code)
    expect(answer.json.refused).toContain(sentence)
    expect(answer.json.refused.length).toBeGreaterThan(10)
  })

  it.each([
    ['an unknown option', ['town', '--pepole', '3']],
    ['no folder', ['load']],
    ['a day that is not one', ['day', '--to', '2026-02-30']],
    [
      'an effect that is not one',
      ['town', 'advance', town, '--days', '3', '--enrolled', 'x', '--effect', 'great'],
    ],
  ] as const)('answers %s with its usage and exit 2', (_, args) => {
    expect(keyworker(...args).code).toBe(2)
  })

  it('an unknown verb lists what there is, with exit 2', () => {
    const answer = keyworker('dance')
    expect(answer).toMatchObject({ code: 2, json: undefined })
    expect(answer.said).toContain('verify-audit')
  })

  it('a real extract is refused by a synthetic installation, with the way to one’s own', () => {
    const real = join(folder, 'real')
    mkdirSync(real, { recursive: true })
    writeFileSync(join(real, 'practices.csv'), 'practice_code,name\nA81001,A real practice\n')
    writeFileSync(
      join(real, 'people.csv'),
      'nhs_number,given_name,family_name,date_of_birth,practice_code\n9990000018,A,B,1950-01-01,A81001\n',
    )
    const source = {
      supplier: 'x',
      covers_from: '2020-01-01',
      covers_to: '2026-03-31',
      extracted_at: '2026-04-01',
      legal_basis: 'x',
    }
    writeFileSync(join(real, 'sources.json'), JSON.stringify({ people: source, practices: source }))
    const answer = keyworker('load', real, '--data', data)
    expect(answer.code).toBe(1)
    expect(answer.json.refused).toContain('npm start -- --data ./data/ours')
  })
})
