import type { LondonDate } from '#calendar'
import { quoted } from './duckdb-words.ts'
import { readFormer } from './former.ts'
import { nameByPseudonym, readOwnIdentities, readPeople } from './identity.ts'
import { pseudonymKey } from './key.ts'
import { type Loading, rawSql, supplierOf } from './loading.ts'
import { isNationalOptOut, reliedOnWithin, tooOldToRelyOn, tooOldWords } from './opt-out.ts'
import { stop } from './stopped.ts'
import { nationalCheck, policy } from './store.ts'
import { matchedSql } from './storing.ts'

/** People, those only a hospital knows, who is left out because they object, and everybody's place in the store. */
export async function workOutWho(loading: Loading): Promise<void> {
  const { bench, files, workshop } = loading
  await workshop.say('Working out who everybody is', 0.3)
  await readPeople(
    bench,
    rawSql(loading, 'people'),
    rawSql(loading, 'practices'),
    supplierOf(loading, 'people'),
  )
  for (const file of ['inpatient', 'emergency_department'] as const)
    if (files.has(file)) await readOwnIdentities(bench, rawSql(loading, file), supplierOf(loading, file))
  const key = await pseudonymKey(workshop.folder)
  await nameByPseudonym(bench, key)
  await readFormer(loading, key)
  await bench.run(`insert into keyed select 'former:' || pseudonym, pseudonym from former
    where pseudonym not in (select pseudonym from keyed)`)
  await bench.run('create table left_out (key VARCHAR)')
  await bench.run('create table contact (no INTEGER, telephone VARCHAR, kin VARCHAR)')
  await lay(loading)
  await readObjections(loading)
  await bench.run('drop table placed; drop table who; drop table who_local')
  await lay(loading)
  await readTelephones(loading)
  await layMarks(loading)
}

/** Lays out everybody's place in this folder: by pseudonym. Those left out have none. */
async function lay({ bench }: Loading): Promise<void> {
  await bench.run(`create table placed as
    with standing_of as (
      select k.key, k.pseudonym, bool_or(coalesce(s.standing in ('objects', 'removed'), false) or l.key is not null) as is_left_out
      from keyed k left join standing s using (pseudonym) left join left_out l using (key) group by k.key, k.pseudonym
    ), places as (
      select pseudonym, (row_number() over (order by pseudonym) - 1)::uinteger as person
      from (select distinct pseudonym from standing_of where not is_left_out)
    )
    select o.key, o.pseudonym, case when not o.is_left_out then p.person end as person
    from standing_of o left join places p using (pseudonym)`)
  await bench.run(`create table who as
    with everybody as (
      select p.key, p.nhs, p.date_of_birth as born_on, p.died_on, h.person from person p join placed h using (key)
      union all
      select h.key, n.nhs, null, null, h.person from former_number n join placed h on h.key = 'former:' || n.pseudonym
    )
    select (row_number() over (order by key))::integer as no, * from everybody`)
  await bench.run('create table who_local as select * from who where nhs is null')
}

/** What gives each person away, to be found where a code belongs. */
async function layMarks({ bench }: Loading): Promise<void> {
  await bench.run(`create table mark as
    select w.no, [w.nhs::varchar, upper(p.family_name), upper(p.given_name), upper(replace(p.postcode, ' ', '')), c.telephone, c.kin] as marks
    from who w left join person p using (key) left join contact c using (no)`)
}

async function readObjections(loading: Loading): Promise<void> {
  const { bench, files, workshop } = loading
  const { rules } = await workshop.inVisit(({ db }) => policy(db, 'case-finding'))
  if (files.has('objections')) {
    const matched = await matchedSql(loading, 'objections')
    await bench.run(
      `create table objection as select w.key, m.kind, m.source, m.recorded_on, m.withdrawn_on, m.checked_at::date as checked_on
        from (${matched}) m join who w using (no) where m.why is null`,
    )
  }
  const national = await readNationalCheck(loading)
  const old = tooOldToRelyOn(loading.nationalCheck, loading.loadOn, rules)
  if (old) stop(old)
  if (!files.has('objections')) return
  const included = [...rules].filter(([, rule]) => rule === 'include').map(([kind]) => quoted(kind))
  const counts = ['true', ...(included.length ? [`kind not in (${included.join(', ')})`] : [])].join(' and ')
  const { from, to } = reliedOnWithin(loading.loadOn)
  // Of the national opt-out neither a yes nor a no is believed once it is too old: whoever has one is held back.
  const isTooOld = national.length
    ? `(kind in (${national.map(quoted).join(', ')}) and (checked_on is null or checked_on not between date '${from}' and date '${to}'))`
    : 'false'
  const live = `(${counts}) and (withdrawn_on is null or ${isTooOld})`
  await bench.run(`insert into left_out select distinct key from objection where ${live}`)
  const found = await bench.rows<{ kind: string; isTooOld: boolean; people: number }>(
    `select kind, ${isTooOld} as "isTooOld", count(distinct key)::int as people from objection where ${live} group by all order by all`,
  )
  for (const { kind, isTooOld: old, people } of found)
    loading.leftOut[old ? tooOldWords(kind) : kind] = people
}

/** Finds when the national service was last asked: as this load says, or else the newest load that said. @returns its kinds. */
async function readNationalCheck(loading: Loading): Promise<readonly string[]> {
  const { bench, files, workshop, loadOn } = loading
  const rows = files.has('objections')
    ? await bench.rows<{ kind: string; checkedOn: LondonDate | null }>(
        `select kind, max(checked_on) filter (checked_on <= date '${reliedOnWithin(loadOn).to}')::varchar as "checkedOn"
         from objection group by kind order by 2 desc nulls last`,
      )
    : []
  const national = rows.filter(({ kind }) => isNationalOptOut(kind))
  const [newest] = national.flatMap(({ kind, checkedOn }) => (checkedOn ? [{ kind, checkedOn }] : []))
  loading.nationalCheck = newest ?? (await workshop.inVisit(({ db }) => nationalCheck(db)))
  return national.map(({ kind }) => kind)
}

async function readTelephones(loading: Loading): Promise<void> {
  if (!loading.files.has('addresses')) return
  const matched = await matchedSql(loading, 'addresses')
  await loading.bench.run(`insert into contact select no, last(replace(telephone, ' ', '') order by line),
    last(replace(next_of_kin_telephone, ' ', '') order by line) from (${matched}) where why is null group by no`)
}
