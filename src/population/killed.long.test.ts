import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { urlOf } from '#database'
import { currentLoad, loadExtract, withStore } from '#population'
import { smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { openHouse } from '../../test/house.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'killed')
const workUrl = urlOf(house.ownerUrl, { user: 'keyworker_worker', password: inject('house').workPassword })

/** Starts a load in a process of its own and kills it, with no chance to tidy up, as soon as it says these words. */
function loadAndKill(extract: string, words: string, afterMs: number): Promise<string> {
  return new Promise((done) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', resolve('test/load-child.ts'), workUrl, workshop.folder, extract],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.includes(words)) setTimeout(() => child.kill('SIGKILL'), afterMs)
    })
    child.on('close', () => done(said))
  })
}

const state = async () => {
  const load = await house.asSystem('test', ({ db }) => currentLoad(db))
  const folder = join(workshop.folder, load?.folder ?? '')
  const rows = await withStore(folder, (store) => store.rows('select * from inpatient order by all'))
  const names = await house.arrange('select family, ended_at from people.name order by family, recorded_at')
  const [landing] = await house.arrange('select count(*)::int as n from population_landing.person')
  return { id: load?.id, rows, names, landing: landing?.n }
}

const changed = {
  ...smallExtract,
  people: (smallExtract.people ?? []).map((row) => ({ ...row, family_name: `${row.family_name}-New` })),
  inpatient: (smallExtract.inpatient ?? []).slice(0, 1),
}

/** Loads in a process that may write no file longer than this: to the loader it is a disk with no room. */
function loadWithoutRoom(extract: string, blocks: number): Promise<string> {
  return new Promise((done) => {
    const child = spawn(
      'bash',
      [
        '-c',
        `ulimit -f ${blocks}; exec "$0" --import tsx "$@"`,
        process.execPath,
        resolve('test/load-child.ts'),
        workUrl,
        workshop.folder,
        extract,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
    })
    child.on('close', () => done(said))
  })
}

describe('HZ33 a load killed half-way', () => {
  it('begins with a load that stands', async () => {
    expect((await loadExtract(workshop, { folder: writeExtract('killed-old', smallExtract) })).ok).toBe(true)
  })

  const moments: readonly (readonly [string, string, number])[] = [
    ['while files are read', 'Reading people.csv', 0],
    ['while the store is written', 'Storing inpatient.csv', 0],
    ['while people are taken into the record', 'Taking people into the record', 15],
  ]
  it.each(moments)('%s leaves the load before whole', async (_, words, afterMs) => {
    const before = await state()
    const said = await loadAndKill(writeExtract('killed-new', changed), words, afterMs)
    expect(said).toContain(words)
    expect(said).not.toContain('done')
    expect(await state()).toEqual(before)
  })

  it('or stopped by a full disk leaves it whole too, and says so in one sentence', async () => {
    const before = await state()
    const many = Array.from({ length: 4000 }, (_, at) => ({
      nhs_number: '9991010203',
      taken_on: '2026-02-03',
      code: String(1_000_000 + at * 7919),
      value: at * 1.37,
      unit: 'g/L',
    }))
    const extract = writeExtract('no-room', { ...changed, measurements: many })
    const said = await loadWithoutRoom(extract, 16)
    expect(said.trim().split('\n').at(-1)).toBe(
      'The disk is full. Nothing was loaded: make room and load again.',
    )
    expect(await state()).toEqual(before)
  })

  it('is done by loading again, and what was left lying is gone', async () => {
    const report = await loadExtract(workshop, { folder: writeExtract('killed-again', changed) })
    expect(report.ok).toBe(true)
    expect((await state()).rows).toHaveLength(1)
    const left = readdirSync(join(workshop.folder, 'population')).filter((name) => name.startsWith('.'))
    expect(left).toEqual([])
  })
})
