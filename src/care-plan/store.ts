import type { Permit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, join, many, one, run, sql, withoutNulls } from '#database'
import { type Agreement, type Line, ownersNotStaff, type PlanDraft, type Remark } from './types.ts'

type Readable = Permit<'whole' | 'emergency summary'>

/** Which plan and version stands. @param isLocked whoever else saves must wait until this transaction ends. */
export async function headOf(
  db: Db,
  permit: Readable,
  isLocked = false,
): Promise<{ readonly id: string; readonly version: number } | undefined> {
  const lock = isLocked ? sql`for update` : sql``
  return one(db, sql`select id, version from care_plan.plan where person_id = ${permit.person} ${lock}`)
}

export type VersionRow = {
  readonly n: number
  readonly agreedBy: Agreement['by'] | null
  readonly agreedWith: string | null
  readonly agreedOn: LondonDate | null
  readonly reviewOn: LondonDate | null
  readonly savedAt: Date
  readonly savedById: string
  readonly savedByName: string
}

/** Every version of a plan, the newest first. */
export const versionsOf = (db: Db, permit: Readable, planId: string): Promise<readonly VersionRow[]> =>
  many(
    db,
    sql`select v.n, v.agreed_by as "agreedBy", v.agreed_with as "agreedWith", v.agreed_on as "agreedOn",
               v.review_on as "reviewOn", v.saved_at as "savedAt", v.saved_by as "savedById", s.name as "savedByName"
        from care_plan.version v join organisations.staff s on s.id = v.saved_by
        where v.person_id = ${permit.person} and v.plan_id = ${planId} order by v.n desc`,
  )

type LineRow = {
  readonly [Key in keyof Omit<Line, 'owner'>]: Line[Key] | null
} & {
  readonly ownerId: string | null
  readonly ownerWords: string | null
  readonly ownerName: string | null
  readonly ownerRole: string | null
  readonly state: Remark | null
  readonly stateAt: Date | null
}

export type KnownLine = Line & {
  readonly ownerName?: string
  readonly ownerRole?: string
  readonly state?: Remark
  readonly stateAt?: Date
}

/** The lines of a plan as they stood in one version, with who each is given to and how it stands now. */
export async function linesAt(
  db: Db,
  permit: Readable,
  planId: string,
  version: number,
): Promise<readonly KnownLine[]> {
  const rows = await many<LineRow>(
    db,
    sql`select l.line_id as "lineId", l.kind, l.goal_id as "goalId", l.place, l.words, l.then_words as "thenWords",
               l.call_words as "callWords", l.action_kind as "actionKind", l.owner_id as "ownerId", l.owner_words as "ownerWords",
               l.due_on as "dueOn", l.for_out_of_hours as "isForOutOfHours", s.name as "ownerName",
               (select p.role from organisations.post p where p.staff_id = l.owner_id
                  and p.during @> organisations.today() order by p.recorded_at limit 1) as "ownerRole",
               r.state, r.made_at as "stateAt"
        from care_plan.line l
        left join organisations.staff s on s.id = l.owner_id
        left join lateral (select state, made_at from care_plan.remark r
          where r.plan_id = l.plan_id and r.line_id = l.line_id order by r.made_at desc, r.id desc limit 1) r on true
        where l.person_id = ${permit.person} and l.plan_id = ${planId} and l.from_version <= ${version}
          and (l.until_version is null or l.until_version > ${version})
        order by array_position(array['what matters', 'goal', 'action', 'if-then'], l.kind), l.place, l.line_id`,
  )
  return rows.map(asLine)
}

function asLine({ ownerId, ownerWords, ...row }: LineRow): KnownLine {
  return { ...withoutNulls<KnownLine>(row), owner: ownerId ?? ownerWords ?? undefined }
}

/** Begins a person's plan. @returns false when somebody else has just begun it; then nothing was changed. */
export async function beginPlan(db: Db, permit: Permit<'whole'>, id: string, at: Date): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into care_plan.plan (id, person_id, version, recorded_at) values (${id}, ${permit.person}, 1, ${at})
        on conflict (person_id) do nothing`,
  )
  return touched === 1
}

export type NewVersion = Pick<PlanDraft, 'reviewOn' | 'agreement'> & {
  readonly planId: string
  readonly n: number
  readonly savedBy: string
  readonly savedAt: Date
  readonly ended: readonly Pick<Line, 'lineId'>[]
  readonly begun: readonly Line[]
}

/** Writes a version and the lines that changed with it. The caller holds the plan's lock. */
export async function writeVersion(
  db: Db,
  permit: Permit<'whole'>,
  version: NewVersion,
  newId: () => string,
): Promise<void> {
  const { planId, n, agreement } = version
  await run(
    db,
    sql`insert into care_plan.version (plan_id, n, person_id, agreed_by, agreed_with, agreed_on, review_on, saved_by, saved_at)
        values (${planId}, ${n}, ${permit.person}, ${agreement?.by ?? null}, ${agreement?.with || null},
                ${agreement?.on ?? null}, ${version.reviewOn ?? null}, ${version.savedBy}, ${version.savedAt})`,
  )
  await run(db, sql`update care_plan.plan set version = ${n} where id = ${planId}`)
  await run(
    db,
    sql`update care_plan.line set until_version = ${n} where plan_id = ${planId} and until_version is null
          and line_id = any (${version.ended.map((line) => line.lineId)})`,
  )
  if (version.begun.length === 0) return
  const rows = version.begun.map((line) => {
    const words = ownersNotStaff.find((who) => who === line.owner)
    return sql`(${newId()}::uuid, ${line.lineId}::uuid, ${planId}::uuid, ${permit.person}::uuid, ${line.kind},
      ${line.goalId ?? null}::uuid, ${line.place}::integer, ${line.words}, ${line.thenWords ?? null},
      ${line.callWords ?? null}, ${line.actionKind ?? null}, ${words ? null : (line.owner ?? null)}::uuid, ${words ?? null},
      ${line.dueOn ?? null}::date, ${line.isForOutOfHours}::boolean, ${n}::integer)`
  })
  await run(
    db,
    sql`insert into care_plan.line (id, line_id, plan_id, person_id, kind, goal_id, place, words, then_words, call_words,
          action_kind, owner_id, owner_words, due_on, for_out_of_hours, from_version) values ${join(rows, sql`, `)}`,
  )
}

/** Says how an action stands now. */
export async function addRemark(
  db: Db,
  permit: Permit<'whole'>,
  remark: {
    readonly id: string
    readonly lineId: string
    readonly state: Remark
    readonly words?: string
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into care_plan.remark (id, plan_id, line_id, person_id, state, words, made_by, made_at)
        select ${remark.id}, l.plan_id, l.line_id, l.person_id, ${remark.state}, ${remark.words || null}, ${remark.by},
               ${remark.at}
        from care_plan.line l where l.line_id::text = ${remark.lineId} and l.person_id = ${permit.person}
          and l.kind = 'action' and l.until_version is null`,
  )
  return touched === 1
}

