import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWorkbench, type Workbench } from './duckdb.ts'
import { type Figure, type Figures, measure } from './figures.ts'
import { truthFolder } from './make.ts'
import { mistake } from './mistake.ts'
import { measureModels } from './models.ts'
import { openExtract } from './reading.ts'
import { text } from './sql/words.ts'
import { knownRows, targets } from './targets.data.ts'

export type CheckRow = {
  readonly key: string
  readonly what: string
  readonly published: string
  readonly from: number
  readonly to: number
  readonly value: number | null
  /** The band widened by 1.96 standard errors at this size. */
  readonly widenedFrom: number
  readonly widenedTo: number
  readonly outcome: 'met' | 'known' | 'missed' | 'skipped'
  readonly note: string
}

/**
 * Holds a town against every figure it must meet. A row known not to be met is named with its figure and does not
 * fail; rows that need the hidden truth are skipped without it.
 *
 * @throws Error with one sentence when the folder is not an extract of a town.
 */
export async function checkTown(dir: string): Promise<CheckRow[]> {
  const path = join(dir, 'sources.json')
  if (!existsSync(path)) throw mistake(`There is no sources.json in ${dir}: it is not a town.`)
  const sources = JSON.parse(await readFile(path, 'utf8')) as {
    people?: { covers_to?: string; synthetic?: boolean }
  }
  if (sources.people?.synthetic !== true || !sources.people.covers_to)
    throw mistake(`${dir} does not say it is synthetic: only a town is checked.`)
  const spill = await mkdtemp(join(tmpdir(), 'town-check-'))
  const bench = await openWorkbench(spill, { memory: '2GB' })
  try {
    await openExtract(bench, dir)
    return (await figuresOf(bench, dir, sources.people.covers_to)).rows
  } finally {
    bench.close()
    await rm(spill, { recursive: true, force: true })
  }
}

async function figuresOf(bench: Workbench, dir: string, until: string): Promise<{ rows: CheckRow[] }> {
  const truth = truthFolder(dir)
  const has = (name: string) => existsSync(join(truth, `${name}.parquet`))
  for (const name of ['prices', 'risk-q16', 'enrolled', 'prevented'])
    if (has(name))
      await bench.run(
        `create or replace view "${name}" as select * from read_parquet(${text(join(truth, `${name}.parquet`))})`,
      )
  const found = await measure(bench, until, has('prices'))
  await measureModels(bench, until, found, has('risk-q16'))
  if (existsSync(join(truth, 'truth.json'))) await effects(bench, truth, until, found)
  return { rows: targets.map((target) => rowOf(target, found)) }
}

function rowOf(target: (typeof targets)[number], found: Figures): CheckRow {
  const figure: Figure | undefined = found.get(target.key)
  const spare = 1.96 * (figure?.error ?? 0)
  const inside =
    figure !== undefined && figure.value >= target.from - spare && figure.value <= target.to + spare
  const known = knownRows[target.key]
  const outcome =
    figure === undefined || Number.isNaN(figure.value)
      ? 'skipped'
      : inside
        ? 'met'
        : known
          ? 'known'
          : 'missed'
  return {
    ...target,
    value: figure?.value ?? null,
    widenedFrom: target.from - spare,
    widenedTo: target.to + spare,
    outcome,
    note:
      outcome === 'known'
        ? `not met yet: ${known}`
        : outcome === 'skipped'
          ? 'needs the truth, or a town large enough'
          : '',
  }
}

/** What the built-in service did to those it enrolled, against the admissions it prevented. */
async function effects(bench: Workbench, truth: string, until: string, found: Figures): Promise<void> {
  const facts = JSON.parse(await readFile(join(truth, 'truth.json'), 'utf8')) as {
    history?: string
    until?: string
  }
  const [row] = await bench.rows(`select count(*) filter (e.admitted_on >= n.enrolled_on)::double as after,
      count(*) filter (e.admitted_on < n.enrolled_on and e.admitted_on >= n.enrolled_on - 365)::double as before,
      (select count(*) from prevented)::double as prevented, (select count(*) from enrolled)::double as people
    from enrolled n join emergency e using (nhs_number)`)
  const [time] =
    await bench.rows(`select sum(least(coalesce(p.died_on, date '${until}'), date '${until}') - n.enrolled_on) / 365.25 as years
    from enrolled n join registered p using (nhs_number)`)
  const n = (name: string) => Number(row?.[name] ?? 0)
  const ratio = n('after') / (n('after') + n('prevented'))
  const error = Math.sqrt((ratio * (1 - ratio) + 0.001) / Math.max(1, n('after') + n('prevented')))
  if (facts.history === 'none') {
    found.set('effect.none', { value: ratio, error })
    const kept = n('after') / Number(time?.years) / (n('before') / n('people'))
    found.set('rtm.judged', { value: 100 * (1 - kept), error: 150 / Math.sqrt(n('before') || 1) })
  }
  if (facts.history === 'fall') found.set('effect.fall', { value: ratio, error })
}
