import { beforeAll, describe, expect, it } from 'vitest'
import { type Outcome, permit, Refused, type StaffVisit } from '#access'
import { programmes } from '#organisations'
import { episodesOf, wishesOf } from '#people'
import { type Cast, type House, openHouse, places, programmeId, staffId } from '../../test/house.ts'
import {
  type Acceptance,
  acceptCandidate,
  possibleOwners,
  reassign,
  recordAgreement,
  takeAcceptanceBack,
} from './index.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const conrane = programmeId('conrane')
const toAmina: Acceptance = {
  programmeId: conrane,
  ownerId: staffId('amina'),
  teamId: places.team,
  reason: 'several teams',
  howSoon: '5 working days',
  agreedToTakePart: true,
}
const ask = { may: 'accept referrals', part: 'whole', purpose: 'direct care', verb: 'accept' } as const
const withLeave =
  <T>(person: string, work: (visit: StaffVisit, leave: Awaited<ReturnType<typeof leaveFor>>) => Promise<T>) =>
  async (visit: StaffVisit) =>
    work(visit, await leaveFor(visit, person))
const leaveFor = (visit: StaffVisit, person: string) => permit(visit, person, ask)

const accept = (who: Cast, person: string, change: Partial<Acceptance> = {}) =>
  house.as(
    who,
    withLeave(person, (visit, leave) => acceptCandidate(visit, leave, { ...toAmina, ...change })),
  )
const episodes = (person: string) =>
  house.as(
    'drLund',
    withLeave(person, (visit, leave) => episodesOf(visit.db, leave)),
  )
const messages = (outcome: Outcome<unknown>) =>
  outcome.ok ? [] : outcome.problems.map(({ message }) => message)
const kept = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return outcome.value
}

describe('accepting somebody', () => {
  it('opens an episode with the named case manager, keeps the judgement, the referral and the wish', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept('drLund', june))
    expect(await episodes(june)).toMatchObject([
      { id: episodeId, stage: 'active', ownerName: 'Amina Yusuf', openedOn: '2026-04-01', turn: 1 },
    ])
    const wishes = await house.as(
      'drLund',
      withLeave(june, (visit, leave) => wishesOf(visit.db, leave)),
    )
    expect(wishes).toMatchObject([{ kind: 'take part', purpose: 'conrane', answer: 'yes', source: 'GP' }])
    const rows = await house.arrange(
      `select (select count(*)::int from case_finding.judgement where person_id = $1 and decision = 'accepted') as judged,
              (select count(*)::int from referral.step where person_id = $1 and answer = 'accepted') as answered,
              (select array_agg(what order by id) from journal.entry where person_id = $1) as notes`,
      [june],
    )
    expect(rows).toEqual([{ judged: 1, answered: 1, notes: ['candidate judged', 'episode opened'] }])
  })

  it('somebody not asked yet is offered a place, and active once they agree', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept('drLund', june, { agreedToTakePart: false }))
    expect(await episodes(june)).toMatchObject([{ stage: 'offered' }])
    const answered = await house.as(
      'amina',
      withLeave(june, (visit, leave) => recordAgreement(visit, leave, { episodeId, turn: 1, answer: 'yes' })),
    )
    expect(answered.ok).toBe(true)
    expect(await episodes(june)).toMatchObject([{ stage: 'active', turn: 2, ownerName: 'Amina Yusuf' }])
  })

  it('a person who says no stays in sight of their case manager until the episode is closed', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept('drLund', june, { agreedToTakePart: false }))
    await house.as(
      'amina',
      withLeave(june, (visit, leave) => recordAgreement(visit, leave, { episodeId, turn: 1, answer: 'no' })),
    )
    expect(await episodes(june)).toMatchObject([{ stage: 'offered' }])
    const wishes = await house.as(
      'amina',
      withLeave(june, (visit, leave) => wishesOf(visit.db, leave)),
    )
    expect(wishes).toMatchObject([{ kind: 'take part', answer: 'no' }])
  })

  it('without a case manager of the programme’s teams nobody is accepted', async () => {
    const june = await house.arrangePerson()
    const wanting = ['Select who will be the case manager']
    expect(messages(await accept('drLund', june, { ownerId: '', teamId: '' }))).toEqual(wanting)
    expect(messages(await accept('drLund', june, { ownerId: staffId('drLund') }))).toEqual(wanting)
    expect(messages(await accept('drLund', june, { ownerId: staffId('ana'), teamId: places.ward }))).toEqual(
      wanting,
    )
    expect(await episodes(june)).toEqual([])
  })

  it('HZ14 nobody is accepted without a coded reason', async () => {
    const june = await house.arrangePerson()
    expect(messages(await accept('drLund', june, { reason: '' }))).toEqual(['Select the main reason'])
    expect(messages(await accept('drLund', june, { reason: 'rank 3' }))).toEqual(['Select the main reason'])
    expect(await episodes(june)).toEqual([])
  })

  it('HZ14 no promised work accepts anybody: a human decides', async () => {
    const june = await house.arrangePerson()
    await expect(
      house.asSystem('rank', async (visit) =>
        acceptCandidate(visit, await permit(visit, june, ask), toAmina),
      ),
    ).rejects.toThrow(Refused)
    expect(await episodes(june)).toEqual([])
  })

  it('HZ17 a second acceptance of somebody with us opens no case, closes none, and says whose the open one is', async () => {
    const june = await house.arrangePerson()
    await accept('drLund', june)
    const before = await episodes(june)
    expect(messages(await accept('drLund', june))).toEqual([
      'This person is with Amina Yusuf in Quayside care co-ordination already',
    ])
    expect(messages(await accept('drLund', june, { ownerId: staffId('omar'), howSoon: '2 hours' }))).toEqual([
      'This person is with Amina Yusuf in Quayside care co-ordination already',
    ])
    expect(await episodes(june)).toEqual(before)
    expect(before).toMatchObject([{ ownerName: 'Amina Yusuf', stage: 'active', closedOn: null, turn: 1 }])
  })

  it('accepted by 50 at once: 1 is in, and 49 are told', async () => {
    const june = await house.arrangePerson()
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => accept('drLund', june)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    for (const told of outcomes.filter(({ ok }) => !ok)) {
      expect(messages(told)[0]).toMatch(/already|Dr Astrid Lund accepted this person at 9:30am/)
    }
    expect(await episodes(june)).toHaveLength(1)
  })

  it('a role that does not accept referrals, and another practice’s GP, are refused', async () => {
    const june = await house.arrangePerson()
    await expect(accept('pat', june)).rejects.toThrow(Refused)
    await expect(accept('drBello', june)).rejects.toThrow(Refused)
  })

  it('once accepted, the person is tied to the case manager’s team and to no other', async () => {
    const june = await house.arrangePerson()
    await accept('drLund', june)
    const look = { ...ask, may: 'see people', verb: 'read the record' } as const
    expect(await house.as('omar', (visit) => permit(visit, june, look))).toMatchObject({ tie: 'episode' })
    await expect(house.as('karl', (visit) => permit(visit, june, look))).rejects.toThrow(Refused)
  })
})

