import type { Permit } from '#access'
import { type Db, many, one, type Sql, sql, withoutNulls } from '#database'
import type { Judgement, Suggestion } from '../types.ts'
import type { Band, InLine, InLot, Lot } from './types.ts'

/** Somebody a run listed, anywhere, with what their standing needs. */
export type LineRow = {
  readonly pseudonym: string
  readonly rank: number
  readonly practiceId?: string
  readonly isWithUs: boolean
  readonly history: readonly Judgement[]
  readonly suggestion: Suggestion & { readonly pseudonym: string }
}

type StoredRow = {
  readonly pseudonym: string
  readonly rank: number
  readonly practiceId: string | null
  readonly isWithUs: boolean
  readonly judged: readonly Record<string, unknown>[] | null
  readonly suggestion: Suggestion & { readonly pseudonym: string }
}

/** Everybody a run listed who is alive and does not object, in all practices, by pseudonym and in its order. */
export async function lineOf(db: Db, programmeId: string, runId: string): Promise<readonly LineRow[]> {
  const rows = await many<StoredRow>(
    db,
    sql`select replace(l.pseudonym::text, '-', '') as pseudonym, l.rank, l.practice_id as "practiceId",
          l.is_with_us as "isWithUs", l.judged, jsonb_strip_nulls(jsonb_build_object(
            'pseudonym', replace(l.pseudonym::text, '-', ''), 'rank', l.rank,
            'emergencyAdmissions', s.emergency_admissions, 'aeVisits', s.ae_visits, 'conditions', s.conditions,
            'lastAdmissionOn', s.last_admission_on, 'isReturned', s.is_returned, 'risk', s.risk)) as suggestion
        from case_finding.in_line(${programmeId}, ${runId}) l
        join case_finding.suggestion s on s.run_id = ${runId} and s.pseudonym = l.pseudonym
        where s.risk is null or not case_finding.is_held_out(s.pseudonym) order by l.rank`,
  )
  return rows.map(({ judged, practiceId, ...row }) => ({
    ...row,
    practiceId: practiceId ?? undefined,
    history: (judged ?? []).map((each) => ({
      ...withoutNulls<Judgement>(each),
      judgedAt: new Date(String(each.judgedAt)),
    })),
  }))
}

const lotColumns = sql`l.id, l.n, l.run_id as "runId", l.drawn_on as "drawnOn", t.name as "approvedByName", l.reason,
  l.places, jsonb_build_object('kind', l.band, 'width', l.band_width) as band, l.in_line as "inLine",
  l.before_band as "beforeBand", l.in_draw as "inDraw", l.drawn, l.seed`

/** Every draw of a programme, newest first. */
export const lotsOf = (db: Db, programmeId: string): Promise<readonly Lot[]> => many(db, lotsIn(programmeId))

/** The question for them. */
export const lotsIn = (programmeId: string): Sql =>
  sql`select ${lotColumns} from case_finding.lot l join organisations.staff t on t.id = l.approved_by
      where l.programme_id = ${programmeId} order by l.n desc`

/** Those in a draw, in the order the lot put them: by their rank on the list, which says nothing of who they are. */
export const turnsOf = (
  db: Db,
  lotId: string,
): Promise<
  readonly {
    readonly pseudonym: string
    readonly rank: number
    readonly turn: number
    readonly isDrawn: boolean
  }[]
> =>
  many(
    db,
    sql`select replace(pseudonym::text, '-', '') as pseudonym, rank, turn, is_drawn as "isDrawn"
        from case_finding.lot_person where lot_id = ${lotId} order by turn`,
  )

/** Keeps a draw whole. @returns false when another of the programme was drawn meanwhile; then nothing was kept. */
export async function keepLot(
  db: Db,
  lot: Omit<Lot, 'approvedByName'> & { readonly programmeId: string; readonly at: Date },
  turns: readonly InLine[],
): Promise<boolean> {
  const facts = {
    ...{ id: lot.id, programme_id: lot.programmeId, n: lot.n, run_id: lot.runId, drawn_on: lot.drawnOn },
    ...{ drawn_at: lot.at, reason: lot.reason, places: lot.places, band: lot.band.kind },
    ...{ band_width: widthOf(lot.band), in_line: lot.inLine, before_band: lot.beforeBand },
    ...{ in_draw: lot.inDraw, drawn: lot.drawn, seed: lot.seed },
  }
  const people = turns.map(({ pseudonym, rank }, at) => ({ pseudonym, rank, turn: at + 1 }))
  const row = await one<{ kept: boolean }>(
    db,
    sql`select case_finding.keep_lot(${JSON.stringify(facts)}, ${JSON.stringify(people)}) as kept`,
  )
  return row?.kept ?? false
}

const widthOf = (band: Band) => (band.kind === 'alike' ? 0 : band.width)

/** The draws of a programme that the permitted person was in, newest first. */
export const lotsOfPerson = (
  db: Db,
  permit: Permit<'whole'>,
  programmeId: string,
): Promise<readonly InLot[]> =>
  many(
    db,
    sql`select lot_id as "lotId", run_id as "runId", drawn_on as "drawnOn", is_drawn as "isDrawn"
        from case_finding.lots_of_open_person(${programmeId}) where access.person() = ${permit.person}`,
  )
