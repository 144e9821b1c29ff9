import { type ListPermit, newId, type Permit, permitOpened, type StaffVisit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { Audit, AuditChange, Finding, NewAudit, Sampled, SupervisionNote } from './audit-types.ts'

const auditColumns = sql`a.id, a.question, a.criterion, a.standard_percent as "standardPercent",
  a.sample_asked as "sampleAsked", a.drawn_from as "drawnFrom", a.re_audit_of as "reAuditOf", s.name as "openedByName",
  a.opened_at as "openedAt", c.drawn, c.met, c.not_met as "notMet", c.other`

/** Every round of audits of the caller's own place, newest first. Another place's are not among them. */
export async function auditsHere(db: Db): Promise<readonly Audit[]> {
  const rows = await many(
    db,
    sql`select ${auditColumns} from reflection.audit_counts() c join reflection.audit a on a.id = c.audit_id
          join organisations.staff s on s.id = a.opened_by order by a.opened_at desc, a.id desc`,
  )
  return rows.map((row) => withoutNulls<Audit>(row))
}

/** Opens a round and draws its sample. @returns its id and how many were drawn. */
export async function insertAudit(
  db: Db,
  audit: NewAudit & { readonly placeId: string; readonly by: string; readonly at: Date },
): Promise<{ readonly id: string; readonly drawn: number }> {
  const id = newId()
  await run(
    db,
    sql`insert into reflection.audit (id, place_id, question, criterion, standard_percent, sample_asked, drawn_from,
          re_audit_of, opened_by, opened_at)
        values (${id}, ${audit.placeId}, ${audit.question}, ${audit.criterion}, ${audit.standardPercent},
          ${audit.sampleAsked}, (select reflection.count_eligible()), ${audit.reAuditOf ?? null}, ${audit.by}, ${audit.at})`,
  )
  const row = await one<{ drawn: number }>(db, sql`select reflection.draw_sample(${id}) as drawn`)
  return { id, drawn: row?.drawn ?? 0 }
}

/** Opens those of a sample whom the caller still has to do with, as a logged list. */
export const openSample = (visit: StaffVisit, auditId: string): Promise<ListPermit> =>
  permitOpened(
    visit,
    'see people',
    sql`reflection.open_sample(${auditId}, 'service administration', 'read the sample of an audit')`,
  )

const sampledColumns = sql`p.person_id as "personId", p.n, n.family as "familyName", n.given as "givenName", p.finding,
  p.words, s.name as "foundByName"`

/** The opened people of a sample, in the order of the draw. */
export async function sampledOf(db: Db, permit: ListPermit, auditId: string): Promise<readonly Sampled[]> {
  const rows = await many(
    db,
    sql`select ${sampledColumns} from reflection.audit_person p
          join people.name n on n.person_id = p.person_id and n.ended_at is null
          left join organisations.staff s on s.id = p.found_by
        where p.audit_id = ${auditId} and p.person_id = any (${permit.people}) order by p.n`,
  )
  return rows.map((row) => withoutNulls<Sampled>(row))
}

/** The permitted person's place in a sample, or undefined when they were not drawn. */
export async function sampledOne(
  db: Db,
  permit: Permit<'whole'>,
  auditId: string,
): Promise<Sampled | undefined> {
  const row = await one(
    db,
    sql`select ${sampledColumns} from reflection.audit_person p
          join people.name n on n.person_id = p.person_id and n.ended_at is null
          left join organisations.staff s on s.id = p.found_by
        where p.audit_id::text = ${auditId} and p.person_id = ${permit.person}`,
  )
  return row && withoutNulls<Sampled>(row)
}

/** Writes down what was found in the permitted person's record. @returns false when they were not drawn. */
export async function saveFinding(
  db: Db,
  permit: Permit<'whole'>,
  found: {
    readonly auditId: string
    readonly finding: Finding
    readonly words: string
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update reflection.audit_person set finding = ${found.finding}, words = ${found.words || null},
          found_by = ${found.by}, found_at = ${found.at}
        where audit_id = ${found.auditId} and person_id = ${permit.person}`,
  )
  return touched === 1
}

/** What is changed because of a round, oldest first. */
export const changesOf = (db: Db, auditId: string): Promise<readonly AuditChange[]> =>
  many(
    db,
    sql`select c.id, c.words, o.name as "ownerName", c.due_on as "dueOn", r.name as "recordedByName",
          c.recorded_at as "recordedAt"
        from reflection.audit_change c join organisations.staff o on o.id = c.owner_id
          join organisations.staff r on r.id = c.recorded_by
        where c.audit_id = ${auditId} order by c.recorded_at, c.id`,
  )

export async function insertChange(
  db: Db,
  change: {
    readonly auditId: string
    readonly words: string
    readonly ownerId: string
    readonly dueOn: LondonDate
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await run(
    db,
    sql`insert into reflection.audit_change (id, audit_id, words, owner_id, due_on, recorded_by, recorded_at)
        values (${newId()}, ${change.auditId}, ${change.words}, ${change.ownerId}, ${change.dueOn}, ${change.by},
          ${change.at})`,
  )
}

/** The caller's own supervision notes, newest first; reading them is in the access log. */
export const mySupervision = (db: Db): Promise<readonly SupervisionNote[]> =>
  many(
    db,
    sql`select id, supervisee_name as "superviseeName", supervisor_name as "supervisorName", i_supervise as "iSupervise",
          held_on as "heldOn", words, written_by_name as "writtenByName", written_at as "writtenAt"
        from reflection.my_supervision()`,
  )

export async function writeSupervision(
  db: Db,
  note: {
    readonly otherId: string
    readonly otherSupervises: boolean
    readonly heldOn: LondonDate
    readonly words: string
    readonly at: Date
  },
): Promise<void> {
  await run(
    db,
    sql`select reflection.write_supervision(${newId()}, ${note.otherId}, ${note.otherSupervises}, ${note.heldOn},
          ${note.words}, ${note.at})`,
  )
}
