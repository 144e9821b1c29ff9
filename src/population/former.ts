import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type EventFile, eventFiles, extractFiles, storeFiles } from './columns.data.ts'
import { named, passesCheck, quoted } from './duckdb-words.ts'
import { type Key, pseudonymOf } from './key.ts'
import { type Loading, rawSql, sourceOf } from './loading.ts'
import { stop } from './stopped.ts'
import { standings } from './store.ts'

const formerPath = (loading: Loading, file: string): string | undefined => {
  const path = loading.before && join(loading.workshop.folder, loading.before.folder, `${file}.parquet`)
  return path && existsSync(path) ? path : undefined
}

/**
 * Lays out who stood in the store before, and who is to be passed over: those who object on record, those removed, and
 * those joined to another.
 */
export async function readFormer(loading: Loading, key: Key): Promise<void> {
  const { bench, before, files } = loading
  const people = formerPath(loading, 'people')
  if (before && !people)
    stop(
      'The population store of the load before is not in the data folder. Bring the folder back, then load again.',
    )
  await bench.run(
    `create table former as select * from ${
      people
        ? `read_parquet(${quoted(people)})`
        : `(select ${Object.entries(storeFiles.people)
            .map(([name, { type }]) => `null::${type} as ${named(name)}`)
            .join(', ')} where false)`
    }`,
  )
  await bench.run('create table former_number (nhs BIGINT, pseudonym VARCHAR)')
  await bench.run('create table standing (pseudonym VARCHAR, standing VARCHAR, instead VARCHAR)')
  const appender = await bench.connection.createAppender('standing')
  const rows = await loading.workshop.inVisit(({ db }) => standings(db, files.has('objections')))
  for (const { pseudonym, standing, instead } of rows) {
    appender.appendVarchar(pseudonym)
    appender.appendVarchar(standing)
    if (instead) appender.appendVarchar(instead)
    else appender.appendNull()
    appender.endRow()
  }
  appender.closeSync()
  if (people) await knowFormerNumbers(loading, key)
}

/**
 * Gives a place to people the store knew before whose numbers stand only in files read since who is who was worked out.
 */
export async function knowTheRest(loading: Loading, key: Key): Promise<void> {
  const { bench } = loading
  if (!formerPath(loading, 'people')) return
  await bench.run('create temp table known_before as select nhs from former_number')
  await knowFormerNumbers(loading, key)
  const late = `former_number n join placed h on h.key = 'former:' || n.pseudonym where n.nhs not in (select nhs from known_before)`
  await bench.run(`insert into who select ((select max(no) from who) + row_number() over (order by n.nhs))::integer,
    h.key, n.nhs, null, null, h.person from ${late}`)
  await bench.run(`insert into mark select no, [nhs::varchar] from who where no not in (select no from mark)`)
}

/** Numbers in files read so far that are nobody's in people, and belong to somebody the store knew before. */
async function knowFormerNumbers(loading: Loading, key: Key): Promise<void> {
  const { bench, reads } = loading
  const named = [...eventFiles, 'objections' as const].filter((file) => reads.has(file))
  if (named.length === 0) return
  const numbers = named.map((file) => `select nhs_number from ${rawSql(loading, file)}`).join(' union all ')
  const unknown = `select distinct nhs_number from (${numbers}) where nhs_number > 0
    and nhs_number not in (select nhs from number_holder) and nhs_number not in (select nhs from former_number)
    and ${passesCheck('nhs_number')}`
  await bench.run('create or replace temp table unknown_number (nhs BIGINT, pseudonym VARCHAR)')
  await bench.fill('unknown_number', unknown, (appender, [number]) => {
    if (typeof number !== 'bigint') throw new Error('an NHS number that is no number')
    appender.appendBigInt(number)
    appender.appendVarchar(pseudonymOf(key, `nhs:${number}`))
  })
  await bench.run(`insert into former_number select nhs, pseudonym from unknown_number
    where pseudonym in (select pseudonym from former)`)
}

/** People of the store before whom this load's people do not hold: ended where their supplier sent a new list. */
export function formerPeopleSql(loading: Loading): string {
  const people = sourceOf(loading, 'people')
  const isEnded = `f.source = ${formerNumber(loading, 'people', people.supplier) ?? -1}`
  const month = `date_trunc('month', date '${people.extractedOn}')::date`
  return `select h.person, f.pseudonym, f.birth_year, f.birth_quarter, f.sex, f.lsoa, f.imd_decile, f.ethnicity_group, f.practice_code,
      f.registered_month, case when ${isEnded} then coalesce(f.left_month, ${month}) else f.left_month end as left_month,
      f.died_month, case when ${isEnded} then coalesce(f.until_on, ${month} + 14) else f.until_on end as until_on,
      f.care_home, f.lives_alone, f.smoking, ${renumbered(loading, 'people', 'f.source')} as source
    from former f join placed h on h.key = 'former:' || f.pseudonym where h.person is not null`
}

/** Events of the store before that this load does not replace, for people who are still in it. */
export function formerEventsSql(loading: Loading, file: EventFile): string | undefined {
  const path = formerPath(loading, file)
  if (!path) return undefined
  const sent = loading.sources.of.get(file)
  const number = sent && formerNumber(loading, file, sent.supplier)
  const day = `e.${named(extractFiles[file].day ?? '')}`
  const replaced =
    sent && number !== undefined
      ? `e.source = ${number} and ${day} <= date '${sent.coversTo}'${sent.coversFrom ? ` and ${day} >= date '${sent.coversFrom}'` : ''}`
      : 'false'
  const columns = Object.keys(storeFiles[file])
    .filter((name) => name !== 'person' && name !== 'source')
    .map((name) => `e.${named(name)}`)
  return `select h.person, ${columns.join(', ')}, ${renumbered(loading, file, 'e.source')} as source
    from read_parquet(${quoted(path)}) e join former f on f.person = e.person
    join placed h on h.pseudonym = f.pseudonym where h.person is not null and not (${replaced})`
}

const formerNumber = (loading: Loading, file: string, supplier: string): number | undefined => {
  const at =
    loading.before?.sources.findIndex((source) => source.file === file && source.supplier === supplier) ?? -1
  return at < 0 ? undefined : at
}

/** A source's number in the load before, as its number in this one. */
function renumbered(loading: Loading, file: string, column: string): string {
  const cases = (loading.before?.sources ?? []).flatMap((source, from) => {
    const to = loading.linked.findIndex((one) => one.file === source.file && one.supplier === source.supplier)
    return source.file === file && to >= 0 ? [`when ${from} then ${to}`] : []
  })
  return cases.length ? `(case ${column} ${cases.join(' ')} end)` : 'null'
}
