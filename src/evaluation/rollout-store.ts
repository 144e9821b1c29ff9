import { newId } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, run, sql, withoutNulls } from '#database'
import type { Store } from '#population'
import { quoted } from './duck.ts'
import { periodStarts } from './rollout-rules.ts'
import type { Rollout, RolloutAnswer, RolloutCell, RolloutLock, RolloutPlan } from './rollout-types.ts'

/** Every plan of a phased start, newest first, with its lot and its newest answer. */
export async function rollouts(db: Db): Promise<readonly Rollout[]> {
  const rows = await many(
    db,
    sql`select r.id, r.programme_id as "programmeId", r.plan, r.drafted_by as "draftedById", d.name as "draftedByName",
          r.drafted_at as "draftedAt", a.answer, a.ran_at as "answeredAt",
          case when k.rollout_id is not null then jsonb_build_object('seed', k.seed, 'drawn', k.drawn, 'sha256', k.sha256,
            'approvedByName', p.name) end as lock, k.approved_at as "approvedAt"
        from evaluation.rollout r join organisations.staff d on d.id = r.drafted_by
          left join evaluation.rollout_lock k on k.rollout_id = r.id
          left join organisations.staff p on p.id = k.approved_by
          left join lateral (select answer, ran_at from evaluation.rollout_result x where x.rollout_id = r.id
            order by x.ran_at desc, x.id desc limit 1) a on true
        order by r.drafted_at desc, r.id desc`,
  )
  return rows.map((row) => {
    const { approvedAt, ...one } = withoutNulls<Rollout & { readonly approvedAt?: Date }>(row)
    return one.lock && approvedAt ? { ...one, lock: { ...one.lock, approvedAt } } : one
  })
}

export async function insertRollout(
  db: Db,
  draft: {
    readonly programmeId: string
    readonly plan: RolloutPlan
    readonly by: string
    readonly at: Date
  },
): Promise<string> {
  const id = newId()
  await run(
    db,
    sql`insert into evaluation.rollout (id, programme_id, plan, drafted_by, drafted_at)
        values (${id}, ${draft.programmeId}, ${JSON.stringify(draft.plan)}, ${draft.by}, ${draft.at})`,
  )
  return id
}

/** Keeps what the lot drew. @returns false when this plan was drawn already: the first stands. */
export async function lockRollout(
  db: Db,
  lock: Pick<RolloutLock, 'seed' | 'drawn' | 'sha256'> & {
    readonly rolloutId: string
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into evaluation.rollout_lock (rollout_id, seed, drawn, sha256, approved_by, approved_at)
        values (${lock.rolloutId}, ${lock.seed}, ${lock.drawn}, ${lock.sha256}, ${lock.by}, ${lock.at})
        on conflict (rollout_id) do nothing`,
  )
  return touched === 1
}

export async function saveRolloutAnswer(
  db: Db,
  result: {
    readonly rolloutId: string
    readonly loadId: string
    readonly ranAt: Date
    readonly answer: RolloutAnswer
  },
): Promise<void> {
  await run(
    db,
    sql`insert into evaluation.rollout_result (id, rollout_id, load_id, ran_at, answer)
        values (${newId()}, ${result.rolloutId}, ${result.loadId}, ${result.ranAt}, ${JSON.stringify(result.answer)})`,
  )
}

/**
 * Emergency admissions and person-years of each practice and period, of people chosen before anything started: adults
 * registered for a year on the first day, with so many emergency admissions in the year before it.
 */
export async function readRolloutCells(store: Store, plan: RolloutPlan): Promise<readonly RolloutCell[]> {
  const starts = periodStarts(plan)
  const first = `${quoted(plan.startsOn)}::date`
  const codes = plan.practices.map(quoted).join(', ')
  const age = `floor(date_diff('day', make_date(p.birth_year, p.birth_quarter * 3 - 1, 15), ${first}) / 365.25)`
  await store.run(`create or replace temp table rollout_admission as
    select person, admitted_on as day from inpatient where admission_method like '2%'`)
  await store.run(`create or replace temp table rollout_person as
    select p.person, p.practice_code, p.until_on from people p
    where p.practice_code in (${codes}) and p.registered_month <= ${first} - 365
      and (p.until_on is null or p.until_on > ${first}) and ${age} >= ${plan.fromAge}
      and (select count(*) from rollout_admission a where a.person = p.person and a.day < ${first}
        and a.day >= ${first} - 365) >= ${plan.leastAdmissions}`)
  const cells: RolloutCell[] = []
  for (const [period, from] of starts.slice(0, -1).entries())
    cells.push(...(await periodCells(store, period, from, starts[period + 1] ?? from)))
  return cells
}

function periodCells(
  store: Store,
  period: number,
  from: LondonDate,
  before: LondonDate,
): Promise<readonly RolloutCell[]> {
  const [start, end] = [`${quoted(from)}::date`, `${quoted(before)}::date`]
  return store.rows<RolloutCell>(`
    with here as (select person, practice_code, least(coalesce(until_on + 1, ${end}), ${end}) as end_on from rollout_person
        where until_on is null or until_on >= ${start}),
      seen as (select h.practice_code, count(*) as n from here h join rollout_admission a
        on a.person = h.person and a.day >= ${start} and a.day < h.end_on group by all)
    select h.practice_code as practice, ${period} as period, coalesce(max(s.n), 0)::int as events,
      (sum(date_diff('day', ${start}, h.end_on)) / 365.25)::double as years
    from here h left join seen s using (practice_code) group by h.practice_code order by h.practice_code`)
}