export type Colleague = { readonly id: string; readonly name: string; readonly role: string }

/** Who could be given an action: everybody at work today at one of the places, by name. */
export const staffAround = (db: Db, organisationIds: readonly string[]): Promise<readonly Colleague[]> =>
  many(
    db,
    sql`select distinct on (s.name, s.id) s.id, s.name, p.role from organisations.post p
        join organisations.staff s on s.id = p.staff_id
        where p.organisation_id = any (${organisationIds}) and p.during @> organisations.today()
          and (s.left_on is null or s.left_on > organisations.today())
        order by s.name, s.id, p.role`,
  )

export type MarkedAction = {
  readonly personId: string
  readonly lineId: string
  readonly words: string
  readonly dueOn?: LondonDate
}

/** Every action of one person or of an opened list that is marked for out of hours and not finished. */
export const markedForOutOfHours = (db: Db, people: readonly string[]): Promise<readonly MarkedAction[]> =>
  many(
    db,
    sql`select l.person_id as "personId", l.line_id as "lineId", l.words, l.due_on as "dueOn"
        from care_plan.line l
        where l.person_id = any (${people}) and l.until_version is null and l.for_out_of_hours
          and coalesce((select r.state from care_plan.remark r where r.plan_id = l.plan_id and r.line_id = l.line_id
                order by r.made_at desc, r.id desc limit 1), '') not in ('done', 'not done', 'stopped')
        order by l.due_on nulls last, l.place`,
  )

/** The newest words of every action the permitted person's plans ever had, by its reference. */
export const actionWordsOf = (
  db: Db,
  permit: Permit<'whole'>,
): Promise<readonly { readonly lineId: string; readonly words: string }[]> =>
  many(
    db,
    sql`select distinct on (l.line_id) l.line_id as "lineId", l.words from care_plan.line l
        where l.person_id = ${permit.person} and l.kind = 'action' order by l.line_id, l.from_version desc`,
  )

export type DueAction = {
  readonly personId: string
  readonly lineId: string
  readonly words: string
  readonly goalWords: string
  readonly ownerId?: string
  readonly ownerName?: string
  readonly ownerWords?: string
  readonly dueOn?: LondonDate
  readonly state: Remark | 'not started'
}

/** The unfinished actions of the people given, whose rows a permit has opened. */
export const unfinishedActions = (db: Db, people: readonly string[]): Promise<readonly DueAction[]> =>
  many(
    db,
    sql`select l.person_id as "personId", l.line_id as "lineId", l.words, g.words as "goalWords",
               l.owner_id as "ownerId", s.name as "ownerName", l.owner_words as "ownerWords", l.due_on as "dueOn",
               coalesce(r.state, 'not started') as state
        from care_plan.line l
        join care_plan.line g on g.plan_id = l.plan_id and g.line_id = l.goal_id and g.until_version is null
        left join organisations.staff s on s.id = l.owner_id
        left join lateral (select r.state from care_plan.remark r where r.plan_id = l.plan_id
          and r.line_id = l.line_id order by r.made_at desc, r.id desc limit 1) r on true
        where l.person_id = any (${people}) and l.kind = 'action' and l.until_version is null
          and coalesce(r.state, 'in progress') = 'in progress'
        order by l.due_on nulls last, l.place`,
  )

/** Whether any out-of-hours organisation has an agreement with us that is in force today. */
export async function hasOutOfHoursAgreement(db: Db): Promise<boolean> {
  const row = await one<{ isThere: boolean }>(
    db,
    sql`select exists (select from organisations.agreement a
          join organisations.organisation o on o.id = a.partner_id and o.kind = 'out of hours'
          where a.purpose = 'out of hours' and a.during @> organisations.today()) as "isThere"`,
  )
  return row?.isThere ?? false
}
