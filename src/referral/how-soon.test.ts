import { beforeAll, describe, expect, it } from 'vitest'
import { type Outcome, permit, Refused, type StaffVisit } from '#access'
import { someoneInCare } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, programmeId, staffId } from '../../test/house.ts'
import { type Acceptance, acceptCandidate, changeHowSoon, howSoonIn } from './index.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const toAmina: Acceptance = {
  programmeId: programmeId('conrane'),
  ownerId: staffId('amina'),
  teamId: places.team,
  reason: 'several teams',
  howSoon: '10 working days',
  agreedToTakePart: true,
}
const look = { may: 'accept referrals', part: 'whole', purpose: 'direct care', verb: 'accept' } as const
const withLeave = <T>(
  who: Cast,
  person: string,
  work: (visit: StaffVisit, leave: Awaited<ReturnType<typeof leaveFor>>) => Promise<T>,
) => house.as(who, async (visit) => work(visit, await leaveFor(visit, person)))
const leaveFor = (visit: StaffVisit, person: string) => permit(visit, person, look)
const accept = (person: string, change: Partial<Acceptance> = {}, who: Cast = 'drLund') =>
  withLeave(who, person, (visit, leave) => acceptCandidate(visit, leave, { ...toAmina, ...change }))
const kept = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return outcome.value
}
const messages = (outcome: Outcome<unknown>) =>
  outcome.ok ? [] : outcome.problems.map(({ message }) => message)
const now = async (person: string) =>
  withLeave('drLund', person, (visit, leave) => howSoonIn(visit.db, [leave.person]))
type Change = Partial<Parameters<typeof changeHowSoon>[2]>
const change = (person: string, episodeId: string, asked: Change, who: Cast = 'amina') =>
  withLeave(who, person, (visit, leave) =>
    changeHowSoon(visit, leave, { episodeId, n: 1, howSoon: 'today', words: '', ...asked }),
  )
const rowsOf = (episodeId: string) =>
  house.arrange(
    `select n, how_soon, by_on::text, words, is_later, checked, referrer_said, recorded_by from referral.triage
     where episode_id = $1 order by n`,
    [episodeId],
  )

describe('HZ16 accepting somebody says how soon', () => {
  it('and who said it, when it began and until when it runs are kept', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept(june, { howSoon: '2 working days' }))
    expect(await now(june)).toMatchObject([
      { episodeId, n: 1, howSoon: '2 working days', byOn: '2026-04-07', byName: 'Dr Astrid Lund' },
    ])
  })

  it('without it nobody is accepted, and nothing is kept', async () => {
    const june = await house.arrangePerson()
    // A script may leave out what its types ask for.
    const { howSoon: _, ...without } = toAmina
    const nothing = JSON.parse(JSON.stringify(without))
    for (const asked of [nothing, { ...without, howSoon: 'routine' }, { ...without, howSoon: '' }]) {
      const outcome = await withLeave('drLund', june, (visit, leave) => acceptCandidate(visit, leave, asked))
      expect(messages(outcome)).toEqual(['Select how soon they need to be seen'])
    }
    const [left] = await house.arrange(
      `select (select count(*)::int from people.episode where person_id = $1) as episodes,
              (select count(*)::int from case_finding.judgement where person_id = $1) as judgements`,
      [june],
    )
    expect(left).toEqual({ episodes: 0, judgements: 0 })
  })

  it('and the database itself keeps no acceptance without it', async () => {
    const june = await someoneInCare(house)
    const insert = house.arrange(
      `with f as (insert into referral.referral (id, person_id, programme_id, team_id, source, reason, referred_by, received_at)
         values (gen_random_uuid(), $1, $2, $3, 'direct', 'new need', $4, now()) returning id)
       insert into referral.step (id, referral_id, person_id, kind, answer, reason, episode_id, at, recorded_by)
         select gen_random_uuid(), f.id, $1, 'decided', 'accepted', 'new need',
                (select id from people.episode where person_id = $1), now(), $4 from f`,
      [june, programmeId('conrane'), places.team, staffId('drLund')],
    )
    await expect(insert).rejects.toThrow(/accepted_with_how_soon/)
  })

  it('red-flag words that were typed ask for a second look, and that somebody looked is kept', async () => {
    const june = await house.arrangePerson()
    const asked = { howSoon: '5 working days', words: 'Fell on Sunday, not hurt' } as const
    const first = await accept(june, asked)
    expect(messages(first)).toEqual(['You wrote “Fell”: check how soon'])
    const checked = '5 working days: You wrote “Fell”'
    const { episodeId } = kept(await accept(june, { ...asked, checked }))
    expect(await rowsOf(episodeId)).toMatchObject([
      { how_soon: '5 working days', checked: ['You wrote “Fell”'] },
    ])
    const eileen = await house.arrangePerson()
    expect((await accept(eileen, { ...asked, howSoon: 'today' })).ok).toBe(true)
  })

  it('red-flag words of whoever added them by hand ask as well, in their name', async () => {
    const june = await house.arrangePerson()
    await house.arrange(
      `insert into case_finding.judgement (id, person_id, programme_id, n, decision, reason, words, judged_by, judged_at, practice_id)
       values (gen_random_uuid(), $1, $2, 1, 'added', 'carer', 'Wife cannot cope', $3, now(), $4)`,
      [june, programmeId('conrane'), staffId('amina'), places.lundStreet],
    )
    expect(messages(await accept(june))).toEqual(['Amina Yusuf wrote “cannot cope”: check how soon'])
  })

  it('a priority the referral came with is kept as it was said, and a slower choice asks for a second look', async () => {
    const june = await house.arrangePerson()
    expect(messages(await accept(june, { referrerSaid: 'asap', howSoon: '2 working days' }))).toEqual([
      'The referrer said “asap”: check how soon',
    ])
    const { episodeId } = kept(await accept(june, { referrerSaid: 'asap', howSoon: 'today' }))
    expect(await rowsOf(episodeId)).toMatchObject([{ how_soon: 'today', referrer_said: 'asap', checked: [] }])
  })
})

