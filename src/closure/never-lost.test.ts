import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Outcome, permit, Refused, type StaffVisit } from '#access'
import { contactsOf, recordContact, strike } from '#co-ordination'
import { type Episode, episodesOf } from '#people'
import {
  acceptCandidate,
  changeHowSoon,
  howSoonIn,
  reassign,
  recordAgreement,
  takeAcceptanceBack,
} from '#referral'
import { lookWhole } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, programmeId, staffId } from '../../test/house.ts'
import { closeEpisode, safetyNet, takeBack } from './index.ts'

let house: House
let behind: Client
beforeAll(async () => {
  house = await openHouse()
  // One connection for every count: a new one each time would take those of the tests beside it.
  behind = new Client({ connectionString: house.ownerUrl })
  await behind.connect()
})
afterAll(() => behind.end())

/** Numbers that look drawn and are the same whenever the test runs. */
function drawFrom(seed: number) {
  let state = seed
  return <T>(from: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const one = from[Math.floor((state / 2 ** 32) * from.length)]
    if (one === undefined) throw new Error('nothing to draw from')
    return one
  }
}

const classes = ['2 hours', 'today', '2 working days', '5 working days', '10 working days'] as const
const owners = [
  { ownerId: staffId('amina'), teamId: places.team },
  { ownerId: staffId('omar'), teamId: places.team },
  { ownerId: staffId('karl'), teamId: places.otherTeam },
] as const
const staff: readonly Cast[] = ['drLund', 'drLund', 'amina', 'omar']
type Draw = ReturnType<typeof drawFrom>
type Leave = Awaited<ReturnType<typeof permit<'whole'>>>
type Doing = (
  visit: StaffVisit,
  leave: Leave,
  episode: Episode | undefined,
  draw: Draw,
) => Promise<Outcome<unknown>>

const nothing: Outcome = { ok: false, problems: [] }
const programme = { programmeId: programmeId('conrane') }

const doings: readonly Doing[] = [
  (visit, leave, _, draw) =>
    acceptCandidate(visit, leave, {
      ...{ ...programme, ...draw(owners), howSoon: draw(classes), reason: draw(['new need', '']) },
      agreedToTakePart: draw([true, false]),
    }),
  async (visit, leave, episode, draw) =>
    episode
      ? reassign(visit, leave, {
          ...{
            episodeId: episode.id,
            turn: episode.turn,
            ...draw(owners),
            reason: draw(['leave', 'nonsense']),
          },
        })
      : nothing,
  async (visit, leave, episode, draw) =>
    episode
      ? recordAgreement(visit, leave, {
          episodeId: episode.id,
          turn: episode.turn,
          answer: draw(['yes', 'no']),
        })
      : nothing,
  (visit, leave) => takeAcceptanceBack(visit, leave, programme),
  (visit, leave, _, draw) =>
    recordContact(visit, leave, { kind: draw(['telephone', 'home visit']), words: 'Spoke to her' }),
  async (visit, leave) => {
    const standing = (await contactsOf(visit.db, leave)).find(({ struckAt }) => !struckAt)
    return standing ? strike(visit, leave, standing.id, 'Wrong person') : nothing
  },
  async (visit, leave, episode, draw) => {
    const said = (await howSoonIn(visit.db, [leave.person])).find(
      ({ episodeId }) => episodeId === episode?.id,
    )
    if (!episode || !said) return nothing
    return changeHowSoon(visit, leave, {
      ...{
        episodeId: episode.id,
        n: said.n,
        howSoon: draw(classes),
        words: draw(['', 'Her son is with her']),
      },
    })
  },
  async (visit, leave, episode, draw) =>
    episode
      ? closeEpisode(visit, leave, {
          ...{ episodeId: episode.id, turn: episode.turn, closedOn: visit.today, tasks: [], actions: [] },
          ...{ reason: draw(['goals met', 'the person chose']), told: safetyNet.map(({ code }) => code) },
        })
      : nothing,
  async (visit, leave) => {
    const closed = (await episodesOf(visit.db, leave)).find(({ closedOn }) => closedOn)
    return closed ? takeBack(visit, leave, { episodeId: closed.id, reason: 'Closed by mistake' }) : nothing
  },
]

/** Somebody does something to somebody. @returns which was kept: what is refused or wrong changes nothing. */
const happens = async (draw: Draw, people: readonly string[]): Promise<number | undefined> => {
  const [who, person, doing] = [draw(staff), draw(people), draw(doings)]
  try {
    return await house.as(who, async (visit) => {
      const leave = await permit(visit, person, lookWhole)
      const open = (await episodesOf(visit.db, leave)).find(({ closedOn }) => !closedOn)
      return (await doing(visit, leave, open, draw)).ok ? doings.indexOf(doing) : undefined
    })
  } catch (wrong) {
    if (wrong instanceof Refused) return undefined
    throw wrong
  }
}

/** What must be 0 at every moment, counted behind every wall. */
const lost = async () => {
  const counted = await behind.query(
    `select
       (select count(*)::int from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
         where e.closed_on is null and not exists (select from organisations.post p where p.staff_id = t.owner_id
           and p.organisation_id = t.team_id and p.during @> organisations.today())) as unowned,
       (select count(*)::int from referral.referral r where not exists (
         select from referral.step s where s.referral_id = r.id and s.kind = 'decided')) as unanswered,
       (select count(*)::int from people.episode e where not exists (
         select from referral.triage t where t.episode_id = e.id and t.n = 1)) as without_how_soon,
       (select count(*)::int from people.episode e join referral.triage f on f.episode_id = e.id and f.n = 1
         where e.closed_on is null and not co_ordination.heard_since(e.id, f.from_at)
           and not exists (select from people.episode_turn t, lateral co_ordination.waiting_at(t.team_id) w
             where t.episode_id = e.id and t.n = e.turn and w.person_id = e.person_id and w.owner_id = t.owner_id)) as unseen,
       (select count(*)::int from referral.triage t where t.is_later and t.words is null) as later_without_reason,
       (select count(*)::int from case_finding.judgement j where j.decision = 'accepted'
         and j.n = (select max(n) from case_finding.judgement k where k.person_id = j.person_id and k.programme_id = j.programme_id)
         and not exists (select from people.episode e where e.person_id = j.person_id
           and e.programme_id = j.programme_id)) as accepted_and_forgotten`,
  )
  return counted.rows[0]
}

const keptEver = new Set<number>()

describe('HZ15 a referral is never lost', () => {
  it.each([1, 20, 300])(
    'after 200 things done in an order drawn by seed, nobody is unowned, unanswered or without a clock: seed %i',
    async (seed) => {
      const draw = drawFrom(seed)
      const people = await Promise.all(Array.from({ length: 2 }, () => house.arrangePerson()))
      const kept: number[] = []
      for (let n = 0; n < 200; n++) {
        const doing = await happens(draw, people)
        if (doing !== undefined) kept.push(doing)
        expect(await lost()).toEqual({
          ...{ unowned: 0, unanswered: 0, without_how_soon: 0, unseen: 0 },
          ...{ later_without_reason: 0, accepted_and_forgotten: 0 },
        })
      }
      // A test in which nothing happens finds nothing lost.
      expect(kept.length).toBeGreaterThan(20)
      expect(new Set(kept).size).toBeGreaterThan(doings.length / 2)
      for (const one of kept) keptEver.add(one)
    },
    60_000,
  )

  it('and each thing that may be done was done at least once', () => {
    expect([...keptEver].toSorted((a, b) => a - b)).toEqual(doings.map((_, at) => at))
  })
})
