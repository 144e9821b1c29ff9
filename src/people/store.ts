import type { ListPermit, Part, Permit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { Episode, Identity, Stage, Wish } from './types.ts'

const identityColumns = sql`
  p.id, n.family as "familyName", n.given as "givenName", n.title, n.called, p.born_on as "bornOn",
  p.born_about as "isBornAbout", p.sex, p.language, p.died_on as "diedOn",
  case when p.died_on is not null then people.death_of(p.id) end as death,
  (select value from people.identifier i where i.person_id = p.id and i.system = 'nhs' and i.ended_at is null)
    as "nhsNumber",
  (select concat_ws(', ', value, postcode) from people.contact_point c
     where c.person_id = p.id and c.kind = 'address' and c.ended_at is null limit 1) as address,
  (select value from people.contact_point c
     where c.person_id = p.id and c.kind = 'telephone' and c.ended_at is null limit 1) as telephone,
  (select jsonb_build_object('name', value, 'telephone', c.telephone) from people.contact_point c
     where c.person_id = p.id and c.kind = 'next of kin' and c.ended_at is null limit 1) as "nextOfKin",
  (select jsonb_build_object('id', o.id, 'name', o.name, 'telephone', o.telephone) from people.registration r
     join organisations.organisation o on o.id = r.practice_id
     where r.person_id = p.id and r.ended_at is null and r.during @> (select organisations.today())) as practice,
  coalesce((select jsonb_agg(jsonb_build_object('name', a.name, 'reaction', a.reaction, 'source', a.source)
     order by a.name) from people.allergy a where a.person_id = p.id and a.ended_at is null), '[]') as allergies,
  (select m.since from people.mark m where m.person_id = p.id and m.kind = 'no known allergies'
     and m.ended_at is null) as "noAllergiesCheckedOn",
  coalesce((select array_agg(m.kind order by m.kind) from people.mark m
     where m.person_id = p.id and m.ended_at is null), '{}') as marks`

type IdentityRow = { readonly [Key in keyof Required<Identity>]: Identity[Key] | null }

const known = <T extends object>(row: T) => withoutNulls<T>(row)

function asIdentity(row: IdentityRow): Identity {
  const marks = row.marks ?? []
  return {
    ...(known(row) as Identity),
    hasNoKnownAllergies: marks.includes('no known allergies'),
    marks: marks.filter((mark) => mark !== 'no known allergies'),
  }
}

/** Who the permitted person is. The rows are there because the permit opened them. */
export async function identityOf(db: Db, permit: Permit<Part>): Promise<Identity> {
  const row = await one<IdentityRow>(
    db,
    sql`select ${identityColumns} from people.person p
        join people.name n on n.person_id = p.id and n.ended_at is null where p.id = ${permit.person}`,
  )
  if (!row) throw new Error(`person ${permit.person} was opened and has no current name`)
  return asIdentity(row)
}

/**
 * Whether somebody else of the same case manager or on the same ward has a name like the permitted person's: a family
 * name that sounds the same and a given name that begins with the same letter. It never says who.
 */
export async function hasNamesake(db: Db, _permit: Permit<Part>): Promise<boolean> {
  const row = await one<{ has: boolean }>(db, sql`select people.has_namesake() as has`)
  return row?.has ?? false
}

/** Who the people of a permitted list are, by family name. */
export async function identitiesOf(db: Db, permit: ListPermit): Promise<readonly Identity[]> {
  const rows = await many<IdentityRow>(
    db,
    sql`select ${identityColumns} from people.person p
        join people.name n on n.person_id = p.id and n.ended_at is null
        where p.id = any (${permit.people}) order by n.family, n.given, p.id`,
  )
  return rows.map(asIdentity)
}

/** Whoever of some opened people is said to have died, with the day and whether anybody here has confirmed it. */
export async function diedAmong(
  db: Db,
  people: readonly string[],
): Promise<ReadonlyMap<string, Pick<Identity, 'diedOn' | 'death'>>> {
  const rows = await many<Pick<Identity, 'id' | 'diedOn' | 'death'>>(
    db,
    sql`select p.id, p.died_on as "diedOn", people.death_of(p.id) as death from people.person p
        where p.id = any (${people}::uuid[]) and p.died_on is not null`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** How many of the caller’s people are recorded as died and confirmed by nobody. A count, never whose. */
export async function deathsToCheck(db: Db): Promise<number> {
  const row = await one<{ people: number }>(db, sql`select people.count_deaths_unconfirmed() as people`)
  return row?.people ?? 0
}

const episodeColumns = sql`
  e.id, e.person_id as "personId", e.programme_id as "programmeId", g.key as "programmeKey",
  (select v.template ->> 'name' from organisations.programme_version v where v.programme_id = e.programme_id
     order by v.version desc limit 1) as "programmeName",
  e.opened_on as "openedOn", e.closed_on as "closedOn", e.turn, t.stage, t.owner_id as "ownerId",
  s.name as "ownerName", s.telephone as "ownerTelephone", t.team_id as "teamId", o.name as "teamName",
  o.telephone as "teamTelephone", not organisations.works_at(t.owner_id, t.team_id) as "ownerHasLeft"`
const episodeTables = sql`people.episode e
  join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
  join organisations.programme g on g.id = e.programme_id
  join organisations.staff s on s.id = t.owner_id
  join organisations.organisation o on o.id = t.team_id`

/** Every episode of the permitted person, open ones first, then the newest. */
export const episodesOf = (db: Db, permit: Permit<Part>): Promise<readonly Episode[]> =>
  many(
    db,
    sql`select ${episodeColumns} from ${episodeTables} where e.person_id = ${permit.person}
        order by e.closed_on is not null, e.opened_on desc`,
  )

/** The open episodes of the people of a permitted list. */
export const openEpisodesIn = (db: Db, permit: ListPermit): Promise<readonly Episode[]> =>
  many(
    db,
    sql`select ${episodeColumns} from ${episodeTables}
        where e.person_id = any (${permit.people}) and e.closed_on is null`,
  )

/** A turn of an episode: who holds it, where it stands, and why it changed hands. */
export type Turn = {
  readonly stage: Stage
  readonly ownerId: string
  readonly teamId: string
  readonly reason: string
  readonly at: Date
  readonly by: string
}

/** Opens an episode with its first turn. A second open one in the same programme breaks the database's own rule. */
export async function openEpisode(
  db: Db,
  permit: Permit<Part>,
  episode: { readonly id: string; readonly programmeId: string; readonly openedOn: LondonDate },
  turn: Turn,
): Promise<void> {
  await run(
    db,
    sql`insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
        values (${episode.id}, ${permit.person}, ${episode.programmeId}, ${episode.openedOn}, 1, ${turn.at})`,
  )
  await addTurn(db, permit, episode.id, 1, turn)
}

/**
 * Gives an episode its next turn.
 *
 * @param from the turn the page was drawn from.
 * @param closedOn set when this turn ends the episode.
 * @returns false when somebody else turned it first; then nothing was changed.
 */
export async function turnEpisode(
  db: Db,
  permit: Permit<Part>,
  episodeId: string,
  from: number,
  turn: Turn,
  closedOn?: LondonDate,
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update people.episode set turn = ${from + 1}, closed_on = ${closedOn ?? null}
        where id = ${episodeId} and person_id = ${permit.person} and turn = ${from}`,
  )
  if (touched === 0) return false
  await addTurn(db, permit, episodeId, from + 1, turn)
  return true
}

async function addTurn(
  db: Db,
  permit: Permit<Part>,
  episodeId: string,
  n: number,
  turn: Turn,
): Promise<void> {
  await run(
    db,
    sql`insert into people.episode_turn
          (episode_id, n, person_id, stage, owner_id, team_id, reason, effective_at, recorded_at, recorded_by)
        values (${episodeId}, ${n}, ${permit.person}, ${turn.stage}, ${turn.ownerId}, ${turn.teamId},
                ${turn.reason}, ${turn.at}, ${turn.at}, ${turn.by})`,
  )
}

/** A time somebody was the case manager of an episode: since when, and why it came to them. */
export type Hand = {
  readonly episodeId: string
  readonly ownerName: string
  readonly since: Date
  readonly reason: string
  readonly byName: string
}

/** Who has been the case manager of each of the permitted person's episodes, the newest first. */
export const handsOf = (db: Db, permit: Permit<Part>): Promise<readonly Hand[]> =>
  many(
    db,
    sql`select h."episodeId", s.name as "ownerName", h.since, h.reason, b.name as "byName"
        from (select t.episode_id as "episodeId", t.owner_id, t.effective_at as since, t.reason, t.recorded_by, t.n,
                     lag(t.owner_id) over (partition by t.episode_id order by t.n) as before
              from people.episode_turn t where t.person_id = ${permit.person}) h
        join organisations.staff s on s.id = h.owner_id
        join organisations.staff b on b.id = h.recorded_by
        where h.before is distinct from h.owner_id order by h.since desc, h.n desc`,
  )

/** How many open episodes a worker is the case manager of at a place. A count, never whose. */
export async function episodesHeld(db: Db, staffId: string, organisationId: string): Promise<number> {
  const row = await one<{ held: number }>(
    db,
    sql`select people.episodes_held(${staffId}, ${organisationId}) as held`,
  )
  return row?.held ?? 0
}

/** What the permitted person wants of us today. */
export const wishesOf = (db: Db, permit: Permit<Part>): Promise<readonly Wish[]> =>
  many(
    db,
    sql`select kind, purpose, answer, since, source from people.wish
        where person_id = ${permit.person} and ended_at is null`,
  )

/** Writes down what the person answered; an earlier answer of the same kind ends now. */
export async function recordWish(
  db: Db,
  permit: Permit<Part>,
  wish: Wish & { readonly id: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    db,
    sql`update people.wish set until = ${wish.since}, ended_at = ${wish.at}, ended_by = ${wish.by}
        where person_id = ${permit.person} and kind = ${wish.kind} and purpose = ${wish.purpose}
          and ended_at is null`,
  )
  await run(
    db,
    sql`insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_by, recorded_at)
        values (${wish.id}, ${permit.person}, ${wish.kind}, ${wish.purpose}, ${wish.answer}, ${wish.source},
                ${wish.since}, ${wish.by}, ${wish.at})`,
  )
}