describe('who may be the case manager', () => {
  it('is staff of the programme’s teams in an owning role, least loaded first', async () => {
    const june = await house.arrangePerson()
    await accept('drLund', june, { ownerId: staffId('karl'), teamId: places.otherTeam })
    const owners = await house.as('drLund', async (visit) => possibleOwners(visit.db, await conraneOf(visit)))
    const names = owners.map(({ name }) => name)
    expect(new Set(names)).toEqual(new Set(['Amina Yusuf', 'Omar Sayed', 'Priya Raman', 'Karl Jensen']))
    const held = owners.map((owner) => owner.held)
    expect(held).toEqual([...held].sort((a, b) => a - b))
    expect(owners.find(({ name }) => name === 'Karl Jensen')?.held).toBe(1)
  })
})

describe('changing hands', () => {
  it('another case manager takes over with a reason, and the old one’s turn is kept', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept('drLund', june))
    const toOmar = { episodeId, turn: 1, ownerId: staffId('omar'), teamId: places.team, reason: 'caseload' }
    const done = await house.as(
      'amina',
      withLeave(june, (visit, leave) => reassign(visit, leave, toOmar)),
    )
    expect(done.ok).toBe(true)
    expect(await episodes(june)).toMatchObject([{ ownerName: 'Omar Sayed', turn: 2, stage: 'active' }])
    await expect(
      house.as(
        'amina',
        withLeave(june, (visit, leave) => reassign(visit, leave, { ...toOmar, ownerId: staffId('priya') })),
      ),
    ).rejects.toThrow(Refused)
  })

  it('a change without a reason, or to the same case manager, changes nothing', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept('drLund', june))
    const same = { episodeId, turn: 1, ownerId: staffId('amina'), teamId: places.team, reason: '' }
    const outcome = await house.as(
      'amina',
      withLeave(june, (visit, leave) => reassign(visit, leave, same)),
    )
    expect(messages(outcome)).toEqual([
      'Amina Yusuf is the case manager now. Select somebody else',
      'Select why the case manager changes',
    ])
    expect(await episodes(june)).toMatchObject([{ turn: 1 }])
  })
})

describe('taking an acceptance back', () => {
  const back = (person: string) =>
    house.as(
      'drLund',
      withLeave(person, (visit, leave) => takeAcceptanceBack(visit, leave, { programmeId: conrane })),
    )

  it('withdraws the offer while nothing has happened, and the person can be accepted again', async () => {
    const june = await house.arrangePerson()
    await accept('drLund', june)
    expect((await back(june)).ok).toBe(true)
    expect(await episodes(june)).toMatchObject([{ stage: 'closed', closedOn: '2026-04-01' }])
    expect((await accept('drLund', june)).ok).toBe(true)
  })

  it('is not possible once the episode has changed hands', async () => {
    const june = await house.arrangePerson()
    const { episodeId } = kept(await accept('drLund', june))
    await house.as(
      'amina',
      withLeave(june, (visit, leave) =>
        reassign(visit, leave, {
          episodeId,
          turn: 1,
          ownerId: staffId('omar'),
          teamId: places.team,
          reason: 'caseload',
        }),
      ),
    )
    expect(messages(await back(june))).toEqual(['The work has started. Close the episode instead'])
  })
})

describe('a referral that waits', () => {
  it('ties the person to the team it was sent to, for the referral only', async () => {
    const june = await house.arrangePerson()
    await house.arrange(
      `insert into referral.referral (id, person_id, programme_id, team_id, source, reason, referred_by, received_at)
       values (gen_random_uuid(), $1, $2, $3, 'direct', 'new need', $4, now())`,
      [june, conrane, places.team, staffId('drLund')],
    )
    expect(
      await house.as('amina', (visit) => permit(visit, june, { ...ask, part: 'referral' })),
    ).toMatchObject({ tie: 'referral' })
    await expect(house.as('amina', (visit) => permit(visit, june, ask))).rejects.toThrow(Refused)
    await expect(
      house.as('karl', (visit) => permit(visit, june, { ...ask, part: 'referral' })),
    ).rejects.toThrow(Refused)
  })
})

async function conraneOf(visit: StaffVisit) {
  const programme = (await programmes(visit.db)).find(({ key }) => key === 'conrane')
  if (!programme) throw new Error('the house has no conrane')
  return programme
}