describe('HZ16 how soon, changed', () => {
  it('is made sooner by whoever may, without a reason, and what was said before stays', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept(june))
    expect((await change(june, episodeId, { howSoon: 'today' }, 'omar')).ok).toBe(true)
    expect(await now(june)).toMatchObject([
      { n: 2, howSoon: 'today', byOn: '2026-04-01', byName: 'Omar Sayed' },
    ])
    expect(await rowsOf(episodeId)).toMatchObject([
      { n: 1, how_soon: '10 working days', recorded_by: staffId('drLund') },
      { n: 2, how_soon: 'today', is_later: false, recorded_by: staffId('omar') },
    ])
  })

  it('is made later only in a name and with the reason, which stays to be read', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept(june, { howSoon: 'today' }))
    const later = { howSoon: '2 working days' } as const
    expect(messages(await change(june, episodeId, later))).toEqual(['Enter why it can be later'])
    expect(await now(june)).toMatchObject([{ n: 1, howSoon: 'today' }])
    expect((await change(june, episodeId, { ...later, words: 'Her daughter is with her' })).ok).toBe(true)
    expect(await rowsOf(episodeId)).toMatchObject([
      { how_soon: 'today' },
      { how_soon: '2 working days', is_later: true, words: 'Her daughter is with her' },
    ])
  })

  it('asks for a second look at the words of the referral again', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept(june, { howSoon: 'today', words: 'Found on the floor' }))
    const later = { howSoon: '5 working days', words: 'Seen by the ambulance crew' } as const
    expect(messages(await change(june, episodeId, later))).toEqual([
      'Dr Astrid Lund wrote “on the floor”: check how soon',
    ])
    const checked = '5 working days: Dr Astrid Lund wrote “on the floor”'
    expect((await change(june, episodeId, { ...later, checked })).ok).toBe(true)
  })

  it('never falls by itself: promised work changes it for nobody', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept(june, { howSoon: 'today' }))
    const byTheProgram = house.asSystem('rank', async (visit) =>
      changeHowSoon(visit, await permit(visit, june, look), {
        ...{ episodeId, n: 1, howSoon: '10 working days', words: 'Nobody answered' },
      }),
    )
    await expect(byTheProgram).rejects.toThrow(Refused)
    expect(await now(june)).toMatchObject([{ n: 1, howSoon: 'today' }])
  })

  it('by two at once: one is kept, and the other is told', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept(june))
    const settled = await Promise.allSettled([
      change(june, episodeId, { howSoon: 'today' }, 'amina'),
      change(june, episodeId, { howSoon: '2 working days' }, 'omar'),
    ])
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await rowsOf(episodeId)).toHaveLength(2)
  })

  it('what was said is changed and taken away by nobody, and no row is left out', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept(june))
    const may = await house.arrange(
      `select privilege_type from information_schema.role_table_grants
       where table_schema = 'referral' and table_name = 'triage' and grantee like 'keyworker%app' order by 1`,
    )
    expect(may.map(({ privilege_type: privilege }) => privilege)).toEqual(['INSERT', 'SELECT'])
    const skip = house.arrange(
      `insert into referral.triage (episode_id, n, person_id, how_soon, from_at, by_on, at, recorded_by)
       values ($1, 3, $2, 'today', now(), '2026-04-01', now(), $3)`,
      [episodeId, june, staffId('amina')],
    )
    await expect(skip).rejects.toThrow(/foreign key/)
  })
})

describe('HZ16 an episode opened before it was asked', () => {
  it('has no class, above all not a slow one; it can be said, and then has a clock', async () => {
    const june = await someoneInCare(house)
    expect(await now(june)).toEqual([])
    const [row] = await house.arrange('select id from people.episode where person_id = $1', [june])
    const episodeId = String(row?.id)
    expect((await change(june, episodeId, { n: 0, howSoon: '5 working days' })).ok).toBe(true)
    expect(await now(june)).toMatchObject([{ n: 1, howSoon: '5 working days', byOn: '2026-04-10' }])
  })
})
